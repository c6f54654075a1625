//! Pages that work without a script.

mod actor;
mod around;
pub(crate) mod coding;
pub(crate) mod corrections;
mod document;
mod exits;
mod front;
mod links;
mod lists;
mod months;
mod news;
pub(crate) mod pictures;
mod record;
mod search;
pub(crate) mod sections;
pub(crate) mod story;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use readout::views::ListKind;

use crate::api;
use crate::assets;
use crate::layout::nowhere;
use crate::respond::{Takes, get};
use crate::site::Site;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/assets/{name}", axum::routing::get(asset))
        .route("/", get(api::OVERVIEW, front::front))
        .route("/stories", get(lists::paged(|_| lists::takes(ListKind::Stories)), lists::stories))
        .route("/actors", get(lists::paged(|_| lists::takes(ListKind::Actors)), lists::actors))
        .route("/sources", get(lists::paged(|_| lists::takes(ListKind::Sources)), lists::sources))
        .route("/lists/{kind}", get(lists::paged(lists::takes_of), lists::moved))
        .route("/{list}", get(lists::paged(lists::takes_of), lists::any_kind))
        .route("/tables/{table}", get(exits::TABLES, exits::table))
        .route("/cite/{id}", get(Takes::NOTHING, exits::cite))
        .route("/bundles/{id}", get(Takes::NOTHING, exits::bundle))
        .route("/log", get(lists::paged(|_| vec!["after", "done"]), lists::log))
        .route("/new", get(news::TAKES, news::new))
        .route("/feed.atom", get(Takes::NOTHING, news::feed))
        .route("/queue", get(coding::QUEUE, coding::queue))
        .route("/coders", get(Takes::NOTHING, coding::coders))
        .route("/network", get(pictures::NETWORK, pictures::network))
        .route("/map", get(pictures::MAP, pictures::map))
        .route("/side-by-side", get(pictures::BESIDE, pictures::beside))
        .route("/marks", get(Takes::NOTHING, lists::marks))
        .route("/search", get(search::TAKES, search::search))
        .route("/stories/{id}", get(Takes::NOTHING, story::story))
        .route("/stories/{id}/{part}", get(lists::paged(|_| vec!["after"]), story::part))
        .route("/actors/{id}", get(Takes::only(|_| vec!["done"]), actor::actor))
        .route("/actors/{id}/network", get(Takes::NOTHING, actor::network))
        .route("/quotes/{id}", get(lists::paged(|_| vec!["after"]), links::quote))
        .route("/happenings/{id}", get(lists::paged(|_| vec!["after"]), links::happening))
        .route("/documents/{id}", get(document::TAKES, document::document))
        .route("/records/{id}", get(Takes::only(|_| vec!["done"]), record::record))
        .route("/ids/{id}", get(Takes::NOTHING, lists::any))
        .route("/corrections", axum::routing::post(corrections::post))
}

/// Answers with a style sheet, script or picture.
async fn asset(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    match assets::asset(uri.path(), &headers) {
        Some(response) => response,
        None => nowhere(State(site), uri).await,
    }
}
