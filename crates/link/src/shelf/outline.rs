//! The parts of a report that stories compare: its day, its headline, the words of headline and opening, and what its
//! records say. Small enough that a thousand are read in no time.

use std::collections::BTreeSet;

use readout_record::{ActorId, DocumentId, PloverCode};
use serde::{Deserialize, Serialize};

/// The separator between words. No word contains it, or a space.
pub(crate) const BETWEEN_WORDS: char = '|';

/// One report as stories compare it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub(crate) id: DocumentId,
    /// Day of publication, counted from 1970.
    pub(crate) day: Option<i32>,
    /// The headline; empty if there is none.
    pub(crate) title: String,
    /// The first line of the text.
    pub(crate) line: String,
    /// See [`Outline::words`]; one string, since a pool reads half a million of them.
    pub(crate) words: String,
    /// See [`Outline::names`].
    pub(crate) names: String,
    pub(crate) facts: Facts,
    /// The outlet; the id of the document if it is unknown.
    pub(crate) outlet: String,
    /// The days that the report is about, counted from 1970, and how much it is.
    pub(crate) about: Vec<(i32, f64)>,
}

/// A word of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Word<'o> {
    pub(crate) stem: &'o str,
    /// The spelling that the report mostly uses.
    pub(crate) spelling: &'o str,
    /// The number of times that the report has the word. Those in the headline count more.
    pub(crate) count: f64,
}

impl Outline {
    /// Returns the words, each once, by their stems.
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        self.words.split(BETWEEN_WORDS).filter_map(|word| {
            let mut parts = word.split(' ');
            let (stem, spelling, count) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Word { stem, spelling, count: count.parse().ok()? })
        })
    }

    /// Returns the full names of several words that the report has, those that come first in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.split(BETWEEN_WORDS).filter(|name| !name.is_empty())
    }
}

/// A meeting of the same people, in all that one report says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Gathering {
    pub(crate) places: BTreeSet<String>,
    pub(crate) occasions: BTreeSet<String>,
    pub(crate) weekdays: BTreeSet<usize>,
}

/// The features of one report that are compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) meetings: Vec<(BTreeSet<ActorId>, Gathering)>,
    /// Kind, actor and recipient.
    pub(crate) incidents: BTreeSet<(PloverCode, ActorId, ActorId)>,
    /// Runs of content words in quotations.
    pub(crate) quoted: BTreeSet<u64>,
    /// Month and day.
    pub(crate) dates: BTreeSet<(usize, u8)>,
    pub(crate) actors: BTreeSet<ActorId>,
}
