//! Words looked for in the stored text of a report.

use std::collections::BTreeSet;

use readout_record::Document;
use readout_text::{ByteSpan, paragraphs};

use crate::cite::Citation;
use crate::words::folded;

/// Returns the paragraph of `document` that has most of the words, the first of several.
pub fn best_paragraph(document: &Document, words: &str) -> Citation {
    let wanted: BTreeSet<String> = folded(words).into_iter().collect();
    let all = paragraphs(&document.text);
    let mut best = (0, 0);
    for (at, span) in all.iter().enumerate() {
        let here: BTreeSet<String> = folded(span.slice(&document.text)).into_iter().collect();
        let count = wanted.iter().filter(|word| here.iter().any(|it| it.starts_with(word.as_str()))).count();
        if count > best.0 {
            best = (count, at);
        }
    }
    Citation::of_span(document, all.get(best.1).copied().unwrap_or_default())
}

/// Returns the first place where `document` has `text`: exactly (`true`), or with other white space, punctuation and
/// capitals (`false`).
pub fn locate(document: &Document, text: &str) -> Option<(Citation, bool)> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (span, exact) = match document.text.find(text) {
        Some(at) => (ByteSpan::new(at as u32, (at + text.len()) as u32), true),
        None => (loosely(&document.text, text)?, false),
    };
    Some((Citation::of_span(document, span), exact))
}

/// Returns the first place where `text` has the letters and digits of `wanted`, whatever other characters are between.
fn loosely(text: &str, wanted: &str) -> Option<ByteSpan> {
    let fold = |text: &str| -> (String, Vec<(usize, usize)>) {
        let mut folded = String::new();
        let mut places = Vec::new();
        for (at, letter) in text.char_indices().filter(|(_, it)| it.is_alphanumeric()) {
            for lower in letter.to_lowercase() {
                folded.push(lower);
                places.resize(folded.len(), (at, at + letter.len_utf8()));
            }
        }
        (folded, places)
    };
    let ((text, places), (wanted, _)) = (fold(text), fold(wanted));
    if wanted.is_empty() {
        return None;
    }
    let at = text.find(&wanted)?;
    let (start, end) = (places.get(at)?.0, places.get(at + wanted.len() - 1)?.1);
    Some(ByteSpan::new(start as u32, end as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_are_or_nearly() {
        let document = Document {
            text: "Über all.\n\n“We will\ntalk,” she said.".to_owned(),
            ..Document::default()
        };
        let (found, exact) = locate(&document, "she said").unwrap();
        assert_eq!((found.text.as_str(), found.paragraph, exact), ("she said", 3, true));
        let (found, exact) = locate(&document, "\"we will talk\"").unwrap();
        assert_eq!((found.text.as_str(), exact), ("We will\ntalk", false));
        assert!(locate(&document, "we shall talk").is_none() && locate(&document, "…").is_none());
    }
}
