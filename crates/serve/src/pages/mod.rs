//! Pages that work without a script.

mod actor;
mod corrections;
mod document;
mod links;
mod lists;
mod record;
mod search;
pub(crate) mod sections;
pub(crate) mod story;
mod words;

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Output, UndefinedBehavior, context};
use readout::record::{Change, DocumentId, Kind, Record, RecordRef, ids};
use readout::store::{Narrow, Store, StoreError};
use readout::views::safe;
use readout::views::when::{Spelling, date};
use readout::views::words::{count, grouped, plainly, shorten};
use readout::views::{Citation, Contents, ListKind};
use readout::{NameOf, Page, Scope, Unknown, VERSION};
use serde::Serialize;

use crate::answer::{Answer, Asked, Takes, View, get};
use crate::query::path_part;
use crate::site::Site;
use crate::{Result, ServeError};

pub(crate) const STYLE: &str = include_str!("../assets/style.css");
const KEYS: &str = include_str!("../assets/keys.js");
const ICON: &str = include_str!("../assets/icon.svg");

const TEMPLATES: [(&str, &str); 15] = [
    ("front.html", include_str!("../templates/front.html")),
    ("layout.html", include_str!("../templates/layout.html")),
    ("message.html", include_str!("../templates/message.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("list.html", include_str!("../templates/list.html")),
    ("story.html", include_str!("../templates/story.html")),
    ("actor.html", include_str!("../templates/actor.html")),
    ("quote.html", include_str!("../templates/quote.html")),
    ("happening.html", include_str!("../templates/happening.html")),
    ("document.html", include_str!("../templates/document.html")),
    ("record.html", include_str!("../templates/record.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("log.html", include_str!("../templates/log.html")),
    ("bundle.html", include_str!("../templates/bundle.html")),
    ("corrections.html", include_str!("../templates/corrections.html")),
];

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/assets/{name}", axum::routing::get(asset))
        .route("/", get(lists::paged(|_| vec!["after"]), lists::front))
        .route("/actors", get(lists::paged(|_| lists::takes(ListKind::Actors)), lists::actors))
        .route("/sources", get(lists::paged(|_| lists::takes(ListKind::Sources)), lists::sources))
        .route("/lists/{kind}", get(lists::paged(lists::takes_of), lists::any_kind))
        .route("/log", get(lists::paged(|_| vec!["after", "done"]), lists::log))
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

/// Returns all templates, with their filters. Every value is escaped unless it was made by this program as markup.
pub(crate) fn templates(
    links: impl Addresses + Clone + Send + Sync + 'static,
) -> Result<Environment<'static>> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_formatter(format);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_filter("part", |it: &str| path_part(it));
    templates.add_filter("day", |it: &str| date(it, Spelling::Words));
    templates.add_filter("when", |time: &Value| words::when(time));
    templates.add_filter("amount", |bounds: &Value| words::amount(bounds));
    templates.add_filter("sentence", words::sentence);
    templates.add_filter("count", count);
    templates.add_filter("number", grouped);
    let addresses = links.clone();
    templates.add_filter("address", move |id: &str| addresses.of(id));
    templates.add_filter("record", |id: &str| record_address(id));
    templates.add_filter("passage", move |it: &Value| citation(it).map(|it| links.passage(&it)));
    templates.add_filter("clean", |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" "));
    templates.add_filter("short", |text: &str| shorten(text, 180));
    templates.add_filter("plainly", plainly);
    for (name, source) in TEMPLATES {
        #[cfg(feature = "reload")]
        let source: &'static str =
            std::fs::read_to_string(format!("{}/src/templates/{name}", env!("CARGO_MANIFEST_DIR")))?.leak();
        templates.add_template(name, source)?;
    }
    Ok(templates)
}

/// Writes a value into a page.
fn format(
    out: &mut Output<'_>,
    _: &mut minijinja::State<'_, '_>,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    let wrote = match value.kind() {
        ValueKind::Undefined => return Err(minijinja::ErrorKind::UndefinedError.into()),
        ValueKind::None => Ok(()),
        _ if value.is_safe() => out.write_str(value.as_str().unwrap_or_default()),
        _ => match value.as_str() {
            Some(text) => out.write_str(&safe::html(text)),
            None => out.write_str(&safe::html(&value.to_string())),
        },
    };
    wrote.map_err(minijinja::Error::from)
}

/// Lays out a page of the `section` whose place in the navigation is marked.
pub(crate) fn page(
    site: &Site,
    template: &str,
    title: &str,
    section: &str,
    content: Value,
) -> Result<Answer> {
    let file =
        site.readers.file().file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let layout = context! {
        title,
        section,
        file,
        version => VERSION,
        assets => asset_version(),
        seal => site.seal("form"),
    };
    let content = context! { page => layout, ..content };
    #[cfg(feature = "reload")]
    let fresh = templates(OwnPages)?;
    #[cfg(feature = "reload")]
    let templates = &fresh;
    #[cfg(not(feature = "reload"))]
    let templates = &site.templates;
    Ok(Answer::html(templates.get_template(template)?.render(content)?.trim_start().to_owned()))
}

/// Returns a value of the record as templates have it.
pub(crate) fn value_of(value: impl Serialize) -> Value {
    Value::from(Serde(value))
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
        return crate::api::missing("there is no such address below /api/v1").into_response(&site, None);
    }
    match message(&site, StatusCode::NOT_FOUND, "Not found", "There is no such page.") {
        Ok(answer) => answer.into_response(&site, None),
        Err(error) => trouble(&site, uri.path(), &error),
    }
}

/// Returns the answer on `path` where there is no other: what was asked wrongly, what is unknown, what took too long,
/// and what went wrong on this side.
pub(crate) fn trouble(site: &Site, path: &str, error: &ServeError) -> Response {
    let (status, title) = match error {
        ServeError::Unknown(_) => (StatusCode::NOT_FOUND, "Not found"),
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
            let seconds = crate::readers::PATIENCE.as_secs();
            format!(
                "stopped after {seconds} seconds; a story, an actor or an outlet as filter, or fewer words, are quicker"
            )
        }
        _ => error.to_string(),
    };
    if path.starts_with("/api/") {
        return crate::api::refused(status, &text, error).into_response(site, None);
    }
    let near = match error {
        ServeError::Unknown(unknown) => near(unknown),
        _ => Vec::new(),
    };
    match told(site, status, title, &format!("{}.", words::sentence(&text)), near) {
        Ok(answer) => answer.into_response(site, None),
        Err(_) => crate::answer::plain(status, "The record cannot be read.\n"),
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

fn asset_version() -> String {
    ids::sha256([STYLE, KEYS, ICON].concat().as_bytes())[..12].to_owned()
}

/// Answers with a style sheet, script or picture. Its address changes with it, so that it may be kept for long.
async fn asset(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let (media, body) = match uri.path() {
        "/assets/style.css" => ("text/css; charset=utf-8", STYLE),
        "/assets/keys.js" => ("text/javascript; charset=utf-8", KEYS),
        "/assets/icon.svg" => ("image/svg+xml", ICON),
        _ => return nowhere(State(site), uri.clone()).await,
    };
    #[cfg(feature = "reload")]
    let body = &*std::fs::read_to_string(format!("{}/src{}", env!("CARGO_MANIFEST_DIR"), uri.path()))
        .unwrap_or_default()
        .leak();
    let tag = format!("\"{}\"", asset_version());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes());
    let answer = Answer::of(media, if known { "" } else { body });
    let answer = if known { answer.with_status(StatusCode::NOT_MODIFIED) } else { answer };
    let mut response = answer.into_response(&site, Some(&tag));
    let keep = HeaderValue::from_static("private, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response
}

/// Returns the address of what has the id `id`.
pub(crate) fn address(id: &str) -> String {
    let folder = match id.split_once(':').map_or("", |(kind, _)| kind) {
        "doc" => "documents",
        "story" => "stories",
        "quote" => "quotes",
        "happening" => "happenings",
        "statement" | "event" | "meeting" | "incident" | "condition" | "commitment" | "agreement"
        | "position" => "records",
        _ => "actors",
    };
    let mut address = String::new();
    let _ = write!(address, "/{folder}/{}", path_part(id));
    address
}

/// Returns the address of the record `id` itself; empty for what is no record of one report.
pub(crate) fn record_address(id: &str) -> String {
    let kind = id.split_once(':').and_then(|(kind, _)| Kind::from_name(kind));
    if kind.is_some_and(Kind::is_passage) { format!("/records/{}", path_part(id)) } else { String::new() }
}

/// Returns the address of a passage: the report, opened at the words.
pub(crate) fn passage_of(it: &Citation) -> String {
    if !record_address(&it.id).is_empty() {
        return document::in_report(&it.doc, &it.id);
    }
    let spans: Vec<String> =
        it.spans.iter().take(16).map(|span| format!("{}-{}", span.start, span.end)).collect();
    match spans.is_empty() {
        true => address(&it.doc),
        false => format!("{}?spans={}#here", address(&it.doc), spans.join(",")),
    }
}

/// The addresses to which links lead.
pub(crate) trait Addresses {
    /// Returns the address of what has the id `id`.
    fn of(&self, id: &str) -> String;
    /// Returns the address of a passage.
    fn passage(&self, it: &Citation) -> String;
}

/// On the pages of this server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnPages;

impl Addresses for OwnPages {
    fn of(&self, id: &str) -> String {
        address(id)
    }

    fn passage(&self, it: &Citation) -> String {
        passage_of(it)
    }
}

/// Returns the passage of a line that a template has.
fn citation(it: &Value) -> std::result::Result<Citation, minijinja::Error> {
    let text = |name: &str| it.get_attr(name).map(|it| it.as_str().unwrap_or_default().to_owned());
    let mut spans = Vec::new();
    for span in it.get_attr("spans")?.try_iter()? {
        let at = |at: usize| -> std::result::Result<u32, minijinja::Error> {
            Ok(span.get_item_by_index(at)?.as_usize().unwrap_or(0) as u32)
        };
        spans.push(readout::text::CharSpan::new(at(0)?, at(1)?));
    }
    Ok(Citation { id: text("id")?, doc: text("doc")?, spans, ..Citation::default() })
}

/// The link by which a page leads back.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Back {
    pub(crate) href: String,
    pub(crate) title: String,
}

/// The pages before and after one.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Around {
    before: Option<String>,
    after: Option<String>,
}

