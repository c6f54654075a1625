//! spaCy's tokenizer: exceptions, and prefixes, suffixes and infixes by regular expressions.
//!
//! Works on chunks (runs of white space or of other characters); what a chunk becomes does not depend on its
//! surroundings, except for [`Tokenizer::respelled`], which looks at the finished tokens.

use fancy_regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use super::lexeme::is_space;
use super::msgpack::{self, Value};
use super::strings::{string_id, symbol_name};

/// Prefixes and suffixes are looked for in so many bytes at the edge first: they are short, save for rows of dots.
const EDGE: usize = 64;
/// Longer remainders are not tested for being a URL: the expression backtracks.
const LONGEST_URL: usize = 2048;
/// Longer remainders are not split by infixes.
const LONGEST_SPLIT: usize = 1 << 16;

/// A piece of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes.
    pub(super) length: u32,
    /// The norm that an exception gives it, as spaCy's string number.
    pub(super) norm: Option<u64>,
}

/// The rules of a tokenizer.
#[derive(Debug)]
pub(super) struct Tokenizer {
    prefix: Option<Regex>,
    suffix: Option<Regex>,
    infix: Option<Regex>,
    token: Option<Regex>,
    url: Option<Regex>,
    exceptions: FxHashMap<Box<str>, Vec<Piece>>,
    longest_exception: usize,
    /// Exceptions that the rules would take apart: by their first token, all tokens.
    respellings: FxHashMap<Box<str>, Vec<Vec<Box<str>>>>,
    /// Whether the rules are those of English in spaCy 3, for which [`english`] has short cuts.
    is_english: bool,
}

