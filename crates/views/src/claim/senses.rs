//! The words of a claim and of a sentence as they are compared: by stem, by base form, and by what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use rustc_hash::FxHashMap;

use super::alike::{Alike, Relation, alike};
use super::bases::{base, says_something};
use crate::words::folded;

static SENSES: ShippedTable =
    shipped_table!("data/claims/senses.tsv", ["words", "example", "counter"], ["narrower"], ["words"]);

static READ: LazyLock<Senses> = LazyLock::new(Senses::read);

/// A word or phrase of a claim: its stem, and the keys of which a sentence is to have one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    /// The stem as it is told: of a phrase, that of its first word.
    pub(super) stem: String,
    keys: BTreeSet<String>,
}

impl Term {
    /// Whether a sentence with these keys has the term.
    pub(super) fn is_in(&self, keys: &BTreeSet<String>) -> bool {
        self.keys.iter().any(|it| keys.contains(it))
    }

    /// Whether one of its keys is such that `has` says yes.
    pub(super) fn is_had(&self, has: impl Fn(&String) -> bool) -> bool {
        self.keys.iter().any(has)
    }

    /// Whether it is one of the `words` or means alike, given the senses that it has in the claim.
    pub(super) fn touches(&self, senses: &Meant, words: &[String]) -> bool {
        words.iter().any(|it| {
            let to: Vec<_> = alike(&base(it)).into_iter().collect();
            self.is_in(&keys_of(it)) || self.relation(senses, &to) == Some(Relation::Alike)
        })
    }

    /// Returns its nearest relation to the words of a sentence, given the senses that it has in the claim.
    pub(super) fn relation(&self, senses: &Meant, to: &[&'static Alike]) -> Option<Relation> {
        let own = senses.get(&self.stem)?;
        own.iter().flat_map(|it| to.iter().filter_map(|other| it.relation(other))).max()
    }
}

/// The senses of the words of a text by the words' base forms, with those of the phrases that they stand in.
pub(super) type Meant = BTreeMap<String, Vec<&'static Alike>>;

/// Words of a phrase, at most.
const OF_PHRASE: usize = 3;

/// Words between a verb and its particle, at most: `cut his long holiday short`.
const APART: usize = 4;

/// Words that part from the verb of their phrase.
const PARTICLES: [&str; 10] =
    ["off", "up", "down", "out", "over", "back", "away", "through", "together", "short"];

/// Returns the base forms of the `words`, in lower case, that have a particle behind them.
pub(super) fn phrasal(words: &[String]) -> BTreeSet<String> {
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [verb, particle] if PARTICLES.contains(&particle.as_str()) => Some(base(verb)),
        _ => None,
    });
    pairs.collect()
}

/// Returns the senses of the words of `text`.
pub(super) fn meant(text: &str) -> Meant {
    let words = folded(text);
    let bases: Vec<String> = words.iter().map(|it| base(it)).collect();
    let mut found = Meant::new();
    for (at, (word, own)) in words.iter().zip(&bases).enumerate() {
        if says_something(word) {
            found.entry(own.clone()).or_default().extend(alike(own));
        }
        for long in 2..=OF_PHRASE {
            let Some(phrase) = bases.get(at..at + long) else { break };
            if let Some(senses) = alike(&phrase.join("_")) {
                let own = words.iter().skip(at).zip(phrase).filter(|(word, _)| says_something(word));
                for (_, own) in own {
                    found.entry(own.clone()).or_default().push(senses);
                }
            }
        }
        let particles = words.iter().skip(at + 2).take(APART).filter(|it| PARTICLES.contains(&it.as_str()));
        for particle in particles {
            found.entry(own.clone()).or_default().extend(alike(&format!("{own}_{}", base(particle))));
        }
    }
    found
}

/// Returns the senses of a word, by its base form: those of its phrase, if the word behind it is a particle and makes it one.
pub(super) fn senses_of(own: &str, behind: &str) -> Vec<&'static Alike> {
    let behind = behind.to_lowercase();
    let phrase = PARTICLES.contains(&behind.as_str()).then(|| alike(&format!("{own}_{}", base(&behind))));
    phrase.flatten().or_else(|| alike(own)).into_iter().collect()
}

