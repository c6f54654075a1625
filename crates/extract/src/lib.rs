//! Annotations in, the records of one document out.
//!
//! [`extract`] is a pure function: no I/O, no clock, no look at another document. Every record carries the passage
//! that supports it and the rule that made it.

use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords};

/// Reads the records out of an annotated document.
pub fn extract(_document: &Document, _annotations: &Annotations, _knowledge: &Knowledge) -> DocumentRecords {
    DocumentRecords::default()
}
