//! Ids that mean nothing, or more than one thing, and what an id should mean.

use std::fmt;

use readout_record::{Kind, RecordId};

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
    pub(crate) fn prefixes(self) -> Option<Vec<&'static str>> {
        let is_wanted: fn(Kind) -> bool = match self {
            Self::Anything => return None,
            Self::Report => |kind| kind == Kind::Document,
            Self::Record => |kind| kind != Kind::Document,
            Self::Story => |kind| kind == Kind::Story,
        };
        Some(Kind::ALL.into_iter().filter(|kind| is_wanted(*kind)).filter_map(Kind::id_prefix).collect())
    }

    pub(crate) const fn name(self) -> &'static str {
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
