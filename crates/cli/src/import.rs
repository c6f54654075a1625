//! `readout import`: reports of another file, and what people coded or marked in another program.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use readout::exchange::{MarkedFile, read_brat, read_conllu, read_dna, read_web_annotations};
use readout::record::Change;
use readout::views::words::count;
use readout::{CodedRow, CodedStance, Corpus, Error, MarkedRow};

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
    /// Files, or folders of files: what readout export --format reports or reports-parquet wrote, a .dna file, or
    /// annotations of brat (.ann), W3C Web Annotation (.json) and CoNLL-U (.conllu)
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Who coded the statements of a .dna file, or marked the spans of annotations
    #[arg(long, env = "READOUT_CODER", value_name = "NAME")]
    coder: Option<String>,
    /// Compare a .dna file or annotations with the record, and take nothing in
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
    Brat,
    WebAnnotation,
    Conllu,
}

impl Form {
    /// Whether a file of this form has spans that a person marked.
    const fn is_marked(self) -> bool {
        matches!(self, Self::Brat | Self::WebAnnotation | Self::Conllu)
    }
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
        [] => bail!("no file to take in: a folder is searched for .jsonl, .parquet, .ann and .conllu"),
        all if all.iter().any(|(form, _)| *form == Form::Dna) => bail!("one .dna file at a time"),
        all if all.iter().all(|(form, _)| form.is_marked()) => marked(arguments, all),
        all if all.iter().any(|(form, _)| form.is_marked()) => {
            bail!("annotations and reports are taken in one after the other")
        }
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
        if matches!(ending, "jsonl" | "parquet" | "ann" | "conllu") && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The bytes at the start of a file by which its form is told.
const HEAD: u64 = 1 << 12;

/// Tells the form of a file by how it begins, or by its ending where the form has no beginning of its own.
fn form(path: &Path) -> anyhow::Result<Form> {
    let mut head = Vec::new();
    let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    file.take(HEAD).read_to_end(&mut head).with_context(|| format!("{}: cannot be read", path.display()))?;
    Ok(match head.as_slice() {
        it if it.starts_with(b"SQLite format 3") => Form::Dna,
        it if it.starts_with(b"PAR1") => Form::Parquet,
        _ if has_ending(path, &["ann"]) => Form::Brat,
        _ if has_ending(path, &["conllu", "conll"]) => Form::Conllu,
        it if has_ending(path, &["json", "jsonld"]) && speaks_of_annotations(it) => Form::WebAnnotation,
        _ => Form::Lines,
    })
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    endings.iter().any(|it| it.eq_ignore_ascii_case(ending))
}

/// Whether the start of a file names the vocabulary of W3C Web Annotation.
fn speaks_of_annotations(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    ["/ns/anno", "\"AnnotationPage\"", "\"AnnotationCollection\"", "\"Annotation\""]
        .iter()
        .any(|it| head.contains(it))
}

/// Takes in reports with their records.
fn reports(arguments: &Import, files: &[(Form, PathBuf)]) -> anyhow::Result<Outcome> {
    if arguments.dry_run {
        bail!("--dry-run is for a .dna file and for annotations");
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

/// Returns who coded a file, if they are named.
fn coder<'a>(arguments: &'a Import, path: &Path) -> anyhow::Result<Option<&'a str>> {
    let coder = arguments.coder.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if coder.is_none() && !arguments.dry_run {
        bail!("{}: who coded it? --coder NAME, or --dry-run to compare alone", path.display());
    }
    Ok(coder)
}

/// Takes in what a person said of the record as that person's corrections, unless the file is only to be compared.
fn take_in(
    arguments: &Import,
    corpus: &mut Corpus,
    coder: Option<&str>,
    changes: Vec<Change>,
) -> anyhow::Result<()> {
    let Some(coder) = coder.filter(|_| !arguments.dry_run) else { return Ok(()) };
    let signature = signed::now().by(Some(coder), None);
    let taken = corpus.apply(changes.into_iter().map(|it| (it, signature.clone())))?;
    for it in &taken.unfit {
        tell(&format!("passed over: {it}"));
    }
    let known = taken.known;
    tell(&format!(
        "{}, {known} in force already; readout corrections lists them",
        count(taken.applied, "new correction")
    ));
    Ok(())
}

/// Compares spans that a person marked with the record, and takes them in as that person's corrections.
fn marked(arguments: &Import, files: &[(Form, PathBuf)]) -> anyhow::Result<Outcome> {
    let first = files.first().map_or(Path::new(""), |(_, path)| path);
    let coder = coder(arguments, first)?;
    let mut all = MarkedFile::default();
    for (form, path) in files {
        all.extend(spans(*form, path)?);
    }
    let mut corpus = open(&arguments.of)?;
    let found = corpus.compare_marked(&all)?;
    tell_tally(&found.tally);
    for name in &found.missing {
        tell(&format!("not in this file: {name}"));
    }
    let of = |outcome: &str| found.rows.iter().filter(|it| it.outcome == outcome).count();
    tell(&format!(
        "{}: {} alike, {} of the coder alone, {} of the machine alone",
        count(found.reports, "report"),
        of("alike"),
        of("coder"),
        of("machine"),
    ));
    for it in &found.agreeing {
        tell(&format!("{}: {} of {} alike", it.kind, it.alike, count(it.records, "passage")));
    }
    take_in(arguments, &mut corpus, coder, found.changes)?;
    if found.rows.is_empty() {
        tell("nothing to compare: no report of it is in this file, or no span is of a kind of record");
        return empty(arguments.shape.format);
    }
    let mut columns: Vec<Column<MarkedRow>> = vec![
        column("outcome", 9, |it| it.outcome.to_owned()),
        column("label", 12, |it| it.label.clone()),
        column("left_out", 40, |it| it.left_out.clone().unwrap_or_default()),
    ];
    columns.extend(cited!(MarkedRow, it => it.citation));
    columns.push(column("passage", 50, |it| place(&it.citation, 0)));
    print(&found.rows, &columns, &arguments.shape)
}

/// Reads the marked spans of a file.
fn spans(form: Form, path: &Path) -> anyhow::Result<MarkedFile> {
    let read =
        |path: &Path| fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()));
    let content = read(path)?;
    Ok(match form {
        Form::Brat => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            read_brat(&name, &read(&path.with_extension("txt"))?, &content)
        }
        Form::Conllu => read_conllu(&content),
        _ => {
            let value = serde_json::from_str(&content)
                .with_context(|| format!("{}: cannot be read as Web Annotation", path.display()))?;
            read_web_annotations(&value)
        }
    })
}

/// Compares what a person coded with the record, and takes it in as that person's corrections.
fn coded(arguments: &Import, path: &Path) -> anyhow::Result<Outcome> {
    let coder = coder(arguments, path)?;
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
    take_in(arguments, &mut corpus, coder, found.changes)?;
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
