//! The reasons why a file cannot be used.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The reason why a file cannot be used. Every variant names the file. The error of the database or of the form below it
/// is the `source`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum StoreError {
    #[error("{}: there is no such file", path.display())]
    Missing { path: PathBuf },
    #[error("{}: not a file that Readout wrote", path.display())]
    NotReadout { path: PathBuf },
    #[error(
        "{}: written by a newer Readout (form {found}; this one knows forms up to {known})",
        path.display()
    )]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{}: written by an older Readout (form {found}; this one reads form {known})", path.display())]
    Older { path: PathBuf, found: u32, known: u32 },
    #[error("{}: was removed or replaced while it was open", path.display())]
    Replaced { path: PathBuf },
    #[error("{}: the disk is full; what was stored before is kept", path.display())]
    Full { path: PathBuf },
    #[error("{}: another process is writing to it", path.display())]
    Busy { path: PathBuf },
    #[error("{}: may not be written", path.display())]
    ReadOnly { path: PathBuf },
    #[error("{}: cannot be opened ({reason})", path.display())]
    CannotOpen { path: PathBuf, reason: Unopened },
    #[error("{}: damaged", path.display())]
    Damaged { path: PathBuf, source: Cause },
    #[error("{}: {id} is not stored in the form of its kind", path.display())]
    Form { path: PathBuf, id: String, source: serde_json::Error },
    #[error("{}: holds no report {id}", path.display())]
    NoReport { path: PathBuf, id: String },
    #[error("{}: the question took too long and was stopped", path.display())]
    Stopped { path: PathBuf },
    #[error("{message}")]
    Question { path: PathBuf, message: String },
    #[error("{}: cannot be read or written", path.display())]
    Failed { path: PathBuf, source: Cause },
}

/// The reason why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Unopened {
    #[error("names that end in {end} are for what stands beside a file")]
    Name { end: &'static str },
    #[error("it is a folder")]
    Folder,
    #[error(
        "its newest changes stand in the file beside it whose name ends in -wal, and nothing can be written there"
    )]
    Log,
    #[error(transparent)]
    System(#[from] std::io::Error),
    #[error(transparent)]
    Database(Cause),
}

/// The error of the database below.
#[derive(Debug)]
pub struct Cause(rusqlite::Error);

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

// SQLite's own error below says the same words once more, so it is no source.
impl std::error::Error for Cause {}

impl StoreError {
    /// Returns the path of the file that the error is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::NotReadout { path }
            | Self::Newer { path, .. }
            | Self::Older { path, .. }
            | Self::Replaced { path }
            | Self::Full { path }
            | Self::Busy { path }
            | Self::ReadOnly { path }
            | Self::CannotOpen { path, .. }
            | Self::Damaged { path, .. }
            | Self::Form { path, .. }
            | Self::NoReport { path, .. }
            | Self::Stopped { path }
            | Self::Question { path, .. }
            | Self::Failed { path, .. } => path,
        }
    }

    /// Returns a hint that may help.
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing { .. } => "make it with: readout read PATH --into FILE",
            Self::NotReadout { .. } => "name another file; this one was left as it was",
            Self::Newer { .. } => "use the Readout that wrote it, or a newer one",
            Self::Older { .. } => "read the reports into a new file",
            Self::Replaced { .. } => "read the same again: what is there already is not read twice",
            Self::Full { .. } => "make room and read the same again: what is there already is not read twice",
            Self::Stopped { .. } => "fewer words, and more filters, are found faster",
            Self::Busy { .. } => "wait until the other run is done",
            Self::Damaged { .. } | Self::Form { .. } => {
                "read the reports into a new file; readout verify tells what is damaged"
            }
            _ => return None,
        })
    }

    pub(crate) fn new(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        // SQLITE_IOERR_SHMSIZE and SQLITE_IOERR_WRITE: what a full disk gives besides
        // SQLITE_FULL, since the shared-memory file of the log has to grow as well.
        const SPACE: [i32; 2] = [10 | (19 << 8), 10 | (3 << 8)];
        if error.sqlite_error().is_some_and(|it| SPACE.contains(&it.extended_code)) {
            return Self::Full { path };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::NotADatabase) => Self::NotReadout { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::CannotOpen) => {
                Self::CannotOpen { path, reason: Unopened::Database(Cause(error)) }
            }
            Some(ErrorCode::OperationInterrupted) => Self::Stopped { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, source: Cause(error) },
            // The queries are part of this crate, so it is the file that lacks a table or has another value in it.
            _ if error.to_string().starts_with("no such ") || is_of_another_form(&error) => {
                Self::Damaged { path, source: Cause(error) }
            }
            _ => Self::Failed { path, source: Cause(error) },
        }
    }
}

/// Whether a value is not of the type of its column.
const fn is_of_another_form(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}
