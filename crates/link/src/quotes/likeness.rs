//! The likeness of two wordings that may give one utterance.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::Mode;
use readout_text::CharSpan;

use super::subsequence::common_in_order;
use super::wording::{MAX_DAYS, Wording};
use crate::hash::word_key;
use crate::words::Words;

/// Whether nothing speaks against the two being one utterance.
pub(super) fn may_be_one(a: &Wording, b: &Wording) -> bool {
    let (one, other) = (a.statement(), b.statement());
    if a.report.document.id == b.report.document.id {
        let overlap =
            one.content.iter().any(|left| other.content.iter().any(|right: &CharSpan| left.overlaps(*right)));
        // A statement and the one around it are two, though they share their words.
        if overlap || a.chain.contains(&other.evidence.id) || b.chain.contains(&one.evidence.id) {
            return false;
        }
    }
    one.negated == other.negated
}

#[derive(PartialEq, Eq)]
enum Speakers {
    Same,
    Unknown,
    Different,
}

fn speakers(a: &Wording, b: &Wording) -> Speakers {
    if a.speakers.is_empty() || b.speakers.is_empty() {
        Speakers::Unknown
    } else if a.speakers.intersection(&b.speakers).next().is_some() {
        Speakers::Same
    } else {
        Speakers::Different
    }
}

/// A run of words that two wordings share, long enough to prove something. The limits were set by hand.
struct Proof {
    /// The smallest number of words.
    words: usize,
    /// The smallest number of content words.
    content: usize,
    /// The smallest share of the shorter wording's content words that both have in the same order.
    of_short: f64,
}

/// Proof of one utterance, whoever said it.
const UNDENIABLE: Proof = Proof { words: 12, content: 5, of_short: 0.3 };
/// Proof of one utterance, unless the speakers differ.
const VERBATIM: Proof = Proof { words: 8, content: 4, of_short: 0.4 };
/// Proof of one utterance of one speaker within [`MAX_DAYS`].
const PARTLY: Proof = Proof { words: 5, content: 3, of_short: 0.6 };

impl Proof {
    fn holds(&self, run: &Run, of_short: f64) -> bool {
        run.words >= self.words && run.content >= self.content && of_short >= self.of_short
    }
}

/// Returns the certainty, 1 to 100, that the two wordings give one utterance; `None` if they do not.
pub(super) fn same_utterance(a: &Wording, b: &Wording) -> Option<u32> {
    if !may_be_one(a, b) {
        return None;
    }
    let run = longest_run(&a.words, &b.words);
    let (short, long) = (a.content.len().min(b.content.len()), a.content.len().max(b.content.len()));
    let matched = common_in_order(&a.content, &b.content);
    let common = matched.len();
    let of_short = common as f64 / short as f64;
    let of_long = common as f64 / long as f64;
    if UNDENIABLE.holds(&run, of_short) {
        return Some(95);
    }
    let close = match (a.day, b.day) {
        (Some(a), Some(b)) => (a - b).abs() <= MAX_DAYS,
        _ => true,
    };
    let speakers = speakers(a, b);
    if speakers == Speakers::Different {
        return None;
    }
    // Reported speech has the reporters' words, so `would sign` and `would not sign` are two utterances. In quotation
    // marks such a difference means that one outlet garbled the words.
    let reported = [a, b].iter().all(|it| it.statement().mode == Mode::Indirect);
    let contradicts = contradict(a, b, &matched);
    let verbatim = VERBATIM.holds(&run, of_short) && !(reported && contradicts);
    if speakers == Speakers::Unknown {
        return verbatim.then_some(80);
    }
    if verbatim {
        return Some(90);
    }
    if !close {
        return None;
    }
    if fragment(a, b) || fragment(b, a) {
        return Some(75);
    }
    if PARTLY.holds(&run, of_short) && !contradicts {
        return Some(85);
    }
    // In other words: most of the shorter wording, and enough words or enough of the longer.
    let retold = (common >= 6 && of_short >= 0.65 && of_long >= 0.25)
        || (common >= 4 && of_short >= 0.8 && of_long >= 0.5);
    if retold && !contradicts {
        return Some(RETOLD as u32);
    }
    let soon = a.day.zip(b.day).is_some_and(|(a, b)| (a - b).abs() <= SOON);
    if !soon || contradicts {
        return None;
    }
    let shared = Shared::of(a, b);
    if copied_twice(a, b, shared.weight) || copied_twice(b, a, shared.weight) {
        return Some(55);
    }
    if a.negations.is_empty() != b.negations.is_empty() || is_told_of_before(a, b) || is_told_of_before(b, a)
    {
        return None;
    }
    let of_short = shared.weight / weight(a).min(weight(b));
    (shared.words >= 4 && shared.weight >= RESTATED && of_short >= RESTATED_SHARE).then_some(50)
}

/// Certainty from which two wordings are one utterance whatever else is like one of them.
pub(super) const RETOLD: f64 = 60.0;
/// Days between two reports of one utterance that are told apart by nothing but their words.
const SOON: i32 = 3;
/// Weight of all content words in common from which a quotation in common, a word or two changed, is one utterance.
const COPIED: f64 = 4.5;
/// Share of a quotation's weight that the other gives in the same order.
const COPIED_SHARE: f64 = 0.6;
/// Content words of a quotation from which it is one utterance, if all come in a quotation of the other.
const WHOLE: usize = 3;
/// Weight of the content words in common from which such a quotation counts.
const WHOLE_WEIGHT: f64 = 3.0;
/// The most content words of a quotation that are compared with a word or two changed.
const COPIED_WORDS: usize = 12;
/// Weight of all content words in common from which two reports restate one utterance.
const RESTATED: f64 = 9.0;
/// Share of the weight of the shorter wording that is in the other.
const RESTATED_SHARE: f64 = 0.6;

