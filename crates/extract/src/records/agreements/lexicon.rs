//! The lexicon of agreements: `data/agreements/*.tsv`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use readout_lexicon::{Row, ShippedTable, shipped_table};
use readout_record::AgreementStatus;

/// The nouns for instruments.
static INSTRUMENTS: ShippedTable = shipped_table!(
    "data/agreements/instruments.tsv",
    ["lemmas", "sort", "wants", "example", "counter-example"],
    [],
    []
);
/// The words before such a noun.
static MODIFIERS: ShippedTable = shipped_table!("data/agreements/modifiers.tsv", ["words", "sense"], [], []);
/// The words of status.
static STATUSES: ShippedTable = shipped_table!(
    "data/agreements/statuses.tsv",
    ["lemmas", "part", "places", "sorts", "effect", "by", "example", "counter-example"],
    [],
    []
);

/// A sort of instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A pause of fighting: `truce`.
    Pause,
    /// An agreement of any other kind: `deal`.
    Pact,
    /// A treaty or convention.
    Treaty,
    /// A declaration, memorandum or resolution.
    Paper,
    /// A plan that is put to a party.
    Plan,
}

/// A noun for an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InstrumentRule {
    pub(super) sort: Sort,
    /// What must stand beside the noun, one of them; none if nothing must.
    pub(super) wants: Vec<&'static str>,
}

/// What a word before a noun for an instrument does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    /// It tells what the instrument is about.
    Matter,
    /// It stands in the name and tells no two apart.
    Soft,
    /// It praises or blames, and is no part of the name.
    Praise,
    /// The instrument is a first stage.
    Interim,
    /// The instrument is the last stage.
    Final,
    /// What is agreed is agreed in principle.
    Principle,
    /// The instrument is before the one that is spoken of.
    Earlier,
    /// The instrument is another, or none in particular.
    Other,
    /// The instrument is not made yet.
    Open,
    /// It is no instrument between parties.
    NoInstrument,
    /// The word names a part of the instrument above it.
    Part,
}

/// The part of a word of status in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    Noun,
    Adjective,
}

/// The place of the instrument beside a word of status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Its object, or its subject in the passive.
    Object,
    /// Its subject.
    Subject,
    /// Its subject, and one of these words its object or after `into`.
    SubjectWith(Vec<&'static str>),
    /// The first part of a compound: `truce talks`.
    Compound,
    /// After a preposition.
    After(&'static str),
}

/// What a word says of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The instrument reaches a status.
    Status(AgreementStatus),
    /// The instrument is spoken of as one that is there: agreed, or put forward where it is what would be.
    Stands,
    /// The instrument is worked on, or wished for.
    Awaited,
    /// Whoever acts brought the parties together.
    Broker,
    /// Whoever acts vouches for the instrument.
    Guarantor,
}

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The doer of the verb takes it.
    Doer,
    /// Whoever has the noun takes it.
    Possessor,
    /// All who do it are parties.
    Parties,
    /// Nobody's.
    Nobody,
}

/// A word of status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusRule {
    pub(super) part: Part,
    pub(super) places: Vec<Place>,
    /// The sorts of instrument that it is for; none for all.
    pub(super) sorts: Vec<Sort>,
    pub(super) effect: Effect,
    pub(super) by: By,
}

/// The lexicon.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    instruments: BTreeMap<&'static str, InstrumentRule>,
    modifiers: BTreeMap<&'static str, Vec<Modifier>>,
    statuses: BTreeMap<&'static str, Vec<StatusRule>>,
}

