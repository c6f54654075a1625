//! What a page may be made of before it is parsed.

use std::borrow::Cow;

use crate::article::Block;
use crate::{Options, characters, plain};

/// A page that may be parsed, or one that may not.
pub(super) enum Tamed<'p> {
    Page {
        html: Cow<'p, str>,
        /// Whether tags were taken out.
        flattened: bool,
    },
    TooMany,
}

/// Elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that a parser opens again in every paragraph until they are closed: few of them may be open at once.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const MAX_FORMATTING: usize = 24;
/// Elements whose end tags are mostly left out, and which end the one before them.
const SELF_CLOSING: &[&str] =
    &["p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"];
/// Elements whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes"];

/// A tag: its place, and whether it opens or closes.
struct Tag<'h> {
    start: usize,
    end: usize,
    name: &'h str,
    closes: bool,
    /// `/>`
    empty: bool,
}

/// The tags of a page, without building anything; comments and scripts are jumped over.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', &bytes[at..])?;
            let rest = &bytes[start..];
            if rest.starts_with(b"<!--") {
                at = html[start..].find("-->").map_or(bytes.len(), |end| start + end + 3);
                continue;
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
            let end = tag_end(bytes, name_end);
            at = end;
            let name = &html[name_at..name_end];
            let empty = end >= 2 && bytes.get(end - 2) == Some(&b'/');
            if !closes && let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
                at = raw_end(html, end, raw);
            }
            return Some(Tag { start, end, name, closes, empty });
        }
    })
}

fn memchr(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}

/// One past the `>` of a tag whose attributes start at `from`; quoted values may hold a `>`.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = None;
    for (offset, &byte) in bytes[from..].iter().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            // A quote starts a value only after a `=`.
            None if matches!(byte, b'"' | b'\'')
                && bytes[..from + offset].trim_ascii_end().last() == Some(&b'=') =>
            {
                quote = Some(byte);
            }
            None if byte == b'>' => return from + offset + 1,
            None => {}
        }
    }
    bytes.len()
}

/// Where the content of a raw element ends: at its end tag.
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

/// Counts a page's tags and takes out those that would nest too deeply.
pub(super) fn tame<'p>(html: &'p str, options: &Options) -> Tamed<'p> {
    let mut open: Vec<&str> = Vec::new();
    let mut formatting = 0;
    // Start tags that were taken out and whose end tags must go too, by name.
    let mut skipped: Vec<&str> = Vec::new();
    let mut cut: Vec<(usize, usize)> = Vec::new();
    for (number, tag) in tags(html).enumerate() {
        if number >= options.max_tags {
            return Tamed::TooMany;
        }
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        if is(VOID) || tag.empty && !is(FORMATTING) && !is(RAW) {
            continue;
        }
        if tag.closes {
            if skipped.last().is_some_and(|name| name.eq_ignore_ascii_case(tag.name)) {
                skipped.pop();
                cut.push((tag.start, tag.end));
            } else if let Some(at) =
                open.iter().rev().take(64).position(|name| name.eq_ignore_ascii_case(tag.name))
            {
                for closed in open.drain(open.len() - 1 - at..) {
                    formatting -=
                        usize::from(FORMATTING.iter().any(|name| name.eq_ignore_ascii_case(closed)));
                }
            }
            continue;
        }
        if is(SELF_CLOSING) && open.last().is_some_and(|last| last.eq_ignore_ascii_case(tag.name)) {
            continue;
        }
        let formats = is(FORMATTING);
        if open.len() >= options.max_nesting || formats && formatting >= MAX_FORMATTING {
            if skipped.len() < options.max_tags {
                skipped.push(tag.name);
            }
            cut.push((tag.start, tag.end));
        } else {
            formatting += usize::from(formats);
            open.push(tag.name);
        }
    }
    let zeros = html.contains('\0');
    if cut.is_empty() && !zeros {
        return Tamed::Page { html: Cow::Borrowed(html), flattened: false };
    }
    let flattened = !cut.is_empty();
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (start, end) in cut {
        out.push_str(&html[from..start]);
        // The words on both sides stay apart.
        out.push(' ');
        from = end;
    }
    out.push_str(&html[from..]);
    if zeros {
        out.retain(|letter| letter != '\0');
    }
    Tamed::Page { html: Cow::Owned(out), flattened }
}

/// The text of a page without its tags, scripts and styles: a paragraph where a block element starts or ends.
pub(super) fn bare_text(html: &str) -> Vec<Block> {
    const INLINE: &[&str] =
        &["span", "sup", "sub", "abbr", "cite", "q", "time", "mark", "wbr", "var", "dfn", "label"];
    let mut text = String::new();
    let mut from = 0;
    let mut push = |part: &str| {
        // Line ends of a page's source mean nothing.
        text.extend(part.chars().map(|letter| if matches!(letter, '\n' | '\r') { ' ' } else { letter }));
    };
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    for tag in tags(html) {
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        pieces.push((from, tag.start, !(is(FORMATTING) || is(INLINE))));
        from = tag.end;
        if !tag.closes && is(RAW) {
            from = raw_end(html, tag.end, tag.name);
        }
    }
    for (start, end, parts) in pieces {
        push(html.get(start..end).unwrap_or_default());
        push(if parts { "\u{2029}" } else { "" });
    }
    push(html.get(from..).unwrap_or_default());
    plain::blocks(&characters::clean(&text))
}
