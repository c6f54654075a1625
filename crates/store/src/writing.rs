//! Storing of reports with their records, each in one transaction.

use readout_record::{Document, DocumentId, DocumentRecords, Kind, RecordRef, calendar, ids};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::narrow::kind_bit;
use crate::rows::read_id;
use crate::{Operation, Result, Store, StoreError};

/// The place where a report was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The location, which all versions of a report share: an absolute path and row, or an address. Stays in the file.
    pub location: String,
    /// The path that the record names.
    pub path: Option<String>,
}

/// The outcome of storing a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// A report that was not there before.
    New,
    /// A newer version of the report with this id.
    NewVersion(DocumentId),
    /// The report was there already, at this place: nothing changed.
    Known,
    /// The report was there already, from another place.
    KnownElsewhere,
}

impl Store {
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
        let bodies = Bodies::of(document, records).map_err(|error| self.form_error(&document.id, error))?;
        self.change(operation, |transaction, operation| {
            // Another program may have been quicker.
            match self.number(&document.id)? {
                Some(number) => self.placed(transaction, operation, origin, number),
                None => self.added(transaction, operation, origin, document, &bodies),
            }
        })
    }

    fn added(
        &self,
        transaction: &Connection,
        operation: &mut Operation,
        origin: &Origin,
        document: &Document,
        bodies: &Bodies,
    ) -> Result<Stored> {
        let mut add = || {
            let operation = operation.enter(transaction)?;
            transaction
                .prepare_cached(
                    "INSERT INTO documents
                     (id, title, outlet, published, text, text_sha256, body, mentions, records_sha256, operation)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    document.id.as_str(),
                    document.title,
                    document.outlet,
                    document.published,
                    document.text,
                    document.text_sha256,
                    bodies.document,
                    bodies.mentions,
                    bodies.sha256(),
                    operation
                ])?;
            let number = transaction.last_insert_rowid();
            let mut insert = transaction
                .prepare_cached("INSERT INTO records (document, kind, id, body) VALUES (?, ?, ?, ?)")?;
            for (kind, id, body) in &bodies.records {
                insert.execute(params![number, kind.as_str(), id, body])?;
            }
            drop(insert);
            transaction
                .prepare_cached(
                    "INSERT INTO document_facets (document, outlet, day, kinds, places) VALUES (?, ?, ?, ?, 0)",
                )?
                .execute(params![
                    number,
                    document.outlet,
                    document.published.as_deref().and_then(calendar::date_of).unwrap_or_default(),
                    bodies.kinds()
                ])?;
            insert_place(transaction, operation, origin, number)
        };
        let replaced: Option<DocumentId> = add().map_err(|error| self.error(error))?;
        Ok(replaced.map_or(Stored::New, Stored::NewVersion))
    }

    /// Notes that the stored report `id` is at `origin`. Returns [`Stored::Known`] if that is known.
    ///
    /// # Errors
    /// When the file cannot be written, or holds no such report.
    pub fn add_place(&mut self, operation: &mut Operation, origin: &Origin, id: &str) -> Result<Stored> {
        let Some(number) = self.number(id)? else {
            return Err(StoreError::NoReport { path: self.path.clone(), id: id.to_owned() });
        };
        self.place(operation, origin, number)
    }

    fn place(&mut self, operation: &mut Operation, origin: &Origin, number: i64) -> Result<Stored> {
        if self.stands_at(origin, number)? {
            return Ok(Stored::Known);
        }
        self.change(operation, |transaction, operation| self.placed(transaction, operation, origin, number))
    }

    fn placed(
        &self,
        transaction: &Connection,
        operation: &mut Operation,
        origin: &Origin,
        number: i64,
    ) -> Result<Stored> {
        if self.stands_at(origin, number)? {
            return Ok(Stored::Known);
        }
        let mut place = || {
            let operation = operation.enter(transaction)?;
            insert_place(transaction, operation, origin, number)
        };
        place().map_err(|error| self.error(error))?;
        Ok(Stored::KnownElsewhere)
    }

    /// Whether the document `number` is at `origin` now.
    fn stands_at(&self, origin: &Origin, number: i64) -> Result<bool> {
        self.connection
            .prepare_cached("SELECT document FROM places WHERE location = ? ORDER BY number DESC LIMIT 1")
            .and_then(|mut query| query.query_row([&origin.location], |row| row.get::<_, i64>(0)).optional())
            .map(|standing| standing == Some(number))
            .map_err(|error| self.error(error))
    }

    fn number(&self, id: &str) -> Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT number FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(error))
    }
}

/// Adds a row for the document that is at `origin` now. Returns the document that was there before.
fn insert_place(
    transaction: &Connection,
    operation: i64,
    origin: &Origin,
    number: i64,
) -> rusqlite::Result<Option<DocumentId>> {
    let before = transaction
        .prepare_cached(
            "SELECT documents.number, documents.id FROM places JOIN documents ON documents.number = places.document
             WHERE location = ? ORDER BY places.number DESC LIMIT 1",
        )?
        .query_row([&origin.location], |row| Ok((row.get::<_, i64>(0)?, read_id::<DocumentId>(row, 1)?)))
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

/// Returns the SHA-256 of what was read out of a report: the JSON of the document, of its mentions and of each of its
/// records, each with a line break behind it.
pub(crate) fn records_sha256<'b>(
    document: &'b str,
    mentions: &'b str,
    records: impl Iterator<Item = &'b str>,
) -> String {
    let mut all = String::new();
    for body in [document, mentions].into_iter().chain(records) {
        all.push_str(body);
        all.push('\n');
    }
    ids::sha256(all.as_bytes())
}

/// A document and its records as JSON.
struct Bodies {
    document: String,
    mentions: String,
    records: Vec<(Kind, String, String)>,
}

impl Bodies {
    /// Returns the kinds of record there are, a bit for each, see [`kind_bit`].
    fn kinds(&self) -> i64 {
        let bits = self.records.iter().filter_map(|(kind, _, _)| kind_bit(*kind));
        bits.fold(0, |bits, bit| bits | 1 << bit)
    }

    /// Returns the hash of all of it, see [`records_sha256`].
    fn sha256(&self) -> String {
        let records = self.records.iter().map(|(_, _, body)| body.as_str());
        records_sha256(&self.document, &self.mentions, records)
    }

    fn of(document: &Document, records: &DocumentRecords) -> serde_json::Result<Self> {
        let bare = Document {
            text: String::new(),
            text_sha256: String::new(),
            copies_of: Vec::new(),
            replaces: None,
            ..document.clone()
        };
        let body = |record: RecordRef<'_>| {
            Ok((record.kind(), record.id().to_owned(), serde_json::to_string(&record)?))
        };
        let bodies = records.iter().map(body).collect::<serde_json::Result<_>>()?;
        Ok(Self {
            document: serde_json::to_string(&bare)?,
            mentions: serde_json::to_string(&records.mentions)?,
            records: bodies,
        })
    }
}
