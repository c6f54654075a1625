//! Corrections by programs: the same as by the forms of the pages.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use readout::{Corpus, Error};
use serde_json::{Value, json};

use crate::ServeError;
use crate::layout::trouble;
use crate::pages::corrections::apply;
use crate::query::Query;
use crate::response::{Answer, refused};
use crate::site::Site;

/// The longest body, in bytes.
const LONGEST: usize = 64 * 1024;

/// The longest time that a body may take to come in.
const BODY_TIME: Duration = Duration::from_secs(15);

/// Takes a correction as JSON, with the names of the fields of the forms: `change` (`set`, `confirm`, `reject`, `add`,
/// `speaker`, `merge`, `split`, `issue`, `undo`), `id`, what goes with it, `by` and `reason`. `fields` is an object of
/// names and values.
///
/// A page elsewhere cannot send this type of body without the browser asking first, and such a question is refused.
pub(super) async fn post(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body): (_, Body) = request.into_parts();
    let no = |status: StatusCode, message: &str| {
        let error = ServeError::Corpus(Error::Question { message: message.to_owned() });
        site.send(refused(status, message, &error), None)
    };
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if media.split(';').next().map(str::trim) != Some("application/json") {
        return no(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a correction is sent as application/json");
    }
    let bytes = match tokio::time::timeout(BODY_TIME, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return no(StatusCode::PAYLOAD_TOO_LARGE, "the correction is too long"),
        Err(_) => return no(StatusCode::REQUEST_TIMEOUT, "the correction did not come in time"),
    };
    let Some(form) = serde_json::from_slice(&bytes).ok().as_ref().and_then(form) else {
        return no(
            StatusCode::BAD_REQUEST,
            "a correction is an object of texts, with fields as an object of texts",
        );
    };
    let file = site.connections.file().to_owned();
    let done = tokio::task::spawn_blocking(move || {
        let mut corpus = Corpus::open(&file)?;
        apply(&mut corpus, &form)
    })
    .await
    .unwrap_or_else(|_| Err(ServeError::CutShort { what: "the correction" }));
    match done {
        Ok((page, operation)) => match Answer::json(&json!({ "operation": operation, "page": page })) {
            Ok(answer) => site.send(answer, None),
            Err(error) => trouble(&site, "/api/v1/corrections", &error),
        },
        Err(ServeError::Corpus(error @ (Error::Correction(_) | Error::Id(_)))) => {
            no(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string())
        }
        Err(error) => trouble(&site, "/api/v1/corrections", &error),
    }
}

/// Returns the names and values of a correction; `None` if it is no object of texts.
fn form(body: &Value) -> Option<Query> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in body.as_object()? {
        match value {
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Number(number) if name == "operation" => pairs.push((name.clone(), number.to_string())),
            Value::Array(several) => {
                for it in several {
                    pairs.push((name.clone(), it.as_str()?.to_owned()));
                }
            }
            Value::Object(fields) if name == "fields" => {
                for (field, value) in fields {
                    pairs.push(("field".to_owned(), field.clone()));
                    pairs.push(("value".to_owned(), value.as_str()?.to_owned()));
                }
            }
            _ => return None,
        }
    }
    // The way back is for pages.
    pairs.retain(|(name, _)| name != "back" && name != "seal");
    Some(Query::of(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_an_object_of_texts() {
        let query =
            form(&json!({ "change": "add", "id": "doc:1", "fields": { "place": "Kerem" }, "back": "//x" }))
                .unwrap();
        assert_eq!(query.every("field"), ["place"]);
        assert_eq!((query.every("value"), query.get("back")), (vec!["Kerem"], None));
        for wrong in
            [json!([]), json!({ "id": 3 }), json!({ "fields": { "a": [] } }), json!({ "id": { "a": "b" } })]
        {
            assert!(form(&wrong).is_none(), "{wrong}");
        }
    }
}
