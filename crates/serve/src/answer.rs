use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::MethodRouter;
use readout::asking::{Asking, Rowing, asking};
use readout::{Corpus, VERSION};
use sha2::{Digest as _, Sha256};

use crate::query::Query;
use crate::site::Site;
use crate::{Result, guard, pages};

/// The most bytes of answers that are kept for later requests.
const CACHE_SIZE: usize = 24 * 1024 * 1024;

/// The largest answer that is kept.
const LARGEST_KEPT: usize = 1024 * 1024;

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

/// The corpus and the site from which an answer is made.
pub(crate) struct View<'v> {
    pub(crate) corpus: &'v Corpus,
    pub(crate) site: &'v Site,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) media: &'static str,
    pub(crate) body: Bytes,
    /// The address to which the client is sent on, if any.
    pub(crate) location: Option<String>,
    /// True if the answer has forms, and so needs the cookie that goes with them.
    pub(crate) forms: bool,
}

impl Answer {
    pub(crate) fn html(body: String) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    pub(crate) fn of(media: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, media, body: body.into(), location: None, forms: false }
    }

    pub(crate) fn json(body: &impl serde::Serialize) -> Result<Self> {
        let mut body = serde_json::to_string_pretty(body)?;
        body.push('\n');
        Ok(Self::of("application/json", body))
    }

    /// Sends the client on to `location`.
    pub(crate) fn elsewhere(location: String) -> Self {
        let mut answer = Self::of("text/plain; charset=utf-8", Bytes::new());
        (answer.status, answer.location) = (StatusCode::SEE_OTHER, Some(location));
        answer
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn with_forms(mut self) -> Self {
        self.forms = true;
        self
    }

    pub(crate) fn into_response(self, site: &Site, tag: Option<&str>) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let mut set = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        set(header::CONTENT_TYPE, self.media);
        set(header::CACHE_CONTROL, "private, no-cache");
        if let Some(location) = &self.location {
            set(header::LOCATION, location);
        }
        if let Some(tag) = tag.filter(|_| self.status == StatusCode::OK) {
            set(header::ETAG, tag);
        }
        if self.forms {
            set(header::SET_COOKIE, &guard::cookie(site));
        }
        response
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
        Err(error) => return pages::trouble(&site, uri.path(), &error.into()),
    };
    let key = uri.path_and_query().map_or_else(String::new, |it| it.as_str().to_owned());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let ours = Arc::clone(&site);
    let made =
        site.readers.with(move |corpus| answer(&ours, corpus, make, &asked, &key, known.as_deref())).await;
    made.and_then(|it| it).unwrap_or_else(|error| pages::trouble(&site, uri.path(), &error))
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
    let _still = corpus.store().snapshot().map_err(readout::Error::from)?;
    let state = corpus.store().state().map_err(readout::Error::from)?;
    let tag = tag(site, &state, key);
    if known.is_some_and(|it| it.split(',').any(|it| it.trim().trim_start_matches("W/") == tag)) {
        let mut answer = Answer::of("text/plain; charset=utf-8", Bytes::new());
        answer.status = StatusCode::NOT_MODIFIED;
        let mut response = answer.into_response(site, None);
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
            let answer = make(&View { corpus, site }, asked)?;
            let mut cache = site.cache.lock().unwrap_or_else(PoisonError::into_inner);
            cache.put(&state, key, &answer);
            answer
        }
    };
    Ok(answer.into_response(site, Some(&tag)))
}

/// Returns the entity tag of an answer. It depends on the program, the state of the file, what was asked for, and this
/// run, whose seal the forms carry.
fn tag(site: &Site, state: &str, key: &str) -> String {
    let run = site.seal("page");
    let hash = Sha256::digest(format!("{VERSION}\n{state}\n{run}\n{key}").as_bytes());
    let digits: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// Returns an answer in plain text.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

/// Answers made from the file's present state, the oldest given up first.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    state: String,
    answers: BTreeMap<String, Answer>,
    order: VecDeque<String>,
    size: usize,
}

impl Cache {
    fn get(&mut self, state: &str, key: &str) -> Option<Answer> {
        if state != self.state {
            *self = Self { state: state.to_owned(), ..Self::default() };
        }
        self.answers.get(key).cloned()
    }

    fn put(&mut self, state: &str, key: &str, answer: &Answer) {
        let size = answer.body.len() + 2 * key.len();
        if state != self.state || answer.status != StatusCode::OK || size > LARGEST_KEPT {
            return;
        }
        if self.answers.insert(key.to_owned(), answer.clone()).is_some() {
            return;
        }
        self.order.push_back(key.to_owned());
        self.size += size;
        while self.size > CACHE_SIZE {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(gone) = self.answers.remove(&oldest) {
                self.size -= gone.body.len() + 2 * oldest.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_keeps_to_its_size_and_to_the_file() {
        let mut cache = Cache::default();
        assert!(cache.get("7", "/").is_none());
        for number in 0..40 {
            cache.put("7", &format!("/{number}"), &Answer::html("x".repeat(LARGEST_KEPT - 100)));
        }
        assert!(
            cache.size <= CACHE_SIZE && cache.get("7", "/0").is_none() && cache.get("7", "/39").is_some()
        );
        cache.put("7", "/large", &Answer::html("x".repeat(LARGEST_KEPT + 1)));
        assert!(cache.get("7", "/large").is_none());
        assert!(cache.get("8", "/39").is_none(), "another state of the file");
        cache.put("7", "/late", &Answer::html(String::new()));
        assert!(cache.get("8", "/late").is_none());
    }
}
