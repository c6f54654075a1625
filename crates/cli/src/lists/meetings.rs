//! `readout meetings`.

use readout::views::MeetingRow;

use super::{List, cited, factuality, ids, list, names, others, place, range, several, timed, when, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<MeetingRow>> = vec![
        column("when", 14, |it| when(it.time.as_ref())),
        column("who", 34, |it| names(&it.participants)),
        column("format", 12, |it| it.format.map(word).unwrap_or_default()),
        column("occasion", 20, |it| it.occasion.clone().unwrap_or_default()),
        column("where", 14, |it| it.place.clone().unwrap_or_default()),
        column("minutes", 10, |it| range(it.minutes)),
        column("on", 36, |it| it.topics.join("; ")),
        column("state", 11, |it| factuality(it.factuality)),
        column("sources", 7, |it| several(it.sources)),
        column("says", 0, |it| names(&it.reporter)),
        column("host", 0, |it| names(&it.recipient)),
        column("participants", 0, |it| ids(&it.participants)),
        column("happening", 0, |it| it.happening.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(MeetingRow, it => it.time));
    columns.extend(cited!(MeetingRow, it => it.citation));
    columns.push(column("also", 0, |it| others(&it.also)));
    columns.push(column("passage", 22, |it| place(&it.citation, it.also.len())));
    list(arguments, &columns)
}
