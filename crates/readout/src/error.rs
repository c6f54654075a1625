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

    /// Returns what may help; `None` if nothing that is known does.
    pub const fn hint(&self) -> Option<&'static str> {
        let Self::Store(error) = self else { return None };
        Some(match error {
            StoreError::Missing { .. } => "make it with: readout read PATH --into FILE",
            StoreError::NotReadout { .. } => "name another file; this one was left as it was",
            StoreError::Newer { .. } => "use the Readout that wrote it, or a newer one",
            StoreError::Older { .. } => "copy it to where it may be written, and open it there",
            StoreError::Replaced { .. } => "read the same again: what is there already is not read twice",
            StoreError::Full { .. } => {
                "make room and read the same again: what is there already is not read twice"
            }
            StoreError::Stopped { .. } => "fewer words, and more filters, are found faster",
            StoreError::Busy { .. } => "wait until the other run is done",
            StoreError::Damaged { .. } | StoreError::Form { .. } => {
                "read the reports into a new file; readout verify tells what is damaged"
            }
            _ => return None,
        })
    }

    /// Whether the question took too long, or was called off.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Store(StoreError::Stopped { .. }))
    }
}
