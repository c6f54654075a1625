//! Requests: checked, answered from one state of the file, and sent.

use std::sync::{Arc, PoisonError};

use axum::body::Bytes;
use axum::extract::{RawPathParams, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::MethodRouter;
use readout::asking::{Asking, Rowing, asking};
use readout::{Corpus, VERSION};
use sha2::{Digest as _, Sha256};

use crate::Result;
use crate::layout::trouble;
use crate::query::{Query, path_part};
use crate::response::Answer;
use crate::site::Site;
use crate::view::View;

/// The bytes of a hash that name an answer: 96 bits.
const TAG: usize = 12;

/// A request, checked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The part of the path that is an id; empty where there is none.
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) query: Query,
    /// The filter, words and page that the query asks for, checked.
    pub(crate) asking: Asking,
}

/// The parameters that a route takes: the names in its query, given the id in its path, and the number of rows of a
/// page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Takes {
    pub(crate) names: fn(&str) -> Vec<&'static str>,
    pub(crate) rowing: Rowing,
}

impl Takes {
    /// No names of a query, and no rows.
    pub(crate) const NOTHING: Self = Self::only(|_| Vec::new());

    /// Takes these names of a query. The answer has no rows.
    pub(crate) const fn only(names: fn(&str) -> Vec<&'static str>) -> Self {
        Self { names, rowing: Rowing { usual: 1, most: 1 } }
    }
}

/// Makes an answer.
pub(crate) type Make = fn(&View<'_>, &Asked) -> Result<Answer>;

/// Returns a route that takes the parameters `takes`, and that `make` answers from the current state of the file.
pub(crate) fn get(takes: Takes, make: Make) -> MethodRouter<Arc<Site>> {
    let handler =
        move |State(site): State<Arc<Site>>, parameters: RawPathParams, headers: HeaderMap, uri: Uri| {
            let id = parameters.iter().next().map(|(_, value)| value.to_owned()).unwrap_or_default();
            let query = Query::parse(uri.query().unwrap_or_default().as_bytes());
            let asking = asking(query.pairs(), &(takes.names)(&id), takes.rowing);
            let asked = asking.map(|asking| Asked { id, path: uri.path().to_owned(), query, asking });
            respond(site, make, asked, uri, headers)
        };
    axum::routing::get(handler)
}

async fn respond(
    site: Arc<Site>,
    make: Make,
    asked: readout::Result<Asked>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => return trouble(&site, uri.path(), &error.into()),
    };
    let key = uri.path_and_query().map_or_else(String::new, |it| it.as_str().to_owned());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let ours = Arc::clone(&site);
    let made = site
        .connections
        .with(move |corpus| answer(&ours, corpus, make, &asked, &key, known.as_deref()))
        .await;
    made.and_then(|it| it).unwrap_or_else(|error| trouble(&site, uri.path(), &error))
}

fn answer(
    site: &Site,
    corpus: &Corpus,
    make: Make,
    asked: &Asked,
    key: &str,
    known: Option<&str>,
) -> Result<Response> {
    // All of an answer is from one state of the file, and named by it.
    let _still = corpus.snapshot()?;
    let state = corpus.state()?;
    let tag = tag(site, &state, key);
    if known.is_some_and(|it| it.split(',').any(|it| it.trim().trim_start_matches("W/") == tag)) {
        let mut answer = Answer::of("text/plain; charset=utf-8", Bytes::new());
        answer.status = StatusCode::NOT_MODIFIED;
        let mut response = site.send(answer, None);
        response.headers_mut().remove(header::CONTENT_TYPE);
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        return Ok(response);
    }
    let kept = site.cache.lock().unwrap_or_else(PoisonError::into_inner).get(&state, key);
    let answer = match kept {
        Some(answer) => answer,
        None => {
            let mut answer = make(&View { corpus, site }, asked)?;
            // A story or quote that grew may have another id: an old address leads on.
            if answer.status == StatusCode::NOT_FOUND
                && !asked.id.is_empty()
                && let Some(now) = corpus.replacement(&asked.id)?
            {
                answer = Answer::elsewhere(asked.path.replacen(&asked.id, &path_part(&now), 1));
            }
            let mut cache = site.cache.lock().unwrap_or_else(PoisonError::into_inner);
            cache.put(&state, key, &answer);
            answer
        }
    };
    Ok(site.send(answer, Some(&tag)))
}

/// Returns the entity tag of an answer. It depends on the program, the state of the file, what was asked for, and this
/// run, whose seal the forms carry.
fn tag(site: &Site, state: &str, key: &str) -> String {
    let run = site.seal("page");
    let hash = Sha256::digest(format!("{VERSION}\n{state}\n{run}\n{key}").as_bytes());
    let digits: String = hash.iter().take(TAG).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
