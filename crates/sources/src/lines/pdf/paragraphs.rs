//! From lines in reading order to paragraphs: indents, short lines, hyphens, running heads.

use std::collections::{BTreeMap, BTreeSet};

use super::order::TextLine;
use crate::characters;
use crate::lines::Line;

/// Joins the lines of pages to paragraphs. Heads and feet that three pages and a third of all have are marked `running`.
pub(super) fn join(pages: &[Vec<TextLine>]) -> Vec<Line> {
    let running = running(pages);
    let words = words(pages);
    let mut paragraphs: Vec<Line> = Vec::new();
    let mut open: Option<Paragraph> = None;
    for (page, lines) in (1..).zip(pages) {
        let mut first = true;
        for (at, line) in lines.iter().enumerate() {
            let text = clean(&line.place.text);
            if text.is_empty() {
                continue;
            }
            if at_edge(at, lines.len()) && running.contains(&shape(&text)) {
                let line = Line { number: page, text, ..Line::default() };
                paragraphs.push(with_mark(line, "running"));
                continue;
            }
            let goes_on = open.as_ref().is_some_and(|open| open.goes_on(line, &text));
            if goes_on && let Some(open) = &mut open {
                open.add(line, &text, &words);
                continue;
            }
            paragraphs.extend(open.take().map(|open| open.line));
            let mut head = Line { number: page, text: text.clone(), ..Line::default() };
            if std::mem::take(&mut first) {
                head = with_mark(head, "page");
            }
            open = Some(Paragraph { line: head, last: line.clone(), lines: 1 });
        }
    }
    paragraphs.extend(open.map(|open| open.line));
    paragraphs
}

fn with_mark(mut line: Line, mark: &str) -> Line {
    line.mark(mark);
    line
}

fn clean(text: &str) -> String {
    // A soft hyphen at the end of a line is one, elsewhere it is nothing.
    let text = text.trim_end();
    let text = text.strip_suffix('\u{ad}').map_or_else(|| text.to_owned(), |text| format!("{text}-"));
    characters::squeeze(&characters::clean(&ligatures(&text)))
}

/// Writes ligatures as letters.
fn ligatures(text: &str) -> String {
    const LIGATURES: [(char, &str); 7] =
        [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match LIGATURES.iter().find(|(ligature, _)| *ligature == letter) {
            Some((_, letters)) => out.push_str(letters),
            None => out.push(letter),
        }
    }
    out
}

/// A paragraph to which lines are added.
struct Paragraph {
    line: Line,
    last: TextLine,
    lines: usize,
}

impl Paragraph {
    /// Whether a line goes on with the paragraph.
    fn goes_on(&self, next: &TextLine, text: &str) -> bool {
        let (last, size) = (&self.last, self.last.place.size);
        // Heads have letters of another size.
        if (next.place.size - size).abs() > 0.12 * size {
            return false;
        }
        let small = text.starts_with(char::is_lowercase);
        let ends = self.line.text.ends_with(['.', '!', '?', ':', '”', '"', '’', ')']);
        let full = last.place.right > last.edges.1 - 0.12 * (last.edges.1 - last.edges.0) - size;
        if next.block != last.block {
            // A sentence goes on in the next column, or on the next page.
            return small && !ends && full;
        }
        let gap = last.place.base - next.place.base;
        if gap > 1.9 * size {
            return false;
        }
        let indented = next.place.left > next.edges.0 + 0.8 * size;
        let before = last.place.left > last.edges.0 + 0.8 * size;
        if indented && !before || before && !indented && self.lines > 1 {
            return false;
        }
        full || small && !ends
    }

    fn add(&mut self, line: &TextLine, text: &str, words: &BTreeSet<String>) {
        let whole = &mut self.line.text;
        match parted(whole, text) {
            Some((first, second)) => {
                let (joined, hyphened) = (format!("{first}{second}"), format!("{first}-{second}"));
                // The same word inside a line says whether the hyphen belongs to it.
                let keeps =
                    words.contains(&hyphened.to_lowercase()) && !words.contains(&joined.to_lowercase());
                if !keeps {
                    whole.pop();
                }
            }
            None if whole.ends_with('-') && !whole.ends_with(" -") => {}
            None => whole.push(' '),
        }
        whole.push_str(text);
        self.last = line.clone();
        self.lines += 1;
    }
}

