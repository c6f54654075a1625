//! The way from a record to the target of a correction.

use crate::{Record, RecordId, Target};

impl Target {
    /// Returns the target that finds `record` again.
    pub fn of(record: &Record) -> Self {
        let mut target = Self { id: record.id().into(), kind: record.kind().to_string(), ..Self::default() };
        if let Some(evidence) = record.evidence() {
            target.doc.clone_from(&evidence.doc);
            target.spans.clone_from(&evidence.spans);
            target.text.clone_from(&evidence.text);
        }
        target.members = match record {
            Record::Agreement(it) => it.evidence.iter().map(|passage| RecordId::from(&passage.doc)).collect(),
            Record::Position(it) => it.evidence.clone(),
            Record::Quote(it) => it.members.clone(),
            Record::Happening(it) => it.members.clone(),
            Record::Story(it) => it.documents.iter().map(RecordId::from).collect(),
            _ => Vec::new(),
        };
        target.members.sort();
        target.members.dedup();
        target
    }
}
