use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use readout_record::{Document, DocumentId, DocumentRecords, Mention, Record, wire};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde_json::Value;

use crate::{Result, StoreError};

/// `RDOT` in ASCII.
const APPLICATION_ID: i64 = 0x5244_4F54;

/// Number n makes a file of form n + 1 out of one of form n.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
];

/// The kinds of record that documents are counted by, see [`crate::Facets`]; their order is that of the bits in
/// `document_facets.kinds`.
pub const FACET_KINDS: [&str; 6] = ["statement", "event", "meeting", "incident", "condition", "commitment"];

/// What stands before the colon of an id, colon included.
const ID_KINDS: [&str; 22] = [
    "doc:",
    "statement:",
    "event:",
    "meeting:",
    "incident:",
    "condition:",
    "commitment:",
    "agreement:",
    "position:",
    "quote:",
    "happening:",
    "story:",
    "state:",
    "person:",
    "org:",
    "organisation:",
    "group:",
    "outlet:",
    "office:",
    "unnamed:",
    "place:",
    "mention:",
];

/// How long to wait for another process that writes, in milliseconds.
const PATIENCE: u64 = 5_000;

/// A file of documents and records.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// A run that may change the file; it enters the log with its first change.
#[derive(Debug)]
pub struct Operation {
    kind: &'static str,
    version: String,
    detail: Value,
    number: Option<i64>,
}

impl Operation {
    /// A run of `kind` by the program's `version`; `detail` says on what.
    pub fn new(kind: &'static str, version: &str, detail: Value) -> Self {
        Self { kind, version: version.to_owned(), detail, number: None }
    }

    /// Whether it has changed anything.
    pub fn changed(&self) -> bool {
        self.number.is_some()
    }

    fn number(&mut self, connection: &Connection) -> rusqlite::Result<i64> {
        if let Some(number) = self.number {
            return Ok(number);
        }
        connection
            .prepare_cached("INSERT INTO operations (kind, version, detail) VALUES (?, ?, ?)")?
            .execute(params![self.kind, self.version, self.detail.to_string()])?;
        Ok(connection.last_insert_rowid())
    }

    /// Enters it in the log within a change that `connection` has begun.
    pub(crate) fn enter(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.number = Some(self.number(connection)?);
        Ok(())
    }
}

/// An operation as the log has it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedOperation {
    /// Its place in the log, from 1.
    pub number: u64,
    /// `read`, `link` …
    pub kind: String,
    /// The program's version.
    pub version: String,
    /// On what.
    pub detail: Value,
}

/// Where a report was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The same for all versions of a report: an absolute path and row, or an address. Stays in the file.
    pub location: String,
    /// How the record names it.
    pub path: Option<String>,
}

/// What came of storing a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// A report that was not there before.
    New,
    /// A newer version of the report with this id.
    NewVersion(DocumentId),
    /// It was there already, at this place: nothing changed.
    Known,
    /// It was there already, from elsewhere.
    KnownElsewhere,
}

