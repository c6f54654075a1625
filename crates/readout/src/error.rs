use std::io;

use readout_store::StoreError;

/// Why something could not be done. Reports that cannot be read are no errors: see [`crate::Reading::notes`].
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
    /// Where the export was to go.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}
