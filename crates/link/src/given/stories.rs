//! Documents gathered into stories by their words.

use std::collections::{BTreeMap, BinaryHeap};

use super::GivenDocument;
use super::lemmas::Lemmas;
use super::reading::{is_word, starts_large};
use crate::alignment::is_function_word;

/// Words of a document that tell its story.
const MAX_WORDS: usize = 400;
/// Documents that share a word at most, for the word to tell a story.
const MAX_SPREAD: usize = 200;
/// Mean cosine of two groups of documents from which they are one story.
const SAME_STORY: f64 = 0.2;
/// Returns the story of each document, by the number of the story's first document.
pub(super) fn stories(documents: &[GivenDocument], lemmas: &Lemmas) -> Vec<usize> {
    let mut counts: Vec<BTreeMap<String, f64>> = Vec::new();
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents {
        let mut words: BTreeMap<String, f64> = BTreeMap::new();
        let mut seen = 0;
        'text: for sentence in &document.sentences {
            for (at, token) in sentence.iter().enumerate().filter(|(_, token)| is_word(token)) {
                seen += 1;
                if seen > MAX_WORDS {
                    break 'text;
                }
                if is_function_word(token) || token.len() < 2 {
                    continue;
                }
                // Names tell one shooting from another.
                let weight = if at > 0 && starts_large(token) { 2.0 } else { 1.0 };
                *words.entry(lemmas.of(token)).or_default() += weight;
            }
        }
        for word in words.keys() {
            *spread.entry(word.clone()).or_default() += 1;
        }
        counts.push(words);
    }
    let mut postings: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (number, words) in counts.iter().enumerate() {
        let weights: Vec<(&str, f64)> = words
            .iter()
            .filter_map(|(word, count)| {
                let spread = *spread.get(word)?;
                let rare = libm::log((documents.len() + 1) as f64 / (spread as f64 + 0.5));
                (spread > 1).then(|| (word.as_str(), (1.0 + libm::log(*count)) * rare))
            })
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (word, weight) in weights {
            if spread.get(word).is_some_and(|&spread| spread <= MAX_SPREAD) && length > 0.0 {
                postings.entry(word).or_default().push((number, weight / length));
            }
        }
    }
    let mut likeness: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); documents.len()];
    for list in postings.values() {
        for (at, &(a, left)) in list.iter().enumerate() {
            for &(b, right) in &list[at + 1..] {
                *likeness[a].entry(b).or_default() += left * right;
                *likeness[b].entry(a).or_default() += left * right;
            }
        }
    }
    average_link(likeness)
}

/// Two groups that may become one.
#[derive(PartialEq)]
struct Merge {
    likeness: f64,
    a: usize,
    b: usize,
}

impl Eq for Merge {}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.likeness.total_cmp(&other.likeness).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Average-link clustering of a sparse matrix of likeness; the group of each by the number of its first member.
fn average_link(mut sums: Vec<BTreeMap<usize, f64>>) -> Vec<usize> {
    let count = sums.len();
    let mut members: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    let mut queue = BinaryHeap::new();
    for (a, row) in sums.iter().enumerate() {
        for (&b, &likeness) in row.range(a + 1..) {
            if likeness >= SAME_STORY {
                queue.push(Merge { likeness, a, b });
            }
        }
    }
    while let Some(Merge { likeness, a, b }) = queue.pop() {
        if members[a].is_empty() || members[b].is_empty() {
            continue;
        }
        let mean = |sum: f64, left: usize, right: usize| sum / (left * right) as f64;
        let now = sums[a].get(&b).map(|&sum| mean(sum, members[a].len(), members[b].len()));
        // Grown since: another entry stands for the pair.
        if now != Some(likeness) {
            continue;
        }
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
        for (other, sum) in std::mem::take(&mut sums[b]) {
            sums[other].remove(&b);
            if other != a {
                *sums[a].entry(other).or_default() += sum;
                let sum = sums[a].get(&other).copied().unwrap_or_default();
                sums[other].insert(a, sum);
            }
        }
        for (&other, &sum) in &sums[a] {
            let likeness = mean(sum, members[a].len(), members[other].len());
            if likeness >= SAME_STORY {
                queue.push(Merge { likeness, a: a.min(other), b: a.max(other) });
            }
        }
    }
    let mut story = vec![0; count];
    for group in &members {
        for &member in group {
            story[member] = group.iter().copied().min().unwrap_or(member);
        }
    }
    story
}
