//! Rows of JSON Lines files.

use std::collections::BTreeMap;
use std::io::BufRead;

use readout_record::Document;
use regex::Regex as TextRegex;
use regex::bytes::Regex;
use serde_json::{Map, Value};

use crate::dates::{self, Order, Usage};
use crate::fault::{Fault, FaultKind};
use crate::keys::Field;
use crate::options::Options;
use crate::patterns::patterns;
use crate::source::{Format, Holds, Recognised, Source};
use crate::{article, characters, decode, fields, front, keys, outlets, page, plain, xml};

pub(crate) static FORMAT: Format = Format {
    name: "JSON Lines",
    endings: &["jsonl", "ndjson"],
    told_by: "its name, or a first line that is a JSON object",
    reads: "a report for each line, an object with `text`, and `title`, `date`, `url`, `outlet` and `authors` if they are \
            known; the keys of news-please, fundus, newspaper4k, NewsAPI, Media Cloud, ninjs and others are known too; \
            `id` and all other keys are kept",
    recognise,
    holds: Holds::Lines(usage),
    read,
};

patterns! {
    /// A field whose value is a short string, and so may be a date. It captures key and value.
    static DATE_FIELD: Regex = r#""([A-Za-z_-]{4,24})"\s*:\s*"([^"\\]{8,40})""#;
    /// The mark at the end of a text that is cut, with the number of characters that are missing.
    static CUT: TextRegex = r"(?s)\s*(?:…|\.\.\.)?\s*\[\+([0-9]+) chars\]\s*$";
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

/// Reads the document of a row.
fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let decoded;
    let row = match std::str::from_utf8(&source.bytes) {
        Ok(row) => row,
        Err(_) => {
            decoded = decode::text(&source.bytes, mend)?;
            &decoded
        }
    };
    let value: Value =
        serde_json::from_str(row).map_err(|error| Fault::damaged("broken JSON").because(in_row(&error)))?;
    let Value::Object(fields) = value else { return Err(Fault::unsupported("not a JSON object")) };
    document(fields, (*source.known).clone(), source.usage.as_ref(), options, mend)
}

/// Reads the document of a JSON object and completes `document`.
///
/// The keys of `data/sources/keys.tsv` and of `fields::DATES` give its fields. All other keys, and `id`, are kept in `other`,
/// and so is the value of a known key that is not of the expected form, or that a surer key of the same field made idle.
/// `usage` is the order of day and month that other rows of the file show.
pub(crate) fn document(
    fields: Map<String, Value>,
    mut document: Document,
    usage: Option<&Usage>,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    if is_record(&fields) {
        return Err(Fault::unsupported("a record of an export, not a report"));
    }
    let mut found = Found::default();
    take(fields, &mut found, &mut document);
    for (field, keys) in &mut found.fields {
        keys.sort_by_key(|(rank, ..)| *rank);
        if *field != Field::Text {
            document.other.extend(keys.drain(1..).map(|(_, key, value)| (key, value)));
        }
    }
    let texts = found.fields.remove(&Field::Text).unwrap_or_default();
    let summary = found.fields.remove(&Field::Summary).unwrap_or_default();
    let mut taken = |field: Field| found.fields.remove(&field).and_then(|keys| keys.into_iter().next());
    let mut line = |field: Field, document: &mut Document| {
        let (_, key, value) = taken(field)?;
        let line = words(&value).map(|words| characters::squeeze(&characters::clean(&words)));
        if line.is_none() && !value.is_null() {
            document.other.insert(key, value);
        }
        line.filter(|line| !line.is_empty())
    };
    document.title = line(Field::Title, &mut document)
        .map(|title| if xml::is_markup(&title) { page::words(&title) } else { title })
        .or(document.title);
    document.url = line(Field::Url, &mut document).or(document.url);
    let host = line(Field::Host, &mut document);
    let known = |address: Option<&str>| address.and_then(outlets::of_url).map(str::to_owned);
    document.outlet = line(Field::Outlet, &mut document)
        .map(|name| outlets::of_host(&name).map_or(name, str::to_owned))
        .or_else(|| known(host.as_deref()))
        .or(document.outlet)
        .or_else(|| known(document.url.as_deref()))
        .or(host);
    let code = line(Field::Language, &mut document).map(|code| code.to_ascii_lowercase());
    document.language = code
        .and_then(|code| {
            Some(code.get(..2)?.to_owned())
                .filter(|_| code.len() == 2 || code.as_bytes().get(2) == Some(&b'-'))
        })
        .or(document.language);
    if let Some((_, key, value)) = taken(Field::Authors) {
        match names(&value) {
            Some(names) => document.authors = names,
            None => {
                document.other.insert(key, value);
            }
        }
    }
    if !texts.iter().chain(&summary).any(|(_, _, value)| text_of(value).is_some()) {
        return Err(no_text());
    }
    fields::date(found.dates, usage, &mut document, mend);
    body(texts, summary, document, options, mend)
}

