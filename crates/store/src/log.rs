//! The log: an entry for every run that changed the file.

use readout_record::{DocumentId, calendar};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde_json::Value;

use crate::{Listed, Page, Result, Store, StoreError};

/// A run that may change the file; it enters the log with its first change.
#[derive(Debug)]
pub struct Operation {
    kind: &'static str,
    version: String,
    detail: Value,
    pub(crate) number: Option<i64>,
}

impl Operation {
    /// Returns a run of `kind` by the program's `version`, with its `detail`, as JSON.
    pub fn new(kind: &'static str, version: &str, detail: Value) -> Self {
        Self { kind, version: version.to_owned(), detail, number: None }
    }

    /// Whether it has changed anything.
    pub fn changed(&self) -> bool {
        self.number.is_some()
    }

    /// Returns its number in the log. If it is not there yet, it is entered within the transaction of `connection`.
    pub(crate) fn enter(&mut self, connection: &Connection) -> rusqlite::Result<i64> {
        if let Some(number) = self.number {
            return Ok(number);
        }
        connection
            .prepare_cached("INSERT INTO operations (kind, version, detail) VALUES (?, ?, ?)")?
            .execute(params![self.kind, self.version, self.detail.to_string()])?;
        let number = connection.last_insert_rowid();
        self.number = Some(number);
        Ok(number)
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
    /// The details, as JSON.
    pub detail: Value,
}

/// The outlet and the day by which a report is found: those that it has, or those that a person set right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The report.
    pub document: DocumentId,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day of publication, with or without a time.
    pub published: Option<String>,
}

/// Files a report. One that is filed so already is left alone.
fn file_report(connection: &Connection, head: &Filing) -> rusqlite::Result<()> {
    let day = head.published.as_deref().and_then(calendar::date_of).unwrap_or_default();
    connection
        .prepare_cached(
            "UPDATE document_facets SET outlet = ?2, day = ?3
             WHERE document = (SELECT number FROM documents WHERE id = ?1) AND (outlet IS NOT ?2 OR day <> ?3)",
        )?
        .execute(params![head.document.as_str(), head.outlet, day])?;
    Ok(())
}

impl Store {
    /// Runs `change` as one transaction. No other process writes before it ends, so what `change` has read stays true.
    /// If `change` writes, it enters the operation in the log. If it fails, nothing was written.
    pub(crate) fn change<T, E: From<StoreError>>(
        &self,
        operation: &mut Operation,
        change: impl FnOnce(&Connection, &mut Operation) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let before = operation.number;
        let done = self.transact(|connection| change(connection, operation));
        // Only what is committed is in the log.
        if done.is_err() {
            operation.number = before;
        }
        done
    }

    fn transact<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(&Connection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(self.error(error));
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(failed)?;
        self.stands_there()?;
        let written = transaction.total_changes();
        let value = change(&transaction)?;
        if transaction.total_changes() > written {
            count_commit(&transaction).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(value)
    }

    /// Enters `operation` in the log, and returns its number. `check` runs first, while nobody else can write; if it
    /// fails, nothing is entered. The filings that `filings` returns, once the operation is entered, are those by which
    /// reports are found from now on; nothing else changes.
    ///
    /// # Errors
    /// The errors of `check` and `filings`; and when the file cannot be written.
    pub fn log<E: From<StoreError>>(
        &self,
        operation: &mut Operation,
        check: impl FnOnce() -> std::result::Result<(), E>,
        filings: impl FnOnce() -> std::result::Result<Vec<Filing>, E>,
    ) -> std::result::Result<u64, E> {
        self.change(operation, |connection, operation| {
            check()?;
            let number = operation.enter(connection).map_err(|error| self.error(error))?;
            for head in filings()? {
                file_report(connection, &head).map_err(|error| self.error(error))?;
            }
            Ok(number.unsigned_abs())
        })
    }

    /// Files reports under `filings`, as [`Store::log`] does. Writes nothing where all are filed so already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn file_reports(&self, filings: &[Filing]) -> Result<()> {
        if filings.is_empty() {
            return Ok(());
        }
        self.transact(|connection| {
            let filed = filings.iter().try_for_each(|head| file_report(connection, head));
            filed.map_err(|error| self.error(error))
        })
    }

    /// Returns the number of changes of the file. As long as it is the same, the content of the file is the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn commits(&self) -> Result<u64> {
        self.connection
            .prepare_cached("SELECT number FROM commits")
            .and_then(|mut query| query.query_row([], |row| row.get::<_, i64>(0)))
            .map(i64::unsigned_abs)
            .map_err(|error| self.error(error))
    }

    /// Returns the log's corrections, and what was undone of them, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<LoggedOperation>> {
        self.logged("WHERE kind IN ('correct', 'undo')")
    }

    /// Returns the log, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations(&self) -> Result<Vec<LoggedOperation>> {
        self.logged("")
    }

    /// Returns the log, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_operations(&self, page: &Page) -> Result<Listed<LoggedOperation>> {
        let total: i64 = self
            .connection
            .query_row("SELECT count(*) FROM operations", [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        let mut rows = self.logged(&format!(
            "WHERE number IN (SELECT number FROM operations ORDER BY number DESC LIMIT {} OFFSET {})",
            page.limit,
            page.from()
        ))?;
        rows.reverse();
        Ok(Listed::of(rows, total.unsigned_abs() as usize, page))
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
        let rows = read().map_err(|error| self.error(error))?;
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

    /// Returns the operation with this number; `None` if the log has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operation(&self, number: u64) -> Result<Option<LoggedOperation>> {
        Ok(self.logged(&format!("WHERE number = {number}"))?.pop())
    }

    /// Returns the number of the last operation in the log, 0 for none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_operation(&self) -> Result<u64> {
        self.connection
            .prepare_cached("SELECT coalesce(max(number), 0) FROM operations")
            .and_then(|mut query| query.query_row([], |row| row.get::<_, i64>(0)))
            .map(i64::unsigned_abs)
            .map_err(|error| self.error(error))
    }

    /// Returns the run that linked last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_link(&self) -> Result<Option<LoggedOperation>> {
        let which = "WHERE number = (SELECT max(number) FROM operations WHERE kind = 'link')";
        Ok(self.logged(which)?.pop())
    }

    /// Returns the run that read the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reading_of(&self, id: &str) -> Result<Option<LoggedOperation>> {
        let number: Option<i64> = self
            .connection
            .prepare_cached("SELECT operation FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(error))?;
        let Some(number) = number else { return Ok(None) };
        Ok(self.logged(&format!("WHERE number = {number}"))?.pop())
    }

    /// Returns the number of current reports that were read with another knowledge of the user's own than `knowledge`.
    /// `knowledge` is a fingerprint; `None` for the program's own knowledge alone.
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
            .map_err(|error| self.error(error))
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
            .map_err(|error| self.error(error))
    }
}

/// Counts one change of the file more, in the change that `connection` has begun.
pub(crate) fn count_commit(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE commits SET number = number + 1")?.execute([]).map(drop)
}
