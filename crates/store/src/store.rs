//! The file itself: opened, and made if there is none.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::ending::{Ending, Watch};
use crate::error::Unopened;
use crate::{Result, StoreError};

/// `RDOT` in ASCII.
const APPLICATION_ID: i64 = 0x5244_4F54;

/// The form of the files that this version reads and writes. Files of another form are refused.
const FORM: u32 = 9;

/// The form before it. A file of that form is brought up to date where it can be written.
const FORMER: u32 = 8;

/// The tables of a file of the former form.
const SCHEMA: &str = include_str!("schema.sql");

/// What the present form has beside them.
const UPGRADE: &str = include_str!("upgrade_9.sql");

/// Number of attempts to write while another process writes, [`NAP`] milliseconds apart. Linking a large file keeps
/// others out for seconds.
const PATIENCE: i32 = 3_000;
const NAP: u64 = 10;

/// Memory for pages of the file, in KiB. Linking reads the same pages again and again.
const WRITING_CACHE: i64 = 64 * 1024;
const READING_CACHE: i64 = 16 * 1024;

/// The way a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// To read and write; made if there is none.
    Make,
    /// To read and write.
    Write,
    /// To read alone.
    Read,
    /// To read alone, if nothing can be written beside the file and nobody else writes: on read-only media, on a full
    /// disk.
    Still,
}

/// The identity of the file at a path, by which another file that is there later is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    path: PathBuf,
    file: (u64, u64),
    made: Option<SystemTime>,
    /// For a file that is read as it stands: its length in bytes and when it was changed.
    still: Option<(u64, Option<SystemTime>)>,
}

impl Standing {
    fn at(path: &Path, still: bool) -> std::io::Result<Self> {
        let data = std::fs::metadata(path)?;
        #[cfg(unix)]
        let file = (std::os::unix::fs::MetadataExt::dev(&data), std::os::unix::fs::MetadataExt::ino(&data));
        #[cfg(not(unix))]
        let file = (0, 0);
        let still = still.then(|| (data.len(), data.modified().ok()));
        Ok(Self { path: path.to_owned(), file, made: data.created().ok(), still })
    }

    /// Whether the file is still at its path, and no changes beside it are still to be read.
    ///
    /// # Errors
    /// When no file is there.
    pub fn is_current(&self) -> Result<bool> {
        let still = self.still.is_some();
        match Self::at(&self.path, still) {
            Ok(now) => Ok(now == *self && !(still && has_log(&self.path))),
            Err(_) => Err(StoreError::Missing { path: self.path.clone() }),
        }
    }
}

/// A file of documents and records.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    standing: Standing,
    pub(crate) watch: Watch,
}

