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

/// Enters the documents in which the link `number` stands.
pub(crate) fn insert_link_members(
    connection: &Connection,
    record: &Record,
    number: i64,
) -> rusqlite::Result<()> {
    let mut of_document = connection.prepare_cached(
        "INSERT OR IGNORE INTO link_members (document, link) SELECT number, ?2 FROM documents WHERE id = ?1",
    )?;
    let mut of_record = connection.prepare_cached(
        "INSERT OR IGNORE INTO link_members (document, link) SELECT document, ?2 FROM records WHERE id = ?1",
    )?;
    let mut story = connection.prepare_cached(
        "UPDATE document_facets SET story = ?2 WHERE document = (SELECT number FROM documents WHERE id = ?1)",
    )?;
    match record {
        Record::Quote(it) => {
            it.members.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Happening(it) => {
            it.members.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Position(it) => {
            it.evidence.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
        }
        Record::Agreement(it) => {
            it.terms.iter().try_for_each(|id| of_record.execute(params![id, number]).map(drop))?;
            let steps = it.status.iter().map(|step| &step.evidence);
            for passage in it.evidence.iter().chain(steps) {
                of_document.execute(params![passage.doc, number])?;
            }
        }
        Record::Story(it) => {
            for doc in &it.documents {
                of_document.execute(params![doc, number])?;
                story.execute(params![doc, it.id])?;
            }
        }
        // An actor stands wherever it is mentioned, see `Linking::set_actors`.
        _ => {}
    }
    connection
        .prepare_cached(
            "UPDATE links SET size = (SELECT count(*) FROM link_members WHERE link = ?1) WHERE number = ?1",
        )?
        .execute([number])
        .map(drop)
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
