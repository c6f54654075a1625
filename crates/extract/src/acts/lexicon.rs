//! The event lexicon: `data/events/*.tsv`, read once.
//!
//! A condition is `place:what`, with `!` in front for its opposite. Places: `obj` (what the verb acts on), `subj` (who
//! acts), `x` (a clause as complement), `x.subj` (its subject), `x.verb` (its verb), `oprd` (what the object is
//! called), `mod` (words before a noun), `adj` (names before a noun), a preposition, or one place at another: `obj.mod`
//! (words before the object), `subj.between`. What: `any`, `no`, `@actor` (somebody known), `@person`, `@name` (a
//! person by name), `@state`, `@place`, `@outlet`, `plural`, `human`, or a class of `classes.tsv`. Of a clause: `inf`,
//! `question`, `indicative` (it tells what is), `prediction` (what will be). `lasting`, `neg` and `passive:no` look at
//! the clause. A recipient's place is `obj`, `obj.by` (who does what the object names), `subj`, `dative` or a
//! preposition; `~` marks a partner in a mutual act.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_record::Factuality;

use crate::table::{cell, rows};

/// The PLOVER types.
#[cfg(test)]
const CODES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The modes that PLOVER gives each type.
#[cfg(test)]
const MODES: &[(&str, &str)] = &[
    ("CONSULT", "visit third-party multilateral phone"),
    ("RETREAT", "withdraw release disarm ceasefire access resign"),
    ("REQUEST", "assist change yield meet"),
    ("REJECT", "assist change yield meet"),
    ("ACCUSE", "disapprove investigate allege"),
    ("THREATEN", "restrict arrest relations expel territory violence"),
    ("PROTEST", "demo riot strike hunger boycott obstruct vandalize"),
    ("SANCTION", "convict expel withdraw discontinue"),
    ("MOBILIZE", "troops weapons police militia"),
    ("COERCE", "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"),
    (
        "ASSAULT",
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone \
         heavy-weapons crowd-control unconventional",
    ),
];

/// One test on a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Whether the test must fail.
    pub(crate) not: bool,
    /// The place in the clause that is tested.
    pub(crate) place: &'static str,
    /// The property that is required there.
    pub(crate) what: &'static str,
}

/// A verb or noun and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Conditions, all of which are required.
    pub(crate) conditions: Vec<Condition>,
    /// Sense of the word under these conditions.
    pub(crate) sense: Sense,
    /// PLOVER mode.
    pub(crate) mode: Option<&'static str>,
    /// PLOVER context.
    pub(crate) context: Option<&'static str>,
    /// CAMEO code.
    pub(crate) cameo: Option<&'static str>,
    /// Places of the actor (nouns only).
    pub(crate) actor: Vec<Place>,
    /// Places of the recipient.
    pub(crate) recipient: Vec<Place>,
    /// Whether a noun is an event by itself.
    pub(crate) alone: bool,
}

/// The sense of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It is an act of this PLOVER type.
    Act(&'static str),
    /// It says something of the act in its complement.
    Operator(&'static str),
    /// In this use it is no act.
    Nothing,
}

/// The place of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// `obj`, `subj`, `poss`, `adj`, or a preposition.
    pub(crate) name: &'static str,
    /// Whether the side at this place does the same as the actor.
    pub(crate) mutual: bool,
}

/// The result of an operator on an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Composed {
    /// An act of another type.
    Act { code: &'static str, mode: Option<&'static str>, cameo: Option<&'static str> },
    /// The act itself, put as the operator puts it where it puts it in some way.
    Same(Option<Factuality>),
    /// Nothing.
    Drop,
}

