//! What people said of the records: how often the machine was right, and where two people differ.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Change, Kind, Record, RecordId};
use readout_views::{ChangeNames, judgement_in_words};
use serde::Serialize;
use serde_json::Value;

use crate::correcting::LoggedCorrection;
use crate::{Corpus, Result};

/// How often records of one kind were right, by the corrections in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// The kind of record.
    pub kind: String,
    /// Records that a person said are right.
    pub right: usize,
    /// Records of which a person set a field.
    pub mended: usize,
    /// Records that a person rejected.
    pub rejected: usize,
    /// Records that a person added.
    pub added: usize,
    /// The share of the judged records that were read without a fault; `None` if none was judged.
    pub precision: Option<f64>,
    /// The share of what there is that was read at all, by what was added; `None` if nothing was judged or added.
    pub found: Option<f64>,
    /// The fields that were set, each with how often.
    pub fields: BTreeMap<String, usize>,
}

/// A record on which two people differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dispute {
    /// The record.
    pub id: RecordId,
    /// The record's kind.
    pub kind: String,
    /// The words of its passage; empty for a link.
    pub text: String,
    /// The record in one line.
    pub told: String,
    /// Each person with what the person said.
    pub verdicts: BTreeMap<String, String>,
}

/// How far people agree on records of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Agreeing {
    /// The kind of record; empty for all kinds.
    pub kind: String,
    /// Records that at least two people judged.
    pub records: usize,
    /// Records on which all say the same.
    pub alike: usize,
    /// Krippendorff's alpha for nominal values; `None` if it is not defined: too few judgements, or all the same.
    pub alpha: Option<f64>,
}

/// What several people said.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coders {
    /// The people, sorted.
    pub coders: Vec<String>,
    /// Agreement by kind of record; the row of all kinds comes last.
    pub agreeing: Vec<Agreeing>,
    /// Agreement on the values of fields: each row is called by the kind and the field, `position stance`.
    pub values: Vec<Agreeing>,
    /// The records on which they differ, by kind and id.
    pub disputes: Vec<Dispute>,
}

/// What each person said of a record, by field; without a field of the record as a whole.
type Verdicts = BTreeMap<String, BTreeMap<String, String>>;

/// The sign of who gave none.
const NAMELESS: &str = "(no name)";

impl Corpus {
    /// Returns how often the records of each kind were right, by the corrections in force.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn score(&self) -> Result<Vec<Score>> {
        let in_force: Vec<LoggedCorrection> =
            self.corrections()?.into_iter().filter(|it| it.in_force).collect();
        Ok(score(&in_force))
    }

    /// Returns what several people said of the same records.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn coders(&self) -> Result<Coders> {
        let in_force: Vec<LoggedCorrection> =
            self.corrections()?.into_iter().filter(|it| it.in_force).collect();
        let changes: Vec<Change> = in_force.iter().map(|it| it.change.clone()).collect();
        let mut read = BTreeMap::new();
        let judged: BTreeSet<&RecordId> =
            in_force.iter().filter_map(|it| it.change.target()).map(|it| &it.id).collect();
        for id in judged {
            if let Some(record) = self.record(id)? {
                read.insert(id.clone(), serde_json::to_value(record).unwrap_or_default());
            }
        }
        let values = values(&in_force, &read);
        Ok(Coders { values, ..coders(&in_force, &self.names_in(&changes)?) })
    }
}

