//! The steps of the flow on batches of Arrow.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use readout_exchange::{ExchangeError, RecordRows, Reports, json_row, words_at};
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords, Note, Record, ids, wire};
use readout_sources::{Captured, Options, read_bytes};

use super::{Reader, documents, link};
use crate::Result;
use crate::reading::{OWN_FAULT, Parser, STACK};

/// The number of documents in a batch of [`document_batches`].
pub const DOCUMENTS_A_BATCH: usize = 64;

/// The columns of a batch of documents: name and meaning.
const COLUMNS: [(&str, &str); 9] = [
    ("id", "The permanent id of the report; null in a row on something that could not be read"),
    ("path", "The file that the report came from, with its number in a file of many"),
    ("url", "The web address"),
    ("title", "The headline"),
    ("outlet", "The outlet"),
    ("published", "The day, or day and time with zone, of publication, ISO 8601"),
    ("language", "The language, ISO 639-1"),
    ("text", "The cleaned text"),
    ("document", "The report as a line of the export, without its text; or a note"),
];

/// Returns the schema of documents that were read out of files.
pub fn document_schema() -> SchemaRef {
    let field = |(name, meaning): (&str, &str)| {
        let metadata = BTreeMap::from([("meaning".to_owned(), meaning.to_owned())]);
        Field::new(name, DataType::Utf8, true).with_metadata(metadata)
    };
    Arc::new(Schema::new(COLUMNS.into_iter().map(field).collect::<Vec<Field>>()))
}

/// Reads the documents of files and folders as [`documents`] does, [`DOCUMENTS_A_BATCH`] a batch. What could not be read is a row
/// with a note.
pub fn document_batches<'o>(
    paths: &'o [PathBuf],
    under: Option<&'o Path>,
    options: &'o Options,
) -> impl Iterator<Item = Result<RecordBatch>> + 'o {
    let mut found = documents(paths, under, options);
    std::iter::from_fn(move || {
        let some: Vec<Captured> = found.by_ref().take(DOCUMENTS_A_BATCH).collect();
        (!some.is_empty()).then(|| document_batch(some))
    })
}

fn document_batch(some: Vec<Captured>) -> Result<RecordBatch> {
    let mut columns: Vec<StringBuilder> = COLUMNS.iter().map(|_| StringBuilder::new()).collect();
    let mut push = |values: [Option<&str>; COLUMNS.len()]| {
        for (column, value) in columns.iter_mut().zip(values) {
            column.append_option(value);
        }
    };
    for captured in some {
        match captured {
            Captured::Document(mut it) => {
                let text = std::mem::take(&mut it.text);
                let line = wire::to_line(&Record::Document((*it).clone())).map_err(ExchangeError::from)?;
                push([
                    Some(it.id.as_str()),
                    it.path.as_deref(),
                    it.url.as_deref(),
                    it.title.as_deref(),
                    it.outlet.as_deref(),
                    it.published.as_deref(),
                    it.language.as_deref(),
                    Some(&text),
                    Some(&line),
                ]);
            }
            Captured::Trouble(it) => {
                let note = serde_json::to_string(&it.note).map_err(ExchangeError::from)?;
                let about = Some(it.note.about.as_str());
                push([None, about, None, None, None, None, None, None, Some(&note)]);
            }
        }
    }
    let columns: Vec<ArrayRef> = columns.iter_mut().map(|it| Arc::new(it.finish()) as ArrayRef).collect();
    Ok(RecordBatch::try_new(document_schema(), columns).map_err(refused)?)
}

#[allow(clippy::needless_pass_by_value, reason = "the form of map_err")]
fn refused(error: arrow_schema::ArrowError) -> ExchangeError {
    ExchangeError::Form { form: "Arrow", reason: error.to_string() }
}

