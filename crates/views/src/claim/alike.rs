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

static READ: LazyLock<Read> = LazyLock::new(read);

/// The table, read: the senses by base forms, and the uses by words as they are written.
struct Read {
    senses: FxHashMap<String, Alike>,
    uses: FxHashMap<&'static str, Uses>,
}

/// The relation of a word of a report to a word of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// One has a sense of which the other has the contrary.
    Opposite,
    /// They share a sense, or one is made from the other, or that of the report is a sort of that of the claim.
    Alike,
}

/// The shares of a word's uses as a noun, a verb, an adjective and an adverb, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub(super) as_noun: u32,
    pub(super) as_verb: u32,
    pub(super) as_adjective: u32,
    pub(super) as_adverb: u32,
}

/// The senses of a word or phrase, as numbers of meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alike {
    senses: Vec<u32>,
    broader: Vec<u32>,
    opposite: Vec<u32>,
    derived: Vec<u32>,
    uses: Uses,
    /// The length in bytes of the word of which those are.
    length: usize,
}

impl Alike {
    /// Whether it has a contrary or, as an adjective, is like one that may have: `dumb`, but not `nuclear`.
    pub(super) fn is_of_degree(&self) -> bool {
        !self.opposite.is_empty() || !self.broader.is_empty()
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
            || meet(&self.senses, &other.broader);
        is_alike.then_some(Relation::Alike)
    }

    fn add(&mut self, more: Self) {
        self.senses.extend(more.senses);
        self.broader.extend(more.broader);
        self.opposite.extend(more.opposite);
        self.derived.extend(more.derived);
    }
}

/// Returns the senses of the word with this base form, or of the phrase with these, joined by `_`.
pub(super) fn alike(bases: &str) -> Option<&'static Alike> {
    READ.senses.get(bases)
}

/// Returns how a word in lower case is used, or else its base form.
pub(super) fn uses(word: &str) -> Option<Uses> {
    READ.uses.get(word).copied().or_else(|| Some(alike(&base(word))?.uses))
}

fn read() -> Read {
    let mut of_words: FxHashMap<&str, Uses> = FxHashMap::default();
    let mut words: FxHashMap<String, Alike> = FxHashMap::default();
    for row in WORDS.rows() {
        let numbers = |column: &str| row.words(column).filter_map(|it| it.parse().ok()).collect();
        let mut uses = Uses::default();
        for part in row.words("parts") {
            let (letter, share) = part.split_at(1);
            let share = share.parse().unwrap_or(0);
            match letter {
                "n" => uses.as_noun = share,
                "v" => uses.as_verb = share,
                "a" => uses.as_adjective = share,
                _ => uses.as_adverb = share,
            }
        }
        let alike = Alike {
            senses: numbers("senses"),
            broader: numbers("broader"),
            opposite: numbers("opposite"),
            derived: numbers("derived"),
            ..Alike::default()
        };
        let word = row.get("word");
        let bases: Vec<String> = word.split('_').map(base).collect();
        let known = words.entry(bases.join("_")).or_default();
        // `bank`, not `banked`, says how a form that has no row is mostly used.
        if known.length == 0 || word.len() < known.length {
            (known.uses, known.length) = (uses, word.len());
        }
        known.add(alike);
        of_words.insert(word, uses);
    }
    Read { senses: words, uses: of_words }
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
        for (claim, report) in [("remained", "stayed"), ("resigned", "step down"), ("decision", "decided")] {
            assert_eq!(relation(claim, report), Some(Relation::Alike), "{claim}, {report}");
        }
        for (claim, report) in [("accepted", "rejected"), ("good", "terrible"), ("increase", "decreased")] {
            assert_eq!(relation(claim, report), Some(Relation::Opposite), "{claim}, {report}");
        }
        assert_eq!(relation("praised", "feared"), None);
    }
}
