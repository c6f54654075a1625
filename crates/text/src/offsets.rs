use crate::{ByteSpan, CharSpan};

/// The number of code points from one remembered byte position to the next.
const STEP: usize = 64;

/// Byte and code-point positions of one text, each found from the other in constant time.
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Byte position of every `STEP`th code point; empty where all of the text is ASCII.
    marks: Vec<u32>,
    chars: u32,
}

impl<'t> Offsets<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, marks: Vec::new(), chars: text.len() as u32 };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0;
        for (number, (byte, _)) in text.char_indices().enumerate() {
            if number % STEP == 0 {
                marks.push(byte as u32);
            }
            chars = number as u32 + 1;
        }
        Self { text, marks, chars }
    }

    /// Returns the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the length of the text in code points.
    pub fn len_chars(&self) -> u32 {
        self.chars
    }

    /// Returns the number of code points before `byte`.
    ///
    /// A position inside a character counts as its start, and a position past the end as the end.
    pub fn char_at(&self, byte: u32) -> u32 {
        if self.marks.is_empty() {
            return byte.min(self.chars);
        }
        let mark = self.marks.partition_point(|&start| start <= byte).saturating_sub(1);
        let from = self.marks[mark];
        let end = (byte as usize).min(self.text.len());
        let within = self.text.as_bytes()[from as usize..end].iter().filter(|b| (**b as i8) >= -0x40).count();
        // A position inside a character has counted that character's first byte.
        let inside = usize::from(!self.text.is_char_boundary(end));
        (mark * STEP + within - inside) as u32
    }

    /// Returns the byte at which code point number `at` starts, or `None` beyond the end.
    pub fn byte_at(&self, at: u32) -> Option<u32> {
        if at > self.chars {
            return None;
        }
        if self.marks.is_empty() || at == self.chars {
            return Some(if at == self.chars { self.text.len() as u32 } else { at });
        }
        let from = self.marks[at as usize / STEP] as usize;
        let within = self.text[from..].char_indices().nth(at as usize % STEP)?.0;
        Some((from + within) as u32)
    }

    /// Returns a span of bytes as a span of code points.
    pub fn to_chars(&self, span: ByteSpan) -> CharSpan {
        CharSpan { start: self.char_at(span.start), end: self.char_at(span.end) }
    }

    /// Returns a span of code points as a span of bytes.
    ///
    /// Returns `None` if the span reaches beyond the text or ends before it starts.
    pub fn to_bytes(&self, span: CharSpan) -> Option<ByteSpan> {
        if span.end < span.start {
            return None;
        }
        Some(ByteSpan { start: self.byte_at(span.start)?, end: self.byte_at(span.end)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree_at_every_character() {
        let text = "“Ünïcode” — 日本語 and plain ASCII, again and again. ".repeat(9) + "🕊e\u{301}";
        let offsets = Offsets::new(&text);
        for (number, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.char_at(byte as u32), number as u32);
            assert_eq!(offsets.byte_at(number as u32), Some(byte as u32));
        }
        assert_eq!(offsets.char_at(text.len() as u32), offsets.len_chars());
        assert_eq!(offsets.byte_at(offsets.len_chars()), Some(text.len() as u32));
        assert_eq!(offsets.byte_at(offsets.len_chars() + 1), None);
    }

    #[test]
    fn a_position_inside_a_character_is_its_start() {
        let offsets = Offsets::new("a“b");
        assert_eq!([0, 1, 2, 3, 4, 5, 9].map(|byte| offsets.char_at(byte)), [0, 1, 1, 1, 2, 3, 3]);
    }
}
