//! Whether a report is a column: what its author makes of things, no report of what happened.

use readout_lexicon::WordSet;
use readout_record::Document;

use readout_text::ByteSpan;

use crate::judged::{ADVISING, AUTHORS, COLUMNS, JUDGING, NARRATORS, REPORTING, WEEKDAYS};
use crate::sentences::{Sentence, is_label, narrated, words_of};

/// The sentences of a column among which one at least has its author in the first person. Set by hand.
const COLUMN: usize = 12;

/// Whether the author of `document`, which has these `sentences`, speaks for himself.
pub(crate) fn is_column(document: &Document, sentences: &[Sentence]) -> bool {
    let own = narrated(&document.text, sentences);
    own >= 2 && own * COLUMN >= sentences.len()
        || is_called_column(document)
        || calls_itself_column(&document.text, sentences)
        || ends_with_author(&document.text, sentences)
        || argues(&document.text, sentences)
}

/// The fewest sentences by which a text is known to argue. Set by hand.
const JUDGED: usize = 10;
/// The words of reporting, of each sentence, and the share of words in quotation marks from which a text is a report. Set by
/// hand.
const REPORTED: f64 = 0.12;
const QUOTED: f64 = 0.08;
/// The signs of argument, of six, from which a text is a column. Set by hand.
const SIGNS: usize = 4;

/// Whether a text argues where a report would tell who said what and when.
///
/// It has few words of reporting and little in quotation marks, and four of six signs: few days, many sentences with `is` or
/// `are`, words of advice and of judgement, an author in the first person, questions. The bounds of each lie between what is
/// usual in reports and in what outlets label as opinion, counted over two thousand texts of 84 outlets.
fn argues(text: &str, sentences: &[Sentence]) -> bool {
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return false };
    let words = words_of(text, first.span.cover(last.span));
    let own: Vec<(ByteSpan, &str)> =
        words.iter().filter(|(_, _, quoted)| !quoted).map(|(span, word, _)| (*span, *word)).collect();
    if sentences.len() < JUDGED || own.is_empty() {
        return false;
    }
    let all = sentences.len() as f64;
    let rate = |is: &dyn Fn(&str) -> bool| own.iter().filter(|(_, word)| is(word)).count() as f64 / all;
    let quoted = 1.0 - own.len() as f64 / words.len() as f64;
    let questions = own
        .iter()
        .filter(|(span, _)| text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('?')))
        .count() as f64
        / all;
    let signs = [
        rate(&|word| WEEKDAYS.has(word)) < 0.03,
        rate(&|word| ["is", "are"].contains(&word)) > 0.2,
        rate(&|word| ADVISING.has(word)) > 0.03,
        rate(&|word| JUDGING.has(word)) > 0.03,
        rate(&|word| NARRATORS.has(word) && word != "US") > 0.05,
        questions > 0.02,
    ];
    rate(&|word| REPORTING.has(word)) < REPORTED
        && quoted < QUOTED
        && signs.iter().filter(|it| **it).count() >= SIGNS
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

/// Whether a text ends by saying who its author is: `Ann Bell is a fellow of the Harbour Institute.` Reports end so of
/// nobody whom they have not named before.
fn ends_with_author(text: &str, sentences: &[Sentence]) -> bool {
    /// The last sentences among which the author is told of. Set by hand: others ask to subscribe.
    const LAST: usize = 6;
    /// The words among which a name ends and a verb follows.
    const NAME: usize = 5;
    let from = sentences.len().saturating_sub(LAST).max(1);
    sentences.get(from..).unwrap_or_default().iter().any(|it| {
        let words: Vec<&str> = it.span.slice(text).trim_start_matches(['•', '*', ' ']).split(' ').collect();
        let is_name = |word: &&&str| word.starts_with(char::is_uppercase);
        let name = words.iter().take(NAME).take_while(is_name).count();
        let Some((surname, verb)) = name.checked_sub(1).and_then(|at| Some((words[at], *words.get(at + 1)?)))
        else {
            return false;
        };
        let surname = surname.trim_end_matches([',', '.']);
        let before = text.get(..it.span.start as usize).unwrap_or_default();
        name >= 2
            && ["is", "was", "writes", "teaches", "directs"].contains(&verb)
            && words.iter().any(|word| AUTHORS.has(word.trim_matches(|it: char| !it.is_alphanumeric())))
            && !before.contains(surname)
    })
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

    #[test]
    fn a_column_ends_with_its_author() {
        let ends = |text: &str| ends_with_author(text, &sentences(text));
        let told = "The pact will fail. The harbour is shut.\n\n";
        assert!(ends(&format!("{told}Ann Bell is a fellow of the Harbour Institute.")));
        assert!(ends(&format!("{told}• Ann Bell is an author.\n\nSign up here.")));
        assert!(!ends(&format!("{told}Ann Bell is the mother of the envoy.")), "no author");
        assert!(
            !ends("Bell left the port.\n\nAnn Bell is a fellow of the Harbour Institute."),
            "she is in the report"
        );
    }

    #[test]
    fn a_text_that_argues_is_a_column() {
        let argued = "Is the pact wise? It is not. The truth is that Norland is weak and its envoys are tired. Of course the \
                      port should open. But who will pay? Our leaders are naive. They must learn. The harbour is small and \
                      the ships are many. Perhaps that is the problem. A pact is no answer. Let the envoys go home.";
        let told = "Norland and Torvik signed the pact on Monday. “Is it wise? It is,” Ann Bell, the envoy, said. The port \
                    opens on Friday, according to the harbour office. Orlo said the ships should wait. Two envoys told \
                    reporters that the road was shut. It was shut in May. Lee asked for help on Sunday. Nobody came. The \
                    office said it would pay. A spokesman declined to comment. They meet again on Tuesday.";
        let argues = |text: &str| argues(text, &sentences(text));
        assert!(argues(argued));
        assert!(!argues(told));
        assert!(!argues("Is the pact wise? It is not."), "too short to be known");
    }
}
