//! Forms by which a person sets the record right, and what becomes of them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use minijinja::{Value, context};
use readout::record::{ActorId, ActorKind, AgreementStatus, Change, DocumentId, FieldShape, Record, ids};
use readout::views::{ActorName, Contents};
use readout::{Corpus, CorrectionError, Signature};

use crate::address::{address, record_address};
use crate::guard::is_own_form;
use crate::layout::{message, trouble};
use crate::query::{Query, path_part};
use crate::respond::Asked;
use crate::response::Answer;
use crate::site::Site;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The longest form, in bytes.
const LONGEST: usize = 64 * 1024;

/// The longest time that a form may take to come in.
const BODY_TIME: Duration = Duration::from_secs(15);

/// The longest name that can be given.
const LONGEST_NAME: usize = 200;

/// The most reports that the form for a split lists.
const REPORTS: usize = 60;

/// Returns the forms for `record`, as HTML.
pub(crate) fn forms(view: &View<'_>, record: &Record, contents: &Contents) -> Result<Value> {
    let fields = record.kind().fields().iter().map(|it| {
        let values = match it.shape {
            FieldShape::OneOf(values) => values(),
            FieldShape::Status => AgreementStatus::ALL.map(AgreementStatus::as_str).to_vec(),
            _ => Vec::new(),
        };
        context! { name => it.name, values }
    });
    let reports: Vec<Value> = (contents.documents.iter().take(REPORTS))
        .map(|it| context! { id => it.id.as_str(), title => it.title.clone().or(it.outlet.clone()), outlet => it.outlet.clone() })
        .collect();
    let content = context! {
        seal => view.site.seal("form"),
        id => record.id(),
        kind => record.kind().as_str(),
        issue => match record {
            Record::Position(it) => Some(it.issue.clone()),
            _ => None,
        },
        actors => value_of(named(contents)),
        fields => fields.collect::<Vec<_>>(),
        reports,
    };
    let html = view.site.templates.get_template("corrections.html")?.render(content)?;
    Ok(Value::from_safe_string(html))
}

/// Returns the actors of `contents` who have a name.
pub(crate) fn named(contents: &Contents) -> Vec<ActorName> {
    let named =
        contents.actors.iter().filter(|it| !matches!(it.actor_kind, ActorKind::Unnamed | ActorKind::Place));
    named.map(|it| ActorName { id: it.id.clone(), name: it.name.clone() }).collect()
}

/// Returns the correction that led to a page, with what the form that takes it back needs.
pub(crate) fn done(view: &View<'_>, asked: &Asked) -> Result<Value> {
    let Some(operation) = asked.query.get("done").and_then(|it| it.parse::<u64>().ok()) else {
        return Ok(Value::from(()));
    };
    let found = view.corpus.corrections()?.into_iter().find(|it| it.operation == operation);
    let Some(found) = found else { return Ok(Value::from(())) };
    let told = view.corpus.told(std::slice::from_ref(&found.change))?.pop();
    let (back, seal) = (asked.path.as_str(), view.site.seal("form"));
    Ok(context! { operation, told, in_force => found.in_force, back, seal })
}

/// Returns the corrections in force that concern `id`, each with what the form that takes it back needs.
pub(crate) fn judged(view: &View<'_>, id: &str, asked: &Asked) -> Result<Vec<Value>> {
    let judged = view.corpus.judgements(id)?;
    let one =
        |it| context! { row => value_of(it), back => asked.path.as_str(), seal => view.site.seal("form") };
    Ok(judged.iter().map(one).collect())
}

/// Takes a form from one of our own pages.
pub(crate) async fn post(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body): (_, Body) = request.into_parts();
    let form = match tokio::time::timeout(BODY_TIME, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => Query::parse(&bytes),
        Ok(Err(_)) => return refused(&site, StatusCode::PAYLOAD_TOO_LARGE, "The form is too long."),
        Err(_) => {
            let answer = refused(&site, StatusCode::REQUEST_TIMEOUT, "The form did not come in time.");
            return closing(answer);
        }
    };
    if !is_own_form(&site, &parts.headers, form.get("seal")) {
        let text = "This form is not from a page of this run of the server. Load the page again.";
        return refused(&site, StatusCode::FORBIDDEN, text);
    }
    let file = site.connections.file().to_owned();
    let done = tokio::task::spawn_blocking(move || {
        let mut corpus = Corpus::open(&file)?;
        apply(&mut corpus, &form).map(|it| it.0)
    })
    .await
    .unwrap_or_else(|_| Err(ServeError::CutShort { what: "the correction" }));
    match done {
        Ok(location) => site.send(Answer::elsewhere(location), None),
        Err(ServeError::Corpus(error @ (readout::Error::Correction(_) | readout::Error::Id(_)))) => {
            refused(&site, StatusCode::UNPROCESSABLE_ENTITY, &format!("Nothing was changed: {error}."))
        }
        Err(error) => trouble(&site, "/corrections", &error),
    }
}

