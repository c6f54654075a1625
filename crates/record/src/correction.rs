//! Corrections of the records by people, generic over the record that a correction may add.

use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::{ActorId, DocumentId, RecordId};

/// A person's correction of the records.
///
/// The records that reading and linking found stay as they are. Corrections are applied to them, in their order,
/// whenever records are given out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction<R> {
    /// The id, made from the change and the correction's place among the corrections.
    pub id: RecordId,
    /// The correction's place among the corrections in force, from 1.
    pub order: u32,
    /// The change that the correction makes.
    #[serde(flatten)]
    pub change: Change<R>,
}

/// A change that a correction makes. `R` is the record of any kind, which itself may be a correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change<R> {
    /// Two actors are one.
    Merge {
        /// The actor that is merged into the other and disappears.
        actor: ActorId,
        /// The actor that remains.
        into: ActorId,
    },
    /// The mentions of an actor in some reports are of another actor.
    Split {
        /// The actor for which the other was mistaken.
        actor: ActorId,
        /// The other actor's id; a new one if there is no such actor yet.
        into: ActorId,
        /// The other actor's name.
        name: String,
        /// The reports in which the other actor is meant.
        documents: Vec<DocumentId>,
    },
    /// A statement has another speaker.
    Speaker {
        /// The statement.
        target: Target,
        /// The right speakers; empty if nobody can be named.
        speaker: Vec<ActorId>,
    },
    /// A record is wrong: the reports do not say this.
    Reject {
        /// The record to be left out.
        target: Target,
    },
    /// A field of a record has another value.
    Set {
        /// The record.
        target: Target,
        /// The field's name in the export, see [`Kind::fields`](crate::Kind::fields).
        field: String,
        /// The right value, in its form in the export.
        value: serde_json::Value,
    },
    /// A record is right as it was read.
    Confirm {
        /// The record.
        target: Target,
    },
    /// A report says something that was not read.
    Add {
        /// The records that rest on the passage: one of the report, a position or agreement that rests on that one, and
        /// an actor whom no report was found to name.
        records: Vec<R>,
    },
    /// A report has another date, outlet or title. What is `None` stays as it was read.
    Document {
        /// The report.
        document: DocumentId,
        /// The date, or date and time, of publication.
        published: Option<String>,
        /// The outlet's name.
        outlet: Option<String>,
        /// The headline.
        title: Option<String>,
    },
    /// An issue goes by another name.
    NameIssue {
        /// The issue's name in the records; upper and lower case are the same.
        issue: String,
        /// The new name.
        name: String,
    },
}

impl<R> Default for Correction<R> {
    fn default() -> Self {
        Self { id: RecordId::default(), order: 0, change: Change::default() }
    }
}

impl<R> Default for Change<R> {
    fn default() -> Self {
        Self::NameIssue { issue: String::new(), name: String::new() }
    }
}

impl<R> Change<R> {
    /// Returns the record that the change is about, if it is about one.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Speaker { target, .. }
            | Self::Reject { target }
            | Self::Set { target, .. }
            | Self::Confirm { target } => Some(target),
            Self::Merge { .. }
            | Self::Split { .. }
            | Self::Add { .. }
            | Self::Document { .. }
            | Self::NameIssue { .. } => None,
        }
    }

    /// Returns [`Change::target`], to be changed.
    pub const fn target_mut(&mut self) -> Option<&mut Target> {
        match self {
            Self::Speaker { target, .. }
            | Self::Reject { target }
            | Self::Set { target, .. }
            | Self::Confirm { target } => Some(target),
            _ => None,
        }
    }
}

/// A reference to a record that is still valid after a change of the record's id.
///
/// The passage or the members find the record again when reading or linking gives it another id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The record's id when it was corrected.
    pub id: RecordId,
    /// The record's kind.
    pub kind: String,
    /// The report; empty for a record that is linked over reports.
    pub doc: DocumentId,
    /// The spans of the passage in the report, in code points.
    pub spans: Vec<CharSpan>,
    /// The text of the passage.
    pub text: String,
    /// The records or reports that a linked record is made of.
    pub members: Vec<RecordId>,
}
