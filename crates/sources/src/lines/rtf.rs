//! Lines of RTF documents, after the specification of version 1.9.1.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{Line, one_line};
use crate::fault::Fault;

/// The most groups within each other.
const DEEPEST: usize = 512;

/// The most letters of a control word, by the specification.
const LETTERS: usize = 32;

/// The most digits of the number behind a control word, by the specification.
const DIGITS: usize = 10;

/// Destinations whose text a reader does not see.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "fldinst",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "shppict",
    "mmathPr",
    "pgdsctbl",
    "filetbl",
    "revtbl",
    "background",
    "blipuid",
    "datafield",
    "formfield",
];

/// Returns the lines of an RTF document.
///
/// The marks of a line are `bold` and `page` (the first of a page or section).
///
/// # Errors
/// If the bytes are no RTF; with the reason.
pub(crate) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Fault> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(Fault::unsupported("no RTF document: it does not start with {\\rtf"));
    }
    let mut reader = Reader::new();
    reader.read(bytes);
    reader.end_line(false);
    Ok(reader.lines)
}

/// What holds inside a group.
#[derive(Clone, Copy)]
struct Group {
    bold: bool,
    hidden: bool,
    /// The characters that stand in for one of Unicode.
    skipped: usize,
    font: i32,
}

struct Reader {
    lines: Vec<Line>,
    line: Line,
    /// Bytes of the code page that are not decoded yet.
    raw: Vec<u8>,
    group: Group,
    outer: Vec<Group>,
    /// Groups that are open beyond the deepest.
    beyond: usize,
    /// Characters that still stand in for one of Unicode.
    pending: usize,
    /// The first half of a character outside the basic plane.
    high: Option<u32>,
    paragraph: usize,
    page: bool,
    /// True after `\*`: a destination that is not known is hidden.
    star: bool,
    page_encoding: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// True inside the table of fonts.
    font_table: Option<usize>,
}

impl Reader {
    fn new() -> Self {
        Self {
            lines: Vec::new(),
            line: Line::default(),
            raw: Vec::new(),
            group: Group { bold: false, hidden: false, skipped: 1, font: 0 },
            outer: Vec::new(),
            beyond: 0,
            pending: 0,
            high: None,
            paragraph: 1,
            page: false,
            star: false,
            page_encoding: WINDOWS_1252,
            fonts: BTreeMap::new(),
            font_table: None,
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
    }

    fn open(&mut self) {
        self.flush();
        self.star = false;
        if self.outer.len() < DEEPEST {
            self.outer.push(self.group);
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self) {
        self.flush();
        self.pending = 0;
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(group) = self.outer.pop() {
            self.group = group;
        }
        if self.font_table.is_some_and(|depth| self.outer.len() < depth) {
            self.font_table = None;
        }
    }

    /// Reads what follows a backslash; returns the place behind it.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits =
                        bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
                    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                        self.byte(byte);
                        return at + 3;
                    }
                }
                b'*' => self.star = true,
                b'~' => self.char('\u{a0}'),
                b'_' => self.char('-'),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\n' | b'\r' => self.word("par", None),
                _ => {}
            }
            return at + 1;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let letters = rest.iter().take(LETTERS).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let digits = rest.get(letters..).unwrap_or_default();
        let sign = usize::from(digits.first() == Some(&b'-'));
        let count = digits.iter().skip(sign).take(DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, mut end) = match count {
            0 => (None, letters),
            _ => (Some(letters..letters + sign + count), letters + sign + count),
        };
        let text = |range: std::ops::Range<usize>| {
            rest.get(range).and_then(|part| std::str::from_utf8(part).ok()).unwrap_or_default()
        };
        let number = number.and_then(|range| text(range).parse::<i32>().ok());
        if rest.get(end) == Some(&b' ') {
            end += 1;
        }
        let name = text(0..letters);
        self.word(name, number);
        // Pictures may have bytes as they are.
        if name == "bin" {
            end += usize::try_from(number.unwrap_or(0)).unwrap_or(0);
        }
        at.saturating_add(end)
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let star = std::mem::take(&mut self.star);
        match name {
            "par" | "row" | "cell" | "nestcell" | "nestrow" => {
                self.end_line(false);
                self.paragraph += 1;
            }
            "sect" | "page" => {
                self.end_line(false);
                self.page = true;
            }
            "line" => {
                self.flush();
                let filled = !self.line.text.trim().is_empty();
                self.end_line(filled);
            }
            "tab" => self.char(' '),
            "b" => {
                self.flush();
                self.group.bold = number != Some(0);
            }
            "plain" | "pard" => {
                self.flush();
                self.group.bold &= name == "pard";
            }
            "v" => {
                self.flush();
                self.group.hidden |= number != Some(0);
            }
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group.skipped = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => self.page_encoding = code_page(number).unwrap_or(self.page_encoding),
            "f" => {
                self.flush();
                self.group.font = number.unwrap_or(0);
            }
            "fcharset" if self.font_table.is_some() => {
                if let Some(encoding) = charset(number) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "fonttbl" => {
                self.group.hidden = true;
                self.font_table = Some(self.outer.len());
            }
            "emdash" => self.char('—'),
            "endash" => self.char('–'),
            "lquote" => self.char('‘'),
            "rquote" => self.char('’'),
            "ldblquote" => self.char('“'),
            "rdblquote" => self.char('”'),
            "bullet" => self.char('•'),
            "fldrslt" | "shptxt" => {}
            name if star || HIDDEN.contains(&name) => {
                self.flush();
                self.group.hidden = true;
            }
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.pending = 0;
        // Negative numbers are those above 32767.
        let code = u32::try_from(if number < 0 { number + 65_536 } else { number }).unwrap_or(0);
        match (code, self.high.take()) {
            (0xd800..0xdc00, _) => self.high = Some(code),
            (0xdc00..0xe000, Some(high)) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00);
                self.char(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            _ => self.char(char::from_u32(code).unwrap_or('\u{fffd}')),
        }
        self.pending = self.group.skipped;
    }

    /// Takes a byte of the code page.
    fn byte(&mut self, byte: u8) {
        if self.pending > 0 {
            self.pending -= 1;
        } else if !self.group.hidden {
            self.raw.push(byte);
        }
    }

    fn char(&mut self, letter: char) {
        self.flush();
        if !self.group.hidden {
            self.add(letter.encode_utf8(&mut [0; 4]));
        }
    }

    /// Decodes the bytes that were taken.
    fn flush(&mut self) {
        if self.raw.is_empty() {
            return;
        }
        let raw = std::mem::take(&mut self.raw);
        let encoding = self.fonts.get(&self.group.font).copied().unwrap_or(self.page_encoding);
        let text = encoding.decode_without_bom_handling(&raw).0.into_owned();
        self.add(&text);
    }

    fn add(&mut self, text: &str) {
        if self.line.text.trim().is_empty() && !text.trim().is_empty() {
            self.line.number = self.paragraph;
            if self.group.bold {
                self.line.mark("bold");
            }
        }
        self.line.text.push_str(text);
    }

    /// Ends the line. `joined` tells of the one that comes.
    fn end_line(&mut self, joined: bool) {
        self.flush();
        let mut line = std::mem::replace(&mut self.line, Line { joined, ..Line::default() });
        line.text = one_line(&line.text);
        if line.text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.page) {
            line.mark("page");
        }
        self.lines.push(line);
    }
}