fn score(corrections: &[LoggedCorrection]) -> Vec<Score> {
    let mut by_kind: BTreeMap<String, Score> = BTreeMap::new();
    // The last word on a record counts; a rejection outweighs a field that was set.
    let mut verdict: BTreeMap<&RecordId, (&str, u8)> = BTreeMap::new();
    for it in corrections {
        let (weight, target) = match &it.change {
            Change::Confirm { target } => (0, target),
            Change::Set { target, .. } | Change::Speaker { target, .. } => (1, target),
            Change::Reject { target } => (2, target),
            Change::Add { records } => {
                // What was added comes last; before it what it rests on, after it who has no part in the file yet.
                if let Some(record) = records.iter().rfind(|it| it.kind() != Kind::Actor) {
                    entry(&mut by_kind, record.kind().as_str()).added += 1;
                }
                continue;
            }
            _ => continue,
        };
        if let Change::Set { field, .. } = &it.change {
            *entry(&mut by_kind, &target.kind).fields.entry(field.clone()).or_default() += 1;
        }
        if matches!(it.change, Change::Speaker { .. }) {
            *entry(&mut by_kind, &target.kind).fields.entry("speaker".to_owned()).or_default() += 1;
        }
        let known = verdict.get(&target.id).map_or(0, |(_, known)| *known);
        verdict.insert(&target.id, (&target.kind, weight.max(known)));
    }
    for (kind, weight) in verdict.into_values() {
        let score = entry(&mut by_kind, kind);
        match weight {
            0 => score.right += 1,
            1 => score.mended += 1,
            _ => score.rejected += 1,
        }
    }
    let mut all: Vec<Score> = by_kind.into_values().collect();
    for it in &mut all {
        let judged = it.right + it.mended + it.rejected;
        let there = it.right + it.mended + it.added;
        it.precision = share(it.right, judged);
        it.found = share(it.right + it.mended, there);
    }
    all
}

fn entry<'s>(scores: &'s mut BTreeMap<String, Score>, kind: &str) -> &'s mut Score {
    scores.entry(kind.to_owned()).or_insert_with(|| Score { kind: kind.to_owned(), ..Score::default() })
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn coders(corrections: &[LoggedCorrection], names: &ChangeNames) -> Coders {
    // What each person said of each record: a rejection alone, or all fields that were set, or that it is right.
    let mut said: BTreeMap<(String, RecordId), (String, Verdicts)> = BTreeMap::new();
    let mut people = BTreeSet::new();
    for it in corrections {
        let Some(target) = it.change.target() else { continue };
        let by = it.signature.by.clone().unwrap_or_else(|| NAMELESS.to_owned());
        people.insert(by.clone());
        let verdicts = &mut said
            .entry((target.kind.clone(), target.id.clone()))
            .or_insert_with(|| (target.text.clone(), BTreeMap::new()))
            .1;
        let fields = verdicts.entry(by).or_default();
        match &it.change {
            Change::Confirm { .. } => {
                fields.entry(String::new()).or_insert_with(|| "right".to_owned());
            }
            Change::Reject { .. } => {
                fields.clear();
                fields.insert(String::new(), "rejected".to_owned());
            }
            Change::Set { field, .. } => {
                fields.remove("");
                fields.insert(field.clone(), judgement_in_words(&it.change, names));
            }
            Change::Speaker { .. } => {
                fields.remove("");
                fields.insert("speaker".to_owned(), judgement_in_words(&it.change, names));
            }
            _ => {}
        }
    }
    let mut units: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut disputes = Vec::new();
    for ((kind, id), (text, by)) in said {
        let verdicts: BTreeMap<String, String> = by
            .into_iter()
            .map(|(person, fields)| (person, fields.into_values().collect::<Vec<_>>().join("; ")))
            .collect();
        if verdicts.len() < 2 {
            continue;
        }
        let values: Vec<String> = verdicts.values().cloned().collect();
        let differ = values.windows(2).any(|pair| pair.first() != pair.last());
        units.entry(kind.clone()).or_default().push(values);
        if differ {
            let told = names.records.get(&id).unwrap_or(&text).clone();
            disputes.push(Dispute { id, kind, text, told, verdicts });
        }
    }
    let mut agreeing: Vec<Agreeing> = units.iter().map(|(kind, units)| agreeing_on(kind, units)).collect();
    if agreeing.len() > 1 {
        let all: Vec<Vec<String>> = units.into_values().flatten().collect();
        agreeing.push(agreeing_on("", &all));
    }
    Coders { coders: people.into_iter().collect(), agreeing, values: Vec::new(), disputes }
}

/// What one person said of one record: that there is none, or the fields that were set; what was not set is as it was read.
enum Coded<'c> {
    None,
    As(BTreeMap<&'c str, Value>),
}

