use serde::{Deserialize, Serialize};

/// A note on something that could not be read, with the reason. It is shown to the person and is never an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The file (with row or line) or document that the note is about.
    pub about: String,
    /// One sentence without a full stop.
    pub message: String,
}

impl Note {
    /// Returns a note on `about`.
    pub fn new(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { about: about.into(), message: message.into() }
    }
}