/// Returns the encoding of a code page of Windows.
fn code_page(number: Option<i32>) -> Option<&'static Encoding> {
    Encoding::for_label(format!("windows-{}", number?).as_bytes()).or(match number? {
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        65001 => Some(encoding_rs::UTF_8),
        _ => None,
    })
}

/// Returns the encoding of a font's set of characters.
fn charset(number: Option<i32>) -> Option<&'static Encoding> {
    Some(match number? {
        0 => WINDOWS_1252,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(rtf: &[u8]) -> Vec<(String, bool, String)> {
        lines(rtf).unwrap().into_iter().map(|line| (line.marks, line.joined, line.text)).collect()
    }

    #[test]
    fn paragraphs_breaks_and_marks_are_read() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial CYR;}}{\*\generator X;}
{\b They met\b0}\par By Ann \'e9t\'e9\line again\page \pard\f1 \'cc\'e8\'f0\f0\par{\field{\*\fldinst HYPERLINK x}{\fldrslt\u8220?link\u8221?}}\par\uc1\u-10179?\u-8704? end}";
        let found = seen(rtf);
        let found: Vec<(&str, bool, &str)> =
            found.iter().map(|(marks, joined, text)| (marks.as_str(), *joined, text.as_str())).collect();
        assert_eq!(
            found,
            [
                ("bold", false, "They met"),
                ("", false, "By Ann été"),
                ("", true, "again"),
                ("page", false, "Мир"),
                ("", false, "“link”"),
                ("", false, "😀 end"),
            ]
        );
    }

    #[test]
    fn hostile_documents_are_quick() {
        assert!(lines(b"Dear all").is_err());
        for part in ["{", "}", "\\", "\\bin99999999999 ", "\\u", "{\\*", "\\'", "\\b\\line "] {
            let _ = lines(format!("{{\\rtf1 {}", part.repeat(200_000)).as_bytes()).unwrap();
        }
    }
}
