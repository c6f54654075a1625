//! The log in words: what was done to the file, when, by whom and why.

use std::collections::BTreeSet;

use readout_record::{ActorId, Change, Record, RecordId};
use readout_store::{Listed, LoggedOperation, Page};
use readout_views::words::count;
use readout_views::{ChangeNames, Names, actors_of_change, change_in_words, line};
use serde_json::Value;

use crate::signing::Signature;
use crate::{Corpus, Result};

/// Paths of a reading that are named.
const PATHS: usize = 3;

/// The longest line on a record that a correction names, in code points.
const LINE: usize = 100;

/// An entry of the log as people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LogRow {
    /// The number, from 1.
    pub number: u64,
    /// `read`, `link`, `correct` …
    pub kind: String,
    /// What was done, in words.
    pub told: String,
    /// The record or actor that a correction is of.
    pub about: Option<RecordId>,
    /// The program's version.
    pub version: String,
    /// Who did it, when and why, as far as the log has it.
    #[serde(flatten)]
    pub signature: Signature,
}

impl Corpus {
    /// Returns a page of the log in words, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn log(&self, page: &Page) -> Result<Listed<LogRow>> {
        let Listed { rows, total, next } = self.operations(page)?;
        let changes: Vec<Change> = rows.iter().filter_map(change).collect();
        let names = self.names_in(&changes)?;
        Ok(Listed { rows: rows.into_iter().map(|it| row(it, &names)).collect(), total, next })
    }

    /// Returns corrections in words, in their order: records by a line on each, actors by their names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told(&self, changes: &[Change]) -> Result<Vec<String>> {
        let names = self.names_in(changes)?;
        Ok(changes.iter().map(|it| change_in_words(it, &names)).collect())
    }

    /// Returns the words for what corrections name, as it was read and linked.
    pub(crate) fn names_in(&self, changes: &[Change]) -> Result<ChangeNames> {
        let mut actors: BTreeSet<ActorId> = changes.iter().flat_map(actors_of_change).collect();
        let mut records = Vec::new();
        let targets: BTreeSet<RecordId> = changes.iter().flat_map(ids_in).collect();
        for id in targets {
            let Some(record) = self.record(&id)? else { continue };
            record.as_ref().each_side(&mut |_, ids| actors.extend(ids.iter().cloned()));
            if let Record::Position(it) = &record {
                actors.insert(it.actor.clone());
            }
            records.push(record);
        }
        let mut known = Vec::new();
        for id in actors {
            if let Some(Record::Actor(actor)) = self.store().record(&id)? {
                known.push(actor);
            }
        }
        let names = Names::new(&known, []);
        let line = |it: Record| (RecordId::from(it.id()), line(it.as_ref(), &names, LINE));
        let records = records.into_iter().map(line).collect();
        Ok(ChangeNames { actors: known.into_iter().map(|it| (it.id, it.name)).collect(), records })
    }
}

/// Returns the correction that an entry makes.
fn change(it: &LoggedOperation) -> Option<Change> {
    serde_json::from_value(it.detail.clone()).ok().filter(|_| it.kind == "correct")
}

/// Returns the ids of the records and reports that a correction names.
fn ids_in(change: &Change) -> Vec<RecordId> {
    match change {
        Change::Split { documents, .. } => documents.iter().map(RecordId::from).collect(),
        Change::Document { document, .. } => vec![document.into()],
        Change::Add { records } => {
            records.iter().filter_map(|it| it.evidence()).map(|it| (&it.doc).into()).collect()
        }
        _ => change.target().map(|it| it.id.clone()).into_iter().collect(),
    }
}

/// Returns what a correction is of.
pub(crate) fn about(change: &Change) -> Option<RecordId> {
    match change {
        Change::Merge { into, .. } | Change::Split { into, .. } => Some(into.into()),
        Change::Document { document, .. } => Some(document.into()),
        Change::Add { records } => records.first().map(|it| it.id().into()),
        Change::NameIssue { .. } => None,
        _ => change.target().map(|it| it.id.clone()),
    }
}

fn row(it: LoggedOperation, names: &ChangeNames) -> LogRow {
    let texts = |name: &str| -> Vec<String> {
        let several = it.detail[name].as_array().into_iter().flatten();
        several.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let made = change(&it);
    let told = match it.kind.as_str() {
        "read" => {
            let paths = texts("paths");
            let more = paths.len().saturating_sub(PATHS);
            let named = paths.iter().take(PATHS).cloned().collect::<Vec<_>>().join(", ");
            if more == 0 { format!("read {named}") } else { format!("read {named} and {more} more") }
        }
        "link" => "linked what reports share".to_owned(),
        "correct" => match &made {
            Some(change) => change_in_words(change, names),
            None => "a correction of another version of Readout".to_owned(),
        },
        "undo" => format!("took back number {}", it.detail["operation"]),
        "forget" => {
            format!("took out {}: {}", count(texts("reports").len(), "report"), texts("reports").join(", "))
        }
        "remember" => format!("{} may be read again", it.detail["report"].as_str().unwrap_or_default()),
        "merge" => format!("took in the reports of {}", it.detail["from"].as_str().unwrap_or_default()),
        "import" => format!("took in what {} holds", it.detail["from"].as_str().unwrap_or_default()),
        other => other.to_owned(),
    };
    LogRow {
        number: it.number,
        about: made.as_ref().and_then(about),
        signature: Signature::of(&it.detail),
        kind: it.kind,
        told,
        version: it.version,
    }
}
