//! Links are written: one that stays as it was is not touched, and one that has changed keeps its row.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Kind, Record, RecordId, calendar, wire};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::Linking;
use crate::Result;
use crate::members::{Held, documents_of, last_day, leave_story, set_name_words, set_story};
use crate::rows::read_id;

/// A link with its members and its JSON.
struct Link<'r> {
    record: &'r Record,
    members: &'r [RecordId],
    body: String,
}

impl Linking<'_> {
    /// Removes the links of `kind` that contain one of `members`, and adds `records`, each with its members.
    pub(super) fn write_links(
        &self,
        kind: Kind,
        members: &BTreeSet<RecordId>,
        records: &[(Record, Vec<RecordId>)],
    ) -> Result<()> {
        let mut links = Vec::with_capacity(records.len());
        for (record, members) in records {
            let body = wire::to_line(record).map_err(|error| self.store.form_error(record.id(), error))?;
            links.push(Link { record, members, body });
        }
        self.run(|connection| {
            if kind == Kind::Actor {
                write_actors(connection, members, &links)
            } else {
                let before = Before::of(connection, kind, members)?;
                before.replace(connection, kind, links)
            }
        })
    }
}

/// The links of a kind that contain one of some members, before they change.
struct Before<'m> {
    /// The id of each link, by its row.
    ids: BTreeMap<i64, RecordId>,
    /// The row of the link of each member.
    row_of: BTreeMap<&'m str, i64>,
}

impl<'m> Before<'m> {
    fn of(connection: &Connection, kind: Kind, members: &'m BTreeSet<RecordId>) -> rusqlite::Result<Self> {
        let mut find = connection.prepare_cached(
            // Left to itself SQLite goes through all links of the kind.
            "SELECT links.number, links.id FROM link_parts CROSS JOIN links ON links.number = link_parts.link
             WHERE link_parts.member = ? AND links.kind = ?",
        )?;
        let mut before = Self { ids: BTreeMap::new(), row_of: BTreeMap::new() };
        for member in members {
            let found =
                find.query_map([member.as_str(), kind.as_str()], |row| Ok((row.get(0)?, read_id(row, 1)?)))?;
            for link in found {
                let (row, id) = link?;
                before.ids.insert(row, id);
                before.row_of.insert(member, row);
            }
        }
        Ok(before)
    }

    /// Writes `links` in the place of those that were there.
    fn replace(self, connection: &Connection, kind: Kind, links: Vec<Link<'_>>) -> rusqlite::Result<()> {
        let (changed, free) = self.assign(connection, links)?;
        self.note_replaced(connection, &changed, &free)?;
        let story = kind == Kind::Story;
        for row in free {
            if story {
                leave_story(connection, &self.ids[&row], &Held::by(connection, row)?.documents)?;
            }
            connection.prepare_cached("DELETE FROM links WHERE number = ?")?.execute([row])?;
        }
        // All leave before any come: a document is in one story at a time.
        let mut coming = Vec::with_capacity(changed.len());
        for (link, row) in changed {
            let parts = link.members.iter().map(ToString::to_string).collect();
            let now = Held { parts, documents: documents_of(connection, link.record)? };
            let mut held = Held::default();
            if let Some(row) = row {
                held = Held::by(connection, row)?;
                held.leave(connection, row, &now)?;
                if story {
                    let left = held.documents.difference(&now.documents);
                    leave_story(connection, &self.ids[&row], left)?;
                }
            }
            coming.push((link, row, held, now));
        }
        for (link, row, held, now) in coming {
            let row = write_link(connection, kind, &link, row, now.documents.len() as i64)?;
            now.come(connection, row, &held)?;
            if story {
                set_story(connection, link.record.id(), &now.documents)?;
            }
        }
        Ok(())
    }

