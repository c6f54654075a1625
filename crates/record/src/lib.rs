//! The record: what Readout keeps of the reports it has read.
//!
//! Every kind of record is a plain struct whose field names are the names of the export form, so that these
//! definitions *are* its documentation: [`Document`], [`Actor`], [`Statement`], [`Event`], [`Meeting`],
//! [`Incident`], [`Condition`], [`Commitment`], [`Agreement`], [`Position`], [`Quote`], [`Happening`], [`Story`],
//! [`Correction`].
//! Every record of one report carries [`Evidence`]: exact spans of that report's stored text. [`wire`] writes and
//! reads the JSON Lines form, the same bytes for the same records.
//!
//! Unknown stays unknown: an empty list or `None`, never a guess.

mod bounds;
pub mod calendar;
pub mod correction;
mod document;
mod event;
mod evidence;
mod fields;
pub mod ids;
mod issue;
mod kinds;
mod linked;
mod note;
pub mod plover;
mod sides;
mod statement;
mod target;
mod time;
mod values;
pub mod wire;

pub use bounds::Bounds;
pub use correction::Target;
pub use document::{CopyOf, Document, DocumentFields, Dropped, PassageTime, PublishedFrom, Version};
pub use event::*;
pub use evidence::Evidence;
pub use fields::{Field, FieldShape};
pub use ids::{ActorId, DocumentId, RecordId};
pub use issue::issue_key;
pub use kinds::{Change, Correction, DocumentRecords, Kind, Record, RecordRef};
pub use linked::{
    Actor, Agreement, Disagreement, DisagreementValue, Episode, EvidenceSpan, Happening, Mention, Position,
    Quote, Role, StatusStep, Story, WordDifference,
};
pub use note::Note;
pub use plover::{PloverCode, Sector, UnknownCode};
pub use sides::Side;
pub use statement::Statement;
pub use time::{Anchor, MONTHS, Time};
pub use values::{
    ActorKind, AgreementStatus, Confidence, DropReason, Factuality, Grain, MeetingFormat, Mode, Stance, Tone,
};
