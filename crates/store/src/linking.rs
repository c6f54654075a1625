//! What linking keeps between two runs: keys and edges of records, sums over actors, outlines of reports.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use readout_record::{ActorId, CopyOf, Document, DocumentId, DocumentRecords, Record, RecordId, wire};
use rusqlite::{OptionalExtension as _, params};

use crate::key_lists::{self, KeyLine};
use crate::log::count_commit;
use crate::members::{Held, documents_of, last_day, leave_story, set_name_words, set_story};
use crate::writing::day;
use crate::{Operation, Result, Store, StoreError};

/// An edge between two records, each a document and an item: earlier, later, strength, note.
pub type EdgeLine = ((i64, u32), (i64, u32), f64, String);

/// One change of the links, all or nothing: what is not [finished](Linking::finish) has not been.
#[derive(Debug)]
pub struct Linking<'s> {
    store: &'s mut Store,
    /// The change in the number of lines in `link_keys_new`.
    gathered: Cell<i64>,
    finished: bool,
}

impl Drop for Linking<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // Where even this fails the connection is lost, and the file rolls back when it is opened next.
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Store {
    /// Begins a change of the links. Until it ends nobody else writes: what is asked now still holds when it is kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn linking(&mut self) -> Result<Linking<'_>> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.error(&error))?;
        let linking = Linking { store: self, gathered: Cell::new(0), finished: false };
        linking.store.stands_there()?;
        Ok(linking)
    }
}

