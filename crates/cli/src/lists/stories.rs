//! `readout stories`.

use readout::Page;
use readout::views::{Filter, StoryRow, stories};

use super::{List, empty, nothing, print, short};
use crate::table::{Column, column};
use crate::{Outcome, open};

/// Rows that are read at a time.
const PAGE: usize = 500;

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<StoryRow>> = vec![
        column("story", 6, |it| short(&it.id)),
        column("from", 10, |it| it.from.clone().unwrap_or_default()),
        column("to", 10, |it| it.to.clone().unwrap_or_default()),
        column("about", 10, |it| it.day.clone().unwrap_or_default()),
        column("reports", 7, |it| it.documents.len().to_string()),
        column("outlets", 28, |it| it.outlets.join("; ")),
        column("title", 60, |it| it.title.clone()),
        column("keywords", 30, |it| it.keywords.join(", ")),
        column("episodes", 8, |it| it.episodes.len().to_string()),
        column("documents", 0, |it| it.documents.join("; ")),
        column("id", 0, |it| it.id.clone()),
    ];
    let filter = arguments.filter.filter();
    let corpus = open(&arguments.of)?;
    let plain = Filter {
        kind: filter.kind.clone(),
        text: filter.text.clone(),
        since: filter.since.clone(),
        until: filter.until.clone(),
        ..Filter::default()
    };
    let mut rows: Vec<StoryRow> = Vec::new();
    if filter == plain {
        let mut page = Page::first(PAGE);
        loop {
            let listed = corpus.list_stories(&filter, &page)?;
            rows.extend(listed.rows);
            match listed.next {
                Some(next) => page.after = Some(next),
                None => break,
            }
        }
    } else {
        rows = stories(&corpus.slice(&corpus.scope(&filter)?)?, &filter);
    }
    if rows.is_empty() {
        nothing(&corpus, &filter)?;
        return empty(arguments.format);
    }
    print(&rows, &columns, arguments.format)
}
