use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use readout_annotate::annotate;
use readout_extract::Explanation;
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentId, DocumentRecords, Note, ids};
use readout_sources::{Options as SourceOptions, Source, Trouble, path_name, sources};
use readout_store::{Operation, Origin, Store, StoreError, Stored};
use readout_syntax::{LanguageModel, Syntax};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::origins::Naming;
use crate::signing::Signature;
use crate::{Result, VERSION};

/// A function that parses on one thread, with buffers of its own.
pub type Parse<'p> = Box<dyn FnMut(&str) -> Syntax + 'p>;

/// A parser that turns text into syntax: the language model, or a substitute for it.
pub trait Parser: Sync {
    /// Returns a function that parses on one thread, with buffers of its own.
    fn worker(&self) -> Parse<'_>;

    /// Returns the worker of a second reader, whose agreement each record is to tell; `None` where there is one reader.
    fn second(&self) -> Option<Parse<'_>> {
        None
    }
}

/// A parser and, where there are two readers, another one.
///
/// The records are those of the first. With a second, each tells in its [`Confidence`] whether that one has it too.
///
/// [`Confidence`]: readout_record::Confidence
#[derive(Clone, Copy, Debug)]
pub struct Readers<A, B = A> {
    /// The parser whose trees are read.
    pub first: A,
    /// The parser that is asked whether it sees the same.
    pub second: Option<B>,
}

impl<A: Parser, B: Parser> Parser for Readers<A, B> {
    fn worker(&self) -> Parse<'_> {
        self.first.worker()
    }

    fn second(&self) -> Option<Parse<'_>> {
        self.second.as_ref().map(Parser::worker)
    }
}

impl Parser for LanguageModel {
    fn worker(&self) -> Parse<'_> {
        let mut worker = Self::worker(self);
        Box::new(move |text| readout_annotate::parse(&mut worker, text))
    }
}

/// Options for reading.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The number of reports that are worked on at a time. The records do not depend on it.
    pub threads: NonZeroUsize,
    /// Limits for files and pages, and metadata that the caller gives.
    pub sources: SourceOptions,
    /// The signature of the run in the log.
    pub signature: Signature,
}

impl Default for ReadOptions {
    /// Uses as many threads as the machine has processors.
    fn default() -> Self {
        let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { threads, sources: SourceOptions::default(), signature: Signature::default() }
    }
}

/// The news that one more source is done.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'p> {
    /// The number of sources that are done, this one included.
    pub done: u64,
    /// The path of the source.
    pub path: &'p str,
}

/// The result of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Reports that were not there before.
    pub added: u64,
    /// Reports of which another version was there.
    pub new_versions: u64,
    /// Reports that were there already.
    pub known: u64,
    /// Reports that were taken out of the file before, and are not read again.
    pub forgotten: u64,
    /// Files, rows and folders that could not be read: a report may be missing.
    pub unread: u64,
    /// Notes on what could not be read or had to be mended, and why, in the order of reading.
    pub notes: Vec<Note>,
}

/// The reports that are not read.
struct Known {
    known: FxHashSet<DocumentId>,
    forgotten: FxHashSet<DocumentId>,
}

/// The note on a report in whose reading a fault of the program was met.
pub(crate) const OWN_FAULT: &str = "left out: reading it ran into a fault of Readout’s own";

/// The workers of one thread.
pub(crate) struct Desk<'p> {
    parse: Parse<'p>,
    /// The second reader's.
    second: Option<Parse<'p>>,
}

impl<'p> Desk<'p> {
    pub(crate) fn new(parser: &'p impl Parser) -> Self {
        Self { parse: parser.worker(), second: parser.second() }
    }

    /// Returns the records of `document`, and notes on what could not be told of it.
    pub(crate) fn records(
        &mut self,
        document: &Document,
        knowledge: &Knowledge,
    ) -> (DocumentRecords, Vec<Note>) {
        let annotations = annotate(document, (self.parse)(&document.text), knowledge);
        let mut records = readout_extract::extract(document, &annotations, knowledge);
        if let Some(parse) = &mut self.second {
            let seen = annotate(document, parse(&document.text), knowledge);
            readout_extract::compare(&mut records, &readout_extract::extract(document, &seen, knowledge));
        }
        (records, annotations.notes)
    }
}

/// A source to work on, with its place in the order of reading.
struct Job {
    number: u64,
    found: std::result::Result<(Source, Origin), Trouble>,
}

/// The result of one job.
struct Outcome {
    number: u64,
    path: String,
    unread: bool,
    notes: Vec<Note>,
    report: Option<Report>,
}

enum Report {
    Forgotten,
    Known(DocumentId, Origin),
    Read(Box<(Document, DocumentRecords)>, Origin),
}

/// The most sources that may be under way for each thread. They are enough that a slow report keeps no thread waiting,
/// and few enough that their bytes fit in memory.
const UNDER_WAY: usize = 8;

