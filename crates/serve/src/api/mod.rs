//! The record as JSON below `/api/v1`: the views that the pages are made of.

mod description;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use readout::Page;
use readout::record::Record;
use serde_json::{Value, json};

pub use description::description;

use crate::Result;
use crate::answer::{Answer, Asked, View, get};
use crate::ask;
use crate::site::Site;

/// Rows of one answer: as many as are asked for, within this.
const MOST: usize = 200;
const USUAL: usize = 50;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1", get(index))
        .route("/api/v1/openapi.json", get(|_, _| Answer::json(&description())))
        .route("/api/v1/search", get(search))
        .route("/api/v1/stories", get(stories))
        .route("/api/v1/actors", get(actors))
        .route("/api/v1/documents", get(documents))
        .route("/api/v1/stories/{id}", get(record))
        .route("/api/v1/actors/{id}", get(record))
        .route("/api/v1/documents/{id}", get(record))
        .route("/api/v1/records/{id}", get(record))
        .route("/api/v1/{view}", get(rows))
}

fn page(asked: &Asked) -> Page {
    let limit = asked.query.number("limit", 1, MOST, USUAL);
    Page { after: asked.query.get("cursor").map(str::to_owned), limit }
}

pub(crate) fn missing(message: &str) -> Answer {
    let body = json!({ "error": { "status": 404, "message": message } });
    Answer::of("application/json", format!("{body:#}\n")).with_status(StatusCode::NOT_FOUND)
}

/// What the file holds, and where the rest is.
fn index(view: &View<'_>, _: &Asked) -> Result<Answer> {
    let operation = view.store().last_operation().map_err(readout::Error::from)?;
    Answer::json(&json!({
        "program": "Readout",
        "version": readout::VERSION,
        "operation": operation,
        "description": "/api/v1/openapi.json",
    }))
}

fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let words = asked.query.get("q").unwrap_or_default();
    Answer::json(&ask::search(view.corpus, words, &asked.filter(), &page(asked))?)
}

fn stories(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    Answer::json(&ask::stories(view.corpus, &asked.filter(), &page(asked))?)
}

fn actors(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    Answer::json(&ask::actors(view.corpus, &asked.filter(), &page(asked))?)
}

fn documents(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    Answer::json(&ask::documents(view.corpus, &asked.filter(), &page(asked))?)
}

fn record(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let kind = asked.path.rsplit('/').nth(1).unwrap_or_default();
    let fits = |record: &Value| match kind {
        "stories" => record["kind"] == "story",
        "actors" => record["kind"] == "actor",
        "documents" => record["kind"] == "document",
        _ => true,
    };
    match ask::record(view.corpus, &asked.id)? {
        Some(found) if fits(&found["record"]) => Answer::json(&found),
        _ => Ok(missing("nothing has that id")),
    }
}

/// The lines of a view.
fn rows(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let filter = asked.filter();
    if let Some(story) = &filter.story
        && !matches!(ask::find(view.corpus, story)?, Some(Record::Story(_)))
    {
        return Ok(missing("no story has that id"));
    }
    match ask::rows(view.corpus, &asked.id, &filter, &page(asked))? {
        Some(found) => Answer::json(&found),
        None => Ok(missing("there is no such view")),
    }
}
