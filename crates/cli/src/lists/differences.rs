//! `readout differences`: the fields on which reports of one happening, utterance or agreement differ.

use readout::views::{DifferenceRow, DifferenceValue};

use super::{List, list, short};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<DifferenceRow>> = vec![
        column("what", 52, |it| it.title.clone()),
        column("field", 10, |it| it.field.clone()),
        column("values", 80, |it| it.values.iter().map(told).collect::<Vec<_>>().join("; ")),
        column("id", 0, |it| it.id.to_string()),
        column("passages", 0, |it| {
            let all = it.values.iter().flat_map(|it| &it.citations);
            all.map(|it| format!("{} ¶{} {}", it.doc, it.paragraph, it.id)).collect::<Vec<_>>().join("; ")
        }),
        column("at", 14, |it| short(&it.id)),
    ];
    list(arguments, &columns)
}

/// Returns a value with the outlets that give it: `12 (CNN, Reuters)`.
fn told(it: &DifferenceValue) -> String {
    let outlet = |it: &readout::views::Citation| it.outlet.clone().unwrap_or_else(|| short(&it.doc));
    let mut outlets: Vec<String> = it.citations.iter().map(outlet).collect();
    outlets.sort();
    outlets.dedup();
    format!("{} ({})", it.value, outlets.join(", "))
}
