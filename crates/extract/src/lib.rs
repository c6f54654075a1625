//! Annotations in, the records of one document out.
//!
//! [`extract`] is a pure function: no I/O, no clock, no look at another document. Every record carries the passage
//! that supports it and the rule that made it; [`explain`] says of every verb what came of it, and why nothing did.

#![deny(clippy::indexing_slicing, clippy::string_slice)]

mod acts;
mod clause;
mod confidence;
mod explain;
mod once;
mod pipeline;
mod records;
mod words;

pub use confidence::compare;
pub use explain::{
    Decision, Explanation, Fired, LexiconLine, Outcome, Predicate, PredicateKind, Reason, coverage, explain,
    fired_rules,
};
use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords};
use records::{mentions, statements, unmentioned};

/// Reads the records out of an annotated document.
pub fn extract(document: &Document, annotations: &Annotations, knowledge: &Knowledge) -> DocumentRecords {
    let mut records =
        DocumentRecords { mentions: mentions::read(document, annotations), ..DocumentRecords::default() };
    statements::read(document, annotations, knowledge, &mut records);
    pipeline::read(document, annotations, knowledge, &mut records);
    unmentioned::add(document, knowledge, &mut records);
    records
}
