//! Alignment: the sentences of one text that stand in another, word for word or reworded.
//!
//! A text is cut into units (sentences, at most 48 words). Two units are the same if enough of their words
//! come in the same order: the longest common subsequence over the mean length. A rewording tool changes a third of
//! the words and keeps their order, while two unrelated sentences share little but `the … of … to`. Unit pairs are
//! looked for through words they share, so that the cost grows with the length of the texts, not with its square.

use std::collections::BTreeMap;

use readout_text::{CharSpan, Offsets};
use rustc_hash::FxHashMap;

use crate::words::{Unit, Words};

/// Largest number of units of a text with a word, for the word to lead from one text to the other.
const MAX_UNITS_PER_WORD: usize = 12;
/// Largest number of pairs that are compared for one unit.
const MAX_TRIED: usize = 6;

/// Two units found to be the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Unit of the first text.
    pub(crate) here: u32,
    /// Unit of the second.
    pub(crate) there: u32,
    /// Words in common over the mean length, 0 to 1.
    pub(crate) likeness: f32,
}

/// A text prepared to be compared with many.
#[derive(Debug)]
pub(crate) struct Side<'w> {
    words: &'w Words,
    /// Units by word, ascending; words in too many units left out.
    units: FxHashMap<u32, Vec<u32>>,
}

impl<'w> Side<'w> {
    /// Indexes the units of `words` that are in use.
    pub(crate) fn new(words: &'w Words) -> Self {
        let mut units: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, unit) in words.units.iter().enumerate().filter(|(_, unit)| unit.used) {
            for at in unit.range() {
                let list = units.entry(words.keys[at]).or_default();
                if list.last() != Some(&(number as u32)) && list.len() <= MAX_UNITS_PER_WORD {
                    list.push(number as u32);
                }
            }
        }
        Self { words, units }
    }

    /// Returns the pairs of units that this text (`here`) and `other` (`there`) share, in the order of this text.
    pub(crate) fn align(&self, other: &Words) -> Vec<Pair> {
        let here = self.words;
        let mut best: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        // From either side the best partner, so that a sentence cut in two on one side keeps both halves.
        let mut for_here: Vec<Option<(f32, u32)>> = vec![None; here.units.len()];
        let mut for_there: Vec<Option<(f32, u32)>> = vec![None; other.units.len()];
        let mut votes: BTreeMap<u32, u32> = BTreeMap::new();
        for (there_number, unit) in other.units.iter().enumerate().filter(|(_, unit)| unit.used) {
            votes.clear();
            for at in unit.range() {
                let Some(list) = self.units.get(&other.keys[at]) else { continue };
                if list.len() > MAX_UNITS_PER_WORD {
                    continue;
                }
                let weight = if other.content[at] { 2 } else { 1 };
                for &number in list {
                    *votes.entry(number).or_default() += weight;
                }
            }
            let mut tried: Vec<(u32, u32)> =
                votes.iter().filter(|&(_, &n)| n >= 3).map(|(&unit, &n)| (n, unit)).collect();
            tried.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            tried.truncate(MAX_TRIED);
            for (_, here_number) in tried {
                let match_ = compare(here, here.units[here_number as usize], other, *unit);
                if !match_.same() {
                    continue;
                }
                let likeness = match_.likeness();
                best.insert((here_number, there_number as u32), likeness);
                keep_best(&mut for_here[here_number as usize], likeness, there_number as u32);
                keep_best(&mut for_there[there_number], likeness, here_number);
            }
        }
        self.neighbours(other, &mut for_here, &mut for_there, &mut best);
        best.into_iter()
            .filter(|&((here, there), _)| {
                for_here[here as usize].is_some_and(|(_, best)| best == there)
                    || for_there[there as usize].is_some_and(|(_, best)| best == here)
            })
            .map(|((here, there), likeness)| Pair { here, there, likeness })
            .collect()
    }

    /// Takes in short or much reworded units that stand next to a pair in both texts.
    fn neighbours(
        &self,
        other: &Words,
        for_here: &mut [Option<(f32, u32)>],
        for_there: &mut [Option<(f32, u32)>],
        best: &mut BTreeMap<(u32, u32), f32>,
    ) {
        let here = self.words;
        let mut todo: Vec<(u32, u32)> = best.keys().copied().collect();
        while let Some((a, b)) = todo.pop() {
            for (x, y) in [(a.wrapping_add(1), b.wrapping_add(1)), (a.wrapping_sub(1), b.wrapping_sub(1))] {
                let (Some(left), Some(right)) = (here.units.get(x as usize), other.units.get(y as usize))
                else {
                    continue;
                };
                if !left.used
                    || !right.used
                    || for_here[x as usize].is_some()
                    || for_there[y as usize].is_some()
                {
                    continue;
                }
                let match_ = compare(here, *left, other, *right);
                if match_.same_by_context() {
                    let likeness = match_.likeness();
                    for_here[x as usize] = Some((likeness, y));
                    for_there[y as usize] = Some((likeness, x));
                    best.insert((x, y), likeness);
                    todo.push((x, y));
                }
            }
        }
    }
}

