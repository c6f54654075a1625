//! `readout correct` and `readout corrections`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use readout::record::{Change, DocumentId, ids, issue_key};
use readout::sources::read_date;
use readout::views::words::{count, shorten};
use readout::{Corpus, Error, LoggedCorrection, NamedIssues, Signature, Wanted};
use serde::Serialize;

use crate::coding;
use crate::file::{OfFile, open};
use crate::lists::shape::Shape;
use crate::lists::{self, empty};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::signed::Signed;
use crate::table::{Column, column};

#[derive(Debug, Subcommand)]
pub(crate) enum Correct {
    /// Two actors are one: the first is the second
    Merge {
        /// Who is no actor of their own: an id or a name
        actor: String,
        /// Who they are
        #[arg(value_name = "INTO")]
        into: String,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// In some reports an actor is somebody else
    Split {
        /// Who they were taken for: an id or a name
        actor: String,
        /// The other's name
        name: String,
        /// The reports that mean the other, by their ids
        #[arg(long = "in", required = true, value_name = "REPORT")]
        documents: Vec<String>,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// Somebody else said it, or nobody who can be named
    Speaker {
        /// The statement's id
        statement: String,
        /// Who said it: ids or names
        #[arg(value_name = "ACTOR", required_unless_present = "nobody")]
        speakers: Vec<String>,
        /// Nobody who can be named said it
        #[arg(long, conflicts_with = "speakers")]
        nobody: bool,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// A field of a record has another value: set 3fa9c1 killed 12-14
    ///
    /// Fields are speaker, addressee, via, actor, recipient, participants, claimed_by, blamed_on, denied_by, debtor,
    /// creditor, by, to, parties (names or ids, more than one with ; between), time, since, deadline (2015-11-16), place,
    /// occasion, means, name, issue (words), killed, injured, minutes (12, 12-14, 12+), and code, mode, format, tone,
    /// factuality, stance, status, negated. What a record does not have is refused with what it has.
    Set {
        /// The record's id
        record: String,
        /// The field
        field: String,
        /// The value; none empties the field
        value: Vec<String>,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// A record is right as it was read
    Confirm {
        /// The record's id
        record: String,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// A report says something that was not read: a record is added at its words
    ///
    /// For example: add position 3fa9c1 "He will not sign" actor="Anna Berg" issue="the accord" stance=against
    Add {
        /// statement, event, meeting, incident, commitment, agreement or position
        kind: String,
        /// The report's id
        report: String,
        /// The words of the report, as it has them once; or their place, as 120-180
        passage: String,
        /// Fields of the record, as correct set reads them
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// The reports do not say this
    Reject {
        /// The record's id
        record: String,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// A report has another date, outlet or title than was read
    Document {
        /// The report's id
        report: String,
        /// Its date, in words or numbers, with or without a time
        #[arg(long, required_unless_present_any = ["outlet", "title"])]
        date: Option<String>,
        /// Its outlet
        #[arg(long)]
        outlet: Option<String>,
        /// Its headline
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// An issue of the positions goes by another name
    NameIssue {
        /// Its name now
        issue: String,
        /// What it is to be called
        name: String,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// Issues go by the names of a file, those under one name as one
    ///
    /// A line is a name, a tab, and what the positions call the issue, more than one with ; between: lines that
    /// start with # say nothing. What is named so already, or is on no position, is passed over.
    NameIssues {
        /// The file
        #[arg(value_name = "TABLE")]
        table: PathBuf,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
    /// Take back corrections, or the taking back of some
    ///
    /// Of a range, as 19-1137, what is in force is taken back, the last first.
    Undo {
        /// Their numbers, or ranges of numbers; see readout corrections
        #[arg(value_name = "NUMBER", required = true)]
        operations: Vec<Numbers>,
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        signed: Signed,
    },
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Corrections {
    #[command(subcommand)]
    to_do: Option<ToDo>,
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    shape: Shape,
}

/// What can be done with corrections beside listing them.
#[derive(Debug, Subcommand)]
pub(crate) enum ToDo {
    /// Write the corrections in force, one JSON object a line, with who made them, when and why
    Export {
        #[command(flatten)]
        of: OfFile,
    },
    /// Make the corrections of a file that corrections export wrote
    Apply {
        /// The file; - for standard input
        #[arg(value_name = "CORRECTIONS")]
        from: PathBuf,
        #[command(flatten)]
        of: OfFile,
    },
    /// List the records on which people differ, and how far they agree: Krippendorff's alpha, by kind
    Coders {
        #[command(flatten)]
        of: OfFile,
        #[command(flatten)]
        shape: Shape,
    },
}

pub(crate) fn run(correct: Correct) -> anyhow::Result<Outcome> {
    let (Correct::Merge { of, signed, .. }
    | Correct::Split { of, signed, .. }
    | Correct::Speaker { of, signed, .. }
    | Correct::Set { of, signed, .. }
    | Correct::Confirm { of, signed, .. }
    | Correct::Add { of, signed, .. }
    | Correct::Reject { of, signed, .. }
    | Correct::Document { of, signed, .. }
    | Correct::NameIssue { of, signed, .. }
    | Correct::NameIssues { of, signed, .. }
    | Correct::Undo { of, signed, .. }) = &correct;
    let signature = signed.signature();
    let mut corpus = open(of)?;
    if let Correct::Undo { operations, .. } = correct {
        return undo(&mut corpus, &operations, &signature);
    }
    if let Correct::NameIssues { table, .. } = correct {
        return name_issues(&mut corpus, &table, &signature);
    }
    let change = change(&corpus, correct)?;
    let number = corpus.correct_as(&change, &signature)?;
    let told = corpus.told(std::slice::from_ref(&change))?.concat();
    tell(&format!("{told}; to take that back: readout correct undo {number}"));
    Ok(Outcome::Done)
}

fn change(corpus: &Corpus, correct: Correct) -> anyhow::Result<Change> {
    Ok(match correct {
        Correct::Merge { actor, into, .. } => {
            Change::Merge { actor: corpus.actor(&actor)?, into: corpus.actor(&into)? }
        }
        Correct::Split { actor, name, documents, .. } => {
            let actor = corpus.actor(&actor)?;
            let kind = actor.split_once(':').map_or("person", |(kind, _)| kind);
            // One who is known already keeps the id; a new name gets one of the same kind.
            let into = match corpus.actors_named(&name)?.as_slice() {
                [one] if one.id != actor && one.name == name => one.id.clone(),
                _ => format!("{kind}:{}", ids::slug(&name)).into(),
            };
            let mut reports = Vec::new();
            for id in documents {
                reports.push(DocumentId::from(corpus.id(&id, Wanted::Report)?.into_string()));
            }
            Change::Split { actor, into, name, documents: reports }
        }
        Correct::Speaker { statement, speakers, .. } => {
            let speaker = speakers.iter().map(|it| corpus.actor(it)).collect::<Result<_, _>>()?;
            Change::Speaker { target: corpus.target(&statement)?, speaker }
        }
        Correct::Set { record, field, value, .. } => corpus.setting(&record, &field, &value.join(" "))?,
        Correct::Confirm { record, .. } => Change::Confirm { target: corpus.target(&record)? },
        Correct::Add { kind, report, passage, fields, .. } => {
            let mut values = Vec::new();
            for it in fields {
                let Some((name, value)) = it.split_once('=') else {
                    bail!("{it}: a field and its value are wanted, as place=Kerem");
                };
                values.push((name.trim().to_owned(), value.to_owned()));
            }
            corpus.adding(&kind, &report, &passage, &values)?
        }
        Correct::Reject { record, .. } => Change::Reject { target: corpus.target(&record)? },
        Correct::Document { report, date, outlet, title, .. } => {
            let document = DocumentId::from(corpus.id(&report, Wanted::Report)?.into_string());
            let read = |words: String| read_date(&words).context("--date");
            Change::Document { document, published: date.map(read).transpose()?, outlet, title }
        }
        Correct::NameIssue { issue, name, .. } => {
            if !corpus.issue_keys()?.contains(&issue_key(&issue)) {
                bail!("no position is on the issue {issue}; readout positions lists them");
            }
            Change::NameIssue { issue, name }
        }
        Correct::NameIssues { .. } | Correct::Undo { .. } => bail!("this is no change of its own"),
    })
}

/// Numbers of the log: one, or the first and the last of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers(u64, u64);

impl FromStr for Numbers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| format!("{text} is no number"));
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(text)?, number(text)?),
        };
        if first > last {
            return Err(format!("{text}: the first number of a range is the smaller one"));
        }
        Ok(Self(first, last))
    }
}

/// Takes back entries of the log: each that is named, and those in force of each range, the last first.
fn undo(corpus: &mut Corpus, operations: &[Numbers], signature: &Signature) -> anyhow::Result<Outcome> {
    let in_force: Vec<u64> =
        corpus.corrections()?.into_iter().filter(|it| it.in_force).map(|it| it.operation).collect();
    let mut numbers: BTreeSet<u64> = BTreeSet::new();
    for Numbers(first, last) in operations {
        if first == last {
            numbers.insert(*first);
            continue;
        }
        let before = numbers.len();
        numbers.extend(in_force.iter().filter(|it| (first..=last).contains(it)));
        if numbers.len() == before {
            bail!("no correction of {first}-{last} is in force");
        }
    }
    let mut undone = Vec::new();
    for number in numbers.into_iter().rev() {
        undone.push(corpus.undo_as(number, signature)?);
    }
    match undone.as_slice() {
        [one] => tell(&format!("undone; to take that back: readout correct undo {one}")),
        _ => tell(&format!("{} undone; readout log lists them", count(undone.len(), "correction"))),
    }
    Ok(Outcome::Done)
}

/// Gives issues the names that the file `table` has for them.
fn name_issues(corpus: &mut Corpus, table: &Path, signature: &Signature) -> anyhow::Result<Outcome> {
    let path = table.display();
    let text = std::fs::read_to_string(table).with_context(|| format!("{path}: cannot be read"))?;
    let NamedIssues { named, unknown } = match corpus.name_issues(&text, signature) {
        Err(Error::Question { message }) => bail!("{path}, {message}"),
        found => found?,
    };
    tell(&format!("{} named; readout corrections lists them", count(named, "issue")));
    for it in unknown {
        tell(&format!("passed over: no position is on {it}"));
    }
    Ok(Outcome::Done)
}

/// A correction with its words.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    entry: LoggedCorrection,
    #[serde(skip)]
    told: String,
}

pub(crate) fn list(arguments: &Corrections) -> anyhow::Result<Outcome> {
    match &arguments.to_do {
        Some(ToDo::Export { of }) => return coding::export(of),
        Some(ToDo::Apply { from, of }) => return coding::apply(from, of),
        Some(ToDo::Coders { of, shape }) => return coding::coders(of, shape),
        None => {}
    }
    let corpus = open(&arguments.of)?;
    let rows = corpus.corrections()?;
    if rows.is_empty() {
        tell("nothing was corrected yet\nhint: readout correct --help");
        return empty(arguments.shape.format);
    }
    let changes: Vec<Change> = rows.iter().map(|it| it.change.clone()).collect();
    let told = corpus.told(&changes)?;
    let rows: Vec<Told> = rows.into_iter().zip(told).map(|(entry, told)| Told { entry, told }).collect();
    let columns: Vec<Column<Told>> = vec![
        column("number", 6, |it| it.entry.operation.to_string()),
        column("state", 8, |it| if it.entry.in_force { String::new() } else { "undone".to_owned() }),
        column("by", 16, |it| it.entry.signature.by.clone().unwrap_or_default()),
        column("at", 20, |it| it.entry.signature.at.clone().unwrap_or_default()),
        column("correction", 70, |it| it.told.clone()),
        column("why", 30, |it| it.entry.signature.reason.clone().unwrap_or_default()),
        column("text", 60, |it| {
            it.entry.change.target().map(|target| shorten(&target.text, 120)).unwrap_or_default()
        }),
    ];
    lists::print(&rows, &columns, &arguments.shape)
}
