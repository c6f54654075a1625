use std::path::Path;

use rusqlite::OpenFlags;

use crate::{Result, Store, StoreError};

impl Store {
    /// Opens the file at `path`, which must be there, to read alone: nothing is written to it through this connection,
    /// whatever is asked of it.
    ///
    /// # Errors
    /// As [`Store::open`], and when the file is of an older form, which only a connection that writes can bring up to
    /// date.
    pub fn reader(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let store = Self::at(path, OpenFlags::SQLITE_OPEN_READ_ONLY, false)?;
        store.connection.pragma_update(None, "query_only", true).map_err(|error| store.error(&error))?;
        Ok(store)
    }

    /// The number of the last operation in the log, 0 for none: whatever is told of the file stays so as long as it is
    /// the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_operation(&self) -> Result<u64> {
        self.connection
            .prepare_cached("SELECT coalesce(max(number), 0) FROM operations")
            .and_then(|mut query| query.query_row([], |row| row.get::<_, i64>(0)))
            .map(i64::unsigned_abs)
            .map_err(|error| self.error(&error))
    }
}