/// Which stored versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Current {
    /// Those that stand at their place now.
    Only,
    /// All that ever stood there.
    All,
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
        connection.set_prepared_statement_cache_capacity(64);

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
        }
        let writable = !connection.is_readonly("main").map_err(error)?;
        if writable {
            connection
                .query_row("PRAGMA journal_mode = wal", [], |row| row.get::<_, String>(0))
                .map_err(error)?;
            // In a log, NORMAL loses nothing when the process dies, and never the file's form when power fails.
            connection.pragma_update(None, "synchronous", "normal").map_err(error)?;
        }
        connection.pragma_update(None, "foreign_keys", true).map_err(error)?;
        connection.pragma_update(None, "trusted_schema", false).map_err(error)?;
        if form < known {
            migrate(&mut connection, form).map_err(error)?;
        }
        Ok(Self { connection, path: path.to_owned() })
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

    /// Runs `change` as one transaction, and enters `operation` in the log if it is new.
    fn change<T>(
        &mut self,
        operation: &mut Operation,
        change: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<T>,
    ) -> Result<T> {
        transact(&mut self.connection, operation, change).map_err(|error| StoreError::new(&self.path, &error))
    }

    /// How many reports stand in the file now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self) -> Result<usize> {
        self.connection
            .prepare_cached("SELECT count(*) FROM document_facets WHERE places > 0")
            .and_then(|mut query| query.query_row([], |row| row.get::<_, i64>(0)))
            .map(|count| count.unsigned_abs() as usize)
            .map_err(|error| self.error(&error))
    }

    /// The ids of all stored versions, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ids(&self) -> Result<Vec<DocumentId>> {
        self.strings("SELECT id FROM documents ORDER BY id")
    }

    fn strings(&self, query: &str) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection.prepare_cached(query)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.error(&error))
    }

    /// Stores a report with its records. One that is there already is not stored again, whatever records come with
    /// it; only its new place is.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of this document is.
    pub fn add(
        &mut self,
        operation: &mut Operation,
        origin: &Origin,
        document: &Document,
        records: &DocumentRecords,
    ) -> Result<Stored> {
        if let Some(number) = self.number(&document.id)? {
            return self.place(operation, origin, number);
        }
        let bodies = Bodies::of(document, records).map_err(|error| self.form_error(&document.id, &error))?;
        let replaced = self.change(operation, |transaction, operation| {
            transaction
                .prepare_cached(
                    "INSERT INTO documents (id, title, outlet, published, text, text_sha256, body, mentions, operation)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    document.id,
                    document.title,
                    document.outlet,
                    document.published,
                    document.text,
                    document.text_sha256,
                    bodies.document,
                    bodies.mentions,
                    operation
                ])?;
            let number = transaction.last_insert_rowid();
            let mut insert = transaction
                .prepare_cached("INSERT INTO records (document, kind, id, body) VALUES (?, ?, ?, ?)")?;
            for (kind, id, body) in &bodies.records {
                insert.execute(params![number, kind, id, body])?;
            }
            drop(insert);
            transaction
                .prepare_cached(
                    "INSERT INTO document_facets (document, outlet, day, kinds, places) VALUES (?, ?, ?, ?, 0)",
                )?
                .execute(params![
                    number,
                    document.outlet,
                    document.published.as_deref().map_or("", day),
                    bodies.kinds()
                ])?;
            insert_place(transaction, operation, origin, number)
        })?;
        Ok(replaced.map_or(Stored::New, Stored::NewVersion))
    }

    /// Notes that the stored report `id` stands at `origin`; [`Stored::Known`] if that is known.
    ///
    /// # Errors
    /// When the file cannot be written, or holds no such report.
    pub fn add_place(&mut self, operation: &mut Operation, origin: &Origin, id: &str) -> Result<Stored> {
        let Some(number) = self.number(id)? else {
            return Err(StoreError::Other {
                path: self.path.clone(),
                message: format!("{id} is not stored"),
            });
        };
        self.place(operation, origin, number)
    }

    fn place(&mut self, operation: &mut Operation, origin: &Origin, number: i64) -> Result<Stored> {
        let standing = self
            .connection
            .prepare_cached(
                "SELECT document, path FROM places WHERE location = ? ORDER BY number DESC LIMIT 1",
            )
            .and_then(|mut query| {
                query
                    .query_row([&origin.location], |row| {
                        Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?))
                    })
                    .optional()
            })
            .map_err(|error| self.error(&error))?;
        if standing.is_some_and(|(document, _)| document == number) {
            return Ok(Stored::Known);
        }
        self.change(operation, |transaction, operation| {
            insert_place(transaction, operation, origin, number)
        })?;
        Ok(Stored::KnownElsewhere)
    }

    fn number(&self, id: &str) -> Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT number FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))
    }

    /// The ids that linking changed in the records of `document`, or of all documents; which stand for
    /// others (an empty document: in any).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn renamed(&self, document: Option<&str>) -> Result<BTreeMap<(DocumentId, String), String>> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT document, local, linked FROM renamed
                     WHERE ?1 IS NULL OR document = '' OR document = ?1",
                )?
                .query_map([document], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
                .collect()
        };
        read().map_err(|error| self.error(&error))
    }

    /// Whether documents came since they were last linked, or another version of the program linked them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn links_are_stale(&self, version: &str) -> Result<bool> {
        self.connection
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM document_facets WHERE (places > 0) <> linked)
                     OR EXISTS (SELECT 1 FROM document_facets WHERE linked)
                        AND coalesce((SELECT version FROM operations WHERE kind = 'link'
                                      ORDER BY number DESC LIMIT 1), '') <> ?",
                [version],
                |row| row.get(0),
            )
            .map_err(|error| self.error(&error))
    }

    /// The run that linked last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_link(&self) -> Result<Option<LoggedOperation>> {
        let which = "WHERE number = (SELECT max(number) FROM operations WHERE kind = 'link')";
        Ok(self.logged(which)?.pop())
    }

    /// How many current reports were read by a run whose knowledge of one's own was not `knowledge` (a fingerprint;
    /// `None`: only what the program ships).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_otherwise(&self, knowledge: Option<&str>) -> Result<u64> {
        self.connection
            .query_row(
                "SELECT count(*) FROM documents JOIN operations ON operations.number = documents.operation
                 WHERE json_extract(operations.detail, '$.knowledge') IS NOT ?
                   AND documents.number IN (SELECT document FROM current_places)",
                [knowledge],
                |row| row.get::<_, i64>(0),
            )
            .map(i64::unsigned_abs)
            .map_err(|error| self.error(&error))
    }

    /// The run that read the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reading_of(&self, id: &str) -> Result<Option<LoggedOperation>> {
        let number: Option<i64> = self
            .connection
            .prepare_cached("SELECT operation FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))?;
        let number = number.map(i64::unsigned_abs);
        Ok(self.operations()?.into_iter().find(|operation| Some(operation.number) == number))
    }

    /// The reports in the order of their ids, with path, [`Document::replaces`] and [`Document::copies_of`] filled in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn documents(&self, which: Current) -> Result<Vec<Document>> {
        let ids = match which {
            Current::All => self.ids()?,
            Current::Only => self.strings(
                "SELECT id FROM documents JOIN document_facets ON document = number WHERE places > 0 ORDER BY id",
            )?,
        };
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.document(&id)?);
        }
        Ok(found)
    }

    /// The stored report `id`, as [`Store::documents`] gives it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<Document>> {
        let read = || {
            let mut query = self.connection.prepare_cached(
                "SELECT number, body, text, text_sha256,
                        (SELECT body FROM copies WHERE copies.document = documents.number)
                 FROM documents WHERE id = ?",
            )?;
            query
                .query_row([id], |row| {
                    let text = |at| row.get::<_, String>(at);
                    Ok((
                        row.get::<_, i64>(0)?,
                        text(1)?,
                        text(2)?,
                        text(3)?,
                        row.get::<_, Option<String>>(4)?,
                    ))
                })
                .optional()
        };
        let Some((number, body, text, sha256, copies)) = read().map_err(|error| self.error(&error))? else {
            return Ok(None);
        };
        let mut document: Document =
            serde_json::from_str(&body).map_err(|error| self.form_error(id, &error))?;
        document.text = text;
        document.text_sha256 = sha256;
        if let Some(copies) = copies {
            document.copies_of =
                serde_json::from_str(&copies).map_err(|error| self.form_error(id, &error))?;
        }
        document.path = self.path_of(number)?.or(document.path);
        document.replaces = self.replaced_by(number)?;
        Ok(Some(document))
    }

    /// Of the paths under which a document stands or stood, the first in their order: the same whatever came first.
    fn path_of(&self, number: i64) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT min(path) FROM places WHERE document = ?")
            .and_then(|mut query| query.query_row([number], |row| row.get(0)))
            .map_err(|error| self.error(&error))
    }

    /// What stood at the place where document `number` first came, if it stands nowhere now.
    fn replaced_by(&self, number: i64) -> Result<Option<DocumentId>> {
        self.connection
            .prepare_cached(
                "SELECT documents.id FROM places AS place
                 JOIN places AS before ON before.location = place.location AND before.number < place.number
                 JOIN documents ON documents.number = before.document
                 WHERE place.number = (SELECT min(number) FROM places WHERE document = ?1)
                   AND (SELECT places FROM document_facets WHERE document = before.document) = 0
                 ORDER BY before.number DESC LIMIT 1",
            )
            .and_then(|mut query| query.query_row([number], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))
    }

    /// The records of the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read, or holds records that are not of the form of their kind.
    pub fn records_of(&self, id: &str) -> Result<DocumentRecords> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT records.id, records.body FROM records JOIN documents ON documents.number = records.document
                     WHERE documents.id = ? ORDER BY records.number",
                )?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let mut found = DocumentRecords { mentions: self.mentions_of(id)?, ..DocumentRecords::default() };
        for (id, body) in read().map_err(|error| self.error(&error))? {
            match wire::from_line(&body).map_err(|error| self.form_error(&id, &error))? {
                Record::Statement(it) => found.statements.push(it),
                Record::Event(it) => found.events.push(it),
                Record::Meeting(it) => found.meetings.push(it),
                Record::Incident(it) => found.incidents.push(it),
                Record::Condition(it) => found.conditions.push(it),
                Record::Commitment(it) => found.commitments.push(it),
                Record::Agreement(it) => found.agreements.push(it),
                Record::Position(it) => found.positions.push(it),
                Record::Document(_)
                | Record::Actor(_)
                | Record::Quote(_)
                | Record::Happening(_)
                | Record::Story(_)
                | Record::Correction(_) => {}
            }
        }
        Ok(found)
    }

    /// The version of the stored report `id` that stands now where it stood; `None` if that is the report itself, or
    /// nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn successor(&self, id: &str) -> Result<Option<DocumentId>> {
        self.connection
            .prepare_cached(
                "SELECT now.id FROM documents AS before
                 JOIN document_facets ON document_facets.document = before.number AND places = 0
                 JOIN places ON places.document = before.number
                 JOIN current_places ON current_places.location = places.location
                 JOIN documents AS now ON now.number = current_places.document
                 WHERE before.id = ? ORDER BY places.number DESC LIMIT 1",
            )
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))
    }

    /// How many records there are of the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_records(&self, id: &str) -> Result<usize> {
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM records
                 WHERE document = (SELECT number FROM documents WHERE id = ?)
                   AND kind NOT IN ('agreement', 'position')",
            )
            .and_then(|mut query| query.query_row([id], |row| row.get::<_, i64>(0)))
            .map(|count| count.unsigned_abs() as usize)
            .map_err(|error| self.error(&error))
    }

    fn mentions_of(&self, id: &str) -> Result<Vec<Mention>> {
        let body: Option<String> = self
            .connection
            .prepare_cached("SELECT mentions FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))?;
        body.map_or(Ok(Vec::new()), |body| {
            serde_json::from_str(&body).map_err(|error| self.form_error(id, &error))
        })
    }

    /// What documents share, by kind and id; of `kind` alone if there is one.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn links(&self, kind: Option<&str>) -> Result<Vec<Record>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT id, body FROM links WHERE kind = coalesce(?, kind) ORDER BY kind, id",
                )?
                .query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.error(&error))?;
        rows.iter()
            .map(|(id, body)| wire::from_line(body).map_err(|error| self.form_error(id, &error)))
            .collect()
    }

    /// The ids (of documents, records and links) that are `id`, or that have it after their kind, or that start so:
    /// the exact one alone if there is one, else at most `limit`, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, id: &str, limit: usize) -> Result<Vec<String>> {
        let query = |condition: &str, values: &[&str]| -> Result<Vec<String>> {
            let tables = ["documents", "records", "links"].map(|table| {
                format!("SELECT * FROM (SELECT id FROM {table} WHERE {condition} LIMIT {limit})")
            });
            let read = || -> rusqlite::Result<Vec<String>> {
                self.connection
                    .prepare_cached(&tables.join(" UNION "))?
                    .query_map(rusqlite::params_from_iter(values), |row| row.get(0))?
                    .collect()
            };
            read().map_err(|error| self.error(&error))
        };
        let exact = query("id = ?1", &[id])?;
        if !exact.is_empty() || id.is_empty() {
            return Ok(exact);
        }
        // Every id starts with a kind: one range of the index for each, and one for an id typed with its kind.
        let mut found: Vec<String> = Vec::new();
        for kind in std::iter::once("").chain(ID_KINDS) {
            let start = format!("{kind}{id}");
            found.extend(query("id >= ?1 AND id < ?2", &[&start, &format!("{start}\u{10FFFF}")])?);
        }
        found.sort();
        found.dedup();
        found.truncate(limit);
        Ok(found)
    }

    /// The record or link with this id, as it was stored.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn record(&self, id: &str) -> Result<Option<Record>> {
        let read = |query: &str| -> rusqlite::Result<Option<String>> {
            self.connection.prepare_cached(query)?.query_row([id], |row| row.get(0)).optional()
        };
        let body = read("SELECT body FROM links WHERE id = ? ORDER BY kind LIMIT 1")
            .and_then(|found| match found {
                Some(body) => Ok(Some(body)),
                None => read("SELECT body FROM records WHERE id = ? ORDER BY number LIMIT 1"),
            })
            .map_err(|error| self.error(&error))?;
        match body {
            Some(body) => wire::from_line(&body).map(Some).map_err(|error| self.form_error(id, &error)),
            None => Ok(self.document(id)?.map(Record::Document)),
        }
    }

    /// Enters `operation`, which changes nothing else, in the log; gives its number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn log(&mut self, operation: &mut Operation) -> Result<u64> {
        self.change(operation, |_, number| Ok(number.unsigned_abs()))
    }

    /// The entries on corrections and what was undone of them, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<LoggedOperation>> {
        self.logged("WHERE kind IN ('correct', 'undo')")
    }

    /// The log, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations(&self) -> Result<Vec<LoggedOperation>> {
        self.logged("")
    }

    fn logged(&self, which: &str) -> Result<Vec<LoggedOperation>> {
        let read = || -> rusqlite::Result<Vec<(i64, String, String, String)>> {
            self.connection
                .prepare_cached(&format!(
                    "SELECT number, kind, version, detail FROM operations {which} ORDER BY number"
                ))?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.error(&error))?;
        Ok(rows
            .into_iter()
            .map(|(number, kind, version, detail)| LoggedOperation {
                number: number.unsigned_abs(),
                kind,
                version,
                detail: serde_json::from_str(&detail).unwrap_or(Value::String(detail)),
            })
            .collect())
    }
}

