//! The sentences of a text.

use readout_lexicon::WordSet;
use readout_text::{ByteSpan, paragraphs};

use crate::judged::{HOUSE, NARRATORS};

/// A sentence of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The span in the report's text, in bytes.
    pub(crate) span: ByteSpan,
    /// The number of its paragraph, from 0.
    pub(crate) paragraph: usize,
}

/// Returns the sentences of `text` in order, without the white space around them.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (paragraph, of) in paragraphs(text).into_iter().enumerate() {
        let words = of.slice(text);
        let mut from = 0;
        for end in sentence_ends(words).chain(std::iter::once(words.len())) {
            let span = ByteSpan::new(of.start + from as u32, of.start + end as u32).trim(text);
            if !span.is_empty() {
                found.push(Sentence { span, paragraph });
            }
            from = end;
        }
    }
    found
}

/// Returns the ends of the sentences in `text`, in bytes.
///
/// A sentence ends after a full stop, question or exclamation mark with its closing marks and white space, and after a
/// line. A full stop after a single capital, a title or the short name of a month ends none, nor does one before a small
/// letter.
pub fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut letters = text.char_indices().peekable();
    let mut word = 0;
    std::iter::from_fn(move || {
        let mut inside = false;
        while let Some((at, letter)) = letters.next() {
            if letter.is_alphanumeric() {
                word = if inside { word } else { at };
                inside = true;
                continue;
            }
            let before = if inside { text.get(word..at).unwrap_or_default() } else { "" };
            inside = false;
            let ends = match letter {
                '\n' | '!' | '?' => true,
                '.' => !is_abbreviation(before),
                _ => false,
            };
            if !ends {
                continue;
            }
            while letters.next_if(|(_, it)| matches!(it, '”' | '"' | '’' | '\'' | ')')).is_some() {}
            let spaced = letters.peek().is_none_or(|(_, it)| it.is_whitespace());
            if letter != '\n' && !spaced {
                continue;
            }
            while letters.next_if(|(_, it)| it.is_whitespace()).is_some() {}
            let (next, small) =
                letters.peek().map_or((text.len(), false), |(at, it)| (*at, it.is_lowercase()));
            // “Will he go?” she asked.
            if letter == '\n' || !small {
                return Some(next);
            }
        }
        None
    })
}

/// Whether `word` before a full stop is cut short: a single capital, a title, the short name of a month.
fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return true;
    }
    ABBREVIATIONS.contains(&word)
}

/// Words that are cut short before a name or a number, as English writes them.
const ABBREVIATIONS: [&str; 34] = [
    "Adm", "Amb", "Aug", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Dec", "Dr", "Feb", "Gen", "Gov", "Hon",
    "Jan", "Lt", "Maj", "Messrs", "Mr", "Mrs", "Ms", "No", "Nov", "Oct", "Prof", "Rep", "Reps", "Rev", "Sen",
    "Sens", "Sept", "Sgt", "St", "vs",
];

/// Returns the words of `whole` with their spans in `text`, and whether each stands in quotation marks.
pub(crate) fn words_of(text: &str, whole: ByteSpan) -> Vec<(ByteSpan, &str, bool)> {
    let sentence = whole.slice(text);
    let mut found = Vec::new();
    let mut quoted = false;
    let mut start: Option<usize> = None;
    let mut push = |from: usize, to: usize, quoted: bool| {
        let span = ByteSpan::new(whole.start + from as u32, whole.start + to as u32);
        found.push((span, &sentence[from..to], quoted));
    };
    for (at, letter) in sentence.char_indices() {
        if letter.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            push(from, at, quoted);
        }
        quoted = match letter {
            '“' => true,
            '”' => false,
            '"' => !quoted,
            _ => quoted,
        };
    }
    if let Some(from) = start {
        push(from, sentence.len(), quoted);
    }
    found
}

/// Returns the number of paragraphs of prose before that of each sentence of `text`.
pub(crate) fn depths(text: &str, sentences: &[Sentence]) -> Vec<usize> {
    let mut found = Vec::with_capacity(sentences.len());
    let mut prose = 0;
    for paragraph in sentences.chunk_by(|one, other| one.paragraph == other.paragraph) {
        found.extend(paragraph.iter().map(|_| prose));
        prose += usize::from(!matches!(paragraph, [one] if is_label(one.span.slice(text))));
    }
    found
}

/// Whether a paragraph is a by-line, a label or the name of a section: short, and without the end of a sentence.
pub(crate) fn is_label(paragraph: &str) -> bool {
    paragraph.chars().count() < LABEL && !paragraph.ends_with(['.', '?', '!', '”', '"', '’', ')'])
}

