//! Reports by the operation that brought them.

use readout_record::{ActorId, DocumentId, Record, RecordId, wire};
use rusqlite::{OptionalExtension as _, params};

use crate::narrow::list;
use crate::rows::read_id;
use crate::{LoggedOperation, Origin, Result, Store};

impl Store {
    /// Returns the current reports that operations after number `after`, up to number `until`, brought, sorted by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn brought(&self, after: u64, until: u64) -> Result<Vec<DocumentId>> {
        let bound = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            self.connection
                .prepare_cached(
                    "SELECT id FROM documents JOIN document_facets ON document = number
                     WHERE documents.operation > ?1 AND documents.operation <= ?2 AND places > 0 ORDER BY id",
                )?
                .query_map([bound(after), bound(until)], |row| read_id(row, 0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the last operations that brought reports, the newest first, at most `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn readings(&self, most: usize) -> Result<Vec<LoggedOperation>> {
        // One step through the index an operation, whatever the number of its reports.
        let numbers = || -> rusqlite::Result<Vec<i64>> {
            let mut found = Vec::new();
            let mut below = i64::MAX;
            let mut last =
                self.connection.prepare_cached("SELECT max(operation) FROM documents WHERE operation < ?")?;
            while found.len() < most {
                let Some(number) = last.query_row([below], |row| row.get::<_, Option<i64>>(0))? else {
                    break;
                };
                found.push(number);
                below = number;
            }
            Ok(found)
        };
        let numbers = numbers().map_err(|error| self.error(error))?;
        let mut readings = Vec::with_capacity(numbers.len());
        for number in numbers {
            readings.extend(self.operation(number.unsigned_abs())?);
        }
        Ok(readings)
    }

    /// Returns the number of the operation that brought the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn brought_by(&self, id: &str) -> Result<Option<u64>> {
        self.connection
            .prepare_cached("SELECT operation FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get::<_, i64>(0)).optional())
            .map(|number| number.map(i64::unsigned_abs))
            .map_err(|error| self.error(error))
    }

    /// Returns the ids of the links of `kind` that have one of `reports`, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn links_with(&self, kind: &str, reports: &[DocumentId]) -> Result<Vec<RecordId>> {
        let read = || -> rusqlite::Result<Vec<RecordId>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT links.id FROM documents
                     CROSS JOIN link_members ON link_members.document = documents.number
                     CROSS JOIN links ON links.number = link_members.link
                     WHERE documents.id IN (SELECT value FROM json_each(?1)) AND links.kind = ?2 ORDER BY links.id",
                )?
                .query_map(params![list(reports), kind], |row| read_id(row, 0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the current reports with a commitment whose last day is `from` or later and before `until`, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn with_deadlines(&self, from: &str, until: &str) -> Result<Vec<DocumentId>> {
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT documents.id FROM records
                     JOIN documents ON documents.number = records.document
                     JOIN document_facets ON document_facets.document = documents.number AND places > 0
                     WHERE kind = 'commitment' AND json_extract(records.body, '$.deadline.due') IS NOT NULL
                       AND json_extract(records.body, '$.deadline.due') >= ?1
                       AND json_extract(records.body, '$.deadline.due') < ?2
                     ORDER BY documents.id",
                )?
                .query_map([from, until], |row| read_id(row, 0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the places of the report `id`, in the order in which it came to them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn origins(&self, id: &str) -> Result<Vec<Origin>> {
        let read = || -> rusqlite::Result<Vec<Origin>> {
            self.connection
                .prepare_cached(
                    "SELECT location, path FROM current_places
                     WHERE document = (SELECT number FROM documents WHERE id = ?) ORDER BY number",
                )?
                .query_map([id], |row| Ok(Origin { location: row.get(0)?, path: row.get(1)? }))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the newest day of publication among the current reports of operations up to number `after`, and of those
    /// up to number `until`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_days(&self, after: u64, until: u64) -> Result<(Option<String>, Option<String>)> {
        let newest = |bound: u64| -> Result<Option<String>> {
            self.connection
                .prepare_cached(
                    "SELECT day FROM document_facets JOIN documents ON number = document
                     WHERE places > 0 AND day <> '' AND operation <= ? ORDER BY day DESC LIMIT 1",
                )
                .and_then(|mut query| {
                    query.query_row([i64::try_from(bound).unwrap_or(i64::MAX)], |row| row.get(0)).optional()
                })
                .map_err(|error| self.error(error))
        };
        Ok((newest(after)?, newest(until)?))
    }

    /// Returns the positions of `actors`, sorted by id.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn positions_of(&self, actors: &[ActorId]) -> Result<Vec<Record>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT id, body FROM links WHERE kind = 'position'
                       AND json_extract(body, '$.actor') IN (SELECT value FROM json_each(?)) ORDER BY id",
                )?
                .query_map([list(actors)], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.error(error))?;
        let form =
            |(id, body): &(String, String)| wire::from_line(body).map_err(|error| self.form_error(id, error));
        rows.iter().map(form).collect()
    }
}
