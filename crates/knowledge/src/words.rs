//! Words for people: titles, offices, nouns, given names.

use readout_lexicon::Row;
use readout_record::Sector;
use readout_record::ids::slug;
use rustc_hash::FxHashMap;

use crate::entry::{Gender, gender, sector};

/// A word before a name, such as `Mr.` or `Gen.`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The word, as dictionaries have it.
    pub word: String,
    /// The gender of those who bear the title, if only men or only women do.
    pub gender: Option<Gender>,
    /// PLOVER sector of those who bear it.
    pub sector: Option<Sector>,
    /// Key of the office that it names, as `president`.
    pub office: Option<String>,
    /// True if the title only shows respect (`Mr.`) and is no office or rank.
    pub plain: bool,
}

/// A noun for people, or for what acts as people do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonWord {
    /// The sort of people or thing that the noun names.
    pub kind: WordKind,
    /// The gender of those who are called so, if only men or only women are.
    pub gender: Option<Gender>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
}

/// The sort of people or thing that a noun names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordKind {
    /// One human being in the singular: `official`, `woman`.
    #[default]
    Person,
    /// Many, even in the singular: `crowd`, `family`, `delegation`.
    Group,
    /// A body: `government`, `ministry`, `company`, `newspaper`.
    Organisation,
    /// People in arms: `militia`, `army`.
    Armed,
    /// A state: `country`, `nation`.
    State,
    /// A city, region or land.
    Place,
    /// A relative of somebody: `wife`, `son`.
    Kin,
}

/// An office and its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// The key, as `foreign-minister`.
    pub key: String,
    /// The name, as records show it.
    pub name: String,
    /// PLOVER sector of its holder.
    pub sector: Option<Sector>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    given: FxHashMap<String, Gender>,
    titles: FxHashMap<String, Title>,
    persons: FxHashMap<String, PersonWord>,
    offices: FxHashMap<String, Office>,
}

impl Words {
    pub(crate) fn add(&mut self, table: &str, row: &Row<'_>) {
        let sector = sector(row);
        match table {
            "given-names.tsv" => {
                if let Some(gender) = gender(row.get("gender")) {
                    for name in row.get("names").split_whitespace() {
                        self.given.entry(slug(name)).or_insert(gender);
                    }
                }
            }
            "titles.tsv" => {
                for word in row.list("words") {
                    let title = Title {
                        word: row.list("words").next().unwrap_or_default().to_owned(),
                        gender: gender(row.get("gender")),
                        sector,
                        office: Some(row.get("office")).filter(|cell| !cell.is_empty()).map(str::to_owned),
                        plain: row.get("plain") == "yes",
                    };
                    self.titles.entry(slug(word)).or_insert(title);
                }
            }
            "person-words.tsv" => {
                let kind = match row.get("kind") {
                    "group" => WordKind::Group,
                    "organisation" => WordKind::Organisation,
                    "armed" => WordKind::Armed,
                    "state" => WordKind::State,
                    "place" => WordKind::Place,
                    "kin" => WordKind::Kin,
                    _ => WordKind::Person,
                };
                for word in row.get("words").split_whitespace() {
                    let word = word.replace('_', " ");
                    self.persons.entry(word).or_insert_with(|| PersonWord {
                        kind,
                        gender: gender(row.get("gender")),
                        sector,
                    });
                }
            }
            "offices.tsv" => {
                for name in row.list("names") {
                    let office = Office {
                        key: row.get("office").to_owned(),
                        name: row.list("names").next().unwrap_or_default().to_owned(),
                        sector,
                    };
                    self.offices.entry(slug(name)).or_insert(office);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn given(&self, name: &str) -> Option<Gender> {
        self.given.get(slug(name).as_str()).copied()
    }

    pub(crate) fn title(&self, word: &str) -> Option<&Title> {
        self.titles.get(slug(word).as_str())
    }

    pub(crate) fn person(&self, lemma: &str) -> Option<&PersonWord> {
        self.persons.get(lemma)
    }

    /// Whether `key` is the key of an office, as `foreign-minister`.
    pub(crate) fn is_office(&self, key: &str) -> bool {
        self.offices.values().any(|office| office.key == key)
    }

    pub(crate) fn office(&self, words: &str) -> Option<&Office> {
        self.offices.get(slug(words).as_str())
    }
}
