//! The record as JSON below `/api/v1`: the views that the pages are made of.

mod description;

use std::sync::Arc;

use axum::Router;
use readout::asking::{self, Asking, Rowing};
use readout::views::ListKind;
use serde_json::Value;

pub use description::description;

use crate::respond::{Asked, Takes, get};
use crate::response::{Answer, missing};
use crate::site::Site;
use crate::view::View;
use crate::{Result, json};

/// Rows of one answer: as many as are asked for, within this.
const ROWING: Rowing = Rowing { usual: 50, most: 200 };

/// The parameters of a search.
const SEARCH: Takes = Takes {
    names: |_| asking::SEARCH.iter().copied().chain(["q"]).chain(asking::PAGING).collect(),
    rowing: ROWING,
};

/// The parameters of a list, by the name in its address.
const LISTS: Takes = Takes {
    names: |name| {
        let filters = list_named(name).map_or(&[] as &[&str], asking::takes);
        filters.iter().copied().chain(asking::PAGING).collect()
    },
    rowing: ROWING,
};

pub(crate) fn routes() -> Router<Arc<Site>> {
    let record = || get(Takes::NOTHING, record);
    Router::new()
        .route("/api/v1", get(Takes::NOTHING, index))
        .route("/api/v1/openapi.json", get(Takes::NOTHING, |_, _| Answer::json(&description())))
        .route("/api/v1/search", get(SEARCH, search))
        .route("/api/v1/stories/{id}", record())
        .route("/api/v1/actors/{id}", record())
        .route("/api/v1/documents/{id}", record())
        .route("/api/v1/records/{id}", record())
        .route("/api/v1/{list}", get(LISTS, rows))
}

/// Returns the list of this name. The list of reports has two names.
fn list_named(name: &str) -> Option<ListKind> {
    if name == "documents" { Some(ListKind::Sources) } else { ListKind::named(name) }
}

/// Answers with the program, its version, the last operation on the file, and the address of the API's description.
fn index(view: &View<'_>, _: &Asked) -> Result<Answer> {
    let operation = view.corpus.last_operation()?;
    Answer::json(&serde_json::json!({
        "program": "Readout",
        "version": readout::VERSION,
        "operation": operation,
        "description": "/api/v1/openapi.json",
    }))
}

fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, words, page } = &asked.asking;
    Answer::json(&json::search(view.corpus, words, filter, page)?)
}

fn record(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let kind = asked.path.rsplit('/').nth(1).unwrap_or_default();
    let fits = |record: &Value| match kind {
        "stories" => record["kind"] == "story",
        "actors" => record["kind"] == "actor",
        "documents" => record["kind"] == "document",
        _ => true,
    };
    match json::record(view.corpus, &asked.id)? {
        Some(found) if fits(&found["record"]) => Answer::json(&found),
        _ => Ok(missing("nothing has that id")),
    }
}

/// Returns a page of a list.
fn rows(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    match list_named(&asked.id) {
        Some(kind) => {
            let Asking { filter, page, .. } = &asked.asking;
            Answer::json(&json::rows(view.corpus, kind, filter, page)?)
        }
        None => Ok(missing("there is no such list")),
    }
}
