//! `readout actors`.

use readout::Page;
use readout::views::{ActorRow, Filter, actors};

use super::{List, empty, nothing, print, word};
use crate::table::{Column, column};
use crate::{Outcome, open};

/// Rows that are read at a time.
const PAGE: usize = 500;

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<ActorRow>> = vec![
        column("who", 30, |it| it.name.clone()),
        column("type", 12, |it| word(it.actor_kind)),
        column("state", 5, |it| it.state.clone().unwrap_or_default()),
        column("roles", 36, |it| it.roles.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join("; ")),
        column("also", 30, |it| it.aliases.join("; ")),
        column("reports", 7, |it| it.reports.to_string()),
        column("mentions", 8, |it| it.mentions.to_string()),
        column("said", 6, |it| it.statements.map(|it| it.to_string()).unwrap_or_default()),
        column("sector", 0, |it| it.sector.clone().unwrap_or_default()),
        column("id", 30, |it| it.id.clone()),
    ];
    let filter = arguments.filter.filter();
    let corpus = open(&arguments.of)?;
    let plain = Filter { kind: filter.kind.clone(), text: filter.text.clone(), ..Filter::default() };
    // A list of all needs no look at the reports; small files are looked at all the same, since that tells more.
    let rows = if filter == plain && corpus.store().count()? > PAGE {
        let mut rows = Vec::new();
        let mut page = Page::first(PAGE);
        loop {
            let listed = corpus.list_actors(&filter, &page)?;
            rows.extend(listed.rows);
            match listed.next {
                Some(next) => page.after = Some(next),
                None => break rows,
            }
        }
    } else {
        actors(&corpus.slice(&corpus.scope(&filter)?)?, &filter)
    };
    if rows.is_empty() {
        nothing(&corpus, &filter)?;
        return empty(arguments.format);
    }
    print(&rows, &columns, arguments.format)
}
