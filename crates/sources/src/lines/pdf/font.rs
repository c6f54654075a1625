//! Fonts: from the bytes of a string to its text and its width.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// The width of a letter in thousandths of the size, where the font does not tell it.
const USUAL: f32 = 500.0;

/// The number of codes of a font whose letters are one byte each.
const NARROW_CODES: usize = 1 << 8;

/// The number of codes of a font whose letters are two bytes each.
const WIDE_CODES: usize = 1 << 16;

/// A font of a page.
pub(super) struct Font<'d> {
    to_unicode: Option<Encoding<'d>>,
    encoding: Option<Encoding<'d>>,
    /// True if two bytes are a letter.
    wide: bool,
    widths: BTreeMap<u32, f32>,
    usual: f32,
}

impl<'d> Font<'d> {
    /// Reads a font. `bare` is the font without the key `Encoding`, so that its table of Unicode is read.
    pub(super) fn read(
        font: &'d Dictionary,
        bare: &'d Dictionary,
        document: &'d Document,
        limit: usize,
    ) -> Self {
        let wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let has_table = font.has(b"ToUnicode");
        let to_unicode = Some(bare)
            .filter(|_| has_table)
            .and_then(|bare| bare.get_font_encoding_with_limit(document, limit).ok());
        let encoding = font.get_font_encoding_with_limit(document, limit).ok();
        let mut read = Self {
            to_unicode,
            encoding,
            wide,
            widths: BTreeMap::new(),
            usual: if wide { 1000.0 } else { USUAL },
        };
        if wide {
            read.read_wide(font, document);
        } else {
            read.read_narrow(font, document);
        }
        read
    }

    fn read_narrow(&mut self, font: &Dictionary, document: &Document) {
        let first = font.get(b"FirstChar").and_then(Object::as_i64).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return };
        for (code, width) in (u32::try_from(first).unwrap_or(0)..).zip(widths.iter().take(NARROW_CODES)) {
            if let Some(width) = number(width, document) {
                self.widths.insert(code, width);
            }
        }
    }

    fn read_wide(&mut self, font: &Dictionary, document: &Document) {
        let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let inner = inner.and_then(|fonts| fonts.first()).and_then(|font| dictionary(font, document));
        let Some(inner) = inner else { return };
        if let Some(usual) = inner.get(b"DW").ok().and_then(|width| number(width, document)) {
            self.usual = usual;
        }
        let Ok(widths) = inner.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut at = 0;
        while let Some(first) = widths.get(at).and_then(|code| code.as_i64().ok()) {
            let first = u32::try_from(first).unwrap_or(0);
            match widths.get(at + 1) {
                Some(Object::Integer(last)) => {
                    let width = widths.get(at + 2).and_then(|width| number(width, document));
                    let last =
                        u32::try_from(*last).unwrap_or(0).min(first.saturating_add(WIDE_CODES as u32 - 1));
                    for code in first..=last {
                        self.widths.insert(code, width.unwrap_or(self.usual));
                    }
                    at += 3;
                }
                Some(list) => {
                    let list = resolved(list, document).and_then(|list| list.as_array().ok());
                    for (code, width) in (first..).zip(list.into_iter().flatten().take(WIDE_CODES)) {
                        if let Some(width) = number(width, document) {
                            self.widths.insert(code, width);
                        }
                    }
                    at += 2;
                }
                None => return,
            }
        }
    }

    /// Returns the text of a string.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        let by = |encoding: &Option<Encoding<'_>>| {
            let text = encoding.as_ref().and_then(|encoding| encoding.bytes_to_string(bytes).ok());
            text.filter(|text| !text.is_empty() && !text.contains('\u{fffd}'))
        };
        by(&self.to_unicode).or_else(|| by(&self.encoding)).unwrap_or_else(|| {
            if self.wide {
                "\u{fffd}".repeat(bytes.len() / 2)
            } else {
                String::from_utf8_lossy(bytes).into_owned()
            }
        })
    }

    /// Returns the width of a string in thousandths of the size, its number of letters, and how many of them are blanks.
    pub(super) fn width(&self, bytes: &[u8]) -> (f32, usize, usize) {
        let step = if self.wide { 2 } else { 1 };
        let (mut width, mut letters, mut blanks) = (0.0, 0, 0);
        for code in bytes.chunks(step) {
            let code = code.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            width += self.widths.get(&code).copied().unwrap_or(self.usual);
            letters += 1;
            blanks += usize::from(!self.wide && code == 32);
        }
        (width, letters, blanks)
    }
}

/// Returns what an object refers to, if it is a reference.
fn resolved<'o>(object: &'o Object, document: &'o Document) -> Option<&'o Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// Returns the dictionary that an object is or refers to.
pub(super) fn dictionary<'o>(object: &'o Object, document: &'o Document) -> Option<&'o Dictionary> {
    resolved(object, document)?.as_dict().ok()
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    resolved(object, document)?.as_float().ok().filter(|number| number.is_finite())
}
