//! The rows by which links are found: their documents and records, their day, their story, the words of names.

use std::collections::BTreeSet;

use readout_record::{Actor, Record};
use rusqlite::{Connection, params};

/// Returns the last day of what a link is about, as the link gives it.
pub(crate) fn last_day(record: &Record) -> Option<&str> {
    match record {
        Record::Story(it) => it.to.as_deref().or(it.from.as_deref()),
        Record::Happening(it) => it.time.as_ref().and_then(|time| time.from.as_deref()),
        Record::Position(it) => it.since.as_deref(),
        _ => None,
    }
}

/// Returns the numbers of the documents of `record`; none for an actor, whose documents `Shelf::set_actors` sets.
pub(crate) fn documents_of(connection: &Connection, record: &Record) -> rusqlite::Result<BTreeSet<i64>> {
    let numbers = |query: &str, ids: BTreeSet<&str>| {
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        connection.prepare_cached(query)?.query_map([ids], |row| row.get(0))?.collect()
    };
    let of_documents = "SELECT number FROM documents WHERE id IN (SELECT value FROM json_each(?))";
    let of_records = "SELECT document FROM records WHERE id IN (SELECT value FROM json_each(?))";
    match record {
        Record::Quote(it) => numbers(of_records, set(&it.members)),
        Record::Happening(it) => numbers(of_records, set(&it.members)),
        Record::Position(it) => numbers(of_records, set(&it.evidence)),
        Record::Agreement(it) => {
            let steps = it.status.iter().map(|step| &step.evidence);
            let passages = it.evidence.iter().chain(steps).map(|passage| passage.doc.as_str());
            let mut found: BTreeSet<i64> = numbers(of_documents, passages.collect())?;
            found.extend(numbers(of_records, set(&it.terms))?);
            Ok(found)
        }
        Record::Story(it) => numbers(of_documents, set(&it.documents)),
        _ => Ok(BTreeSet::new()),
    }
}

fn set<I: AsRef<str>>(ids: &[I]) -> BTreeSet<&str> {
    ids.iter().map(AsRef::as_ref).collect()
}

/// The parts of a link (records, or documents for a story) and the documents that they are from.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) parts: BTreeSet<String>,
    pub(crate) documents: BTreeSet<i64>,
}

impl Held {
    /// Returns the parts and documents that the link `number` has now.
    pub(crate) fn by(connection: &Connection, number: i64) -> rusqlite::Result<Self> {
        let mut parts = connection.prepare_cached("SELECT member FROM link_parts WHERE link = ?")?;
        let mut documents = connection.prepare_cached("SELECT document FROM link_members WHERE link = ?")?;
        Ok(Self {
            parts: parts.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
            documents: documents.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
        })
    }

    /// Deletes the parts and documents of the link `number` that `self`, its earlier state, has and `now` does not.
    pub(crate) fn leave(&self, connection: &Connection, number: i64, now: &Self) -> rusqlite::Result<()> {
        for part in self.parts.difference(&now.parts) {
            connection
                .prepare_cached("DELETE FROM link_parts WHERE member = ? AND link = ?")?
                .execute(params![part, number])?;
        }
        for document in self.documents.difference(&now.documents) {
            connection
                .prepare_cached("DELETE FROM link_members WHERE document = ? AND link = ?")?
                .execute([document, &number])?;
        }
        Ok(())
    }

    /// Adds the parts and documents of the link `number` that `self` has and `before`, its earlier state, does not.
    pub(crate) fn come(&self, connection: &Connection, number: i64, before: &Self) -> rusqlite::Result<()> {
        for part in self.parts.difference(&before.parts) {
            connection
                .prepare_cached("INSERT INTO link_parts (member, link) VALUES (?, ?)")?
                .execute(params![part, number])?;
        }
        for document in self.documents.difference(&before.documents) {
            connection
                .prepare_cached("INSERT INTO link_members (document, link) VALUES (?, ?)")?
                .execute([document, &number])?;
        }
        Ok(())
    }
}

/// Takes `documents` out of the story `id`.
pub(crate) fn leave_story<'d>(
    connection: &Connection,
    id: &str,
    documents: impl IntoIterator<Item = &'d i64>,
) -> rusqlite::Result<()> {
    let mut leave = connection
        .prepare_cached("UPDATE document_facets SET story = NULL WHERE document = ?1 AND story = ?2")?;
    documents.into_iter().try_for_each(|document| leave.execute(params![document, id]).map(drop))
}

/// Sets the story of `documents` to `id`.
pub(crate) fn set_story(
    connection: &Connection,
    id: &str,
    documents: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let mut set = connection
        .prepare_cached("UPDATE document_facets SET story = ?2 WHERE document = ?1 AND story IS NOT ?2")?;
    documents.iter().try_for_each(|document| set.execute(params![document, id]).map(drop))
}

/// Largest number of name words by which an actor is found.
const MAX_WORDS: usize = 400;

/// Stores the words of the names of the actor with the number `number`, in lower case.
pub(crate) fn set_name_words(connection: &Connection, actor: &Actor, number: i64) -> rusqlite::Result<()> {
    let names = std::iter::once(&actor.name).chain(&actor.aliases);
    let words = names.flat_map(|name| name.split(|letter: char| !letter.is_alphanumeric()));
    let words: BTreeSet<String> =
        words.filter(|word| !word.is_empty()).take(MAX_WORDS).map(str::to_lowercase).collect();
    let before: BTreeSet<String> = connection
        .prepare_cached("SELECT word FROM name_words WHERE link = ?")?
        .query_map([number], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut leave = connection.prepare_cached("DELETE FROM name_words WHERE word = ? AND link = ?")?;
    for word in before.difference(&words) {
        leave.execute(params![word, number])?;
    }
    let mut enter = connection.prepare_cached("INSERT INTO name_words (word, link) VALUES (?, ?)")?;
    for word in words.difference(&before) {
        enter.execute(params![word, number])?;
    }
    Ok(())
}
