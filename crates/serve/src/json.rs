//! The record as JSON, for the API and for assistants: page by page, and everything that has a passage has the address
//! of that passage.

use readout::record::{Record, RecordId};
use readout::views::{Citation, Filter, ListKind, Sorting};
use readout::{Corpus, Found, List, Page, Search, Shown};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::address::{address, passage_of};
use crate::{Result, ServeError};

/// The most passages that are given with one record.
const PASSAGES: usize = 60;

/// Rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Rowed {
    pub(crate) rows: Vec<Value>,
    /// The number of rows of the whole list.
    pub(crate) total: usize,
    /// The cursor of the rows after these; `None` for the last.
    pub(crate) next: Option<String>,
}

/// Returns a page of the list `kind` under `filter`.
pub(crate) fn rows(corpus: &Corpus, kind: ListKind, filter: &Filter, page: &Page) -> Result<Rowed> {
    sorted_rows(corpus, kind, filter, page, None)
}

/// Returns a page of the list `kind` under `filter`, sorted by a column.
pub(crate) fn sorted_rows(
    corpus: &Corpus,
    kind: ListKind,
    filter: &Filter,
    page: &Page,
    sort: Option<Sorting>,
) -> Result<Rowed> {
    let found = corpus.list_sorted(kind, filter, page, sort)?;
    let List { rows, total, next } = found.map_err(ServeError::Unknown)?;
    Ok(Rowed { rows: linked(&rows), total, next })
}

/// Returns the record `id` as it is exported, joined with what reports share and corrected. A link comes with its
/// passages. What people said of the record comes under `corrections`.
pub(crate) fn record(corpus: &Corpus, id: &str) -> Result<Option<Value>> {
    let record = match corpus.show(id) {
        Ok(Shown::Document(it)) => Record::Document(*it),
        Ok(Shown::Record(it, _) | Shown::Link(it)) => *it,
        Err(readout::Error::Id(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let parts: &[RecordId] = match &record {
        Record::Quote(it) => &it.members,
        Record::Happening(it) => &it.members,
        Record::Position(it) => &it.evidence,
        Record::Agreement(it) => &it.terms,
        _ => &[],
    };
    let (citations, total) = (corpus.passages(parts.get(..PASSAGES).unwrap_or(parts))?, parts.len());
    let mut value = json!({ "record": &record, "page": address(record.id()) });
    let judged = corpus.judgements(record.id())?;
    if !judged.is_empty() {
        value["rejected"] = json!(judged.iter().any(|it| it.rejected));
        value["corrections"] = serde_json::to_value(judged)?;
    }
    if !citations.is_empty() {
        value["passages"] = serde_json::to_value(citations)?;
        value["passages_total"] = json!(total);
    }
    link(&mut value);
    Ok(Some(value))
}

/// Returns reports that have the words, with the statements around them and the facets of all.
pub(crate) fn search(corpus: &Corpus, words: &str, filter: &Filter, page: &Page) -> Result<Value> {
    let Search { found, facets } = corpus.search(words, filter, page)?.map_err(ServeError::Unknown)?;
    let rows: Vec<Value> = found
        .rows
        .iter()
        .map(|Found { hit, statements }| {
            let text: String = hit.snippet.iter().map(|it| it.text.as_str()).collect();
            json!({
                "doc": hit.doc, "title": hit.title, "outlet": hit.outlet, "published": hit.published,
                "text": text, "snippet": hit.snippet, "score": hit.score, "link": address(&hit.doc),
                "statements": linked(statements),
            })
        })
        .collect();
    Ok(json!({ "rows": rows, "total": found.total, "next": found.next, "facets": facets }))
}

/// Returns `rows` as JSON, each with the address of its passage or page.
pub(crate) fn linked(rows: &impl Serialize) -> Vec<Value> {
    let Ok(Value::Array(mut rows)) = serde_json::to_value(rows) else { return Vec::new() };
    for row in &mut rows {
        link(row);
        if let Some(row) = row.as_object_mut()
            && !row.contains_key("link")
            && let Some(id) = row.get("id").and_then(Value::as_str)
        {
            let address = address(id);
            row.insert("link".to_owned(), Value::String(address));
        }
    }
    rows
}

/// Gives everything in `value` that is a passage its address.
pub(crate) fn link(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(link),
        Value::Object(fields) => {
            fields.values_mut().for_each(link);
            if let Some(citation) = citation(fields) {
                fields.insert("link".to_owned(), Value::String(passage_of(&citation)));
            }
        }
        _ => {}
    }
}

fn citation(fields: &Map<String, Value>) -> Option<Citation> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let spans = serde_json::from_value(fields.get("spans")?.clone()).ok()?;
    Some(Citation {
        id: text("id").unwrap_or_default().into(),
        doc: text("doc")?.into(),
        spans,
        ..Citation::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_have_addresses_wherever_they_stand() {
        let mut value =
            json!({ "also": [{ "id": "event:1", "doc": "doc:2", "spans": [[1, 4]] }], "spans": 3 });
        link(&mut value);
        assert_eq!(value["also"][0]["link"], "/documents/doc:2?record=event:1#here");
        assert_eq!(value.get("link"), None);
        let rows = linked(&[
            json!({ "id": "agreement:1", "doc": "doc:2", "spans": [[1, 4], [6, 9]] }),
            json!({ "id": "state:FRA" }),
        ]);
        assert_eq!(rows[0]["link"], "/documents/doc:2?spans=1-4,6-9#here");
        assert_eq!(rows[1]["link"], "/actors/state:FRA");
    }
}
