//! Search for reports by their words.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{DocumentId, Kind};
use rusqlite::{OptionalExtension as _, params, params_from_iter};
use serde::Serialize;

use crate::narrow::Conditions;
use crate::page::{Listed, Page};
use crate::rows::read_id;
use crate::snippet::{Piece, Term, snippet};
use crate::{Narrow, Result, Store, StoreError};

/// The numbers of documents found, by outlet, story, month and kind of record.
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
    /// The number of documents.
    pub documents: usize,
    /// True if all documents were counted: beyond [`MOST_FOUND`] only those read last are counted and ranked.
    pub complete: bool,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value: an outlet's name, a story's id, a month, a kind.
    pub value: String,
    /// The text for people: a story's title; otherwise the value.
    pub name: String,
    /// The number of documents with this value.
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
    /// The time of its publication.
    pub published: Option<String>,
    /// A passage around the words.
    pub snippet: Vec<Piece>,
    /// The score of the document (BM25; higher is better).
    pub score: f64,
}

/// Returns the tables of a search, the first of which is gone through: where the conditions leave few documents, the words are
/// looked for in these alone.
const fn joined(few: bool) -> &'static str {
    if few {
        "document_facets CROSS JOIN documents_words"
    } else {
        "documents_words CROSS JOIN document_facets"
    }
}

/// Largest number of documents that a search ranks and counts; if a word has more, those read last.
pub const MOST_FOUND: usize = 2_000;

/// Largest number of values of a facet that are returned.
const MOST_VALUES: usize = 50;

/// Largest number of different terms (words and phrases) of a search.
pub const MOST_TERMS: usize = 16;

/// Smallest number of letters before an asterisk: fewer would find half of all words.
const SHORTEST_STEM: usize = 2;

