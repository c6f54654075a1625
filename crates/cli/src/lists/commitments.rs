//! `readout commitments`: what somebody is to do, terms of agreements and promises alike.

use readout::views::CommitmentRow;

use super::{List, cited, ids, list, names, place, word};
use crate::outcome::Outcome;
use crate::table::{Column, column};

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<CommitmentRow>> = vec![
        column("who", 26, |it| names(&it.debtor)),
        column("for", 20, |it| names(&it.creditor)),
        column("what", 60, |it| it.action.clone()),
        column("by when", 16, |it| it.deadline.clone().unwrap_or_default()),
        column("due", 10, |it| it.due.clone().unwrap_or_default()),
        column("state", 8, |it| word(it.state)),
        column("debtor", 0, |it| ids(&it.debtor)),
        column("creditor", 0, |it| ids(&it.creditor)),
        column("agreement", 0, |it| it.agreement.clone().unwrap_or_default().into_string()),
        column("statement", 0, |it| it.statement.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(cited!(CommitmentRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    list(arguments, &columns)
}