fn keep_best(slot: &mut Option<(f32, u32)>, likeness: f32, unit: u32) {
    if slot.is_none_or(|(best, _)| likeness > best) {
        *slot = Some((likeness, unit));
    }
}

/// The comparison of two units.
#[derive(Clone, Copy, Debug)]
struct Match {
    common: usize,
    content: usize,
    here: usize,
    there: usize,
}

impl Match {
    fn likeness(self) -> f32 {
        2.0 * self.common as f32 / (self.here + self.there) as f32
    }

    /// Returns the share of the shorter unit's words that both units have.
    fn containment(self) -> f32 {
        self.common as f32 / self.here.min(self.there) as f32
    }

    fn same(self) -> bool {
        let short = self.here.min(self.there);
        if short < 4 || self.content < 2 {
            return false;
        }
        let least = if short >= 12 {
            0.42
        } else if short >= 7 {
            0.5
        } else {
            0.7
        };
        self.likeness() >= least || (short >= 7 && self.content >= 4 && self.containment() >= 0.75)
    }

    fn same_by_context(self) -> bool {
        self.common >= 1 && self.likeness() >= 0.3
    }
}

/// Compares two units by their longest common subsequence, counted with one bit a word (Hyyrö 2004).
fn compare(here: &Words, left: Unit, there: &Words, right: Unit) -> Match {
    let left_keys = &here.keys[left.range()];
    let mut row = u64::MAX;
    let mut content = 0;
    for at in right.range() {
        let key = there.keys[at];
        let mut mask = 0u64;
        for (bit, other) in left_keys.iter().enumerate() {
            mask |= u64::from(*other == key) << (bit & 63);
        }
        if mask != 0 && there.content[at] {
            content += 1;
        }
        let step = row & mask;
        row = row.wrapping_add(step) | (row & !mask);
    }
    let used = if left_keys.len() >= 64 { u64::MAX } else { (1u64 << left_keys.len()) - 1 };
    let common = (!row & used).count_ones() as usize;
    Match { common, content, here: left.len(), there: right.len() }
}

/// Mean likeness under which neighbouring units tell of the same thing in words of their own.
///
/// Measured on reports of one event by different hands (0.36 to 0.5) against text reworded by a tool (0.55 and more).
const LEAST_MEAN: f32 = 0.52;

/// Drops units that are alike only in stock phrases (`the poll has a margin of error of …`) or because two reporters
/// tell of the same thing.
///
/// Reworded text comes in runs, so neighbours vouch for each other; a unit that stands alone must be nearly the same
/// word for word, unless much else of the text is shared.
pub(crate) fn trusted(mut pairs: Vec<Pair>, here: &Words) -> Vec<Pair> {
    let length = |pair: &Pair| here.units[pair.here as usize].len() as f32;
    let strong: Vec<bool> = pairs
        .iter()
        .map(|pair| {
            let (mut words, mut common, mut units) = (0.0, 0.0, 0);
            for other in pairs_near(&pairs, *pair) {
                if other.there.abs_diff(pair.there) <= 2 {
                    words += length(other);
                    common += length(other) * other.likeness;
                    units += usize::from(other.here != pair.here && other.there != pair.there);
                }
            }
            pair.likeness >= 0.7 || (units > 0 && common >= LEAST_MEAN * words)
        })
        .collect();
    let sure: f32 =
        pairs.iter().zip(&strong).filter(|(_, strong)| **strong).map(|(pair, _)| length(pair)).sum();
    if sure * 4.0 < here.keys.len() as f32 {
        let mut strong = strong.into_iter();
        pairs.retain(|_| strong.next().unwrap_or(false));
    }
    let words: f32 = pairs.iter().map(length).sum();
    let common: f32 = pairs.iter().map(|pair| length(pair) * pair.likeness).sum();
    if common < LEAST_MEAN * words {
        pairs.clear();
    }
    pairs
}

