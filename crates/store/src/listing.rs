//! Pages of long lists, straight from the indexes: nothing is read but what a page shows.

use readout_record::{Actor, DocumentId, Record, RecordId, Story, wire};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params_from_iter};
use serde::Serialize;

use crate::narrow::{Conditions, list};
use crate::search::MOST_FOUND;
use crate::{Narrow, Result, Store};

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Listed<T> {
    /// What the page shows.
    pub rows: Vec<T>,
    /// What asks for the next page; `None` on the last.
    pub next: Option<String>,
}

/// Where a page starts, and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// [`Listed::next`] of the page before; `None` for the first. One that no page gave starts at the first.
    pub after: Option<String>,
    /// The most rows.
    pub limit: usize,
}

impl Page {
    /// The first page of at most `limit` rows.
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit }
    }

    /// The sort key and id after which the page starts.
    fn start(&self) -> Option<(&str, &str)> {
        self.after.as_deref()?.split_once('~')
    }
}

impl Store {
    /// Stories with the newest first, none that ended before `since`, that `keep` lets through.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_stories(
        &self,
        page: &Page,
        since: Option<&str>,
        keep: impl Fn(&Story) -> bool,
    ) -> Result<Listed<Story>> {
        let start = page.start();
        let mut values: Vec<Value> = vec![since.unwrap_or_default().to_owned().into()];
        let mut after = "";
        if let Some((day, id)) = start {
            after = " AND (day, id) < (?, ?)";
            values.extend([day.to_owned().into(), id.to_owned().into()]);
        }
        let query = format!(
            "SELECT id, day, body FROM links WHERE kind = 'story' AND day >= ?{after} ORDER BY day DESC, id DESC"
        );
        let take = |id: &str, body: &str| match wire::from_line(body) {
            Ok(Record::Story(it)) if keep(&it) => Ok(Some(it)),
            Ok(_) => Ok(None),
            Err(error) => Err(self.form_error(id, &error)),
        };
        self.walk(&query, values, page.limit, |row| {
            let (id, day, body) =
                (row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?);
            Ok((format!("{day}~{id}"), take(&id, &body)))
        })
    }

    /// Actors with those in most documents first, each with how many, that `keep` lets through: of these `kinds` (any,
    /// if there are none; never places and people without a name), with all of `words` (in lower case) among the words
    /// of their names, and in the documents that `narrow` lets through; of many documents, in the newest
    /// [`MOST_FOUND`] of them.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_actors(
        &self,
        page: &Page,
        kinds: &[String],
        words: &[String],
        narrow: &Narrow,
        keep: impl Fn(&Actor) -> bool,
    ) -> Result<Listed<(Actor, usize)>> {
        let take = |id: &str, body: &str, size: i64| match wire::from_line(body) {
            Ok(Record::Actor(it)) if keep(&it) => Ok(Some((it, size.unsigned_abs() as usize))),
            Ok(_) => Ok(None),
            Err(error) => Err(self.form_error(id, &error)),
        };
        let mut of = "links.kind = 'actor' AND sort NOT IN ('unnamed', 'place')".to_owned();
        let mut values: Vec<Value> = Vec::new();
        if let [kind] = kinds {
            of.push_str(" AND sort = ?");
            values.push(kind.clone().into());
        } else if !kinds.is_empty() {
            of.push_str(" AND sort IN (SELECT value FROM json_each(?))");
            values.push(list(kinds).into());
        }
        for word in words {
            of.push_str(" AND number IN (SELECT link FROM name_words WHERE word = ?)");
            values.push(word.clone().into());
        }
        let start = page.start().map(|(size, id)| (size.parse::<i64>().unwrap_or(i64::MAX), id.to_owned()));
        let cursor: Vec<Value> = start.into_iter().flat_map(|(size, id)| [size.into(), id.into()]).collect();
        let query = if *narrow == Narrow::default() {
            let after = if cursor.is_empty() { "" } else { " AND (size, id) < (?, ?)" };
            values.extend(cursor);
            format!("SELECT id, size, body FROM links WHERE {of}{after} ORDER BY size DESC, id DESC")
        } else {
            let made = self.conditions(narrow).map_err(|error| self.error(&error))?;
            let after = if cursor.is_empty() { "" } else { " HAVING (many, id) < (?, ?)" };
            values.splice(0..0, made.values);
            values.extend(cursor);
            format!(
                "WITH few AS MATERIALIZED
                   (SELECT document FROM document_facets WHERE places > 0{} ORDER BY day DESC LIMIT {MOST_FOUND})
                 SELECT id, many, (SELECT body FROM links WHERE number = link) FROM
                   (SELECT links.id AS id, links.number AS link, count(*) AS many FROM few
                    CROSS JOIN link_members ON link_members.document = few.document
                    CROSS JOIN links ON links.number = link_members.link
                    WHERE {of} GROUP BY links.number{after} ORDER BY many DESC, id DESC)",
                made.text
            )
        };
        self.walk(&query, values, page.limit, |row| {
            let (id, size, body) =
                (row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?);
            Ok((format!("{size}~{id}"), take(&id, &body, size)))
        })
    }

    /// Actors among the words of whose names, in lower case, are all of `words`.
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
        let rows = read().map_err(|error| self.error(&error))?;
        let record = |(id, body): &(String, String)| {
            wire::from_line(body).map_err(|error| self.form_error(id, &error))
        };
        rows.iter().map(record).collect()
    }

    /// In how many documents a linked record stands.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn size_of(&self, kind: &str, id: &str) -> Result<usize> {
        let size: Option<i64> = self
            .connection
            .prepare_cached("SELECT size FROM links WHERE kind = ? AND id = ?")
            .and_then(|mut query| query.query_row([kind, id], |row| row.get(0)).optional())
            .map_err(|error| self.error(&error))?;
        Ok(size.map_or(0, |size| size.unsigned_abs() as usize))
    }

    /// The outlets of a story's current reports, sorted.
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
        read().map_err(|error| self.error(&error))
    }

    /// The outlets of current reports that are spelt like one of `names`, upper and lower case being the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets_like(&self, names: &[String]) -> Result<Vec<String>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = names.iter().map(|it| it.trim().to_lowercase()).collect();
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT outlet FROM document_facets WHERE places > 0 AND outlet IS NOT NULL",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        let mut found = read().map_err(|error| self.error(&error))?;
        found.retain(|it| names.contains(&it.to_lowercase()));
        Ok(found)
    }

    /// The story of a report.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn story_of(&self, id: &str) -> Result<Option<RecordId>> {
        self.connection
            .prepare_cached(
                "SELECT story FROM document_facets WHERE document = (SELECT number FROM documents WHERE id = ?)",
            )
            .and_then(|mut query| query.query_row([id], |row| row.get(0)).optional())
            .map(Option::flatten)
            .map_err(|error| self.error(&error))
    }

    /// The rows of `query`, as far as a page of `limit` reaches; `row` gives what asks for the page after a row, and the
    /// row itself if it is to be shown.
    fn walk<T>(
        &self,
        query: &str,
        values: Vec<Value>,
        limit: usize,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<(String, Result<Option<T>>)>,
    ) -> Result<Listed<T>> {
        let failed = |error: rusqlite::Error| self.error(&error);
        let mut statement = self.connection.prepare_cached(query).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(failed)?;
        let mut found = Listed { rows: Vec::new(), next: None };
        let mut last = None;
        while let Some(it) = rows.next().map_err(failed)? {
            let (key, it) = row(it).map_err(failed)?;
            let Some(it) = it? else { continue };
            if found.rows.len() == limit {
                found.next = last;
                break;
            }
            found.rows.push(it);
            last = Some(key);
        }
        Ok(found)
    }

    /// The ids of the current documents that `narrow` lets through, the newest first, the undated last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_documents(&self, page: &Page, narrow: &Narrow) -> Result<Listed<DocumentId>> {
        let read = || -> rusqlite::Result<Vec<(String, i64, String)>> {
            let Conditions { mut text, mut values, .. } = self.conditions(narrow)?;
            if let Some((day, number)) = page.start() {
                text.push_str(" AND (day, document) < (?, ?)");
                values.extend([day.to_owned().into(), number.parse::<i64>().unwrap_or(0).into()]);
            }
            values.push((page.limit as i64 + 1).into());
            self.connection
                .prepare_cached(&format!(
                    "SELECT day, document, (SELECT id FROM documents WHERE number = document)
                     FROM document_facets WHERE places > 0{text}
                     ORDER BY day DESC, document DESC LIMIT ?"
                ))?
                .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        };
        let mut rows = read().map_err(|error| self.error(&error))?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|(day, number, _)| format!("{day}~{number}"));
        Ok(Listed { rows: rows.into_iter().map(|(_, _, id)| id).collect(), next })
    }
}
