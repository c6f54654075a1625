use minijinja::context;
use readout::record::{ActorId, Record};
use readout::views::figures::{self, NetworkWanted};
use readout::views::{Filter, ListKind, StoryRow};
use readout::{Listed, Page};

use super::around::Back;
use super::exits::Exits;
use super::sections::{Section, TIES, newest, section};
use crate::address::{OwnPages, address};
use crate::layout::{nothing, page};
use crate::query::path_part;
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;
use crate::{Result, ServeError};

/// The most reports from which an actor's page is made: the newest that mention the actor.
const REPORTS: usize = 2_000;

/// The parts of the page, with how many lines of each it shows.
const PARTS: [(ListKind, usize); 8] = [
    (ListKind::Quotes, 15),
    (ListKind::Statements, 6),
    (ListKind::Meetings, 8),
    (ListKind::Timeline, 12),
    (ListKind::Commitments, 8),
    (ListKind::Conditions, 6),
    (ListKind::Issues, 10),
    (ListKind::Sources, 12),
];

/// The most stories that the page names.
const STORIES: usize = 8;

/// The most statements to the actor that its page shows.
const TOLD: usize = 8;

/// Answers with the page of one actor.
pub(crate) fn actor(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    if let Some(into) = view.corpus.merged_into(&asked.id)? {
        return Ok(Answer::elsewhere(address(&into)));
    }
    let (contents, reports) = view.slice_of_actor(&asked.id, REPORTS)?;
    let Some(actor) = contents.actors.iter().find(|it| it.id == asked.id.as_str()).cloned() else {
        return nothing(view, "no such actor");
    };
    let filter = Filter { actor: vec![actor.id.to_string()], ..Filter::default() };
    let to = Filter { to: filter.actor.clone(), ..Filter::default() };
    let capped = (reports > REPORTS).then_some(REPORTS);
    // Each part leads to the list of all of it.
    let whole = |it: Section, who: &str, most: usize| {
        let all = it.total > most || capped.is_some();
        let more = all.then(|| format!("/{}?{who}={}", it.name, path_part(&actor.id)));
        Section { more, least: capped.is_some(), ..it }
    };
    let mut sections: Vec<Section> = Vec::new();
    for (kind, most) in PARTS {
        let found = match kind {
            // These stand in the order of the reports: a page on somebody begins with the latest.
            ListKind::Quotes
            | ListKind::Statements
            | ListKind::Meetings
            | ListKind::Conditions
            | ListKind::Sources => newest(kind, &contents, &filter, most),
            _ => section(kind, &contents, &filter, most, &OwnPages),
        };
        sections.extend(found.map(|it| whole(it, "actor", most)));
        if kind == ListKind::Statements {
            // What others said to it.
            let told = newest(ListKind::Statements, &contents, &to, TOLD);
            let told = told.map(|it| whole(it, "to", TOLD));
            sections.extend(told.map(|it| Section {
                title: "What was said to it".to_owned(),
                anchor: Some("told"),
                ..it
            }));
        }
    }
    if sections.len() > 1 {
        let more = Some(format!("{}/network", address(&actor.id)));
        sections.extend(
            super::sections::network(&contents, &around(&actor.id), TIES, &OwnPages).map(|it| Section {
                more: more.filter(|_| it.total > TIES),
                least: capped.is_some(),
                ..it
            }),
        );
    }
    let part = path_part(&actor.id);
    let months = view.corpus.months(&filter)?.map_err(ServeError::Unknown)?;
    let months = figures::months_figure(
        &months,
        &|it| format!("/?actor={part}&since={}&until={}", it.month, it.next),
        &|_| false,
    );
    let Listed { rows: stories, total: stories_total, .. } =
        view.corpus.list_of::<StoryRow>(&filter, &Page::first(STORIES))?.map_err(ServeError::Unknown)?;
    let content = context! {
        actor => value_of(&actor),
        reports,
        months,
        stories => value_of(&stories),
        stories_total,
        exits => value_of(Exits {
            csv: Some(format!("/tables/statements.csv?actor={part}")),
            json: Some(format!("/api/v1/actors/{part}")),
            link: Some(address(&actor.id)),
            ..Exits::default()
        }),
        done => super::corrections::done(view, asked)?,
        capped,
        sections => value_of(&sections),
        corrections => super::corrections::forms(view, &Record::Actor(actor.clone()), &contents)?,
    };
    let answer = page(view.site, "actor.html", &actor.name, "actors", content)?;
    Ok(answer.with_forms())
}

/// Answers with everybody who talks to somebody in the reports that mention one actor.
pub(crate) fn network(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    let (contents, _) = view.slice_of_actor(&asked.id, REPORTS)?;
    let Some(actor) = contents.actors.iter().find(|it| it.id == asked.id.as_str()) else {
        return nothing(view, "no such actor");
    };
    let back = value_of(Back { href: address(&actor.id), title: actor.name.clone() });
    super::story::ties(view, &contents, &around(&actor.id), back)
}

/// Returns the question for the network around an actor.
fn around(id: &ActorId) -> NetworkWanted {
    NetworkWanted { centre: Some(id.clone()), ..NetworkWanted::default() }
}
