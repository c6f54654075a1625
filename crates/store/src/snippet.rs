//! A piece of a text around the words that were looked for, in one pass however long the text is. (FTS5's own `snippet`
//! takes time by the square of how often they occur.)

use readout_record::ids::slug;
use serde::Serialize;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub found: bool,
}

/// Words of a snippet.
const WORDS: usize = 28;
/// Words before the first that was looked for.
const BEFORE: usize = 6;
/// Words found after which no better place is looked for.
const FOUND: usize = 2_000;

/// Words in a row to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    words: Vec<String>,
    /// Whether the last word stands for all that begin so.
    prefix: bool,
}

impl Term {
    /// Returns the term of the words of `text` in a row.
    pub(crate) fn new(text: &str, prefix: bool) -> Self {
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { words: words.map(folded).collect(), prefix }
    }

    /// Whether the last of `words`, places in `text`, end with it.
    fn ends(&self, text: &str, words: &[(usize, usize)]) -> bool {
        let Some(from) = words.len().checked_sub(self.words.len()) else { return false };
        let last = self.words.len().saturating_sub(1);
        let fits = |(at, (wanted, &(start, end))): (usize, (&String, &(usize, usize)))| {
            is(&text[start..end], wanted, self.prefix && at == last)
        };
        !self.words.is_empty() && self.words.iter().zip(&words[from..]).enumerate().all(fits)
    }
}

/// Returns a word as the full-text index has it: in lower case, without marks on its letters.
fn folded(word: &str) -> String {
    let plain = if word.is_ascii() { String::new() } else { slug(word) };
    if plain.is_empty() { word.to_lowercase() } else { plain }
}

fn is(word: &str, wanted: &str, prefix: bool) -> bool {
    if !word.is_ascii() {
        let word = folded(word);
        return if prefix { word.starts_with(wanted) } else { word == wanted };
    }
    let (word, wanted) = (word.as_bytes(), wanted.as_bytes());
    let long = if prefix { word.len() >= wanted.len() } else { word.len() == wanted.len() };
    long && word[..wanted.len()].eq_ignore_ascii_case(wanted)
}

/// A term in the text.
struct Hit {
    term: usize,
    /// The number of its last word.
    word: usize,
    start: usize,
    end: usize,
}

/// Returns the passage of `text` with most of the `terms`, the first of several; the beginning where none is found.
pub(crate) fn snippet(text: &str, terms: &[Term]) -> Vec<Piece> {
    let hits = hits(text, terms);
    let distinct = |from: usize| {
        let near = hits[from..].iter().take_while(|it| it.word < hits[from].word + WORDS - BEFORE);
        let mut seen: Vec<usize> = near.map(|it| it.term).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let best = (0..hits.len()).max_by_key(|&at| (distinct(at), std::cmp::Reverse(at)));
    let first = best.map_or(0, |at| hits[at].start);
    let start = back(text, first, BEFORE);
    let end = forward(text, start, WORDS).max(best.map_or(0, |at| hits[at].end));
    let mut found: Vec<Piece> = Vec::new();
    let mut push = |text: &str, is_found: bool| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let before = if text.starts_with(char::is_whitespace) && !found.is_empty() { " " } else { "" };
        let after = if text.ends_with(char::is_whitespace) && !words.is_empty() { " " } else { "" };
        let words = format!("{before}{words}{after}");
        match found.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.found == is_found => last.text.push_str(&words),
            _ => found.push(Piece { text: words, found: is_found }),
        }
    };
    if start > 0 {
        push("…", false);
    }
    let mut at = start;
    for hit in hits.iter().filter(|it| it.start >= start && it.end <= end) {
        if hit.start >= at {
            push(&text[at..hit.start], false);
        }
        push(&text[hit.start.max(at).min(hit.end)..hit.end], true);
        at = at.max(hit.end);
    }
    push(&text[at..end], false);
    if end < text.trim_end().len() {
        push("…", false);
    }
    found
}

