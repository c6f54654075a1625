use readout_text::{ByteSpan, CharSpan, Offsets};
use serde::{Deserialize, Serialize};

use crate::ids::{DocumentId, RecordId};

/// What every record of one report has: its id and the passage that supports it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The record's id, from its document, kind and spans.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
    /// Where in the report's text, in code points, in order.
    pub spans: Vec<CharSpan>,
    /// Those spans' text, joined by ` … `.
    pub text: String,
    /// How sure the reading is, 0 to 1.
    pub certainty: f64,
    /// The rule that fired.
    pub rule: String,
}

impl Evidence {
    /// Evidence for a record of `kind` in the document `doc` with the text under `offsets`, at `spans` (bytes).
    ///
    /// `part` tells apart records of one kind with the same spans; mostly empty.
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
            rule: String::new(),
        }
    }

    /// The same, with the certainty (0 to 1) and the rule that fired.
    pub fn by_rule(mut self, rule: &str, certainty: f64) -> Self {
        self.rule = rule.to_owned();
        self.certainty = certainty;
        self
    }
}

/// The passages at `spans` (bytes) of `text`, joined by ` … `.
pub(crate) fn join(text: &str, spans: &[ByteSpan]) -> String {
    let parts: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    parts.join(" … ")
}
