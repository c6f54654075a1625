//! Pages of long lists, straight from the indexes: nothing is read but what a page shows.

use readout_record::{Actor, DocumentId, Record, RecordId, Story, wire};
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;

use crate::search::full_text_query;
use crate::writing::FACET_KINDS;
use crate::{Result, Store};

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

/// Which documents a list or a search shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Not before this day, ISO 8601.
    pub since: Option<String>,
    /// Before this day.
    pub until: Option<String>,
    /// By one of these outlets, spelt as stored.
    pub outlets: Vec<String>,
    /// Of this story.
    pub story: Option<RecordId>,
    /// With records of all these kinds (of [`FACET_KINDS`]; others are never there).
    pub kinds: Vec<String>,
    /// That speak of one of these actors; empty for any.
    pub actors: Vec<String>,
}

/// How many of the documents found are by which outlet, of which story, month and kind of record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By outlet, the most first; documents without one are not counted.
    pub outlets: Vec<FacetCount>,
    /// By story, the most first.
    pub stories: Vec<FacetCount>,
    /// By month of publication (`2015-10`), in order of time.
    pub months: Vec<FacetCount>,
    /// With records of a kind, in the order of the kinds.
    pub kinds: Vec<FacetCount>,
    /// How many documents there are.
    pub documents: usize,
    /// Whether that is all: beyond [`MOST_FOUND`] only those read last are counted and ranked.
    pub complete: bool,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value: an outlet's name, a story's id, a month, a kind.
    pub value: String,
    /// What people read: a story's title; otherwise the value.
    pub name: String,
    /// How many documents have it.
    pub documents: usize,
}

/// A document that was searched for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Hit {
    /// The report.
    pub doc: DocumentId,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// A passage around the words.
    pub snippet: Vec<crate::Piece>,
    /// How well it fits (BM25; higher is better).
    pub score: f64,
}

/// How many documents a search ranks and counts at most; of a word that more have, those read last.
pub const MOST_FOUND: usize = 5_000;

/// How many values of a facet are given at most.
const MOST_VALUES: usize = 50;

