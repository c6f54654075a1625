//! `readout correct` and `readout corrections`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use readout::record::{Change, DocumentId, ids, issue_key};
use readout::sources::read_date;
use readout::views::change_in_words;
use readout::views::words::shorten;
use readout::{Corpus, Error, LoggedCorrection, NamedIssues, Signature, Wanted};

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
        /// Who said it: ids or names; none for nobody
        #[arg(value_name = "ACTOR")]
        speakers: Vec<String>,
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
    /// Take back a correction, or the taking back of one
    Undo {
        /// Its number; see readout corrections
        operation: u64,
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
    if let Correct::Undo { operation, .. } = correct {
        let number = corpus.undo_as(operation, &signature)?;
        tell(&format!("undone; to take that back: readout correct undo {number}"));
        return Ok(Outcome::Done);
    }
    if let Correct::NameIssues { table, .. } = correct {
        return name_issues(&mut corpus, &table, &signature);
    }
    let change = change(&corpus, correct)?;
    let number = corpus.correct_as(&change, &signature)?;
    let told = change_in_words(&change);
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

/// Gives issues the names that the file `table` has for them.
fn name_issues(corpus: &mut Corpus, table: &Path, signature: &Signature) -> anyhow::Result<Outcome> {
    let path = table.display();
    let text = std::fs::read_to_string(table).with_context(|| format!("{path}: cannot be read"))?;
    let NamedIssues { named, unknown } = match corpus.name_issues(&text, signature) {
        Err(Error::Question { message }) => bail!("{path}, {message}"),
        found => found?,
    };
    let passed = if unknown == 0 { String::new() } else { format!("; {unknown} are on no position") };
    tell(&format!("{named} issues named{passed}; readout corrections lists them"));
    Ok(Outcome::Done)
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
    let columns: Vec<Column<LoggedCorrection>> = vec![
        column("number", 6, |it| it.operation.to_string()),
        column("state", 8, |it| if it.in_force { String::new() } else { "undone".to_owned() }),
        column("by", 16, |it| it.signature.by.clone().unwrap_or_default()),
        column("at", 20, |it| it.signature.at.clone().unwrap_or_default()),
        column("correction", 70, |it| change_in_words(&it.change)),
        column("why", 30, |it| it.signature.reason.clone().unwrap_or_default()),
        column("text", 60, |it| {
            it.change.target().map(|target| shorten(&target.text, 120)).unwrap_or_default()
        }),
    ];
    lists::print(&rows, &columns, &arguments.shape)
}
