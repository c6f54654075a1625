use std::io;

/// The reason why a form cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The output cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// A library that writes a form refuses what it is given.
    #[error("{form} cannot be written: {reason}")]
    Form {
        /// The form: `XLSX`, `Parquet`.
        form: &'static str,
        /// The library's words.
        reason: String,
    },
    /// A value that is no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The result of what writes a form.
pub type Result<T> = std::result::Result<T, ExchangeError>;
