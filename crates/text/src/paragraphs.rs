use crate::ByteSpan;

/// Returns the paragraphs of `text` in order, without the white space around them.
///
/// A line break ends a paragraph: sources hand on text whose hard-wrapped lines have been joined.
pub fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let span = ByteSpan::new(start as u32, (start + line.len()) as u32).trim(text);
        if !span.is_empty() {
            found.push(span);
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_margins_are_left_out() {
        let text = "\n Headline \r\n\n“First.”\nSecond\u{a0}\n";
        let found: Vec<&str> = paragraphs(text).into_iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, ["Headline", "“First.”", "Second"]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
