//! `readout stories`.

use readout::views::StoryRow;

use super::{List, list, short};
use crate::outcome::Outcome;
use crate::table::{Column, column};

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
        column("id", 0, |it| it.id.to_string()),
    ];
    list(arguments, &columns)
}