/// Returns how far people agree on the values of fields: of each field that somebody set, over all records of the kind that two
/// people or more judged. Who said that a record is right gave its fields the values that they were `read` with; who rejected
/// it, none of them.
fn values(corrections: &[LoggedCorrection], read: &BTreeMap<RecordId, Value>) -> Vec<Agreeing> {
    let mut said: BTreeMap<(&str, &RecordId), BTreeMap<&str, Coded<'_>>> = BTreeMap::new();
    let mut fields: BTreeSet<(&str, &str)> = BTreeSet::new();
    for it in corrections {
        let Some(target) = it.change.target() else { continue };
        let by = it.signature.by.as_deref().unwrap_or(NAMELESS);
        let of = said.entry((&target.kind, &target.id)).or_default();
        let set = match &it.change {
            Change::Reject { .. } => {
                of.insert(by, Coded::None);
                continue;
            }
            Change::Confirm { .. } => None,
            Change::Set { field, value, .. } => Some((field.as_str(), value.clone())),
            Change::Speaker { speaker, .. } => Some(("speaker", serde_json::json!(speaker))),
            _ => continue,
        };
        let coded = of.entry(by).or_insert_with(|| Coded::As(BTreeMap::new()));
        if let Some((field, value)) = set {
            fields.insert((&target.kind, field));
            match coded {
                Coded::As(known) => {
                    known.insert(field, value);
                }
                Coded::None => *coded = Coded::As(BTreeMap::from([(field, value)])),
            }
        }
    }
    let rows = fields.into_iter().filter_map(|(kind, field)| {
        let units: Vec<Vec<String>> = said
            .iter()
            .filter(|((of, _), by)| *of == kind && by.len() > 1)
            .filter_map(|((_, id), by)| {
                let read = read.get(*id)?.get(field).unwrap_or(&Value::Null);
                let value = |coded: &Coded<'_>| match coded {
                    Coded::None => NO_RECORD.to_owned(),
                    Coded::As(set) => in_one_order(set.get(field).unwrap_or(read)).to_string(),
                };
                Some(by.values().map(value).collect())
            })
            .collect();
        (!units.is_empty()).then(|| agreeing_on(&format!("{kind} {field}"), &units))
    });
    rows.collect()
}

/// Returns `value`, a list in the order of its values' spelling: who names two speakers means both, in either order.
fn in_one_order(value: &Value) -> Value {
    let Some(list) = value.as_array() else { return value.clone() };
    let mut list = list.clone();
    list.sort_by_cached_key(Value::to_string);
    Value::Array(list)
}

/// The value of every field of a record that a person rejected.
const NO_RECORD: &str = "(no record)";

/// Returns how far people agree on the values that they gave `units`.
fn agreeing_on(kind: &str, units: &[Vec<String>]) -> Agreeing {
    Agreeing {
        kind: kind.to_owned(),
        records: units.len(),
        alike: units.iter().filter(|it| it.windows(2).all(|pair| pair.first() == pair.last())).count(),
        alpha: alpha(units),
    }
}

/// Returns Krippendorff's alpha for nominal values: `units` are the values that each unit was given, at least two.
///
/// Klaus Krippendorff, Content Analysis, 4th edition (2019), chapter 12: 1 − observed by expected disagreement, from the
/// matrix of coincidences.
pub(crate) fn alpha(units: &[Vec<String>]) -> Option<f64> {
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let others = (unit.len() - 1) as f64;
        for (at, value) in unit.iter().enumerate() {
            *totals.entry(value).or_default() += 1.0;
            let differ = unit.iter().enumerate().filter(|(other, it)| *other != at && *it != value).count();
            observed += differ as f64 / others;
        }
    }
    let all: f64 = totals.values().sum();
    let alike: f64 = totals.values().map(|it| it * (it - 1.0)).sum();
    let expected = (all * (all - 1.0) - alike) / (all - 1.0);
    (all > 1.0 && expected > 0.0).then(|| 1.0 - observed / expected)
}

