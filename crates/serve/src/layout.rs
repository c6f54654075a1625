//! Pages in their layout, and the pages that say why there is no other.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use readout::store::StoreError;
use readout::{NameOf, Unknown, VERSION};

#[cfg(feature = "reload")]
use crate::address::OwnPages;
use crate::address::address;
use crate::query::path_part;
use crate::response::{Answer, missing, plain, refused};
use crate::site::Site;
#[cfg(feature = "reload")]
use crate::templates;
use crate::view::View;
use crate::{Result, ServeError, assets, words};

/// Lays out a page of the `section` whose place in the navigation is marked.
pub(crate) fn page(
    site: &Site,
    template: &str,
    title: &str,
    section: &str,
    content: Value,
) -> Result<Answer> {
    let file =
        site.connections.file().file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let layout = context! {
        title,
        section,
        file,
        version => VERSION,
        assets => assets::version(),
        seal => site.seal("form"),
    };
    let content = context! { page => layout, ..content };
    #[cfg(feature = "reload")]
    let fresh = templates::templates(OwnPages)?;
    #[cfg(feature = "reload")]
    let templates = &fresh;
    #[cfg(not(feature = "reload"))]
    let templates = &site.templates;
    Ok(Answer::html(templates.get_template(template)?.render(content)?.trim_start().to_owned()))
}

/// Answers with a page that says why there is no other.
pub(crate) fn message(site: &Site, status: StatusCode, title: &str, text: &str) -> Result<Answer> {
    told(site, status, title, text, Vec::new())
}

/// Returns a page that says why there is no other, with the names that may have been meant.
fn told(site: &Site, status: StatusCode, title: &str, text: &str, near: Vec<Value>) -> Result<Answer> {
    Ok(page(site, "message.html", title, "", context! { message => text, near })?.with_status(status))
}

pub(crate) fn nothing(view: &View<'_>, what: &str) -> Result<Answer> {
    message(view.site, StatusCode::NOT_FOUND, "Not found", &format!("The record has {what}."))
}

pub(crate) async fn nowhere(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        return site.send(missing("there is no such address below /api/v1"), None);
    }
    match message(&site, StatusCode::NOT_FOUND, "Not found", "There is no such page.") {
        Ok(answer) => site.send(answer, None),
        Err(error) => trouble(&site, uri.path(), &error),
    }
}

/// Returns the answer on `path` where there is no other: what was asked wrongly, what is unknown, what took too long,
/// and what went wrong on this side.
pub(crate) fn trouble(site: &Site, path: &str, error: &ServeError) -> Response {
    let (status, title) = match error {
        ServeError::Unknown(_) | ServeError::Corpus(readout::Error::Id(_)) => {
            (StatusCode::NOT_FOUND, "Not found")
        }
        ServeError::Corpus(error) if error.is_question() => (StatusCode::BAD_REQUEST, "Not understood"),
        ServeError::Corpus(error) if error.is_stopped() => {
            (StatusCode::SERVICE_UNAVAILABLE, "This takes too long")
        }
        // These pass when the file is there again, or the other program is done.
        ServeError::Corpus(readout::Error::Store(
            StoreError::Missing { .. } | StoreError::Replaced { .. } | StoreError::Busy { .. },
        )) => (StatusCode::SERVICE_UNAVAILABLE, "The record cannot be read"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "The record cannot be read"),
    };
    let text = match error {
        ServeError::Corpus(error) if error.is_stopped() => {
            let seconds = crate::connections::PATIENCE.as_secs();
            format!(
                "stopped after {seconds} seconds; a story, an actor or an outlet as filter, or fewer words, are quicker"
            )
        }
        _ => error.to_string(),
    };
    if path.starts_with("/api/") {
        return site.send(refused(status, &text, error), None);
    }
    let near = match error {
        ServeError::Unknown(unknown) => near(unknown),
        _ => Vec::new(),
    };
    match told(site, status, title, &format!("{}.", words::sentence(&text)), near) {
        Ok(answer) => site.send(answer, None),
        Err(_) => plain(status, "The record cannot be read.\n"),
    }
}

/// Returns names like an unknown one, with their addresses.
fn near(unknown: &Unknown) -> Vec<Value> {
    let href = |id: &str| match unknown.what {
        NameOf::Outlet => format!("/sources?outlet={}", path_part(id)),
        NameOf::Actor | NameOf::Story => address(id),
    };
    unknown.near.iter().map(|it| context! { name => it.name.as_str(), href => href(&it.id) }).collect()
}
