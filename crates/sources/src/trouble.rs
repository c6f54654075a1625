//! Problems with files and rows.

use readout_record::Note;

use crate::fault::Fault;

/// A problem with a file or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The file (and row), and the message about it.
    pub note: Note,
    /// The reason why something was not read. `None` if something was mended or rightly passed over.
    pub fault: Option<Box<Fault>>,
}

impl Trouble {
    /// Whether a report may be missing because of the problem.
    pub const fn is_unread(&self) -> bool {
        self.fault.is_some()
    }

    pub(crate) fn unread(about: impl Into<String>, fault: impl Into<Fault>) -> Self {
        let fault = fault.into();
        Self { note: Note::new(about, fault.message()), fault: Some(Box::new(fault)) }
    }

    pub(crate) fn mended(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { note: Note::new(about, message), fault: None }
    }
}
