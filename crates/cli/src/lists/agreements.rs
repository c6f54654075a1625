//! `readout agreements`: instruments with their terms, and what else somebody is to do.

use clap::Args;
use readout::Page;
use readout::views::{AgreementRow, CommitmentRow, DueState, ListKind, StatusRow};
use serde::Serialize;

use super::{List, date, ids, names, place, short, unknown, when, word, write};
use crate::file::open;
use crate::outcome::Outcome;
use crate::table::{Column, column};

#[derive(Args, Debug)]
pub(crate) struct Agreements {
    #[command(flatten)]
    pub(crate) list: List,
    /// Deadlines before this day are overdue [default: the day of the newest report]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<String>,
    /// Only what has a last day that can be computed
    #[arg(long)]
    pub(crate) due: bool,
    /// Only what is overdue
    #[arg(long)]
    pub(crate) overdue: bool,
}

/// An agreement, or something to be done: a term of the agreement before it, or of none.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Row {
    Agreement(Box<AgreementRow>),
    Commitment(Box<CommitmentRow>),
}

pub(crate) fn run(arguments: &Agreements) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<Row>> = vec![
        column("what", 52, what),
        column("who", 26, |it| names(who(it))),
        column("for", 16, |it| match it {
            Row::Agreement(_) => String::new(),
            Row::Commitment(it) => names(&it.creditor),
        }),
        column("status", 20, status),
        column("by when", 16, |it| match it {
            Row::Agreement(_) => String::new(),
            Row::Commitment(it) => it.deadline.clone().unwrap_or_default(),
        }),
        column("due", 10, |it| match it {
            Row::Agreement(_) => String::new(),
            Row::Commitment(it) => it.due.clone().unwrap_or_default(),
        }),
        column("kind", 0, |it| match it {
            Row::Agreement(_) => "agreement".to_owned(),
            Row::Commitment(_) => "commitment".to_owned(),
        }),
        column("history", 0, history),
        column("parties", 0, |it| ids(who(it))),
        column("agreement", 0, |it| match it {
            Row::Agreement(it) => it.citation.id.to_string(),
            Row::Commitment(it) => it.agreement.clone().unwrap_or_default().into_string(),
        }),
        column("id", 0, |it| citation(it).id.to_string()),
        column("document", 0, |it| citation(it).doc.to_string()),
        column("outlet", 0, |it| citation(it).outlet.clone().unwrap_or_default()),
        column("published", 0, |it| citation(it).published.clone().unwrap_or_default()),
        column("paragraph", 0, |it| citation(it).paragraph.to_string()),
        column("spans", 0, |it| super::spans(citation(it))),
        column("text", 0, |it| citation(it).text.clone()),
        column("passage", 22, |it| match it {
            Row::Agreement(row) => place(&row.citation, row.also.len()),
            Row::Commitment(row) => place(&row.citation, 0),
        }),
    ];
    let mut filter = arguments.list.filter.for_list(ListKind::Agreements)?;
    filter.as_of.clone_from(&arguments.as_of);
    let days = arguments.due || arguments.overdue;
    let wanted = |it: &CommitmentRow| match it.state {
        DueState::Overdue => true,
        DueState::Due => !arguments.overdue,
        DueState::Open => !days,
    };
    let corpus = open(&arguments.list.of)?;
    let listed = match corpus.list_of::<AgreementRow>(&filter, &Page::all())? {
        Ok(listed) => listed.rows,
        Err(name) => return unknown(&name, arguments.list.shape.format),
    };
    let alone: Vec<CommitmentRow> = match corpus.list_of(&filter, &Page::all())? {
        Ok(listed) => listed.rows,
        Err(name) => return unknown(&name, arguments.list.shape.format),
    };
    let mut rows = Vec::new();
    let mut terms = std::collections::BTreeSet::new();
    for it in listed {
        let its: Vec<CommitmentRow> = it.terms.iter().filter(|it| wanted(it)).cloned().collect();
        terms.extend(it.terms.iter().map(|it| it.citation.id.clone()));
        if !days || !its.is_empty() {
            rows.push(Row::Agreement(Box::new(it)));
            rows.extend(its.into_iter().map(|it| Row::Commitment(Box::new(it))));
        }
    }
    let alone = alone.into_iter().filter(|it| !terms.contains(&it.citation.id) && wanted(it));
    rows.extend(alone.map(|it| Row::Commitment(Box::new(it))));
    write(&rows, &filter, &columns, &arguments.list.shape)
}

const fn citation(row: &Row) -> &readout::views::Citation {
    match row {
        Row::Agreement(it) => &it.citation,
        Row::Commitment(it) => &it.citation,
    }
}

fn who(row: &Row) -> &[readout::views::ActorName] {
    match row {
        Row::Agreement(it) => &it.parties,
        Row::Commitment(it) => &it.debtor,
    }
}

fn what(row: &Row) -> String {
    match row {
        Row::Agreement(it) => it.name.clone(),
        Row::Commitment(it) if it.agreement.is_some() => format!("· {}", it.action),
        Row::Commitment(it) => it.action.clone(),
    }
}

fn status(row: &Row) -> String {
    match row {
        Row::Agreement(it) => it.status.map(|it| word(it).replace('-', " ")).unwrap_or_default(),
        Row::Commitment(it) if it.state == DueState::Open => String::new(),
        Row::Commitment(it) => word(it.state),
    }
}

fn history(row: &Row) -> String {
    let step = |it: &StatusRow| {
        let time = it.time.as_ref().map(|it| format!(" {}", when(Some(it)))).unwrap_or_default();
        format!("{}{time} ({} ¶{})", word(it.status), short(&it.citation.doc), it.citation.paragraph)
    };
    match row {
        Row::Agreement(it) => it.history.iter().map(step).collect::<Vec<_>>().join("; "),
        Row::Commitment(_) => String::new(),
    }
}
