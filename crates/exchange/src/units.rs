//! Units in which programs count the letters of a text. Readout counts code points; every form that counts otherwise asks
//! here.

use readout_text::{CharSpan, Offsets};

/// A unit of positions in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points: Readout, Python, W3C Web Annotation, brat, CoNLL-U.
    CodePoints,
    /// Code units of UTF-16: Java, JavaScript; DNA, WebAnno, UIMA CAS.
    Utf16,
    /// Bytes of UTF-8: Rust, C.
    Bytes,
}

/// The positions of one text in all units.
#[derive(Debug)]
pub struct Positions<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    /// The code points before which, counted from 0, a letter of two UTF-16 units stands.
    wide: Vec<u32>,
}

impl<'t> Positions<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> Self {
        let wide = (0..).zip(text.chars()).filter(|(_, it)| it.len_utf16() == 2).map(|(at, _)| at).collect();
        Self { text, offsets: Offsets::new(text), wide }
    }

    /// Returns the position of code point number `at` in `unit`. A position past the end counts as the end.
    pub fn from_code_points(&self, at: u32, unit: Unit) -> u32 {
        let at = at.min(self.offsets.len_chars());
        match unit {
            Unit::CodePoints => at,
            Unit::Utf16 => at + self.wide.partition_point(|wide| *wide < at) as u32,
            Unit::Bytes => self.offsets.byte_at(at).unwrap_or(self.text.len() as u32),
        }
    }

    /// Returns the number of the code point at the position `at` in `unit`. A position within a letter counts as its
    /// start, and a position past the end as the end.
    pub fn to_code_points(&self, at: u32, unit: Unit) -> u32 {
        match unit {
            Unit::CodePoints => at.min(self.offsets.len_chars()),
            Unit::Bytes => self.offsets.char_at(at),
            Unit::Utf16 => {
                let (mut low, mut high) = (0, self.offsets.len_chars());
                while low < high {
                    let middle = low + (high - low).div_ceil(2);
                    match self.from_code_points(middle, unit) <= at {
                        true => low = middle,
                        false => high = middle - 1,
                    }
                }
                low
            }
        }
    }

    /// Returns `span` (code points) as its first position and one past its last in `unit`.
    pub fn span(&self, span: CharSpan, unit: Unit) -> (u32, u32) {
        (self.from_code_points(span.start, unit), self.from_code_points(span.end, unit))
    }

    /// Returns the words at `span` (code points); empty if it reaches beyond the text.
    pub fn words(&self, span: CharSpan) -> &'t str {
        self.offsets.to_bytes(span).map_or("", |it| it.slice(self.text))
    }

    /// Returns the length of the text in code points.
    pub fn length(&self) -> u32 {
        self.offsets.len_chars()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One text with letters of every width: its words, and where they stand in each unit.
    #[test]
    fn a_word_stands_at_one_place_in_every_unit() {
        let text = "“Peace 🕊️” — e\u{301}lan, 日本 and 𝔸.";
        let positions = Positions::new(text);
        for (word, code_points, utf16, bytes) in [
            ("Peace", (1, 6), (1, 6), (3, 8)),
            ("🕊️", (7, 9), (7, 10), (9, 16)),
            ("—", (11, 12), (12, 13), (20, 23)),
            ("e\u{301}lan", (13, 18), (14, 19), (24, 30)),
            ("日本", (20, 22), (21, 23), (32, 38)),
            ("𝔸", (27, 28), (28, 30), (43, 47)),
            (".", (28, 29), (30, 31), (47, 48)),
        ] {
            let span = CharSpan::new(code_points.0, code_points.1);
            assert_eq!(positions.words(span), word);
            assert_eq!(positions.span(span, Unit::CodePoints), code_points, "{word}");
            assert_eq!(positions.span(span, Unit::Utf16), utf16, "{word}");
            assert_eq!(positions.span(span, Unit::Bytes), bytes, "{word}");
            let units: Vec<u16> = text.encode_utf16().collect();
            let (start, end) = utf16;
            assert_eq!(String::from_utf16(&units[start as usize..end as usize]).unwrap(), word);
            for (unit, (start, end)) in [(Unit::Utf16, utf16), (Unit::Bytes, bytes)] {
                let back = (positions.to_code_points(start, unit), positions.to_code_points(end, unit));
                assert_eq!(back, code_points, "{word} back from {unit:?}");
            }
        }
        // Within the second half of a letter, and past the end.
        assert_eq!(positions.to_code_points(8, Unit::Utf16), 7);
        assert_eq!(positions.to_code_points(99, Unit::Utf16), positions.length());
        assert_eq!(positions.from_code_points(99, Unit::Utf16), 31);
    }
}