impl Store {
    /// Finds at most `limit` current reports that have all of `words`, best first. Words in `"…"` are a phrase, and a
    /// `*` at a word's end means any ending. All else is taken as it is.
    ///
    /// # Errors
    /// When the file cannot be read, and for more than [`MOST_TERMS`] terms.
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let (found, _) = self.search(words, &Narrow::default(), &Page::first(limit))?;
        Ok(found.rows)
    }

    /// Finds the current documents that have all of `words` and that `narrow` lets through, best first, with the facets
    /// of all of them. For the form of `words` see [`Store::find`].
    ///
    /// # Errors
    /// As [`Store::find`].
    pub fn search(&self, words: &str, narrow: &Narrow, page: &Page) -> Result<(Listed<Hit>, Facets)> {
        let query = full_text_query(words)
            .map_err(|message| StoreError::Question { path: self.path.clone(), message })?;
        if query.is_empty() {
            return Ok((Listed::default(), Facets { complete: true, ..Facets::default() }));
        }
        let terms: Vec<Term> = terms(words).iter().map(|(text, prefix)| Term::new(text, *prefix)).collect();
        let read = || self.search_rows(&query, &terms, narrow, page);
        read().map_err(|error| self.error(error))
    }

    /// Returns the ids of at most `most` documents that [`Store::search`] finds, best first, without their passages and
    /// facets.
    ///
    /// # Errors
    /// As [`Store::find`].
    pub fn documents_with(&self, words: &str, narrow: &Narrow, most: usize) -> Result<Vec<DocumentId>> {
        let query = full_text_query(words)
            .map_err(|message| StoreError::Question { path: self.path.clone(), message })?;
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let read = || -> rusqlite::Result<Vec<DocumentId>> {
            let numbers = self.numbers_with(&query, narrow)?;
            let mut id = self.connection.prepare_cached("SELECT id FROM documents WHERE number = ?")?;
            let ranked = self.ranked(&query, &numbers, &Page::first(most))?;
            let ids = ranked.into_iter().take(most);
            ids.map(|(number, _)| id.query_row([number], |row| read_id(row, 0))).collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Returns the numbers of the documents found, the last read first: at most [`MOST_FOUND`].
    fn numbers_with(&self, query: &str, narrow: &Narrow) -> rusqlite::Result<Vec<i64>> {
        let Conditions { text, mut values, few } = self.conditions(narrow)?;
        values.insert(0, query.to_owned().into());
        values.push((MOST_FOUND as i64).into());
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT document FROM {} ON document_facets.document = documents_words.rowid
             WHERE documents_words MATCH ? AND places > 0{text}
             ORDER BY documents_words.rowid DESC LIMIT ?",
            joined(few)
        ))?;
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// Returns a page of the documents with these `numbers`, the last read first, ranked by `query`, with their ranks.
    fn ranked(&self, query: &str, numbers: &[i64], page: &Page) -> rusqlite::Result<Vec<(i64, f64)>> {
        let Some(&lowest) = numbers.last() else { return Ok(Vec::new()) };
        let numbers = serde_json::to_string(&numbers).unwrap_or_default();
        // The plus keeps SQLite from asking for the words once for each number.
        self.connection
            .prepare_cached(
                "SELECT rowid, bm25(documents_words, 4.0, 1.0) AS rank FROM documents_words
                 WHERE documents_words MATCH ?1 AND rowid >= ?2
                   AND +rowid IN (SELECT value FROM json_each(?3))
                 ORDER BY rank, rowid DESC LIMIT ?4 OFFSET ?5",
            )?
            .query_map(params![query, lowest, numbers, page.limit as i64, page.from() as i64], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect()
    }

    fn search_rows(
        &self,
        query: &str,
        terms: &[Term],
        narrow: &Narrow,
        page: &Page,
    ) -> rusqlite::Result<(Listed<Hit>, Facets)> {
        let (numbers, facets) = self.candidates(query, narrow)?;
        let ranked = self.ranked(query, &numbers, page)?;
        let mut rows = Vec::new();
        let mut hit = self
            .connection
            .prepare_cached("SELECT id, title, outlet, published, text FROM documents WHERE number = ?")?;
        for (number, rank) in ranked.into_iter().take(page.limit) {
            rows.push(hit.query_row([number], |row| {
                Ok(Hit {
                    doc: read_id(row, 0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    snippet: snippet(row.get_ref(4)?.as_str()?, terms),
                    score: -rank,
                })
            })?);
        }
        Ok((Listed::of(rows, facets.documents, page), facets))
    }

    /// Returns the numbers of the documents found, the last read first, and their facets. If there are more than
    /// `MOST_FOUND`, only those read last are returned, so that the steps after this one are bounded.
    fn candidates(&self, query: &str, narrow: &Narrow) -> rusqlite::Result<(Vec<i64>, Facets)> {
        let Conditions { text, mut values, few } = self.conditions(narrow)?;
        let from = joined(few);
        values.insert(0, query.to_owned().into());
        values.push((MOST_FOUND as i64 + 1).into());
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT document, outlet, story, substr(day, 1, 7), kinds FROM {from}
             ON document_facets.document = documents_words.rowid
             WHERE documents_words MATCH ? AND places > 0{text}
             ORDER BY documents_words.rowid DESC LIMIT ?"
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut numbers = Vec::new();
        let mut facets = Facets { complete: true, ..Facets::default() };
        let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
        let mut stories: BTreeMap<String, usize> = BTreeMap::new();
        let mut months: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_kind = [0; Kind::ALL.len()];
        while let Some(row) = rows.next()? {
            if numbers.len() == MOST_FOUND {
                facets.complete = false;
                break;
            }
            numbers.push(row.get(0)?);
            for (at, counts) in [(1, &mut outlets), (2, &mut stories), (3, &mut months)] {
                let value: Option<&str> = row.get_ref(at)?.as_str_or_null()?;
                let Some(value) = value.filter(|it| !it.is_empty()) else { continue };
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(value.to_owned(), 1)),
                }
            }
            let kinds: i64 = row.get(4)?;
            for (bit, count) in by_kind.iter_mut().enumerate() {
                *count += (kinds >> bit & 1) as usize;
            }
        }
        facets.documents = numbers.len();
        facets.outlets = most(outlets);
        facets.stories = most(stories);
        let mut title = self.connection.prepare_cached(
            "SELECT coalesce(json_extract(body, '$.title'), id) FROM links WHERE kind = 'story' AND id = ?",
        )?;
        for story in &mut facets.stories {
            if let Some(title) = title.query_row([&story.value], |row| row.get(0)).optional()? {
                story.name = title;
            }
        }
        let early = months.len().saturating_sub(MOST_VALUES);
        facets.months = months.into_iter().skip(early).map(count).collect();
        let kinds = Kind::passages().zip(by_kind).filter(|(_, documents)| *documents > 0);
        facets.kinds = kinds.map(|(kind, documents)| count((kind.to_string(), documents))).collect();
        Ok((numbers, facets))
    }
}