fn transact<T>(
    connection: &mut Connection,
    operation: &mut Operation,
    change: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = operation.number(&transaction)?;
    let value = change(&transaction, number)?;
    transaction.commit()?;
    // Only what is committed is in the log.
    operation.number = Some(number);
    Ok(value)
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

/// Adds a row for what stands at `origin`; gives what stood there.
fn insert_place(
    transaction: &Transaction<'_>,
    operation: i64,
    origin: &Origin,
    number: i64,
) -> rusqlite::Result<Option<DocumentId>> {
    let before = transaction
        .prepare_cached(
            "SELECT documents.number, documents.id FROM places JOIN documents ON documents.number = places.document
             WHERE location = ? ORDER BY places.number DESC LIMIT 1",
        )?
        .query_row([&origin.location], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, DocumentId>(1)?)))
        .optional()?;
    transaction
        .prepare_cached("INSERT INTO places (location, path, document, operation) VALUES (?, ?, ?, ?)")?
        .execute(params![origin.location, origin.path, number, operation])?;
    let mut count = transaction.prepare_cached(
        "UPDATE document_facets SET places = (SELECT count(*) FROM current_places WHERE document = ?1)
         WHERE document = ?1",
    )?;
    if let Some((before, _)) = &before {
        count.execute([before])?;
    }
    count.execute([number])?;
    Ok(before.map(|(_, id)| id))
}

