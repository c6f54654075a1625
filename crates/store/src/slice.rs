//! A part of the file: some documents, their records, and the links that have one of them.

use std::collections::BTreeMap;

use readout_record::{ActorId, Document, DocumentId, DocumentRecords, Record, RecordId, wire};
use rusqlite::params;

use crate::narrow::list;
use crate::rows::read_id;
use crate::{Result, Store};

/// A choice of the current documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// The documents of a story.
    Story(RecordId),
    /// These documents, whatever their order. Documents that are no longer current are read too.
    Documents(Vec<DocumentId>),
    /// The documents that name one of these actors, by their ids over all documents.
    Actors(Vec<ActorId>),
    /// The documents of a link: a quote, a happening, an agreement, a position.
    Link(RecordId),
}

/// The documents, records and links that [`Store::slice`] reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// The documents, sorted by their ids.
    pub documents: Vec<Document>,
    /// The records of each document, in the order of the documents.
    pub records: Vec<DocumentRecords>,
    /// The links that have one of the documents, sorted by kind and id. They keep their members in other documents.
    pub links: Vec<Record>,
    /// The ids that linking changed in these documents, see [`Store::renamed`].
    pub renamed: BTreeMap<(DocumentId, RecordId), RecordId>,
}

impl Store {
    /// Reads the documents of `scope` with their records, and the links that have one of these documents.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn slice(&self, scope: &Scope) -> Result<Slice> {
        let rows = self.rows_of(scope).map_err(|error| self.error(error))?;
        let mut slice = Slice::default();
        for (_, id) in &rows {
            let Some(document) = self.document(id)? else { continue };
            slice.records.push(self.records_of(id)?);
            slice.documents.push(document);
        }
        if *scope == Scope::All {
            slice.links = self.links(None)?;
            slice.renamed = self.renamed()?;
            return Ok(slice);
        }
        let numbers: Vec<i64> = rows.iter().map(|(number, _)| *number).collect();
        let list = serde_json::to_string(&numbers).unwrap_or_default();
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT id, body FROM links
                     WHERE number IN (SELECT link FROM link_members
                                      WHERE document IN (SELECT value FROM json_each(?1)))
                     ORDER BY kind, id",
                )?
                .query_map([&list], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        for (id, body) in read().map_err(|error| self.error(error))? {
            slice.links.push(wire::from_line(&body).map_err(|error| self.form_error(&id, error))?);
        }
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT document, local, linked FROM renamed
                     WHERE document IN (SELECT id FROM documents
                                        WHERE number IN (SELECT value FROM json_each(?1)))
                     UNION
                     SELECT '', member, links.id FROM link_parts CROSS JOIN links ON links.number = link
                     WHERE links.kind = 'agreement' AND member IN
                       (SELECT id FROM records
                        WHERE document IN (SELECT value FROM json_each(?1)) AND kind = 'agreement')",
                )?
                .query_map([&list], |row| Ok(((read_id(row, 0)?, read_id(row, 1)?), read_id(row, 2)?)))?
                .collect()
        };
        slice.renamed = read().map_err(|error| self.error(error))?;
        Ok(slice)
    }

    /// Returns the ids of the documents of `scope`, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ids_of(&self, scope: &Scope) -> Result<Vec<DocumentId>> {
        let rows = self.rows_of(scope).map_err(|error| self.error(error))?;
        Ok(rows.into_iter().map(|(_, id)| id).collect())
    }

    /// Returns the numbers and ids of the documents of `scope`, sorted by id.
    fn rows_of(&self, scope: &Scope) -> rusqlite::Result<Vec<(i64, DocumentId)>> {
        const LINKED: &str = "SELECT documents.number, documents.id FROM documents
             JOIN document_facets ON document_facets.document = documents.number AND places > 0
             WHERE documents.number IN (SELECT link_members.document FROM links
                                        JOIN link_members ON link_members.link = links.number";
        let select = |query: &str, value: &str| {
            self.connection
                .prepare_cached(query)?
                .query_map(params![value], |row| Ok((row.get(0)?, read_id(row, 1)?)))?
                .collect()
        };
        match scope {
            Scope::All => select(
                "SELECT number, id FROM documents JOIN document_facets ON document = number
                 WHERE places > 0 AND ?1 = '' ORDER BY id",
                "",
            ),
            Scope::Documents(ids) => select(
                "SELECT number, id FROM documents WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id",
                &list(ids),
            ),
            Scope::Story(id) => {
                select(&format!("{LINKED} WHERE links.kind = 'story' AND links.id = ?1) ORDER BY id"), id)
            }
            Scope::Actors(ids) => select(
                &format!(
                    "{LINKED} WHERE links.kind = 'actor' AND links.id IN (SELECT value FROM json_each(?1)))
                     ORDER BY id"
                ),
                &list(ids),
            ),
            Scope::Link(id) => {
                select(&format!("{LINKED} WHERE links.kind <> 'actor' AND links.id = ?1) ORDER BY id"), id)
            }
        }
    }
}
