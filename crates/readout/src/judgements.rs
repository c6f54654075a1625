//! The corrections in force that concern one record.

use readout_record::{Change, Record, RecordId, issue_key};
use readout_store::Scope;
use readout_views::judgement_in_words;
use serde::Serialize;

use crate::signing::Signature;
use crate::{Corpus, LoggedCorrection, Result};

/// A correction in force, as it concerns one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The number in the log, which [`Corpus::undo`] takes.
    pub operation: u64,
    /// What the person said of the record, in words that follow its name: `rejected`, `stance set to for`.
    pub told: String,
    /// True if the record is left out wherever it stands.
    pub rejected: bool,
    /// Who made the correction, when and why.
    #[serde(flatten)]
    pub signature: Signature,
}

impl Corpus {
    /// Returns the corrections in force that concern the record, report or link `id`, oldest first. `id` is its full id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn judgements(&self, id: &str) -> Result<Vec<Judgement>> {
        let in_force: Vec<LoggedCorrection> =
            self.corrections()?.into_iter().filter(|it| it.in_force).collect();
        if in_force.is_empty() {
            return Ok(Vec::new());
        }
        let Some(record) = self.record(id)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for it in in_force {
            if self.concerns(&it.change, &record)? {
                found.push(it);
            }
        }
        let changes: Vec<Change> = found.iter().map(|it| it.change.clone()).collect();
        let names = self.names_in(&changes)?;
        let judgement = |it: LoggedCorrection| Judgement {
            operation: it.operation,
            told: judgement_in_words(&it.change, &names),
            rejected: matches!(it.change, Change::Reject { .. }),
            signature: it.signature,
        };
        Ok(found.into_iter().map(judgement).collect())
    }

    /// Whether `change` is of `record`, as it was read.
    fn concerns(&self, change: &Change, record: &Record) -> Result<bool> {
        Ok(match change {
            Change::Document { document, .. } => {
                document == record.id()
                    || self.store().successor(document)?.is_some_and(|it| it == record.id())
            }
            Change::NameIssue { issue, .. } => {
                matches!(record, Record::Position(it) if issue_key(&it.issue) == issue_key(issue))
            }
            Change::Add { records } => records.iter().any(|it| it.id() == record.id()),
            Change::Merge { into, .. } => into == record.id(),
            Change::Split { actor, into, .. } => actor == record.id() || into == record.id(),
            _ => match change.target() {
                Some(target) if target.id == record.id() => true,
                Some(target) if target.kind == record.kind().as_str() => {
                    self.became(change, &target.id, record)?
                }
                _ => false,
            },
        })
    }

    /// Whether `record` is what reading or linking has since made of the record `target` of `change`.
    fn became(&self, change: &Change, target: &RecordId, record: &Record) -> Result<bool> {
        if self.record(target)?.is_some() {
            return Ok(false);
        }
        let correction = readout_record::Correction { change: change.clone(), ..Default::default() };
        let moved = self.moved(vec![correction])?;
        let Some(target) = moved.first().and_then(|it| it.change.target()) else { return Ok(false) };
        let scope = match record.evidence() {
            Some(evidence) if evidence.doc == target.doc => Scope::Documents(vec![evidence.doc.clone()]),
            None if target.doc.is_empty() => Scope::Link(record.id().into()),
            _ => return Ok(false),
        };
        Ok(self.joined(&scope)?.find(target).is_some_and(|it| it == record.id()))
    }
}
