//! The lexicon of positions: `data/positions/*.tsv`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_lexicon::{ShippedTable, shipped_table};
use readout_record::Stance;

/// The words that show a stance.
static STANCES: ShippedTable = shipped_table!(
    "data/positions/stances.tsv",
    ["lemmas", "part", "places", "stance", "example", "counter-example"],
    [],
    []
);
/// The words that name an issue.
static ISSUES: ShippedTable = shipped_table!(
    "data/positions/issues.tsv",
    ["lemmas", "part", "leaning", "places", "what", "act", "example", "counter-example"],
    [],
    []
);
/// The nouns for what may be proposed.
static PROPOSALS: ShippedTable =
    shipped_table!("data/positions/proposals.tsv", ["lemmas", "needs", "example", "counter-example"], [], []);
/// The words of praise and blame.
static EVALUATIONS: ShippedTable = shipped_table!(
    "data/positions/evaluations.tsv",
    ["words", "stance", "example", "counter-example"],
    [],
    []
);

/// The verbs by which an act does good or harm.
static EFFECTS: ShippedTable = shipped_table!(
    "data/positions/effects.tsv",
    ["lemmas", "places", "on", "stance", "example", "counter-example"],
    [],
    []
);

/// The nouns that take up an issue told before.
static AGAIN: ShippedTable = shipped_table!(
    "data/positions/again.tsv",
    ["lemmas", "nouns", "deeds", "example", "counter-example"],
    [],
    []
);

/// A word that shows a stance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StanceRule {
    pub(super) part: Part,
    /// Places of what the stance is on: `obj`, `thing` (an object that is nobody), `inf`, `clause`, or a preposition.
    pub(super) places: Vec<&'static str>,
    pub(super) stance: Stance,
}

/// The part of a word in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    Noun,
    Adjective,
    /// An auxiliary of the verb that the stance is on.
    Modal,
    /// An auxiliary by which speakers say what they will do themselves.
    Pledge,
    /// A verb that shows a stance with `would`.
    Wish,
    /// A verb that says of its infinitive what a modal says of its verb.
    Duty,
}

/// A word that names an issue, or leads to the word that does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct IssueRule {
    pub(super) noun: bool,
    pub(super) leaning: Leaning,
    /// Places of the issue: `subj`, `obj`, `poss`, `inf`, `clause`, or a preposition.
    pub(super) places: Vec<&'static str>,
    pub(super) what: What,
    /// The act that is proposed of it.
    pub(super) act: Act,
}

/// An effect that an act has in the words of somebody for or against it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Effect {
    /// Places of what it is done to.
    pub(super) places: Vec<&'static str>,
    /// Whether it is done to something of worth, as peace. Otherwise it is done to something bad, as war.
    pub(super) on_good: bool,
    pub(super) stance: Stance,
}

/// An act that is proposed of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// None: the thing alone is the issue.
    Thing,
    /// That of the word itself.
    Own,
    /// The act of this name: `lifting`.
    Called(&'static str),
}

/// The side that a word takes on the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaning {
    For,
    Against,
    /// Against it, if another is to do so; who will do so himself is for ending it.
    Ending,
    /// The issue is in its complement.
    Inside,
    /// The issue is in its complement, and the word is against it.
    NotInside,
    /// The issue is whatever its complement names.
    Through,
    /// The issue is whatever its complement names, and the word is against it.
    NotThrough,
}

/// The restriction on what the issue may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Anything,
    Person,
    /// No person.
    Thing,
    /// A state by name.
    State,
    /// A state or body of states by name.
    Power,
    Lemmas(Vec<&'static str>),
}

/// The words that a noun for what may be proposed needs to name an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// None: `sanctions`.
    Nothing,
    /// Whose it is, or what it is on, for or against: `strikes on Syria`.
    Telling,
    /// What it is for: `efforts to clear the mines`.
    Content,
}

/// What a noun may take up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// The nouns that it stands for, besides its own.
    pub(super) nouns: Vec<&'static str>,
    /// Whether it may stand for a deed that a verb told.
    pub(super) deeds: bool,
}

/// The lexicon.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    stances: BTreeMap<&'static str, Vec<StanceRule>>,
    issues: BTreeMap<&'static str, Vec<IssueRule>>,
    /// Nouns for what may be proposed, with whether they need no more to name an issue.
    proposals: BTreeMap<&'static str, Needs>,
    evaluations: BTreeMap<&'static str, Stance>,
    effects: BTreeMap<&'static str, Vec<Effect>>,
    again: BTreeMap<&'static str, Told>,
}

