//! `readout forget`, `readout merge` and `readout log`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use readout::views::words::count;
use readout::{Corpus, LogRow, Page};

use crate::file::{OfFile, knowing, knowledge, open};
use crate::lists::shape::Shape;
use crate::lists::{empty, print};
use crate::outcome::Outcome;
use crate::output;
use crate::page::tell;
use crate::signed::{self, Signed};
use crate::table::{Column, column};

/// Entries of the log that are listed.
const ENTRIES: usize = 200;

#[derive(Args, Debug)]
pub(crate) struct Forget {
    /// The report's id, or the first digits of it
    #[arg(value_name = "REPORT")]
    report: String,
    /// Let the report be read again
    #[arg(long)]
    allow: bool,
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    signed: Signed,
}

#[derive(Args, Debug)]
pub(crate) struct Merge {
    /// The file whose reports are taken in, or a bundle; it stays as it is
    #[arg(value_name = "OTHER")]
    other: PathBuf,
    #[command(flatten)]
    of: OfFile,
}

#[derive(Args, Debug)]
pub(crate) struct Log {
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    shape: Shape,
}

pub(crate) fn forget(arguments: &Forget) -> anyhow::Result<Outcome> {
    let mut corpus = open(&arguments.of)?;
    let signature = arguments.signed.signature();
    if arguments.allow {
        let id = corpus.remember(&arguments.report, &signature)?;
        tell(&format!("{id} is read again when it is met"));
        return Ok(Outcome::Done);
    }
    let gone = corpus.forget(&arguments.report, &signature)?;
    let ids = gone.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ");
    let told =
        if gone.len() == 1 { "1 report".to_owned() } else { format!("1 report in {} versions", gone.len()) };
    tell(&format!(
        "taken out: {told} ({ids}); it is not read again unless you say: readout forget --allow ID"
    ));
    Ok(Outcome::Done)
}

pub(crate) fn merge(arguments: &Merge) -> anyhow::Result<Outcome> {
    let file = &arguments.of.file;
    if output::is_same(&arguments.other, file) {
        anyhow::bail!("{}: is the file itself", arguments.other.display());
    }
    let own = || knowledge(arguments.of.knowledge.as_deref());
    let bundled = readout_serve::record_of_bundle(&arguments.other)?;
    let folder = tempfile::tempdir()?;
    let other = match bundled {
        Some(bytes) => {
            let unpacked =
                folder.path().join(arguments.other.with_extension("readout").file_name().unwrap_or_default());
            fs::write(&unpacked, bytes)?;
            Corpus::open(&unpacked)?
        }
        None => Corpus::open(&arguments.other)?,
    };
    let other = knowing(other, own()?);
    let mut corpus = knowing(Corpus::create(file)?, own()?);
    let found = corpus.take_in(&other, &signed::now())?;
    let mut told = vec![count(found.added, "new report"), format!("{} known already", found.known)];
    if found.forgotten > 0 {
        told.push(format!("{} forgotten here, and left out", found.forgotten));
    }
    if found.corrections > 0 {
        told.push(count(found.corrections, "correction"));
    }
    tell(&format!("{}: {}", file.display(), told.join(", ")));
    Ok(Outcome::Done)
}

pub(crate) fn log(arguments: &Log) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let rows = corpus.log(&Page::first(arguments.shape.limit.unwrap_or(ENTRIES)))?.rows;
    if rows.is_empty() {
        tell("nothing was done to the file yet");
        return empty(arguments.shape.format);
    }
    let columns: [Column<LogRow>; 6] = [
        column("number", 6, |it| it.number.to_string()),
        column("at", 20, |it| it.signature.at.clone().unwrap_or_default()),
        column("by", 16, |it| it.signature.by.clone().unwrap_or_default()),
        column("what", 60, |it| it.told.clone()),
        column("why", 30, |it| it.signature.reason.clone().unwrap_or_default()),
        column("version", 0, |it| it.version.clone()),
    ];
    print(&rows, &columns, &arguments.shape)
}