/// Returns the ids of the records that a person judged.
pub(crate) fn judged(corrections: &[LoggedCorrection]) -> BTreeSet<RecordId> {
    let in_force = corrections.iter().filter(|it| it.in_force);
    let targets = in_force.clone().filter_map(|it| it.change.target()).map(|it| it.id.clone());
    let added = in_force.flat_map(|it| match &it.change {
        Change::Add { records } => records.iter().map(Record::id).map(RecordId::from).collect(),
        _ => Vec::new(),
    });
    targets.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use readout_record::Target;
    use serde_json::json;

    use super::*;
    use crate::Signature;

    fn entry(by: &str, change: Change) -> LoggedCorrection {
        let signature = Signature::default().by(Some(by), None);
        LoggedCorrection { operation: 1, in_force: true, change, signature }
    }

    fn target(number: u32) -> Target {
        Target { id: format!("event:{number}").into(), kind: "event".to_owned(), ..Target::default() }
    }

    #[test]
    fn alpha_is_that_of_the_book() {
        // The example of two observers and ten units (Krippendorff 2011, “Computing Krippendorff's Alpha-Reliability”).
        let meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
        let owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        let units: Vec<Vec<String>> =
            meg.iter().zip(owen).map(|(a, b)| vec![a.to_string(), b.to_string()]).collect();
        assert_eq!(alpha(&units).map(|it| format!("{it:.3}")).as_deref(), Some("0.095"));
        let same: Vec<Vec<String>> = vec![vec!["a".to_owned(); 2]; 3];
        assert_eq!(alpha(&same), None, "without another value nothing is known");
        assert_eq!(alpha(&[]), None);
    }

    #[test]
    fn agreement_is_on_values_too() {
        let set = |number: u32, value: &str| Change::Set {
            target: target(number),
            field: "factuality".to_owned(),
            value: json!(value),
        };
        let all = [
            entry("Ann", Change::Confirm { target: target(1) }),
            entry("Bo", Change::Confirm { target: target(1) }),
            entry("Ann", set(2, "planned")),
            entry("Bo", Change::Confirm { target: target(2) }),
            entry("Ann", Change::Reject { target: target(3) }),
            entry("Bo", Change::Reject { target: target(3) }),
            entry("Ann", set(4, "denied")),
        ];
        let read = |number: u32, value: &str| {
            (RecordId::from(format!("event:{number}").as_str()), json!({ "factuality": value }))
        };
        let as_read = BTreeMap::from([read(1, "happened"), read(2, "planned"), read(3, "happened")]);
        let found = values(&all, &as_read);
        let [row] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((row.kind.as_str(), row.records, row.alike), ("event factuality", 3, 3), "{row:?}");
        assert_eq!(row.alpha, Some(1.0), "what one set and the other let stand is one value");
    }

    #[test]
    fn the_order_of_actors_is_no_difference() {
        let set = |value: Value| Change::Set { target: target(1), field: "actor".to_owned(), value };
        let all = [
            entry("Ann", set(json!(["state:NOR", "state:SWE"]))),
            entry("Bo", set(json!(["state:SWE", "state:NOR"]))),
            entry("Cy", set(json!(["state:SWE"]))),
        ];
        let as_read = BTreeMap::from([(RecordId::from("event:1"), json!({ "actor": [] }))]);
        let alike = |coders: &[LoggedCorrection]| values(coders, &as_read).first().map(|row| row.alike);
        assert_eq!(alike(&all[..2]), Some(1));
        assert_eq!(alike(&all), Some(0));
    }

    #[test]
    fn judgements_are_counted_by_kind() {
        let place = || Change::Set { target: target(3), field: "place".to_owned(), value: json!("Kerem") };
        let all = [
            entry("Ann", Change::Confirm { target: target(1) }),
            entry("Bo", Change::Confirm { target: target(1) }),
            entry("Ann", Change::Reject { target: target(2) }),
            entry("Bo", Change::Confirm { target: target(2) }),
            entry("Ann", place()),
            entry("Bo", place()),
        ];
        let scores = score(&all);
        let events = &scores[0];
        assert_eq!((events.right, events.mended, events.rejected), (1, 1, 1));
        assert_eq!(events.precision.map(|it| format!("{it:.2}")).as_deref(), Some("0.33"));
        let found = coders(&all, &ChangeNames::default());
        assert_eq!(found.coders, ["Ann", "Bo"]);
        assert_eq!((found.agreeing[0].records, found.agreeing[0].alike), (3, 2));
        let [dispute] = found.disputes.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (dispute.verdicts["Ann"].as_str(), dispute.verdicts["Bo"].as_str()),
            ("rejected", "right")
        );
        assert_eq!(judged(&all).len(), 3);
    }
}