/// Stack of a working thread, in bytes; only touched pages cost memory.
pub(crate) const STACK: usize = 16 << 20;

pub(crate) fn read(
    store: &mut Store,
    knowledge: &Knowledge,
    paths: &[PathBuf],
    parser: &impl Parser,
    options: &ReadOptions,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<Reading> {
    let known: FxHashSet<DocumentId> = store.ids()?.into_iter().collect();
    let forgotten: FxHashSet<DocumentId> = store.forgotten()?.into_iter().collect();
    let known = Known { known, forgotten };
    let named: Vec<String> = paths.iter().map(|path| path_name(path)).collect();
    let mut detail = options.signature.onto(detail(json!({ "paths": named }), knowledge));
    if parser.second().is_some() {
        detail["readers"] = json!(2);
    }
    let mut operation = Operation::new("read", VERSION, detail);

    let threads = options.threads.get();
    let (job_sender, jobs) = sync_channel::<Job>(threads);
    // The working threads alone hold the receiver: once they are gone, the sender is told.
    let jobs = Arc::new(Mutex::new(jobs));
    let (outcome_sender, outcomes) = sync_channel::<Outcome>(threads * UNDER_WAY);
    let (permit_sender, permits) = sync_channel::<()>(threads * UNDER_WAY);
    for _ in 0..threads * UNDER_WAY {
        // The channel holds just as many, so this cannot wait; and the receiver lives below.
        let _ = permit_sender.send(());
    }

    thread::scope(|scope| {
        scope.spawn(move || send_jobs(paths, options, &job_sender, &permits));
        for _ in 0..threads {
            let (jobs, known, sender) = (Arc::clone(&jobs), &known, outcome_sender.clone());
            let work = move || {
                let mut desk = Desk::new(parser);
                while let Some(job) = next(&jobs) {
                    let outcome = work_on(job, known, &mut desk, knowledge, &options.sources);
                    if sender.send(outcome).is_err() {
                        break;
                    }
                }
            };
            // Where a thread cannot be had, the others do its work.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        drop((jobs, outcome_sender));
        let mut reading = store_all(store, &mut operation, outcomes, permit_sender, progress)?;
        let otherwise = store.read_otherwise(knowledge.fingerprint())?;
        if otherwise > 0 {
            reading.notes.push(Note::new(
                store.path().display().to_string(),
                format!(
                    "{otherwise} of its reports were read with other knowledge, and stay as they are; to have all read \
                     alike, read them into a new file"
                ),
            ));
        }
        Ok(reading)
    })
}

/// The notes of a run. Rows of a file that have the same message share one note.
///
/// The first is kept, with the number of the others; words that it cites after a colon may differ between them.
#[derive(Default)]
struct Notes {
    kept: Vec<Note>,
    /// For each note kept, the number of further rows that have its message.
    more: Vec<usize>,
    /// The places in `kept`, by file and message.
    first: BTreeMap<(String, String), usize>,
}

impl Notes {
    /// Adds a note. A note on a report that was not read is never joined with others.
    fn add(&mut self, note: Note, unread: bool) {
        let told = note.message.split(": “").next().unwrap_or_default();
        let key = note.about.rsplit_once('#').map(|(file, _)| (file.to_owned(), told.to_owned()));
        if let Some(key) = key.filter(|_| !unread) {
            if let Some(more) = self.first.get(&key).and_then(|at| self.more.get_mut(*at)) {
                *more += 1;
                return;
            }
            self.first.insert(key, self.kept.len());
        }
        self.kept.push(note);
        self.more.push(0);
    }

    fn finish(self) -> Vec<Note> {
        let told = |(mut note, more): (Note, usize)| {
            note.message += &match more {
                0 => String::new(),
                1 => " (and one more row)".to_owned(),
                more => format!(" (and {more} more rows)"),
            };
            note
        };
        self.kept.into_iter().zip(self.more).map(told).collect()
    }
}

/// Explains every verb and every event noun of `document`: the record it became, or why there is none.
pub fn explain(document: &Document, parser: &impl Parser, knowledge: &Knowledge) -> Vec<Explanation> {
    let annotations = annotate(document, (parser.worker())(&document.text), knowledge);
    let records = readout_extract::extract(document, &annotations, knowledge);
    readout_extract::explain(document, &annotations, knowledge, &records.statements)
}

/// Returns what the log keeps of a run: `detail`, and the fingerprint of one's own knowledge if there is any.
pub(crate) fn detail(mut detail: Value, knowledge: &Knowledge) -> Value {
    if let Some(own) = knowledge.fingerprint() {
        detail["knowledge"] = json!(own);
    }
    detail
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Reads the bytes of one source after the other, no more at a time than there are permits.
fn send_jobs(paths: &[PathBuf], options: &ReadOptions, jobs: &SyncSender<Job>, permits: &Receiver<()>) {
    let mut number = 0;
    for path in paths {
        let naming = Naming::of(path);
        for found in sources(std::slice::from_ref(path), &options.sources) {
            if permits.recv().is_err() {
                return;
            }
            let found = found.map(|source| {
                let origin = naming.origin(&source.path);
                (source, origin)
            });
            if jobs.send(Job { number, found }).is_err() {
                return;
            }
            number += 1;
        }
    }
}

fn work_on(
    job: Job,
    known: &Known,
    desk: &mut Desk<'_>,
    knowledge: &Knowledge,
    options: &SourceOptions,
) -> Outcome {
    let (source, origin) = match job.found {
        Ok(found) => found,
        Err(trouble) => {
            return Outcome {
                number: job.number,
                path: trouble.note.about.clone(),
                unread: trouble.is_unread(),
                notes: vec![trouble.note],
                report: None,
            };
        }
    };
    let path = source.path.clone();
    let mut outcome =
        Outcome { number: job.number, path: path.clone(), unread: false, notes: Vec::new(), report: None };
    let id = ids::document_id(&source.bytes);
    if known.forgotten.contains(&id) {
        outcome.report = Some(Report::Forgotten);
        return outcome;
    }
    if known.known.contains(&id) {
        outcome.report = Some(Report::Known(id, origin));
        return outcome;
    }
    let mut troubles = Vec::new();
    // A fault in the reading of one report must not lose the others.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut document = source.document(options, &mut troubles)?;
        document.path.clone_from(&origin.path);
        let (records, notes) = desk.records(&document, knowledge);
        Some((document, records, notes))
    }));
    for trouble in troubles {
        outcome.unread |= trouble.is_unread();
        outcome.notes.push(trouble.note);
    }
    match read {
        Ok(Some((document, records, notes))) => {
            outcome.notes.extend(notes);
            outcome.report = Some(Report::Read(Box::new((document, records)), origin));
        }
        Ok(None) => {}
        Err(_) => {
            outcome.unread = true;
            outcome.notes.push(Note::new(path, OWN_FAULT));
        }
    }
    outcome
}

