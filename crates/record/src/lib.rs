//! The record: what Readout keeps of the reports it has read.
//!
//! Every kind of record is a plain struct whose field names are the names of the export form, so that these
//! definitions *are* its documentation: [`Document`], [`Actor`], [`Statement`], [`Event`], [`Meeting`],
//! [`Incident`], [`Condition`], [`Commitment`], [`Agreement`], [`Position`], [`Quote`], [`Happening`], [`Story`],
//! [`Correction`].
//! What is told of one report carries [`Evidence`]: exact spans of that report's stored text. [`wire`] writes and
//! reads the JSON Lines form, the same bytes for the same records.
//!
//! Unknown stays unknown: an empty list or `None`, never a guess.

mod correction;
mod document;
mod event;
mod evidence;
pub mod ids;
mod issue;
mod linked;
mod note;
mod statement;
mod time;
pub mod wire;

pub use correction::{Change, Correction, Target};
pub use document::{CopyOf, Document, DocumentFields, DropReason, Dropped, PublishedFrom, Version};
pub use event::{
    Commitment, Condition, Deadline, Event, Factuality, Incident, Meeting, MeetingFormat, Part, Tone,
};
pub use evidence::Evidence;
pub use ids::{ActorId, DocumentId, RecordId};
pub use issue::issue_key;
pub use linked::{
    Actor, ActorKind, Agreement, AgreementStatus, Disagreement, DisagreementValue, Episode, EvidenceSpan,
    Happening, Mention, Position, Quote, Role, Stance, StatusStep, Story, WordDifference,
};
pub use note::Note;
pub use statement::{Mode, Statement};
pub use time::{Anchor, Grain, MONTHS, Time};

use serde::{Deserialize, Serialize};

/// Any one record. The order of the kinds is the order of the export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Record {
    /// A report as it was read.
    Document(Document),
    /// Who or what is spoken of.
    Actor(Actor),
    /// Who said what.
    Statement(Statement),
    /// Who did what to whom.
    Event(Event),
    /// Who met whom.
    Meeting(Meeting),
    /// Violence or disaster.
    Incident(Incident),
    /// If this, then that.
    Condition(Condition),
    /// Who is to do what.
    Commitment(Commitment),
    /// A named or described instrument.
    Agreement(Agreement),
    /// An actor's stance on an issue.
    Position(Position),
    /// One utterance in all its wordings.
    Quote(Quote),
    /// One event as several outlets report it.
    Happening(Happening),
    /// What belongs together over reports and time.
    Story(Story),
    /// What a person set right.
    Correction(Correction),
}

impl Record {
    /// The record's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Document(it) => &it.id,
            Self::Actor(it) => &it.id,
            Self::Statement(it) => &it.evidence.id,
            Self::Event(it) => &it.evidence.id,
            Self::Meeting(it) => &it.evidence.id,
            Self::Incident(it) => &it.evidence.id,
            Self::Condition(it) => &it.evidence.id,
            Self::Commitment(it) => &it.evidence.id,
            Self::Agreement(it) => &it.id,
            Self::Position(it) => &it.id,
            Self::Quote(it) => &it.id,
            Self::Happening(it) => &it.id,
            Self::Story(it) => &it.id,
            Self::Correction(it) => &it.id,
        }
    }

    /// The kind's name as the export spells it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Actor(_) => "actor",
            Self::Statement(_) => "statement",
            Self::Event(_) => "event",
            Self::Meeting(_) => "meeting",
            Self::Incident(_) => "incident",
            Self::Condition(_) => "condition",
            Self::Commitment(_) => "commitment",
            Self::Agreement(_) => "agreement",
            Self::Position(_) => "position",
            Self::Quote(_) => "quote",
            Self::Happening(_) => "happening",
            Self::Story(_) => "story",
            Self::Correction(_) => "correction",
        }
    }

    /// The place of the record's kind in the export.
    pub fn rank(&self) -> usize {
        wire::KINDS.iter().position(|kind| *kind == self.kind()).unwrap_or(wire::KINDS.len())
    }

    /// The passage that supports a record of one report; `None` for documents and for what is linked across reports.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Statement(it) => Some(&it.evidence),
            Self::Event(it) => Some(&it.evidence),
            Self::Meeting(it) => Some(&it.evidence),
            Self::Incident(it) => Some(&it.evidence),
            Self::Condition(it) => Some(&it.evidence),
            Self::Commitment(it) => Some(&it.evidence),
            _ => None,
        }
    }
}

/// All that was read out of one report, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentRecords {
    /// Every mention of an actor.
    pub mentions: Vec<Mention>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Who met whom.
    pub meetings: Vec<Meeting>,
    /// Violence and disaster.
    pub incidents: Vec<Incident>,
    /// If this, then that.
    pub conditions: Vec<Condition>,
    /// Who is to do what.
    pub commitments: Vec<Commitment>,
    /// Instruments as this report alone tells of them; linking merges them.
    pub agreements: Vec<Agreement>,
    /// Stances as this report alone tells of them; linking merges them.
    pub positions: Vec<Position>,
}

impl DocumentRecords {
    /// Puts a record of the report in its place; one of other kinds is left out.
    pub fn push(&mut self, record: Record) {
        match record {
            Record::Statement(it) => self.statements.push(it),
            Record::Event(it) => self.events.push(it),
            Record::Meeting(it) => self.meetings.push(it),
            Record::Incident(it) => self.incidents.push(it),
            Record::Condition(it) => self.conditions.push(it),
            Record::Commitment(it) => self.commitments.push(it),
            Record::Agreement(it) => self.agreements.push(it),
            Record::Position(it) => self.positions.push(it),
            Record::Document(_)
            | Record::Actor(_)
            | Record::Quote(_)
            | Record::Happening(_)
            | Record::Story(_)
            | Record::Correction(_) => {}
        }
    }
    /// Shows `look` the id of each record that leaves the program, with one list after the other of the actors that it
    /// names.
    pub fn actor_lists(&mut self, mut look: impl FnMut(&str, &mut Vec<ActorId>)) {
        for it in &mut self.statements {
            for list in [&mut it.speaker, &mut it.addressee, &mut it.via] {
                look(&it.evidence.id, list);
            }
        }
        for it in &mut self.events {
            for list in [&mut it.actor, &mut it.recipient] {
                look(&it.evidence.id, list);
            }
        }
        for it in &mut self.meetings {
            for list in [&mut it.participants, &mut it.recipient] {
                look(&it.evidence.id, list);
            }
        }
        for it in &mut self.incidents {
            for list in
                [&mut it.actor, &mut it.recipient, &mut it.claimed_by, &mut it.blamed_on, &mut it.denied_by]
            {
                look(&it.evidence.id, list);
            }
        }
        for it in &mut self.conditions {
            for list in [&mut it.by, &mut it.to, &mut it.premise.actor, &mut it.consequence.actor] {
                look(&it.evidence.id, list);
            }
        }
        for it in &mut self.commitments {
            for list in [&mut it.debtor, &mut it.creditor] {
                look(&it.evidence.id, list);
            }
        }
    }
}
