//! The reasons why a round cannot be made.

use std::io;
use std::path::{Path, PathBuf};

/// The reason why a round cannot be made. An address that does not answer is no error but a note of the round.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// A file or folder of captures.
    #[error("{}: {source}", path.display())]
    Captures {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The client that asks.
    #[error("no connection can be made safe: {0}")]
    Client(String),
}

impl CollectError {
    /// Returns a function that makes the error of a file or folder.
    pub(crate) fn of(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Captures { path, source }
    }
}