/// Returns the two parts of a word that a hyphen at the end of a line parts.
fn parted<'t>(before: &'t str, after: &'t str) -> Option<(&'t str, &'t str)> {
    let first = before.strip_suffix('-')?.rsplit(|c: char| !c.is_alphabetic() && c != '-').next()?;
    let second = after.split(|c: char| !c.is_alphabetic()).next()?;
    let small = |word: &str| word.chars().last().is_some_and(char::is_lowercase);
    (small(first) && second.starts_with(char::is_lowercase)).then_some((first, second))
}

/// Returns the words that stand inside lines, in small letters.
fn words(pages: &[Vec<TextLine>]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for line in pages.iter().flatten() {
        let mut inside: Vec<&str> = line.place.text.split_whitespace().collect();
        if inside.last().is_some_and(|last| last.ends_with(['-', '\u{ad}'])) {
            inside.pop();
        }
        let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        words.extend(inside.into_iter().map(plain).filter(|word| !word.is_empty()));
    }
    words
}

/// Whether a line is one of the two first or last of its page.
fn at_edge(at: usize, lines: usize) -> bool {
    at < 2 || at + 2 >= lines
}

/// Returns a text with its numbers made alike.
fn shape(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>().replace("00", "0")
}

/// Returns the shapes of the heads and feet that many pages have.
fn running(pages: &[Vec<TextLine>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for lines in pages {
        let edges = lines.iter().enumerate().filter(|(at, _)| at_edge(*at, lines.len()));
        let shapes: BTreeSet<String> = edges.map(|(_, line)| shape(&clean(&line.place.text))).collect();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    let many = |count: usize| count >= 3 && count * 3 >= pages.len();
    counts.into_iter().filter(|(_, count)| many(*count)).map(|(shape, _)| shape).collect()
}

#[cfg(test)]
mod tests {
    use super::super::order::Piece;
    use super::*;

    fn page(lines: &[(f32, f32, &str)]) -> Vec<TextLine> {
        let line = |(at, (left, right, text)): (usize, &(f32, f32, &str))| TextLine {
            place: Piece {
                left: *left,
                right: *right,
                base: 700.0 - 12.0 * at as f32,
                size: 10.0,
                text: (*text).to_owned(),
            },
            block: 0,
            edges: (0.0, 200.0),
        };
        lines.iter().enumerate().map(line).collect()
    }

    #[test]
    fn lines_are_joined_and_hyphens_go_where_they_part_a_word() {
        let read = join(&[page(&[
            (0.0, 198.0, "The ministers met on Friday to talk of a cease-fire and of the in-"),
            (0.0, 199.0, "formal talks before; they did not agree on the cease-"),
            (0.0, 90.0, "fire, an official said."),
            (10.0, 199.0, "They left in the evening, without a word to those who had"),
            (0.0, 50.0, "waited there."),
        ])]);
        let texts: Vec<&str> = read.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "The ministers met on Friday to talk of a cease-fire and of the informal talks before; they did not agree on the cease-fire, an official said.",
                "They left in the evening, without a word to those who had waited there.",
            ]
        );
    }

    #[test]
    fn heads_and_feet_of_many_pages_are_marked() {
        let pages = ["one", "two", "three", "four"].into_iter().zip(1..).map(|(name, number)| {
            let foot = format!("Page {number} of 4");
            let (first, last) = (format!("They met {name}."), format!("They stayed {name}."));
            page(&[
                (0.0, 100.0, "The Island Courier"),
                (0.0, 150.0, &first),
                (0.0, 150.0, "They left."),
                (0.0, 150.0, "They came back."),
                (0.0, 150.0, &last),
                (0.0, 80.0, &foot),
            ])
        });
        let read = join(&pages.collect::<Vec<_>>());
        assert_eq!(read.iter().filter(|line| line.has("running")).count(), 8);
        assert_eq!(read.iter().filter(|line| line.has("page")).count(), 4);
    }
}
