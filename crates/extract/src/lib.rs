//! Annotations in, the records of one document out.
//!
//! [`extract`] is a pure function: no I/O, no clock, no look at another document. Every record carries the passage
//! that supports it and the rule that made it; [`explain`] says of every verb what came of it, and why nothing did.

#![deny(clippy::indexing_slicing, clippy::string_slice)]

pub mod actors;
mod agreements;
mod commitments;
mod conditions;
mod events;
mod factuality;
mod happenings;
mod homes;
mod incidents;
mod meetings;
mod occasions;
mod positions;
mod premises;
mod reading;
mod setting;
mod sides;
mod speakers;
mod statements;
mod table;
mod unmentioned;

pub use events::{Decision, Explanation, Outcome, Predicate, PredicateKind, Reason, coverage, explain};
use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords};

/// Reads the records out of an annotated document.
pub fn extract(document: &Document, annotations: &Annotations, knowledge: &Knowledge) -> DocumentRecords {
    let mut records =
        DocumentRecords { mentions: actors::extract(document, annotations), ..DocumentRecords::default() };
    statements::read(document, annotations, knowledge, &mut records);
    happenings::read(document, annotations, knowledge, &mut records);
    unmentioned::add(document, knowledge, &mut records);
    records
}
