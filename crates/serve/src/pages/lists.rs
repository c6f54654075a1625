//! Pages of long lists: what they show comes straight from the file's indexes.

use minijinja::{Value, context};
use readout::Page;
use readout::record::Record;

use super::{Around, page, value_of};
use crate::Result;
use crate::answer::{Answer, Asked, View};

/// How many lines a page has.
const LINES: usize = 40;

/// Kinds of actor that can be asked for.
const KINDS: [(&str, &str); 6] = [
    ("person", "People"),
    ("state", "States"),
    ("organisation", "Organisations"),
    ("armed-group", "Armed groups"),
    ("outlet", "Outlets"),
    ("office", "Offices"),
];

fn start(asked: &Asked) -> Page {
    Page { after: asked.query.get("after").map(str::to_owned), limit: LINES }
}

fn list(
    view: &View<'_>,
    asked: &Asked,
    title: &str,
    section: &str,
    name: &str,
    rows: Value,
    next: Option<String>,
) -> Result<Answer> {
    let content = context! {
        name,
        rows,
        figure => (),
        back => (),
        choices => value_of(choices(asked, section)),
        otherwise => "Nothing yet. Read reports with: readout read FOLDER --into FILE",
        around => value_of(Around::after(asked, next)),
    };
    page(view.site, "list.html", title, section, content)
}

fn choices(asked: &Asked, section: &str) -> Vec<Value> {
    if section != "actors" {
        return Vec::new();
    }
    let current = asked.query.get("kind");
    let all = context! { title => "All", href => "/actors", current => current.is_none() };
    let each = KINDS.iter().map(|(kind, title)| {
        context! { title => *title, href => format!("/actors?kind={kind}"), current => current == Some(*kind) }
    });
    std::iter::once(all).chain(each).collect()
}

/// Stories, the newest first.
pub(crate) fn stories(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.list_stories(&asked.filter(), &start(asked))?;
    list(view, asked, "Stories", "stories", "stories", value_of(&found.rows), found.next)
}

/// Actors, those in most reports first.
pub(crate) fn actors(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.list_actors(&asked.filter(), &start(asked))?;
    list(view, asked, "Actors", "actors", "actors", value_of(&found.rows), found.next)
}

/// Reports, the newest first.
pub(crate) fn sources(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.corpus.list_sources(&asked.filter(), &start(asked))?;
    list(view, asked, "Reports", "sources", "sources", value_of(&found.rows), found.next)
}

/// What was done to the file, the newest first.
pub(crate) fn log(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let found = view.store().list_operations(&start(asked)).map_err(readout::Error::from)?;
    let rows: Vec<Value> = (found.rows.iter())
        .map(|it| context! { number => it.number, kind => it.kind.as_str(), version => it.version.as_str(), detail => it.detail.to_string() })
        .collect();
    let mut corrections = view.corpus.corrections()?;
    corrections.reverse();
    let corrections: Vec<Value> = (corrections.iter())
        .map(|it| context! { operation => it.operation, in_force => it.in_force, told => super::corrections::told(&it.change) })
        .collect();
    let done = super::corrections::done(view, asked)?;
    let around = value_of(Around::after(asked, found.next));
    let answer = page(view.site, "log.html", "Log", "log", context! { rows, corrections, done, around })?;
    Ok(answer.with_forms())
}

/// What has the id that was asked for, whatever it is.
pub(crate) fn any(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    match view.record(&asked.id)? {
        Some(Record::Document(document)) => Ok(Answer::elsewhere(super::address(&document.id))),
        Some(record) => Ok(Answer::elsewhere(super::address(record.id()))),
        None => super::nothing(view, "nothing with that id"),
    }
}
