//! `readout correct` and `readout corrections`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use readout::record::{Change, DocumentId, ids, issue_key};
use readout::sources::read_date;
use readout::views::change_in_words;
use readout::views::words::shorten;
use readout::{Corpus, Error, LoggedCorrection, NamedIssues, Wanted};

use crate::file::{OfFile, open};
use crate::lists::{self, empty};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, ListFormat, column};

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
    },
    /// The reports do not say this
    Reject {
        /// The record's id
        record: String,
        #[command(flatten)]
        of: OfFile,
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
    },
    /// An issue of the positions goes by another name
    NameIssue {
        /// Its name now
        issue: String,
        /// What it is to be called
        name: String,
        #[command(flatten)]
        of: OfFile,
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
    },
    /// Take back a correction, or the taking back of one
    Undo {
        /// Its number; see readout corrections
        operation: u64,
        #[command(flatten)]
        of: OfFile,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Corrections {
    #[command(flatten)]
    of: OfFile,
    /// How the rows are written
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    format: ListFormat,
}

pub(crate) fn run(correct: Correct) -> anyhow::Result<Outcome> {
    let (Correct::Merge { of, .. }
    | Correct::Split { of, .. }
    | Correct::Speaker { of, .. }
    | Correct::Reject { of, .. }
    | Correct::Document { of, .. }
    | Correct::NameIssue { of, .. }
    | Correct::NameIssues { of, .. }
    | Correct::Undo { of, .. }) = &correct;
    let mut corpus = open(of)?;
    if let Correct::Undo { operation, .. } = correct {
        let number = corpus.undo(operation)?;
        tell(&format!("undone; to take that back: readout correct undo {number}"));
        return Ok(Outcome::Done);
    }
    if let Correct::NameIssues { table, .. } = correct {
        return name_issues(&mut corpus, &table);
    }
    let change = change(&corpus, correct)?;
    let number = corpus.correct(&change)?;
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
fn name_issues(corpus: &mut Corpus, table: &Path) -> anyhow::Result<Outcome> {
    let path = table.display();
    let text = std::fs::read_to_string(table).with_context(|| format!("{path}: cannot be read"))?;
    let NamedIssues { named, unknown } = match corpus.name_issues(&text) {
        Err(Error::Question { message }) => bail!("{path}, {message}"),
        found => found?,
    };
    let passed = if unknown == 0 { String::new() } else { format!("; {unknown} are on no position") };
    tell(&format!("{named} issues named{passed}; readout corrections lists them"));
    Ok(Outcome::Done)
}

pub(crate) fn list(arguments: &Corrections) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let rows = corpus.corrections()?;
    if rows.is_empty() {
        tell("nothing was corrected yet\nhint: readout correct --help");
        return empty(arguments.format);
    }
    let columns: Vec<Column<LoggedCorrection>> = vec![
        column("number", 6, |it| it.operation.to_string()),
        column("state", 8, |it| if it.in_force { String::new() } else { "undone".to_owned() }),
        column("correction", 70, |it| change_in_words(&it.change)),
        column("text", 60, |it| {
            it.change.target().map(|target| shorten(&target.text, 120)).unwrap_or_default()
        }),
    ];
    lists::print(&rows, &columns, arguments.format)
}
