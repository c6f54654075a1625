//! `readout issues`: who stands where, one line for each issue.

use readout::record::Stance;
use readout::views::IssueRow;

use super::{List, list, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<IssueRow>> = vec![
        column("issue", 40, |it| it.issue.clone()),
        column("relation", 12, |it| word(it.relation)),
        column("for", 40, |it| holders(it, Stance::For)),
        column("against", 40, |it| holders(it, Stance::Against)),
        column("on a condition", 30, |it| holders(it, Stance::Conditional)),
        column("actors", 6, |it| it.cells.iter().filter(|it| !it.positions.is_empty()).count().to_string()),
        column("passages", 0, |it| {
            let all = it.cells.iter().flat_map(|it| &it.positions).map(|it| &it.citation);
            all.map(|it| format!("{} ¶{} {}", it.doc, it.paragraph, it.id)).collect::<Vec<_>>().join("; ")
        }),
    ];
    list(arguments, &columns)
}

/// Returns the names of the actors with the stance, parted by `; `.
fn holders(it: &IssueRow, stance: Stance) -> String {
    let has = |positions: &[readout::views::PositionRow]| positions.iter().any(|it| it.stance == stance);
    let names = it.cells.iter().filter(|it| has(&it.positions)).map(|it| it.actor.name.as_str());
    names.collect::<Vec<_>>().join("; ")
}
