//! JSON files: lists of reports, or one report.

use readout_record::Document;
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::keys::{self, Field};
use crate::options::Options;
use crate::source::{Format, Holds, Part, Recognised, Source};
use crate::{characters, decode, rows};

pub(crate) static FORMAT: Format = Format {
    name: "JSON list",
    endings: &["json"],
    told_by: "its name, or that it starts as a JSON list or object of several lines",
    reads: "a report for each object with a text, wherever its list stands in the file: answers of news interfaces, JSON Feed, \
            ninjs 1 to 3, news-please, fundus, newspaper4k, Media Cloud; keys are read as those of JSON Lines",
    recognise,
    holds: Holds::Several(reports),
    read,
};

/// The deepest list of reports, in objects and lists around it. The known ones stand at most four deep.
const DEPTH: usize = 6;

fn recognise(start: &[u8]) -> Recognised {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let opens = match start {
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        [b'{', rest @ ..] => rest.trim_ascii_start().starts_with(b"\""),
        _ => false,
    };
    if opens { Recognised::Perhaps } else { Recognised::No }
}

/// Takes a file apart into its reports.
fn reports(bytes: &[u8], _: &Options, mend: &mut dyn FnMut(&str)) -> Vec<Part> {
    let refused = |why: Fault| vec![Part::Refused { number: 0, why }];
    let text = match decode::text(bytes, mend) {
        Ok(text) => text,
        Err(why) => return refused(why),
    };
    let value: Value = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        Err(error) => return refused(Fault::damaged("broken JSON").because(error)),
    };
    let mut known = Document::default();
    if let Value::Object(fields) = &value {
        // A JSON Feed has a title and a language of its own.
        if fields
            .get("version")
            .and_then(Value::as_str)
            .is_some_and(|version| version.contains("jsonfeed.org"))
        {
            let title = fields.get("title").and_then(Value::as_str).map(characters::squeeze);
            known.outlet = title.filter(|title| !title.is_empty());
        }
    }
    let mut found = Vec::new();
    if is_report(&value) {
        found.push(value);
    } else {
        find(value, DEPTH, &mut found);
    }
    if found.is_empty() {
        return refused(Fault::empty(
            "no report in it: no object has a text (a key such as `text`, `body` or `content`)",
        ));
    }
    let number = 1..;
    number.zip(found).map(|(number, report)| part(number, &report, &known)).collect()
}

fn part(number: usize, report: &Value, known: &Document) -> Part {
    match serde_json::to_vec(report) {
        Ok(bytes) => Part::Report { number, bytes, known: Box::new(known.clone()) },
        Err(error) => {
            Part::Refused { number, why: Fault::damaged("the object cannot be kept").because(error) }
        }
    }
}

/// Finds the objects of the lists within a value that are reports, or appear to be reports whose text is missing.
fn find(value: Value, depth: usize, found: &mut Vec<Value>) {
    let inner: Box<dyn Iterator<Item = Value>> = match value {
        Value::Array(items) => Box::new(items.into_iter()),
        Value::Object(mut fields) => {
            // Answers of Elasticsearch wrap each report.
            match fields.remove("_source") {
                Some(source) => Box::new(std::iter::once(source)),
                None => Box::new(fields.into_iter().map(|(_, value)| value)),
            }
        }
        _ => return,
    };
    for value in inner {
        if is_report(&value) || is_bare(&value) {
            found.push(value);
        } else if depth > 0 {
            find(value, depth - 1, found);
        }
    }
}

/// Whether an object has a text and something beside it that tells of a report.
fn is_report(value: &Value) -> bool {
    let Value::Object(fields) = value else { return false };
    let inner = fields.get("fields").and_then(Value::as_object);
    let has_text = has(fields, |field| matches!(field, Field::Text | Field::Summary))
        || inner.is_some_and(|inner| has(inner, |field| matches!(field, Field::Text | Field::Summary)));
    has_text && !holds_reports(fields)
}

/// Whether an object has an address and a headline as a report has, but no text.
fn is_bare(value: &Value) -> bool {
    let Value::Object(fields) = value else { return false };
    has(fields, |field| field == Field::Title)
        && has(fields, |field| field == Field::Url)
        && !holds_reports(fields)
}

fn has(fields: &Map<String, Value>, is_wanted: impl Fn(Field) -> bool) -> bool {
    fields.iter().any(|(key, value)| {
        let is_given = match value {
            Value::String(words) => !words.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            _ => false,
        };
        is_given && keys::field(key).is_some_and(|(field, _)| is_wanted(field))
    })
}

/// Whether an object holds a list of reports: a feed has a description and a title too.
fn holds_reports(fields: &Map<String, Value>) -> bool {
    fields.values().any(|value| match value {
        Value::Array(items) => items.first().and_then(Value::as_object).is_some_and(|item| {
            let gives = |wanted: Field| {
                item.keys().any(|key| keys::field(key).is_some_and(|(field, _)| field == wanted))
            };
            gives(Field::Title) && (gives(Field::Text) || gives(Field::Summary) || gives(Field::Url))
        }),
        _ => false,
    })
}

/// Reads the document of an object.
pub(crate) fn read(
    source: &Source,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    let value = serde_json::from_slice(&source.bytes)
        .map_err(|error| Fault::damaged("broken JSON").because(error))?;
    let Value::Object(fields) = value else { return Err(Fault::unsupported("not a JSON object")) };
    rows::document(fields, (*source.known).clone(), source.usage.as_ref(), options, mend)
}