impl Lexicon {
    /// Returns the lexicon that Readout ships.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lexicon = Self::default();
            for row in INSTRUMENTS.rows() {
                let Some(sort) = sort(row.get("sort")) else { continue };
                let rule = InstrumentRule { sort, wants: words(row.get("wants")) };
                for lemma in row.words("lemmas") {
                    lexicon.instruments.insert(lemma, rule.clone());
                }
            }
            for row in MODIFIERS.rows() {
                let Some(modifier) = modifier(row.get("sense")) else { continue };
                for word in row.words("words") {
                    lexicon.modifiers.entry(word).or_default().push(modifier);
                }
            }
            for row in STATUSES.rows() {
                let Some(rule) = status(&row) else { continue };
                for lemma in row.words("lemmas") {
                    lexicon.statuses.entry(lemma).or_default().push(rule.clone());
                }
            }
            lexicon
        })
    }

    /// Returns the rule of the noun `lemma`, in lower case.
    pub(super) fn instrument(&self, lemma: &str) -> Option<&InstrumentRule> {
        self.instruments.get(lemma)
    }

    /// Whether the word before an instrument does what `modifier` says.
    pub(super) fn is(&self, word: &str, modifier: Modifier) -> bool {
        self.modifiers.get(word).is_some_and(|all| all.contains(&modifier))
    }

    /// Returns the rules of the word of status `lemma`: those with its particle, or else those of it alone.
    pub(super) fn statuses(&self, lemma: &str, particle: Option<&str>) -> &[StatusRule] {
        let joined = particle.and_then(|particle| self.statuses.get(format!("{lemma}_{particle}").as_str()));
        joined.or_else(|| self.statuses.get(lemma)).map_or(&[], Vec::as_slice)
    }
}

fn words(cell: &'static str) -> Vec<&'static str> {
    cell.split_whitespace().filter(|word| *word != "-").collect()
}

fn sort(cell: &str) -> Option<Sort> {
    Some(match cell {
        "pause" => Sort::Pause,
        "pact" => Sort::Pact,
        "treaty" => Sort::Treaty,
        "paper" => Sort::Paper,
        "plan" => Sort::Plan,
        _ => return None,
    })
}

fn modifier(cell: &str) -> Option<Modifier> {
    Some(match cell {
        "matter" => Modifier::Matter,
        "soft" => Modifier::Soft,
        "praise" => Modifier::Praise,
        "interim" => Modifier::Interim,
        "final" => Modifier::Final,
        "principle" => Modifier::Principle,
        "earlier" => Modifier::Earlier,
        "other" => Modifier::Other,
        "open" => Modifier::Open,
        "none" => Modifier::NoInstrument,
        "part" => Modifier::Part,
        _ => return None,
    })
}

/// Returns the rule of a row of `statuses.tsv`.
fn status(row: &Row<'static>) -> Option<StatusRule> {
    let part = match row.get("part") {
        "verb" => Part::Verb,
        "noun" => Part::Noun,
        "adjective" => Part::Adjective,
        _ => return None,
    };
    let place = |place: &'static str| match place {
        "obj" => Place::Object,
        "subj" => Place::Subject,
        "compound" => Place::Compound,
        place => match place.strip_prefix("subj+").and_then(|with| with.split_once(':')) {
            Some((_, with)) => Place::SubjectWith(with.split(',').collect()),
            None => Place::After(place),
        },
    };
    let effect = match row.get("effect") {
        "stands" => Effect::Stands,
        "awaited" => Effect::Awaited,
        "broker" => Effect::Broker,
        "guarantor" => Effect::Guarantor,
        name => Effect::Status(AgreementStatus::from_name(name)?),
    };
    let by = match row.get("by") {
        "doer" => By::Doer,
        "poss" => By::Possessor,
        "party" => By::Parties,
        "-" => By::Nobody,
        _ => return None,
    };
    let places = words(row.get("places")).into_iter().map(place).collect();
    let sorts = words(row.get("sorts")).into_iter().filter_map(sort).collect();
    Some(StatusRule { part, places, sorts, effect, by })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!((INSTRUMENTS.check(), MODIFIERS.check(), STATUSES.check()), (Ok(()), Ok(()), Ok(())));
        for row in INSTRUMENTS.rows() {
            assert!(sort(row.get("sort")).is_some(), "{row:?}");
        }
        for row in MODIFIERS.rows() {
            assert!(modifier(row.get("sense")).is_some(), "{row:?}");
        }
        for row in STATUSES.rows() {
            assert!(status(&row).is_some_and(|rule| !rule.places.is_empty()), "{row:?}");
        }
    }
}
