//! `readout quotes`.

use readout::views::QuoteRow;

use super::statements::speaker;
use super::{List, cited, ids, list, names, place, timed, when};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<QuoteRow>> = vec![
        column("when", 12, |it| when(it.best.time.as_ref())),
        column("who", 24, |it| speaker(&it.best)),
        column("to", 16, |it| names(&it.best.addressee)),
        column("fullest wording", 64, |it| it.best.content.clone()),
        column("other wordings", 36, wordings),
        column("outlets", 7, |it| it.outlets.to_string()),
        column("speaker", 0, |it| ids(&it.best.speaker)),
        column("quote", 0, |it| it.best.quote.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(QuoteRow, it => it.best.time));
    columns.extend(cited!(QuoteRow, it => it.best.citation));
    columns.push(column("passage", 22, |it| place(&it.best.citation, it.wordings.len())));
    list(arguments, &columns)
}

/// Returns what each other wording has and lacks.
fn wordings(it: &QuoteRow) -> String {
    let told = it.wordings.iter().map(|it| {
        let mut differs = Vec::new();
        if !it.missing.is_empty() {
            differs.push(format!("lacks “{}”", it.missing));
        }
        if !it.added.is_empty() {
            differs.push(format!("has “{}”", it.added));
        }
        let differs = if differs.is_empty() { "the same".to_owned() } else { differs.join(", ") };
        format!("{}: {differs}", place(&it.citation, 0))
    });
    told.collect::<Vec<_>>().join("; ")
}
