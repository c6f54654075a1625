use std::io;

use readout_store::StoreError;

/// The reason why something could not be done. Reports that cannot be read are no errors: see
/// [`crate::Reading::notes`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file of documents and records.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An id that means nothing, or more than one thing.
    #[error(transparent)]
    Id(crate::UnclearId),
    /// A correction that fits nothing.
    #[error("{message}")]
    Correction {
        /// Why, one sentence.
        message: String,
    },
    /// A question that cannot be answered as it is put: says what is allowed.
    #[error("{message}")]
    Question {
        /// Why, one sentence.
        message: String,
    },
    /// An export that cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl Error {
    /// Whether the question was put wrongly: another way of asking has an answer.
    pub const fn is_question(&self) -> bool {
        matches!(self, Self::Question { .. } | Self::Store(StoreError::Question { .. }))
    }

    /// Whether the question took too long, or was called off.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stopped { .. }))
    }
}
