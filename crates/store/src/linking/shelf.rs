//! The file as the shelf on which linking keeps what it knows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use readout_link::{Edge, Entry, Item, Outline, Report, Shelf, Totals};
use readout_record::{ActorId, CopyOf, Document, DocumentId, DocumentRecords, Kind, Record, RecordId, wire};
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Linking, key_lists};
use crate::rows::read_id;
use crate::{Result, StoreError};

impl Shelf for Linking<'_> {
    type Error = StoreError;

    fn report(&mut self, document: i64) -> Result<Rc<Report>> {
        if let Some(report) = self.reports.get(document) {
            return Ok(report);
        }
        let id = self.document_id(document)?;
        let mut found = self.store.document(&id)?.unwrap_or_default();
        found.copies_of.clear();
        let records = self.store.records_of(&id)?;
        let report = Report::new(found, records, self.renamed(document)?);
        Ok(self.reports.keep(document, report))
    }

    fn brief(&mut self, document: i64) -> Result<Rc<Report>> {
        if let Some(report) = self.reports.get(document).or_else(|| self.briefs.get(document)) {
            return Ok(report);
        }
        let head = self.run(|connection| {
            connection
                .prepare_cached("SELECT id, published FROM documents WHERE number = ?")?
                .query_row([document], |row| {
                    Ok(Document { id: read_id(row, 0)?, published: row.get(1)?, ..Document::default() })
                })
                .optional()
        })?;
        let report = Report::new(
            head.unwrap_or_default(),
            self.agreements_and_positions(document)?,
            self.renamed(document)?,
        );
        Ok(self.briefs.keep(document, report))
    }

    fn entries(&mut self, kind: u8, key: u64, limit: Option<usize>) -> Result<Vec<Entry>> {
        self.run(|connection| key_lists::entries(connection, kind, key, limit))
    }

    fn insert_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<()> {
        self.gathered += self.run(|connection| key_lists::insert(connection, kind, key, entry))?;
        Ok(())
    }

    fn remove_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<()> {
        self.gathered += self.run(|connection| key_lists::remove(connection, kind, key, entry))?;
        Ok(())
    }

    fn size(&mut self, kind: u8, item: Item) -> Result<Option<u32>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT size FROM link_sizes WHERE kind = ? AND document = ? AND item = ?")?
                .query_row(params![kind, item.document, item.number], |row| row.get(0))
                .optional()
        })
    }

    fn set_size(&mut self, kind: u8, item: Item, size: Option<u32>) -> Result<()> {
        self.run(|connection| match size {
            Some(size) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO link_sizes (kind, document, item, size) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![kind, item.document, item.number, size])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM link_sizes WHERE kind = ? AND document = ? AND item = ?")?
                .execute(params![kind, item.document, item.number])
                .map(drop),
        })
    }

    fn edges(&mut self, kind: u8, item: Item) -> Result<Vec<Edge>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    // Left to itself SQLite looks for the second half through the whole kind.
                    "SELECT earlier, earlier_item, later, later_item, strength, note FROM link_edges
                     WHERE kind = ?1 AND earlier = ?2 AND earlier_item = ?3
                     UNION ALL
                     SELECT earlier, earlier_item, later, later_item, strength, note
                     FROM link_edges INDEXED BY link_edges_by_later
                     WHERE kind = ?1 AND later = ?2 AND later_item = ?3",
                )?
                .query_map(params![kind, item.document, item.number], |row| {
                    Ok(Edge {
                        earlier: Item { document: row.get(0)?, number: row.get(1)? },
                        later: Item { document: row.get(2)?, number: row.get(3)? },
                        strength: row.get(4)?,
                        note: row.get(5)?,
                    })
                })?
                .collect()
        })
    }

    fn insert_edge(&mut self, kind: u8, edge: &Edge) -> Result<()> {
        let Edge { earlier, later, strength, note } = edge;
        self.run(|connection| {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO link_edges
                     (kind, earlier, earlier_item, later, later_item, strength, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    kind,
                    earlier.document,
                    earlier.number,
                    later.document,
                    later.number,
                    strength,
                    note
                ])
                .map(drop)
        })
    }

    fn remove_edge(&mut self, kind: u8, edge: &Edge) -> Result<()> {
        let Edge { earlier, later, .. } = edge;
        self.run(|connection| {
            connection
                .prepare_cached(
                    "DELETE FROM link_edges
                     WHERE kind = ? AND earlier = ? AND earlier_item = ? AND later = ? AND later_item = ?",
                )?
                .execute(params![kind, earlier.document, earlier.number, later.document, later.number])
                .map(drop)
        })
    }

    fn replace_links(
        &mut self,
        kind: Kind,
        members: &BTreeSet<RecordId>,
        records: Vec<(Record, Vec<RecordId>)>,
    ) -> Result<()> {
        self.write_links(kind, members, &records)
    }

    fn set_copies(&mut self, document: i64, copies: Vec<CopyOf>, origin: &DocumentId) -> Result<()> {
        let body = self.json(origin, &copies)?;
        self.run(|connection| {
            connection.prepare_cached("DELETE FROM copies WHERE document = ?")?.execute([document])?;
            if !copies.is_empty() {
                connection
                    .prepare_cached("INSERT INTO copies (document, body) VALUES (?, ?)")?
                    .execute(params![document, body])?;
            }
            connection
                .prepare_cached("INSERT OR REPLACE INTO link_origins (document, origin) VALUES (?, ?)")?
                .execute(params![document, origin.as_str()])
                .map(drop)
        })
    }

    fn origin(&mut self, document: i64) -> Result<Option<DocumentId>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT origin FROM link_origins WHERE document = ?")?
                .query_row([document], |row| read_id(row, 0))
                .optional()
        })
    }

    fn totals(&mut self, actor: &ActorId) -> Result<Option<Totals>> {
        let body: Option<String> = self.run(|connection| {
            connection
                .prepare_cached("SELECT body FROM actor_totals WHERE actor = ?")?
                .query_row([actor.as_str()], |row| row.get(0))
                .optional()
        })?;
        body.map(|body| self.value(actor, &body)).transpose()
    }

    fn set_totals(&mut self, actor: &ActorId, surname: Option<&str>, totals: Option<Totals>) -> Result<()> {
        let body = totals.map(|totals| self.json(actor, &totals)).transpose()?;
        self.run(|connection| match body {
            Some(body) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO actor_totals (actor, surname, body) VALUES (?, ?, ?)",
                )?
                .execute(params![actor.as_str(), surname, body])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM actor_totals WHERE actor = ?")?
                .execute([actor.as_str()])
                .map(drop),
        })
    }

    fn namesakes(&mut self, surname: &str) -> Result<BTreeMap<ActorId, Totals>> {
        let rows: Vec<(ActorId, String)> = self.run(|connection| {
            connection
                .prepare_cached("SELECT actor, body FROM actor_totals WHERE surname = ? ORDER BY actor")?
                .query_map([surname], |row| Ok((read_id(row, 0)?, row.get(1)?)))?
                .collect()
        })?;
        let read = |(actor, body): (ActorId, String)| {
            let totals = self.value(&actor, &body)?;
            Ok((actor, totals))
        };
        rows.into_iter().map(read).collect()
    }

    fn documents_naming(&mut self, actor: &ActorId) -> Result<Vec<i64>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT document FROM link_members
                     WHERE link = (SELECT number FROM links WHERE kind = 'actor' AND id = ?) ORDER BY document",
                )?
                .query_map([actor.as_str()], |row| row.get(0))?
                .collect()
        })
    }

    fn set_actors(
        &mut self,
        document: i64,
        actors: &BTreeSet<ActorId>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<()> {
        self.reports.forget(document);
        self.briefs.forget(document);
        self.set_named(document, actors)?;
        let id = self.document_id(document)?;
        self.run(|connection| {
            connection.prepare_cached("DELETE FROM renamed WHERE document = ?")?.execute([id.as_str()])?;
            let mut insert = connection
                .prepare_cached("INSERT INTO renamed (document, local, linked) VALUES (?, ?, ?)")?;
            for (local, linked) in renamed {
                insert.execute(params![id.as_str(), local.as_str(), linked.as_str()])?;
            }
            Ok(())
        })
    }

    fn set_outline(&mut self, document: i64, place: i64, outline: Option<&Outline>) -> Result<()> {
        let body = outline.map(|outline| self.json("story", outline)).transpose()?;
        self.run(|connection| match body {
            Some(body) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO story_outlines (document, place, body) VALUES (?, ?, ?)",
                )?
                .execute(params![document, place, body])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM story_outlines WHERE document = ?")?
                .execute([document])
                .map(drop),
        })
    }

    fn outline_count(&mut self, places: Range<i64>, limit: u64) -> Result<u64> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(*) FROM
                     (SELECT 1 FROM story_outlines WHERE place >= ? AND place < ? LIMIT ?)",
                )?
                .query_row(params![places.start, places.end, limit as i64], |row| row.get::<_, i64>(0))
                .map(i64::unsigned_abs)
        })
    }

    fn outlines(&mut self, places: Range<i64>) -> Result<Vec<(i64, Rc<Outline>)>> {
        let rows: Vec<(i64, String)> = self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT document, body FROM story_outlines WHERE place >= ? AND place < ?
                     ORDER BY place, document",
                )?
                .query_map([places.start, places.end], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let read = |(document, body): (i64, String)| Ok((document, Rc::new(self.value("story", &body)?)));
        rows.into_iter().map(read).collect()
    }

    fn story(&mut self, document: i64) -> Result<Option<RecordId>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT story FROM document_facets WHERE document = ?")?
                .query_row([document], |row| row.get::<_, Option<String>>(0))
                .optional()
                .map(|story| story.flatten().map(RecordId::from))
        })
    }
}

