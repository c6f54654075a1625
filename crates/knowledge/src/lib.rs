//! What is known before any report is read: states, organisations, groups, persons and their offices, outlets, places,
//! words for people, given names.
//!
//! Facts live as text in the repository's `data/knowledge/` folder, with origin and licence at the head of each file,
//! and are compiled into the program. [`Knowledge`] looks them up; [`Knowledge::with_folder`] adds files of one's own.

mod entry;
mod names;
mod table;
mod words;

use std::path::{Path, PathBuf};

pub use entry::{Entry, Gender, Term};
use names::Names;
pub use names::Sense;
use readout_record::ActorKind;
use readout_record::ids::slug;
use readout_text::ByteSpan;
use rustc_hash::FxHashMap;
use words::Words;
pub use words::{Office, PersonWord, Title, WordKind};

/// The tables that make up the knowledge, in the order in which they are read: name of the file, shipped content.
const TABLES: [(&str, &str); 12] = [
    ("states.tsv", include_str!("../../../data/knowledge/states.tsv")),
    ("peoples.tsv", include_str!("../../../data/knowledge/peoples.tsv")),
    ("organisations.tsv", include_str!("../../../data/knowledge/organisations.tsv")),
    ("groups.tsv", include_str!("../../../data/knowledge/groups.tsv")),
    ("outlets.tsv", include_str!("../../../data/knowledge/outlets.tsv")),
    ("regions.tsv", include_str!("../../../data/knowledge/regions.tsv")),
    ("cities.tsv", include_str!("../../../data/knowledge/cities.tsv")),
    ("offices.tsv", include_str!("../../../data/knowledge/offices.tsv")),
    ("persons.tsv", include_str!("../../../data/knowledge/persons.tsv")),
    ("given-names.tsv", include_str!("../../../data/knowledge/given-names.tsv")),
    ("titles.tsv", include_str!("../../../data/knowledge/titles.tsv")),
    ("person-words.tsv", include_str!("../../../data/knowledge/person-words.tsv")),
];

/// Why a folder of one's own knowledge could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: the knowledge file cannot be read: {source}", path.display())]
pub struct KnowledgeError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

/// All that is known; immutable, shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    entries: Vec<Entry>,
    by_id: FxHashMap<String, u32>,
    names: Names,
    /// Persons by the key of the short name under which reports speak of them.
    short: FxHashMap<String, Vec<u32>>,
    words: Words,
}

/// A run of tokens that is a known name.
#[derive(Clone, Debug)]
pub struct KnownName<'k> {
    /// Number of its first token.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// What the name may stand for, in the order in which the tables give it.
    pub readings: Vec<(&'k Entry, Sense)>,
}

impl Knowledge {
    /// The facts that Readout ships.
    pub fn shipped() -> Self {
        let mut knowledge = Self::default();
        for (name, table) in TABLES {
            knowledge.add_table(name, table);
        }
        knowledge
    }

    /// The same, and what the files of `folder` tell. They have the names and columns of those in `data/knowledge/`; a
    /// row with a known id (for persons: a known name) replaces what is known, any other is added.
    ///
    /// # Errors
    /// When the folder or one of its tables cannot be read.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, KnowledgeError> {
        std::fs::read_dir(folder).map_err(|source| KnowledgeError { path: folder.to_owned(), source })?;
        for (name, _) in TABLES {
            let path = folder.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => self.add_table(name, &String::from_utf8_lossy(&bytes)),
                Err(source) if source.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(KnowledgeError { path, source }),
            }
        }
        Ok(self)
    }

    fn add_table(&mut self, name: &str, table: &str) {
        for row in table::rows(table) {
            if let Some(entry) = entry::read(name, &row) {
                self.add_entry(entry, &row);
            } else {
                self.words.add(name, &row);
            }
        }
    }

    fn add_entry(&mut self, entry: Entry, row: &table::Row<'_>) {
        let number = match self.by_id.get(&entry.id) {
            Some(&number) => number,
            None => {
                self.by_id.insert(entry.id.clone(), self.entries.len() as u32);
                self.entries.push(Entry::default());
                self.entries.len() as u32 - 1
            }
        };
        self.names.add(&entry.name, number, if entry.people { Sense::People } else { Sense::Itself });
        for alias in &entry.aliases {
            self.names.add(alias, number, Sense::Itself);
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
        if let Some(short) = entry.short.as_deref() {
            let numbers = self.short.entry(slug(short)).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        if let Some(slot) = self.entries.get_mut(number as usize) {
            *slot = entry;
        }
    }

    /// Everything that is known by a name of its own, in the order of the tables.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with the id `id`.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&number| self.entries.get(number as usize))
    }

    /// What the name `surface`, as a report writes it, may stand for.
    pub fn named(&self, surface: &str) -> Vec<(&Entry, Sense)> {
        let surface = surface.strip_prefix("the ").or(surface.strip_prefix("The ")).unwrap_or(surface);
        let readings = self.names.like(surface);
        readings.filter_map(|name| Some((self.entries.get(name.entry as usize)?, name.sense))).collect()
    }

    /// The known names among the tokens `spans` (bytes) of `text`: the longest, from left to right.
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

    /// The known persons whom reports call `short` (`Obama`, `Kim`, `Suu Kyi`).
    pub fn persons_called(&self, short: &str) -> impl Iterator<Item = &Entry> {
        let numbers = self.short.get(slug(short).as_str()).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&number| self.entries.get(number as usize))
    }

    /// The name of the state with the code `iso3`.
    pub fn state_name(&self, iso3: &str) -> Option<&str> {
        self.entry(&format!("state:{iso3}")).map(|entry| entry.name.as_str())
    }

    /// What sort of actor the entry `id` is.
    pub fn kind_of(&self, id: &str) -> Option<ActorKind> {
        self.entry(id).map(|entry| entry.kind)
    }

    /// Whether the given name `name` is a man's or a woman's; `None` where it is unknown or either's.
    pub fn gender_of_given_name(&self, name: &str) -> Option<Gender> {
        self.words.given(name)
    }

    /// What the word `word` before a name says, as `Mr.`, `Gen.`, `Queen`.
    pub fn title(&self, word: &str) -> Option<&Title> {
        self.words.title(word)
    }

    /// What sort of people the lemma `lemma` names, as `official`, `rebel`, `government`.
    pub fn person_word(&self, lemma: &str) -> Option<&PersonWord> {
        self.words.person(lemma)
    }

    /// The office that `words` name, as `Foreign Minister`, `premier`.
    pub fn office(&self, words: &str) -> Option<&Office> {
        self.words.office(words)
    }
}

#[cfg(test)]
mod tests;