impl Lexicon {
    /// The lexicon that Readout ships.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lexicon = Self::default();
            for row in STANCES.rows() {
                let Some((part, stance)) = stance_part(row.get("part")).zip(stance(row.get("stance"))) else {
                    continue;
                };
                let rule = StanceRule { part, places: words(row.get("places")), stance };
                for lemma in row.words("lemmas") {
                    lexicon.stances.entry(lemma).or_default().push(rule.clone());
                }
            }
            for row in ISSUES.rows() {
                let Some(leaning) = leaning(row.get("leaning")) else { continue };
                let what = match row.get("what") {
                    "-" => What::Anything,
                    "person" => What::Person,
                    "thing" => What::Thing,
                    "state" => What::State,
                    "power" => What::Power,
                    lemmas => What::Lemmas(words(lemmas)),
                };
                let places = words(row.get("places"));
                let act = match row.get("act") {
                    "-" => Act::Thing,
                    "own" => Act::Own,
                    name => Act::Called(name),
                };
                let rule = IssueRule { noun: row.get("part") == "noun", leaning, places, what, act };
                for lemma in row.words("lemmas") {
                    lexicon.issues.entry(lemma).or_default().push(rule.clone());
                }
            }
            for row in PROPOSALS.rows() {
                let Some(needs) = needs(row.get("needs")) else { continue };
                for lemma in row.words("lemmas") {
                    lexicon.proposals.insert(lemma, needs);
                }
            }
            for row in EVALUATIONS.rows() {
                let Some(stance) = stance(row.get("stance")) else { continue };
                for word in row.words("words") {
                    lexicon.evaluations.insert(word, stance);
                }
            }
            for row in EFFECTS.rows() {
                let Some(stance) = stance(row.get("stance")) else { continue };
                let places = words(row.get("places"));
                let effect = Effect { places, on_good: row.get("on") == "good", stance };
                for lemma in row.words("lemmas") {
                    lexicon.effects.entry(lemma).or_default().push(effect.clone());
                }
            }
            for row in AGAIN.rows() {
                let told = Told { nouns: words(row.get("nouns")), deeds: row.get("deeds") == "deeds" };
                for lemma in row.words("lemmas") {
                    lexicon.again.insert(lemma, told.clone());
                }
            }
            lexicon
        })
    }

    /// The rules of a word that shows a stance, in order.
    pub(super) fn stances(&self, lemma: &str, particle: Option<&str>) -> &[StanceRule] {
        rules(&self.stances, lemma, particle)
    }

    /// Returns the words that the noun `lemma`, which may be proposed, needs to name an issue; `None` for any other.
    pub(super) fn proposal(&self, lemma: &str) -> Option<Needs> {
        self.proposals.get(lemma).copied()
    }

    /// Returns the stance of somebody who calls an act or instrument so.
    pub(super) fn evaluation(&self, word: &str) -> Option<Stance> {
        self.evaluations.get(word).copied()
    }

    /// Returns what the noun `lemma` may take up.
    pub(super) fn told_before(&self, lemma: &str) -> Option<&Told> {
        self.again.get(lemma)
    }

    /// Returns the effects that the verb `lemma` names, in order.
    pub(super) fn effects(&self, lemma: &str) -> &[Effect] {
        self.effects.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The rules of a word that names an issue, in order.
    pub(super) fn issues(&self, lemma: &str, particle: Option<&str>) -> &[IssueRule] {
        rules(&self.issues, lemma, particle)
    }
}

/// The rules of `lemma` with its particle (`rule_out`), or else of it alone.
fn rules<'l, R>(table: &'l BTreeMap<&'static str, Vec<R>>, lemma: &str, particle: Option<&str>) -> &'l [R] {
    let joined = particle.and_then(|particle| table.get(format!("{lemma}_{particle}").as_str()));
    joined.or_else(|| table.get(lemma)).map_or(&[], Vec::as_slice)
}

fn words(cell: &'static str) -> Vec<&'static str> {
    cell.split_whitespace().filter(|word| *word != "-").collect()
}

fn stance_part(cell: &str) -> Option<Part> {
    Some(match cell {
        "verb" => Part::Verb,
        "noun" => Part::Noun,
        "adjective" => Part::Adjective,
        "modal" => Part::Modal,
        "duty" => Part::Duty,
        "pledge" => Part::Pledge,
        "wish" => Part::Wish,
        _ => return None,
    })
}

fn stance(cell: &str) -> Option<Stance> {
    match cell {
        "for" => Some(Stance::For),
        "against" => Some(Stance::Against),
        _ => None,
    }
}

fn needs(cell: &str) -> Option<Needs> {
    Some(match cell {
        "alone" => Needs::Nothing,
        "with" => Needs::Telling,
        "content" => Needs::Content,
        _ => return None,
    })
}

fn leaning(cell: &str) -> Option<Leaning> {
    Some(match cell {
        "for" => Leaning::For,
        "against" => Leaning::Against,
        "ending" => Leaning::Ending,
        "inside" => Leaning::Inside,
        "not-inside" => Leaning::NotInside,
        "through" => Leaning::Through,
        "not-through" => Leaning::NotThrough,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!((STANCES.check(), ISSUES.check()), (Ok(()), Ok(())));
        assert_eq!((PROPOSALS.check(), EVALUATIONS.check()), (Ok(()), Ok(())));
        for row in STANCES.rows() {
            assert!(stance_part(row.get("part")).is_some() && stance(row.get("stance")).is_some(), "{row:?}");
        }
        for row in ISSUES.rows() {
            assert!(leaning(row.get("leaning")).is_some(), "{row:?}");
            assert!(
                matches!(row.get("part"), "verb" | "noun") && !words(row.get("places")).is_empty(),
                "{row:?}"
            );
        }
        for row in PROPOSALS.rows() {
            assert!(needs(row.get("needs")).is_some(), "{row:?}");
        }
        assert_eq!((EFFECTS.check(), AGAIN.check()), (Ok(()), Ok(())));
        for row in AGAIN.rows() {
            assert!(matches!(row.get("deeds"), "deeds" | "-"), "{row:?}");
        }
        for row in EFFECTS.rows() {
            assert!(
                stance(row.get("stance")).is_some() && matches!(row.get("on"), "good" | "ill"),
                "{row:?}"
            );
            assert!(!words(row.get("places")).is_empty(), "{row:?}");
        }
        for row in EVALUATIONS.rows() {
            assert!(stance(row.get("stance")).is_some(), "{row:?}");
        }
    }
}