fn count((value, documents): (String, usize)) -> FacetCount {
    FacetCount { name: value.clone(), value, documents }
}

/// Returns the values that most documents have, the most first.
fn most(counts: BTreeMap<String, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(count).collect();
    counts.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.value.cmp(&b.value)));
    counts.truncate(MOST_VALUES);
    counts
}

/// Returns the different words and phrases of `words`, each with `true` if it is only the beginning of a word.
fn terms(words: &str) -> Vec<(String, bool)> {
    let mut terms = Vec::new();
    for (number, part) in words.split(['"', '“', '”']).enumerate() {
        if number % 2 == 1 {
            terms.push((part.trim().to_owned(), false));
        } else {
            terms.extend(part.split_whitespace().map(|word| {
                let stem = word.trim_end_matches('*');
                (stem.to_owned(), stem.len() < word.len())
            }));
        }
    }
    terms.retain(|(term, _)| term.chars().any(char::is_alphanumeric));
    let mut seen = BTreeSet::new();
    terms.retain(|(term, prefix)| seen.insert((term.to_lowercase(), *prefix)));
    terms
}

/// `words` as an FTS5 query: every different word or phrase a quoted string, so that nothing in it is an operator.
///
/// # Errors
/// Says, in one sentence, what is too much of it.
pub(crate) fn full_text_query(words: &str) -> std::result::Result<String, String> {
    let terms = terms(words);
    // A phrase is looked for word by word, and what a hyphen joins is one.
    let words_of = |term: &str| {
        term.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count()
    };
    let many: usize = terms.iter().map(|(term, _)| words_of(term)).sum();
    if many > MOST_TERMS {
        return Err(format!("a search takes at most {MOST_TERMS} different words; these are {many}"));
    }
    for (term, prefix) in &terms {
        if *prefix && term.chars().filter(|it| it.is_alphanumeric()).count() < SHORTEST_STEM {
            return Err(format!("an asterisk takes at least {SHORTEST_STEM} letters before it, not {term}*"));
        }
    }
    let terms: Vec<String> = terms
        .into_iter()
        .map(|(term, prefix)| format!("\"{}\"{}", term.replace('\0', " "), if prefix { "*" } else { "" }))
        .collect();
    Ok(terms.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_an_operator() {
        let query = |words| full_text_query(words).unwrap();
        assert_eq!(query("cease-fire OR talks"), r#""cease-fire" "OR" "talks""#);
        assert_eq!(query("“safe zone” sanction*"), r#""safe zone" "sanction"*"#);
        assert_eq!(query(" ( * ' "), "");
        assert_eq!(query("a\"b"), r#""a" "b""#);
    }

    #[test]
    fn a_search_has_few_different_words() {
        let said_often = vec!["harbour"; 600].join(" ");
        assert_eq!(full_text_query(&said_often).unwrap(), "\"harbour\"");
        let words = |many: usize| (0..many).map(|it| format!("word{it}")).collect::<Vec<_>>().join(" ");
        assert!(full_text_query(&words(MOST_TERMS)).is_ok());
        let told = full_text_query(&words(MOST_TERMS + 1)).unwrap_err();
        assert!(told.contains("16") && told.contains("17"), "{told}");
        assert!(full_text_query(&format!("\"{}\"", words(20))).is_err(), "a phrase of many words");
        assert!(full_text_query("a*").is_err() && full_text_query("ab*").is_ok());
    }
}
