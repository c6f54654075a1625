//! Whether a reading holds what a page asks for.

use std::collections::{BTreeMap, BTreeSet};

use readout_annotate::Annotations;
use readout_extract::{Explanation, Outcome};
use readout_knowledge::Knowledge;
use readout_record::{Document, DocumentRecords};
use readout_syntax::Worker;
use readout_text::{CharSpan, Offsets};
use serde_json::{Value as Json, json};

use crate::across;
use crate::page::{Case, Demand, Expected, Report, Value};

/// The result of reading a passage: its text and its records, as JSON by kind.
pub(crate) struct Reading {
    text: String,
    records: BTreeMap<String, Vec<Json>>,
}

/// Reads the passage of `case`, or links its reports.
pub(crate) fn read(case: &Case, worker: &mut Worker, knowledge: &Knowledge) -> Reading {
    let documents: Vec<Document> = case
        .reports
        .iter()
        .map(|report| document(report).unwrap_or_else(|error| panic!("line {}: {error}", case.line)))
        .collect();
    match documents.as_slice() {
        [document] => passage(document, worker, knowledge),
        several => {
            let records: Vec<DocumentRecords> =
                several.iter().map(|document| extracted(document, worker, knowledge).1).collect();
            Reading { text: String::new(), records: across::linked(several, &records, knowledge) }
        }
    }
}

fn document(report: &Report) -> Result<Document, String> {
    let mut document = Document {
        id: format!("doc:{}", report.name.as_deref().unwrap_or("test")).into(),
        text: report.passage.clone(),
        ..Document::default()
    };
    for (name, value) in &report.metadata {
        let value = Some(value.as_str().to_owned());
        match name.as_str() {
            "outlet" => document.outlet = value,
            "published" => document.published = value,
            "title" => document.title = value,
            _ => return Err(format!("a report has no `{name}`")),
        }
    }
    Ok(document)
}

fn extracted(
    document: &Document,
    worker: &mut Worker,
    knowledge: &Knowledge,
) -> (Annotations, DocumentRecords) {
    let annotations =
        readout_annotate::annotate(document, readout_annotate::parse(worker, &document.text), knowledge);
    let read = readout_extract::extract(document, &annotations, knowledge);
    (annotations, read)
}

fn passage(document: &Document, worker: &mut Worker, knowledge: &Knowledge) -> Reading {
    let (annotations, read) = extracted(document, worker, knowledge);
    let mut records: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    let explained = readout_extract::explain(document, &annotations, knowledge, &read.statements);
    records.insert("word".to_owned(), explained.iter().map(word).collect());
    for record in read.iter() {
        records.entry(record.kind().to_string()).or_default().push(serde_json::to_value(record).unwrap());
    }
    let mentions = read.mentions.iter().map(|mention| serde_json::to_value(mention).unwrap()).collect();
    records.insert("mention".to_owned(), mentions);
    records.insert("time".to_owned(), times(&annotations));
    Reading { text: document.text.clone(), records }
}

/// Returns the explanation of a word with the fields that pages name.
fn word(explanation: &Explanation) -> Json {
    let (rule, because) = match &explanation.outcome {
        Outcome::Record { rule, .. } => (Some(rule.clone()), None),
        Outcome::Nothing(reason) => (None, Some(reason.to_string())),
    };
    json!({ "kind": "word", "lemma": explanation.lemma, "rule": rule, "because": because })
}

/// Time expressions with the fields that pages name.
fn times(annotations: &Annotations) -> Vec<Json> {
    let offsets = Offsets::new(annotations.syntax.text());
    let row = |time: &readout_annotate::TimeExpression| {
        json!({
            "span": offsets.to_chars(time.span),
            "text": time.span.slice(annotations.syntax.text()),
            "value": time.value,
            "from": time.time.from,
            "to": time.time.to,
            "grain": time.time.grain,
            "anchor": time.time.anchor,
            "minutes": time.minutes,
        })
    };
    annotations.times.iter().map(row).collect()
}