impl Store {
    /// Stories with the newest first, that `keep` lets through.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_stories(&self, page: &Page, keep: impl Fn(&Story) -> bool) -> Result<Listed<Story>> {
        self.list_links("story", "day", page, |record| match record {
            Record::Story(it) if keep(&it) => Some(it),
            _ => None,
        })
    }

    /// Actors with those in most documents first, each with how many, that `keep` lets through.
    ///
    /// # Errors
    /// As [`Store::records_of`].
    pub fn list_actors(&self, page: &Page, keep: impl Fn(&Actor) -> bool) -> Result<Listed<(Actor, usize)>> {
        let found = self.list_links("actor", "size", page, |record| match record {
            Record::Actor(it) if keep(&it) => Some(it),
            _ => None,
        })?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for actor in found.rows {
            let size = self.size_of("actor", &actor.id)?;
            rows.push((actor, size));
        }
        Ok(Listed { rows, next: found.next })
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

    /// Links of one kind in falling order of `column`, then of their ids.
    fn list_links<T>(
        &self,
        kind: &str,
        column: &str,
        page: &Page,
        take: impl Fn(Record) -> Option<T>,
    ) -> Result<Listed<T>> {
        let numeric = column == "size";
        let query = format!(
            "SELECT id, body, {column} FROM links
             WHERE kind = ?1 AND (?2 IS NULL OR ({column}, id) < (?2, ?3))
             ORDER BY {column} DESC, id DESC"
        );
        let start = page.start();
        let key: rusqlite::types::Value = match start {
            Some((key, _)) if numeric => key.parse::<i64>().unwrap_or(i64::MAX).into(),
            Some((key, _)) => key.to_owned().into(),
            None => rusqlite::types::Value::Null,
        };
        let mut found = Listed { rows: Vec::new(), next: None };
        let mut statement = self.connection.prepare_cached(&query).map_err(|error| self.error(&error))?;
        let mut rows = statement
            .query(params![kind, key, start.map_or("", |(_, id)| id)])
            .map_err(|error| self.error(&error))?;
        let mut last = None;
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(error) => return Err(self.error(&error)),
            };
            let read = || -> rusqlite::Result<(String, String, String)> {
                let key = match numeric {
                    true => row.get::<_, i64>(2)?.to_string(),
                    false => row.get(2)?,
                };
                Ok((row.get(0)?, row.get(1)?, key))
            };
            let (id, body, key) = read().map_err(|error| self.error(&error))?;
            let record = wire::from_line(&body).map_err(|error| self.form_error(&id, &error))?;
            let Some(it) = take(record) else { continue };
            if found.rows.len() == page.limit {
                found.next = last;
                break;
            }
            found.rows.push(it);
            last = Some(format!("{key}~{id}"));
        }
        Ok(found)
    }

    /// The ids of the current documents that `narrow` lets through, the newest first, the undated last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_documents(&self, page: &Page, narrow: &Narrow) -> Result<Listed<DocumentId>> {
        let start = page.start();
        let read = || -> rusqlite::Result<Vec<(String, i64, String)>> {
            self.connection
                .prepare_cached(&format!(
                    "SELECT day, document, (SELECT id FROM documents WHERE number = document)
                     FROM document_facets
                     WHERE places > 0 AND {NARROW} AND (?7 IS NULL OR (day, document) < (?7, ?8))
                     ORDER BY day DESC, document DESC LIMIT ?9"
                ))?
                .query_map(
                    params![
                        narrow.since,
                        narrow.until,
                        list(&narrow.outlets),
                        narrow.story,
                        narrow.mask(),
                        list(&narrow.actors),
                        start.map(|(day, _)| day),
                        start.and_then(|(_, number)| number.parse::<i64>().ok()).unwrap_or(0),
                        page.limit as i64 + 1
                    ],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )?
                .collect()
        };
        let mut rows = read().map_err(|error| self.error(&error))?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|(day, number, _)| format!("{day}~{number}"));
        Ok(Listed { rows: rows.into_iter().map(|(_, _, id)| id).collect(), next })
    }

    /// The current documents that have all of `words` and that `narrow` lets through, best first, and the facets of all
    /// of them. For the form of `words` see [`Store::find`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, words: &str, narrow: &Narrow, page: &Page) -> Result<(Listed<Hit>, Facets)> {
        let query = full_text_query(words);
        if query.is_empty() {
            return Ok((Listed::default(), Facets { complete: true, ..Facets::default() }));
        }
        let read = || self.search_rows(&query, narrow, page);
        read().map_err(|error| self.error(&error))
    }

    fn search_rows(
        &self,
        query: &str,
        narrow: &Narrow,
        page: &Page,
    ) -> rusqlite::Result<(Listed<Hit>, Facets)> {
        // Of very many the newest rows alone: each step after this one is bounded.
        let candidates: Vec<i64> = self
            .connection
            .prepare_cached(&format!(
                "SELECT documents_words.rowid FROM documents_words
                 JOIN document_facets ON document_facets.document = documents_words.rowid
                 WHERE documents_words MATCH ?7 AND places > 0 AND {NARROW}
                 ORDER BY documents_words.rowid DESC LIMIT ?8"
            ))?
            .query_map(
                params![
                    narrow.since,
                    narrow.until,
                    list(&narrow.outlets),
                    narrow.story,
                    narrow.mask(),
                    list(&narrow.actors),
                    query,
                    MOST_FOUND as i64 + 1
                ],
                |row| row.get(0),
            )?
            .collect::<rusqlite::Result<_>>()?;
        let complete = candidates.len() <= MOST_FOUND;
        let candidates = &candidates[..candidates.len().min(MOST_FOUND)];
        let Some(&lowest) = candidates.last() else {
            return Ok((Listed::default(), Facets { complete, ..Facets::default() }));
        };
        let numbers = serde_json::to_string(candidates).unwrap_or_default();
        let mut facets = self.facets(&numbers)?;
        facets.documents = candidates.len();
        facets.complete = complete;

        let skip = page.after.as_deref().and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
        let ranked: Vec<(i64, f64)> = self
            .connection
            .prepare_cached(
                "SELECT rowid, bm25(documents_words, 4.0, 1.0) AS rank FROM documents_words
                 WHERE documents_words MATCH ?1 AND rowid >= ?2
                   AND rowid IN (SELECT value FROM json_each(?3))
                 ORDER BY rank, rowid DESC LIMIT ?4 OFFSET ?5",
            )?
            .query_map(params![query, lowest, numbers, page.limit as i64 + 1, skip as i64], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let more = ranked.len() > page.limit;
        let mut rows = Vec::new();
        let mut hit = self.connection.prepare_cached(
            "SELECT documents.id, documents.title, documents.outlet, documents.published,
                    snippet(documents_words, 1, ?1, ?2, '…', 28)
             FROM documents_words JOIN documents ON documents.number = documents_words.rowid
             WHERE documents_words MATCH ?3 AND documents_words.rowid = ?4",
        )?;
        for (number, rank) in ranked.into_iter().take(page.limit) {
            let (open, close) = crate::search::MARKS;
            rows.push(hit.query_row(params![open.to_string(), close.to_string(), query, number], |row| {
                Ok(Hit {
                    doc: row.get(0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    snippet: crate::search::pieces(&row.get::<_, String>(4)?),
                    score: -rank,
                })
            })?);
        }
        let next = more.then(|| (skip + page.limit).to_string());
        Ok((Listed { rows, next }, facets))
    }

    /// Counts the documents of these numbers (a JSON list).
    fn facets(&self, numbers: &str) -> rusqlite::Result<Facets> {
        let count = |query: &str| -> rusqlite::Result<Vec<FacetCount>> {
            self.connection
                .prepare_cached(query)?
                .query_map([numbers], |row| {
                    let value: String = row.get(0)?;
                    let documents = row.get::<_, i64>(1)?.unsigned_abs() as usize;
                    Ok(FacetCount { name: value.clone(), value, documents })
                })?
                .collect()
        };
        const OF: &str = "FROM json_each(?1) CROSS JOIN document_facets ON document = json_each.value";
        let outlets = count(&format!(
            "SELECT outlet, count(*) AS many {OF} WHERE outlet IS NOT NULL
             GROUP BY outlet ORDER BY many DESC, outlet LIMIT {MOST_VALUES}"
        ))?;
        let mut stories = count(&format!(
            "SELECT story, count(*) AS many {OF} WHERE story IS NOT NULL
             GROUP BY story ORDER BY many DESC, story LIMIT {MOST_VALUES}"
        ))?;
        let mut title = self.connection.prepare_cached(
            "SELECT coalesce(json_extract(body, '$.title'), id) FROM links WHERE kind = 'story' AND id = ?",
        )?;
        for story in &mut stories {
            if let Some(title) = title.query_row([&story.value], |row| row.get(0)).optional()? {
                story.name = title;
            }
        }
        let months = count(&format!(
            "SELECT substr(day, 1, 7) AS month, count(*) {OF} WHERE day <> ''
             GROUP BY month ORDER BY month DESC LIMIT {MOST_VALUES}"
        ))?;
        let by_kinds: Vec<(i64, i64)> = self
            .connection
            .prepare_cached(&format!("SELECT kinds, count(*) {OF} GROUP BY kinds"))?
            .query_map([numbers], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let kinds = FACET_KINDS.iter().enumerate().map(|(bit, kind)| FacetCount {
            value: (*kind).to_owned(),
            name: (*kind).to_owned(),
            documents: by_kinds
                .iter()
                .filter(|(bits, _)| bits >> bit & 1 == 1)
                .map(|(_, many)| many.unsigned_abs() as usize)
                .sum(),
        });
        Ok(Facets {
            outlets,
            stories,
            months: months.into_iter().rev().collect(),
            kinds: kinds.filter(|it| it.documents > 0).collect(),
            documents: 0,
            complete: true,
        })
    }
}

/// The condition that [`Narrow`] is, with its parameters 1 to 6.
const NARROW: &str = "(?1 IS NULL OR day >= ?1) AND (?2 IS NULL OR (day < ?2 AND day <> ''))
     AND (?3 = '[]' OR outlet IN (SELECT value FROM json_each(?3)))
     AND (?4 IS NULL OR story = ?4)
     AND kinds & ?5 = ?5
     AND (?6 = '[]' OR EXISTS (
       SELECT 1 FROM link_members JOIN links ON links.number = link_members.link
       WHERE link_members.document = document_facets.document AND links.kind = 'actor'
         AND links.id IN (SELECT value FROM json_each(?6))))";

impl Narrow {
    /// A bit for each kind asked for; one that no document has, for a kind that is none.
    fn mask(&self) -> i64 {
        let bit = |kind: &String| FACET_KINDS.iter().position(|it| it == kind).unwrap_or(FACET_KINDS.len());
        self.kinds.iter().map(bit).fold(0, |bits, bit| bits | 1 << bit)
    }
}

fn list(values: &[String]) -> String {
    serde_json::to_string(values).unwrap_or_default()
}
