//! The file as a whole, counted and sampled by indexes: no report's text is read.

use std::collections::BTreeMap;

use readout_record::{DocumentId, Kind, Record, RecordId, wire};

use crate::narrow::{Conditions, kind_bit};
use crate::rows::read_id;
use crate::{Narrow, Result, Store};

/// The number of records up to which they are counted by kind. Counting takes a tenth of a microsecond a record.
const COUNTED: i64 = 400_000;

/// The reports that the last reading brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastRead {
    /// The number of the operation.
    pub operation: u64,
    /// The first of the reports, the newest first.
    pub reports: Vec<DocumentId>,
    /// The number of reports, or the number up to which they were counted.
    pub count: usize,
    /// True if an earlier reading brought reports too.
    pub later: bool,
}

impl Store {
    /// Returns the months (`2013-03`) of publication with the number of current reports that `narrow` lets through, in
    /// order of time. Undated reports are under the empty month.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_months(&self, narrow: &Narrow) -> Result<Vec<(String, usize)>> {
        let read = || -> rusqlite::Result<Vec<(String, usize)>> {
            let Conditions { text, values, .. } = self.conditions(narrow)?;
            self.connection
                .prepare_cached(&format!(
                    "SELECT substr(day, 1, 7) AS month, count(*) FROM document_facets
                     WHERE places > 0{text} GROUP BY month ORDER BY month"
                ))?
                .query_map(rusqlite::params_from_iter(values), |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs() as usize))
                })?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the number of links of each kind, without unnamed actors and places.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_links(&self) -> Result<BTreeMap<Kind, usize>> {
        let count = |query: &str, kind: Kind| {
            self.connection
                .prepare_cached(query)
                .and_then(|mut query| query.query_row([kind.as_str()], |row| row.get::<_, i64>(0)))
                .map(|count| (kind, count.unsigned_abs() as usize))
                .map_err(|error| self.error(error))
        };
        let all = "SELECT count(*) FROM links WHERE kind = ?";
        let listed = "SELECT count(*) FROM links WHERE kind = ? AND kind = 'actor' AND sort NOT IN ('unnamed', 'place')";
        [Kind::Story, Kind::Quote, Kind::Happening, Kind::Agreement, Kind::Position]
            .into_iter()
            .map(|kind| count(all, kind))
            .chain([count(listed, Kind::Actor)])
            .collect()
    }

    /// Returns the number of records of each kind in current reports; `None` where there are too many to count for a
    /// page.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_records_by_kind(&self) -> Result<Option<BTreeMap<Kind, usize>>> {
        let read = || -> rusqlite::Result<Option<Vec<(String, i64)>>> {
            let last: i64 = self
                .connection
                .prepare_cached("SELECT coalesce(max(number), 0) FROM records")?
                .query_row([], |row| row.get(0))?;
            if last > COUNTED {
                return Ok(None);
            }
            let rows: rusqlite::Result<Vec<(String, i64)>> = self
                .connection
                .prepare_cached(
                    "SELECT kind, count(*) FROM records
                     JOIN document_facets ON document_facets.document = records.document AND places > 0
                     GROUP BY kind",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect();
            rows.map(Some)
        };
        let rows = read().map_err(|error| self.error(error))?;
        Ok(rows.map(|rows| {
            let known =
                |(name, count): (String, i64)| Some((Kind::from_name(&name)?, count.unsigned_abs() as usize));
            rows.into_iter().filter_map(known).collect()
        }))
    }

    /// Returns at most `most` links of `kind`, those in most reports first, each with its number of reports.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn largest_links(&self, kind: Kind, most: usize) -> Result<Vec<(Record, usize)>> {
        let read = || -> rusqlite::Result<Vec<(String, String, i64)>> {
            self.connection
                .prepare_cached(
                    "SELECT id, body, size FROM links WHERE kind = ? ORDER BY size DESC, id DESC LIMIT ?",
                )?
                .query_map(rusqlite::params![kind.as_str(), most as i64], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect()
        };
        let rows = read().map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|(id, body, size)| {
                let record = wire::from_line(&body).map_err(|error| self.form_error(&id, error))?;
                Ok((record, size.unsigned_abs() as usize))
            })
            .collect()
    }

    /// Returns the records of `kind` of the newest `reports` reports that have any, each with its report.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn newest_records(&self, kind: Kind, reports: usize) -> Result<Vec<(DocumentId, Record)>> {
        let Some(bit) = kind_bit(kind) else { return Ok(Vec::new()) };
        let read = || -> rusqlite::Result<Vec<(DocumentId, RecordId, String)>> {
            self.connection
                .prepare_cached(
                    "WITH few AS MATERIALIZED
                       (SELECT document, day FROM document_facets WHERE places > 0 AND kinds & ?1 <> 0
                        ORDER BY day DESC, document DESC LIMIT ?2)
                     SELECT documents.id, records.id, records.body FROM few
                     CROSS JOIN records ON records.document = few.document AND records.kind = ?3
                     CROSS JOIN documents ON documents.number = few.document
                     ORDER BY few.day DESC, few.document DESC, records.number",
                )?
                .query_map(rusqlite::params![1_i64 << bit, reports as i64, kind.as_str()], |row| {
                    Ok((read_id(row, 0)?, read_id(row, 1)?, row.get(2)?))
                })?
                .collect()
        };
        let rows = read().map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|(doc, id, body)| {
                Ok((doc, wire::from_line(&body).map_err(|error| self.form_error(&id, error))?))
            })
            .collect()
    }

    /// Returns the reports of the last reading that brought any: the first `shown`, and how many of `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_read(&self, shown: usize, most: usize) -> Result<Option<LastRead>> {
        let read = || -> rusqlite::Result<Option<LastRead>> {
            let mut query = self
                .connection
                .prepare_cached("SELECT document, operation FROM places ORDER BY number DESC LIMIT ?")?;
            let mut rows = query.query([most as i64 + 1])?;
            let mut numbers: Vec<i64> = Vec::new();
            let mut found = LastRead::default();
            while let Some(row) = rows.next()? {
                let operation = row.get::<_, i64>(1)?.unsigned_abs();
                if numbers.is_empty() {
                    found.operation = operation;
                } else if operation != found.operation {
                    found.later = true;
                    break;
                }
                numbers.push(row.get(0)?);
            }
            drop(rows);
            numbers.sort_unstable();
            numbers.dedup();
            found.count = numbers.len().min(most);
            let numbers = serde_json::to_string(&numbers).unwrap_or_default();
            found.reports = self
                .connection
                .prepare_cached(
                    "SELECT (SELECT id FROM documents WHERE number = document) FROM document_facets
                     WHERE places > 0 AND document IN (SELECT value FROM json_each(?1))
                     ORDER BY day DESC, document DESC LIMIT ?2",
                )?
                .query_map(rusqlite::params![numbers, shown as i64], |row| read_id(row, 0))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((!found.reports.is_empty()).then_some(found))
        };
        read().map_err(|error| self.error(error))
    }
}
