//! Knowledge from before any report is read: states, organisations, groups, persons and their offices, outlets, places,
//! words for people, given names.
//!
//! Facts live as text in the repository's `data/knowledge/` folder, with origin and licence at the head of each file,
//! and are compiled into the program. [`Knowledge`] looks them up; [`Knowledge::with_folder`] adds files of one's own.

mod entry;
mod forms;
mod names;
mod own;
mod words;

use std::path::Path;

pub use entry::{Entry, Gender, Origin, Term};
use names::Names;
pub use names::Sense;
pub use own::KnowledgeError;
use own::OwnTable;
use readout_lexicon::{Row, table};
use readout_record::ids::{self, slug};
use readout_record::{ActorId, ActorKind};
use readout_text::ByteSpan;
use rustc_hash::FxHashMap;
use words::Words;
pub use words::{Office, PersonWord, Title, WordKind};

/// All that is known; immutable, shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    entries: Vec<Entry>,
    by_id: FxHashMap<ActorId, u32>,
    names: Names,
    /// Persons by the key of the short name under which reports speak of them.
    short: FxHashMap<String, Vec<u32>>,
    words: Words,
    /// The files that the rows are from.
    files: Vec<String>,
    /// SHA-256 over the names and contents of the files of one's own, in hexadecimal digits; empty if there are none.
    fingerprint: String,
}

/// A run of tokens that is a known name.
#[derive(Clone, Debug)]
pub struct KnownName<'k> {
    /// Number of its first token.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// The entries that the name may mean, each with its sense, in the order in which the tables give them.
    pub readings: Vec<(&'k Entry, Sense)>,
}

impl Knowledge {
    /// Returns the facts that Readout ships.
    pub fn shipped() -> Self {
        let mut knowledge = Self::default();
        knowledge.add_shipped();
        knowledge
    }

    /// Reads the tables of `folder`, and adds the facts that Readout ships. The tables have the names and columns of
    /// those in `data/knowledge/`. A row with the id of a shipped one (for persons: the name; for places: name and
    /// state) replaces it, any other is added. If a name leads to both, the entry of one's own comes first.
    ///
    /// # Errors
    /// When the folder or one of its tables cannot be read, or is not of its form: with path, line and
    /// [`KnowledgeError::hint`].
    pub fn with_folder(folder: &Path) -> Result<Self, KnowledgeError> {
        let tables = own::read(folder)?;
        let mut knowledge = Self::default();
        let mut told = Vec::new();
        for table in &tables {
            knowledge.add_table(table.name, &table.path.display().to_string(), &table.content);
            told.extend_from_slice(table.name.as_bytes());
            told.push(0);
            told.extend_from_slice(&(table.content.len() as u64).to_be_bytes());
            told.extend_from_slice(table.content.as_bytes());
        }
        knowledge.add_shipped();
        for table in &tables {
            knowledge.check(table)?;
        }
        knowledge.fingerprint = ids::sha256(&told);
        Ok(knowledge)
    }

    fn add_shipped(&mut self) {
        for (name, table) in &forms::TABLES {
            self.add_table(name, table.file(), table.content());
        }
    }

    /// Checks that the states, offices and organisations that one's own table mentions are known.
    fn check(&self, table: &OwnTable) -> Result<(), KnowledgeError> {
        own::check_references(
            table,
            |code| own::is_code(code) && self.state_name(code).is_some(),
            |key| self.words.is_office(key),
            |id| self.entry(id).is_some(),
        )
    }

    fn add_table(&mut self, name: &str, file: &str, table: &str) {
        let number = self.files.len() as u16;
        self.files.push(file.to_owned());
        for row in table::rows(table) {
            if let Some(mut entry) = entry::read(name, &row) {
                entry.origin = Origin { file: number, line: row.line() };
                self.add_entry(entry, &row);
            } else {
                self.words.add(name, &row);
            }
        }
    }

