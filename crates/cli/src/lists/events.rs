//! `readout events`.

use readout::record::{Bounds, PloverCode};
use readout::views::EventRow;

use super::{List, cited, factuality, ids, list, names, others, place, range, several, timed, when, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<EventRow>> = vec![
        column("when", 14, |it| when(it.time.as_ref())),
        column("what", 12, code),
        column("who", 22, |it| names(&it.actor)),
        column("to whom", 22, |it| names(&it.recipient)),
        column("where", 14, |it| it.place.clone().unwrap_or_default()),
        column("state", 11, |it| factuality(it.factuality)),
        column("toll", 10, toll).by(|it: &EventRow| least(it.killed).or_else(|| least(it.injured))),
        column("says", 16, |it| names(&it.reporter)),
        column("words", 50, |it| it.citation.text.clone()),
        column("sources", 7, |it| several(it.sources)),
        column("kind", 0, |it| it.kind.to_owned()),
        column("killed", 0, |it: &EventRow| range(it.killed)).by(|it| least(it.killed)),
        column("injured", 0, |it: &EventRow| range(it.injured)).by(|it| least(it.injured)),
        column("mode", 0, |it| it.mode.clone().unwrap_or_default()),
        column("context", 0, |it| it.context.join("; ")),
        column("cameo", 0, |it| it.cameo.clone().unwrap_or_default()),
        column("factuality", 0, |it| word(it.factuality)),
        column("claimed by", 0, |it| names(&it.claimed_by)),
        column("blamed on", 0, |it| names(&it.blamed_on)),
        column("denied by", 0, |it| names(&it.denied_by)),
        column("actor", 0, |it| ids(&it.actor)),
        column("recipient", 0, |it| ids(&it.recipient)),
        column("happening", 0, |it| it.happening.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(EventRow, it => it.time));
    columns.extend(cited!(EventRow, it => it.citation));
    columns.push(column("also", 0, |it| others(&it.also)));
    columns.push(column("passage", 22, |it| place(&it.citation, it.also.len())));
    list(arguments, &columns)
}

/// Returns the least number of a range, or the most of one that is open below.
fn least(range: Option<Bounds>) -> Option<f64> {
    range.and_then(|it| it.least.or(it.most)).map(f64::from)
}

fn toll(it: &EventRow) -> String {
    match (range(it.killed).as_str(), range(it.injured).as_str()) {
        ("", "") => String::new(),
        (dead, "") => format!("{dead} dead"),
        ("", hurt) => format!("{hurt} hurt"),
        (dead, hurt) => format!("{dead} dead, {hurt} hurt"),
    }
}

fn code(it: &EventRow) -> String {
    let code = it.code.map_or("", PloverCode::as_str);
    match &it.mode {
        Some(mode) => format!("{code} {mode}"),
        None if code.is_empty() => it.kind.to_owned(),
        None => code.to_owned(),
    }
}
