use minijinja::context;
use readout::record::Record;
use readout::views::{Filter, ListKind};

use super::around::Back;
use super::sections::{Section, TIES, newest, section};
use crate::Result;
use crate::address::{OwnPages, address};
use crate::layout::{nothing, page};
use crate::query::path_part;
use crate::respond::Asked;
use crate::response::Answer;
use crate::templates::value_of;
use crate::view::View;

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
        let more = all.then(|| format!("/lists/{}?{who}={}", it.name, path_part(&actor.id)));
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
            sections.extend(told.map(|it| Section { title: "What was said to it".to_owned(), ..it }));
        }
    }
    if sections.len() > 1 {
        let more = Some(format!("{}/network", address(&actor.id)));
        sections.extend(super::sections::network(&contents, TIES, &OwnPages).map(|it| Section {
            more: more.filter(|_| it.total > TIES),
            least: capped.is_some(),
            ..it
        }));
    }
    let content = context! {
        actor => value_of(&actor),
        reports,
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
    super::story::ties(view, &contents, back)
}
