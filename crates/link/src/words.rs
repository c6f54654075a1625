//! A text cut into words and sentences, as linking compares them.

use std::sync::LazyLock;

use readout_lexicon::FUNCTION_WORDS;
use readout_text::ByteSpan;
use rustc_hash::FxHashSet;

use crate::hash::word_key;

/// Largest number of words of a unit. Longer sentences are cut, so that a unit fits one machine word of the subsequence
/// count.
pub(crate) const MAX_UNIT: usize = 48;

/// Largest number of words of a statement that are compared.
pub(crate) const MAX_WORDS: usize = 300;

/// A text as numbered words and sentences.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// A hash of each word in lower case.
    pub(crate) keys: Vec<u32>,
    /// The span of each word, in bytes.
    pub(crate) spans: Vec<ByteSpan>,
    /// Whether the word carries meaning of its own.
    pub(crate) content: Vec<bool>,
    /// Whether the word stands in quotation marks.
    pub(crate) quoted: Vec<bool>,
    /// Sentences: first word, one past the last.
    pub(crate) units: Vec<Unit>,
}

/// A sentence, or a piece of a long one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// First word.
    pub(crate) start: u32,
    /// One past the last word.
    pub(crate) end: u32,
    /// The passage with its quotation marks and full stop, in bytes.
    pub(crate) span: ByteSpan,
    /// Whether it takes part in alignment.
    pub(crate) used: bool,
}

impl Unit {
    /// Returns the numbers of its words.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the number of its words.
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Returns the first [`MAX_WORDS`] words of `text`.
pub(crate) fn capped(text: &str) -> &str {
    let mut seen = 0;
    for (at, _) in text.match_indices(char::is_whitespace) {
        seen += 1;
        if seen == MAX_WORDS {
            return &text[..at];
        }
    }
    // A text without white space has few words too.
    if text.len() > MAX_WORDS * 40 {
        let end = (0..=MAX_WORDS * 40).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        return &text[..end];
    }
    text
}

impl Words {
    /// Cuts `text` into words and units in one pass.
    pub(crate) fn new(text: &str) -> Self {
        let mut out = Self::default();
        let mut at = 0usize;
        for line in text.split('\n') {
            out.line(text, at, at + line.len());
            at += line.len() + 1;
        }
        out
    }

    fn line(&mut self, text: &str, from: usize, to: usize) {
        let line = text.get(from..to).unwrap_or_default();
        let first = self.keys.len();
        let mut quoted = false;
        let mut word: Option<usize> = None;
        // Word numbers before which a new unit starts, with the byte where it does.
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        let mut ended = false;
        let mut chars = line.char_indices().peekable();
        while let Some((at, letter)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let joins = matches!(letter, '\'' | '’') && next.is_some_and(char::is_alphanumeric);
            if letter.is_alphanumeric() || (joins && word.is_some()) {
                if word.is_none() {
                    if ended && (letter.is_uppercase() || letter.is_numeric()) {
                        let start = line.get(..at).map_or(at, |before| {
                            before.trim_end_matches(|mark: char| "\"“‘'([".contains(mark)).len()
                        });
                        cuts.push((self.keys.len(), from + start));
                    }
                    ended = false;
                    word = Some(at);
                }
                continue;
            }
            if let Some(start) = word.take() {
                self.push(line, from, start, at, quoted);
                if matches!(letter, '.' | '!' | '?') {
                    ended = letter != '.' || !abbreviation(line.get(start..at).unwrap_or_default());
                }
            } else if matches!(letter, '.' | '!' | '?') {
                ended = true;
            }
            match letter {
                '“' | '„' | '«' => quoted = true,
                '”' | '»' => quoted = false,
                '"' => quoted = !quoted,
                _ => {}
            }
        }
        if let Some(start) = word.take() {
            self.push(line, from, start, line.len(), quoted);
        }
        let last = self.keys.len();
        let mut start = first;
        let mut start_byte = from;
        for (number, byte) in cuts.into_iter().chain([(last, to)]) {
            self.unit(text, start, number, start_byte, byte);
            start = number;
            start_byte = byte;
        }
    }

    fn push(&mut self, line: &str, from: usize, start: usize, end: usize, quoted: bool) {
        let word = line.get(start..end).unwrap_or_default();
        let key = word_key(word);
        self.keys.push(key);
        self.spans.push(ByteSpan::new((from + start) as u32, (from + end) as u32));
        self.content.push(!is_function_key(key));
        self.quoted.push(quoted);
    }

    fn unit(&mut self, text: &str, start: usize, end: usize, from: usize, to: usize) {
        if end <= start {
            return;
        }
        // Even pieces: 50 words make 25 and 25, not 48 and 2.
        let pieces = (end - start).div_ceil(MAX_UNIT);
        let size = (end - start).div_ceil(pieces);
        let mut at = start;
        while at < end {
            let stop = (at + size).min(end);
            let first = if at == start { from } else { self.spans[at].start as usize };
            let last = if stop == end { to } else { self.spans[stop].start as usize };
            let span = ByteSpan::new(first as u32, last as u32).trim(text);
            self.units.push(Unit { start: at as u32, end: stop as u32, span, used: true });
            at = stop;
        }
    }
}

/// Whether `word` is an abbreviation before a full stop that ends no sentence.
fn abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
        return true;
    }
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Sen"
            | "Rep"
            | "Gov"
            | "Gen"
            | "Lt"
            | "Col"
            | "Sgt"
            | "St"
            | "Jr"
            | "Sr"
            | "Prof"
            | "Rev"
            | "No"
            | "Jan"
            | "Feb"
            | "Aug"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
    )
}

/// Whether the word with this [`word_key`] is a function word.
fn is_function_key(key: u32) -> bool {
    static KEYS: LazyLock<FxHashSet<u32>> =
        LazyLock::new(|| FUNCTION_WORDS.iter().map(|word| word_key(word)).collect());
    KEYS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_lines() {
        let text = "Mr. Orlo left. “We go,” he said. U.S. envoys stayed\nThe talks failed! 12 died.";
        let words = Words::new(text);
        let units: Vec<&str> = words.units.iter().map(|unit| unit.span.slice(text)).collect();
        assert_eq!(
            units,
            ["Mr. Orlo left.", "“We go,” he said.", "U.S. envoys stayed", "The talks failed!", "12 died."]
        );
    }

    #[test]
    fn endless_text_is_cut() {
        let long = "very long words ".repeat(20_000);
        assert!(Words::new(capped(&long)).keys.len() <= MAX_WORDS);
        assert!(capped(&"é".repeat(100_000)).len() <= MAX_WORDS * 40);
    }
}
