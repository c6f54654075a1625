//! Lines of plain text.

use super::Line;
use crate::characters;

/// The column in the middle of a page, and how far from it the middle of a line may be.
const MIDDLE: usize = 40;
const NEAR: usize = 4;

/// Columns of a line that fills the page.
const WIDE: usize = 72;

/// Columns before a line that is in the middle of the page.
const INDENT: usize = 4;

/// Returns the lines of a text. A paragraph that has a line in the middle of the page is marked `centre`, one after a form
/// feed is marked `page`.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut before = 0;
    for (page, text) in text.split('\u{c}').enumerate() {
        let mut paragraph = lines.len();
        let first = paragraph;
        let mut joined = false;
        let clean = characters::clean(text);
        for (at, text) in clean.split('\n').map(str::trim_end).enumerate() {
            if text.trim().is_empty() {
                joined = false;
                continue;
            }
            if !joined {
                mark_centre(lines.get_mut(paragraph..).unwrap_or_default());
                paragraph = lines.len();
            }
            lines.push(Line { number: before + at + 1, joined, text: text.to_owned(), ..Line::default() });
            joined = true;
        }
        mark_centre(lines.get_mut(paragraph..).unwrap_or_default());
        if let Some(line) = lines.get_mut(first).filter(|_| page > 0) {
            line.mark("page");
        }
        before += clean.matches('\n').count();
    }
    lines
}

/// Marks a paragraph whose lines are all indented and of which one is in the middle of the page.
fn mark_centre(lines: &mut [Line]) {
    let indent = |line: &Line| line.text.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let centred = |line: &Line| {
        let (before, length) = (indent(line), line.words().chars().count());
        before >= INDENT && (before + length / 2).abs_diff(MIDDLE) <= NEAR
    };
    // A line as wide as the page has no room to be indented.
    let placed = |line: &Line| indent(line) > 0 || line.text.chars().count() >= WIDE;
    if lines.iter().all(placed) && lines.iter().any(centred) {
        for line in lines {
            line.mark("centre");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_in_the_middle_marks_its_paragraph() {
        let text = "\n\n                               1 of 2 DOCUMENTS\n\nThey met.\n  They left again, and nobody said when they would come back to the island, or\n                        why it was that they had left.\n";
        let marks: Vec<String> = lines(text).into_iter().map(|line| line.marks).collect();
        assert_eq!(marks, ["centre", "", "", ""]);
        let text = "  They left again, and nobody said when they would come back to the island, or\n                        why it was that they had left.\n";
        assert_eq!(lines(text).iter().filter(|line| line.has("centre")).count(), 2);
        assert_eq!(
            lines("a\n\nb\nc").iter().map(|line| (line.number, line.joined)).collect::<Vec<_>>(),
            [(1, false), (3, false), (4, true)]
        );
    }
}
