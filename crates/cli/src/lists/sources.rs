//! `readout sources`.

use readout::views::SourceRow;

use super::{List, list, short};
use crate::outcome::Outcome;
use crate::table::{Column, column};

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
        column("id", 0, |it| it.id.to_string()),
        column("report", 6, |it| short(&it.id)),
    ];
    list(arguments, &columns)
}
