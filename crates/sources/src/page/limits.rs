//! A page read without a parser: its tags, the attributes that are worth parsing, and its bare text.

use std::borrow::Cow;

use crate::block::Block;
use crate::options::Options;
use crate::{characters, plain};

/// Elements inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "dfn", "em", "font", "i", "label", "mark", "nobr", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Elements whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes"];

/// Elements whose content is no HTML.
const FOREIGN: &[&str] = &["svg", "math"];

/// Whether the content of an element is no markup.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

/// Whether an element belongs inside a line.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
}

/// A tag or a comment: its place, and whether it opens or closes.
struct Tag<'h> {
    start: usize,
    end: usize,
    /// The name of the element; empty for a comment.
    name: &'h str,
    closes: bool,
    /// The byte at which reading goes on: after the tag, or after its content if that is no markup.
    next: usize,
}

/// Finds the tags and comments of a page without parsing it. The content of scripts is skipped.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', &bytes[at..])?;
            let rest = &bytes[start..];
            if rest.starts_with(b"<!--") {
                at = start + comment(&html[start..]);
                return Some(Tag { start, end: at, name: "", closes: false, next: at });
            }
            let closes = rest.get(1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closes);
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let name_end = bytes[name_at..]
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
                .map_or(bytes.len(), |end| name_at + end);
            let mut attributes = Attributes { bytes, at: name_end };
            while attributes.next().is_some() {}
            let end = attributes.at;
            let mut tag = Tag { start, end, name: &html[name_at..name_end], closes, next: end };
            if !closes && is_raw(tag.name) {
                tag.next = raw_end(html, end, tag.name);
            }
            at = tag.next;
            return Some(tag);
        }
    })
}

/// Returns the length in bytes of the comment that `html` starts with; `<!-->` is a whole one.
fn comment(html: &str) -> usize {
    for whole in ["<!-->", "<!--->"] {
        if html.starts_with(whole) {
            return whole.len();
        }
    }
    let inner = &html.as_bytes()[4..];
    let mut ends = memchr::memchr_iter(b'>', inner);
    let end = ends.find(|&end| inner[..end].ends_with(b"--") || inner[..end].ends_with(b"--!"));
    end.map_or(html.len(), |end| 4 + end + 1)
}

/// The attributes of a tag, from the end of its name. At the end of the iteration, `at` is one past the `>`.
struct Attributes<'h> {
    bytes: &'h [u8],
    at: usize,
}

impl Attributes<'_> {
    /// Moves on while `skip` is true of the byte.
    fn skip(&mut self, skip: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !skip(*byte)).unwrap_or(rest.len());
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

impl Iterator for Attributes<'_> {
    /// The start of an attribute and one past its end, in bytes.
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let start = self.at;
        match self.here() {
            None => return None,
            Some(b'>') => {
                self.at += 1;
                return None;
            }
            // The first letter may be a `=`.
            Some(_) => self.at += 1,
        }
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name_end = self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.here() != Some(b'=') {
            self.at = name_end;
            return Some((start, name_end));
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        match self.here() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.skip(|byte| byte != quote);
                self.at = self.bytes.len().min(self.at + 1);
            }
            _ => self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
        Some((start, self.at))
    }
}

/// Returns the byte at which the content of a raw element ends: the start of its end tag.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        if html.as_bytes()[start + 2..]
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

