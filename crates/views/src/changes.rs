//! Corrections in words.

use readout_record::{Bounds, Change};
use serde_json::Value;

use crate::words::plainly;

/// Returns a correction in words.
pub fn change_in_words(change: &Change) -> String {
    match change {
        Change::Merge { actor, into } => format!("{actor} is {into}"),
        Change::Split { actor, into, name, documents } => {
            format!("{actor} is {name} ({into}) in {}", documents.join(", "))
        }
        Change::Speaker { target, speaker } if speaker.is_empty() => {
            format!("nobody who can be named said {}", target.id)
        }
        Change::Speaker { target, speaker } => format!("{} said {}", speaker.join(" and "), target.id),
        Change::Reject { target } => format!("no report says {}", target.id),
        Change::Set { target, field, value } => {
            format!("{} of {} is {}", plainly(field), target.id, value_in_words(value))
        }
        Change::Confirm { target } => format!("{} is right", target.id),
        Change::Add { records } => {
            let told = records.iter().map(|it| match it.evidence() {
                Some(evidence) => format!("{} in {}: “{}”", it.kind(), evidence.doc, evidence.text),
                None => it.kind().to_string(),
            });
            format!("added: {}", told.collect::<Vec<_>>().join("; "))
        }
        Change::Document { document, published, outlet, title } => {
            let told = [("date", published), ("outlet", outlet), ("title", title)];
            let told = told.iter().filter_map(|(what, value)| Some(format!("{what} {}", value.as_ref()?)));
            format!("{document} has {}", told.collect::<Vec<_>>().join(", "))
        }
        Change::NameIssue { issue, name } => format!("the issue “{issue}” is called “{name}”"),
    }
}

/// Returns the value of a field in words.
fn value_in_words(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Array(several) if several.is_empty() => "nobody who can be named".to_owned(),
        Value::Array(several) if several.iter().all(Value::is_string) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" and ")
        }
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