/// Returns the keys of the phrase of a word and the word or particle behind it, if they are one.
pub(super) fn keys_of_phrase(word: &str, behind: &str) -> BTreeSet<String> {
    let bases = [base(&word.to_lowercase()), base(&behind.to_lowercase())];
    let known = READ.phrases.get(&bases[0]).map(Vec::as_slice).unwrap_or_default();
    known.iter().filter(|(parts, _)| *parts == bases).map(|(_, sense)| sense.key()).collect()
}

/// Returns the terms of a claim's words: those that say something, each phrase as one.
pub(super) fn terms_of_claim(text: &str) -> BTreeSet<Term> {
    let mut terms = BTreeSet::new();
    READ.walk(text, |words, senses| {
        let own = words.first().map(|it| base(it)).unwrap_or_default();
        let mut keys: BTreeSet<String> = senses.iter().filter(|it| !it.narrower).map(|it| it.key()).collect();
        if words.len() == 1 {
            keys.insert(own.clone());
        }
        terms.insert(Term { stem: own, keys });
    });
    terms
}

/// Returns the keys of a sentence's words, by which terms are looked for.
pub(super) fn keys_of(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    READ.walk(text, |words, senses| {
        keys.extend(senses.iter().map(Sense::key));
        keys.extend(words.iter().filter(|it| says_something(it)).map(|it| base(it)));
    });
    keys
}

/// A meaning of a word: the row of the table, and whether the word is narrower than the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sense {
    row: usize,
    narrower: bool,
}

impl Sense {
    fn key(&self) -> String {
        format!("={}", self.row)
    }
}

/// The tables, read.
struct Senses {
    /// The words and phrases by the base of their first word, each as all its bases with its meaning, the longest first.
    phrases: FxHashMap<String, Vec<(Vec<String>, Sense)>>,
}

impl Senses {
    fn read() -> Self {
        let mut senses = Self { phrases: FxHashMap::default() };
        let mut found: Vec<(Vec<String>, Sense)> = Vec::new();
        for (row, line) in SENSES.rows().enumerate() {
            for (column, narrower) in [("words", false), ("narrower", true)] {
                for phrase in line.words(column) {
                    found.push((phrase.split('_').map(base).collect(), Sense { row, narrower }));
                }
            }
        }
        found.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        for (parts, sense) in found {
            if let Some(first) = parts.first().cloned() {
                senses.phrases.entry(first).or_default().push((parts, sense));
            }
        }
        senses
    }

    /// Calls `each` with every word that says something and every phrase, and with their meanings.
    fn walk(&self, text: &str, mut each: impl FnMut(&[String], &[Sense])) {
        let words = folded(text);
        let bases: Vec<String> = words.iter().map(|it| base(it)).collect();
        let mut at = 0;
        while let (Some(word), Some(base)) = (words.get(at), bases.get(at)) {
            let known = self.phrases.get(base).map(Vec::as_slice).unwrap_or_default();
            let fits = |parts: &[String]| bases.get(at..at + parts.len()).is_some_and(|it| it == parts);
            let long = known.iter().map(|(parts, _)| parts).find(|parts| fits(parts)).map_or(1, Vec::len);
            let senses: Vec<Sense> = known
                .iter()
                .filter(|(parts, _)| parts.len() == long && fits(parts))
                .map(|(_, it)| *it)
                .collect();
            if !senses.is_empty() || says_something(word) {
                each(words.get(at..at + long).unwrap_or_default(), &senses);
            }
            at += long;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_the_same_in_its_example_and_not_in_its_counter() {
        assert_eq!(SENSES.check(), Ok(()));
        let says = |pair: &str| {
            let (claim, report) = pair.split_once(" | ").expect(pair);
            let keys = keys_of(report);
            terms_of_claim(claim).iter().all(|term| term.is_in(&keys))
        };
        for row in SENSES.rows() {
            assert!(says(row.get("example")), "line {}: {}", row.line(), row.get("example"));
            assert!(!says(row.get("counter")), "line {}: {}", row.line(), row.get("counter"));
        }
    }
}
