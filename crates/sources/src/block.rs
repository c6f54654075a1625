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

    /// Takes the bytes `range` out of the body, and no more than one of the blanks around them. Pieces that were taken out
    /// before stood behind them.
    pub(crate) fn drop_within(&mut self, range: std::ops::Range<usize>, reason: DropReason) {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let taken = self.text[range].trim().to_owned();
        let after = match before.is_empty() || before.ends_with(char::is_whitespace) {
            true => after.trim_start(),
            false => after,
        };
        let (at, text) = (before.len(), format!("{before}{after}"));
        let shorter = self.text.len() - text.len();
        for (later, _, _) in &mut self.within {
            *later = later.saturating_sub(shorter);
        }
        self.text = text;
        if !taken.is_empty() {
            self.within.insert(0, (at, taken, reason));
        }
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