/// The code points that a paragraph has at least if it is prose though it does not end as a sentence. Set by hand.
const LABEL: usize = 100;

/// Whether the author speaks in the first person, outside quotation marks.
pub(crate) fn narrates(sentence: &str) -> bool {
    let whole = ByteSpan::new(0, sentence.len() as u32);
    words_of(sentence, whole).iter().any(is_narrator)
}

/// Returns the number of `sentences` in which the author of `text` speaks in the first person, outside quotation marks. A
/// quotation may be several sentences of a paragraph.
pub(crate) fn narrated(text: &str, sentences: &[Sentence]) -> usize {
    let spoken = |paragraph: &[Sentence]| {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return 0 };
        let whole = first.span.cover(last.span);
        // A post with its signature, `… — Ann Bell (@annbell)`, is in its author's words.
        if whole.slice(text).contains("(@") {
            return 0;
        }
        let words = words_of(text, whole);
        // `As we reported`, `for our newscast`: so an outlet speaks of itself, not an author of what he thinks.
        let of_house = |at: usize| {
            let after = words.get(at + 1..).unwrap_or_default();
            let next = after.iter().find(|(_, it, _)| !["ve", "ll", "re", "d", "have", "will"].contains(it));
            next.is_some_and(|(_, next, _)| HOUSE.has(next))
        };
        // `Three people told me`: so an author says whom he asked.
        let is_told = |at: usize| {
            let before =
                |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).map(|(_, it, _)| *it);
            words[at].1 == "me"
                && (before(1) == Some("told")
                    || matches!(before(1), Some("to" | "with"))
                        && before(2).is_some_and(|it| it.ends_with("ed")))
        };
        let own = (words.iter().enumerate())
            .filter(|(at, word)| is_narrator(word) && !of_house(*at) && !is_told(*at));
        let own: Vec<ByteSpan> = own.map(|(_, (span, ..))| *span).collect();
        paragraph.iter().filter(|it| own.iter().any(|word| it.span.contains(*word))).count()
    };
    sentences.chunk_by(|one, other| one.paragraph == other.paragraph).map(spoken).sum()
}

/// Whether a word outside quotation marks is a pronoun of the author: `we`, but not `US` or `WE`.
fn is_narrator((_, word, quoted): &(ByteSpan, &str, bool)) -> bool {
    !quoted && NARRATORS.has(word) && !word.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_their_marks() {
        let text = "The U.S. paid 3.5 million. “We met.” Then?\nEnd";
        let ends: Vec<&str> = sentence_ends(text).map(|at| &text[at..]).collect();
        assert_eq!(ends, ["“We met.” Then?\nEnd", "Then?\nEnd", "End"]);
    }

    #[test]
    fn a_title_and_a_question_within_a_sentence_end_none() {
        let text = "Gen. Ila Orr spoke on Sept. 3. “Will you pay?” she asked.\n\nNo answer came.";
        let found: Vec<(&str, usize)> =
            sentences(text).into_iter().map(|it| (it.span.slice(text), it.paragraph)).collect();
        assert_eq!(
            found,
            [
                ("Gen. Ila Orr spoke on Sept. 3.", 0),
                ("“Will you pay?” she asked.", 0),
                ("No answer came.", 1)
            ]
        );
    }

    #[test]
    fn a_quotation_of_several_sentences_is_not_the_authors() {
        let text = "“They left. We stayed on. I was last,” said Ann Bell.\n\nI doubt it.";
        assert_eq!(narrated(text, &sentences(text)), 1);
        let house = "As we reported Tuesday, the port was shut. Ila Orr filed this for our newscast.";
        assert_eq!(narrated(house, &sentences(house)), 0, "an outlet speaks of its reports");
        let house = "As we've reported, the port was shut. We'll update this post.";
        assert_eq!(narrated(house, &sentences(house)), 0, "and of what it will do");
        let asked = "Two envoys told me so. This is the outline, as described to me.";
        assert_eq!(narrated(asked, &sentences(asked)), 0, "an author says whom he asked");
        let post = "We have done our duty. We will go on! — Ann Bell (@annbell) May 3";
        assert_eq!(narrated(post, &sentences(post)), 0, "a post is its author's");
        let own = "It seems to me that they will meet.";
        assert_eq!(narrated(own, &sentences(own)), 1);
    }

    #[test]
    fn a_by_line_is_no_paragraph_of_prose() {
        let text = "Ann Bell\n\nHARBOUR WIRE\n\nOrlo left. He was ill.\n\nLee stayed.";
        assert_eq!(depths(text, &sentences(text)), [0, 0, 0, 0, 1]);
    }
}
