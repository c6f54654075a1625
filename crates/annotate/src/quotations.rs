//! Passages in quotation marks.

use readout_text::ByteSpan;

/// A passage in quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: ByteSpan,
    /// Without them.
    pub inner: ByteSpan,
    /// Whether the marks are single ones.
    pub single: bool,
    /// Whether it has a closing mark; an open one runs to the end of its paragraph.
    pub closed: bool,
    /// Whether it goes on with the quotation before it, which its paragraph left open.
    pub continues: bool,
    /// Number of the quotation that it stands in.
    pub within: Option<u32>,
}

/// The quotations of `text`, in order of their start.
pub fn find(_text: &str) -> Vec<Quotation> {
    Vec::new()
}