impl Tokenizer {
    /// Reads spaCy's `tokenizer` file; the error says what is wrong with it.
    pub(super) fn read(file: &[u8]) -> Result<Self, &'static str> {
        let value = msgpack::read(file).ok_or("not MessagePack")?;
        let expression = |name| match value.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(pattern) => {
                let pattern = pattern.text().ok_or("an expression is not a string")?;
                // Rust's expressions know Unicode without being told.
                RegexBuilder::new(&pattern.replace("(?u)", ""))
                    .build()
                    .map(Some)
                    .map_err(|_| "a regular expression is not understood")
            }
        };
        let mut tokenizer = Self {
            prefix: expression("prefix_search")?,
            suffix: expression("suffix_search")?,
            infix: expression("infix_finditer")?,
            token: expression("token_match")?,
            url: expression("url_match")?,
            exceptions: FxHashMap::default(),
            longest_exception: 0,
            respellings: FxHashMap::default(),
            is_english: ["prefix_search", "suffix_search", "infix_finditer"]
                .map(|name| value.get(name).and_then(Value::text).map_or(0, string_id))
                == english::EXPRESSIONS,
        };
        let exceptions = value.get("exceptions").and_then(Value::map).ok_or("no exceptions")?;
        for (text, pieces) in exceptions {
            let (text, pieces) = exception(text, pieces).ok_or("an exception is not understood")?;
            tokenizer.longest_exception = tokenizer.longest_exception.max(text.len());
            tokenizer.exceptions.insert(text.into(), pieces);
        }
        for (text, _) in exceptions {
            tokenizer.add_respelling(text.text().unwrap_or_default());
        }
        Ok(tokenizer)
    }

    fn add_respelling(&mut self, text: &str) {
        let no_infix = || self.is_english && english::has_no_infix(text);
        let touched = text.contains(' ')
            || self.prefix_length(text) > 0
            || self.suffix_length(text) > 0
            || !no_infix() && self.infix.as_ref().is_some_and(|infix| infix.is_match(text).unwrap_or(false));
        if !touched {
            return;
        }
        let mut words: Vec<Box<str>> = Vec::new();
        let mut pieces = Vec::new();
        for_chunks(text, |chunk, _| {
            pieces.clear();
            self.split(chunk, false, &mut pieces);
            let mut rest = chunk;
            for piece in &pieces {
                let Some((word, after)) = rest.split_at_checked(piece.length as usize) else { break };
                words.push(word.into());
                rest = after;
            }
        });
        if let Some(first) = words.first() {
            self.respellings.entry(first.clone()).or_default().push(words);
        }
    }

    /// The pieces of `text` if it is an exception.
    pub(super) fn exception(&self, text: &str) -> Option<&[Piece]> {
        if text.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(text).map(Vec::as_slice)
    }

    /// Token sequences beginning with `first` that may stand for an exception.
    pub(super) fn respelled(&self, first: &str) -> &[Vec<Box<str>>] {
        self.respellings.get(first).map_or(&[], Vec::as_slice)
    }

    /// Appends the pieces of a chunk, by exceptions and rules.
    pub(super) fn chunk(&self, chunk: &str, pieces: &mut Vec<Piece>) {
        self.split(chunk, true, pieces);
    }

    fn split(&self, chunk: &str, with_exceptions: bool, pieces: &mut Vec<Piece>) {
        let exception = |text| if with_exceptions { self.exception(text) } else { None };
        let push = |pieces: &mut Vec<Piece>, length: usize| {
            if length > 0 {
                pieces.push(Piece { length: length as u32, norm: None });
            }
        };
        if let Some(found) = exception(chunk) {
            pieces.extend_from_slice(found);
            return;
        }
        let mut rest = chunk;
        let mut last_length = usize::MAX;
        let mut suffixes: Vec<usize> = Vec::new();
        while !rest.is_empty() && rest.len() != last_length {
            if self.is_token(rest) || exception(rest).is_some() {
                break;
            }
            last_length = rest.len();
            let prefix = self.prefix_length(rest);
            let after_prefix = &rest[prefix..];
            if prefix > 0 && exception(after_prefix).is_some() {
                push(pieces, prefix);
                rest = after_prefix;
                break;
            }
            let suffix = self.suffix_length(after_prefix);
            let before_suffix = &rest[..rest.len() - suffix];
            if suffix > 0 && exception(before_suffix).is_some() {
                suffixes.push(suffix);
                rest = before_suffix;
                break;
            }
            push(pieces, prefix);
            if suffix > 0 {
                suffixes.push(suffix);
            }
            rest = &after_prefix[..after_prefix.len() - suffix];
        }
        if let Some(found) = exception(rest) {
            pieces.extend_from_slice(found);
        } else if self.is_token(rest) || self.is_url(rest) {
            push(pieces, rest.len());
        } else {
            let mut start = 0;
            let whole = rest.len() > LONGEST_SPLIT || self.is_english && english::has_no_infix(rest);
            if let Some(infix) = self.infix.as_ref().filter(|_| !whole) {
                for found in infix.find_iter(rest).map_while(Result::ok) {
                    if found.start() == 0 {
                        continue;
                    }
                    push(pieces, found.start() - start);
                    push(pieces, found.end() - found.start());
                    start = found.end();
                }
            }
            push(pieces, rest.len() - start);
        }
        for suffix in suffixes.into_iter().rev() {
            push(pieces, suffix);
        }
    }

    fn is_token(&self, text: &str) -> bool {
        text.len() <= LONGEST_URL
            && self.token.as_ref().is_some_and(|token| {
                token.find(text).is_ok_and(|found| found.is_some_and(|found| found.start() == 0))
            })
    }

    fn is_url(&self, text: &str) -> bool {
        text.len() <= LONGEST_URL
            // Every address has a dot before its top-level domain or between its numbers.
            && text.contains('.')
            && self.url.as_ref().is_some_and(|url| {
                url.find(text).is_ok_and(|found| found.is_some_and(|found| found.start() == 0))
            })
    }

    fn prefix_length(&self, text: &str) -> usize {
        if self.is_english
            && let Some(length) = english::prefix(text)
        {
            debug_assert_eq!(length, self.prefix_by_expression(text), "{text:?}");
            return length;
        }
        self.prefix_by_expression(text)
    }

    fn prefix_by_expression(&self, text: &str) -> usize {
        let Some(prefix) = &self.prefix else { return 0 };
        // spaCy's expressions are anchored; one that is not must not cut elsewhere.
        let length = |text: &str| {
            prefix.find(text).ok().flatten().filter(|found| found.start() == 0).map_or(0, |found| found.end())
        };
        let edge = &text[..text.ceil_char_boundary(EDGE.min(text.len()))];
        match length(edge) {
            found if found == edge.len() && found < text.len() => length(text),
            found => found,
        }
    }

    fn suffix_length(&self, text: &str) -> usize {
        if self.is_english
            && let Some(length) = english::suffix(text)
        {
            debug_assert_eq!(length, self.suffix_by_expression(text), "{text:?}");
            return length;
        }
        self.suffix_by_expression(text)
    }

    fn suffix_by_expression(&self, text: &str) -> usize {
        let Some(suffix) = &self.suffix else { return 0 };
        let length = |text: &str| {
            let found = suffix.find(text).ok().flatten().filter(|found| found.end() == text.len());
            found.map_or(0, |found| found.end() - found.start())
        };
        let edge = &text[text.floor_char_boundary(text.len().saturating_sub(EDGE))..];
        match length(edge) {
            found if found == edge.len() && found < text.len() => length(text),
            found => found,
        }
    }
}

/// Equivalents of the expressions of spaCy's English tokenizer for simple cases, which do not run them.
mod english {
    /// spaCy's string numbers of the expressions for prefixes, suffixes and infixes.
    pub(super) const EXPRESSIONS: [u64; 3] =
        [0xbdce_10f7_f805_aa1b, 0xe21b_dfee_103a_48c5, 0x57c5_3722_ff65_cd10];

    /// Returns the length of the prefix in bytes, or `None` if only the expression can find it.
    pub(super) fn prefix(text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let second = bytes.get(1);
        Some(match bytes.first()? {
            128.. => return None,
            b'+' => usize::from(!second.is_some_and(u8::is_ascii_digit)),
            b'.' => match bytes.iter().take_while(|byte| **byte == b'.').count() {
                1 => 0,
                dots => dots,
            },
            b'U' if bytes.starts_with(b"US$") => 3,
            b'C' | b'A' if second == Some(&b'$') => 2,
            byte => usize::from(b"!\"#$%&'()*,:;<=>?[]_`{}".contains(byte)),
        })
    }

