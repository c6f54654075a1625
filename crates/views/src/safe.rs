//! The words of reports in each form that shows them. A report is a stranger's text: none of its words is markup, turns
//! the direction of writing or steers a terminal.

/// Returns the letters of `text` that may be shown: all but control characters, marks that turn the direction of
/// writing, and code points that are no characters. White space stays as it is.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => false,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => letter.is_whitespace() || !letter.is_control(),
    })
}

/// Returns `text` for HTML or SVG, within an element or an attribute in quotation marks. Line breaks stay.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for letter in letters(text) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// Returns `text` for Markdown, on one line.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// Returns `text` for a terminal. White space but line breaks and no-break spaces becomes plain spaces.
pub fn terminal(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' | '\u{a0}' => letter,
        _ if letter.is_whitespace() => ' ',
        _ => letter,
    };
    letters(text).map(plain).collect()
}

/// Returns `text` on one line. White space becomes single spaces.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in letters(text) {
        match letter.is_whitespace() {
            false => out.push(letter),
            true if out.ends_with(' ') => {}
            true => out.push(' '),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}[31m\u{202e}b\u{200f}\u{61c}\u{2066}\tc\u{0} <i>&\"*x*\"'\n d\u{ffff}";

    #[test]
    fn words_of_a_report_are_words() {
        assert_eq!(terminal(HOSTILE), "a[31mb c <i>&\"*x*\"'\n d");
        assert_eq!(one_line(HOSTILE), "a[31mb c <i>&\"*x*\"' d");
        assert_eq!(html(HOSTILE), "a[31mb c &lt;i&gt;&amp;&quot;*x*&quot;&#39;\n d");
        assert_eq!(markdown(HOSTILE), "a\\[31mb c &lt;i>&amp;\"\\*x\\*\"' d");
    }
}