impl Around {
    /// Returns the neighbours of a page that starts at number `from`, for `lines` lines a page of `total`.
    pub(crate) fn of(asked: &Asked, from: usize, lines: usize, total: usize) -> Self {
        let at = |from: usize| {
            let after = (from > 0).then(|| from.to_string());
            format!("{}{}", asked.path, asked.query.with("after", after.as_deref()))
        };
        Self {
            before: (from > 0).then(|| at(from.saturating_sub(lines))),
            after: (from.saturating_add(lines) < total).then(|| at(from + lines)),
        }
    }
}

impl View<'_> {
    pub(crate) fn store(&self) -> &Store {
        self.corpus.store()
    }

    /// Returns the record with exactly this id.
    pub(crate) fn record(&self, id: &str) -> Result<Option<Record>> {
        Ok(self.store().record(id).map_err(readout::Error::from)?)
    }

    /// Returns the headline of a report; `None` where there is none, or it cannot be read.
    pub(crate) fn title_of(&self, doc: &str) -> Option<String> {
        self.store().title(doc).ok().flatten()
    }

    /// Returns the newest reports of a story or of an actor, at most `most`.
    pub(crate) fn newest(&self, narrow: &Narrow, most: usize) -> Result<Vec<DocumentId>> {
        let found = self.store().list_documents(&Page::first(most), narrow).map_err(readout::Error::from)?;
        Ok(found.rows)
    }

    /// Returns the actor into which a correction in force merges the actor `id`.
    pub(crate) fn merged_into(&self, id: &str) -> Result<Option<String>> {
        let merged =
            self.corpus.corrections()?.into_iter().filter(|it| it.in_force).find_map(|it| match it.change {
                Change::Merge { actor, into } if actor == id => Some(into),
                _ => None,
            });
        Ok(merged)
    }

    /// Returns the reports that speak of an actor, the newest `most` if there are more, and how many there are.
    pub(crate) fn slice_of_actor(&self, id: &str, most: usize) -> Result<(Contents, usize)> {
        let reports = self.store().size_of("actor", id).map_err(readout::Error::from)?;
        let scope = if reports <= most {
            Scope::Actors(vec![id.to_owned()])
        } else {
            Scope::Documents(self.newest(&Narrow { actors: vec![id.to_owned()], ..Narrow::default() }, most)?)
        };
        Ok((named(self.corpus.slice(&scope)?), reports))
    }

    /// Returns the reports that have a part in a quote, happening, agreement or position.
    pub(crate) fn slice_of_link(&self, id: &str) -> Result<Contents> {
        Ok(named(self.corpus.slice(&Scope::Link(id.to_owned()))?))
    }
}