/// One line of a page that is not met.
pub(crate) struct Missed {
    /// The line, and what was read instead.
    pub(crate) message: String,
    /// The number of the line and what it would have to be; `None` where a person has to decide.
    pub(crate) instead: Option<(usize, String)>,
}

/// Returns the lines of `case` that `reading` does not meet, in the order of the page.
pub(crate) fn missed(case: &Case, reading: &Reading) -> Vec<Missed> {
    let mut missed = Vec::new();
    let mut labels: BTreeMap<&str, String> = BTreeMap::new();
    let mut used: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let none = Vec::new();
    for expected in &case.expected {
        let records = reading.records.get(&expected.kind).unwrap_or(&none);
        let fits = |number: &usize| agrees(&records[*number], expected, &labels, &reading.text);
        let taken = used.entry(&expected.kind).or_default();
        let mut instead = None;
        let failed = match expected.demand {
            Demand::None => (0..records.len()).any(|number| fits(&number)),
            Demand::Only => taken.len() != records.len(),
            Demand::Found => {
                let free = || (0..records.len()).filter(|number| !taken.contains(number));
                let found = free().find(fits);
                let agreeing = |number: &usize| {
                    let fields = expected.fields.iter();
                    fields
                        .filter(|(name, wanted)| is(&records[*number], name, wanted, &labels, &reading.text))
                        .count()
                };
                // Of equally near records the first.
                let nearest = found.or_else(|| free().rev().max_by_key(agreeing));
                if let Some(number) = nearest {
                    taken.insert(number);
                    if found.is_none() {
                        instead = Some((
                            expected.line,
                            updated(expected, &records[number], &labels, &reading.text),
                        ));
                    }
                    if let (Some(label), Some(id)) = (&expected.label, records[number]["id"].as_str()) {
                        labels.insert(label, id.to_owned());
                    }
                }
                found.is_none()
            }
        };
        if failed {
            let wanted = format!("  wanted  {}", expected.written);
            let got = records.iter().map(|record| format!("     got  {}", shown(record, &reading.text)));
            let message = std::iter::once(wanted).chain(got).collect::<Vec<_>>().join("\n");
            missed.push(Missed { message, instead });
        }
    }
    missed
}

/// Returns the line of `expected` with the values of `record` in the fields that differ.
fn updated(expected: &Expected, record: &Json, labels: &BTreeMap<&str, String>, text: &str) -> String {
    let mut line = expected.kind.clone();
    if let Some(label) = &expected.label {
        line.push_str(&format!(" {label} "));
    }
    for (name, wanted) in &expected.fields {
        let value = if is(record, name, wanted, labels, text) {
            wanted.clone()
        } else {
            let field = field(record, name);
            match (wanted, in_words(field, text)) {
                (Value::Words(_), Some(words)) => Value::Words(words),
                _ => Value::Plain(as_plain(field, labels)),
            }
        };
        let written = match value {
            Value::Words(words) => format!("\"{words}\""),
            Value::Plain(value) => value,
        };
        line.push_str(&format!(" {name}={written}"));
    }
    line
}

/// Returns a field as a page writes it without quotation marks.
fn as_plain(field: &Json, labels: &BTreeMap<&str, String>) -> String {
    let id = |id: &str| {
        let label = labels.iter().find(|(_, known)| *known == id).map(|(label, _)| (*label).to_owned());
        label.unwrap_or_else(|| id.replace("unnamed:test:", "unnamed:"))
    };
    match field {
        Json::Null => "none".to_owned(),
        Json::Array(items) if items.is_empty() => "none".to_owned(),
        Json::Array(items) if items.iter().all(|item| item.is_u64() || item.is_null()) => items
            .iter()
            .map(|item| item.as_u64().map_or(String::new(), |it| it.to_string()))
            .collect::<Vec<_>>()
            .join(".."),
        Json::Array(items) => items
            .iter()
            .filter_map(|item| Some(id(item.as_str().or_else(|| item["status"].as_str())?)))
            .collect::<Vec<_>>()
            .join(","),
        Json::Object(_) => field["from"].as_str().unwrap_or("none").to_owned(),
        Json::String(text) => id(text),
        other => other.to_string(),
    }
}

