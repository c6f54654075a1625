//! The style sheet, the script and the icon of all pages.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use readout::record::ids;

use crate::response::Answer;

pub(crate) const STYLE: &str = include_str!("assets/style.css");
const KEYS: &str = include_str!("assets/keys.js");
const ICON: &str = include_str!("assets/icon.svg");

/// Returns the version of the assets, which is part of their addresses.
pub(crate) fn version() -> String {
    ids::sha256([STYLE, KEYS, ICON].concat().as_bytes())[..12].to_owned()
}

/// Returns the style sheet, script or picture at `path`; `None` if there is none. Its address changes with it, so that
/// it may be kept for long.
pub(crate) fn asset(path: &str, headers: &HeaderMap) -> Option<Response> {
    let (media, body) = match path {
        "/assets/style.css" => ("text/css; charset=utf-8", STYLE),
        "/assets/keys.js" => ("text/javascript; charset=utf-8", KEYS),
        "/assets/icon.svg" => ("image/svg+xml", ICON),
        _ => return None,
    };
    #[cfg(feature = "reload")]
    let body = &*std::fs::read_to_string(format!("{}/src{}", env!("CARGO_MANIFEST_DIR"), path))
        .unwrap_or_default()
        .leak();
    let tag = format!("\"{}\"", version());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes());
    let answer = Answer::of(media, if known { "" } else { body });
    let answer = if known { answer.with_status(StatusCode::NOT_MODIFIED) } else { answer };
    let mut response = answer.into_response(Some(&tag), None);
    let keep = HeaderValue::from_static("private, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    Some(response)
}
