//! The fields on which the reports of a happening differ, after a person set such a field of one of its members.

use std::collections::BTreeMap;

use readout_record::{Bounds, Disagreement, DisagreementValue, RecordId};
use serde_json::Value;

use crate::contents::Contents;

/// The fields on which a happening's reports may differ. The same fields are compared when reports are linked.
const COMPARED: [&str; 8] =
    ["minutes", "killed", "injured", "time", "place", "factuality", "claimed_by", "blamed_on"];

impl Contents {
    /// Puts the member `id` on the side of its happening's disagreement on `field` that its present value belongs to.
    ///
    /// A side of a field may name members that these contents do not have. They stay where they are.
    pub(crate) fn take_sides(&mut self, id: &RecordId, field: &str) {
        if !COMPARED.contains(&field) {
            return;
        }
        let Some(at) = self.happenings.iter().position(|it| it.members.contains(id)) else { return };
        let told: BTreeMap<RecordId, Value> = (self.happenings[at].members.iter())
            .filter_map(|member| Some((member.clone(), self.value_of(member, field)?)))
            .collect();
        let disagreements = &mut self.happenings[at].disagreements;
        let known = disagreements.iter().position(|it| it.field == field);
        let mut sides: Vec<DisagreementValue> = match known {
            Some(known) => disagreements.remove(known).values,
            // Those who do not differ are one side.
            None => {
                let members: Vec<RecordId> = told.keys().filter(|it| *it != id).cloned().collect();
                vec![DisagreementValue { value: words_of(&members, &told), members }]
            }
        };
        for side in sides.iter_mut().filter(|it| it.members.contains(id)) {
            side.members.retain(|it| it != id);
            if side.members.iter().all(|it| told.contains_key(it)) {
                side.value = words_of(&side.members, &told);
            }
        }
        sides.retain(|it| !it.members.is_empty());
        if let Some(own) = told.get(id) {
            let fits = |side: &&mut DisagreementValue| {
                side.value == words(own)
                    || side.members.iter().all(|it| told.get(it).is_some_and(|other| agree(own, other)))
            };
            match sides.iter_mut().find(fits) {
                Some(side) => {
                    side.members.push(id.clone());
                    if side.members.iter().all(|it| told.contains_key(it)) {
                        side.value = words_of(&side.members, &told);
                    }
                }
                None => sides.push(DisagreementValue { value: words(own), members: vec![id.clone()] }),
            }
        }
        if sides.len() > 1 {
            let place = known.unwrap_or(disagreements.len()).min(disagreements.len());
            disagreements.insert(place, Disagreement { field: field.to_owned(), values: sides });
        }
    }

    /// Returns the value of a field of the record `id`; `None` if it has none, or these contents do not have the record.
    fn value_of(&self, id: &RecordId, field: &str) -> Option<Value> {
        let record = self.records.iter().find_map(|it| it.find(id))?.to_record();
        let value = serde_json::to_value(record).ok()?.get(field)?.clone();
        let is_told = match &value {
            Value::Null => false,
            Value::Array(values) => values.iter().any(|it| !it.is_null()),
            _ => true,
        };
        is_told.then_some(value)
    }
}

/// Returns the values of `members` in words, each once.
fn words_of(members: &[RecordId], told: &BTreeMap<RecordId, Value>) -> String {
    let mut all: Vec<String> = members.iter().filter_map(|it| told.get(it)).map(words).collect();
    all.sort_unstable();
    all.dedup();
    all.join(" / ")
}

/// Returns a value in the words that linking has for it.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(time) => {
            let text = |name: &str| time.get(name).and_then(Value::as_str).unwrap_or_default();
            let is_day = ["", "day", "hour", "minute"].contains(&text("grain"));
            let from = if is_day { text("from") } else { "" };
            if from.is_empty() { text("text").to_owned() } else { from.to_owned() }
        }
        Value::Array(actors) if actors.iter().all(Value::is_string) => {
            actors.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        _ => match bounds(value).map(|it| (it.least, it.most)) {
            Some((Some(least), Some(most))) if least == most => least.to_string(),
            Some((Some(least), Some(most))) => format!("{least}–{most}"),
            Some((Some(least), None)) => format!("at least {least}"),
            Some((None, Some(most))) => format!("at most {most}"),
            _ => value.to_string(),
        },
    }
}

