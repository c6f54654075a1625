//! Problems with files and rows.

use readout_record::Note;

/// A problem with a file or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The file (and row), and the message about it.
    pub note: Note,
    /// True if a report may be missing because of the problem. Otherwise something was mended or rightly passed over.
    pub unread: bool,
}

impl Trouble {
    pub(crate) fn unread(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { note: Note::new(about, message), unread: true }
    }

    pub(crate) fn mended(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { note: Note::new(about, message), unread: false }
    }
}