impl Linking<'_> {
    /// Returns the file, to read from it.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Returns the documents that came or went since they were last linked: first those that went, at most `limit` of
    /// each.
    ///
    /// # Errors
    /// When the file cannot be read; so with all methods here.
    pub fn to_link(&self, limit: usize) -> Result<(Vec<i64>, Vec<i64>)> {
        let read = |places: &str| {
            self.run(|connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT document FROM document_facets WHERE (places > 0) <> linked AND places {places}
                         ORDER BY day, document LIMIT ?"
                    ))?
                    .query_map([limit as i64], |row| row.get(0))?
                    .collect()
            })
        };
        Ok((read("= 0")?, read("> 0")?))
    }

    /// Forgets all that was linked before: all current documents are to be linked again.
    pub fn forget(&self) -> Result<()> {
        self.run(|connection| {
            connection.execute_batch(
                "DELETE FROM link_parts; DELETE FROM link_members; DELETE FROM links; DELETE FROM copies;
                 DELETE FROM renamed; DELETE FROM link_keys; DELETE FROM link_keys_new;
                 UPDATE link_keys_state SET gathered = 0; DELETE FROM link_edges;
                 DELETE FROM link_sizes; DELETE FROM link_origins; DELETE FROM actor_totals; DELETE FROM story_outlines;
                 UPDATE document_facets SET story = NULL, linked = 0;",
            )
        })
    }

    fn run<T>(&self, work: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.store.connection).map_err(|error| self.store.error(&error))
    }

    /// Keeps the change and enters `operation` in the log; `removed` are linked no more, `added` are.
    ///
    /// # Errors
    /// When the file cannot be written; so with all methods here that change it.
    pub fn finish(mut self, operation: &mut Operation, removed: &[i64], added: &[i64]) -> Result<()> {
        let before = operation.number;
        let done = self.run(|connection| {
            operation.enter(connection)?;
            key_lists::settle(connection, self.gathered.get())?;
            let mut set =
                connection.prepare_cached("UPDATE document_facets SET linked = ? WHERE document = ?")?;
            for document in removed {
                set.execute(params![0, document])?;
            }
            for document in added {
                set.execute(params![1, document])?;
            }
            for document in removed {
                connection.execute("DELETE FROM copies WHERE document = ?", [document])?;
                connection.execute("DELETE FROM link_origins WHERE document = ?", [document])?;
            }
            count_commit(connection)?;
            connection.execute_batch("COMMIT")
        });
        self.finished = done.is_ok();
        if !self.finished {
            operation.number = before;
        }
        done
    }

    /// Returns a document with its records, by its number.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn report(&self, number: i64) -> Result<Option<(Document, DocumentRecords)>> {
        let Some(id) = self.id(number)? else { return Ok(None) };
        let Some(mut document) = self.store.document(&id)? else { return Ok(None) };
        document.copies_of.clear();
        let records = self.store.records_of(&id)?;
        Ok(Some((document, records)))
    }

    /// Returns the id and day of a document, by its number, with its agreements and positions.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn brief(&self, number: i64) -> Result<Option<(Document, DocumentRecords)>> {
        let head = self.run(|connection| {
            connection
                .prepare_cached("SELECT id, published FROM documents WHERE number = ?")?
                .query_row([number], |row| {
                    Ok(Document { id: row.get(0)?, published: row.get(1)?, ..Document::default() })
                })
                .optional()
        })?;
        let Some(head) = head else { return Ok(None) };
        let bodies: Vec<(String, String)> = self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, body FROM records WHERE document = ? AND kind IN ('agreement', 'position')
                     ORDER BY number",
                )?
                .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let mut records = DocumentRecords::default();
        for (id, body) in bodies {
            match wire::from_line(&body).map_err(|error| self.store.form_error(&id, &error))? {
                Record::Agreement(it) => records.agreements.push(it),
                Record::Position(it) => records.positions.push(it),
                _ => {}
            }
        }
        Ok(Some((head, records)))
    }

    fn id(&self, number: i64) -> Result<Option<DocumentId>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT id FROM documents WHERE number = ?")?
                .query_row([number], |row| row.get(0))
                .optional()
        })
    }

    /// Returns the lines of a key in their order, at most `limit` of them.
    ///
    /// # Errors
    /// When the file cannot be read; so with all methods here.
    pub fn keys(&self, kind: u8, key: i64, limit: Option<usize>) -> Result<Vec<KeyLine>> {
        self.run(|connection| key_lists::lines(connection, kind, key, limit))
    }

    /// Adds a line to the list of a key, or removes it.
    pub fn set_key(&self, kind: u8, key: i64, line: KeyLine, there: bool) -> Result<()> {
        let change = if there { key_lists::add } else { key_lists::take_off };
        let more = self.run(|connection| change(connection, kind, key, line))?;
        self.gathered.set(self.gathered.get() + more);
        Ok(())
    }

    /// Returns the size of a record; `None` if none was set.
    pub fn size(&self, kind: u8, item: (i64, u32)) -> Result<Option<u32>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT size FROM link_sizes WHERE kind = ? AND document = ? AND item = ?")?
                .query_row(params![kind, item.0, item.1], |row| row.get(0))
                .optional()
        })
    }

    /// Sets the size of a record, or forgets it.
    pub fn set_size(&self, kind: u8, item: (i64, u32), size: Option<u32>) -> Result<()> {
        self.run(|connection| match size {
            Some(size) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO link_sizes (kind, document, item, size) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![kind, item.0, item.1, size])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM link_sizes WHERE kind = ? AND document = ? AND item = ?")?
                .execute(params![kind, item.0, item.1])
                .map(drop),
        })
    }

    /// Returns the edges of a record.
    pub fn edges(&self, kind: u8, item: (i64, u32)) -> Result<Vec<EdgeLine>> {
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
                .query_map(params![kind, item.0, item.1], |row| {
                    Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?), row.get(4)?, row.get(5)?))
                })?
                .collect()
        })
    }

    /// Adds an edge. It replaces an earlier edge between the same two records.
    pub fn insert_edge(&self, kind: u8, edge: &EdgeLine) -> Result<()> {
        let (earlier, later, strength, note) = edge;
        self.run(|connection| {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO link_edges
                     (kind, earlier, earlier_item, later, later_item, strength, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![kind, earlier.0, earlier.1, later.0, later.1, strength, note])
                .map(drop)
        })
    }

    /// Removes an edge.
    pub fn remove_edge(&self, kind: u8, earlier: (i64, u32), later: (i64, u32)) -> Result<()> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "DELETE FROM link_edges
                     WHERE kind = ? AND earlier = ? AND earlier_item = ? AND later = ? AND later_item = ?",
                )?
                .execute(params![kind, earlier.0, earlier.1, later.0, later.1])
                .map(drop)
        })
    }

    /// Removes the links of `kind` that contain one of `members`, and adds `records`, each with its members.
    /// A link that stays as it was is not touched.
    pub fn replace(
        &self,
        kind: &str,
        members: &BTreeSet<RecordId>,
        records: &[(Record, Vec<RecordId>)],
    ) -> Result<()> {
        let mut bodies = Vec::with_capacity(records.len());
        for (record, members) in records {
            let body = wire::to_line(record).map_err(|error| self.store.form_error(record.id(), &error))?;
            bodies.push((record, members, body));
        }
        if kind == "actor" {
            return self.replace_actors(members, &bodies);
        }
        self.run(|connection| {
            let mut find = connection.prepare_cached(
                // Left to itself SQLite goes through all links of the kind.
                "SELECT links.number, links.id FROM link_parts CROSS JOIN links ON links.number = link_parts.link
                 WHERE link_parts.member = ? AND links.kind = ?",
            )?;
            let mut before: BTreeMap<i64, RecordId> = BTreeMap::new();
            let mut link_of: BTreeMap<&str, i64> = BTreeMap::new();
            for member in members {
                let found = find.query_map([member.as_str(), kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
                for link in found {
                    let (number, id) = link?;
                    before.insert(number, id);
                    link_of.insert(member, number);
                }
            }
            let by_id: BTreeMap<&str, i64> =
                before.iter().map(|(number, id)| (id.as_str(), *number)).collect();
            let mut body_of = connection.prepare_cached("SELECT body FROM links WHERE number = ?")?;
            let mut free: BTreeSet<i64> = before.keys().copied().collect();
            let mut changed = Vec::new();
            for (record, members, body) in &bodies {
                let number = by_id.get(record.id()).copied();
                if let Some(number) = number {
                    free.remove(&number);
                    if body_of.query_row([number], |row| row.get::<_, String>(0))? == *body {
                        continue;
                    }
                }
                changed.push((*record, members.as_slice(), body.as_str(), number));
            }
            // A link that has grown keeps its row and the rows of its former members: thousands of reports may be on
            // one treaty.
            for (_, members, _, number) in &mut changed {
                let row = members.iter().find_map(|member| link_of.get(member.as_str()));
                if number.is_none()
                    && let Some(row) = row.filter(|row| free.remove(*row))
                {
                    *number = Some(*row);
                }
            }
            let story = kind == "story";
            for number in free {
                if story {
                    leave_story(connection, &before[&number], &Held::by(connection, number)?.documents)?;
                }
                connection.prepare_cached("DELETE FROM links WHERE number = ?")?.execute([number])?;
            }
            // All leave before any come: a document is in one story at a time.
            let mut coming = Vec::with_capacity(changed.len());
            for (record, parts, body, number) in changed {
                let parts = parts.iter().cloned().collect();
                let now = Held { parts, documents: documents_of(connection, record)? };
                let mut held = Held::default();
                if let Some(number) = number {
                    held = Held::by(connection, number)?;
                    held.leave(connection, number, &now)?;
                    if story {
                        leave_story(connection, &before[&number], held.documents.difference(&now.documents))?;
                    }
                }
                coming.push((record, held, now, body, number));
            }
            for (record, held, now, body, number) in coming {
                let (id, day) = (record.id(), last_day(record).map_or("", day));
                let size = now.documents.len() as i64;
                let number = match number {
                    Some(number) => {
                        connection
                            .prepare_cached(
                                "UPDATE links SET id = ?2, day = ?3, size = ?4, body = ?5 WHERE number = ?1",
                            )?
                            .execute(params![number, id, day, size, body])?;
                        number
                    }
                    None => {
                        connection
                            .prepare_cached(
                                "INSERT OR REPLACE INTO links (kind, id, day, size, body) VALUES (?, ?, ?, ?, ?)",
                            )?
                            .execute(params![kind, id, day, size, body])?;
                        connection.last_insert_rowid()
                    }
                };
                now.come(connection, number, &held)?;
                if story {
                    set_story(connection, id, &now.documents)?;
                }
            }
            Ok(())
        })
    }

    /// Writes the actors `records`, and deletes the other actors among `ids`.
    ///
    /// An actor that is stored already keeps its row: half of the documents may refer to the row's number.
    fn replace_actors(
        &self,
        ids: &BTreeSet<RecordId>,
        records: &[(&Record, &Vec<RecordId>, String)],
    ) -> Result<()> {
        let kept: BTreeSet<&str> = records.iter().map(|(record, _, _)| record.id()).collect();
        self.run(|connection| {
            let mut delete =
                connection.prepare_cached("DELETE FROM links WHERE kind = 'actor' AND id = ?")?;
            for id in ids.iter().filter(|id| !kept.contains(id.as_str())) {
                delete.execute([id])?;
            }
            let mut find =
                connection.prepare_cached("SELECT number FROM links WHERE kind = 'actor' AND id = ?")?;
            let mut update =
                connection.prepare_cached("UPDATE links SET body = ?2, sort = ?3 WHERE number = ?1")?;
            let mut insert = connection.prepare_cached(
                "INSERT INTO links (kind, id, day, size, body, sort) VALUES ('actor', ?, '', 0, ?, ?)",
            )?;
            for (record, _, body) in records {
                let Record::Actor(actor) = record else { continue };
                let sort = actor.actor_kind.as_str();
                let number = match find.query_row([&actor.id], |row| row.get(0)).optional()? {
                    Some(number) => {
                        update.execute(params![number, body, sort])?;
                        number
                    }
                    None => {
                        insert.execute(params![actor.id, body, sort])?;
                        connection.last_insert_rowid()
                    }
                };
                set_name_words(connection, actor, number)?;
            }
            Ok(())
        })
    }

    /// Sets the documents that a document copies, and the first document of its group of copies.
    pub fn set_copies(&self, document: i64, copies: &[CopyOf], origin: &str) -> Result<()> {
        let body = serde_json::to_string(copies).map_err(|error| self.store.form_error("", &error))?;
        self.run(|connection| {
            connection.prepare_cached("DELETE FROM copies WHERE document = ?")?.execute([document])?;
            if !copies.is_empty() {
                connection
                    .prepare_cached("INSERT INTO copies (document, body) VALUES (?, ?)")?
                    .execute(params![document, body])?;
            }
            connection
                .prepare_cached("INSERT OR REPLACE INTO link_origins (document, origin) VALUES (?, ?)")?
                .execute(params![document, origin])
                .map(drop)
        })
    }

    /// Returns the origin of a document that `set_copies` set last.
    pub fn origin(&self, document: i64) -> Result<Option<DocumentId>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT origin FROM link_origins WHERE document = ?")?
                .query_row([document], |row| row.get(0))
                .optional()
        })
    }

    /// Returns the totals of an actor of single documents, as JSON.
    pub fn totals(&self, actor: &str) -> Result<Option<String>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT body FROM actor_totals WHERE actor = ?")?
                .query_row([actor], |row| row.get(0))
                .optional()
        })
    }

    /// Sets the totals of an actor; `None` forgets the actor.
    pub fn set_totals(&self, actor: &str, surname: Option<&str>, totals: Option<&str>) -> Result<()> {
        self.run(|connection| match totals {
            Some(totals) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO actor_totals (actor, surname, body) VALUES (?, ?, ?)",
                )?
                .execute(params![actor, surname, totals])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM actor_totals WHERE actor = ?")?
                .execute([actor])
                .map(drop),
        })
    }

    /// Returns the actors with a surname, each with its totals as JSON.
    pub fn namesakes(&self, surname: &str) -> Result<Vec<(ActorId, String)>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT actor, body FROM actor_totals WHERE surname = ? ORDER BY actor")?
                .query_map([surname], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Returns the documents that name an actor. The id is the one over all documents.
    pub fn documents_naming(&self, actor: &str) -> Result<Vec<i64>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT document FROM link_members
                     WHERE link = (SELECT number FROM links WHERE kind = 'actor' AND id = ?) ORDER BY document",
                )?
                .query_map([actor], |row| row.get(0))?
                .collect()
        })
    }

    /// Sets the actors of a document by their ids over all documents, and the ids of the document that become others.
    pub fn set_actors<'a>(
        &self,
        document: i64,
        actors: impl Iterator<Item = &'a ActorId>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<()> {
        let id = self.id(document)?.unwrap_or_default();
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
                let number = match find.query_row([actor], |row| row.get::<_, i64>(0)).optional()? {
                    Some(number) => number,
                    None => {
                        make.execute([actor])?;
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
            connection.prepare_cached("DELETE FROM renamed WHERE document = ?")?.execute([&id])?;
            let mut insert = connection
                .prepare_cached("INSERT INTO renamed (document, local, linked) VALUES (?, ?, ?)")?;
            for (local, linked) in renamed {
                insert.execute(params![id, local, linked])?;
            }
            Ok(())
        })
    }

    /// Returns the actor ids of a document that become other ids, each with the id that it becomes.
    pub fn renamed(&self, document: i64) -> Result<BTreeMap<ActorId, ActorId>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT local, linked FROM renamed
                     WHERE document = (SELECT id FROM documents WHERE number = ?)",
                )?
                .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Sets the outline of a document, as JSON, and its place on the line of time; `None` forgets the outline.
    pub fn set_outline(&self, document: i64, place: i64, outline: Option<&str>) -> Result<()> {
        self.run(|connection| match outline {
            Some(outline) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO story_outlines (document, place, body) VALUES (?, ?, ?)",
                )?
                .execute(params![document, place, outline])
                .map(drop),
            None => connection
                .prepare_cached("DELETE FROM story_outlines WHERE document = ?")?
                .execute([document])
                .map(drop),
        })
    }

    /// Returns the number of outlines within `places`, at most `limit`.
    pub fn outline_count(&self, places: Range<i64>, limit: u64) -> Result<u64> {
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

    /// Returns the documents within `places` with their outlines, as JSON.
    pub fn outlines(&self, places: Range<i64>) -> Result<Vec<(i64, String)>> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT document, body FROM story_outlines WHERE place >= ? AND place < ?
                     ORDER BY place, document",
                )?
                .query_map([places.start, places.end], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Returns the story of a document.
    pub fn story(&self, document: i64) -> Result<Option<RecordId>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT story FROM document_facets WHERE document = ?")?
                .query_row([document], |row| row.get(0))
                .optional()
                .map(Option::flatten)
        })
    }

    /// Returns the error for a stored body that does not have the form of `id`'s record.
    pub fn broken(&self, id: &str, error: &serde_json::Error) -> StoreError {
        self.store.form_error(id, error)
    }
}