/// Returns the places of the terms, in the order of the text, until [`FOUND`] are found or one passage has all terms.
fn hits(text: &str, terms: &[Term]) -> Vec<Hit> {
    let longest = terms.iter().map(|it| it.words.len()).max().unwrap_or(0);
    let mut hits: Vec<Hit> = Vec::new();
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; terms.len()];
    let mut number = 0;
    let mut start = None;
    let ends = std::iter::once((text.len(), ' '));
    for (at, letter) in text.char_indices().chain(ends) {
        if letter.is_alphanumeric() {
            start = start.or(Some(at));
            continue;
        }
        let Some(from) = start.take() else { continue };
        number += 1;
        words.push((from, at));
        if words.len() > longest.max(1) {
            words.remove(0);
        }
        for (term, wanted) in terms.iter().enumerate() {
            if !wanted.ends(text, &words) {
                continue;
            }
            let first = words[words.len() - wanted.words.len()].0;
            hits.push(Hit { term, word: number, start: first, end: at });
            last[term] = Some(number);
        }
        let all = last.iter().all(|it| it.is_some_and(|it| it + WORDS - BEFORE > number));
        if hits.len() >= FOUND || !terms.is_empty() && all {
            break;
        }
    }
    // A longer term first, so that one within it is marked with it.
    hits.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    hits
}

/// Returns the byte at which the word starts that is `words` words before the byte `at`, in the same line.
fn back(text: &str, at: usize, words: usize) -> usize {
    let (mut left, mut start, mut within) = (words, at, false);
    for (byte, letter) in text[..at].char_indices().rev() {
        if letter == '\n' || left == 0 {
            break;
        }
        let blank = letter.is_whitespace();
        if within && blank {
            left -= 1;
        }
        if !blank {
            if left == 0 {
                break;
            }
            start = byte;
        }
        within = !blank;
    }
    start
}

/// Returns the byte at which the last of `words` words from the byte `from` on ends.
fn forward(text: &str, from: usize, words: usize) -> usize {
    let mut left = words;
    let mut within = false;
    for (byte, letter) in text[from..].char_indices() {
        let blank = letter.is_whitespace();
        if within && blank {
            left -= 1;
            if left == 0 {
                return from + byte;
            }
        }
        within = !blank;
    }
    text.trim_end().len().max(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, terms: &[(&str, bool)]) -> String {
        let terms: Vec<Term> = terms.iter().map(|(text, prefix)| Term::new(text, *prefix)).collect();
        let mark = |it: Piece| if it.found { format!("[{}]", it.text) } else { it.text };
        snippet(text, &terms).into_iter().map(mark).collect()
    }

    #[test]
    fn words_are_found_as_the_index_finds_them() {
        assert_eq!(
            told("The talks in\n\nVienna went on.", &[("TALKS", false)]),
            "The [talks] in Vienna went on."
        );
        assert_eq!(told("A café in Zürich.", &[("cafe", false), ("zur", true)]), "A [café] in [Zürich].");
        assert_eq!(told("cease-fire talks", &[("cease-fire", false)]), "[cease-fire] talks");
        assert_eq!(told("a fire, a cease", &[("cease-fire", false)]), "a fire, a cease");
        assert_eq!(told("", &[("x", false)]), "");
    }

    #[test]
    fn the_passage_with_most_of_the_words_is_shown() {
        let text = format!(
            "The river rose. {} The river of Brenn froze over.",
            "Nothing more was told. ".repeat(40)
        );
        let found = told(&text, &[("river", false), ("froze", false)]);
        assert!(found.starts_with("…") && found.ends_with("The [river] of Brenn [froze] over."), "{found}");
        let long = format!("{}the end{}", "before it ".repeat(50), " after it".repeat(50));
        let found = told(&long, &[("the end", false)]);
        assert!(found.starts_with("…before it") && found.ends_with("after it…"), "{found}");
        assert_eq!(found.split_whitespace().count(), WORDS);
    }

    #[test]
    fn a_long_text_full_of_the_words_is_one_pass() {
        let text = "the president of the ".repeat(250_000);
        let terms = [Term::new("the", false), Term::new("president", false), Term::new("the king", false)];
        assert!(!snippet(&text, &terms).is_empty());
    }
}
