//! Pages of long lists: what they show comes straight from the file's indexes.

use minijinja::{Value, context};
use readout::asking::{self, Asking, Rowing};
use readout::record::Record;
use readout::views::{ActorRow, Filter, ListKind, SourceRow, StoryRow, change_in_words};
use readout::{List, NO_STORY, Page};

use super::around::Around;
use crate::address::address;
use crate::layout::{nothing, page};
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The number of lines of a page.
const LINES: usize = 40;

/// Reports in no story that the front page shows.
const ALONE: usize = 12;

/// Kinds of actor that can be asked for.
const KINDS: [(&str, &str); 6] = [
    ("person", "People"),
    ("state", "States"),
    ("organisation", "Organisations"),
    ("armed-group", "Armed groups"),
    ("outlet", "Outlets"),
    ("office", "Offices"),
];

/// Returns a route of a long list that takes these names.
pub(crate) const fn paged(names: fn(&str) -> Vec<&'static str>) -> Takes {
    Takes { names, rowing: Rowing { usual: LINES, most: LINES } }
}

/// Returns the parameters of the page of the list `kind`.
pub(crate) fn takes(kind: ListKind) -> Vec<&'static str> {
    asking::takes(kind).iter().copied().chain(["after"]).collect()
}

/// Returns the parameters of the page of the list called `name`; empty if there is no such list.
pub(crate) fn takes_of(name: &str) -> Vec<&'static str> {
    ListKind::named(name).map_or_else(Vec::new, takes)
}

/// Answers with a page of the list `kind` under the filter.
fn list(view: &View<'_>, asked: &Asked, kind: ListKind, title: &str, section: &str) -> Result<Answer> {
    let Asking { filter, page: start, .. } = &asked.asking;
    let List { rows, total, .. } = view.corpus.list(kind, filter, start)?.map_err(ServeError::Unknown)?;
    let found = rows.len();
    let content = context! {
        name => kind.name(),
        total,
        rows => value_of(&rows),
        figure => (),
        back => (),
        choices => value_of(choices(asked, kind)),
        kept => kept(asked),
        otherwise => if *filter == Filter::default() { "Nothing yet." } else { "Nothing fits these filters." },
        around => value_of(Around::of(asked, start.from(), found.max(LINES), total)),
    };
    page(view.site, "list.html", title, section, content)
}

/// Returns the parameters that narrow a list, each with the address of the list without it.
pub(crate) fn kept(asked: &Asked) -> Vec<Value> {
    let pairs = asked
        .query
        .pairs()
        .filter(|(name, value)| !["q", "after", "done"].contains(name) && !value.trim().is_empty());
    pairs
        .map(|(name, value)| {
            let href = format!("{}{}", asked.path, asked.query.without(name, value.trim()));
            context! { name, value => value.trim(), href }
        })
        .collect()
}

fn choices(asked: &Asked, kind: ListKind) -> Vec<Value> {
    let one = |title: &str, href: String, current: bool| context! { title, href, current };
    match kind {
        ListKind::Actors => {
            let current = asked.query.get("kind");
            let each = KINDS
                .iter()
                .map(|(kind, title)| one(title, format!("/actors?kind={kind}"), current == Some(*kind)));
            std::iter::once(one("All", "/actors".to_owned(), current.is_none())).chain(each).collect()
        }
        ListKind::Sources | ListKind::Stories => Vec::new(),
        _ => ALL.iter().map(|it| one(it.title(), format!("/lists/{}", it.name()), *it == kind)).collect(),
    }
}

/// The lists of all reports that have pages, beside stories, actors and the reports themselves.
const ALL: [ListKind; 8] = [
    ListKind::Timeline,
    ListKind::Meetings,
    ListKind::Quotes,
    ListKind::Statements,
    ListKind::Agreements,
    ListKind::Commitments,
    ListKind::Conditions,
    ListKind::Positions,
];

/// Answers with the file as a whole, its stories with the newest first, and its reports that are in none.
pub(crate) fn front(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let start = &asked.asking.page;
    let all = Filter::default();
    let alone = Filter { story: Some(NO_STORY.to_owned()), ..Filter::default() };
    let stories = view.corpus.list_of::<StoryRow>(&all, start)?.map_err(ServeError::Unknown)?;
    let lonely =
        view.corpus.list_of::<SourceRow>(&alone, &Page::first(ALONE))?.map_err(ServeError::Unknown)?;
    let actors = view.corpus.list_of::<ActorRow>(&all, &Page::first(1))?.map_err(ServeError::Unknown)?;
    let content = context! {
        reports => view.corpus.count()?,
        outlets => view.corpus.outlets()?.len(),
        days => view.corpus.days()?,
        actors => actors.total,
        stories => stories.total,
        rows => value_of(&stories.rows),
        alone => lonely.total,
        lonely => value_of(&lonely.rows),
        lists => ALL.iter().map(|it| context! { title => it.title(), href => format!("/lists/{}", it.name()) }).collect::<Vec<_>>(),
        around => value_of(Around::of(asked, start.from(), LINES, stories.total)),
        first => start.from() == 0,
    };
    page(view.site, "front.html", "Stories", "stories", content)
}

/// Answers with the list of actors, those in most reports first.
pub(crate) fn actors(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    list(view, asked, ListKind::Actors, "Actors", "actors")
}

/// Answers with the list of reports, the newest first.
pub(crate) fn sources(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    list(view, asked, ListKind::Sources, "Reports", "sources")
}

/// Answers with a list by its name.
pub(crate) fn any_kind(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    match ListKind::named(&asked.id) {
        Some(kind) => list(view, asked, kind, kind.title(), ""),
        None => nothing(view, "no such list"),
    }
}

/// Answers with the log of the file: operations and corrections, the newest first.
pub(crate) fn log(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let start = &asked.asking.page;
    let found = view.corpus.operations(start)?;
    let rows: Vec<Value> = (found.rows.iter())
        .map(|it| context! { number => it.number, kind => it.kind.as_str(), version => it.version.as_str(), detail => it.detail.to_string() })
        .collect();
    let mut corrections = view.corpus.corrections()?;
    corrections.reverse();
    let corrections: Vec<Value> = (corrections.iter())
        .map(|it| context! { operation => it.operation, in_force => it.in_force, told => change_in_words(&it.change) })
        .collect();
    let done = super::corrections::done(view, asked)?;
    let around = value_of(Around::of(asked, start.from(), LINES, found.total));
    let answer = page(view.site, "log.html", "Log", "log", context! { rows, corrections, done, around })?;
    Ok(answer.with_forms())
}

/// Sends the client on to the page of the record with the id that was asked for.
pub(crate) fn any(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    match view.corpus.record(&asked.id)? {
        Some(Record::Document(document)) => Ok(Answer::elsewhere(address(&document.id))),
        Some(record) => Ok(Answer::elsewhere(address(record.id()))),
        None => nothing(view, "nothing with that id"),
    }
}
