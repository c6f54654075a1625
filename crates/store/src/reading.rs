//! Reading of reports, their records and their links.

use std::collections::BTreeMap;

use readout_record::{Document, DocumentId, DocumentRecords, Mention, Record, RecordId, wire};
use rusqlite::OptionalExtension as _;

use crate::rows::read_id;
use crate::{Result, Store};

/// A choice of the stored versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Current {
    /// The versions that are at their place now.
    Only,
    /// All versions that were ever at their place.
    All,
}

/// A report without its text, as lists show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The report without its text, its hash, its junk and [`Document::replaces`].
    pub document: Document,
    /// The number of its records, agreements and positions left out.
    pub records: usize,
}

impl Store {
    /// Returns the report `id` as lists show it, with its story.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn head(&self, id: &str) -> Result<Option<Head>> {
        let read = || {
            let mut query = self.connection.prepare_cached(
                "SELECT body, (SELECT min(path) FROM places WHERE document = documents.number),
                        (SELECT body FROM copies WHERE document = documents.number),
                        (SELECT story FROM document_facets WHERE document = documents.number),
                        (SELECT count(*) FROM records WHERE document = documents.number
                           AND kind NOT IN ('agreement', 'position'))
                 FROM documents WHERE id = ?",
            )?;
            let row = query.query_row([id], |row| {
                let text = |at| row.get::<_, Option<String>>(at);
                Ok((row.get::<_, String>(0)?, text(1)?, text(2)?, text(3)?, row.get::<_, i64>(4)?))
            });
            row.optional()
        };
        let Some((body, path, copies, story, records)) = read().map_err(|error| self.error(error))? else {
            return Ok(None);
        };
        let form = |error: serde_json::Error| self.form_error(id, error);
        let mut document: Document = serde_json::from_str(&body).map_err(form)?;
        document.dropped.clear();
        document.path = path.or(document.path);
        document.story = story.map(RecordId::from);
        if let Some(copies) = copies {
            document.copies_of = serde_json::from_str(&copies).map_err(form)?;
        }
        Ok(Some(Head { document, records: records.unsigned_abs() as usize }))
    }

    /// Returns the headline of the report `id`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn title(&self, id: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT title FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map(Option::flatten)
            .map_err(|error| self.error(error))
    }

    /// Returns the number of current reports in the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self) -> Result<usize> {
        self.connection
            .prepare_cached("SELECT count(*) FROM document_facets WHERE places > 0")
            .and_then(|mut query| query.query_row([], |row| row.get::<_, i64>(0)))
            .map(|count| count.unsigned_abs() as usize)
            .map_err(|error| self.error(error))
    }

    /// Returns the ids of all stored versions, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ids(&self) -> Result<Vec<DocumentId>> {
        self.document_ids("SELECT id FROM documents ORDER BY id")
    }

    fn document_ids(&self, query: &str) -> Result<Vec<DocumentId>> {
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            let mut select = self.connection.prepare_cached(query)?;
            select.query_map([], |row| read_id(row, 0))?.collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the reports in the order of their ids, with path, [`Document::replaces`] and [`Document::copies_of`]
    /// filled in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn documents(&self, which: Current) -> Result<Vec<Document>> {
        let ids = match which {
            Current::All => self.ids()?,
            Current::Only => self.document_ids(
                "SELECT id FROM documents JOIN document_facets ON document = number WHERE places > 0 ORDER BY id",
            )?,
        };
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.document(&id)?);
        }
        Ok(found)
    }

    /// Returns the stored report `id`, as [`Store::documents`] gives it.
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
        let Some((number, body, text, sha256, copies)) = read().map_err(|error| self.error(error))? else {
            return Ok(None);
        };
        let mut document: Document =
            serde_json::from_str(&body).map_err(|error| self.form_error(id, error))?;
        document.text = text;
        document.text_sha256 = sha256;
        if let Some(copies) = copies {
            document.copies_of = serde_json::from_str(&copies).map_err(|error| self.form_error(id, error))?;
        }
        document.path = self.path_of(number)?.or(document.path);
        document.replaces = self.replaced_by(number)?;
        Ok(Some(document))
    }

    /// Returns the path of a document. If it is or was at several paths, that is the first in their order.
    fn path_of(&self, number: i64) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT min(path) FROM places WHERE document = ?")
            .and_then(|mut query| query.query_row([number], |row| row.get(0)))
            .map_err(|error| self.error(error))
    }

    /// Returns the version that document `number` replaced at the place where it first came, if that version is at no
    /// place now.
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
            .and_then(|mut query| query.query_row([number], |row| read_id(row, 0)).optional())
            .map_err(|error| self.error(error))
    }

    /// Returns the version that is now at a place of the stored report `id`; `None` if the report is current itself, or
    /// nothing is there.
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
            .and_then(|mut query| query.query_row([id], |row| read_id(row, 0)).optional())
            .map_err(|error| self.error(error))
    }

    /// Returns the records of the report `id`.
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
        for (id, body) in read().map_err(|error| self.error(error))? {
            found.push(wire::from_line(&body).map_err(|error| self.form_error(&id, error))?);
        }
        Ok(found)
    }

    /// Returns the number of records of the report `id`, agreements and positions left out.
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
            .map_err(|error| self.error(error))
    }

    fn mentions_of(&self, id: &str) -> Result<Vec<Mention>> {
        let body: Option<String> = self
            .connection
            .prepare_cached("SELECT mentions FROM documents WHERE id = ?")
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(error))?;
        body.map_or(Ok(Vec::new()), |body| {
            serde_json::from_str(&body).map_err(|error| self.form_error(id, error))
        })
    }

    /// Returns the links, sorted by kind and id; those of `kind` alone, if it is given.
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
        let rows = read().map_err(|error| self.error(error))?;
        rows.iter()
            .map(|(id, body)| wire::from_line(body).map_err(|error| self.form_error(id, error)))
            .collect()
    }

    /// Returns the ids that linking changed in the records of all documents. The key is the id of a document and an id
    /// in its records; the value is the new id. For agreements the id of the document is empty.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn renamed(&self) -> Result<BTreeMap<(DocumentId, RecordId), RecordId>> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT document, local, linked FROM renamed
                     UNION ALL
                     SELECT '', member, links.id FROM link_parts JOIN links ON links.number = link
                     WHERE links.kind = 'agreement'",
                )?
                .query_map([], |row| Ok(((read_id(row, 0)?, read_id(row, 1)?), read_id(row, 2)?)))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the record or link with this id, as it was stored.
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
            .map_err(|error| self.error(error))?;
        match body {
            Some(body) => wire::from_line(&body).map(Some).map_err(|error| self.form_error(id, error)),
            None => Ok(self.document(id)?.map(Record::Document)),
        }
    }
}
