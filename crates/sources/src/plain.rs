//! Paragraphs of plain text: line ends that part them and line ends that only wrap them.

use readout_record::Document;

use crate::block::{Block, BlockKind};
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Format, Holds, Recognised, Source};
use crate::{article, characters, decode};

pub(crate) static FORMAT: Format = Format {
    name: "plain text",
    endings: &["txt", "text"],
    told_by: "its name, or that no other format was told",
    reads: "headline, by-line, day and dateline are looked for in the first paragraphs",
    recognise: |_| Recognised::No,
    holds: Holds::One,
    read,
};

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let text = decode::text(&source.bytes, mend)?;
    article::check_length(text.len(), options)?;
    Ok(article::finish(blocks(&characters::clean(&text)), (*source.known).clone(), mend))
}

/// Returns the paragraphs of a text whose characters are already clean.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    wrapped(text, None)
}

/// Returns the paragraphs of a text whose characters are already clean, and whose lines are wrapped at `width` characters
/// if that is known.
pub(crate) fn wrapped(text: &str, width: Option<usize>) -> Vec<Block> {
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let width = width.or_else(|| wrapped_at(&lines));
    let mut blocks: Vec<Block> = Vec::new();
    let mut previous: Option<&str> = None;
    for line in lines {
        let content = characters::squeeze(line);
        if content.is_empty() {
            previous = None;
            continue;
        }
        let goes_on = match (width, previous) {
            (Some(width), Some(previous)) => goes_on(previous, line, width),
            _ => false,
        };
        match blocks.last_mut() {
            Some(block) if goes_on => {
                // A word parted at its hyphen keeps the hyphen: nobody can tell `cease-fire` from `in-formal`.
                let dash = block.text.ends_with(" -") || block.text.ends_with("--");
                let parted = block.text.ends_with('-') && !dash && content.starts_with(char::is_lowercase);
                if !parted {
                    block.text.push(' ');
                }
                block.text.push_str(&content);
            }
            _ => blocks.push(Block::new(content, BlockKind::Paragraph)),
        }
        previous = Some(line);
    }
    blocks
}

/// Returns the width at which lines are wrapped, in characters, or `None` if each line is a paragraph.
///
/// Wrapped text shows in its lines: none is longer than a page is wide, and most of those that another line follows
/// end in the middle of a sentence.
fn wrapped_at(lines: &[&str]) -> Option<usize> {
    const WIDEST: usize = 132;
    const NARROWEST: usize = 28;
    let mut followed = 0usize;
    let mut in_sentence = 0usize;
    let mut lengths = Vec::new();
    for pair in lines.windows(2) {
        if pair[0].is_empty() || pair[1].trim().is_empty() {
            continue;
        }
        followed += 1;
        let open = pair[0]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—' | ';' | '\''));
        in_sentence += usize::from(open);
        lengths.push(pair[0].chars().count());
    }
    if followed < 3 || in_sentence * 10 < followed * 6 {
        return None;
    }
    lengths.sort_unstable();
    // One long line (a web address, a table) does not undo the rest.
    let width = *lengths.get((lengths.len() * 19).div_ceil(20).saturating_sub(1))?;
    let middle = *lengths.get(lengths.len() / 2)?;
    // Lines of very different lengths are verses, lists or paragraphs.
    ((NARROWEST..=WIDEST).contains(&width) && middle * 3 >= width * 2).then_some(width)
}

/// Whether `line` continues the paragraph of the line before it.
fn goes_on(previous: &str, line: &str, width: usize) -> bool {
    let indent = |line: &str| {
        line.chars()
            .take_while(|c| matches!(c, ' ' | '\t'))
            .map(|c| if c == '\t' { 8 } else { 1 })
            .sum::<usize>()
    };
    let listed = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['•', '*', '·', '–', '—'])
            && line[line.chars().next().map_or(0, char::len_utf8)..].starts_with(' ')
            || line.starts_with("- ") && line.len() > 2
            || line.starts_with("-- ")
    };
    if indent(line) >= indent(previous) + 2 || listed(line) && previous.ends_with(['.', ':', ';', '!', '?']) {
        return false;
    }
    // A sentence that breaks off goes on, wherever in the line it broke off.
    let open = previous.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
    if open && line.trim_start().starts_with(char::is_lowercase) {
        return true;
    }
    // The line before had room for the first word of this one: it ended for another reason.
    let length = previous.trim_end().chars().count();
    let word = line.split_whitespace().next().map_or(0, |word| word.chars().count());
    // Ragged wrapping leaves some room: more of it is forgiven where a sentence plainly goes on.
    let slack = if line.trim_start().starts_with(char::is_lowercase) { 20 } else { 8 };
    length + 1 + word + slack > width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        blocks(text).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_where_lines_are_long() {
        let text = "Ministers fail to agree on fishing quotas\nThe ministers of the two countries met for three hours on Friday but did not agree, an official said.\n“We shall meet again,” the official said.\nThe quotas end in June.";
        assert_eq!(texts(text).len(), 4);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "MINISTERS FAIL TO AGREE\n\n   The ministers of the two countries met for three hours on\nFriday but did not agree, an official said. He gave no reason for\nthe failure of the talks, which had been prepared for many\nmonths.\n   ``We shall meet again,'' the official said, adding that a cease-\nfire was still possible before the end of the year.\n   The quotas end in June.\n";
        let found = texts(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found[1].starts_with("The ministers") && found[1].ends_with("for many months."));
        assert!(found[2].contains("a cease-fire was"));
    }

    #[test]
    fn a_line_with_room_left_ends_its_paragraph() {
        let text = "The ministers of the two countries met for three hours on\nFriday but did not agree, an official said.\nA spokesman for the government gave no reason for the failure\nof the talks, which had been prepared for many months and\nwhich both sides had called promising.\nThe quotas end in June, and nobody knows what will follow\nthem.";
        assert_eq!(texts(text).len(), 3, "{:#?}", texts(text));
    }

    #[test]
    fn verses_and_lists_stay_in_lines() {
        let text = "Results:\nNorth 12\nSouth 140,000 votes in all districts\nEast 7\nWest 9\n";
        assert_eq!(texts(text).len(), 5);
    }

    #[test]
    fn hostile_text_is_quick() {
        let _ = blocks(&"x".repeat(5_000_000));
        let _ = blocks(&"a\n".repeat(1_000_000));
        let _ = blocks(&" \t-\n".repeat(500_000));
    }
}