/// Reads the body of a report from the first of its texts, the surest key first, that has words of a story. All other texts are
/// kept in `other`; a summary is the body of a report without any.
fn body(
    texts: Vec<Given>,
    summary: Vec<Given>,
    mut document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    let mut fault = no_text();
    let is_summary = std::iter::repeat_n(false, texts.len()).chain(std::iter::repeat(true));
    let mut given = texts.into_iter().chain(summary).zip(is_summary);
    while let Some(((_, key, value), is_summary)) = given.next() {
        let Some(text) = text_of(&value) else {
            document.other.insert(key, value);
            continue;
        };
        let mut notes = Vec::new();
        if is_summary {
            notes.push(format!("it has no text but that of `{key}`"));
        }
        match complete(&text, document.clone(), options, &mut |note| notes.push(note.to_owned())) {
            Ok(mut read) if !read.text.is_empty() => {
                notes.iter().for_each(|note| mend(note));
                read.other.extend(given.map(|((_, key, value), _)| (key, value)));
                return Ok(read);
            }
            Ok(read) => fault = nothing_left(&read),
            Err(why) if why.kind() != FaultKind::Empty => return Err(why),
            Err(why) => fault = why,
        }
        document.other.insert(key, value);
    }
    Err(fault)
}

/// Reads the body of a report from `text`: a page, a piece of HTML, or plain text.
fn complete(
    text: &str,
    document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    let text = whole_text(text, mend);
    if page::is_page(text) {
        page::complete(text, document, options, mend)
    } else if is_fragment(text) {
        page::fragment(text, document, options, mend)
    } else {
        article::check_length(text.len(), options)?;
        Ok(article::finish(plain::blocks(&characters::clean(text)), document, mend))
    }
}

/// Returns the fault of a text that has no story, with what it has instead.
fn nothing_left(read: &Document) -> Fault {
    /// The number of characters of a passage that are shown.
    const SHOWN: usize = 60;
    let Some(passage) = read.dropped.first() else { return Fault::empty("the row's text is empty") };
    let shown: String = passage.text.chars().take(SHOWN).collect();
    Fault::empty(format!("the row's text has no story in it, only “{shown}”"))
}

/// Returns the fault of a row that no key gives the text of.
fn no_text() -> Fault {
    Fault::empty("the row has no text (no key such as `text`, `body` or `content`)")
}

/// Whether an object is a line of an export of Readout, but for its reports; or a passage of one of its bundles.
fn is_record(fields: &Map<String, Value>) -> bool {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let is_named =
        text("kind").is_some_and(|kind| kind != "document") && text("id").is_some_and(|id| id.contains(':'));
    let is_passage = text("doc").is_some_and(|id| id.starts_with("doc:")) && fields.contains_key("spans");
    is_named || is_passage
}

/// The rank of a key among those of its field, the key, and its value.
type Given = (usize, String, Value);

/// The values of an object by the fields of a report that their keys give.
#[derive(Default)]
struct Found {
    fields: BTreeMap<Field, Vec<Given>>,
    /// Rank, key and words of the keys that give the day.
    dates: Vec<(usize, String, String)>,
}

/// Sorts the keys of an object. Those that give no field go to `other` of the document.
fn take(fields: Map<String, Value>, found: &mut Found, document: &mut Document) {
    for (key, value) in fields {
        // The Guardian's interface has what it was asked for one storey down.
        if let Value::Object(inner) = value {
            if key == "fields" {
                take(inner, found, document);
                continue;
            }
            sort(key, Value::Object(inner), found, document);
        } else {
            sort(key, value, found, document);
        }
    }
}

fn sort(key: String, value: Value, found: &mut Found, document: &mut Document) {
    let is_empty = match &value {
        Value::Null => true,
        Value::String(words) => words.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if let Some((field, rank)) = keys::field(&key) {
        // A key that counts words, or says yes, gives no field.
        if !is_empty && !value.is_number() && !value.is_boolean() {
            found.fields.entry(field).or_default().push((rank, key, value));
            return;
        }
    } else if let Some(place) = fields::date_key(&key) {
        if value.is_null() {
            return;
        }
        let words = words(&value).or_else(|| value.as_number().map(ToString::to_string)).unwrap_or_default();
        found.dates.push((place, key.clone(), words));
    }
    if !(is_empty && keys::field(&key).is_some()) {
        document.other.insert(key, value);
    }
}

/// Returns the words of a value: a text, or an object with a name or a value.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Object(fields) => ["name", "value", "main", "original", "rendered", "title"]
            .iter()
            .find_map(|key| fields.get(*key)?.as_str().map(str::to_owned)),
        // ninjs 2 and 3 give several headlines, the main one first or so named.
        Value::Array(items) => {
            let main = items.iter().find(|item| item.get("role").and_then(Value::as_str) == Some("main"));
            words(main.or(items.first())?)
        }
        _ => None,
    }
}

