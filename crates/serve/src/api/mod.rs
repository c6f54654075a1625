//! The record as JSON below `/api/v1`: the views that the pages are made of.

mod correcting;
mod description;

use std::sync::Arc;

use axum::Router;
use readout::asking::{self, Asking, Rowing};
use readout::views::{CitationStyle, ListKind};
use readout::{Error, Since};
use serde_json::Value;

pub use description::description;

use crate::pages::pictures;
use crate::respond::{Asked, Takes, get};
use crate::response::{Answer, missing};
use crate::site::Site;
use crate::view::View;
use crate::{Result, ServeError, json};

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
        filters.iter().copied().chain([asking::SORT]).chain(asking::PAGING).collect()
    },
    rowing: ROWING,
};

/// The parameters of the queue.
const QUEUE: Takes = Takes {
    names: |_| {
        ["actor", "since", "until", "story", "outlet", "kind"].into_iter().chain(asking::PAGING).collect()
    },
    rowing: ROWING,
};

/// The parameters of the log.
const LOG: Takes = Takes { names: |_| asking::PAGING.to_vec(), rowing: ROWING };

/// The parameters of the file as a whole.
pub(crate) const OVERVIEW: Takes = Takes::only(|_| asking::OVERVIEW.to_vec());

pub(crate) fn routes() -> Router<Arc<Site>> {
    let record = || get(Takes::NOTHING, record);
    Router::new()
        .route("/api/v1", get(Takes::NOTHING, index))
        .route("/api/v1/openapi.json", get(Takes::NOTHING, |_, _| Answer::json(&description())))
        .route("/api/v1/overview", get(OVERVIEW, overview))
        .route("/api/v1/network", get(pictures::NETWORK, network))
        .route("/api/v1/places", get(pictures::MAP, places))
        .route("/api/v1/readouts", get(Takes::only(|_| vec!["report"]), readouts))
        .route("/api/v1/search", get(SEARCH, search))
        .route("/api/v1/new", get(Takes::only(|_| vec!["since"]), new))
        .route("/api/v1/check", get(Takes::only(|_| vec!["claim"]), check))
        .route("/api/v1/cite/{id}", get(Takes::only(|_| vec!["style"]), cite))
        .route("/api/v1/queue", get(QUEUE, queue))
        .route("/api/v1/score", get(Takes::NOTHING, |view, _| Answer::json(&view.corpus.score()?)))
        .route("/api/v1/coders", get(Takes::NOTHING, |view, _| Answer::json(&view.corpus.coders()?)))
        .route("/api/v1/log", get(LOG, log))
        .route("/api/v1/corrections", get(Takes::NOTHING, corrections).post(correcting::post))
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

/// Answers with what is new since a reading.
fn new(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let since = Since::parse(asked.query.get("since").unwrap_or_default())?;
    let found = view.corpus.newly(&since)?;
    Answer::json(&serde_json::json!({
        "after": found.after, "until": found.until, "at": found.at, "reports": found.reports, "first": found.is_first,
        "rows": json::linked(&found.rows), "total": found.rows.len(),
    }))
}

/// Answers with what reports say of a claim.
fn check(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.check_claim(asked.query.get("claim").unwrap_or_default())?;
    Answer::json(&serde_json::json!({
        "supporting": found.supporting, "contrary": found.contrary, "looked_through": found.looked_through,
        "by_trees": found.by_trees,
        "rows": json::linked(&found.rows),
    }))
}

/// Answers with footnotes as rows, or in the form that is asked for.
fn cite(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.footnotes(&asked.id)?;
    if found.is_empty() {
        return Ok(missing("nothing to cite: it rests on no passage of its own"));
    }
    let Some(name) = asked.query.get("style") else {
        return Answer::json(&serde_json::json!({ "rows": json::linked(&found), "total": found.len() }));
    };
    let Some(style) = CitationStyle::named(name) else {
        let known = CitationStyle::ALL.map(CitationStyle::name).join(", ");
        return Err(Error::Question { message: format!("style is to be one of {known}, not {name}") }.into());
    };
    let media = match style {
        CitationStyle::Chicago => "text/plain; charset=utf-8",
        CitationStyle::Bibtex => "application/x-bibtex; charset=utf-8",
        CitationStyle::CslJson => "application/vnd.citationstyles.csl+json",
    };
    Ok(Answer::of(media, style.write(&found)?))
}

/// Answers with the records that nobody judged yet.
fn queue(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, page, .. } = &asked.asking;
    let found = view.corpus.queue(filter, page)?.map_err(ServeError::Unknown)?;
    let (total, next) = (found.total, found.next);
    Answer::json(&serde_json::json!({ "rows": json::linked(&found.rows), "total": total, "next": next }))
}

/// Answers with the log in words, the newest entry first.
fn log(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.log(&asked.asking.page)?;
    Answer::json(&serde_json::json!({ "rows": found.rows, "total": found.total, "next": found.next }))
}

/// Answers with all corrections, the oldest first.
fn corrections(view: &View<'_>, _: &Asked) -> Result<Answer> {
    Answer::json(&view.corpus.corrections()?)
}

/// Answers with the file as a whole.
fn overview(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.overview(&asked.asking.filter)?.map_err(ServeError::Unknown)?;
    let mut found = serde_json::to_value(found)?;
    json::link(&mut found);
    Answer::json(&found)
}

/// Answers with who talks to and stands with whom.
fn network(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let wanted = pictures::network_wanted(asked)?;
    Answer::json(&view.corpus.ties(&asked.asking.filter, &wanted)?.map_err(ServeError::Unknown)?)
}

/// Answers with the places of what happened.
fn places(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    Answer::json(&view.corpus.places(&asked.asking.filter)?.map_err(ServeError::Unknown)?)
}

/// Answers with reports side by side.
fn readouts(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let mut found = serde_json::to_value(view.corpus.readouts(&asked.query.all("report"))?)?;
    json::link(&mut found);
    Answer::json(&found)
}

fn search(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let Asking { filter, words, page, .. } = &asked.asking;
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
            let Asking { filter, page, sort, .. } = &asked.asking;
            Answer::json(&json::sorted_rows(view.corpus, kind, filter, page, *sort)?)
        }
        None => Ok(missing("there is no such list")),
    }
}