/// Makes the connection close after `answer`, since what is still to come on it is no request.
fn closing(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// Whether `path` leads to a page of ours, whatever a browser makes of it.
fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|it| it.is_ascii_graphic() && it != '\\')
}

fn refused(site: &Site, status: StatusCode, text: &str) -> Response {
    match message(site, status, "Not corrected", text) {
        Ok(answer) => site.send(answer, None),
        Err(error) => trouble(site, "/corrections", &error),
    }
}

/// Returns the signature of this moment, without a name.
#[expect(
    clippy::disallowed_methods,
    reason = "the log says when somebody corrected; nothing that is read depends on it"
)]
fn this_moment() -> Signature {
    Signature::at(SystemTime::now())
}

/// Makes the correction that the form asks for, and returns the address of the page to show then, and the number of the
/// correction.
pub(crate) fn apply(corpus: &mut Corpus, form: &Query) -> Result<(String, u64)> {
    let signature = this_moment().by(form.get("by"), form.get("reason"));
    let text = |name: &str| form.get(name).unwrap_or_default().chars().take(LONGEST_NAME).collect::<String>();
    let id = text("id");
    let mut page = if record_address(&id).is_empty() { address(&id) } else { record_address(&id) };
    let change = match form.get("change").unwrap_or_default() {
        "undo" => {
            let number = form.get("operation").and_then(|it| it.parse().ok()).unwrap_or(0);
            let undone = corpus.undo_as(number, &signature)?;
            let back = form.get("back").filter(|it| is_own_path(it));
            return Ok((back.unwrap_or("/log").to_owned(), undone));
        }
        "speaker" => {
            let asked = text("speaker");
            let speaker: Vec<ActorId> =
                if asked.is_empty() { Vec::new() } else { vec![corpus.actor(&asked)?] };
            Change::Speaker { target: corpus.target(&id)?, speaker }
        }
        "set" => corpus.setting(&id, &text("field"), &text("value"))?,
        "confirm" => Change::Confirm { target: corpus.target(&id)? },
        "add" => {
            let names = form.every("field");
            let fields: Vec<(String, String)> = (names.into_iter().zip(form.every("value")))
                .filter(|(name, _)| !name.is_empty())
                .map(|(name, value)| (name.to_owned(), value.chars().take(LONGEST_NAME).collect()))
                .collect();
            let passage = form.get("passage").unwrap_or_default();
            let change = corpus.adding(&text("kind"), &id, passage, &fields)?;
            if let Change::Add { records } = &change
                && let Some(record) = records.iter().find(|it| it.evidence().is_some())
            {
                page = record_address(record.id());
            }
            change
        }
        "reject" => {
            let target = corpus.target(&id)?;
            page = if target.doc.is_empty() { "/log".to_owned() } else { address(&target.doc) };
            Change::Reject { target }
        }
        "merge" => {
            let into = corpus.actor(&text("into"))?;
            page = address(&into);
            Change::Merge { actor: id.into(), into }
        }
        "split" => {
            let name = text("name");
            let kind = id.split_once(':').map_or("person", |(kind, _)| kind).to_owned();
            let into = corpus.actor(&name).unwrap_or_else(|_| format!("{kind}:{}", ids::slug(&name)).into());
            let documents = form.all("document").into_iter().map(DocumentId::from).collect();
            Change::Split { actor: id.into(), into, name, documents }
        }
        "issue" => Change::NameIssue { issue: text("issue"), name: text("name") },
        _ => return Err(readout::Error::from(CorrectionError::Nothing).into()),
    };
    let number = corpus.correct_as(&change, &signature)?;
    if let Some(back) = form.get("back").filter(|it| is_own_path(it)) {
        let mark = if back.contains('?') { '&' } else { '?' };
        let by = form.get("by").map(str::trim).filter(|it| !it.is_empty() && back.starts_with("/queue"));
        let by = by.map(|it| format!("&by={}", path_part(it))).unwrap_or_default();
        return Ok((format!("{back}{mark}done={number}{by}"), number));
    }
    Ok((format!("{page}?done={number}"), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_is_a_page_of_ours() {
        for path in ["/log", "/records/statement:1?done=3", "/%09/x"] {
            assert!(is_own_path(path), "{path}");
        }
        for path in [
            "",
            "log",
            "//evil.example",
            "/\t/evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "https://evil.example",
            "/ü",
        ] {
            assert!(!is_own_path(path), "{path:?}");
        }
    }
}
