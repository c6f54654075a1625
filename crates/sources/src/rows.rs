//! Rows of JSON Lines files.

use std::io::BufRead;

use readout_record::Document;
use regex::bytes::Regex;
use serde_json::Value;

use crate::dates::{self, Order, Usage};
use crate::options::Options;
use crate::patterns::patterns;
use crate::source::{Format, Holds, Recognised};
use crate::{article, characters, decode, fields, page, plain};

pub(crate) static FORMAT: Format = Format {
    name: "JSON Lines",
    endings: &["jsonl", "ndjson"],
    told_by: "its name, or a first line that is a JSON object",
    reads: "a report for each line, an object with `text`, and `title`, `date`, `url`, `outlet` and `authors` if they are \
            known; `id` and all other keys are kept",
    recognise,
    holds: Holds::Lines(usage),
    read: |row, options, mend| document(&row.bytes, row.usage.as_ref(), options, mend),
};

patterns! {
    /// A field whose value is a short string, and so may be a date. It captures key and value.
    static DATE_FIELD: Regex = r#""([A-Za-z_-]{4,24})"\s*:\s*"([^"\\]{8,40})""#;
}

/// A file whose first line is an object is of this format, unless its name says otherwise.
fn recognise(start: &[u8]) -> Recognised {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let mut lines = start.splitn(2, |byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    // The first line may be longer than what was read of the file.
    let whole = serde_json::from_slice::<serde_json::Map<String, Value>>(first).is_ok();
    let longer = lines.next().is_none() && start.len() >= decode::SAMPLE / 2 && first.starts_with(b"{\"");
    if whole || longer { Recognised::Perhaps } else { Recognised::No }
}

/// Reads the document of a row of a JSON Lines file.
///
/// Known keys are `text` (or `event_text`), `title`, `date` (or another of `fields::DATES`), `url`, `outlet` and `authors`;
/// all others, and `id`, are kept in `other`, and so is a value of a known key that is not of the expected form.
/// `usage` is the order of day and month that other rows of the file show.
fn document(
    row: &[u8],
    usage: Option<&Usage>,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, String> {
    let decoded;
    let row = match std::str::from_utf8(row) {
        Ok(row) => row,
        Err(_) => {
            decoded = decode::text(row, mend)?;
            &decoded
        }
    };
    let value: Value =
        serde_json::from_str(row).map_err(|error| format!("broken JSON ({})", in_row(&error)))?;
    let Value::Object(fields) = value else { return Err("not a JSON object".to_owned()) };
    let mut document = Document::default();
    let mut text: Option<String> = None;
    let mut dates = Vec::new();
    for (key, value) in fields {
        let slot = match key.as_str() {
            "text" | "event_text" if text.is_none() => &mut text,
            "title" => &mut document.title,
            "url" => &mut document.url,
            "outlet" => &mut document.outlet,
            "authors" => match names(&value) {
                Some(names) => {
                    document.authors = names;
                    continue;
                }
                None => {
                    document.other.insert(key, value);
                    continue;
                }
            },
            _ => {
                let words = match &value {
                    Value::String(words) => words.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => String::new(),
                };
                if let Some(place) = fields::date_key(&key) {
                    if value.is_null() {
                        continue;
                    }
                    dates.push((place, key.clone(), words));
                }
                document.other.insert(key, value);
                continue;
            }
        };
        *slot = match value {
            Value::Null => None,
            Value::String(value) if matches!(key.as_str(), "text" | "event_text") => Some(value),
            Value::String(value) => {
                Some(characters::squeeze(&characters::clean(&value))).filter(|v| !v.is_empty())
            }
            value => {
                document.other.insert(key, value);
                None
            }
        };
    }
    let Some(text) = text else {
        return Err("the row has no text (no key `text` or `event_text`)".to_owned());
    };
    fields::date(dates, usage, &mut document, mend);
    let document = if page::is_page(&text) {
        page::complete(&text, document, options, mend)?
    } else {
        article::check_length(text.len(), options)?;
        article::finish(plain::blocks(&characters::clean(&text)), document, mend)
    };
    if document.text.is_empty() { Err("the row's text is empty".to_owned()) } else { Ok(document) }
}

/// Returns the order of day and month that the dates of a JSON Lines file show, and any note about it.
///
/// The file is scanned before it is read. What cannot be read is told when it is read.
fn usage(reader: &mut dyn BufRead) -> (Option<Usage>, Option<String>) {
    let mut shown: [Option<(u64, String)>; 2] = [None, None];
    let mut open_to_doubt = None;
    let mut row = Vec::new();
    for number in 1.. {
        row.clear();
        if !reader.read_until(b'\n', &mut row).is_ok_and(|read| read > 0) {
            break;
        }
        for found in DATE_FIELD.captures_iter(&row) {
            let text = |at| found.get(at).and_then(|it| std::str::from_utf8(it.as_bytes()).ok());
            let (Some(key), Some(date)) = (text(1), text(2)) else { continue };
            if fields::date_key(key).is_none() || dates::iso(date).is_some() {
                continue;
            }
            if let Some(order) = dates::order_shown(date) {
                shown[usize::from(order == Order::MonthFirst)].get_or_insert((number, date.to_owned()));
            } else if open_to_doubt.is_none() && dates::wants_order(date) {
                open_to_doubt = Some(date.to_owned());
            }
        }
    }
    let doubt = open_to_doubt.map(|date| format!("dates such as {date}"));
    match shown {
        [Some((row, day)), Some((other, month))] => (
            None,
            doubt.map(|doubt| {
                format!(
                    "the file does not tell how to read {doubt}: row {row} has {day}, row {other} {month}"
                )
            }),
        ),
        [None, None] => (None, None),
        [Some((row, date)), None] => told(Order::DayFirst, row, &date, doubt),
        [None, Some((row, date))] => told(Order::MonthFirst, row, &date, doubt),
    }
}

fn told(order: Order, row: u64, date: &str, doubt: Option<String>) -> (Option<Usage>, Option<String>) {
    let why = format!("row {row} has {date}");
    let note = doubt.map(|doubt| format!("{doubt} were read with the {order} first, since {why}"));
    (Some(Usage { order, why, told: true }), note)
}

/// Returns a parser's message with the column, but without the line, which is always 1.
fn in_row(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or(&said);
    format!("{what}, at column {}", error.column())
}

/// Reads names from a list, a string, or objects that have a name.
fn names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(name) => {
            Some(vec![characters::squeeze(name)].into_iter().filter(|n| !n.is_empty()).collect())
        }
        Value::Array(items) => items
            .iter()
            .map(|item| {
                let name = item.as_str().or_else(|| item.get("name")?.as_str())?;
                Some(characters::squeeze(name))
            })
            .collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_that_is_an_object_is_likely_a_row() {
        let long = format!("{{\"text\": \"{}", "They met. ".repeat(20_000));
        for rows in ["{\"text\": \"They met.\"}\n", "\n\n{\"text\": \"They met.\"}", &long[..decode::SAMPLE]]
        {
            assert_eq!(recognise(rows.as_bytes()), Recognised::Perhaps, "{rows:.40}");
        }
        for other in ["{\n\"text\": \"They met.\"\n}", "{they met}", "[1, 2]", "They met.", ""] {
            assert_eq!(recognise(other.as_bytes()), Recognised::No, "{other}");
        }
    }
}
