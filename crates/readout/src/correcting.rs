//! Corrections: put into the log, taken back, and laid over what is given out.

use std::collections::BTreeSet;

use readout_record::{
    ActorId, Change, Correction, Document, DocumentId, DocumentRecords, Field, Kind, Record, RecordId,
    Target, ids,
};
use readout_store::{Filing, LoggedOperation, Operation, Store};
use readout_views::words::folded;
use readout_views::{Contents, find_actors};
use serde_json::{Value, json};

use crate::signing::Signature;
use crate::{Corpus, CorrectionError, Error, Result, VERSION, Wanted};

/// A correction as the log has it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct LoggedCorrection {
    /// The number in the log, which [`Corpus::undo`] takes.
    pub operation: u64,
    /// True if it is in force: not undone.
    pub in_force: bool,
    /// The change that it makes.
    pub change: Change,
    /// Who made it, when and why.
    #[serde(flatten)]
    pub signature: Signature,
}

impl LoggedCorrection {
    /// Returns the record, report or actor that the correction is of; `None` for an issue.
    pub fn about(&self) -> Option<RecordId> {
        crate::logbook::about(&self.change)
    }
}

/// The result of [`Corpus::apply`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Corrections that are in force now and were not before.
    pub applied: usize,
    /// Corrections that were in force already.
    pub known: usize,
    /// Corrections that fit nothing here, each with the reason.
    pub unfit: Vec<String>,
}

impl Corpus {
    /// Enters a correction in the log and returns its number, which [`Corpus::undo`] takes. From now on the correction
    /// is laid over all that is given out.
    ///
    /// # Errors
    /// When there is no such record or actor, when it would change nothing, or the file cannot be written.
    pub fn correct(&mut self, change: &Change) -> Result<u64> {
        self.correct_as(change, &Signature::default())
    }

    /// As [`Corpus::correct`], with the name of the person, the time and the reason.
    ///
    /// # Errors
    /// As [`Corpus::correct`].
    pub fn correct_as(&mut self, change: &Change, signature: &Signature) -> Result<u64> {
        let detail = signature.onto(serde_json::to_value(change)?);
        let mut operation = Operation::new("correct", VERSION, detail);
        self.store().log(&mut operation, || self.check(change, signature), || self.filings())
    }

