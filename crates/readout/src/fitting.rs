//! Whether a correction fits the file: what it names is there, and it changes something.

use readout_record::{ActorId, Change, Kind, Record, Target};
use serde_json::Value;

use crate::correcting::actors_of;
use crate::signing::Signature;
use crate::{Corpus, CorrectionError, Error, LoggedCorrection, Result};

impl Corpus {
    /// Fails if the change fits nothing here, or is made already.
    pub(crate) fn check(&self, change: &Change, signature: &Signature) -> Result<()> {
        let wrong = |reason: CorrectionError| Err(Error::Correction(reason));
        match change {
            Change::Merge { actor, into } => {
                for id in [actor, into] {
                    if !self.has_actor(id)? {
                        return wrong(CorrectionError::NoId { what: "actor", id: id.into() });
                    }
                }
                if actor == into {
                    return wrong(CorrectionError::SameActor(actor.clone()));
                }
            }
            Change::Split { actor, into, name, documents } => {
                if !self.has_actor(actor)? {
                    return wrong(CorrectionError::NoId { what: "actor", id: actor.into() });
                }
                if actor == into || name.trim().is_empty() || documents.is_empty() {
                    return wrong(CorrectionError::Split);
                }
                for id in documents {
                    if self.store().document(id)?.is_none() {
                        return wrong(CorrectionError::NoId { what: "report", id: id.into() });
                    }
                }
            }
            Change::Speaker { target, speaker } => {
                if target.kind != "statement" {
                    return wrong(CorrectionError::NoStatement(target.id.clone()));
                }
                for id in speaker {
                    if !self.has_actor(id)? {
                        return wrong(CorrectionError::NoId { what: "actor", id: id.into() });
                    }
                }
            }
            Change::Reject { target } | Change::Confirm { target } => {
                if self.record(&target.id)?.is_none() {
                    return wrong(CorrectionError::NoId { what: "record", id: target.id.clone() });
                }
                // Two people may say the same, each once.
                let same = |it: &LoggedCorrection| {
                    it.in_force && it.change == *change && it.signature.by == signature.by
                };
                if self.corrections()?.iter().any(same) {
                    return wrong(CorrectionError::Judged(target.id.clone()));
                }
            }
            Change::Set { target, field, value } => self.check_set(target, field, value, signature)?,
            Change::Add { records } => self.check_added(records)?,
            Change::Document { document, published, outlet, title } => {
                let Some(stored) = self.store().document(document)? else {
                    return wrong(CorrectionError::NoId { what: "report", id: document.into() });
                };
                let told = [(published, &stored.published), (outlet, &stored.outlet), (title, &stored.title)];
                let earlier = self.corrections()?;
                let corrected = |it: &LoggedCorrection| {
                    it.in_force
                        && matches!(&it.change, Change::Document { document: other, .. } if other == document)
                };
                let same = told.iter().all(|(right, read)| right.is_none() || *right == *read);
                if same && !earlier.iter().any(corrected) || told.iter().all(|(right, _)| right.is_none()) {
                    return wrong(CorrectionError::Document(document.clone()));
                }
            }
            Change::NameIssue { issue, name } => {
                if issue.trim().is_empty() || name.trim().is_empty() || issue == name {
                    return wrong(CorrectionError::IssueName);
                }
            }
        }
        Ok(())
    }

    /// Whether the file has the actor, or a correction in force made it.
    fn has_actor(&self, id: &ActorId) -> Result<bool> {
        let made = |it: &LoggedCorrection| {
            it.in_force
                && match &it.change {
                    Change::Split { into, .. } => into == id,
                    Change::Add { records } => records.iter().any(|it| is_actor(it, id)),
                    _ => false,
                }
        };
        Ok(matches!(self.store().record(id)?, Some(Record::Actor(_))) || self.corrections()?.iter().any(made))
    }

    /// Fails if the record has no such field, or the value is none of it or changes nothing.
    fn check_set(&self, target: &Target, field: &str, value: &Value, signature: &Signature) -> Result<()> {
        let wrong = |reason: CorrectionError| Err(Error::Correction(reason));
        let Some(record) = self.record(&target.id)? else {
            return wrong(CorrectionError::NoId { what: "record", id: target.id.clone() });
        };
        let Some(it) = record.kind().field(field) else {
            let fields = record.kind().fields().iter().map(|it| it.name).collect();
            let (id, field) = (target.id.clone(), field.to_owned());
            return wrong(CorrectionError::NoField { id, field, fields, resting: Vec::new() });
        };
        for id in actors_of(it, value) {
            if !self.has_actor(&id)? {
                return wrong(CorrectionError::NoId { what: "actor", id: id.into() });
            }
        }
        if record.with_field(field, value).is_none() {
            return wrong(CorrectionError::Value(format!("{field} cannot be {value}")));
        }
        let now = self.corrected(&target.id)?.unwrap_or(record);
        // Two people may say the same, each once.
        let by_another = |it: &LoggedCorrection| {
            let same = matches!(&it.change, Change::Set { target: of, field: name, value: set }
                if of.id == target.id && name == field && set == value);
            it.in_force && same && it.signature.by != signature.by
        };
        if now.with_field(field, value).is_some_and(|it| same_but_for_its_rule(&it, &now))
            && !self.corrections()?.iter().any(by_another)
        {
            return wrong(CorrectionError::SameValue { id: target.id.clone(), field: field.to_owned() });
        }
        Ok(())
    }

    /// Fails if the records rest on no report of the file, are there already, or name actors that are not.
    fn check_added(&self, records: &[Record]) -> Result<()> {
        let wrong = |reason: CorrectionError| Err(Error::Correction(reason));
        let Some(first) = records.first().and_then(Record::evidence).map(|it| it.doc.clone()).or_else(|| {
            match records.first() {
                Some(Record::Agreement(it)) => it.evidence.first().map(|it| it.doc.clone()),
                _ => None,
            }
        }) else {
            return wrong(CorrectionError::Nothing);
        };
        if self.store().document(&first)?.is_none() {
            return wrong(CorrectionError::NoId { what: "report", id: first.into() });
        }
        for record in records {
            if record.evidence().is_some_and(|it| it.doc != first) {
                return wrong(CorrectionError::Nothing);
            }
            // Whom nobody found before comes with the record.
            if record.kind() == Kind::Actor {
                continue;
            }
            if self.record(record.id())?.is_some() {
                return wrong(CorrectionError::Known(record.id().into()));
            }
            let mut sides: Vec<ActorId> = Vec::new();
            record.as_ref().each_side(&mut |_, ids| sides.extend(ids.iter().cloned()));
            for id in sides {
                if !records.iter().any(|it| is_actor(it, &id)) && !self.has_actor(&id)? {
                    return wrong(CorrectionError::NoId { what: "actor", id: id.into() });
                }
            }
        }
        Ok(())
    }
}

/// Whether `record` is the actor `id`.
fn is_actor(record: &Record, id: &ActorId) -> bool {
    matches!(record, Record::Actor(it) if it.id == *id)
}

/// Whether two records are the same but for the certainty and rule of their passage.
fn same_but_for_its_rule(a: &Record, b: &Record) -> bool {
    let plain = |it: &Record| {
        let mut body = serde_json::to_value(it).unwrap_or_default();
        if let Some(fields) = body.as_object_mut() {
            for name in ["certainty", "rule", "confidence"] {
                fields.remove(name);
            }
        }
        body
    };
    plain(a) == plain(b)
}
