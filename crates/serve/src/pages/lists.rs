//! Pages of long lists: what they show comes straight from the file's indexes.

use minijinja::{Value, context};
use readout::asking::{self, Asking, Rowing};
use readout::record::{Change, Record};
use readout::views::{Filter, Grid, ListKind};
use readout::{List, Page};

use super::around::{Around, numbered};
use super::exits::{Exits, table_of};
use super::months::months;
use super::sections::{figure, grid};
use crate::address::{OwnPages, address, any as any_address};
use crate::layout::{nothing, page};
use crate::query::path_part;
use crate::respond::{Asked, Takes};
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The number of lines of a page.
const LINES: usize = 30;

/// The name of the page of events of violence and disaster.
pub(crate) const INCIDENTS: &str = "incidents";

/// The rows above which a list is not offered sorted by its columns.
const MOST_SORTED: usize = 20_000;

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
    asking::takes(kind).iter().copied().chain([asking::SORT, "after"]).collect()
}

/// Returns the parameters of the page of the list called `name`; empty if there is no such list.
pub(crate) fn takes_of(name: &str) -> Vec<&'static str> {
    list_named(name).map_or_else(Vec::new, takes)
}

/// Returns the list whose page is called `name`.
fn list_named(name: &str) -> Option<ListKind> {
    if name == INCIDENTS { Some(ListKind::Events) } else { ListKind::named(name) }
}

/// Returns the address of the page of a list.
pub(crate) fn list_address(name: &str) -> String {
    format!("/{name}")
}

/// Answers with a page of the list `kind` under the filter.
fn list(view: &View<'_>, asked: &Asked, kind: ListKind, title: &str, section: &str) -> Result<Answer> {
    let Asking { filter, page: start, sort, .. } = &asked.asking;
    let mut wanted = filter.clone();
    let incidents = asked.id == INCIDENTS;
    let is_opened = start.after.is_none();
    // Who asks for days or another order gets the list from its first line.
    let opens =
        kind == ListKind::Timeline && sort.is_none() && filter.since.is_none() && filter.until.is_none();
    let earlier = if opens && is_opened { view.corpus.opening(filter)? } else { 0 };
    let opened = Page { after: (earlier > 0).then(|| earlier.to_string()), ..start.clone() };
    let start = if earlier > 0 { &opened } else { start };
    if incidents && wanted.kind.is_empty() {
        wanted.kind.push("incident".to_owned());
    }
    let list = view.corpus.list_sorted(kind, &wanted, start, *sort)?;
    let List { rows, total, .. } = list.map_err(ServeError::Unknown)?;
    let found = rows.len();
    let dated = matches!(
        kind,
        ListKind::Timeline
            | ListKind::Meetings
            | ListKind::Quotes
            | ListKind::Statements
            | ListKind::Events
            | ListKind::Sources
    );
    let by_month = match dated && is_opened {
        true => months(asked, &view.corpus.months(filter)?.map_err(ServeError::Unknown)?),
        false => String::new(),
    };
    let stands = match kind {
        ListKind::Issues | ListKind::Positions if start.from() == 0 => stands_of(view, filter)?,
        _ => None,
    };
    let outlets = match kind {
        ListKind::Compare if start.from() == 0 => figure(&rows, None, &OwnPages),
        _ => None,
    };
    let rest = asked.query.with("after", None);
    let content = context! {
        name => kind.name(),
        total,
        rows => value_of(&rows),
        figure => by_month,
        grid => value_of(stands),
        issues => format!("/issues{}", unsorted(asked)),
        outlets,
        back => (),
        choices => value_of(choices(asked, kind)),
        sorts => sorts(asked, kind, total),
        kept => kept(asked),
        form => form(asked, asking::takes(kind)),
        otherwise => if *filter == Filter::default() { "Nothing yet." } else { "Nothing fits these filters." },
        earlier => context! { many => earlier, href => numbered(asked, 0) },
        around => value_of(match opens {
            true => Around::of_opened(asked, start.from(), LINES, total),
            false => Around::of(asked, start.from(), found.max(LINES), total),
        }),
        exits => value_of(Exits {
            csv: Some(format!("/tables/{}.csv{}", table_of(kind, incidents), unsorted(asked))),
            json: Some(match incidents && filter.kind.is_empty() {
                true => format!("/api/v1/events{}", asked.query.and("kind", "incident")),
                false => format!("/api/v1/{}{rest}", kind.name()),
            }),
            link: Some(format!("{}{}", asked.path, asked.query.with("", None))),
            ..Exits::default()
        }),
    };
    page(view.site, "list.html", title, section, content)
}

/// Returns the grid of who stands where under a filter.
fn stands_of(view: &View<'_>, filter: &Filter) -> Result<Option<Grid>> {
    let issues = view.corpus.list(ListKind::Issues, filter, &Page::all())?;
    Ok(issues.ok().and_then(|it| grid(&it.rows)))
}

/// Returns the columns by which a list can be sorted: name, title, the address of the list so sorted, and whether it is. A
/// column by which it is sorted leads to the reverse.
fn sorts(asked: &Asked, kind: ListKind, total: usize) -> Vec<Value> {
    if !(2..=MOST_SORTED).contains(&total) {
        return Vec::new();
    }
    let columns = kind.columns().iter().map(|column| {
        let current = asked.asking.sort.filter(|it| it.column == *column);
        // Numbers are asked for the largest first, all else from the beginning.
        let falling = current.map_or_else(|| column.is_number(), |it| !it.falling);
        let name = column.name();
        let by = if falling { format!("-{name}") } else { name.to_owned() };
        let order = current.map(|it| if it.falling { "descending" } else { "ascending" });
        let query = unsorted(asked);
        let mark = if query.is_empty() { '?' } else { '&' };
        context! { name, title => column.title(), href => format!("{}{query}{mark}sort={by}", asked.path), order }
    });
    columns.collect()
}

