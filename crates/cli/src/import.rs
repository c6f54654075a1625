//! `readout import`: reports of another file, and statements that people coded in another program.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use readout::exchange::read_dna;
use readout::views::words::count;
use readout::{CodedRow, CodedStance, Corpus, Error};

use crate::export::tell_tally;
use crate::file::{OfFile, knowing, knowledge, open};
use crate::lists::shape::Shape;
use crate::lists::{cited, empty, place, print};
use crate::outcome::Outcome;
use crate::output;
use crate::page::tell;
use crate::signed;
use crate::table::{Column, column};

#[derive(Args, Debug)]
pub(crate) struct Import {
    /// Files, or folders of files: what readout export --format reports or reports-parquet wrote, or a .dna file
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Who coded the statements of a .dna file
    #[arg(long, env = "READOUT_CODER", value_name = "NAME")]
    coder: Option<String>,
    /// Compare a .dna file with the record, and take nothing in
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    shape: Shape,
}

/// The forms that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Lines,
    Parquet,
    Dna,
}

pub(crate) fn run(arguments: &Import) -> anyhow::Result<Outcome> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.extend(files_of(path)?);
    }
    let mut forms = Vec::new();
    for file in files {
        if output::is_same(&file, &arguments.of.file) {
            bail!("{}: is the file itself", file.display());
        }
        forms.push((form(&file)?, file));
    }
    match forms.as_slice() {
        [(Form::Dna, file)] => coded(arguments, file),
        [] => bail!("no file to take in: a folder is searched for .jsonl and .parquet"),
        all if all.iter().any(|(form, _)| *form == Form::Dna) => bail!("one .dna file at a time"),
        all => reports(arguments, all),
    }
}

/// Returns the file `path`, or the files of the folder `path` that may be reports.
fn files_of(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let named = || format!("{}: cannot be read", path.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(named)? {
        let file = entry.with_context(named)?.path();
        // Engines write `_SUCCESS` and hidden files beside their parts.
        let ending = file.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if matches!(ending, "jsonl" | "parquet") && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Tells the form of a file by how it begins.
fn form(path: &Path) -> anyhow::Result<Form> {
    let mut head = Vec::new();
    let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    file.take(16).read_to_end(&mut head).with_context(|| format!("{}: cannot be read", path.display()))?;
    Ok(match head.as_slice() {
        it if it.starts_with(b"SQLite format 3") => Form::Dna,
        it if it.starts_with(b"PAR1") => Form::Parquet,
        _ => Form::Lines,
    })
}

/// Takes in reports with their records.
fn reports(arguments: &Import, files: &[(Form, PathBuf)]) -> anyhow::Result<Outcome> {
    if arguments.dry_run {
        bail!("--dry-run is for a .dna file");
    }
    let file = &arguments.of.file;
    let mut corpus = knowing(Corpus::create(file)?, knowledge(arguments.of.knowledge.as_deref())?);
    let (mut added, mut known, mut forgotten, mut corrections) = (0, 0, 0, 0);
    for (form, path) in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = match form {
            Form::Parquet => corpus.import_reports(&name, bodies(path)?, &signed::now())?,
            _ => corpus.import_reports(&name, lines(path)?, &signed::now())?,
        };
        added += found.added;
        known += found.known;
        forgotten += found.forgotten;
        corrections += found.corrections;
    }
    let mut told = vec![count(added, "new report"), format!("{known} known already")];
    if forgotten > 0 {
        told.push(format!("{forgotten} forgotten, and left out"));
    }
    if corrections > 0 {
        told.push(count(corrections, "new correction"));
    }
    tell(&format!("{}: {}", file.display(), told.join(", ")));
    Ok(if added + known + forgotten == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Returns the lines of a file that are not empty, each with its place.
fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = readout::Result<(String, String)>>> {
    let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let path = path.display().to_string();
    Ok((1_u64..).zip(BufReader::new(file).lines()).filter_map(move |(number, line)| {
        let place = format!("{path}, line {number}");
        match line {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some(Ok((place, line))),
            Err(error) => Some(Err(Error::Question { message: format!("{place}: cannot be read: {error}") })),
        }
    }))
}

/// Returns the lines that the rows of a Parquet file hold, each with its place.
#[cfg(feature = "parquet")]
fn bodies(path: &Path) -> anyhow::Result<impl Iterator<Item = readout::Result<(String, String)>>> {
    let named = path.display().to_string();
    let rows = readout::exchange::read_bodies(path).map_err(Error::from)?;
    Ok((1_u64..)
        .zip(rows)
        .map(move |(number, body)| Ok((format!("{named}, row {number}"), body.map_err(Error::from)?))))
}

#[cfg(not(feature = "parquet"))]
fn bodies(path: &Path) -> anyhow::Result<impl Iterator<Item = readout::Result<(String, String)>>> {
    bail!("{}: this readout was built without Parquet", path.display());
    #[allow(unreachable_code, reason = "the type of what is never made")]
    Ok(std::iter::empty())
}

/// Compares what a person coded with the record, and takes it in as that person's corrections.
fn coded(arguments: &Import, path: &Path) -> anyhow::Result<Outcome> {
    let coder = arguments.coder.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if coder.is_none() && !arguments.dry_run {
        bail!("{}: who coded it? --coder NAME, or --dry-run to compare alone", path.display());
    }
    let file = read_dna(path).map_err(Error::from)?;
    let mut corpus = open(&arguments.of)?;
    let found = corpus.compare_coded(&file)?;
    tell_tally(&found.tally);
    for title in &found.missing {
        tell(&format!("not in this file: {title}"));
    }
    let of = |outcome: &str| found.rows.iter().filter(|it| it.outcome == outcome).count();
    tell(&format!(
        "{} in {}: {} alike, {} different, {} of the coder alone, {} of the machine alone, {} untouched",
        count(file.statements.len(), "statement"),
        count(found.reports, "report"),
        of("alike"),
        of("different"),
        of("coder"),
        of("machine"),
        of("untouched"),
    ));
    for it in &found.agreeing {
        let alpha = it.alpha.map_or_else(|| "not defined".to_owned(), |it| format!("{it:.3}"));
        let kind = if it.kind.is_empty() { "all three" } else { &it.kind };
        tell(&format!("{kind}: {} of {} alike, alpha {alpha}", it.alike, count(it.records, "statement")));
    }
    if let Some(coder) = coder.filter(|_| !arguments.dry_run) {
        let signature = signed::now().by(Some(coder), None);
        let taken = corpus.apply(found.changes.iter().map(|it| (it.clone(), signature.clone())))?;
        for it in &taken.unfit {
            tell(&format!("passed over: {it}"));
        }
        let known = taken.known;
        tell(&format!(
            "{}, {known} in force already; readout corrections lists them",
            count(taken.applied, "new correction")
        ));
    }
    if found.rows.is_empty() {
        tell("nothing to compare: no report of it is in this file");
        return empty(arguments.shape.format);
    }
    let mut columns: Vec<Column<CodedRow>> = vec![
        column("outcome", 9, |it| it.outcome.to_owned()),
        column("coder", 50, |it| in_words(it.coder.as_ref())),
        column("machine", 50, |it| in_words(it.machine.as_ref())),
        column("differ", 12, |it| it.differ.join(", ")),
        column("left_out", 40, |it| it.left_out.clone().unwrap_or_default()),
    ];
    columns.extend(cited!(CodedRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    print(&found.rows, &columns, &arguments.shape)
}

fn in_words(stance: Option<&CodedStance>) -> String {
    stance.map(|it| format!("{}: {} {}", it.actor, it.stance, it.issue)).unwrap_or_default()
}
