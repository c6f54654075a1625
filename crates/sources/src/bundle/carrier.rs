//! The kinds of file that an export of a press database comes in.

use crate::fault::Fault;
use crate::lines::{self, Line};

/// A kind of file, as far as it matters for the layout of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// XML.
    Xml,
    /// Word or RTF.
    Word,
    /// PDF.
    Pdf,
}

impl Carrier {
    /// Returns the kind called `name` in the tables of layouts.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "html" => Self::Html,
            "xml" => Self::Xml,
            "word" => Self::Word,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }

    /// Returns the kind of a decoded file that is text, HTML or XML.
    pub(super) fn of_text(text: &str) -> Self {
        let start = &text[..text.floor_char_boundary(2000)];
        let start = start.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        match start.strip_prefix('<') {
            None => Self::Text,
            Some(_) if start.starts_with("<?xml") && !start.contains("<html") => Self::Xml,
            Some(_) => Self::Html,
        }
    }

    /// Returns the lines of a decoded file of this kind, and the line and the reason where reading ended early.
    pub(super) fn lines(self, text: &str) -> (Vec<Line>, Option<(usize, Fault)>) {
        match self {
            Self::Html => (lines::html::lines(text), None),
            Self::Xml => lines::xml::lines(text),
            Self::Text | Self::Word | Self::Pdf => (lines::text::lines(text), None),
        }
    }
}
