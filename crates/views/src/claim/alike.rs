//! Words that mean alike, by the senses that WordNet gives them.

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use rustc_hash::FxHashMap;

use super::bases::base;

static WORDS: ShippedTable = shipped_table!(
    "data/wordnet/words.tsv",
    ["word", "parts"],
    ["senses", "broader", "opposite", "derived"],
    ["word"]
);

static READ: LazyLock<FxHashMap<String, Alike>> = LazyLock::new(read);

/// The relation of a word of a report to a word of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// One has a sense of which the other has the contrary.
    Opposite,
    /// They share a sense, or one is made from the other, or one is a sort of the other.
    Alike,
}

/// The senses of a word or phrase, as numbers of meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alike {
    senses: Vec<u32>,
    broader: Vec<u32>,
    opposite: Vec<u32>,
    derived: Vec<u32>,
    /// The shares of its uses as a noun, a verb, an adjective and an adverb, in percent.
    shares: [u32; 4],
}

impl Alike {
    /// Returns the share of its uses as a verb, in percent.
    pub(super) fn as_verb(&self) -> u32 {
        self.shares[1]
    }

    /// Returns the share of its uses as a noun, in percent.
    pub(super) fn as_noun(&self) -> u32 {
        self.shares[0]
    }

    /// Returns the share of its uses as an adjective, in percent.
    pub(super) fn as_adjective(&self) -> u32 {
        self.shares[2]
    }

    /// Whether it has a contrary.
    pub(super) fn has_contrary(&self) -> bool {
        !self.opposite.is_empty()
    }

    /// Returns the relation of a word of a report, `other`, to this word of a claim.
    pub(super) fn relation(&self, other: &Self) -> Option<Relation> {
        let meet = |one: &[u32], two: &[u32]| one.iter().any(|it| two.contains(it));
        if meet(&self.senses, &other.senses) {
            return Some(Relation::Alike);
        }
        if meet(&self.opposite, &other.senses) || meet(&self.senses, &other.opposite) {
            return Some(Relation::Opposite);
        }
        let is_alike = meet(&self.senses, &other.derived)
            || meet(&self.derived, &other.senses)
            || meet(&self.senses, &other.broader)
            || meet(&self.broader, &other.senses);
        is_alike.then_some(Relation::Alike)
    }

    fn add(&mut self, more: Self) {
        self.senses.extend(more.senses);
        self.broader.extend(more.broader);
        self.opposite.extend(more.opposite);
        self.derived.extend(more.derived);
        for (share, other) in self.shares.iter_mut().zip(more.shares) {
            *share = (*share).max(other);
        }
    }
}

/// Returns the senses of the word with this base form, or of the phrase with these, joined by `_`.
pub(super) fn alike(bases: &str) -> Option<&'static Alike> {
    READ.get(bases)
}

fn read() -> FxHashMap<String, Alike> {
    let mut words: FxHashMap<String, Alike> = FxHashMap::default();
    for row in WORDS.rows() {
        let numbers = |column: &str| row.words(column).filter_map(|it| it.parse().ok()).collect();
        let mut shares = [0; 4];
        for part in row.words("parts") {
            let (letter, share) = part.split_at(1);
            if let Some(at) = "nvar".find(letter)
                && let Some(of) = shares.get_mut(at)
            {
                *of = share.parse().unwrap_or(0);
            }
        }
        let alike = Alike {
            senses: numbers("senses"),
            broader: numbers("broader"),
            opposite: numbers("opposite"),
            derived: numbers("derived"),
            shares,
        };
        let bases: Vec<String> = row.get("word").split('_').map(base).collect();
        words.entry(bases.join("_")).or_default().add(alike);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(claim: &str, report: &str) -> Option<Relation> {
        let bases = |words: &str| words.split(' ').map(base).collect::<Vec<_>>().join("_");
        alike(&bases(claim)).zip(alike(&bases(report))).and_then(|(claim, report)| claim.relation(report))
    }

    #[test]
    fn words_of_one_sense_are_alike_and_contraries_are_not() {
        assert_eq!(WORDS.check(), Ok(()));
        for (claim, report) in [
            ("remained", "stayed"),
            ("resigned", "step down"),
            ("decision", "decided"),
            ("prevented", "stopped"),
        ] {
            assert_eq!(relation(claim, report), Some(Relation::Alike), "{claim}, {report}");
        }
        for (claim, report) in [("accepted", "rejected"), ("good", "terrible"), ("increase", "decreased")] {
            assert_eq!(relation(claim, report), Some(Relation::Opposite), "{claim}, {report}");
        }
        assert_eq!(relation("praised", "feared"), None);
    }
}
