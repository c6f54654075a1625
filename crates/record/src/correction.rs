use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::{ActorId, DocumentId, RecordId};

/// What a person set right. The records that reading and linking found stay as they are; corrections are laid over
/// them, in their order, whenever records are given out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// From what it changes and its place among the corrections.
    pub id: RecordId,
    /// Its place among the corrections in force, from 1.
    pub order: u32,
    /// What it changes.
    #[serde(flatten)]
    pub change: Change,
}

/// What a correction changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Two actors are one.
    Merge {
        /// Who is no actor of their own.
        actor: ActorId,
        /// Who they are.
        into: ActorId,
    },
    /// In some reports an actor is another.
    Split {
        /// Who they were taken for.
        actor: ActorId,
        /// The other's id; a new one if there is no such actor yet.
        into: ActorId,
        /// The other's name.
        name: String,
        /// The reports.
        documents: Vec<DocumentId>,
    },
    /// Somebody else said it.
    Speaker {
        /// The statement.
        target: Target,
        /// Who said it; empty if nobody can be named.
        speaker: Vec<ActorId>,
    },
    /// The reports do not say this.
    Reject {
        /// The record.
        target: Target,
    },
    /// An issue goes by another name.
    NameIssue {
        /// Its name as the records have it; upper and lower case are the same.
        issue: String,
        /// What it is to be called.
        name: String,
    },
}

impl Default for Change {
    fn default() -> Self {
        Self::NameIssue { issue: String::new(), name: String::new() }
    }
}

impl Change {
    /// The record that it is about, if it is about one.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Speaker { target, .. } | Self::Reject { target } => Some(target),
            Self::Merge { .. } | Self::Split { .. } | Self::NameIssue { .. } => None,
        }
    }
}

/// A record, with what finds it again when reading or linking gives it another id: its passage, or its members.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The record's id when it was corrected.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// The report; empty for what is linked over reports.
    pub doc: DocumentId,
    /// Where in the report, in code points.
    pub spans: Vec<CharSpan>,
    /// The words there.
    pub text: String,
    /// The records or reports that a linked record is made of.
    pub members: Vec<String>,
}

impl Target {
    /// What finds `record` again.
    pub fn of(record: &crate::Record) -> Self {
        use crate::Record;
        let mut target =
            Self { id: record.id().to_owned(), kind: record.kind().to_string(), ..Self::default() };
        if let Some(evidence) = record.evidence() {
            target.doc.clone_from(&evidence.doc);
            target.spans.clone_from(&evidence.spans);
            target.text.clone_from(&evidence.text);
        }
        target.members = match record {
            Record::Agreement(it) => it.evidence.iter().map(|passage| passage.doc.clone()).collect(),
            Record::Position(it) => it.evidence.clone(),
            Record::Quote(it) => it.members.clone(),
            Record::Happening(it) => it.members.clone(),
            Record::Story(it) => it.documents.clone(),
            _ => Vec::new(),
        };
        target.members.sort();
        target.members.dedup();
        target
    }
}
