use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_record::{ActorId, Document, DocumentRecords, Record};
use readout_store::{Ending, Listed, LoggedOperation, Page, Scope, Snapshot, Standing, Store};
use readout_views::{Contents, Names, Renames};

use crate::kept::KeptLists;
use crate::reading::{self, Parser, Progress, ReadOptions, Reading};
use crate::verifying::{self, Verification};
use crate::why::{self, Why};
use crate::{Error, Result, UnclearId, Wanted, linking};

/// A file of reports and their records.
#[derive(Debug)]
pub struct Corpus {
    store: Store,
    /// Made when it is first needed: what a file says of itself takes no tables to show.
    knowledge: OnceLock<Arc<Knowledge>>,
    kept: Option<Arc<KeptLists>>,
}

/// The result of [`Corpus::show`]: the thing that has the id.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A report.
    Document(Box<Document>),
    /// A record of one report.
    Record(Box<Record>, Box<Document>),
    /// A record that reports share, such as an actor or a story; or a correction.
    Link(Box<Record>),
}

impl Corpus {
    /// Opens the file at `path`, and makes it first if there is none.
    ///
    /// # Errors
    /// When it is no file of Readout's, or of a newer one, or cannot be read or written.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self::of(Store::create(path)?, OnceLock::new()))
    }

    /// Opens the file at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Corpus::create`], and when there is none.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self::of(Store::open(path)?, OnceLock::new()))
    }

    /// Opens the file at `path`, which must exist, for reading only. Many readers may share one `knowledge`.
    ///
    /// # Errors
    /// As [`Corpus::open`], and when the file is of an older form.
    pub fn reader(path: &Path, knowledge: Arc<Knowledge>) -> Result<Self> {
        Ok(Self::of(Store::reader(path)?, OnceLock::from(knowledge)))
    }

    const fn of(store: Store, knowledge: OnceLock<Arc<Knowledge>>) -> Self {
        Self { store, knowledge, kept: None }
    }

    /// Returns the corpus with its lists kept in `lists`, so that a further page need not make its list again.
    #[must_use]
    pub fn keeping(self, lists: Arc<KeptLists>) -> Self {
        Self { kept: Some(lists), ..self }
    }

    pub(crate) const fn kept(&self) -> Option<&Arc<KeptLists>> {
        self.kept.as_ref()
    }

    /// Runs `work`. Its queries to the file fail with [`StoreError::Stopped`](readout_store::StoreError::Stopped) once
    /// `ending` has come.
    pub fn until<T>(&self, ending: &Ending, work: impl FnOnce(&Self) -> T) -> T {
        self.store.until(ending, || work(self))
    }

    /// Opens the file anew, for reading only, if another file has taken its path since it was opened.
    ///
    /// # Errors
    /// As [`Corpus::reader`].
    pub fn renew(&mut self) -> Result<()> {
        if !self.store.standing().is_current()? {
            let path = self.store.path().to_owned();
            self.store = Store::reader(&path)?;
        }
        Ok(())
    }

    /// Returns the corpus with `knowledge` in place of the knowledge that Readout ships.
    #[must_use]
    pub fn with_knowledge(self, knowledge: Knowledge) -> Self {
        Self { knowledge: OnceLock::from(Arc::new(knowledge)), ..self }
    }

    /// Returns the knowledge with which reports are read and linked.
    pub fn knowledge(&self) -> &Knowledge {
        self.knowledge.get_or_init(|| Arc::new(Knowledge::shipped()))
    }

    fn shared_knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(self.knowledge.get_or_init(|| Arc::new(Knowledge::shipped())))
    }

    /// Returns the hash of the user's own knowledge; `None` without such, as Readout's own has none.
    fn own_knowledge(&self) -> Option<&str> {
        self.knowledge.get().and_then(|it| it.fingerprint())
    }

    /// Returns the store, which is the file itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) const fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Holds still what is read until the answer is dropped: all is read as it stood at the first question.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        Ok(self.store.snapshot()?)
    }

    /// Returns a name for the present state of the file: which file, and how many commits it has had.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn state(&self) -> Result<String> {
        Ok(self.store.state()?)
    }

    /// Returns which file is open, so that another one at its path is noticed.
    pub fn standing(&self) -> &Standing {
        self.store.standing()
    }

    /// Whether no question holds on to a state of the file.
    pub fn is_at_rest(&self) -> bool {
        self.store.is_at_rest()
    }

    /// Returns the paths of the file and of what belongs to it.
    pub fn files(&self) -> Vec<PathBuf> {
        self.store.files()
    }

    /// Returns the number of current reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self) -> Result<usize> {
        Ok(self.store.count()?)
    }

    /// Returns the outlets of the current reports, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets(&self) -> Result<Vec<String>> {
        Ok(self.store.outlets()?)
    }

    /// Returns the first and the last day of publication, ISO 8601; `None` if no report has one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn days(&self) -> Result<Option<(String, String)>> {
        Ok(self.store.days()?)
    }

    /// Returns a page of the operation log, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operations(&self, page: &Page) -> Result<Listed<LoggedOperation>> {
        Ok(self.store.list_operations(page)?)
    }

    /// Returns the number of the last operation; 0 if there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_operation(&self) -> Result<u64> {
        Ok(self.store.last_operation()?)
    }

    /// Reads files and folders with the language model `parser`. What is in the file already is not read again; a
    /// changed file becomes a new version. Reports that cannot be read are in [`Reading::notes`], the rest is read.
    ///
    /// `progress` hears of every report that is done, in the order of reading.
    ///
    /// # Errors
    /// When the file cannot be written. What was read before is kept.
    pub fn read(
        &mut self,
        paths: &[PathBuf],
        parser: &impl Parser,
        options: &ReadOptions,
        progress: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<Reading> {
        let knowledge = self.shared_knowledge();
        reading::read(&mut self.store, &knowledge, paths, parser, options, progress)
    }

    /// Whether the reports must be linked: some came or went since the last [`Corpus::link`], or it ran in another
    /// version of Readout or with other knowledge.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn needs_link(&self) -> Result<bool> {
        linking::needs_link(&self.store, self.own_knowledge())
    }

    /// Links the reports that came since the last time with the others, and unlinks those that went. The result is the
    /// same as if all reports had come at once.
    ///
    /// # Errors
    /// When the file cannot be read or written. What was linked before the step that failed is kept.
    pub fn link(&mut self) -> Result<()> {
        let knowledge = self.shared_knowledge();
        linking::link(&mut self.store, &knowledge)?;
        // A new version of a report is found by what was set right of the one before.
        self.store.file_reports(&self.filings()?)?;
        Ok(())
    }

    /// Returns the current reports with their records and links, joined.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self) -> Result<Contents> {
        self.slice(&Scope::All)
    }

    /// Returns the reports of `scope` with their records and their links, joined. Nothing else is read. A link keeps
    /// what it says of other reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn slice(&self, scope: &Scope) -> Result<Contents> {
        let _still = self.store.snapshot()?;
        let mut contents = self.joined(scope)?;
        self.lay_over(&mut contents)?;
        Ok(contents)
    }

    /// Returns what [`Corpus::slice`] does, without corrections.
    pub(crate) fn joined(&self, scope: &Scope) -> Result<Contents> {
        let slice = match scope {
            Scope::Actors(ids) => self.store.slice(&Scope::Actors(self.actors_before(ids)?))?,
            _ => self.store.slice(scope)?,
        };
        let mut contents =
            Contents { documents: slice.documents, records: slice.records, ..Contents::default() };
        for record in slice.links {
            contents.push_link(record);
        }
        contents.join(&Renames::new(slice.renamed));
        Ok(contents)
    }

    /// Returns the records of the report `id`, joined and corrected.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn records_of(&self, id: &str) -> Result<DocumentRecords> {
        let mut contents = self.slice(&Scope::Documents(vec![id.into()]))?;
        Ok(contents.records.pop().unwrap_or_default())
    }

    /// Returns the names of the linked actors `ids`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names_of(&self, ids: &[ActorId]) -> Result<Names> {
        let mut contents = Contents::default();
        for id in ids {
            if let Some(actor @ Record::Actor(_)) = self.store.record(id)? {
                contents.push_link(actor);
            }
        }
        contents.actors.sort_by(|a, b| a.id.cmp(&b.id));
        contents.actors.dedup_by(|a, b| a.id == b.id);
        self.lay_over(&mut contents)?;
        Ok(contents.names())
    }

    /// Returns the report, record or link with the id `id`, or with the only id that starts with it. See
    /// [`Corpus::id`].
    ///
    /// # Errors
    /// As [`Corpus::id`].
    pub fn show(&self, id: &str) -> Result<Shown> {
        let id = self.id(id, Wanted::Anything)?;
        let record = match self.store.record(&id)? {
            Some(record) => record,
            None => match self.made(&id)? {
                Some(made) if made.evidence().is_some() => made,
                Some(made) => return Ok(Shown::Link(Box::new(made))),
                None => return Err(Error::Id(UnclearId::nothing(&id))),
            },
        };
        let scope = match &record {
            Record::Document(document) => Scope::Documents(vec![document.id.clone()]),
            Record::Actor(actor) => {
                let mut contents = Contents::default();
                for id in self.actors_before(std::slice::from_ref(&actor.id))? {
                    if let Some(actor @ Record::Actor(_)) = self.store.record(&id)? {
                        contents.push_link(actor);
                    }
                }
                contents.push_link(record.clone());
                contents.actors.sort_by(|a, b| a.id.cmp(&b.id));
                contents.actors.dedup_by(|a, b| a.id == b.id);
                self.lay_over(&mut contents)?;
                let actor = contents.actors.into_iter().find(|it| it.id == actor.id);
                return Ok(Shown::Link(Box::new(actor.map_or(record, Record::Actor))));
            }
            _ => match record.evidence() {
                Some(evidence) => Scope::Documents(vec![evidence.doc.clone()]),
                None => Scope::Link(id.clone()),
            },
        };
        let contents = self.slice(&scope)?;
        let document = contents.documents.first().cloned();
        // What was rejected is shown as it was read.
        let found = contents.into_records().into_iter().find(|it| id == it.id()).unwrap_or(record);
        Ok(match (found, document) {
            (Record::Document(document), _) => Shown::Document(Box::new(document)),
            (record, Some(document)) if record.evidence().is_some() => {
                Shown::Record(Box::new(record), Box::new(document))
            }
            (record, _) => Shown::Link(Box::new(record)),
        })
    }

    /// Returns the annotations of `document`. Its text is parsed anew with `parser`, since trees are not stored.
    pub fn annotate(&self, document: &Document, parser: &impl Parser) -> Annotations {
        let syntax = parser.worker()(&document.text);
        readout_annotate::annotate(document, syntax, self.knowledge())
    }

    /// Explains why `record`, a record of one report, is as it is: its rules, and what led each side to its id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn why(&self, record: &Record) -> Result<Why> {
        let records = match record.evidence() {
            Some(evidence) => self.records_of(&evidence.doc)?,
            None => DocumentRecords::default(),
        };
        Ok(self.why_among(record, &records))
    }

    /// As [`Corpus::why`], where the `records` of the record's report are at hand.
    pub fn why_among(&self, record: &Record, records: &DocumentRecords) -> Why {
        why::why(record, records, self.knowledge())
    }

    /// Checks the file itself, every passage of every record against the stored text, every text and what was read out
    /// of it against its hash, and that all that is named exists. Damage is reported, and the rest is checked all the
    /// same.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn verify(&self) -> Result<Verification> {
        verifying::verify(&self.store, None)
    }

    /// Verifies the file, and also links all reports anew in memory and compares the result with the stored links.
    ///
    /// # Errors
    /// As [`Corpus::verify`].
    pub fn verify_deep(&self) -> Result<Verification> {
        verifying::verify(&self.store, Some(self.knowledge()))
    }
}
