//! Passages of reports as rows cite them.

use readout_record::{ActorId, Document, DocumentId, Evidence, RecordId};
use readout_text::{ByteSpan, CharSpan, Offsets, paragraphs};
use serde::Serialize;

/// A passage that supports a row, with its place. The fields of a row's first passage are the row's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// The record's id. For a row on a linked record whose passage is no record of its own, the linked record's id.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
    /// The spans of the passage in the report's text, in code points.
    pub spans: Vec<CharSpan>,
    /// The text of the passage.
    pub text: String,
    /// The number of the paragraph in which the passage starts, from 1.
    pub paragraph: usize,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// The date of the report's publication.
    pub published: Option<String>,
}

/// An actor: the id with the name that people read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorName {
    /// The id.
    pub id: ActorId,
    /// The fullest name, or a substitute for it.
    pub name: String,
}

impl Citation {
    /// Returns the citation of the passage that supports a record of `document`.
    pub fn of(evidence: &Evidence, document: &Document) -> Self {
        let start = evidence.spans.first().map_or(0, |span| span.start);
        let ends = paragraph_ends(&document.text, &Offsets::new(&document.text));
        Self {
            id: evidence.id.clone(),
            doc: evidence.doc.clone(),
            spans: evidence.spans.clone(),
            text: evidence.text.clone(),
            paragraph: paragraph_at(&ends, start),
            outlet: document.outlet.clone(),
            published: document.published.clone(),
        }
    }

    /// Returns the citation of `span` (bytes) of `document`. Its id is the document's.
    pub fn of_span(document: &Document, span: ByteSpan) -> Self {
        let offsets = Offsets::new(&document.text);
        let chars = offsets.to_chars(span);
        Self {
            id: RecordId::from(&document.id),
            doc: document.id.clone(),
            spans: vec![chars],
            text: span.slice(&document.text).to_owned(),
            paragraph: paragraph_at(&paragraph_ends(&document.text, &offsets), chars.start),
            outlet: document.outlet.clone(),
            published: document.published.clone(),
        }
    }
}

/// Returns the ends of the paragraphs of `text`, in code points.
pub(crate) fn paragraph_ends(text: &str, offsets: &Offsets<'_>) -> Vec<u32> {
    paragraphs(text).into_iter().map(|span| offsets.to_chars(span).end).collect()
}

/// Returns the number, from 1, of the paragraph that has the code point `at`, given the paragraphs' `ends`. What is past
/// the last one belongs to the last one.
pub(crate) fn paragraph_at(ends: &[u32], at: u32) -> usize {
    (ends.partition_point(|&end| end <= at) + 1).min(ends.len().max(1))
}
