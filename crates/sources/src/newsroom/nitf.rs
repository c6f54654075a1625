//! NITF, the News Industry Text Format.

use readout_record::{Document, PublishedFrom};
use serde_json::Value;

use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Format, Holds, Recognised, Source};
use crate::xml::{self, Element};
use crate::{dates, decode, front, page};

pub(crate) static FORMAT: Format = Format {
    name: "NITF",
    endings: &["nitf"],
    told_by: "its first element: `nitf`",
    reads: "a report, with headline, day and hour, by-line, agency and language; document id, slug, urgency, keywords and subjects \
            are kept; pictures are left aside",
    recognise: |start| {
        if xml::root(start).as_deref() == Some("nitf") { Recognised::Surely } else { Recognised::No }
    },
    holds: Holds::One,
    read,
};

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let xml = decode::html(&source.bytes, mend)?;
    let mut document = (*source.known).clone();
    tell(&xml, &mut document);
    let body = body(&xml).ok_or_else(|| Fault::empty("no `body.content` with a text in it"))?;
    page::fragment(&body, document, options, mend)
}

/// Returns the body of an item as HTML, if there is one: its paragraphs have the names of HTML.
pub(super) fn body(xml: &str) -> Option<String> {
    let content = xml::first(xml, "body.content")?;
    let mut body = String::new();
    copy_without(content.inner, "media", &mut body);
    let body = body.replace("<hl2", "<h3").replace("</hl2>", "</h3>");
    (!page::words(&body).trim().is_empty()).then_some(body)
}

/// Copies XML without the elements called `name`.
fn copy_without(xml: &str, name: &str, out: &mut String) {
    let (opens, closes) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(&opens) {
        out.push_str(before);
        if !after.starts_with(['>', ' ', '\n', '\t', '\r']) {
            // Another element: `<media-caption>`.
            out.push_str(&opens);
            rest = after;
            continue;
        }
        rest = after.split_once(&closes).map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
}

/// Fills the gaps of a document with what the head and the lines before the body tell.
pub(super) fn tell(xml: &str, document: &mut Document) {
    let line =
        |name: &str| xml::first(xml, name).map(|element| element.line()).filter(|line| !line.is_empty());
    let value = |name: &str, attribute: &str| {
        xml::first(xml, name).and_then(|element| element.attribute(attribute).map(str::to_owned))
    };
    document.title = document.title.take().or_else(|| line("hl1")).or_else(|| line("title"));
    document.outlet =
        document.outlet.take().or_else(|| line("distributor")).or_else(|| value("doc.copyright", "holder"));
    if document.published.is_none() {
        let norm = value("date.issue", "norm")
            .or_else(|| value("story.date", "norm"))
            .or_else(|| value("pubdata", "date.publication"));
        document.published = norm.as_deref().and_then(basic);
        document.published_from = document.published.as_ref().map(|_| PublishedFrom::Metadata);
    }
    if document.authors.is_empty()
        && let Some(byline) = xml::first(xml, "byline")
    {
        // The title of the author's post stands within.
        let mut names = String::new();
        copy_without(byline.inner, "byttl", &mut names);
        authors(&page::words(&names), document);
    }
    if document.language.is_none() {
        let code = value("nitf", "baselang").or_else(|| value("nitf", "xml:lang"));
        document.language = code.as_deref().and_then(language);
    }
    for (key, element, attribute) in [
        ("id", "doc-id", "id-string"),
        ("slug", "du-key", "key"),
        ("urgency", "urgency", "ed-urg"),
        ("editors", "ed-msg", "info"),
    ] {
        keep(document, key, value(element, attribute));
    }
    keep(document, "subhead", line("hl2").filter(|line| document.title.as_ref() != Some(line)));
    keep_list(
        document,
        "keywords",
        xml::all(xml, "keyword").iter().filter_map(|element| element.attribute("key")),
    );
    let subjects = xml::all(xml, "tobject.subject");
    let subjects = subjects.iter().filter_map(|element| {
        element.attribute("tobject.subject.type").or_else(|| element.attribute("tobject.subject.refnum"))
    });
    keep_list(document, "subjects", subjects);
}

/// Reads a by-line. What is no name, as the initials of a desk, is kept as it is.
pub(super) fn authors(byline: &str, document: &mut Document) {
    let line = crate::characters::squeeze(byline);
    let named = front::byline(&line).or_else(|| front::byline(&format!("By {line}")));
    match named {
        Some(names) => document.authors = names,
        None => keep(document, "byline", Some(line).filter(|line| !line.is_empty())),
    }
}

/// Returns a date as ISO 8601 from the basic form `20140829T134951+0000` or the extended one.
pub(super) fn basic(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits(day), digits(time)) {
        (8, 6) => {
            let (hour, minute, rest) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
            dates::iso(&format!("{day}T{hour}:{minute}:{rest}"))
        }
        _ => dates::iso(text),
    }
}

/// Returns the language of a tag: `en` of `en-US`.
pub(super) fn language(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// Keeps a value under a key of `other`, if there is one.
pub(super) fn keep(document: &mut Document, key: &str, value: Option<String>) {
    if let Some(value) = value {
        document.other.entry(key.to_owned()).or_insert_with(|| value.into());
    }
}

/// Keeps a list under a key of `other`, without repeats, if it has members.
pub(super) fn keep_list<'v>(document: &mut Document, key: &str, values: impl Iterator<Item = &'v str>) {
    let mut list: Vec<Value> = Vec::new();
    for value in values {
        let value = Value::from(crate::characters::squeeze(value));
        if !list.contains(&value) {
            list.push(value);
        }
    }
    if !list.is_empty() {
        document.other.entry(key.to_owned()).or_insert_with(|| list.into());
    }
}

/// Returns the line of the first of some elements that has one.
pub(super) fn first_line(elements: &[Element<'_>]) -> Option<String> {
    elements.iter().map(Element::line).find(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_both_forms_are_read() {
        assert_eq!(basic("20140829T134951+0000").as_deref(), Some("2014-08-29T13:49:51Z"));
        assert_eq!(basic("20151210T191044Z").as_deref(), Some("2015-12-10T19:10:44Z"));
        assert_eq!(basic("2018-02-26T21:20:34Z").as_deref(), Some("2018-02-26T21:20:34Z"));
        assert_eq!(basic("20140829").as_deref(), Some("2014-08-29"));
        assert_eq!(basic("soon"), None);
    }
}