fn agrees(record: &Json, expected: &Expected, labels: &BTreeMap<&str, String>, text: &str) -> bool {
    expected.fields.iter().all(|(name, wanted)| is(record, name, wanted, labels, text))
}

/// Whether the field `name` of `record` is as `wanted`.
fn is(record: &Json, name: &str, wanted: &Value, labels: &BTreeMap<&str, String>, text: &str) -> bool {
    let field = field(record, name);
    match wanted {
        Value::Words(words) => in_words(field, text).is_some_and(|got| got == *words),
        Value::Plain(value) => plain(name, field, value, labels),
    }
}

/// The field of `record` that pages call `name`.
fn field<'r>(record: &'r Json, name: &str) -> &'r Json {
    match name {
        "span" if record.get("span").is_none() => &record["spans"],
        "due" => &record["deadline"]["due"],
        "if_actor" => &record["if"]["actor"],
        "then_actor" => &record["then"]["actor"],
        _ => &record[name],
    }
}

/// The words that a field stands for.
fn in_words(field: &Json, text: &str) -> Option<String> {
    if let Some(words) = field.as_str().or_else(|| field["text"].as_str()) {
        return Some(words.to_owned());
    }
    let spans: Vec<CharSpan> = serde_json::from_value(field.clone())
        .or_else(|_| serde_json::from_value::<CharSpan>(field.clone()).map(|span| vec![span]))
        .ok()?;
    let offsets = Offsets::new(text);
    let parts: Vec<&str> =
        spans.iter().filter_map(|span| Some(offsets.to_bytes(*span)?.slice(text))).collect();
    (!parts.is_empty()).then(|| parts.join(" … "))
}

fn plain(name: &str, field: &Json, value: &str, labels: &BTreeMap<&str, String>) -> bool {
    if value == "none" && (field.is_null() || field.as_array().is_some_and(Vec::is_empty)) {
        return true;
    }
    if let Some((low, high)) = value.split_once("..") {
        let bound = |text: &str| text.parse::<u32>().map_or(Json::Null, Json::from);
        return *field == json!([bound(low), bound(high)]);
    }
    let same = |got: &str, wanted: &str| {
        let wanted = labels.get(wanted).map_or(wanted, String::as_str);
        got == wanted
            || wanted.strip_prefix("unnamed:").is_some_and(|number| got == format!("unnamed:test:{number}"))
    };
    match field {
        // What became of an agreement: one of its steps.
        Json::Array(steps) if name == "status" => steps.iter().any(|step| step["status"] == value),
        Json::Array(got) => {
            let wanted: Vec<&str> = value.split(',').collect();
            let holds = |(got, wanted): (&Json, &str)| got.as_str().is_some_and(|got| same(got, wanted));
            // A chain has an order, a set of people has none.
            got.len() == wanted.len()
                && match name {
                    "via" => got.iter().zip(wanted).all(holds),
                    _ => wanted.iter().all(|wanted| got.iter().any(|got| holds((got, *wanted)))),
                }
        }
        Json::String(got) => same(got, value),
        Json::Object(_) => field["from"].as_str().is_some_and(|from| from == value),
        Json::Bool(got) => got.to_string() == value,
        other => other.as_f64().is_some_and(|got| value.parse() == Ok(got)),
    }
}

/// A record as a line of a page, for the message.
fn shown(record: &Json, text: &str) -> String {
    let mut line = record["kind"].as_str().unwrap_or_default().to_owned();
    for (name, field) in record.as_object().into_iter().flatten() {
        if matches!(name.as_str(), "id" | "kind" | "doc" | "text" | "content_text" | "certainty" | "evidence")
            || field.is_null()
            || field.as_array().is_some_and(Vec::is_empty)
        {
            continue;
        }
        let value = match (name.as_str(), in_words(field, text)) {
            ("source" | "cue" | "content" | "spans" | "span" | "action" | "if" | "then", Some(words)) => {
                format!("\"{words}\"")
            }
            _ => field.to_string(),
        };
        line.push_str(&format!(" {name}={value}"));
    }
    line
}