/// Whether both values can be true.
fn agree(a: &Value, b: &Value) -> bool {
    let closed = |it: Bounds| (it.least.unwrap_or(0), it.most.unwrap_or(u32::MAX));
    match (bounds(a).map(closed), bounds(b).map(closed)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => words(a) == words(b),
    }
}

/// Reads a range of numbers.
fn bounds(value: &Value) -> Option<Bounds> {
    let is_range = value.as_array().is_some_and(|it| it.iter().any(Value::is_number));
    serde_json::from_value(value.clone()).ok().filter(|_| is_range)
}

#[cfg(test)]
mod tests {
    use readout_record::{Change, Correction, DocumentRecords, Evidence, Happening, Incident, Target};
    use serde_json::json;

    use super::*;

    fn contents() -> Contents {
        let incident = |number: u32, killed: u32| Incident {
            evidence: Evidence { id: format!("incident:{number}").into(), ..Evidence::default() },
            killed: Some(Bounds::exactly(killed)),
            ..Incident::default()
        };
        let side = |value: &str, members: &[&str]| DisagreementValue {
            value: value.to_owned(),
            members: members.iter().map(|it| RecordId::from(*it)).collect(),
        };
        let happening = Happening {
            id: "happening:1".into(),
            members: (1..4).map(|it| format!("incident:{it}").into()).collect(),
            disagreements: vec![Disagreement {
                field: "killed".to_owned(),
                values: vec![side("12", &["incident:1", "incident:2"]), side("14", &["incident:3"])],
            }],
            ..Happening::default()
        };
        let incidents = vec![incident(1, 12), incident(2, 12), incident(3, 14)];
        Contents {
            documents: vec![readout_record::Document::default()],
            records: vec![DocumentRecords { incidents, ..DocumentRecords::default() }],
            happenings: vec![happening],
            ..Contents::default()
        }
    }

    fn sides(changes: &[(u32, &str, Value)]) -> Vec<(String, Vec<(String, usize)>)> {
        let mut contents = contents();
        let corrections: Vec<Correction> = (changes.iter())
            .map(|(number, field, value)| {
                let target = Target {
                    id: format!("incident:{number}").into(),
                    kind: "incident".to_owned(),
                    ..Target::default()
                };
                let change = Change::Set { target, field: (*field).to_owned(), value: value.clone() };
                Correction { change, ..Correction::default() }
            })
            .collect();
        for it in &corrections {
            if let Change::Set { target, field, value } = &it.change {
                let record = contents.records[0].find(&target.id).unwrap().to_record();
                contents.records[0].replace(record.with_field(field, value).unwrap());
                contents.take_sides(&target.id, field);
            }
        }
        let told = |it: &Disagreement| {
            let sides = it.values.iter().map(|it| (it.value.clone(), it.members.len())).collect();
            (it.field.clone(), sides)
        };
        contents.happenings[0].disagreements.iter().map(told).collect()
    }

    #[test]
    fn a_corrected_value_changes_sides() {
        let side = |value: &str, members: usize| (value.to_owned(), members);
        let killed = |sides: Vec<(String, usize)>| vec![("killed".to_owned(), sides)];
        assert_eq!(sides(&[(3, "killed", json!([40, 40]))]), killed(vec![side("12", 2), side("40", 1)]));
        assert_eq!(sides(&[(3, "killed", json!([12, 12]))]), [], "all agree now");
        assert_eq!(sides(&[(3, "killed", Value::Null)]), [], "one gives none");
        assert_eq!(sides(&[(1, "killed", json!([14, 14]))]), killed(vec![side("12", 1), side("14", 2)]));
        assert_eq!(
            sides(&[(3, "killed", json!([10, 13]))]),
            [],
            "a range that has the other number does not differ from it"
        );
        let places = [(1, "place", json!("Torvik")), (2, "place", json!("Kerem"))];
        let found = sides(&places);
        assert_eq!(found[1], ("place".to_owned(), vec![side("Torvik", 1), side("Kerem", 1)]));
    }
}
