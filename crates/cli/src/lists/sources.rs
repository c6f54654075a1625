//! `readout sources`.

use readout::views::{Filter, SourceRow, sources};
use readout::{Page, Scope};

use super::{List, empty, nothing, print, short};
use crate::table::{Column, column};
use crate::{Outcome, open};

/// Reports that are read at a time.
const PAGE: usize = 200;

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<SourceRow>> = vec![
        column("published", 10, |it| {
            it.published.as_deref().map_or("", |it| it.get(..10).unwrap_or(it)).to_owned()
        }),
        column("outlet", 22, |it| it.outlet.clone().unwrap_or_default()),
        column("headline", 48, |it| it.title.clone().unwrap_or_default()),
        column("by way of", 20, |it| super::names(&it.origins)),
        column("copies", 24, |it| {
            let copy =
                |it: &readout::views::CopyRow| format!("{:.0} % of {}", it.share * 100.0, short(&it.doc));
            it.copies.iter().map(copy).collect::<Vec<_>>().join("; ")
        }),
        column("records", 7, |it| it.records.to_string()),
        column("story", 6, |it| it.story.as_deref().map(short).unwrap_or_default()),
        column("path", 28, |it| it.path.clone().or_else(|| it.url.clone()).unwrap_or_default()),
        column("authors", 0, |it| it.authors.join("; ")),
        column("url", 0, |it| it.url.clone().unwrap_or_default()),
        column("id", 0, |it| it.id.clone()),
        column("report", 6, |it| short(&it.id)),
    ];
    let filter = arguments.filter.filter();
    let corpus = open(&arguments.of)?;
    // The store knows which reports may fit; what their words say is looked at a page at a time.
    let narrow = Filter { kind: Vec::new(), text: None, issue: None, ..filter.clone() };
    let words = Filter {
        kind: filter.kind.clone(),
        text: filter.text.clone(),
        issue: filter.issue.clone(),
        ..Filter::default()
    };
    let mut rows: Vec<SourceRow> = Vec::new();
    let mut page = Page::first(PAGE);
    loop {
        let listed = corpus.list_sources(&narrow, &page)?;
        let ids: Vec<String> = listed.rows.into_iter().map(|it| it.id).collect();
        let mut found = sources(&corpus.slice(&Scope::Documents(ids.clone()))?, &words);
        found.sort_by_key(|it| ids.iter().position(|id| *id == it.id));
        rows.extend(found);
        match listed.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    if rows.is_empty() {
        nothing(&corpus, &filter)?;
        return empty(arguments.format);
    }
    print(&rows, &columns, arguments.format)
}
