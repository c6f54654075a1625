//! Reports that are taken out of the file for good, and ids that others have taken the place of.

use readout_record::{DocumentId, RecordId};
use rusqlite::{OptionalExtension as _, params};

use crate::narrow::list;
use crate::rows::read_id;
use crate::{Operation, Result, Store};

/// The most steps from an id that was given up to the one that is in force.
const STEPS: usize = 64;

/// The tables that have rows of a report, each with the column that names it. The report's own row goes last.
const TABLES: [(&str, &str); 7] = [
    ("link_members", "document"),
    ("copies", "document"),
    ("link_origins", "document"),
    ("story_outlines", "document"),
    ("records", "document"),
    ("document_facets", "document"),
    ("documents", "number"),
];

impl Store {
    /// Returns the id that has taken the place of the link `former`; `None` if none has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn replacement(&self, former: &str) -> Result<Option<RecordId>> {
        let next = |id: &str| -> Result<Option<RecordId>> {
            self.connection
                .prepare_cached("SELECT id FROM replaced WHERE former = ?")
                .and_then(|mut query| query.query_row([id], |row| read_id(row, 0)).optional())
                .map_err(|error| self.error(error))
        };
        let Some(mut id) = next(former)? else { return Ok(None) };
        for _ in 0..STEPS {
            match next(&id)? {
                Some(later) => id = later,
                None => break,
            }
        }
        Ok(self.record(&id)?.is_some().then_some(id))
    }

    /// Returns the report `id` and all reports that are or were at one of its places: its versions. Sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn versions(&self, id: &str) -> Result<Vec<DocumentId>> {
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            self.connection
                .prepare_cached(
                    "SELECT id FROM documents WHERE id = ?1
                     UNION
                     SELECT documents.id FROM places JOIN documents ON documents.number = places.document
                     WHERE location IN (SELECT location FROM places
                                        JOIN documents ON documents.number = places.document
                                        WHERE documents.id = ?1)
                     ORDER BY 1",
                )?
                .query_map([id], |row| read_id(row, 0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Takes `reports` from their places. From now on they are not current, and linking removes what rests on them.
    /// They are not to be read again. The log keeps corrections of their records without the words of the passage.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn withdraw(&self, operation: &mut Operation, reports: &[DocumentId]) -> Result<u64> {
        self.change(operation, |connection, operation| {
            let mut withdraw = || -> rusqlite::Result<i64> {
                let number = operation.enter(connection)?;
                let ids = list(reports);
                connection.execute(
                    "DELETE FROM places WHERE document IN
                       (SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?)))",
                    [&ids],
                )?;
                connection.execute(
                    "UPDATE document_facets SET places = 0 WHERE document IN
                       (SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?)))",
                    [&ids],
                )?;
                // Corrections keep the words that they are on.
                connection.execute(
                    "UPDATE operations SET detail = json_set(detail, '$.target.text', '')
                     WHERE kind = 'correct' AND json_extract(detail, '$.target.doc') IN (SELECT value FROM json_each(?))",
                    [&ids],
                )?;
                connection.execute(
                    "INSERT OR IGNORE INTO forgotten (id, operation) SELECT value, ?2 FROM json_each(?1)",
                    params![ids, number],
                )?;
                Ok(number)
            };
            withdraw().map(i64::unsigned_abs).map_err(|error| self.error(error))
        })
    }

    /// Deletes the texts and records of withdrawn reports that are no longer linked. Returns how many reports that
    /// were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn erase_withdrawn(&self, operation: &mut Operation) -> Result<usize> {
        self.change(operation, |connection, _| {
            let erase = || -> rusqlite::Result<usize> {
                let numbers: Vec<i64> = connection
                    .prepare_cached(
                        "SELECT number FROM documents JOIN forgotten ON forgotten.id = documents.id
                         JOIN document_facets ON document_facets.document = number
                         WHERE document_facets.places = 0 AND NOT document_facets.linked ORDER BY number",
                    )?
                    .query_map([], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for (table, column) in TABLES {
                    let mut delete =
                        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?;
                    numbers.iter().try_for_each(|number| delete.execute([number]).map(drop))?;
                }
                Ok(numbers.len())
            };
            erase().map_err(|error| self.error(error))
        })
    }

    /// Returns the ids of the reports that are not to be read again, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn forgotten(&self) -> Result<Vec<DocumentId>> {
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            let mut query = self.connection.prepare_cached("SELECT id FROM forgotten ORDER BY id")?;
            query.query_map([], |row| read_id(row, 0))?.collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Lets the report `id` be read again. Returns `false` if it was not forgotten.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember(&self, operation: &mut Operation, id: &str) -> Result<bool> {
        self.change(operation, |connection, operation| {
            let mut remember = || -> rusqlite::Result<bool> {
                let gone = connection.execute("DELETE FROM forgotten WHERE id = ?", [id])? > 0;
                if gone {
                    operation.enter(connection)?;
                }
                Ok(gone)
            };
            remember().map_err(|error| self.error(error))
        })
    }
}