/// Reads the reports of `batch` and returns their rows of records, in the order of the reports.
///
/// A row is a report as [`document_batches`] gives it, or any row that has a `text`: then its columns are read as the keys
/// of a row of JSON Lines (`title`, `date`, `outlet`, `url`, `authors` …), and its id is that of the row as compact
/// JSON with sorted keys. A column `path` becomes the report's path. What cannot be read gives a row with a note. The result
/// does not depend on `threads`.
///
/// # Errors
/// When a column is of a type that cannot be read.
pub fn annotate(
    batch: &RecordBatch,
    parser: &impl Parser,
    knowledge: &Knowledge,
    options: &Options,
    threads: NonZeroUsize,
) -> Result<RecordBatch> {
    let given = (0..batch.num_rows())
        .map(|row| Given::of(batch, row, options))
        .collect::<std::result::Result<Vec<Given>, ExchangeError>>()?;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut reader = Reader::new(parser, knowledge);
        let mut done: Vec<(usize, (DocumentRecords, Vec<Note>))> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = given.get(at) else { return done };
            if let Some(document) = &it.document {
                done.push((at, reader.records(document)));
            }
        }
    };
    let mut read: BTreeMap<usize, (DocumentRecords, Vec<Note>)> = BTreeMap::new();
    thread::scope(|scope| {
        let many = threads.get().min(given.len());
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let running: Vec<_> = (0..many).filter_map(spawn).collect();
        if running.is_empty() {
            read.extend(work());
        }
        read.extend(running.into_iter().filter_map(|it| it.join().ok()).flatten());
    });
    let mut rows = RecordRows::default();
    for (at, it) in given.iter().enumerate() {
        let mut notes = Vec::new();
        if let Some(document) = &it.document {
            let (records, found) = read.remove(&at).unwrap_or_else(|| {
                let about = document.path.clone().unwrap_or_else(|| document.id.to_string());
                (DocumentRecords::default(), vec![Note::new(about, OWN_FAULT)])
            });
            rows.push_report(document, &records)?;
            notes = found;
        }
        for note in it.notes.iter().chain(&notes) {
            rows.push_note(note)?;
        }
    }
    Ok(rows.finish()?)
}

/// The report of a row, and notes on what could not be read.
#[derive(Default)]
struct Given {
    document: Option<Document>,
    notes: Vec<Note>,
}

impl Given {
    fn of(batch: &RecordBatch, row: usize, options: &Options) -> std::result::Result<Self, ExchangeError> {
        let path = words_at(batch, "path", row)?;
        let text = words_at(batch, "text", row)?;
        let about = || path.map_or_else(|| format!("row {row}"), str::to_owned);
        if let Some(line) = words_at(batch, "document", row)? {
            if text.is_none()
                && let Ok(note) = serde_json::from_str::<Note>(line)
            {
                return Ok(Self { document: None, notes: vec![note] });
            }
            return Ok(match from_line(line, text) {
                Ok(document) => {
                    let path = path.map(str::to_owned).or(document.path);
                    Self { document: Some(Document { path, ..document }), notes: Vec::new() }
                }
                Err(why) => Self { document: None, notes: vec![Note::new(about(), why)] },
            });
        }
        let line = serde_json::to_vec(&json_row(batch, row, &["path"])?)?;
        let mut given = Self::default();
        for captured in read_bytes("row.jsonl", line, options) {
            match captured {
                Captured::Document(it) => {
                    given.document = Some(Document { path: path.map(str::to_owned), ..*it });
                }
                Captured::Trouble(it) => given.notes.push(Note::new(about(), it.note.message)),
            }
        }
        Ok(given)
    }
}

/// Returns the document of a line of the export and its text, if the text is the one that it had.
fn from_line(line: &str, text: Option<&str>) -> std::result::Result<Document, String> {
    let mut document = match wire::from_line(line) {
        Ok(Record::Document(document)) => document,
        Ok(other) => return Err(format!("the column document has a {}", other.kind())),
        Err(error) => return Err(format!("the column document has no report: {error}")),
    };
    if let Some(text) = text {
        text.clone_into(&mut document.text);
    }
    if ids::sha256(document.text.as_bytes()) != document.text_sha256 {
        return Err(
            "the text is not the one that the report had; leave out the column document to read it as new"
                .to_owned(),
        );
    }
    Ok(document)
}

/// Links all reports whose rows of records are in `batches`, and returns the rows of the whole record, as
/// [`Corpus::export`](crate::Corpus::export) of a file of these reports has them, in its order.
///
/// # Errors
/// When a batch is not of rows of records, or a report's own row is missing.
pub fn link_batches(batches: &[RecordBatch], knowledge: &Knowledge) -> Result<RecordBatch> {
    let mut reports = Reports::default();
    for batch in batches {
        reports.add(batch)?;
    }
    let mut records = link(reports.finish()?, knowledge).into_records();
    records.sort_by(|a, b| a.kind().cmp(&b.kind()).then_with(|| a.id().cmp(b.id())));
    let mut rows = RecordRows::default();
    for record in &records {
        rows.push_record(record)?;
    }
    Ok(rows.finish()?)
}
