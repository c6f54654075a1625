//! The words of a pool of reports, weighted by how much each tells (TF-IDF).

use std::cmp::{Ordering, Reverse};

use rustc_hash::FxHashMap;

use crate::background::{self, OTHERS};
use crate::shelf::Outline;

/// Weight of a name; another word has weight one. Look-alikes on different affairs share the words for the event
/// (`rebels leave the town`) and differ in the names.
const NAME_WEIGHT: f64 = 1.5;
/// Number of reports below which a pool is too small to distinguish common words from rare ones.
pub(crate) const SMALL_POOL: usize = 50;

/// One report as it is compared.
pub(crate) struct Report<'d> {
    pub(crate) outline: &'d Outline,
    /// Day of publication, counted from 1970.
    pub(crate) day: Option<i32>,
    /// Word number and weight, by number; the weights' squares sum to one.
    pub(crate) words: Vec<(u32, f64)>,
}

/// The words of a pool, with the number of reports that have each, and its commonest spelling.
pub(crate) struct Vocabulary {
    /// For each report of the pool its words' numbers and counts, by number.
    counts: Vec<Vec<(u32, f64)>>,
    /// The number of reports that have each word.
    spread: Vec<u32>,
    /// The share of reports on other affairs that have each word.
    background: Vec<f64>,
    /// The commonest spelling of each word.
    spelling: Vec<String>,
}

impl Vocabulary {
    /// Returns the words of `pool`.
    pub(crate) fn of(pool: &[&Outline]) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut spellings: Vec<Vec<(&str, u32)>> = Vec::new();
        let mut spread: Vec<u32> = Vec::new();
        let mut background: Vec<f64> = Vec::new();
        let mut counts = Vec::with_capacity(pool.len());
        for outline in pool {
            let mut own: Vec<(u32, f64)> = Vec::new();
            for word in outline.words() {
                let number = *numbers.entry(word.stem).or_insert_with(|| {
                    spellings.push(Vec::new());
                    spread.push(0);
                    background.push(background::share(word.stem));
                    spread.len() as u32 - 1
                });
                own.push((number, word.count));
                spread[number as usize] += 1;
                let spellings = &mut spellings[number as usize];
                if spellings.len() < 16 {
                    match spellings.iter_mut().find(|(spelling, _)| *spelling == word.spelling) {
                        Some((_, count)) => *count += 1,
                        None => spellings.push((word.spelling, 1)),
                    }
                }
            }
            own.sort_unstable_by_key(|(number, _)| *number);
            counts.push(own);
        }
        // Of equals the first in the alphabet.
        let spelling = spellings
            .into_iter()
            .map(|spellings| {
                let best = spellings.into_iter().max_by_key(|(spelling, count)| (*count, Reverse(*spelling)));
                best.map(|(spelling, _)| spelling.to_owned()).unwrap_or_default()
            })
            .collect();
        Self { counts, spread, background, spelling }
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.spread.len()
    }

    /// Returns the number of reports that have the word `number`.
    pub(crate) fn spread(&self, number: u32) -> usize {
        self.spread.get(number as usize).map_or(0, |spread| *spread as usize)
    }

    /// Returns the commonest spelling of the word `number`.
    pub(crate) fn spelling(&self, number: u32) -> Option<&str> {
        self.spelling.get(number as usize).map(String::as_str)
    }

    /// Whether the word is mostly written with a capital.
    pub(crate) fn is_name(&self, number: u32) -> bool {
        self.spelling(number).is_some_and(|word| word.starts_with(char::is_uppercase))
    }

    /// Returns the number of times that report `member` of the pool has the word `number`.
    pub(crate) fn count(&self, member: usize, number: u32) -> Option<f64> {
        let own = self.counts.get(member)?;
        let at = own.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        own.get(at).map(|(_, count)| *count)
    }

    /// Returns the reports of `pool` with their weighted words.
    pub(crate) fn reports<'d>(&self, pool: &[&'d Outline]) -> Vec<Report<'d>> {
        let size = pool.len() as f64;
        // A word that no other report has cannot link, and would only blur. In a small pool it still tells
        // how little two reports share: five reports on the same two men need not be one story.
        let least = if pool.len() < SMALL_POOL { 1 } else { 2 };
        // Without days only their words tell two affairs of the same people apart, so none is known beforehand.
        let dated = pool.iter().filter(|outline| outline.day.is_some()).count();
        let others = if 2 * dated >= pool.len() { OTHERS } else { 0.0 };
        let rarity: Vec<f64> = (self.spread.iter().zip(&self.background))
            .map(|(spread, share)| {
                let reports = size + others + 1.0;
                libm::log(reports / (f64::from(*spread) + others * share + 0.5)).max(0.0)
            })
            .collect();
        pool.iter()
            .zip(&self.counts)
            .map(|(outline, counts)| {
                let mut words: Vec<(u32, f64)> = counts
                    .iter()
                    .filter(|(number, _)| self.spread(*number) >= least)
                    .map(|(number, count)| {
                        let often = 1.0 + libm::log(count.max(1.0));
                        let weight = if self.is_name(*number) { NAME_WEIGHT } else { 1.0 };
                        (*number, weight * often * rarity[*number as usize])
                    })
                    .collect();
                let length = words.iter().map(|word| word.1 * word.1).sum::<f64>().sqrt();
                if length > 0.0 {
                    for word in &mut words {
                        word.1 /= length;
                    }
                }
                Report { outline, day: outline.day, words }
            })
            .collect()
    }
}

/// Returns the sum of products of the weights of shared words; both lists are sorted by number.
pub(crate) fn dot_product(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut at, mut there, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(there)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => at += 1,
            Ordering::Greater => there += 1,
            Ordering::Equal => {
                sum += x.1 * y.1;
                (at, there) = (at + 1, there + 1);
            }
        }
    }
    sum
}