/// Returns the weight of all different content words.
fn weight(it: &Wording) -> f64 {
    let words: BTreeMap<u32, f64> = it.content.iter().copied().zip(it.weight.iter().copied()).collect();
    words.values().sum()
}

/// The content words that two wordings have in common, in any order.
struct Shared {
    words: usize,
    weight: f64,
}

impl Shared {
    fn of(a: &Wording, b: &Wording) -> Self {
        let there: BTreeSet<u32> = b.content.iter().copied().collect();
        let here: BTreeMap<u32, f64> = a.content.iter().copied().zip(a.weight.iter().copied()).collect();
        let common = here.iter().filter(|(word, _)| there.contains(word));
        common.fold(Self { words: 0, weight: 0.0 }, |sum, (_, weight)| Self {
            words: sum.words + 1,
            weight: sum.weight + weight,
        })
    }
}

/// Whether a quotation in `part` comes in a quotation of `whole` in the same order, with a word or two changed:
/// `the anchor of world order`, `the anchor of the global order`. `weight` is that of all content words in common.
fn copied_twice(part: &Wording, whole: &Wording, weight: f64) -> bool {
    let runs = |it: &Wording| -> Vec<(usize, usize)> {
        if it.statement().mode == Mode::Direct { vec![(0, it.content.len())] } else { it.quoted.clone() }
    };
    let pieces = runs(part);
    let mut pieces = pieces.iter().filter(|(from, to)| (2..=COPIED_WORDS).contains(&(to - from)));
    pieces.any(|&(from, to)| {
        let piece = &part.content[from..to];
        let all: f64 = part.weight[from..to].iter().sum();
        runs(whole).iter().any(|&(start, end)| {
            let size = (piece.len() + 1).min(end - start).max(1);
            whole.content[start..end].windows(size).any(|window| {
                let matched = common_in_order(piece, window);
                let shared: f64 = matched.iter().map(|(at, _)| part.weight[from + at]).sum();
                let plain = matched.iter().filter(|(at, _)| part.plain[from + at]).count();
                let every = matched.len() == piece.len() && piece.len() >= WHOLE && weight >= WHOLE_WEIGHT;
                plain >= 2 && (every || weight >= COPIED && shared >= COPIED_SHARE * all)
            })
        })
    })
}

/// Whether `before` speaks of what is to come and `after` of what is or was: a warning and its later deed are two.
fn is_told_of_before(before: &Wording, after: &Wording) -> bool {
    let has = |it: &Wording, words: &[&str]| words.iter().any(|word| it.words.keys.contains(&word_key(word)));
    let to_come = |it: &Wording| has(it, &["will", "would", "shall", "won't", "should", "must", "could"]);
    to_come(before) && !to_come(after) && has(after, &["was", "were", "had", "has", "have"])
}

/// Whether all content words of the quotation `part` follow one another in `whole`.
fn fragment(part: &Wording, whole: &Wording) -> bool {
    let size = part.content.len();
    part.statement().mode != Mode::Indirect
        && size >= 3
        // Names alone (`Russian Foreign Minister Sergei Lavrov`) are in many utterances.
        && part.plain.iter().filter(|plain| **plain).count() >= 2
        && whole.content.windows(size).any(|window| window == part.content)
}

struct Run {
    words: usize,
    content: usize,
}

/// Returns the longest run of words that `a` and `b` share.
fn longest_run(a: &Words, b: &Words) -> Run {
    let mut best = Run { words: 0, content: 0 };
    let mut previous = vec![(0usize, 0usize); b.keys.len() + 1];
    for (left, &word) in a.keys.iter().enumerate() {
        let mut row = vec![(0, 0); b.keys.len() + 1];
        for (right, &other) in b.keys.iter().enumerate() {
            if word == other {
                let (words, content) = previous[right];
                let here = (words + 1, content + usize::from(a.content[left]));
                row[right + 1] = here;
                if here > (best.words, best.content) {
                    best = Run { words: here.0, content: here.1 };
                }
            }
        }
        previous = row;
    }
    best
}

/// Whether a `not` or a number is in one wording only, between the first and the last content word that both share.
/// `matched` are the numbers of the shared content words.
fn contradict(a: &Wording, b: &Wording, matched: &[(usize, usize)]) -> bool {
    let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return true };
    let negated =
        |it: &Wording, from: usize, to: usize| it.negations.iter().any(|at| (from..=to).contains(at));
    let numbers = |it: &Wording, from: usize, to: usize| -> BTreeSet<u32> {
        it.numbers.iter().filter(|(at, _)| (from..=to).contains(at)).map(|(_, number)| *number).collect()
    };
    let (left, right) = (numbers(a, first.0, last.0), numbers(b, first.1, last.1));
    negated(a, first.0, last.0) != negated(b, first.1, last.1)
        || (left.difference(&right).next().is_some() && right.difference(&left).next().is_some())
}
