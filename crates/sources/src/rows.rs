//! Rows of JSON Lines files.

use readout_record::Document;
use serde_json::Value;

use crate::article;
use crate::dates::Usage;
use crate::{Options, characters, decode, fields, page, plain};

/// Reads the document of a row of a JSON Lines file.
///
/// Known keys are `text` (or `event_text`), `title`, `date` (or another of `fields::DATES`), `url`, `outlet` and `authors`;
/// all others, and `id`, are kept in `other`, and so is a value of a known key that is not of the expected form.
/// `usage` is the order of day and month that other rows of the file show.
pub(crate) fn document(
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
    let document = if decode::looks_like_html(text.as_bytes()) {
        page::complete(&text, document, options, mend)?
    } else {
        article::check_length(text.len(), options)?;
        article::finish(plain::blocks(&characters::clean(&text)), document, mend)
    };
    if document.text.is_empty() { Err("the row's text is empty".to_owned()) } else { Ok(document) }
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
