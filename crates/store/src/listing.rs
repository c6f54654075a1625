//! Pages of long lists, read by indexes: only the rows of a page are read.

use std::fmt::Write as _;

use readout_record::{Actor, ActorId, DocumentId, Record, RecordId, Story, wire};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params_from_iter};

use crate::narrow::{Conditions, list};
use crate::page::{Listed, Page};
use crate::rows::read_id;
use crate::search::MOST_FOUND;
use crate::{Narrow, Result, Store};

/// The actors that a list shows, among those in the documents that a [`Narrow`] lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorsWanted {
    /// The sorts (`person`); empty for any. Places and people without a name are never listed.
    pub kinds: Vec<String>,
    /// Words, in lower case, that must all be among the words of an actor's names.
    pub words: Vec<String>,
    /// Ids of the actors that may be listed; empty for any.
    pub only: Vec<ActorId>,
    /// Ids of actors that are not listed.
    pub but: Vec<ActorId>,
}

impl Store {
    /// Returns the stories that have a document which `narrow` lets through, and that `keep` lets through, newest first.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_stories(
        &self,
        page: &Page,
        narrow: &Narrow,
        keep: Option<&dyn Fn(&Story) -> bool>,
    ) -> Result<Listed<Story>> {
        let mut of = "kind = 'story'".to_owned();
        let mut values = Vec::new();
        if *narrow != Narrow::default() {
            let made = self.conditions(narrow).map_err(|error| self.error(error))?;
            let _ = write!(
                of,
                " AND id IN (SELECT story FROM document_facets WHERE places > 0 AND story IS NOT NULL{})",
                made.text
            );
            values = made.values;
        }
        let query = format!("SELECT id, body FROM links WHERE {of} ORDER BY day DESC, id DESC");
        let counted = format!("SELECT count(*) FROM links WHERE {of}");
        let count = keep.is_none().then_some(counted.as_str());
        self.walk(&query, count, values, page, |row| {
            let (id, body) = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            Ok(match wire::from_line(&body) {
                Ok(Record::Story(it)) if keep.is_none_or(|keep| keep(&it)) => Ok(Some(it)),
                Ok(_) => Ok(None),
                Err(error) => Err(self.form_error(&id, error)),
            })
        })
    }

    /// Returns the `wanted` actors that `keep` lets through, each with its number of documents, the most first.
    ///
    /// If `narrow` asks for some documents, only these are counted: if there are many, the newest [`MOST_FOUND`].
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_actors(
        &self,
        page: &Page,
        wanted: &ActorsWanted,
        narrow: &Narrow,
        keep: Option<&dyn Fn(&Actor) -> bool>,
    ) -> Result<Listed<(Actor, usize)>> {
        let mut of = "links.kind = 'actor' AND sort NOT IN ('unnamed', 'place')".to_owned();
        let mut values: Vec<Value> = Vec::new();
        if let [kind] = wanted.kinds.as_slice() {
            of.push_str(" AND sort = ?");
            values.push(kind.clone().into());
        } else if !wanted.kinds.is_empty() {
            of.push_str(" AND sort IN (SELECT value FROM json_each(?))");
            values.push(list(&wanted.kinds).into());
        }
        for word in &wanted.words {
            of.push_str(" AND number IN (SELECT link FROM name_words WHERE word = ?)");
            values.push(word.clone().into());
        }
        if !wanted.only.is_empty() {
            of.push_str(" AND links.id IN (SELECT value FROM json_each(?))");
            values.push(list(&wanted.only).into());
        }
        if !wanted.but.is_empty() {
            of.push_str(" AND links.id NOT IN (SELECT value FROM json_each(?))");
            values.push(list(&wanted.but).into());
        }
        let (query, count) = if *narrow == Narrow::default() {
            (
                format!("SELECT id, size, body FROM links WHERE {of} ORDER BY size DESC, id DESC"),
                format!("SELECT count(*) FROM links WHERE {of}"),
            )
        } else {
            let made = self.conditions(narrow).map_err(|error| self.error(error))?;
            values.splice(0..0, made.values);
            let few = format!(
                "WITH few AS MATERIALIZED
                   (SELECT document FROM document_facets WHERE places > 0{} ORDER BY day DESC LIMIT {MOST_FOUND})",
                made.text
            );
            let from = "FROM few CROSS JOIN link_members ON link_members.document = few.document
                        CROSS JOIN links ON links.number = link_members.link";
            (
                format!(
                    "{few} SELECT id, many, (SELECT body FROM links WHERE number = link) FROM
                       (SELECT links.id AS id, links.number AS link, count(*) AS many {from}
                        WHERE {of} GROUP BY links.number ORDER BY many DESC, id DESC)"
                ),
                format!("{few} SELECT count(DISTINCT links.number) {from} WHERE {of}"),
            )
        };
        let count = keep.is_none().then_some(count.as_str());
        self.walk(&query, count, values, page, |row| {
            let (id, size, body) =
                (row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?);
            Ok(match wire::from_line(&body) {
                Ok(Record::Actor(it)) if keep.is_none_or(|keep| keep(&it)) => {
                    Ok(Some((it, size.unsigned_abs() as usize)))
                }
                Ok(_) => Ok(None),
                Err(error) => Err(self.form_error(&id, error)),
            })
        })
    }

    /// Returns the words of actors' names that start with `start`, in lower case, each once and sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn name_words(&self, start: &str) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT word FROM name_words WHERE word >= ?1 AND word < ?2 ORDER BY word",
                )?
                .query_map([start, &format!("{start}\u{10FFFF}")], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns all outlets of current reports, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets(&self) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT outlet FROM document_facets
                     WHERE places > 0 AND outlet IS NOT NULL ORDER BY outlet",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the first and the last day of publication of current reports; `None` if none is dated.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn days(&self) -> Result<Option<(String, String)>> {
        self.connection
            .query_row(
                "SELECT min(day), max(day) FROM document_facets WHERE places > 0 AND day <> ''",
                [],
                |row| Ok(row.get::<_, Option<String>>(0)?.zip(row.get::<_, Option<String>>(1)?)),
            )
            .map_err(|error| self.error(error))
    }

    /// Returns the actors that have all of `words`, in lower case, among the words of their names.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn actors_with(&self, words: &[String]) -> Result<Vec<Record>> {
        let mut query = "SELECT id, body FROM links WHERE kind = 'actor'".to_owned();
        for _ in words {
            query.push_str(" AND number IN (SELECT link FROM name_words WHERE word = ?)");
        }
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(&query)?
                .query_map(params_from_iter(words), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.error(error))?;
        let record =
            |(id, body): &(String, String)| wire::from_line(body).map_err(|error| self.form_error(id, error));
        rows.iter().map(record).collect()
    }

    /// Returns the number of documents that a linked record has members in; 0 if there is no such record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn size_of(&self, kind: &str, id: &str) -> Result<usize> {
        let size: Option<i64> = self
            .connection
            .prepare_cached("SELECT size FROM links WHERE kind = ? AND id = ?")
            .and_then(|mut query| query.query_row([kind, id], |row| row.get(0)).optional())
            .map_err(|error| self.error(error))?;
        Ok(size.map_or(0, |size| size.unsigned_abs() as usize))
    }

    /// Returns the outlets of a story's current reports, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets_of(&self, story: &str) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT outlet FROM links
                     JOIN link_members ON link_members.link = links.number
                     JOIN document_facets ON document_facets.document = link_members.document
                     WHERE links.kind = 'story' AND links.id = ? AND places > 0 AND outlet IS NOT NULL
                     ORDER BY outlet",
                )?
                .query_map([story], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the outlets of current reports that are spelt like one of `names`, whatever the case of the letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets_like(&self, names: &[String]) -> Result<Vec<String>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = names.iter().map(|it| it.trim().to_lowercase()).collect();
        let mut found = self.outlets()?;
        found.retain(|it| names.contains(&it.to_lowercase()));
        Ok(found)
    }

    /// Returns the story of a report.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn story_of(&self, id: &str) -> Result<Option<RecordId>> {
        self.connection
            .prepare_cached(
                "SELECT story FROM document_facets WHERE document = (SELECT number FROM documents WHERE id = ?)",
            )
            .and_then(|mut query| query.query_row([id], |row| row.get::<_, Option<String>>(0)).optional())
            .map(|story| story.flatten().map(RecordId::from))
            .map_err(|error| self.error(error))
    }

    /// Returns the rows of `query` on `page`. `row` makes the listed value of a row; `None` if it is not to be listed.
    ///
    /// `count` is the query for the number of rows, if every row is shown; without it all rows are read and counted.
    fn walk<T>(
        &self,
        query: &str,
        count: Option<&str>,
        mut values: Vec<Value>,
        page: &Page,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<Result<Option<T>>>,
    ) -> Result<Listed<T>> {
        let failed = |error: rusqlite::Error| self.error(error);
        let (mut skip, mut total) = (page.from(), 0);
        let mut paged = query.to_owned();
        if let Some(count) = count {
            let counted: rusqlite::Result<i64> = self
                .connection
                .prepare_cached(count)
                .and_then(|mut query| query.query_row(params_from_iter(&values), |row| row.get(0)));
            total = counted.map_err(failed)?.unsigned_abs() as usize;
            paged.push_str(" LIMIT ? OFFSET ?");
            values.extend([(page.limit as i64).into(), (skip as i64).into()]);
            skip = 0;
        }
        let mut statement = self.connection.prepare_cached(&paged).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(failed)?;
        let mut found = Vec::new();
        let mut seen = 0;
        while let Some(it) = rows.next().map_err(failed)? {
            let Some(it) = row(it).map_err(failed)?? else { continue };
            if seen >= skip && found.len() < page.limit {
                found.push(it);
            }
            seen += 1;
        }
        Ok(Listed::of(found, if count.is_some() { total } else { seen }, page))
    }

    /// Returns the ids of the current documents that `narrow` lets through, the newest first, the undated last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_documents(&self, page: &Page, narrow: &Narrow) -> Result<Listed<DocumentId>> {
        let Conditions { text, values, .. } = self.conditions(narrow).map_err(|error| self.error(error))?;
        self.walk(
            &format!(
                "SELECT (SELECT id FROM documents WHERE number = document)
                 FROM document_facets WHERE places > 0{text} ORDER BY day DESC, document DESC"
            ),
            Some(&format!("SELECT count(*) FROM document_facets WHERE places > 0{text}")),
            values,
            page,
            |row| Ok(Ok(Some(read_id(row, 0)?))),
        )
    }
}
