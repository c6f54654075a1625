//! `readout timeline`.

use readout::views::TimelineRow;

use super::{List, cited, factuality, ids, list, names, others, place, several, timed, when};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<TimelineRow>> = vec![
        column("when", 16, |it| it.day.clone().unwrap_or_else(|| when(it.time.as_ref()))),
        column("kind", 10, |it| it.kind.to_owned()),
        column("who", 26, |it| names(&it.who)),
        column("what", 60, |it| it.what.clone()),
        column("where", 16, |it| it.place.clone().unwrap_or_default()),
        column("state", 11, |it| factuality(it.factuality)),
        column("sources", 7, |it| several(it.sources)),
        column("reported", 10, |it| {
            it.citation.published.as_deref().and_then(|it| it.get(..10)).unwrap_or_default().to_owned()
        }),
        column("actors", 0, |it| ids(&it.who)),
        column("linked", 0, |it| it.linked.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(TimelineRow, it => it.time));
    columns.extend(cited!(TimelineRow, it => it.citation));
    columns.push(column("also", 0, |it| others(&it.also)));
    columns.push(column("passage", 22, |it| place(&it.citation, it.also.len())));
    list(arguments, &columns)
}