impl Linking<'_> {
    /// Returns the id of a document; empty if the file has no document with this number.
    fn document_id(&self, number: i64) -> Result<DocumentId> {
        let id: Option<DocumentId> = self.run(|connection| {
            connection
                .prepare_cached("SELECT id FROM documents WHERE number = ?")?
                .query_row([number], |row| read_id(row, 0))
                .optional()
        })?;
        Ok(id.unwrap_or_default())
    }

    fn agreements_and_positions(&self, document: i64) -> Result<DocumentRecords> {
        let bodies: Vec<(String, String)> = self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, body FROM records WHERE document = ? AND kind IN ('agreement', 'position')
                     ORDER BY number",
                )?
                .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let mut records = DocumentRecords::default();
        for (id, body) in bodies {
            records.push(wire::from_line(&body).map_err(|error| self.store.form_error(&id, error))?);
        }
        Ok(records)
    }

    /// Returns the actor ids of a document that become other ids, each with the id that it becomes.
    fn renamed(&self, document: i64) -> Result<BTreeMap<ActorId, ActorId>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT local, linked FROM renamed
                     WHERE document = (SELECT id FROM documents WHERE number = ?)",
                )?
                .query_map([document], |row| Ok((read_id(row, 0)?, read_id(row, 1)?)))?
                .collect()
        })
    }

    /// Sets the actors that a document names. An actor whose record is still to come gets an empty row.
    fn set_named(&self, document: i64, actors: &BTreeSet<ActorId>) -> Result<()> {
        self.run(|connection| {
            let mut before: BTreeSet<i64> = connection
                .prepare_cached(
                    "SELECT link FROM link_members JOIN links ON links.number = link_members.link
                     WHERE link_members.document = ? AND links.kind = 'actor'",
                )?
                .query_map([document], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut find =
                connection.prepare_cached("SELECT number FROM links WHERE kind = 'actor' AND id = ?")?;
            let mut make = connection.prepare_cached(
                "INSERT INTO links (kind, id, day, size, body) VALUES ('actor', ?, '', 0, '{}')",
            )?;
            let mut member =
                connection.prepare_cached("INSERT INTO link_members (document, link) VALUES (?, ?)")?;
            let mut size =
                connection.prepare_cached("UPDATE links SET size = size + ?2 WHERE number = ?1")?;
            for actor in actors {
                let number = match find.query_row([actor.as_str()], |row| row.get::<_, i64>(0)).optional()? {
                    Some(number) => number,
                    None => {
                        make.execute([actor.as_str()])?;
                        connection.last_insert_rowid()
                    }
                };
                if !before.remove(&number) {
                    member.execute([document, number])?;
                    size.execute([number, 1])?;
                }
            }
            let mut leave =
                connection.prepare_cached("DELETE FROM link_members WHERE document = ? AND link = ?")?;
            for number in before {
                leave.execute([document, number])?;
                size.execute([number, -1])?;
            }
            Ok(())
        })
    }

    /// Returns the JSON of what is kept of `id`.
    fn json<T: Serialize>(&self, id: &str, value: &T) -> Result<String> {
        serde_json::to_string(value).map_err(|error| self.store.form_error(id, error))
    }

    /// Reads what is kept of `id` from its JSON.
    fn value<T: DeserializeOwned>(&self, id: &str, body: &str) -> Result<T> {
        serde_json::from_str(body).map_err(|error| self.store.form_error(id, error))
    }
}