/// Returns the pairs whose unit of this text is at most two units away.
fn pairs_near(pairs: &[Pair], pair: Pair) -> impl Iterator<Item = &Pair> {
    let from = pairs.partition_point(|other| other.here + 2 < pair.here);
    pairs[from..].iter().take_while(move |other| other.here <= pair.here + 2)
}

/// The passages that two texts share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    /// Passages: here and there, in code points, in the order of this text.
    pub(crate) spans: Vec<(CharSpan, CharSpan)>,
    /// Code points of this text that the other has.
    pub(crate) here: u32,
    /// Code points of the other text that this one has.
    pub(crate) there: u32,
    /// Shared words that stand outside quotation marks in both.
    pub(crate) told: u32,
    /// Shared words.
    pub(crate) words: u32,
}

/// Gathers `pairs` (in the order of `here`) into passages.
pub(crate) fn gather(
    pairs: &[Pair],
    here: &Words,
    here_offsets: &Offsets<'_>,
    there: &Words,
    there_offsets: &Offsets<'_>,
) -> Shared {
    let mut runs: Vec<(Unit, Unit, Pair)> = Vec::new();
    let mut shared = Shared::default();
    let mut seen = None;
    for pair in pairs {
        let (left, right) = (here.units[pair.here as usize], there.units[pair.there as usize]);
        if seen != Some(pair.here) {
            shared.words += left.len() as u32;
            let other: Vec<u32> =
                right.range().filter(|&at| !there.quoted[at]).map(|at| there.keys[at]).collect();
            let told = left.range().filter(|&at| !here.quoted[at] && other.contains(&here.keys[at])).count();
            shared.told += told as u32;
            seen = Some(pair.here);
        }
        match runs.last_mut() {
            Some((run_left, run_right, last))
                if pair.here.wrapping_sub(last.here) <= 1 && pair.there.wrapping_sub(last.there) <= 1 =>
            {
                run_left.span.end = left.span.end;
                run_right.span.end = right.span.end;
                *last = *pair;
            }
            _ => runs.push((left, right, *pair)),
        }
    }
    shared.spans = runs
        .iter()
        .map(|(left, right, _)| (here_offsets.to_chars(left.span), there_offsets.to_chars(right.span)))
        .collect();
    shared.here = covered(shared.spans.iter().map(|(here, _)| *here).collect());
    shared.there = covered(shared.spans.iter().map(|(_, there)| *there).collect());
    shared
}

/// Returns the number of code points under the union of `spans`.
pub(crate) fn covered(mut spans: Vec<CharSpan>) -> u32 {
    spans.sort_unstable();
    let (mut total, mut end) = (0, 0);
    for span in spans {
        let start = span.start.max(end);
        if span.end > start {
            total += span.end - start;
            end = span.end;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::MAX_UNIT;

    fn likeness(a: &str, b: &str) -> Vec<(u32, u32)> {
        let (a, b) = (Words::new(a), Words::new(b));
        Side::new(&a).align(&b).iter().map(|pair| (pair.here, pair.there)).collect()
    }

    #[test]
    fn reworded_sentences_are_the_same() {
        let a = "The minister told reporters in Oslo that Norway would send two ships to the strait before winter.";
        let b = "The official in charge informed journalists in Oslo that Norway would dispatch two ships to the strait ahead of winter.";
        assert_eq!(likeness(a, b), [(0, 0)]);
        let c =
            "The minister said in Oslo that the budget of the army would be cut by a third over ten years.";
        assert!(likeness(a, c).is_empty());
    }

    #[test]
    fn order_of_sentences_does_not_matter() {
        let a = "The bridge at Harlan was closed on Friday. Four engineers inspected the northern pier. Trains will run again in May.";
        let b = "Trains will run again in May. The bridge at Harlan was closed on Friday. Four engineers inspected the northern pier.";
        assert_eq!(likeness(a, b), [(0, 1), (1, 2), (2, 0)]);
    }

    #[test]
    fn long_lines_cost_no_square() {
        let long = "word after word and ".repeat(50_000);
        let words = Words::new(&long);
        assert!(words.units.iter().all(|unit| unit.len() <= MAX_UNIT));
        let pairs = Side::new(&words).align(&words);
        assert!(pairs.len() <= words.units.len() * MAX_TRIED);
    }
}
