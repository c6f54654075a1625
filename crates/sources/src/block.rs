//! Paragraphs on their way into the body of a document.

use readout_record::DropReason;

/// A paragraph on its way into the body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    /// The text that stays in the body.
    pub(crate) text: String,
    pub(crate) kind: BlockKind,
    /// True if the paragraph is nothing but links.
    pub(crate) linked: bool,
    /// The time at which the paragraph was written, if it is not that of the report.
    pub(crate) time: Option<String>,
    /// The pieces that were taken from the start of the paragraph, with the reason.
    pub(crate) before: Vec<(String, DropReason)>,
    /// The pieces that were taken from the end of the paragraph, with the reason.
    pub(crate) after: Vec<(String, DropReason)>,
    /// The pieces that were taken out of the text, with the byte of what is left at which each stood, in order.
    pub(crate) within: Vec<(usize, String, DropReason)>,
}

/// The kind of a paragraph, as its source marks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A headline or subhead.
    Heading,
    /// The lead that stands above the story, before its place and by-line.
    Lead,
    /// An item of a list.
    Item,
    /// The caption of a picture.
    Caption,
}

impl Block {
    pub(crate) fn new(text: impl Into<String>, kind: BlockKind) -> Self {
        Self { text: text.into(), kind, ..Self::default() }
    }

    /// Takes the whole paragraph out of the body.
    pub(crate) fn drop_all(&mut self, reason: DropReason) {
        if !self.text.is_empty() {
            self.before.push((std::mem::take(&mut self.text), reason));
        }
    }

    /// Takes the first `length` bytes out of the body.
    pub(crate) fn drop_start(&mut self, length: usize, reason: DropReason) {
        let taken = self.text[..length].trim().to_owned();
        self.text = self.text[length..].trim_start().to_owned();
        if !taken.is_empty() {
            self.before.push((taken, reason));
        }
    }

    /// Takes the `ranges` (bytes, in order, none in another) out of the body, each with no more than one of the blanks around it.
    pub(crate) fn drop_within(&mut self, ranges: &[std::ops::Range<usize>], reason: DropReason) {
        let old = std::mem::take(&mut self.text);
        let mut text = String::with_capacity(old.len());
        // Of each piece: where it began, where the text goes on, and its place in the new text.
        let mut cuts: Vec<(usize, usize, usize)> = Vec::new();
        let mut from = 0;
        for range in ranges {
            text.push_str(&old[from..range.start]);
            let rest = &old[range.end..];
            let blanks = match text.is_empty() || text.ends_with(char::is_whitespace) {
                true => rest.len() - rest.trim_start().len(),
                false => 0,
            };
            from = range.end + blanks;
            cuts.push((range.start, from, text.len()));
        }
        text.push_str(&old[from..]);
        for (place, _, _) in &mut self.within {
            let before = cuts.partition_point(|(start, ..)| start <= place);
            if let Some((_, end, at)) = before.checked_sub(1).and_then(|last| cuts.get(last)) {
                *place = at + place.saturating_sub(*end);
            }
        }
        let pieces = ranges
            .iter()
            .zip(&cuts)
            .map(|(range, (.., at))| (*at, old[range.clone()].trim().to_owned(), reason));
        self.within.extend(pieces.filter(|(_, taken, _)| !taken.is_empty()));
        self.within.sort_by_key(|(place, ..)| *place);
        self.text = text;
    }

    /// Takes what follows byte `from` out of the body.
    pub(crate) fn drop_end(&mut self, from: usize, reason: DropReason) {
        let taken = self.text[from..].trim().to_owned();
        self.text = self.text[..from].trim_end().to_owned();
        if !taken.is_empty() {
            self.after.insert(0, (taken, reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_places_whatever_goes_first() {
        let mut block =
            Block::new("École: envoy Lee CARD left. NOTE They stayed. NOTE", BlockKind::Paragraph);
        let card = block.text.find(" CARD").unwrap();
        block.drop_within(std::slice::from_ref(&(card..card + 5)), DropReason::RelatedLink);
        let notes: Vec<_> = block.text.match_indices("NOTE").map(|(at, word)| at..at + word.len()).collect();
        block.drop_within(&notes, DropReason::Caption);
        assert_eq!(block.text, "École: envoy Lee left. They stayed. ");
        let told: Vec<_> =
            block.within.iter().map(|(at, text, _)| (&block.text[..*at], text.as_str())).collect();
        let places = [("École: envoy Lee", "CARD"), ("École: envoy Lee left. ", "NOTE")];
        assert_eq!(told[..2], places);
        assert_eq!(told[2], ("École: envoy Lee left. They stayed. ", "NOTE"));
    }
}