/// The lexicon.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    verbs: BTreeMap<&'static str, Vec<Rule>>,
    nouns: BTreeMap<&'static str, Vec<Rule>>,
    classes: BTreeMap<&'static str, Vec<&'static str>>,
    compose: Vec<(&'static str, Vec<&'static str>, Composed)>,
    contexts: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    /// The lexicon that Readout ships.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lexicon = Self::default();
            lexicon.read_classes(include_str!("../../../../data/events/classes.tsv"));
            lexicon.read_verbs(include_str!("../../../../data/events/verbs.tsv"));
            lexicon.read_nouns(include_str!("../../../../data/events/nouns.tsv"));
            lexicon.read_compose(include_str!("../../../../data/events/compose.tsv"));
            lexicon.read_contexts(include_str!("../../../../data/events/contexts.tsv"));
            lexicon
        })
    }

    /// The rules of a verb, in order.
    pub(crate) fn verb(&self, key: &str) -> &[Rule] {
        self.verbs.get(key).map_or(&[], Vec::as_slice)
    }

    /// The rules of a noun, in order.
    pub(crate) fn noun(&self, key: &str) -> &[Rule] {
        self.nouns.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether a row gives the noun `key` an act or an operator, not only reasons for none.
    pub(crate) fn names_act(&self, key: &str) -> bool {
        self.noun(key).iter().any(|rule| rule.sense != Sense::Nothing)
    }

    /// The words of the class called `class`.
    pub(crate) fn words(&self, class: &str) -> &[&'static str] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }

    /// Whether `lemma` belongs to the class called `class`.
    pub(crate) fn is_in(&self, class: &str, lemma: &str) -> bool {
        self.words(class).iter().any(|word| word.eq_ignore_ascii_case(lemma))
    }

    /// The PLOVER contexts that `lemma` shows.
    pub(crate) fn contexts(&self, lemma: &str) -> &[&'static str] {
        self.contexts.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Returns the result of `operator` on an act of type `code`, or of an unknown type if `None`.
    pub(crate) fn compose(&self, operator: &str, code: Option<&str>) -> Composed {
        let fits = |types: &[&str]| match code {
            Some(code) => types.contains(&code) || types.contains(&"*"),
            None => types.contains(&"-"),
        };
        self.compose
            .iter()
            .find(|(name, types, _)| *name == operator && fits(types))
            .map_or(Composed::Drop, |(_, _, composed)| *composed)
    }

    fn read_classes(&mut self, table: &'static str) {
        for row in rows(table) {
            let words = self.classes.entry(cell(&row, 0)).or_default();
            words.extend(cell(&row, 1).split_whitespace());
        }
    }

    fn read_contexts(&mut self, table: &'static str) {
        for row in rows(table) {
            for word in cell(&row, 1).split_whitespace() {
                self.contexts.entry(word).or_default().push(cell(&row, 0));
            }
        }
    }

    fn read_verbs(&mut self, table: &'static str) {
        for row in rows(table) {
            let rule = Rule { recipient: places(cell(&row, 6)), alone: true, ..meaning(&row) };
            for lemma in cell(&row, 0).split_whitespace() {
                self.verbs.entry(lemma).or_default().push(rule.clone());
            }
        }
    }

    fn read_nouns(&mut self, table: &'static str) {
        for row in rows(table) {
            let rule = Rule {
                actor: places(cell(&row, 6)),
                recipient: places(cell(&row, 7)),
                alone: cell(&row, 8) == "alone",
                ..meaning(&row)
            };
            for lemma in cell(&row, 0).split_whitespace() {
                self.nouns.entry(lemma).or_default().push(rule.clone());
            }
        }
    }

    fn read_compose(&mut self, table: &'static str) {
        for row in rows(table) {
            let composed = match cell(&row, 2) {
                "same" => Composed::Same(factuality(cell(&row, 5))),
                "drop" => Composed::Drop,
                code => Composed::Act { code, mode: filled(cell(&row, 3)), cameo: filled(cell(&row, 4)) },
            };
            self.compose.push((cell(&row, 0), cell(&row, 1).split(',').collect(), composed));
        }
    }
}

/// Reads the columns that verbs and nouns share.
fn meaning(row: &[&'static str]) -> Rule {
    Rule {
        conditions: conditions(cell(row, 1)),
        sense: sense(cell(row, 2)),
        mode: filled(cell(row, 3)),
        context: filled(cell(row, 4)),
        cameo: filled(cell(row, 5)),
        actor: Vec::new(),
        recipient: Vec::new(),
        alone: false,
    }
}

/// The factuality that a cell names; none if it is empty.
fn factuality(cell: &str) -> Option<Factuality> {
    match cell {
        "possible" => Some(Factuality::Possible),
        "denied" => Some(Factuality::Denied),
        _ => None,
    }
}

fn filled(cell: &'static str) -> Option<&'static str> {
    (!cell.is_empty() && cell != "-").then_some(cell)
}

fn sense(cell: &'static str) -> Sense {
    match cell.strip_prefix('=') {
        Some(operator) => Sense::Operator(operator),
        None if cell == "-" => Sense::Nothing,
        None => Sense::Act(cell),
    }
}

fn conditions(cell: &'static str) -> Vec<Condition> {
    cell.split_whitespace()
        .map(|word| {
            let (not, word) = word.strip_prefix('!').map_or((false, word), |rest| (true, rest));
            let (place, what) = word.split_once(':').unwrap_or((word, ""));
            Condition { not, place, what }
        })
        .collect()
}

fn places(cell: &'static str) -> Vec<Place> {
    cell.split_whitespace()
        .filter(|word| *word != "-")
        .map(|word| {
            let name = word.trim_end_matches('~');
            Place { name, mutual: name.len() < word.len() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> impl Iterator<Item = (&'static str, &'static Rule)> {
        let lexicon = Lexicon::shipped();
        lexicon
            .verbs
            .iter()
            .chain(&lexicon.nouns)
            .flat_map(|(lemma, rules)| rules.iter().map(move |rule| (*lemma, rule)))
    }

    #[test]
    fn every_type_and_mode_is_plovers() {
        let known = |code: &str, mode: Option<&str>| {
            CODES.contains(&code)
                && mode.is_none_or(|mode| {
                    MODES
                        .iter()
                        .any(|(owner, modes)| *owner == code && modes.split_whitespace().any(|m| m == mode))
                })
        };
        for (lemma, rule) in rules() {
            if let Sense::Act(code) = rule.sense {
                assert!(known(code, rule.mode), "{lemma}: {code} {:?}", rule.mode);
            }
        }
        for (operator, _, composed) in &Lexicon::shipped().compose {
            if let Composed::Act { code, mode, .. } = composed {
                assert!(known(code, *mode), "{operator}: {code} {mode:?}");
            }
        }
    }

    #[test]
    fn every_operator_and_class_is_defined() {
        let lexicon = Lexicon::shipped();
        for (lemma, rule) in rules() {
            if let Sense::Operator(name) = rule.sense {
                assert!(lexicon.compose.iter().any(|(operator, ..)| *operator == name), "{lemma}: {name}");
            }
            for condition in &rule.conditions {
                let what = condition.what;
                let built_in = matches!(
                    what,
                    "" | "any" | "no" | "plural" | "question" | "inf" | "indicative" | "prediction"
                ) || what.starts_with('@');
                assert!(built_in || lexicon.classes.contains_key(what), "{lemma}: {what}");
            }
        }
    }

    #[test]
    fn cameo_codes_are_digits() {
        for (lemma, rule) in rules() {
            let digits =
                |code: &str| (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
            assert!(rule.cameo.is_none_or(digits), "{lemma}: {:?}", rule.cameo);
        }
    }
}
