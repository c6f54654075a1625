use std::io;
use std::path::PathBuf;

/// The reason why a form cannot be written or read.
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
    /// A column of a batch that is to be read.
    #[error("column {name} {reason}")]
    Column {
        /// The column's name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A row of a batch that is to be read.
    #[error("row {row} of a batch: {reason}")]
    Row {
        /// The number of the row in its batch, from 0.
        row: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that is none of the form that it is taken for.
    #[error("{}: cannot be read as {form}: {reason}", .path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// The form: `DNA`, `Parquet`.
        form: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A value that is no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The result of what writes a form.
pub type Result<T> = std::result::Result<T, ExchangeError>;