    /// Returns the length of the suffix in bytes, or `None` if only the expression can find it.
    pub(super) fn suffix(text: &str) -> Option<usize> {
        let (last, before) = text.as_bytes().split_last()?;
        let previous = before.last();
        match last {
            b'!' | b'"' | b'#' | b'&' | b'\'' | b'(' | b')' | b'*' | b',' | b':' | b';' | b'<' | b'>'
            | b'?' | b'[' | b']' | b'_' | b'`' | b'{' | b'}' => Some(1),
            b'.' => match previous {
                None => Some(0),
                Some(b'.') => Some(1 + before.iter().rev().take_while(|byte| **byte == b'.').count()),
                Some(b'a'..=b'z' | b'0'..=b'9') => Some(1),
                _ => None,
            },
            b'0'..=b'9' | b'-' | b'/' | b'=' | b'@' | b'\\' | b'^' | b'|' | b'~' => Some(0),
            b's' | b'S' if previous == Some(&b'\'') => Some(2),
            // A unit after a digit is a suffix.
            byte if byte.is_ascii_alphabetic() => {
                match before.iter().rev().find(|byte| !byte.is_ascii_alphabetic()) {
                    None => Some(0),
                    Some(b'0'..=b'9' | b'/' | 128..) => None,
                    Some(_) => Some(0),
                }
            }
            _ => None,
        }
    }

    /// Whether there is no infix for certain.
    pub(super) fn has_no_infix(text: &str) -> bool {
        text.bytes().all(|byte| byte.is_ascii() && !b"*+,-./:<=>^~".contains(&byte))
    }
}

/// An exception's text and pieces.
fn exception<'f>(text: &Value<'f>, pieces: &Value<'f>) -> Option<(&'f str, Vec<Piece>)> {
    let text = text.text()?;
    let mut found = Vec::new();
    let mut length = 0;
    for piece in pieces.list()? {
        let mut word = None;
        let mut norm = None;
        for (key, value) in piece.map()? {
            match key.number().and_then(symbol_name) {
                Some("ORTH") => word = value.text(),
                Some("NORM") => norm = Some(string_id(value.text()?)),
                _ => return None,
            }
        }
        let word = word.filter(|word| !word.is_empty())?;
        (text.get(length..length + word.len())? == word).then_some(())?;
        length += word.len();
        found.push(Piece { length: u32::try_from(word.len()).ok()?, norm });
    }
    (length == text.len() && !found.is_empty()).then_some((text, found))
}

/// Calls `found` with every chunk of `text`, in order, and whether a single blank follows that belongs to it.
pub(super) fn for_chunks<'t>(text: &'t str, mut found: impl FnMut(&'t str, bool)) {
    let mut start = 0;
    let mut in_space = text.chars().next().is_some_and(is_space);
    for (at, c) in text.char_indices() {
        if is_space(c) == in_space {
            continue;
        }
        in_space = !in_space;
        let blank = c == ' ';
        if start < at {
            found(&text[start..at], blank);
        }
        start = if blank { at + 1 } else { at };
    }
    if start < text.len() {
        found(&text[start..], false);
    }
}

/// Returns the byte at which to cut a chunk that lacks a blank beside a quotation mark: before the mark in `said,“No`,
/// so that it can be taken off as a prefix. spaCy leaves such a chunk whole, and the verb of speech with it.
pub(super) fn joined_mark(chunk: &str) -> Option<usize> {
    let mut before = None;
    let mut letters = chunk.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if matches!(letter, '"' | '“' | '”')
            && let Some(before) = before
            && letters.peek().is_some_and(|(_, after)| after.is_alphanumeric())
            && (matches!(before, ',' | '.' | ';' | ':' | '!' | '?' | '…') && at > before.len_utf8()
                || letter != '"' && char::is_alphabetic(before))
        {
            return Some(at);
        }
        before = Some(letter);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_own_one_blank() {
        let mut found = Vec::new();
        for_chunks("  a b  c\nd \u{a0}e ", |chunk, blank| found.push((chunk, blank)));
        assert_eq!(
            found,
            [
                ("  ", false),
                ("a", true),
                ("b", true),
                (" ", false),
                ("c", false),
                ("\n", false),
                ("d", true),
                ("\u{a0}", false),
                ("e", true)
            ]
        );
        for_chunks("", |_, _| panic!("nothing to find"));
    }

    #[test]
    fn chunks_are_cut_at_marks_that_lack_their_blank() {
        let cut = |chunk: &'static str| joined_mark(chunk).map(|at| chunk.split_at(at));
        assert_eq!(cut("said,“No"), Some(("said,", "“No")));
        assert_eq!(cut("said“No"), Some(("said", "“No")));
        assert_eq!(cut("never,\"she"), Some(("never,", "\"she")));
        assert_eq!(cut("“No.”The"), Some(("“No.", "”The")));
        for whole in ["“No,”", "said,“", "\"No\"", "6'2\"long", "צה\"ל", ",\"she", "a=\"b\"", "("] {
            assert_eq!(cut(whole), None, "{whole}");
        }
    }
}
