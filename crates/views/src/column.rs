//! Whether a report is a column: what its author makes of things, no report of what happened.

use readout_lexicon::WordSet;
use readout_record::Document;

use crate::judged::COLUMNS;
use crate::sentences::{Sentence, is_label, narrated};

/// The sentences of a column among which one at least has its author in the first person. Set by hand.
const COLUMN: usize = 12;

/// Whether the author of `document`, which has these `sentences`, speaks for himself.
pub(crate) fn is_column(document: &Document, sentences: &[Sentence]) -> bool {
    let own = narrated(&document.text, sentences);
    own >= 2 && own * COLUMN >= sentences.len()
        || is_called_column(document)
        || calls_itself_column(&document.text, sentences)
}

/// Whether the outlet, the address or the start of the headline calls the report a column: `Opinion: …`, `/opinion/`.
fn is_called_column(document: &Document) -> bool {
    let called = |words: &str, between: &[char]| {
        words.split(between).any(|word| COLUMNS.has(word.trim().to_lowercase().as_str()))
    };
    let title = document.title.as_deref().and_then(|title| title.split_once([':', '|']));
    title.is_some_and(|(label, _)| called(label, &[]))
        || document.outlet.as_deref().is_some_and(|outlet| called(outlet, &[' ', '-', '(', ')']))
        || document.url.as_deref().is_some_and(|url| called(url, &['/']))
}

/// Whether a text says that it is a column: by a label before its first paragraph of prose, `ANALYSIS/OPINION:`, or by a
/// sentence that leaves what it says to its author: `The opinions expressed are her own.`
fn calls_itself_column(text: &str, sentences: &[Sentence]) -> bool {
    let label = |it: &Sentence| {
        let words = it.span.slice(text);
        is_label(words) && words.split(['/', ':', ' ']).any(|word| COLUMNS.has(word.to_lowercase().as_str()))
    };
    let leaves = |it: &Sentence| {
        let words: Vec<&str> = it.span.slice(text).split(|it: char| !it.is_alphanumeric()).collect();
        words.windows(3).any(|of| {
            ["views", "opinions", "Views", "Opinions"].contains(&of[0])
                && of[1] == "expressed"
                && ["in", "here", "herein", "by", "are"].contains(&of[2])
        })
    };
    sentences.iter().take_while(|it| is_label(it.span.slice(text))).any(label) || sentences.iter().any(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    #[test]
    fn a_column_is_told_by_its_label() {
        let titled = |title: &str| Document { title: Some(title.to_owned()), ..Document::default() };
        assert!(is_called_column(&titled("OPINION: The pact will fail")));
        assert!(!is_called_column(&titled("Public opinion turns: poll")));
        let at = |url: &str| Document { url: Some(url.to_owned()), ..Document::default() };
        assert!(is_called_column(&at("https://www.example.org/opinion/2018/pact.html")));
        assert!(!is_called_column(&at("https://www.example.org/world/pact-opinion.html")));
    }

    #[test]
    fn a_column_says_so_itself() {
        let says = |text: &str| calls_itself_column(text, &sentences(text));
        assert!(says("ANALYSIS/OPINION:\n\nThe pact rests on a false premise."));
        assert!(says("The pact will fail.\n\nThe opinions expressed in this commentary are solely her own."));
        assert!(!says("Ann Bell, Harbour Wire\n\nOrlo gave his opinion: the pact will fail."));
        assert!(!says("The views that she expressed are known."));
    }
}
