//! Questions to the record, as the API and assistants ask them: answers are JSON, page by page, and everything in them
//! that has a passage has the address of that passage.

use readout::record::{Record, RecordId};
use readout::store::Narrow;
use readout::views::{Citation, Contents, Filter};
use readout::{Corpus, Found, Page, Scope, Search};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::Result;
use crate::pages::{address, passage_of};
use crate::rows::Rows;

/// From how many reports one answer is made at most.
const REPORTS: usize = 40;

/// From how many of the newest reports of a story its answers are made at most.
const STORY: usize = 400;

/// Rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Rowed {
    pub(crate) rows: Vec<Value>,
    /// What asks for the rows after these; `None` for the last.
    pub(crate) next: Option<String>,
}

/// The lines of the view `name` under `filter`: of its story, or of all reports, the newest first, some reports at a
/// time. `None` where there is no such view or story.
pub(crate) fn rows(corpus: &Corpus, name: &str, filter: &Filter, page: &Page) -> Result<Option<Rowed>> {
    if let Some(story) = &filter.story {
        let Some(contents) = story_contents(corpus, story)? else { return Ok(None) };
        // The slice is the story; of its documents some may have another by now.
        let filter = Filter { story: None, ..filter.clone() };
        return Ok(Rows::of(name, &contents, &filter).map(|rows| numbered(rows, page)));
    }
    // What is told of a day may be reported on another: days narrow the rows, not the reports.
    let of_whom = Filter { actor: filter.actor.clone(), outlet: filter.outlet.clone(), ..Filter::default() };
    let found = corpus.list_sources(&of_whom, &Page { after: page.after.clone(), limit: REPORTS })?;
    let contents = corpus.slice(&Scope::Documents(found.rows.into_iter().map(|it| it.id).collect()))?;
    Ok(Rows::of(name, &contents, filter).map(|rows| Rowed { rows: linked(&rows), next: found.next }))
}

/// Rows from the number that the page names.
fn numbered(rows: Rows, page: &Page) -> Rowed {
    let from: usize = page.after.as_deref().and_then(|it| it.parse().ok()).unwrap_or(0);
    let total = rows.len();
    let next = (from.saturating_add(page.limit) < total).then(|| (from + page.limit).to_string());
    Rowed { rows: linked(&rows.part(from, page.limit)), next }
}

/// The newest reports of the story with the id `id`, or the first digits of one.
pub(crate) fn story_contents(corpus: &Corpus, id: &str) -> Result<Option<Contents>> {
    let Some(Record::Story(story)) = find(corpus, id)? else { return Ok(None) };
    let scope = if story.documents.len() <= STORY {
        Scope::Story(story.id)
    } else {
        let narrow = Narrow { story: Some(story.id), ..Narrow::default() };
        let found =
            corpus.store().list_documents(&Page::first(STORY), &narrow).map_err(readout::Error::from)?;
        Scope::Documents(found.rows)
    };
    Ok(Some(corpus.slice(&scope)?))
}

/// What has the id `id`, or alone has an id that starts so.
pub(crate) fn find(corpus: &Corpus, id: &str) -> Result<Option<Record>> {
    let store = corpus.store();
    if let Some(record) = store.record(id).map_err(readout::Error::from)? {
        return Ok(Some(record));
    }
    match corpus.id(id, readout::Wanted::Anything) {
        Ok(id) => Ok(store.record(&id).map_err(readout::Error::from)?),
        Err(readout::Error::Id(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The record `id` in its form of export, joined with what reports share, and what it stands on.
pub(crate) fn record(corpus: &Corpus, id: &str) -> Result<Option<Value>> {
    let Some(stored) = find(corpus, id)? else { return Ok(None) };
    let (record, citations) = match stored.evidence() {
        Some(evidence) => {
            let contents = corpus.slice(&Scope::Documents(vec![evidence.doc.clone()]))?;
            (crate::pages::record_in(&contents, stored.id()).unwrap_or(stored), Vec::new())
        }
        None => {
            let citations = match &stored {
                Record::Quote(it) => passages(corpus, &it.members)?,
                Record::Happening(it) => passages(corpus, &it.members)?,
                Record::Position(it) => passages(corpus, &it.evidence)?,
                Record::Agreement(it) => passages(corpus, &it.terms)?,
                _ => Vec::new(),
            };
            (stored, citations)
        }
    };
    let mut value = json!({ "record": &record, "page": address(record.id()) });
    if !citations.is_empty() {
        value["passages"] = serde_json::to_value(citations)?;
    }
    link(&mut value);
    Ok(Some(value))
}

/// The passages of these records, of the first 60 reports.
pub(crate) fn passages(corpus: &Corpus, ids: &[RecordId]) -> Result<Vec<Citation>> {
    let mut found = Vec::new();
    for id in ids.iter().take(60) {
        let Some(record) = corpus.store().record(id).map_err(readout::Error::from)? else { continue };
        let Some(evidence) = record.evidence() else { continue };
        let Some(document) = corpus.store().document(&evidence.doc).map_err(readout::Error::from)? else {
            continue;
        };
        let offsets = readout::text::Offsets::new(&document.text);
        let start = evidence.spans.first().map_or(0, |span| span.start);
        let ends =
            readout::text::paragraphs(&document.text).into_iter().map(|span| offsets.to_chars(span).end);
        found.push(Citation {
            id: id.clone(),
            doc: evidence.doc.clone(),
            spans: evidence.spans.clone(),
            text: evidence.text.clone(),
            paragraph: ends.filter(|end| *end <= start).count() + 1,
            outlet: document.outlet.clone(),
            published: document.published.clone(),
        });
    }
    Ok(found)
}

/// Reports that have the words, with the statements around them and the facets of all.
pub(crate) fn search(corpus: &Corpus, words: &str, filter: &Filter, page: &Page) -> Result<Value> {
    let Search { found, facets } = corpus.search(words, filter, page)?;
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
    Ok(json!({ "rows": rows, "next": found.next, "facets": facets }))
}

/// Stories, the newest first.
pub(crate) fn stories(corpus: &Corpus, filter: &Filter, page: &Page) -> Result<Rowed> {
    let found = corpus.list_stories(filter, page)?;
    Ok(Rowed { rows: linked(&found.rows), next: found.next })
}

/// Actors, those in most reports first.
pub(crate) fn actors(corpus: &Corpus, filter: &Filter, page: &Page) -> Result<Rowed> {
    let found = corpus.list_actors(filter, page)?;
    Ok(Rowed { rows: linked(&found.rows), next: found.next })
}

/// Reports, the newest first, without their texts.
pub(crate) fn documents(corpus: &Corpus, filter: &Filter, page: &Page) -> Result<Rowed> {
    let found = corpus.list_sources(filter, page)?;
    Ok(Rowed { rows: linked(&found.rows), next: found.next })
}

/// `rows` as JSON, each with the address of what it tells of.
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
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let spans = serde_json::from_value(fields.get("spans")?.clone()).ok()?;
    Some(Citation { id: text("id").unwrap_or_default(), doc: text("doc")?, spans, ..Citation::default() })
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
