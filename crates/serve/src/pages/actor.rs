use minijinja::context;
use readout::record::Record;
use readout::views::Filter;

use super::sections::{Section, network, section};
use super::{OwnPages, address, nothing, page, value_of};
use crate::Result;
use crate::answer::{Answer, Asked, View};
use crate::rows::Rows;

/// From how many of the reports that speak of it an actor's page is made at most, the newest.
const REPORTS: usize = 60;

/// The parts of the page, with how many lines of each it shows.
const PARTS: [(&str, usize); 7] = [
    ("quotes", 15),
    ("meetings", 8),
    ("timeline", 12),
    ("commitments", 8),
    ("conditions", 6),
    ("issues", 10),
    ("sources", 12),
];

/// What the reports have of one actor.
pub(crate) fn actor(view: &View<'_>, asked: &Asked) -> Result<Answer> {
    if let Some(into) = view.merged_into(&asked.id)? {
        return Ok(Answer::elsewhere(address(&into)));
    }
    let (contents, reports) = view.slice_of_actor(&asked.id, REPORTS)?;
    let Some(actor) = contents.actors.iter().find(|it| it.id == asked.id).cloned() else {
        return nothing(view, "no such actor");
    };
    let filter = Filter { actor: vec![actor.id.clone()], ..Filter::default() };
    let mut sections: Vec<Section> = Vec::new();
    for (name, most) in PARTS {
        sections.extend(section(name, &contents, &filter, most, &OwnPages));
        if name == "quotes" {
            // What others said to it.
            let to = Filter { to: vec![actor.id.clone()], ..Filter::default() };
            if let Some(rows) = Rows::of("statements", &contents, &to).filter(|rows| rows.len() > 0) {
                sections.push(Section {
                    name: "statements".to_owned(),
                    title: "What was said to it".to_owned(),
                    total: rows.len(),
                    rows: value_of(rows.part(0, 8)),
                    ..Section::default()
                });
            }
        }
    }
    if sections.len() > 1 {
        sections.extend(network(&contents, &OwnPages));
    }
    let content = context! {
        actor => value_of(&actor),
        reports,
        done => super::corrections::done(view, asked)?,
        capped => (reports > REPORTS).then_some(REPORTS),
        sections => value_of(&sections),
        corrections => super::corrections::forms(view, &Record::Actor(actor.clone()), &contents)?,
    };
    let answer = page(view.site, "actor.html", &actor.name, "actors", content)?;
    Ok(answer.with_forms())
}
