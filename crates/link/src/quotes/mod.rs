//! Quotes: one utterance in all its wordings (cut, corrected, translated, retold), over documents and within one.
//!
//! Two statements give the same utterance if the speaker may be the same, the days do not speak against it, and
//! - a long run of words is the same in both, or
//! - a quoted fragment stands whole in the other, or
//! - most content words of the shorter come in the other in the same order, with the same numbers and the same `not`, or
//! - within days, a quotation comes in both with a word or two changed, or most of what the shorter says, by the rarity of
//!   its words, comes in the other.
//!
//! A quote has at least two members. Members come in the order of their reports' days, so the first gave it first.

mod likeness;
mod merged;
mod subsequence;
mod wording;

use std::collections::BTreeSet;
use std::rc::Rc;

use readout_record::{Mode, Quote};

use self::likeness::{RETOLD, may_be_one, same_utterance};
use self::merged::quote;
pub(crate) use self::wording::Wording;
use self::wording::{MAX_DAYS, wordings};
use crate::blocks::{Component, LinkKind};
use crate::clusters::Clusters;
use crate::hash::{mix, mixed_words, word_key};
use crate::report::Report;

/// Largest number of content words of a statement that become block keys together with its speaker.
const SPEAKER_WORDS: usize = 8;
/// Rarity from which a word is rare: one report in fifty has it.
const RARE: f64 = 3.9;
/// Largest number of runs of content words that become block keys of a statement in the reporter's words.
const INDIRECT_RUNS: usize = 6;
/// Largest number of members of each of two sets that are compared before the sets are joined.
const COMPARED: usize = 16;

/// Statements as a kind of records to be linked.
pub(crate) struct Quotes;

impl LinkKind for Quotes {
    const NUMBER: u8 = 1;
    const VOTES: u32 = 3;
    type Record = Wording;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Wording> {
        wordings(report)
    }

    fn keys(&self, wording: &Wording) -> Vec<(u64, u32)> {
        let mut runs: Vec<u64> = wording.content.windows(3).map(mixed_words).collect();
        if wording.statement().mode == Mode::Indirect {
            runs.sort_unstable();
            runs.truncate(INDIRECT_RUNS);
        }
        let mut keys: Vec<(u64, u32)> = runs.into_iter().map(|run| (run, 3)).collect();
        // The rarest words lead to few other utterances.
        let mut words: Vec<(f64, u64)> = (wording.content.iter().zip(&wording.weight))
            .map(|(&word, &weight)| (weight, mix(u64::from(word))))
            .collect();
        words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words.dedup_by_key(|word| word.1);
        words.truncate(SPEAKER_WORDS);
        // Two windows of time, so that days that lie close share one.
        let windows = match wording.day {
            Some(day) => vec![day.div_euclid(MAX_DAYS), day.div_euclid(MAX_DAYS) + 1],
            None => vec![i32::MAX],
        };
        for speaker in &wording.speakers {
            for window in &windows {
                let block = mix(u64::from(word_key(speaker)) << 32 ^ u64::from(*window as u32));
                keys.extend(words.iter().map(|(weight, word)| {
                    // A rare word and the speaker are enough for a comparison.
                    (mix(block ^ word), if *weight >= RARE { 3 } else { 2 })
                }));
            }
        }
        keys
    }

    fn compare(&self, earlier: &Wording, later: &Wording) -> Option<(f64, String)> {
        same_utterance(earlier, later).map(|strength| (f64::from(strength), String::new()))
    }
}

/// Returns the quotes of a component.
pub(crate) fn decide(component: &Component<Wording>) -> Vec<Quote> {
    let wordings: Vec<&Wording> = component.records.iter().map(|member| &**member).collect();
    let mut links: Vec<(f64, usize, usize)> =
        component.edges.iter().map(|(a, b, strength, _)| (*strength, *a, *b)).collect();
    links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let alike: BTreeSet<(usize, usize)> = links.iter().map(|&(_, a, b)| (a, b)).collect();
    let mut clusters = Clusters::new(wordings.len());
    for (strength, a, b) in links {
        let (a, b) = (clusters.root(a), clusters.root(b));
        // What is said in other words binds two wordings, not the others that are like one of them.
        let alone = strength < RETOLD;
        let fits = a != b
            && clusters.members(a).iter().take(COMPARED).all(|&left| {
                clusters.members(b).iter().take(COMPARED).all(|&right| {
                    may_be_one(wordings[left], wordings[right])
                        && (!alone || alike.contains(&(left.min(right), left.max(right))))
                })
            });
        if fits {
            clusters.join(a, b);
        }
    }
    clusters.sets().map(|members| quote(&wordings, &members)).collect()
}
