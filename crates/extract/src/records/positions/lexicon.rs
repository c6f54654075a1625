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
    ["lemmas", "part", "leaning", "places", "what", "example", "counter-example"],
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
}

/// The side that a word takes on the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaning {
    For,
    Against,
    /// The issue is in its complement.
    Inside,
    /// The issue is in its complement, and the word is against it.
    NotInside,
}

/// The restriction on what the issue may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Anything,
    Person,
    /// No person.
    Thing,
    Lemmas(Vec<&'static str>),
}

/// The lexicon.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    stances: BTreeMap<&'static str, Vec<StanceRule>>,
    issues: BTreeMap<&'static str, Vec<IssueRule>>,
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
                    lemmas => What::Lemmas(words(lemmas)),
                };
                let places = words(row.get("places"));
                let rule = IssueRule { noun: row.get("part") == "noun", leaning, places, what };
                for lemma in row.words("lemmas") {
                    lexicon.issues.entry(lemma).or_default().push(rule.clone());
                }
            }
            lexicon
        })
    }

    /// The rules of a word that shows a stance, in order.
    pub(super) fn stances(&self, lemma: &str, particle: Option<&str>) -> &[StanceRule] {
        rules(&self.stances, lemma, particle)
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

fn leaning(cell: &str) -> Option<Leaning> {
    Some(match cell {
        "for" => Leaning::For,
        "against" => Leaning::Against,
        "inside" => Leaning::Inside,
        "not-inside" => Leaning::NotInside,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!((STANCES.check(), ISSUES.check()), (Ok(()), Ok(())));
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
    }
}
