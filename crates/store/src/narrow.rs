//! The documents that a list or a search shows, as conditions on the table of facets.

use readout_record::{ActorId, Kind, RecordId};
use rusqlite::types::Value;
use serde::Serialize;

use crate::Store;

/// The documents that a list or a search shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// The first day of publication, ISO 8601.
    pub since: Option<String>,
    /// The day after the last day of publication, ISO 8601.
    pub until: Option<String>,
    /// The outlets, spelt as stored; empty for any.
    pub outlets: Vec<String>,
    /// The story of the documents; `None` for any.
    pub story: Option<RecordId>,
    /// True for documents of no story; `story` is ignored then.
    pub alone: bool,
    /// The names of the kinds of record that a document must all have. They are kinds that rest on a passage: no
    /// document is found by another.
    pub kinds: Vec<String>,
    /// The actors of which a document must name one; empty for any.
    pub actors: Vec<ActorId>,
}

/// Number of documents of the wanted actors up to which an index looks these documents up. If there are more, all
/// documents of the list are checked in turn until a page is full.
const FEW: i64 = 2_000;

/// [`Narrow`] as conditions on `document_facets`.
pub(crate) struct Conditions {
    /// The SQL, to be appended to another condition.
    pub(crate) text: String,
    /// The values of the question marks in `text`, in their order.
    pub(crate) values: Vec<Value>,
    /// True if the conditions leave few documents, which an index finds.
    pub(crate) few: bool,
}

impl Store {
    pub(crate) fn conditions(&self, narrow: &Narrow) -> rusqlite::Result<Conditions> {
        let mut made = Conditions { text: String::new(), values: Vec::new(), few: narrow.story.is_some() };
        let mut also = |text: &str, value: Value| {
            made.text.push_str(" AND ");
            made.text.push_str(text);
            made.values.push(value);
        };
        if let Some(since) = &narrow.since {
            also("day >= ?", since.clone().into());
        }
        if let Some(until) = &narrow.until {
            also("day <> '' AND day < ?", until.clone().into());
        }
        match narrow.outlets.as_slice() {
            [] => {}
            [one] => also("outlet = ?", one.clone().into()),
            several => also("outlet IN (SELECT value FROM json_each(?))", list(several).into()),
        }
        if narrow.alone {
            also("story IS NULL AND ?", 1.into());
        } else if let Some(story) = &narrow.story {
            also("story = ?", story.to_string().into());
        }
        if !narrow.kinds.is_empty() {
            // Another kind gets a bit that no document has.
            let bit = |kind: &String| Kind::from_name(kind).and_then(kind_bit).unwrap_or(Kind::ALL.len());
            let mask: i64 = narrow.kinds.iter().map(bit).fold(0, |bits, bit| bits | 1 << bit);
            also("~kinds & ? = 0", mask.into());
        }
        if !narrow.actors.is_empty() {
            let rows: Vec<(i64, i64)> = self
                .connection
                .prepare_cached(
                    "SELECT number, size FROM links
                     WHERE kind = 'actor' AND id IN (SELECT value FROM json_each(?))",
                )?
                .query_map([list(&narrow.actors)], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let few = rows.iter().map(|(_, size)| size).sum::<i64>() <= FEW;
            let numbers: Vec<i64> = rows.into_iter().map(|(number, _)| number).collect();
            let numbers = serde_json::to_string(&numbers).unwrap_or_default();
            let condition = if few {
                "document IN (SELECT document FROM link_members WHERE link IN (SELECT value FROM json_each(?)))"
            } else {
                "EXISTS (SELECT 1 FROM link_members WHERE link_members.document = document_facets.document
                         AND link IN (SELECT value FROM json_each(?)))"
            };
            also(condition, numbers.into());
            made.few |= few;
        }
        Ok(made)
    }
}

/// Returns `values` as a JSON array, for `json_each`.
pub(crate) fn list(values: &[impl Serialize]) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

/// Returns the bit of a kind in `document_facets.kinds`: its place among the kinds that rest on a passage. `None` for
/// other kinds. A file keeps these bits: another order of the kinds is another form of the file.
pub(crate) fn kind_bit(kind: Kind) -> Option<usize> {
    Kind::passages().position(|it| it == kind)
}