    /// Makes the corrections of another file that are not in force here, in their order, with their signatures. One that
    /// fits nothing here is passed over.
    ///
    /// # Errors
    /// When the file cannot be written. What was corrected before stays.
    pub fn apply(&mut self, changes: impl Iterator<Item = (Change, Signature)>) -> Result<Applied> {
        let mut found = Applied::default();
        let mut known: Vec<(Change, Signature)> = self
            .corrections()?
            .into_iter()
            .filter(|it| it.in_force)
            .map(|it| (it.change, it.signature))
            .collect();
        for (change, signature) in changes {
            // The same judgement of two people is two entries.
            if known.iter().any(|(other, by)| *other == change && by.by == signature.by) {
                found.known += 1;
                continue;
            }
            match self.correct_as(&change, &signature) {
                Ok(_) => {
                    found.applied += 1;
                    known.push((change, signature));
                }
                Err(Error::Correction(reason)) => found.unfit.push(reason.to_string()),
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    /// Takes back the correction, or the taking back, with this number in the log.
    ///
    /// # Errors
    /// When there is none or it is not in force, or the file cannot be written.
    pub fn undo(&mut self, operation: u64) -> Result<u64> {
        self.undo_as(operation, &Signature::default())
    }

    /// As [`Corpus::undo`], with the name of the person, the time and the reason.
    ///
    /// # Errors
    /// As [`Corpus::undo`].
    pub fn undo_as(&mut self, operation: u64, signature: &Signature) -> Result<u64> {
        let wrong = |reason: CorrectionError| Err(Error::Correction(reason));
        let detail = signature.onto(json!({ "operation": operation }));
        let mut entry = Operation::new("undo", VERSION, detail);
        let check = || {
            let log = self.store().corrections()?;
            match in_force(&log).iter().find(|(entry, _)| entry.number == operation) {
                None => wrong(CorrectionError::NoNumber(operation)),
                Some((_, false)) => wrong(CorrectionError::Undone(operation)),
                Some((_, true)) => Ok(()),
            }
        };
        self.store().log(&mut entry, check, || self.filings())
    }

    /// Returns the outlets and days by which reports are found that corrections concern or once concerned.
    pub(crate) fn filings(&self) -> Result<Vec<Filing>> {
        let mut concerned: BTreeSet<DocumentId> = BTreeSet::new();
        for it in self.corrections()? {
            if let Change::Document { document, .. } = it.change {
                concerned.insert(self.store().successor(&document)?.unwrap_or(document));
            }
        }
        let mut contents = Contents::default();
        for id in &concerned {
            contents.documents.extend(self.store().document(id)?);
        }
        contents.records.resize_with(contents.documents.len(), DocumentRecords::default);
        self.lay_over(&mut contents)?;
        let filing = |it: Document| Filing { document: it.id, outlet: it.outlet, published: it.published };
        Ok(contents.documents.into_iter().map(filing).collect())
    }

    /// Returns all corrections that were made, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<LoggedCorrection>> {
        let log = self.store().corrections()?;
        Ok(in_force(&log)
            .into_iter()
            .filter(|(entry, _)| entry.kind == "correct")
            .filter_map(|(entry, in_force)| {
                let change = serde_json::from_value(entry.detail.clone()).ok()?;
                let signature = Signature::of(&entry.detail);
                Some(LoggedCorrection { operation: entry.number, in_force, change, signature })
            })
            .collect())
    }

    /// Returns the target by which the record `id` is found again after a new reading. `id` may be shortened, see
    /// [`Corpus::id`].
    ///
    /// # Errors
    /// As [`Corpus::id`].
    pub fn target(&self, id: &str) -> Result<Target> {
        let id = self.id(id, Wanted::Record)?;
        match self.record(&id)? {
            Some(record) => Ok(Target::of(&record)),
            None => Err(CorrectionError::NoId { what: "record", id }.into()),
        }
    }

    /// Returns the actor that `asked` names: an id, a name or alias in full, or words of one.
    ///
    /// # Errors
    /// When that fits nobody or several, or the file cannot be read.
    pub fn actor(&self, asked: &str) -> Result<ActorId> {
        let found = self.actors_named(asked)?;
        let asked = asked.to_owned();
        Err(match found.as_slice() {
            [one] => return Ok(one.id.clone()),
            [] => CorrectionError::Nobody(asked),
            _ => CorrectionError::Several { asked, actors: found },
        }
        .into())
    }

    /// Returns the actors that `asked` may mean, see [`Corpus::actor`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actors_named(&self, asked: &str) -> Result<Vec<readout_views::ActorName>> {
        let mut contents = Contents::default();
        // An id alone needs no look at others, and words none at those whose names have none of them.
        match self.store().record(asked.trim())? {
            Some(it @ Record::Actor(_)) => contents.push_link(it),
            _ => {
                let words = folded(asked);
                if words.is_empty() {
                    return Ok(Vec::new());
                }
                self.store().actors_with(&words)?.into_iter().for_each(|it| contents.push_link(it));
                // Who was merged or split is called what the correction says.
                for it in corrections_in_force(self.store())? {
                    if let Change::Merge { actor, into } | Change::Split { actor, into, .. } = &it.change {
                        for id in [actor, into] {
                            if let Some(it @ Record::Actor(_)) = self.store().record(id)? {
                                contents.push_link(it);
                            }
                        }
                    }
                }
                contents.actors.sort_by(|a, b| a.id.cmp(&b.id));
                contents.actors.dedup_by(|a, b| a.id == b.id);
            }
        }
        self.lay_over(&mut contents)?;
        Ok(find_actors(&contents, asked))
    }

    /// Lays the corrections in force over `contents`.
    pub(crate) fn lay_over(&self, contents: &mut Contents) -> Result<()> {
        let corrections = corrections_in_force(self.store())?;
        if corrections.is_empty() {
            return Ok(());
        }
        // Whom a slice's actors become must be there with all that is known of them.
        for it in &corrections {
            let needed: Vec<ActorId> = match &it.change {
                Change::Merge { actor, into } | Change::Split { actor, into, .. }
                    if contents.actors.iter().any(|it| it.id == *actor) =>
                {
                    vec![into.clone()]
                }
                Change::Speaker { speaker, .. } => speaker.clone(),
                Change::Set { target, field, value } => {
                    let kind = Kind::from_name(&target.kind);
                    kind.and_then(|it| it.field(field)).map(|it| actors_of(it, value)).unwrap_or_default()
                }
                Change::Add { records } => {
                    let mut sides = Vec::new();
                    for it in records {
                        it.as_ref().each_side(&mut |_, ids| sides.extend(ids.iter().cloned()));
                    }
                    sides
                }
                _ => Vec::new(),
            };
            for id in needed {
                if contents.actors.iter().all(|it| it.id != id)
                    && let Some(it @ Record::Actor(_)) = self.store().record(&id)?
                {
                    contents.push_link(it);
                }
            }
        }
        contents.actors.sort_by(|a, b| a.id.cmp(&b.id));
        let unmoved = corrections.clone();
        contents.correct(&self.moved(corrections)?);
        contents.corrections = unmoved;
        Ok(())
    }

    /// Moves corrections of a report's older version to its current version.
    pub(crate) fn moved(&self, mut corrections: Vec<Correction>) -> Result<Vec<Correction>> {
        let store = self.store();
        let newer = |id: &DocumentId| -> Result<Option<DocumentId>> { Ok(store.successor(id)?) };
        for it in &mut corrections {
            if let Some(target) = it.change.target_mut() {
                if !target.doc.is_empty()
                    && let Some(now) = newer(&target.doc)?
                {
                    target.doc = now;
                    // The new version's text has its own offsets: the words find the record there.
                    target.spans.clear();
                }
                continue;
            }
            match &mut it.change {
                Change::Add { records } => {
                    let mut moved = DocumentRecords::default();
                    let rest: Vec<Record> = records.drain(..).filter_map(|it| moved.push(it)).collect();
                    let mut docs = Vec::new();
                    moved.each_evidence_mut(&mut |it| docs.push(it.doc.clone()));
                    let mut now = Vec::new();
                    for doc in docs {
                        now.push(newer(&doc)?);
                    }
                    let mut now = now.into_iter();
                    moved.each_evidence_mut(&mut |it| {
                        if let Some(newer) = now.next().flatten() {
                            it.doc = newer;
                            it.spans.clear();
                        }
                    });
                    *records = moved.into_records().chain(rest).collect();
                    // The record comes first, then what rests on it.
                    records.sort_by_key(|it| it.evidence().is_none());
                }
                Change::Document { document, .. } => {
                    if let Some(now) = newer(document)? {
                        *document = now;
                    }
                }
                Change::Split { documents, .. } => {
                    for id in documents {
                        if let Some(now) = newer(id)? {
                            *id = now;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(corrections)
    }

    /// Returns `actors`, and the actors that corrections merge into one of them or split one of them from.
    pub(crate) fn actors_before(&self, actors: &[ActorId]) -> Result<Vec<ActorId>> {
        let mut all = actors.to_vec();
        for it in corrections_in_force(self.store())?.iter().rev() {
            if let Change::Merge { actor, into } | Change::Split { actor, into, .. } = &it.change
                && all.contains(into)
            {
                all.push(actor.clone());
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }
}

/// Returns the actors that a value of a field names.
pub(crate) fn actors_of(field: &Field, value: &Value) -> Vec<ActorId> {
    if !field.is_of_actors() {
        return Vec::new();
    }
    let several = value.as_array().map_or_else(|| vec![value], |it| it.iter().collect());
    several.into_iter().filter_map(Value::as_str).map(ActorId::from).collect()
}

/// Returns the entries of the log on corrections, each with whether it is in force.
fn in_force(log: &[LoggedOperation]) -> Vec<(&LoggedOperation, bool)> {
    let mut entries: Vec<(&LoggedOperation, bool)> = Vec::new();
    for entry in log {
        if entry.kind == "undo" {
            let mut number = entry.detail["operation"].as_u64();
            let mut sets = false;
            // Taking back a taking back puts the correction in force again, and so on down to it.
            while let Some(at) = number.and_then(|number| entries.iter().position(|it| it.0.number == number))
            {
                entries[at].1 = sets;
                number = match entries[at].0.kind == "undo" {
                    true => entries[at].0.detail["operation"].as_u64(),
                    false => None,
                };
                sets = !sets;
            }
        }
        entries.push((entry, true));
    }
    entries
}

/// Returns the corrections in force, in their order, with ids that depend on nothing else.
pub(crate) fn corrections_in_force(store: &Store) -> Result<Vec<Correction>> {
    let log = store.corrections()?;
    let mut found = Vec::new();
    for (entry, _) in in_force(&log).into_iter().filter(|(entry, on)| *on && entry.kind == "correct") {
        let Ok(change) = serde_json::from_value::<Change>(entry.detail.clone()) else { continue };
        let order = found.len() as u32 + 1;
        // The signature has no part in the id: it depends on what is corrected alone.
        let body = serde_json::to_value(&change)?;
        let id = ids::linked_id("correction", [order.to_string().as_str(), &body.to_string()]);
        found.push(Correction { id, order, change });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoing_an_undoing_puts_a_correction_in_force_again() {
        let entry = |number, kind: &str, of: u64| LoggedOperation {
            number,
            kind: kind.to_owned(),
            version: String::new(),
            detail: json!({ "operation": of }),
        };
        let mut log = vec![entry(2, "correct", 0), entry(5, "undo", 2)];
        let state = |log: &[LoggedOperation]| in_force(log).iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(state(&log), [false, true]);
        log.push(entry(6, "undo", 5));
        assert_eq!(state(&log), [true, false, true]);
        log.push(entry(9, "undo", 6));
        assert_eq!(state(&log), [false, true, false, true]);
    }
}
