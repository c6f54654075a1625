//! What links are found by: the documents in which they stand, their day, the sort of actor, the words of names.

use std::collections::BTreeSet;

use readout_record::{Actor, Record};
use rusqlite::{Connection, params};

/// The last day of what a link tells of, as it gives it.
pub(crate) fn last_day(record: &Record) -> Option<&str> {
    match record {
        Record::Story(it) => it.to.as_deref().or(it.from.as_deref()),
        Record::Happening(it) => it.time.as_ref().and_then(|time| time.from.as_deref()),
        Record::Position(it) => it.since.as_deref(),
        _ => None,
    }
}

/// The numbers of the documents in which `record` stands; of an actor none, see `Linking::set_actors`.
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

fn set(ids: &[String]) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}

/// Strikes out what the link `number` holds but for `parts` and `documents`.
pub(crate) fn leave(
    connection: &Connection,
    number: i64,
    parts: &BTreeSet<&str>,
    documents: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    for part in parts_of(connection, number)?.iter().filter(|part| !parts.contains(part.as_str())) {
        connection
            .prepare_cached("DELETE FROM link_parts WHERE member = ? AND link = ?")?
            .execute(params![part, number])?;
    }
    for document in members_of(connection, number)?.difference(documents) {
        connection
            .prepare_cached("DELETE FROM link_members WHERE document = ? AND link = ?")?
            .execute([document, &number])?;
        connection
            .prepare_cached(
                "UPDATE document_facets SET story = NULL
                 WHERE document = ?1 AND story = (SELECT id FROM links WHERE number = ?2 AND kind = 'story')",
            )?
            .execute([document, &number])?;
    }
    Ok(())
}

/// Enters those of `parts` and `documents` that the link `number` does not hold yet.
pub(crate) fn come(
    connection: &Connection,
    number: i64,
    parts: &BTreeSet<&str>,
    documents: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let before = parts_of(connection, number)?;
    for part in parts.iter().filter(|part| !before.contains(**part)) {
        connection
            .prepare_cached("INSERT INTO link_parts (member, link) VALUES (?, ?)")?
            .execute(params![part, number])?;
    }
    for document in documents.difference(&members_of(connection, number)?) {
        connection
            .prepare_cached("INSERT INTO link_members (document, link) VALUES (?, ?)")?
            .execute([document, &number])?;
    }
    Ok(())
}

/// Enters the story `id` with its documents.
pub(crate) fn set_story(
    connection: &Connection,
    id: &str,
    documents: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let mut set = connection
        .prepare_cached("UPDATE document_facets SET story = ?2 WHERE document = ?1 AND story IS NOT ?2")?;
    documents.iter().try_for_each(|document| set.execute(params![document, id]).map(drop))
}

fn parts_of(connection: &Connection, number: i64) -> rusqlite::Result<BTreeSet<String>> {
    let mut query = connection.prepare_cached("SELECT member FROM link_parts WHERE link = ?")?;
    query.query_map([number], |row| row.get(0))?.collect()
}

fn members_of(connection: &Connection, number: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut query = connection.prepare_cached("SELECT document FROM link_members WHERE link = ?")?;
    query.query_map([number], |row| row.get(0))?.collect()
}

/// The word for the kind of an actor, as records have it.
pub(crate) fn sort_of(actor: &Actor) -> String {
    let kind = serde_json::to_value(actor.actor_kind).unwrap_or_default();
    kind.as_str().unwrap_or_default().to_owned()
}

/// Words that one actor is found by, at most.
const MAX_WORDS: usize = 400;

/// Enters the words of the names of the actor with the number `number`, in lower case.
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
