use serde::{Deserialize, Serialize};

/// What could not be read, and why; shown to the person, never an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The file (and row or line) or document it is about.
    pub about: String,
    /// One sentence without a full stop.
    pub message: String,
}

impl Note {
    /// A note on `about`.
    pub fn new(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { about: about.into(), message: message.into() }
    }
}
