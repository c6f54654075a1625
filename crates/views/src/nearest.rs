//! The passage of a report that is nearest to words that it does not have.

use std::collections::BTreeMap;

use readout_record::Document;
use readout_text::ByteSpan;
use serde::Serialize;

use crate::cite::Citation;

/// The least share of the words that a passage has to have, in their order.
const LIKE: f64 = 0.6;

/// The most words that are compared.
const LONGEST: usize = 120;

/// A passage that is nearly what was looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Nearest {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The share of the words that the passage has, in their order, 0 to 1.
    pub share: f64,
    /// The words that were looked for and that the passage lacks, runs joined by ` … `.
    pub missing: String,
    /// The words of the passage that were not looked for, runs joined by ` … `.
    pub added: String,
}

/// A word with its place in bytes.
struct Word {
    folded: String,
    start: usize,
    end: usize,
}

/// Returns the passage of `document` that has most of the words of `wanted` in their order; `None` if none has three in
/// five of them.
pub fn nearest(document: &Document, wanted: &str) -> Option<Nearest> {
    let wanted: Vec<Word> = words(wanted).into_iter().take(LONGEST).collect();
    let text = words(&document.text);
    if wanted.len() < 3 || text.is_empty() {
        return None;
    }
    let mut count: BTreeMap<&str, i64> = BTreeMap::new();
    for word in &wanted {
        *count.entry(&word.folded).or_default() += 1;
    }
    // A window of as many words, moved on word by word, with the number of words that it shares.
    let window = wanted.len().min(text.len());
    let mut here: BTreeMap<&str, i64> = BTreeMap::new();
    let mut shared = 0;
    let mut best = (0, 0);
    for (at, word) in text.iter().enumerate() {
        let of = |word: &str| count.get(word).copied().unwrap_or(0);
        let now = here.entry(&word.folded).or_default();
        *now += 1;
        shared += i64::from(*now <= of(&word.folded));
        if at >= window
            && let Some(gone) = text.get(at - window)
        {
            let now = here.entry(&gone.folded).or_default();
            shared -= i64::from(*now <= of(&gone.folded));
            *now -= 1;
        }
        if shared > best.0 {
            best = (shared, (at + 1).saturating_sub(window));
        }
    }
    if (best.0 as f64) < LIKE * wanted.len() as f64 {
        return None;
    }
    // A few words more on both sides, cut back to those that are shared.
    let slack = 2;
    let (from, to) = (best.1.saturating_sub(slack), (best.1 + window + slack).min(text.len()));
    let near = text.get(from..to)?;
    let pairs = common(&wanted, near);
    let ((_, first), (_, last)) = (*pairs.first()?, *pairs.last()?);
    let share = pairs.len() as f64 / wanted.len() as f64;
    if share < LIKE {
        return None;
    }
    let passage = near.get(first..=last)?;
    let span = ByteSpan::new(passage.first()?.start as u32, passage.last()?.end as u32);
    let has_wanted = |at: usize| pairs.iter().any(|(own, _)| *own == at);
    let has_near = |at: usize| pairs.iter().any(|(_, other)| *other == at + first);
    Some(Nearest {
        citation: Citation::of_span(document, span),
        share,
        missing: runs(&wanted, has_wanted),
        added: runs(passage, has_near),
    })
}

/// Returns the words for which `has` is false, runs joined by ` … `.
fn runs(words: &[Word], has: impl Fn(usize) -> bool) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut open = false;
    for (at, word) in words.iter().enumerate() {
        if has(at) {
            open = false;
            continue;
        }
        match told.last_mut().filter(|_| open) {
            Some(run) => {
                run.push(' ');
                run.push_str(&word.folded);
            }
            None => told.push(word.folded.clone()),
        }
        open = true;
    }
    told.join(" … ")
}

/// Returns the longest common run of words in order: pairs of places.
fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut table = vec![0_u16; (a.len() + 1) * width];
    let cell = |table: &[u16], at: usize, of: usize| table.get(at * width + of).copied().unwrap_or(0);
    for (at, word) in a.iter().enumerate().rev() {
        for (of, other) in b.iter().enumerate().rev() {
            let value = match word.folded == other.folded {
                true => cell(&table, at + 1, of + 1) + 1,
                false => cell(&table, at + 1, of).max(cell(&table, at, of + 1)),
            };
            if let Some(slot) = table.get_mut(at * width + of) {
                *slot = value;
            }
        }
    }
    let (mut at, mut of, mut pairs) = (0, 0, Vec::new());
    while let (Some(word), Some(other)) = (a.get(at), b.get(of)) {
        if word.folded == other.folded {
            pairs.push((at, of));
            at += 1;
            of += 1;
        } else if cell(&table, at + 1, of) >= cell(&table, at, of + 1) {
            at += 1;
        } else {
            of += 1;
        }
    }
    pairs
}

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, it)| it.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match found.last_mut().filter(|word| word.end == at) {
            Some(word) => {
                word.folded.extend(letter.to_lowercase());
                word.end = end;
            }
            None => found.push(Word { folded: letter.to_lowercase().collect(), start: at, end }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(wanted: &str) -> Option<Nearest> {
        let text = "The envoys met on Monday.\n\n“We will not sign the accord before the harbour is open,” she said.";
        nearest(&Document { text: text.to_owned(), ..Document::default() }, wanted)
    }

    #[test]
    fn a_citation_that_is_off_by_a_word_is_found_with_the_difference() {
        let found = near("We will never sign the accord before the harbour is open").unwrap();
        assert_eq!(found.citation.text, "We will not sign the accord before the harbour is open");
        assert_eq!((found.missing.as_str(), found.added.as_str()), ("never", "not"));
        assert_eq!(found.citation.paragraph, 2);
        let left_out = near("We will not sign the accord before harbour is open").unwrap();
        assert_eq!((left_out.missing.as_str(), left_out.added.as_str()), ("", "the"));
        assert_eq!(near("The minister resigned on Tuesday after long talks with nobody"), None);
        assert_eq!(near("sign"), None);
    }
}