    /// Adds `entry` with the names in `row`, unless its id is known. One's own rows and the tables of few and sure rows
    /// come first.
    fn add_entry(&mut self, entry: Entry, row: &Row<'_>) {
        if self.by_id.contains_key(&entry.id) {
            return;
        }
        let number = self.entries.len() as u32;
        self.by_id.insert(entry.id.clone(), number);
        self.names.add(&entry.name, number, if entry.people { Sense::People } else { Sense::Itself });
        for alias in &entry.aliases {
            self.names.add(alias, number, Sense::Itself);
        }
        if entry.kind == ActorKind::Person {
            for written in std::iter::once(&entry.name).chain(&entry.aliases) {
                self.names.add_sound(written, number);
            }
        }
        for adjective in row.list("adjectives") {
            self.names.add(adjective, number, Sense::Adjective);
            if adjective.ends_with(['n', 'i']) && adjective.starts_with(char::is_uppercase) {
                self.names.add(&format!("{adjective}s"), number, Sense::People);
            }
        }
        for people in row.list("people") {
            self.names.add(people, number, Sense::People);
        }
        for seat in row.list("capital").chain(row.list("seats")) {
            self.names.add(seat, number, Sense::Seat);
        }
        if entry.kind != ActorKind::Person {
            for short in row.list("short") {
                self.names.add(short, number, Sense::Short);
            }
        }
        if let Some(short) = entry.short.as_deref() {
            self.short.entry(slug(short)).or_default().push(number);
        }
        self.entries.push(entry);
    }

    /// Returns all entries, in the order in which the tables are read.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the entry with the id `id`.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&number| self.entries.get(number as usize))
    }

    /// Returns the entries that the name `surface`, as a report writes it, may mean in any report, with their senses.
    pub fn named(&self, surface: &str) -> Vec<(&Entry, Sense)> {
        let mut readings = self.readings(surface);
        readings.retain(|(_, sense)| *sense != Sense::Short);
        readings
    }

    /// Returns the entries that `surface` may mean in a report that also names them in another way.
    pub fn shortened(&self, surface: &str) -> Vec<&Entry> {
        let readings = self.readings(surface).into_iter();
        readings.filter(|(_, sense)| *sense == Sense::Short).map(|(entry, _)| entry).collect()
    }

    fn readings(&self, surface: &str) -> Vec<(&Entry, Sense)> {
        let surface = surface.strip_prefix("the ").or(surface.strip_prefix("The ")).unwrap_or(surface);
        let names = self.names.like(surface);
        names.filter_map(|name| Some((self.entries.get(name.entry as usize)?, name.sense))).collect()
    }

    /// Finds the known names among the tokens `spans` (bytes) of `text`: the longest, from left to right.
    pub fn names_in(&self, text: &str, spans: &[ByteSpan]) -> Vec<KnownName<'_>> {
        let known = |number: &u32| {
            let name = self.names.get(*number)?;
            Some((self.entries.get(name.entry as usize)?, name.sense))
        };
        self.names
            .runs(text, spans)
            .into_iter()
            .map(|run| KnownName {
                start: run.start,
                end: run.end,
                readings: run.names.iter().filter_map(known).collect(),
            })
            .collect()
    }

    /// Returns the known persons whom reports call `short` (`Obama`, `Kim`, `Suu Kyi`).
    pub fn persons_called(&self, short: &str) -> impl Iterator<Item = &Entry> {
        let numbers = self.short.get(slug(short).as_str()).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&number| self.entries.get(number as usize))
    }

    /// Returns the place of the row that gives `entry`: the file, as a path, and the line, from 1.
    pub fn origin(&self, entry: &Entry) -> (&str, u32) {
        let file = self.files.get(usize::from(entry.origin.file)).map_or("", String::as_str);
        (file, entry.origin.line)
    }

    /// Returns the SHA-256 over the files of one's own, in hexadecimal digits; `None` if there are none.
    pub fn fingerprint(&self) -> Option<&str> {
        Some(self.fingerprint.as_str()).filter(|fingerprint| !fingerprint.is_empty())
    }

    /// Returns the name of the state with the code `iso3`.
    pub fn state_name(&self, iso3: &str) -> Option<&str> {
        self.entry(&ActorId::state(iso3)).map(|entry| entry.name.as_str())
    }

    /// Returns the kind of actor that the entry `id` is.
    pub fn kind_of(&self, id: &str) -> Option<ActorKind> {
        self.entry(id).map(|entry| entry.kind)
    }

    /// Returns the gender of the given name `name`; `None` where it is unknown or either's.
    pub fn gender_of_given_name(&self, name: &str) -> Option<Gender> {
        self.words.given(name)
    }

    /// Returns the title that the word `word` is before a name, as `Mr.`, `Gen.`, `Queen`.
    pub fn title(&self, word: &str) -> Option<&Title> {
        self.words.title(word)
    }

    /// Returns the sort of people that the lemma `lemma` names, as `official`, `rebel`, `government`.
    pub fn person_word(&self, lemma: &str) -> Option<&PersonWord> {
        self.words.person(lemma)
    }

    /// Returns the office that `words` name, as `Foreign Minister`, `premier`.
    pub fn office(&self, words: &str) -> Option<&Office> {
        self.words.office(words)
    }
}

#[cfg(test)]
mod tests;