/// Returns `contents` with the headline, cut short, as the outlet of each report that names none. So reports can be
/// told apart wherever they are cited.
pub(crate) fn named(mut contents: Contents) -> Contents {
    for document in &mut contents.documents {
        if document.outlet.is_none() {
            document.outlet = document.title.as_deref().map(|it| shorten(it, 28));
        }
    }
    contents
}

/// Returns the record `id` of `contents`, with what it takes from the links.
pub(crate) fn record_in(contents: &Contents, id: &str) -> Option<Record> {
    contents.records.iter().find_map(|records| records.find(id)).map(RecordRef::to_record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_report_are_words() {
        let hostile = "<script>alert(1)</script> \" onload='x' \u{202e}txt\u{2066}\u{0}";
        let safe = safe::html(hostile);
        assert!(!safe.contains(['<', '>', '"', '\'', '\u{202e}', '\u{2066}', '\u{0}']), "{safe}");
        let templates = templates(OwnPages).unwrap();
        let made =
            templates.render_str("<p title=\"{{ it }}\">{{ it }}</p>", context! { it => hostile }).unwrap();
        assert_eq!(made, format!("<p title=\"{safe}\">{safe}</p>"));
    }

    #[test]
    fn everything_has_an_address() {
        assert_eq!(address("doc:0a"), "/documents/doc:0a");
        assert_eq!(address("unnamed:doc:0a:1"), "/actors/unnamed:doc:0a:1");
        assert_eq!(address("meeting:1"), "/records/meeting:1");
    }
}
