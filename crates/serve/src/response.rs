//! Answers before they are sent: pages, JSON, and errors as JSON.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use readout::Near;
use serde_json::json;

use crate::{Result, ServeError};

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

    /// Returns the answer as it is sent, with its entity tag, and with `cookie` if it has forms.
    pub(crate) fn into_response(self, tag: Option<&str>, cookie: Option<&str>) -> Response {
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
        if let Some(cookie) = cookie.filter(|_| self.forms) {
            set(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Returns an answer in plain text.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

/// Returns the JSON answer where there is nothing.
pub(crate) fn missing(message: &str) -> Answer {
    error(StatusCode::NOT_FOUND, message, None)
}

/// Returns an error answer, with similar names if a name in the filter is unknown.
pub(crate) fn refused(status: StatusCode, message: &str, error: &ServeError) -> Answer {
    let near = match error {
        ServeError::Unknown(unknown) => Some(&unknown.near),
        _ => None,
    };
    self::error(status, message, near)
}

fn error(status: StatusCode, message: &str, near: Option<&Vec<Near>>) -> Answer {
    let mut body = json!({ "error": { "status": status.as_u16(), "message": message } });
    if let Some(near) = near {
        body["error"]["near"] = json!(near);
    }
    Answer::of("application/json", format!("{body:#}\n")).with_status(status)
}