impl Store {
    /// Opens the file at `path`, and makes it first if there is none.
    ///
    /// # Errors
    /// When it is no file of Readout, or one of another form, or cannot be read or written.
    pub fn create(path: &Path) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(end) = BESIDE.iter().find(|end| name.ends_with(**end)) {
            return Err(StoreError::CannotOpen { path: path.to_owned(), reason: Unopened::Name { end } });
        }
        // One with the usual name may be of a run that was killed at once; any other is somebody else's.
        let empty = std::fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() == 0);
        if empty && path.extension().is_none_or(|end| end != "readout") {
            return Err(StoreError::NotReadout { path: path.to_owned() });
        }
        Self::at(path, Access::Make)
    }

    /// Opens the file at `path`, which must be there. If it cannot be written, it is opened to read alone.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is no such file.
    pub fn open(path: &Path) -> Result<Self> {
        Self::first_of(path, &[Access::Write, Access::Read, Access::Still])
    }

    /// Opens the file at `path`, which must be there, to read alone: nothing is written to it through this connection,
    /// whatever is asked of it.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn reader(path: &Path) -> Result<Self> {
        let store = Self::first_of(path, &[Access::Read, Access::Still])?;
        store.connection.pragma_update(None, "query_only", true).map_err(|error| store.error(error))?;
        Ok(store)
    }

    /// Opens the file at `path` in the first of these `ways` that the media lets.
    fn first_of(path: &Path, ways: &[Access]) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let mut failed = StoreError::Missing { path: path.to_owned() };
        for way in ways {
            match Self::at(path, *way) {
                // The other ways fail because the disk is full.
                Err(StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. })
                    if matches!(failed, StoreError::Full { .. }) => {}
                Err(
                    error @ (StoreError::ReadOnly { .. }
                    | StoreError::CannotOpen { .. }
                    | StoreError::Full { .. }),
                ) => failed = error,
                opened => return opened,
            }
        }
        Err(failed)
    }

    fn at(path: &Path, access: Access) -> Result<Self> {
        let cannot = |reason: Unopened| StoreError::CannotOpen { path: path.to_owned(), reason };
        if path.is_dir() {
            return Err(cannot(Unopened::Folder));
        }
        if access == Access::Still && has_log(path) {
            return Err(cannot(Unopened::Log));
        }
        // Taken before the file is opened: a file that replaces it in between counts as another.
        let before = Standing::at(path, access == Access::Still);
        let error = |error: rusqlite::Error| StoreError::new(path, error);
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
            | match access {
                Access::Make => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
                Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
                Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
                Access::Still => OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            };
        let opened = match access {
            Access::Still => Connection::open_with_flags(still_address(path), flags),
            _ => Connection::open_with_flags(path, flags),
        };
        let create = access == Access::Make;
        let mut connection = opened.map_err(error)?;
        connection.busy_handler(Some(wait)).map_err(error)?;
        connection.set_prepared_statement_cache_capacity(128);
        // One plan for each statement, whatever it is asked for: SQLite would plan anew for every other limit.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;

        // In one snapshot: another program may be making the file, and all three change with what it commits.
        let header = connection.transaction().map_err(error)?;
        let tables: i64 =
            header.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(error)?;
        let pragma = |name: &str| header.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (application, version) =
            (pragma("application_id").map_err(error)?, pragma("user_version").map_err(error)?);
        header.finish().map_err(error)?;
        let fresh = tables == 0 && application == 0 && version == 0;
        if application != APPLICATION_ID && !(fresh && create) {
            return Err(StoreError::NotReadout { path: path.to_owned() });
        }
        let found = u32::try_from(version).unwrap_or(u32::MAX);
        if found > FORM {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: FORM });
        }
        // The making of a file without tables was cut short.
        let former = found == FORMER && tables > 0;
        let writable = !connection.is_readonly("main").map_err(error)?;
        if found < FORM && tables > 0 && !(former && writable) {
            return Err(StoreError::Older { path: path.to_owned(), found, known: FORM });
        }
        if fresh {
            connection.pragma_update(None, "page_size", 8192).map_err(error)?;
            // First of all, so that a file whose making is cut short is known for what it is.
            connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(error)?;
        }
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
        if found < FORM {
            if !writable {
                return Err(StoreError::ReadOnly { path: path.to_owned() });
            }
            make(&mut connection).map_err(error)?;
        }
        let standing = before.or_else(|_| Standing::at(path, false)).map_err(|error| cannot(error.into()))?;
        let watch = Watch::over(&mut connection).map_err(error)?;
        Ok(Self { connection, path: path.to_owned(), standing, watch })
    }

    /// Returns the identity of the file that was opened.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Fails if the file was removed or replaced.
    pub(crate) fn stands_there(&self) -> Result<()> {
        if self.standing.is_current().unwrap_or(false) {
            return Ok(());
        }
        Err(StoreError::Replaced { path: self.path.clone() })
    }

    /// Returns the state of the file. It differs after each change of the file, and if another file is at its path.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn state(&self) -> Result<String> {
        let Standing { file, made, .. } = self.standing;
        Ok(format!("{file:?} {made:?} {}", self.commits()?))
    }

    /// Begins a snapshot. Until it is dropped, all queries read the file as it was at the first of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        let own = self.connection.is_autocommit();
        if own {
            self.connection.execute_batch("BEGIN").map_err(|error| self.error(error))?;
        }
        Ok(Snapshot { store: self, own })
    }

    /// Whether no snapshot is open.
    pub fn is_at_rest(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the paths of the file and of those that SQLite keeps beside it: no other output may go there.
    pub fn files(&self) -> Vec<PathBuf> {
        std::iter::once(self.path.clone()).chain(beside(&self.path)).collect()
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::new(&self.path, error)
    }

    pub(crate) fn form_error(&self, id: &str, error: serde_json::Error) -> StoreError {
        StoreError::Form { path: self.path.clone(), id: id.to_owned(), source: error }
    }

    /// Runs `work`. Its queries stop with [`StoreError::Stopped`] once `ending` has come.
    pub fn until<T>(&self, ending: &Ending, work: impl FnOnce() -> T) -> T {
        self.watch.set(Some(ending.clone()));
        let done = work();
        self.watch.set(None);
        done
    }

    /// Puts off the end of the running work to at least `time` from now, for work that is known to take long. The work
    /// can still be cancelled.
    pub fn put_off(&self, time: Duration) {
        self.watch.put_off(time);
    }

    /// Fails if the end of the running work has come. For work between two queries of the file.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] once it has.
    pub fn go_on(&self) -> Result<()> {
        match self.watch.ending() {
            Some(ending) if ending.has_come() => Err(StoreError::Stopped { path: self.path.clone() }),
            _ => Ok(()),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // The log beside the file is moved into the file, even if another program has it open: a copy of the file is
        // complete. While somebody reads, it is moved later.
        if self.connection.total_changes() > 0 && self.connection.busy_timeout(Duration::ZERO).is_ok() {
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }
}

/// The file as it stood at one moment, see [`Store::snapshot`].
#[derive(Debug)]
pub struct Snapshot<'s> {
    store: &'s Store,
    /// True for the outermost snapshot.
    own: bool,
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if self.own {
            // Nothing was written. If it fails, the connection is lost.
            let _ = self.store.connection.execute_batch("COMMIT");
        }
    }
}

/// The ends of the names of what stands beside a file while it is written.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Returns the files that SQLite keeps beside `path`: they are part of what it holds.
fn beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.iter().map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Whether the log beside the file has changes that are not in the file yet.
fn has_log(path: &Path) -> bool {
    beside(path).next().is_some_and(|log| std::fs::metadata(log).is_ok_and(|data| data.len() > 0))
}

/// Returns the address under which SQLite reads a file without locks and without files beside it.
fn still_address(path: &Path) -> String {
    let name = path.as_os_str().as_encoded_bytes();
    let mut address = String::from(if path.is_absolute() { "file://" } else { "file:" });
    for &byte in name {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address
}

/// Waits a little for another process. Returns `false` after [`PATIENCE`] attempts.
fn wait(times: i32) -> bool {
    std::thread::sleep(Duration::from_millis(NAP));
    times < PATIENCE
}

/// Makes the tables that are not there yet, in one transaction.
fn make(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    // Another process may have been quicker.
    let form: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if form == 0 {
        transaction.execute_batch(SCHEMA)?;
    }
    if form < FORM {
        transaction.execute_batch(UPGRADE)?;
        transaction.pragma_update(None, "user_version", FORM)?;
    }
    transaction.commit()
}
