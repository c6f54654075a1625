//! The file itself: opened, made, and brought to its newest form.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::ending::Watch;
use crate::{Result, StoreError};

/// `RDOT` in ASCII.
const APPLICATION_ID: i64 = 0x5244_4F54;

/// Number n makes a file of form n + 1 out of one of form n.
const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
];

/// How long to wait for another process that writes, in milliseconds.
const PATIENCE: u64 = 5_000;

/// Pages that a connection keeps in memory, in KiB: linking comes back to the same ones again and again.
const WRITING_CACHE: i64 = 64 * 1024;
const READING_CACHE: i64 = 16 * 1024;

/// A file of documents and records.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) watch: Watch,
}

impl Store {
    /// Opens the file at `path`, and makes it first if there is none.
    ///
    /// # Errors
    /// When it is no file of Readout, or of a newer one, or cannot be read or written.
    pub fn create(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::at(path, flags, true)
    }

    /// Opens the file at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is no such file.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        match Self::at(path, OpenFlags::SQLITE_OPEN_READ_WRITE, false) {
            Err(StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. }) => {
                Self::at(path, OpenFlags::SQLITE_OPEN_READ_ONLY, false)
            }
            opened => opened,
        }
    }

    pub(crate) fn at(path: &Path, flags: OpenFlags, create: bool) -> Result<Self> {
        if path.is_dir() {
            return Err(StoreError::CannotOpen {
                path: path.to_owned(),
                message: "it is a folder".to_owned(),
            });
        }
        let error = |error: rusqlite::Error| StoreError::new(path, &error);
        let mut connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(error)?;
        connection.busy_timeout(std::time::Duration::from_millis(PATIENCE)).map_err(error)?;
        connection.set_prepared_statement_cache_capacity(128);
        // One plan for each statement, whatever it is asked for: SQLite would plan anew for every other limit.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;

        let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(error)?;
        let (application, version) =
            (pragma("application_id").map_err(error)?, pragma("user_version").map_err(error)?);
        let fresh = tables == 0 && application == 0 && version == 0;
        if application != APPLICATION_ID && !(fresh && create) {
            return Err(StoreError::NotReadout { path: path.to_owned() });
        }
        let known = MIGRATIONS.len();
        let form = usize::try_from(version).unwrap_or(usize::MAX);
        if form > known {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found: u32::try_from(form).unwrap_or(u32::MAX),
                known: known as u32,
            });
        }
        if fresh {
            connection.pragma_update(None, "page_size", 8192).map_err(error)?;
            // First of all, so that a file whose making is cut short is known for what it is.
            connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(error)?;
        }
        let writable = !connection.is_readonly("main").map_err(error)?;
        if writable {
            connection
                .query_row("PRAGMA journal_mode = wal", [], |row| row.get::<_, String>(0))
                .map_err(error)?;
            // In a log, NORMAL loses nothing when the process dies, and never the file's form when power fails.
            connection.pragma_update(None, "synchronous", "normal").map_err(error)?;
        }
        let cache = if writable { WRITING_CACHE } else { READING_CACHE };
        connection.pragma_update(None, "cache_size", -cache).map_err(error)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(error)?;
        connection.pragma_update(None, "trusted_schema", false).map_err(error)?;
        if form < known {
            migrate(&mut connection, form).map_err(error)?;
        }
        let watch = Watch::over(&mut connection).map_err(error)?;
        Ok(Self { connection, path: path.to_owned(), watch })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn error(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::new(&self.path, error)
    }

    pub(crate) fn form_error(&self, id: &str, error: &serde_json::Error) -> StoreError {
        StoreError::Form { path: self.path.clone(), id: id.to_owned(), message: error.to_string() }
    }
}

/// Brings a file of form `form` to the newest form, in one transaction.
fn migrate(connection: &mut Connection, form: usize) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    // Another process may have been quicker.
    let form_now: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let form = form.max(usize::try_from(form_now).unwrap_or(form));
    for migration in MIGRATIONS.iter().skip(form) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    transaction.commit()
}