/// Stores outcomes in the order of reading, whatever order they come in.
#[expect(
    clippy::needless_pass_by_value,
    reason = "that both channels close on return ends the other threads"
)]
fn store_all(
    store: &mut Store,
    operation: &mut Operation,
    outcomes: Receiver<Outcome>,
    permits: SyncSender<()>,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<Reading> {
    let mut reading = Reading::default();
    let mut notes = Notes::default();
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for outcome in outcomes {
        waiting.insert(outcome.number, outcome);
        while let Some(outcome) = waiting.remove(&next) {
            next += 1;
            reading.unread += u64::from(outcome.unread);
            for note in outcome.notes {
                notes.add(note, outcome.unread);
            }
            reading.forgotten += u64::from(matches!(outcome.report, Some(Report::Forgotten)));
            // On an error both channels close, and the threads end.
            match store_one(store, operation, outcome.report)? {
                Some(Stored::New) => reading.added += 1,
                Some(Stored::NewVersion(_)) => reading.new_versions += 1,
                Some(Stored::Known | Stored::KnownElsewhere) => reading.known += 1,
                None => {}
            }
            progress(&Progress { done: next, path: &outcome.path });
            // The thread that reads sources may have ended.
            let _ = permits.send(());
        }
    }
    reading.notes = notes.finish();
    Ok(reading)
}

fn store_one(
    store: &mut Store,
    operation: &mut Operation,
    report: Option<Report>,
) -> std::result::Result<Option<Stored>, StoreError> {
    Ok(match report {
        None | Some(Report::Forgotten) => None,
        Some(Report::Known(id, origin)) => Some(store.add_place(operation, &origin, &id)?),
        Some(Report::Read(read, origin)) => Some(store.add(operation, &origin, &read.0, &read.1)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_rows_have_in_common_is_told_once() {
        let note = |about: &str, message: &str| Note::new(about, message);
        let notes = vec![
            note("a.jsonl#1", "its date was not read, why: “soon”"),
            note("b.txt", "its date was not read, why: “soon”"),
            note("a.jsonl#2", "not a JSON object"),
            note("a.jsonl#3", "its date was not read, why: “later”"),
            note("a.jsonl#4", "its date was not read, why: “never”"),
            note("a.jsonl#5", "not a JSON object"),
            note("c.jsonl#1", "not a JSON object"),
            note("c.txt", "its date was not read, why: “soon”"),
        ];
        let mut all = Notes::default();
        for note in notes {
            let unread = note.message.starts_with("not a JSON");
            all.add(note, unread);
        }
        let told: Vec<String> =
            all.finish().into_iter().map(|note| format!("{} {}", note.about, note.message)).collect();
        assert_eq!(
            told,
            [
                "a.jsonl#1 its date was not read, why: “soon” (and 2 more rows)",
                "b.txt its date was not read, why: “soon”",
                "a.jsonl#2 not a JSON object",
                "a.jsonl#5 not a JSON object",
                "c.jsonl#1 not a JSON object",
                "c.txt its date was not read, why: “soon”",
            ]
        );
    }
}