/// Returns the query of a list from its first page on, in the list's own order.
fn unsorted(asked: &Asked) -> String {
    asked.query.without(asking::SORT, asked.query.get(asking::SORT).unwrap_or_default())
}

/// Returns the form by which a page that takes these parameters is narrowed.
pub(crate) fn form_of(asked: &Asked, takes: Takes) -> Value {
    form(asked, &(takes.names)(&asked.id))
}

/// Returns the form by which a page is narrowed: its fields, and what is asked for already.
fn form(asked: &Asked, takes: &[&str]) -> Value {
    let fields: Vec<Value> = (FIELDS.iter().filter(|(name, ..)| takes.contains(name)))
        .map(|(name, label, several, hint)| {
            // Of what may be given several times the form adds one more.
            let value = if *several { "" } else { asked.query.get(name).unwrap_or_default() };
            context! { name => *name, label => *label, value, hint => *hint }
        })
        .collect();
    let others: Vec<Value> = (asked.query.pairs())
        .filter(|(name, value)| {
            let once = FIELDS.iter().any(|(field, _, several, _)| field == name && !several);
            !once && takes.contains(name) && !value.trim().is_empty()
        })
        .map(|(name, value)| context! { name, value })
        .collect();
    context! { action => asked.path.as_str(), fields, others }
}

/// The fields of the form: name, label, whether it may be given several times, and an example.
const FIELDS: [(&str, &str, bool, &str); 8] = [
    ("actor", "Who", true, "a name or an id"),
    ("to", "To whom, with whom", true, "a name or an id"),
    ("since", "From", false, "2013-03-20"),
    ("until", "Before", false, "2013-04"),
    ("outlet", "Outlet", true, "as it is spelt"),
    ("text", "Words", false, "all of them occur"),
    ("issue", "Issue", false, "words of it"),
    ("kind", "Kind", true, "meeting, deny, overdue"),
];

/// Returns the parameters that narrow a list, each with the address of the list without it.
pub(crate) fn kept(asked: &Asked) -> Vec<Value> {
    let pairs = asked
        .query
        .pairs()
        .filter(|(name, value)| !["q", "after", "done", "sort"].contains(name) && !value.trim().is_empty());
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
        _ => {
            let incidents = asked.id == INCIDENTS;
            let lists =
                ALL.iter().map(|it| one(it.title(), list_address(it.name()), *it == kind && !incidents));
            lists.chain([one("Violence", list_address(INCIDENTS), incidents)]).collect()
        }
    }
}

/// The lists of all reports that have pages, beside stories, actors, the reports themselves, and incidents.
const ALL: [ListKind; 12] = [
    ListKind::Timeline,
    ListKind::Meetings,
    ListKind::Quotes,
    ListKind::Statements,
    ListKind::Agreements,
    ListKind::Commitments,
    ListKind::Conditions,
    ListKind::Issues,
    ListKind::Positions,
    ListKind::Events,
    ListKind::Differences,
    ListKind::Compare,
];

/// Answers with the list of actors, those in most reports first.
pub(crate) fn actors(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    list(view, asked, ListKind::Actors, "Actors", "actors")
}

/// Answers with the list of reports, the newest first.
pub(crate) fn sources(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    list(view, asked, ListKind::Sources, "Reports", "sources")
}

/// Answers with the list of stories, the newest first.
pub(crate) fn stories(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    list(view, asked, ListKind::Stories, "Stories", "stories")
}

/// Answers with a list by its name.
pub(crate) fn any_kind(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    match list_named(&asked.id) {
        Some(kind) if asked.id == INCIDENTS => list(view, asked, kind, "Violence", "timeline"),
        Some(kind) => list(view, asked, kind, kind.title(), kind.name()),
        None => nothing(view, "no such page"),
    }
}

/// Answers with what the marks on the pages mean.
pub(crate) fn marks(view: &View<'_>, _: &Asked) -> Result<Answer> {
    page(view.site, "marks.html", "What the marks mean", "", context! {})
}

/// Sends the client on from the address that a list had in earlier versions.
pub(crate) fn moved(_: &View<'_>, asked: &Asked) -> Result<Answer> {
    Ok(Answer::elsewhere(format!("{}{}", list_address(&path_part(&asked.id)), asked.query.with("", None))))
}

/// Answers with the log of the file: operations and corrections, the newest first.
pub(crate) fn log(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let start = &asked.asking.page;
    let found = view.corpus.log(start)?;
    let mut corrections = view.corpus.corrections()?;
    corrections.reverse();
    let changes: Vec<Change> = corrections.iter().map(|it| it.change.clone()).collect();
    let told = view.corpus.told(&changes)?;
    let corrections: Vec<Value> = (corrections.iter().zip(told))
        .map(|(it, told)| {
            let about = it.about().map(|id| any_address(&id));
            context! { operation => it.operation, in_force => it.in_force, told, about, by => value_of(&it.signature) }
        })
        .collect();
    let rows = value_of(&found.rows);
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
