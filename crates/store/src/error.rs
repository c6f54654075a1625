use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the file cannot be used. Every variant names the file.
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
    #[error(
        "{}: written by an older Readout (form {found}; this one reads form {known}), and may not be written",
        path.display()
    )]
    Older { path: PathBuf, found: u32, known: u32 },
    #[error("{}: was removed or replaced while it was open", path.display())]
    Replaced { path: PathBuf },
    #[error("{}: the disk is full; what was stored before is kept", path.display())]
    Full { path: PathBuf },
    #[error("{}: another process is writing to it", path.display())]
    Busy { path: PathBuf },
    #[error("{}: may not be written", path.display())]
    ReadOnly { path: PathBuf },
    #[error("{}: cannot be opened ({message})", path.display())]
    CannotOpen { path: PathBuf, message: String },
    #[error("{}: damaged ({message})", path.display())]
    Damaged { path: PathBuf, message: String },
    #[error("{}: {id} is not stored in the form of its kind ({message})", path.display())]
    Form { path: PathBuf, id: String, message: String },
    #[error("{}: the question took too long and was stopped", path.display())]
    Stopped { path: PathBuf },
    #[error("{message}")]
    Question { path: PathBuf, message: String },
    #[error("{}: {message}", path.display())]
    Other { path: PathBuf, message: String },
}

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
            | Self::Stopped { path }
            | Self::Question { path, .. }
            | Self::Other { path, .. } => path,
        }
    }

    pub(crate) fn new(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let message = error.to_string();
        // SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE and SQLITE_IOERR_TRUNCATE: what a full disk gives besides
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
            Some(ErrorCode::CannotOpen) => Self::CannotOpen { path, message },
            Some(ErrorCode::OperationInterrupted) => Self::Stopped { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, message },
            // What is asked for is written in this crate: it is the file that lacks it, or has it otherwise.
            _ if message.starts_with("no such ") || is_of_another_form(error) => {
                Self::Damaged { path, message }
            }
            _ => Self::Other { path, message },
        }
    }
}

/// Whether a value is not what its column holds.
const fn is_of_another_form(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}
