use readout_text::{ByteSpan, CharSpan, Offsets};
use serde::{Deserialize, Serialize};

use crate::ids::{DocumentId, RecordId};
use crate::values::Confidence;

/// The id of a record of one report, and the passage that supports the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The record's id, from its document, kind and spans.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
    /// The spans of the passage in the report's text, in code points, in order.
    pub spans: Vec<CharSpan>,
    /// The text of the spans, joined by ` … `.
    pub text: String,
    /// The certainty of the reading, 0 to 1.
    pub certainty: f64,
    /// The agreement of a second reader on the record; `None` where one reader alone read the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The rule that found the record.
    pub rule: String,
}

impl Evidence {
    /// Returns evidence at `spans` (bytes) of `text` for a record of `kind` in the document `doc`.
    ///
    /// `part` distinguishes records of one kind with the same spans; it is mostly empty.
    pub fn new(
        doc: &DocumentId,
        kind: &str,
        part: &str,
        text: &str,
        offsets: &Offsets<'_>,
        spans: &[ByteSpan],
    ) -> Self {
        let chars: Vec<CharSpan> = spans.iter().map(|span| offsets.to_chars(*span)).collect();
        Self {
            id: crate::ids::record_id(doc, kind, part, &chars),
            doc: doc.clone(),
            text: join(text, spans),
            spans: chars,
            certainty: 1.0,
            confidence: None,
            rule: String::new(),
        }
    }

    /// Returns the evidence with the certainty (0 to 1) and the rule that found the record.
    pub fn by_rule(mut self, rule: &str, certainty: f64) -> Self {
        self.rule = rule.to_owned();
        self.certainty = certainty;
        self
    }
}

/// Returns the passages at `spans` (bytes) of `text`, joined by ` … `.
pub(crate) fn join(text: &str, spans: &[ByteSpan]) -> String {
    let parts: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    parts.join(" … ")
}