/// Returns the text of a value: a text, paragraphs, bodies of which one is the main one, or sections of paragraphs.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n")
        }
        Value::Object(fields) if fields.contains_key("sections") => {
            let mut paragraphs = Vec::new();
            section(value, &mut paragraphs);
            paragraphs.join("\n\n")
        }
        _ => words(value)?,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Adds the paragraphs of a body as `fundus` writes it: a summary, and sections with heads.
fn section<'v>(value: &'v Value, paragraphs: &mut Vec<&'v str>) {
    for key in ["summary", "headline", "paragraphs"] {
        match value.get(key) {
            Some(Value::String(words)) => paragraphs.push(words),
            Some(Value::Array(items)) => paragraphs.extend(items.iter().filter_map(Value::as_str)),
            _ => {}
        }
    }
    for inner in value.get("sections").and_then(Value::as_array).into_iter().flatten() {
        // A section has no sections; a hostile one is not followed.
        for key in ["headline", "paragraphs"] {
            match inner.get(key) {
                Some(Value::String(words)) => paragraphs.push(words),
                Some(Value::Array(items)) => paragraphs.extend(items.iter().filter_map(Value::as_str)),
                _ => {}
            }
        }
    }
}

/// Returns a text without the mark that says how much of it is missing, with a note.
fn whole_text<'t>(text: &'t str, mend: &mut dyn FnMut(&str)) -> &'t str {
    match CUT.captures(text).and_then(|cut| Some((cut.get(0)?.start(), cut.get(1)?.as_str()))) {
        Some((start, missing)) => {
            mend(&format!("its text is cut: {missing} more characters were not given"));
            text.get(..start).unwrap_or(text)
        }
        None => text,
    }
}

/// Whether a text is a piece of HTML.
fn is_fragment(text: &str) -> bool {
    ["</p>", "<br", "</div>", "</h2>", "</li>", "</blockquote>"].iter().any(|tag| text.contains(tag))
}

/// Returns the order of day and month that the dates of a JSON Lines file show, and any note about it.
///
/// The file is scanned before it is read. What cannot be read is told when it is read.
fn usage(reader: &mut dyn BufRead) -> (Option<Usage>, Option<String>) {
    let mut shown = DatesShown::default();
    let mut row = Vec::new();
    for number in 1.. {
        row.clear();
        if !reader.read_until(b'\n', &mut row).is_ok_and(|read| read > 0) {
            break;
        }
        for found in DATE_FIELD.captures_iter(&row) {
            let text = |at| found.get(at).and_then(|it| std::str::from_utf8(it.as_bytes()).ok());
            let (Some(key), Some(date)) = (text(1), text(2)) else { continue };
            if fields::date_key(key).is_some() {
                shown.see(number, date);
            }
        }
    }
    shown.usage()
}

/// Dates of rows that show whether the day or the month comes first, each with the number of its row.
#[derive(Default)]
pub(crate) struct DatesShown {
    /// The first date with the day first, and the first with the month first.
    shown: [Option<(u64, String)>; 2],
    open_to_doubt: Option<String>,
}

impl DatesShown {
    /// Looks at the date of a row.
    pub(crate) fn see(&mut self, number: u64, date: &str) {
        if dates::iso(date).is_some() {
            return;
        }
        if let Some(order) = dates::order_shown(date) {
            self.shown[usize::from(order == Order::MonthFirst)].get_or_insert((number, date.to_owned()));
        } else if self.open_to_doubt.is_none() && dates::wants_order(date) {
            self.open_to_doubt = Some(date.to_owned());
        }
    }

    /// Returns the order that all dates together show, and any note about it.
    pub(crate) fn usage(self) -> (Option<Usage>, Option<String>) {
        let doubt = self.open_to_doubt.map(|date| format!("dates such as {date}"));
        match self.shown {
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
            let name = characters::squeeze(&characters::clean(name));
            Some(byline(&name).unwrap_or_else(|| vec![name]).into_iter().filter(|n| !n.is_empty()).collect())
        }
        Value::Array(items) => items
            .iter()
            .map(|item| {
                let name = item.as_str().or_else(|| {
                    ["name", "byline", "value"].iter().find_map(|key| item.get(*key)?.as_str())
                })?;
                Some(characters::squeeze(name))
            })
            .collect(),
        Value::Object(_) => words(value).map(|name| byline(&name).unwrap_or_else(|| vec![name])),
        _ => None,
    }
}

/// Returns the names of a by-line, with or without the word "By" before them.
fn byline(line: &str) -> Option<Vec<String>> {
    front::byline(line).or_else(|| front::byline(&format!("By {line}")))
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
