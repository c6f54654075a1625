//! `readout conditions`.

use readout::views::ConditionRow;

use super::{List, cited, ids, list, names, place, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<ConditionRow>> = vec![
        column("by", 20, |it| names(&it.by)),
        column("to", 20, |it| names(&it.to)),
        column("tone", 10, |it| word(it.tone)),
        column("if", 44, |it| it.premise.clone()),
        column("then", 44, |it| it.consequence.clone()),
        column("setter", 0, |it| ids(&it.by)),
        column("statement", 0, |it| it.statement.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(cited!(ConditionRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    list(arguments, &columns)
}
