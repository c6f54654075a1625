//! Files as lines with marks: one form for text, HTML, XML, Word, RTF and PDF.
//!
//! A line is what a reader sees as one: a line of a text, a paragraph or the part of it up to a break. Its marks are
//! words that say how it looks and where it stands, such as `centre`, `bold`, `.class` or the name of an element, so
//! that rules for the layouts of press databases need to know nothing of the file around it.

pub(crate) mod html;
pub(crate) mod pdf;
pub(crate) mod rtf;
pub(crate) mod text;
pub(crate) mod word;
pub(crate) mod xml;

use crate::characters;

/// The most bytes of the marks of a line.
const MOST_MARKS: usize = 400;

/// One line of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// The number of the line in the file from 1, or that of the paragraph where a file has no lines.
    pub(crate) number: usize,
    /// The marks, parted by blanks.
    pub(crate) marks: String,
    /// True if the line goes on from the one before it, with a break and no paragraph between them.
    pub(crate) joined: bool,
    /// The text; empty where the line only says that an element starts.
    pub(crate) text: String,
}

impl Line {
    /// Returns the text without blanks at its ends.
    pub(crate) fn words(&self) -> &str {
        self.text.trim()
    }

    /// Returns the line with single blanks.
    pub(crate) fn squeezed(&self) -> Self {
        Self { text: characters::squeeze(&self.text), ..self.clone() }
    }

    /// Adds a mark, unless the line has many already.
    pub(crate) fn mark(&mut self, mark: &str) {
        if self.marks.len() + mark.len() < MOST_MARKS && !self.has(mark) {
            if !self.marks.is_empty() {
                self.marks.push(' ');
            }
            self.marks.push_str(mark);
        }
    }

    /// Whether the line has a mark.
    pub(crate) fn has(&self, mark: &str) -> bool {
        self.marks.split(' ').any(|known| known == mark)
    }
}

/// The signs before a line's marks, before its text, and at its end. No clean text has them.
const SIGNS: [char; 3] = ['\u{1e}', '\u{1f}', '\u{1d}'];

/// Returns lines as bytes, from which [`unpack`] makes them again. Numbers are not part of them.
///
/// The bytes are the source of an article: they are the same wherever in whatever file the article stands.
pub(crate) fn pack(lines: &[Line]) -> Vec<u8> {
    let mut packed = String::new();
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        packed.push(SIGNS[0]);
        packed.push_str(&line.marks);
        packed.push(SIGNS[1]);
        packed.push_str(&line.text);
        if line.joined {
            packed.push(SIGNS[2]);
        }
    }
    packed.into_bytes()
}

/// Returns the lines that [`pack`] made bytes of, numbered from `first`.
pub(crate) fn unpack(bytes: &[u8], first: usize) -> Vec<Line> {
    let packed = String::from_utf8_lossy(bytes);
    let lines = packed.split(SIGNS[0]).filter_map(|line| line.split_once(SIGNS[1]));
    let line = |(at, (marks, text)): (usize, (&str, &str))| Line {
        number: first + at,
        marks: marks.to_owned(),
        joined: text.ends_with(SIGNS[2]),
        text: text.trim_end_matches(SIGNS[2]).to_owned(),
    };
    lines.enumerate().map(line).collect()
}

/// Returns a text with clean characters and without the signs of [`pack`], as one line.
pub(crate) fn one_line(text: &str) -> String {
    characters::squeeze(&characters::clean(text))
}

/// Returns lines as text: a blank line parts those that are not joined.
pub(crate) fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines.iter().filter(|line| !line.words().is_empty()) {
        if !text.is_empty() {
            text.push_str(if line.joined { "\n" } else { "\n\n" });
        }
        text.push_str(&line.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unpacked_as_they_were_packed() {
        let line = |marks: &str, joined, text: &str| Line {
            number: 0,
            marks: marks.to_owned(),
            joined,
            text: text.to_owned(),
        };
        let lines = [line("bold .title", false, "They met"), line("", true, "  and left")];
        let numbered = |first: usize| -> Vec<Line> {
            (first..).zip(lines.clone()).map(|(number, line)| Line { number, ..line }).collect()
        };
        assert_eq!(unpack(&pack(&lines), 7), numbered(7));
        assert_eq!(joined(&lines), "They met\n  and left");
    }
}