/// The last day of what a link tells of, as it gives it.
pub(crate) fn last_day(record: &Record) -> Option<&str> {
    match record {
        Record::Story(it) => it.to.as_deref().or(it.from.as_deref()),
        Record::Happening(it) => it.time.as_ref().and_then(|time| time.from.as_deref()),
        Record::Position(it) => it.since.as_deref(),
        _ => None,
    }
}

/// Enters the documents in which the link `number` stands.
pub(crate) fn insert_link_members(
    connection: &Connection,
    record: &Record,
    number: i64,
) -> rusqlite::Result<()> {
    let mut of_document = connection.prepare_cached(
        "INSERT OR IGNORE INTO link_members (document, link) SELECT number, ?2 FROM documents WHERE id = ?1",
    )?;
    let mut of_record = connection.prepare_cached(
        "INSERT OR IGNORE INTO link_members (document, link) SELECT document, ?2 FROM records WHERE id = ?1",
    )?;
    let mut story = connection.prepare_cached(
        "UPDATE document_facets SET story = ?2 WHERE document = (SELECT number FROM documents WHERE id = ?1)",
    )?;
    match record {
        Record::Quote(it) => {
            it.members.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Happening(it) => {
            it.members.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Position(it) => {
            it.evidence.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Agreement(it) => {
            it.terms.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
            let steps = it.status.iter().map(|step| &step.evidence);
            for passage in it.evidence.iter().chain(steps) {
                of_document.execute(params![passage.doc, number])?;
            }
        }
        Record::Story(it) => {
            for doc in &it.documents {
                of_document.execute(params![doc, number])?;
                story.execute(params![doc, it.id])?;
            }
        }
        // An actor stands wherever it is mentioned, see `Linking::set_actors`.
        _ => {}
    }
    connection
        .prepare_cached(
            "UPDATE links SET size = (SELECT count(*) FROM link_members WHERE link = ?1) WHERE number = ?1",
        )?
        .execute([number])
        .map(drop)
}

/// The day of a date or date-time.
pub(crate) fn day(date: &str) -> &str {
    date.get(..10).unwrap_or("")
}

/// A document and its records as JSON.
struct Bodies {
    document: String,
    mentions: String,
    records: Vec<(&'static str, String, String)>,
}

impl Bodies {
    /// The kinds of record there are, a bit for each of [`FACET_KINDS`].
    fn kinds(&self) -> i64 {
        let bit = |(kind, _, _): &(&str, String, String)| FACET_KINDS.iter().position(|it| it == kind);
        self.records.iter().filter_map(bit).fold(0, |bits, bit| bits | 1 << bit)
    }

    fn of(document: &Document, records: &DocumentRecords) -> serde_json::Result<Self> {
        let bare = Document {
            text: String::new(),
            text_sha256: String::new(),
            copies_of: Vec::new(),
            replaces: None,
            ..document.clone()
        };
        let mut bodies = Vec::new();
        let mut push = |record: Record| {
            let body = wire::to_line(&record)?;
            bodies.push((record.kind(), record.id().to_owned(), body));
            serde_json::Result::Ok(())
        };
        records.statements.iter().cloned().map(Record::Statement).try_for_each(&mut push)?;
        records.events.iter().cloned().map(Record::Event).try_for_each(&mut push)?;
        records.meetings.iter().cloned().map(Record::Meeting).try_for_each(&mut push)?;
        records.incidents.iter().cloned().map(Record::Incident).try_for_each(&mut push)?;
        records.conditions.iter().cloned().map(Record::Condition).try_for_each(&mut push)?;
        records.commitments.iter().cloned().map(Record::Commitment).try_for_each(&mut push)?;
        records.agreements.iter().cloned().map(Record::Agreement).try_for_each(&mut push)?;
        records.positions.iter().cloned().map(Record::Position).try_for_each(&mut push)?;
        Ok(Self {
            document: serde_json::to_string(&bare)?,
            mentions: serde_json::to_string(&records.mentions)?,
            records: bodies,
        })
    }
}
