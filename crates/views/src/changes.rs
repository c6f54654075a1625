//! Corrections in words.

use std::collections::BTreeMap;

use readout_record::{ActorId, Bounds, Change, Kind, RecordId, Target};
use serde_json::Value;

use crate::words::plainly;

/// The words for the records and actors that corrections name. What has none is told by its id.
#[derive(Clone, Debug, Default)]
pub struct ChangeNames {
    /// The names of actors.
    pub actors: BTreeMap<ActorId, String>,
    /// Each record, report or link in one line.
    pub records: BTreeMap<RecordId, String>,
}

impl ChangeNames {
    fn actor(&self, id: &ActorId) -> String {
        self.actors.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Returns the names of `ids`, as `a, b and c`.
    fn list(&self, ids: &[ActorId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.actor(id)).collect();
        match names.as_slice() {
            [] => "nobody who can be named".to_owned(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
        }
    }

    /// Returns the record `id` in one line, with its id.
    fn record(&self, id: &str) -> String {
        self.records.get(id).map_or_else(|| id.to_owned(), |line| format!("“{line}” ({id})"))
    }
}

/// Returns a correction in words.
pub fn change_in_words(change: &Change, names: &ChangeNames) -> String {
    match change {
        Change::Merge { actor, into } => {
            let both = [actor, into].map(|it| names.actor(it));
            match both[0] == both[1] {
                true => format!("{} ({actor}) is {} ({into})", both[0], both[1]),
                false => format!("{} is {}", both[0], both[1]),
            }
        }
        Change::Split { actor, name, documents, .. } => {
            let reports: Vec<String> = documents.iter().map(|it| names.record(it)).collect();
            format!("{} is {name} in {}", names.actor(actor), reports.join(", "))
        }
        Change::Speaker { target, speaker } if speaker.is_empty() => {
            format!("nobody who can be named said {}", names.record(&target.id))
        }
        Change::Speaker { target, speaker } => {
            format!("{} said {}", names.list(speaker), names.record(&target.id))
        }
        Change::Reject { target } => format!("no report says {}", names.record(&target.id)),
        Change::Set { target, field, value } => {
            let value = field_value_in_words(target, field, value, names);
            format!("{} of {} is {value}", plainly(field), names.record(&target.id))
        }
        Change::Confirm { target } => format!("{} is right", names.record(&target.id)),
        Change::Add { records } => {
            let told = records.iter().map(|it| match it.evidence() {
                Some(evidence) => {
                    format!("{} in {}: “{}”", it.kind(), names.record(&evidence.doc), evidence.text)
                }
                None => it.kind().to_string(),
            });
            format!("added: {}", told.collect::<Vec<_>>().join("; "))
        }
        Change::Document { document, published, outlet, title } => {
            let told = [("date", published), ("outlet", outlet), ("title", title)];
            let told = told.iter().filter_map(|(what, value)| Some(format!("{what} {}", value.as_ref()?)));
            format!("{} has {}", names.record(document), told.collect::<Vec<_>>().join(", "))
        }
        Change::NameIssue { issue, name } => format!("the issue “{issue}” is called “{name}”"),
    }
}

/// Returns the part of a correction that says what became of its record, in words that follow the record's name.
pub fn judgement_in_words(change: &Change, names: &ChangeNames) -> String {
    match change {
        Change::Speaker { speaker, .. } => format!("speaker set to {}", names.list(speaker)),
        Change::Reject { .. } => "rejected".to_owned(),
        Change::Confirm { .. } => "said to be right".to_owned(),
        Change::Add { .. } => "added by hand".to_owned(),
        Change::Set { target, field, value } => {
            format!("{} set to {}", plainly(field), field_value_in_words(target, field, value, names))
        }
        Change::NameIssue { name, .. } => format!("issue called “{name}”"),
        Change::Merge { .. } | Change::Split { .. } | Change::Document { .. } => {
            change_in_words(change, names)
        }
    }
}

/// Returns the actors that a correction names.
pub fn actors_of_change(change: &Change) -> Vec<ActorId> {
    match change {
        Change::Merge { actor, into } => vec![actor.clone(), into.clone()],
        Change::Split { actor, .. } => vec![actor.clone()],
        Change::Speaker { speaker, .. } => speaker.clone(),
        Change::Set { target, field, value } => actors_set(target, field, value).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Returns the actors to which a field of actors is set; `None` for a field of another sort.
fn actors_set(target: &Target, field: &str, value: &Value) -> Option<Vec<ActorId>> {
    Kind::from_name(&target.kind)?.field(field).filter(|it| it.is_of_actors())?;
    let ids = value.as_array().map_or_else(|| vec![value], |it| it.iter().collect());
    Some(ids.into_iter().filter_map(Value::as_str).map(ActorId::from).collect())
}

fn field_value_in_words(target: &Target, field: &str, value: &Value, names: &ChangeNames) -> String {
    match actors_set(target, field, value) {
        Some(actors) => names.list(&actors),
        None => value_in_words(value),
    }
}

/// Returns the value of a field in words.
fn value_in_words(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Object(fields) => {
            let day = fields.get("due").or_else(|| fields.get("from")).and_then(Value::as_str);
            let grain = fields.get("grain").and_then(Value::as_str);
            let letters = match grain {
                Some("year") => 4,
                Some("month") => 7,
                _ => 10,
            };
            day.unwrap_or_default().chars().take(letters).collect()
        }
        other => serde_json::from_value(other.clone())
            .ok()
            .and_then(Bounds::in_words)
            .unwrap_or_else(|| other.to_string()),
    }
}
