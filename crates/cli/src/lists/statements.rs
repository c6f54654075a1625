//! `readout statements`.

use readout::views::StatementRow;

use super::{List, cited, ids, list, names, place, timed, when, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<StatementRow>> = vec![
        column("when", 12, |it| when(it.time.as_ref())),
        column("who", 24, speaker),
        column("to", 18, |it| names(&it.addressee)),
        column("by way of", 16, |it| names(&it.via)),
        column("how", 12, manner),
        column("what", 70, |it| it.content.clone()),
        column("mode", 0, |it| word(it.mode)),
        column("act", 0, |it| it.act.clone().unwrap_or_default()),
        column("speaker", 0, |it| ids(&it.speaker)),
        column("addressee", 0, |it| ids(&it.addressee)),
        column("parent", 0, |it| it.parent.clone().unwrap_or_default().into_string()),
        column("quote", 0, |it| it.quote.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(StatementRow, it => it.time));
    columns.extend(cited!(StatementRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    list(arguments, &columns)
}

/// The speaker's name, or the report's words for one without.
pub(crate) fn speaker(it: &StatementRow) -> String {
    match (it.named, it.source.as_str()) {
        (true, _) => names(&it.speaker),
        (false, "") => "not named".to_owned(),
        (false, words) => format!("“{words}”"),
    }
}

/// The words of saying.
pub(super) fn manner(it: &StatementRow) -> String {
    let cue = it.cue.clone().unwrap_or_default();
    if it.negated { format!("not: {cue}") } else { cue }
}
