//! Ids that people type: whole, without their kind, or their first digits. Every command asks here what one means.

use std::fmt;

use readout_record::{Actor, Change, Kind, Record, RecordId};
use readout_views::words::shorten;

use crate::correcting::corrections_in_force;
use crate::{Corpus, Error, Result};

/// The sort of thing that an id should mean. Things of another sort do not make an id ambiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A report, a record, or what reports share.
    Anything,
    /// A report.
    Report,
    /// A record of a report or of several, but no actor.
    Record,
    /// A story.
    Story,
}

impl Wanted {
    /// Returns the parts before the colon that the ids have; `None` for any.
    fn prefixes(self) -> Option<Vec<&'static str>> {
        let is_wanted: fn(Kind) -> bool = match self {
            Self::Anything => return None,
            Self::Report => |kind| kind == Kind::Document,
            Self::Record => |kind| kind != Kind::Document,
            Self::Story => |kind| kind == Kind::Story,
        };
        Some(Kind::ALL.into_iter().filter(|kind| is_wanted(*kind)).filter_map(Kind::id_prefix).collect())
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Anything => "nothing",
            Self::Report => "no report",
            Self::Record => "no record",
            Self::Story => "no story",
        }
    }
}

/// A thing that an id may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The whole id.
    pub id: RecordId,
    /// The sort of thing: `report`, `statement`, `person` …
    pub kind: String,
    /// Some words of it: a headline, a passage, a name.
    pub words: String,
}

/// An id that means nothing, or more than one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearId {
    /// The id that was typed, without marks around it.
    pub typed: String,
    /// The sort of thing that was wanted.
    pub wanted: Wanted,
    /// The things that the id may mean; empty if it means nothing.
    pub candidates: Vec<Candidate>,
    /// True if the id may mean further things, which are not listed.
    pub more: bool,
}

impl UnclearId {
    pub(crate) fn nothing(typed: &str) -> Self {
        Self { typed: typed.to_owned(), wanted: Wanted::Anything, candidates: Vec::new(), more: false }
    }
}

/// The most candidates that are listed.
const LISTED: usize = 20;
/// The most letters of a candidate's words that are shown.
const LETTERS: usize = 70;

impl fmt::Display for UnclearId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.candidates.is_empty() {
            return write!(out, "{} has an id that is or starts with {}", self.wanted.name(), self.typed);
        }
        write!(out, "several ids start with {}:", self.typed)?;
        for it in &self.candidates {
            write!(out, "\n  {}  {}: {}", it.id, it.kind, it.words)?;
        }
        if self.more { write!(out, "\n  and more: type more of the id") } else { Ok(()) }
    }
}

impl std::error::Error for UnclearId {}

impl Corpus {
    /// Returns the id that `typed` means: `typed` itself, the id that has it after its kind, or the only id of the
    /// `wanted` sort that starts with it. Actors without a name have the id of their report in theirs. They are meant
    /// only if nothing else is.
    ///
    /// # Errors
    /// [`Error::Id`] when it means nothing or several things, with what these are; or the file cannot be read.
    pub fn id(&self, typed: &str, wanted: Wanted) -> Result<RecordId> {
        let asked = bare(typed);
        if matches!(wanted, Wanted::Anything) && self.made(asked)?.is_some() {
            return Ok(asked.into());
        }
        let mut found = match wanted.prefixes() {
            Some(prefixes) => self.store().resolve_among(asked, &prefixes, LISTED + 1)?,
            None => self.store().resolve(asked, LISTED + 1)?,
        };
        if let [one] = found.as_slice() {
            return Ok(one.clone());
        }
        let more = found.len() > LISTED;
        found.truncate(LISTED);
        let candidates = found.iter().map(|id| self.candidate(id)).collect::<Result<_>>()?;
        Err(Error::Id(UnclearId { typed: asked.to_owned(), wanted, candidates, more }))
    }

    /// Returns the record that a correction made, not a report: the correction itself, or an actor split from another.
    pub(crate) fn made(&self, id: &str) -> Result<Option<Record>> {
        let stored = self.store().record(id)?.is_some();
        if stored || !id.contains(':') {
            return Ok(None);
        }
        Ok(corrections_in_force(self.store())?.into_iter().find_map(|it| match &it.change {
            Change::Split { into, name, .. } if into == id => {
                Some(Record::Actor(Actor { id: into.clone(), name: name.clone(), ..Actor::default() }))
            }
            _ if it.id == id => Some(Record::Correction(it)),
            _ => None,
        }))
    }

    fn candidate(&self, id: &RecordId) -> Result<Candidate> {
        let kind = id.split_once(':').map_or("", |(kind, _)| kind);
        let words = match self.store().record(id)? {
            Some(record) => words(&record),
            None => String::new(),
        };
        Ok(Candidate {
            id: id.clone(),
            kind: if kind == "doc" { "report" } else { kind }.to_owned(),
            words: shorten(&words, LETTERS),
        })
    }
}

/// Returns `typed` without the marks that surround an id where it was printed.
fn bare(typed: &str) -> &str {
    typed.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '[' | ']' | '`' | '"' | '\'' | ',')
    })
}

fn words(record: &Record) -> String {
    match record {
        Record::Document(it) => {
            let title = it.title.clone().or_else(|| it.path.clone()).or_else(|| it.url.clone());
            [it.outlet.clone(), title].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Record::Statement(it) => it.content_text.clone(),
        Record::Actor(it) => it.name.clone(),
        Record::Agreement(it) => it.name.clone(),
        Record::Position(it) => it.issue.clone(),
        Record::Quote(it) => it.best.clone(),
        Record::Happening(it) => it.title.clone(),
        Record::Story(it) => it.title.clone(),
        _ => record.evidence().map(|it| it.text.clone()).unwrap_or_default(),
    }
}