/// Returns the page without zeros, very long attributes, the surplus attributes of a tag, and the contents of scripts and
/// style sheets. JSON-LD stays.
///
/// Also returns whether any tag had too many attributes.
pub(super) fn without_ballast<'h>(html: &'h str, options: &Options) -> (Cow<'h, str>, bool) {
    let mut cut: Vec<(usize, usize)> = Vec::new();
    let mut many = false;
    let mut pictures = 0_usize;
    for tag in tags(html) {
        // In drawings and formulas the content of a style sheet is markup.
        if FOREIGN.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
            pictures = if tag.closes { pictures.saturating_sub(1) } else { pictures + 1 };
        }
        if pictures == 0 && is_program(html, &tag) {
            cut.push((tag.end, tag.next));
            continue;
        }
        // Most tags are too short to have either.
        if tag.name.is_empty() || tag.end - tag.start < 2 * options.max_tag_attributes {
            continue;
        }
        let name_end = tag.start + 1 + usize::from(tag.closes) + tag.name.len();
        for (number, (start, end)) in (Attributes { bytes: html.as_bytes(), at: name_end }).enumerate() {
            many |= number >= options.max_tag_attributes;
            if number >= options.max_tag_attributes || end - start > options.max_attribute_bytes {
                cut.push((start, end));
            }
        }
    }
    if cut.is_empty() && !html.contains('\0') {
        return (Cow::Borrowed(html), many);
    }
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (start, end) in cut.into_iter().chain([(html.len(), html.len())]) {
        out.extend(html.get(from..start).unwrap_or_default().split('\0'));
        from = end;
    }
    (Cow::Owned(out), many)
}

/// Whether a tag opens a script or a style sheet whose content says nothing of the story. Half of a page of news may be such.
fn is_program(html: &str, tag: &Tag<'_>) -> bool {
    let content = &html[tag.end..tag.next];
    if content.is_empty() {
        return false;
    }
    if tag.name.eq_ignore_ascii_case("style") {
        return true;
    }
    tag.name.eq_ignore_ascii_case("script")
        && !html[tag.start..tag.end].to_ascii_lowercase().contains("ld+json")
        // Behind `<!--` a script may hold the end tag of another, and where it ends itself is for the parser to say.
        && memchr::memmem::find(content.as_bytes(), b"<!--").is_none()
}

/// Returns the text of a page without tags, scripts and styles. A paragraph ends where a block element starts or ends.
pub(super) fn bare_text(html: &str) -> String {
    let mut text = String::new();
    let mut push = |part: Option<&str>, parted: bool| {
        // Line ends of a page's source mean nothing.
        let letters = part.unwrap_or_default().chars();
        text.extend(letters.map(|letter| if matches!(letter, '\n' | '\r') { ' ' } else { letter }));
        text.extend(parted.then_some('\u{2029}'));
    };
    let mut from = 0;
    for tag in tags(html) {
        push(html.get(from..tag.start), !(tag.name.is_empty() || is_inline(tag.name)));
        from = tag.next;
    }
    push(html.get(from..), false);
    text
}

/// Returns the paragraphs of a text without markup.
pub(super) fn bare_blocks(text: &str) -> Vec<Block> {
    plain::blocks(&characters::clean(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_text_has_no_comments_and_no_scripts() {
        let html = "<p a='>'>One<!-- not <p>this --> line.</p><!-->Two<script>if (a<b) { x('</p>') }</script>\n<b>three</b>";
        let blocks: Vec<String> = bare_blocks(&bare_text(html)).into_iter().map(|block| block.text).collect();
        assert_eq!(blocks, ["One line.", "Two", "three"]);
    }

    #[test]
    fn ballast_goes_and_the_rest_stays() {
        let many: String = (0..400).map(|number| format!(" a{number}=\"x > y\"")).collect();
        let html = format!("<p class=b>\0<i{many}>x</i><img src='data:{}' alt=y></p>", "z".repeat(100_000));
        let options = Options::default();
        let (lean, cut) = without_ballast(&html, &options);
        assert!(cut);
        assert_eq!(lean.matches("x > y").count(), options.max_tag_attributes);
        assert!(lean.starts_with("<p class=b><i a0=\"x > y\" a1="), "{lean:.60}");
        assert!(lean.ends_with(">x</i><img  alt=y></p>"), "{}", &lean[lean.len() - 60..]);
        let program =
            "<style>p { color: red }</style><p>x</p><script type=a>if (a<b) { c('</p>') }</SCRIPT >y";
        assert_eq!(without_ballast(program, &options).0, "<style></style><p>x</p><script type=a></SCRIPT >y");
        let common = "<p class=\"b\">x</p><script type='application/LD+json'>{}</script><script><!-- <script></script> --></script>";
        assert_eq!(without_ballast(common, &options), (Cow::Borrowed(common), false));
    }
}