    /// Notes for each id that is given up which of the `changed` links takes its place: the one that has most of its
    /// members.
    fn note_replaced(
        &self,
        connection: &Connection,
        changed: &[(Link<'_>, Option<i64>)],
        free: &BTreeSet<i64>,
    ) -> rusqlite::Result<()> {
        let kept: BTreeSet<&str> = changed.iter().map(|(link, _)| link.record.id()).collect();
        let taken: BTreeSet<i64> = changed.iter().filter_map(|(_, row)| *row).collect();
        let mut note =
            connection.prepare_cached("INSERT OR REPLACE INTO replaced (former, id) VALUES (?, ?)")?;
        for row in free.union(&taken) {
            let Some(former) = self.ids.get(row).filter(|id| !kept.contains(id.as_str())) else { continue };
            let of_former = |member: &&RecordId| self.row_of.get(member.as_str()) == Some(row);
            let common = |link: &Link<'_>| link.members.iter().filter(of_former).count();
            let best = changed.iter().map(|(link, _)| (common(link), link.record.id()));
            let best = best.filter(|(common, _)| *common > 0).max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
            if let Some((_, id)) = best {
                note.execute([former.as_str(), id])?;
            }
        }
        let mut again = connection.prepare_cached("DELETE FROM replaced WHERE former = ?")?;
        kept.into_iter().try_for_each(|id| again.execute([id]).map(drop))
    }

    /// Returns the links that are new or changed, each with the row that it takes over, and the rows that are left.
    ///
    /// A link keeps its row by its id. One with another id takes the row of a former link with one of its members: a
    /// treaty that one more report is on changes its id, and thousands of reports may refer to the row.
    #[expect(clippy::type_complexity, reason = "the links with their rows, and the rows")]
    fn assign<'r>(
        &self,
        connection: &Connection,
        links: Vec<Link<'r>>,
    ) -> rusqlite::Result<(Vec<(Link<'r>, Option<i64>)>, BTreeSet<i64>)> {
        let by_id: BTreeMap<&str, i64> = self.ids.iter().map(|(row, id)| (id.as_str(), *row)).collect();
        let mut body_of = connection.prepare_cached("SELECT body FROM links WHERE number = ?")?;
        let mut free: BTreeSet<i64> = self.ids.keys().copied().collect();
        let mut changed = Vec::new();
        for link in links {
            let row = by_id.get(link.record.id()).copied();
            if let Some(row) = row {
                free.remove(&row);
                if body_of.query_row([row], |it| it.get::<_, String>(0))? == link.body {
                    continue;
                }
            }
            changed.push((link, row));
        }
        for (link, row) in changed.iter_mut().filter(|(_, row)| row.is_none()) {
            let former = link.members.iter().find_map(|member| self.row_of.get(member.as_str()));
            *row = former.copied().filter(|former| free.remove(former));
        }
        Ok((changed, free))
    }
}

/// Writes a link into `row`, or into a new row. Returns the row. `size` is the number of its documents.
fn write_link(
    connection: &Connection,
    kind: Kind,
    link: &Link<'_>,
    row: Option<i64>,
    size: i64,
) -> rusqlite::Result<i64> {
    let id = link.record.id();
    let day = last_day(link.record).and_then(calendar::date_of).unwrap_or_default();
    if let Some(row) = row {
        connection
            .prepare_cached("UPDATE links SET id = ?2, day = ?3, size = ?4, body = ?5 WHERE number = ?1")?
            .execute(params![row, id, day, size, link.body])?;
        return Ok(row);
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO links (kind, id, day, size, body) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![kind.as_str(), id, day, size, link.body])?;
    Ok(connection.last_insert_rowid())
}

/// Writes the actors `links`, and deletes the other actors among `ids`.
///
/// An actor that is stored already keeps its row: half of the documents may refer to the row's number.
fn write_actors(
    connection: &Connection,
    ids: &BTreeSet<RecordId>,
    links: &[Link<'_>],
) -> rusqlite::Result<()> {
    let kept: BTreeSet<&str> = links.iter().map(|link| link.record.id()).collect();
    let mut delete = connection.prepare_cached("DELETE FROM links WHERE kind = 'actor' AND id = ?")?;
    for id in ids.iter().filter(|id| !kept.contains(id.as_str())) {
        delete.execute([id.as_str()])?;
    }
    let mut find = connection.prepare_cached("SELECT number FROM links WHERE kind = 'actor' AND id = ?")?;
    let mut update = connection.prepare_cached("UPDATE links SET body = ?2, sort = ?3 WHERE number = ?1")?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO links (kind, id, day, size, body, sort) VALUES ('actor', ?, '', 0, ?, ?)",
    )?;
    for link in links {
        let Record::Actor(actor) = link.record else { continue };
        let sort = actor.actor_kind.as_str();
        let row = match find.query_row([actor.id.as_str()], |row| row.get(0)).optional()? {
            Some(row) => {
                update.execute(params![row, link.body, sort])?;
                row
            }
            None => {
                insert.execute(params![actor.id.as_str(), link.body, sort])?;
                connection.last_insert_rowid()
            }
        };
        set_name_words(connection, actor, row)?;
    }
    Ok(())
}
