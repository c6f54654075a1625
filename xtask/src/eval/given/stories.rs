//! Documents gathered into stories by their words.

use std::collections::BTreeMap;

use readout_lexicon::is_function_word;
use readout_link::Groups;

use super::document::GivenDocument;
use super::lemmas::Lemmas;
use super::reading::{is_word, starts_large};

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
    let near =
        likeness.into_iter().map(|row| row.into_iter().map(|(other, it)| (other as u32, it)).collect());
    let mut groups = Groups::new(near.collect());
    groups.gather(|likeness| *likeness, SAME_STORY);
    let mut story = vec![0; documents.len()];
    for group in groups.members() {
        for &member in group {
            story[member as usize] = group.first().copied().unwrap_or(member) as usize;
        }
    }
    story
}
