//! Messages, and pages that a browser saved as one.

use std::collections::BTreeSet;
use std::vec;

use mailparse::{DispositionType, MailHeaderMap as _, ParsedMail};
use readout_record::{Document, PublishedFrom};
use serde_json::json;

use super::warc::CAPTURE;
use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised, holds_files};
use crate::trouble::Trouble;
use crate::{characters, dates};

pub(crate) static FORMAT: Format = Format {
    name: "mail",
    endings: &["eml"],
    told_by: "its name, or that it starts with the headers of a message",
    reads: "the text of a message, or its HTML where it has no text, with the day and the subject of its headers; sender and id of \
            the message are kept; what is attached is named in a note",
    recognise: |start| if is_message(start) { Recognised::Surely } else { Recognised::No },
    holds: Holds::Files(open),
    read: holds_files,
};

pub(crate) static SAVED_PAGE: Format = Format {
    name: "MHTML page",
    endings: &["mhtml", "mht"],
    told_by: "its name, or the headers that browsers write",
    reads: "the page, with the address and the time of saving in `capture`; pictures and frames are left aside",
    recognise: |start| if is_saved_page(start) { Recognised::Surely } else { Recognised::No },
    holds: Holds::Files(open_page),
    read: holds_files,
};

/// The most lines of a header that are looked at to tell a message.
const HEADER_LINES: usize = 200;

/// Returns the names of the headers that a text starts with, in small letters, or none if it does not start so.
fn header_names(start: &[u8]) -> BTreeSet<String> {
    let start = String::from_utf8_lossy(start.get(..start.len().min(16 << 10)).unwrap_or_default());
    let mut names = BTreeSet::new();
    for line in start.trim_start().lines().take(HEADER_LINES) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        match line.split_once(':') {
            Some((name, _)) if is_name(name) => names.insert(name.to_ascii_lowercase()),
            _ => return BTreeSet::new(),
        };
    }
    names
}

/// Whether a text starts as a message does.
pub(super) fn is_message(start: &[u8]) -> bool {
    let names = header_names(start);
    let has = |name: &str| names.contains(name);
    let marks = [
        "to",
        "message-id",
        "mime-version",
        "content-type",
        "received",
        "delivered-to",
        "return-path",
        "x-mailer",
    ];
    has("from") && (has("subject") || has("date")) && marks.iter().any(|name| has(name))
        || has("received") && (has("return-path") || has("delivered-to"))
}

/// Whether a text starts as a page does that a browser saved in one file.
fn is_saved_page(start: &[u8]) -> bool {
    let names = header_names(start);
    let head = String::from_utf8_lossy(start.get(..start.len().min(4096)).unwrap_or_default());
    names.contains("content-type")
        && head.contains("multipart/related")
        && (names.contains("snapshot-content-location")
            || head.contains("From: <Saved by")
            || head.contains("From: \"Saved by"))
}

/// The one file that a message holds.
struct Body(vec::IntoIter<Inner>);

impl Files for Body {
    fn next_file(&mut self, _: &Options, _: IsRead) -> Option<Result<Inner, Trouble>> {
        self.0.next().map(Ok)
    }
}

fn one(body: Inner) -> Box<dyn Files> {
    Box::new(Body(vec![body].into_iter()))
}

/// Returns the fault of a message of more than `limit` bytes.
pub(super) fn too_large(limit: u64) -> Fault {
    Fault::too_large(format!("larger than {} MB, the limit for one message", limit >> 20))
}

/// Reads the bytes of a message, up to `max_file_bytes`.
fn bytes(content: &Content, options: &Options) -> Result<Vec<u8>, Fault> {
    use std::io::Read as _;
    let limit = options.max_file_bytes;
    let mut bytes = Vec::new();
    let opened = content.open(options)?;
    opened.content().take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(bytes)
}

/// Opens the message called `path`.
fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    message(path, &bytes(content, options)?).map(one)
}

/// Returns the file that the body of a message is.
fn message(path: &str, bytes: &[u8]) -> Result<Inner, Fault> {
    let mail = mailparse::parse_mail(bytes.trim_ascii_start())
        .map_err(|error| Fault::damaged("no message that can be read").because(error))?;
    let mut parts = Parts::default();
    parts.add(&mail, 0);
    let (ending, body) = parts.body.ok_or_else(|| match parts.attached.as_slice() {
        [] => Fault::empty("the message has no text"),
        attached => {
            let attached = attached.join(", ");
            Fault::empty(format!("the message has no text, only what is attached: {attached}"))
        }
    })?;
    let body = body.get_body().map_err(|error| Fault::damaged("its text cannot be read").because(error))?;
    let header = |name: &str| {
        let value = mail.headers.get_first_value(name)?;
        Some(characters::squeeze(&characters::clean(&value))).filter(|value| !value.is_empty())
    };
    let mut file = Inner::new(path, format!("body.{ending}"), Content::Memory(body.into_bytes().into()));
    let published = header("date").map(|words| (dates::given(&words, None), words));
    let mut known = Document { title: header("subject"), ..Document::default() };
    match published {
        Some((Ok(given), _)) => {
            known.published = Some(given.date);
            known.published_from = Some(PublishedFrom::Metadata);
        }
        Some((Err(unread), words)) => file.notes.push(unread.note(&words)),
        None => {}
    }
    for (key, name) in [("from", "from"), ("message_id", "message-id"), ("list", "list-id")] {
        known.other.extend(header(name).map(|value| (key.to_owned(), value.into())));
    }
    *file.known = known;
    if !parts.attached.is_empty() {
        file.notes.push(format!("attached and not read: {}", parts.attached.join(", ")));
    }
    Ok(file)
}

/// The parts of a message.
#[derive(Default)]
struct Parts<'m, 'b> {
    /// The ending of a file that the body would be, and the body.
    body: Option<(&'static str, &'m ParsedMail<'b>)>,
    /// The names or kinds of what is attached.
    attached: Vec<String>,
}

impl<'m, 'b> Parts<'m, 'b> {
    fn add(&mut self, part: &'m ParsedMail<'b>, depth: usize) {
        let kind = part.ctype.mimetype.to_ascii_lowercase();
        let disposition = part.get_content_disposition();
        let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        let is_attached = disposition.disposition == DispositionType::Attachment;
        // The library reads to a depth of its own; nothing of ours goes deeper.
        if kind.starts_with("multipart/") && !is_attached && depth < 32 {
            if kind == "multipart/alternative" {
                self.add_alternative(part, depth);
            } else {
                part.subparts.iter().for_each(|part| self.add(part, depth + 1));
            }
            return;
        }
        let ending = match kind.as_str() {
            "text/plain" => "txt",
            "text/html" => "html",
            _ => "",
        };
        if !ending.is_empty() && !is_attached && self.body.is_none() && has_text(part) {
            self.body = Some((ending, part));
        } else if is_attached || ending.is_empty() || name.is_some() {
            self.attached.push(name.map_or(kind, |name| characters::squeeze(&characters::clean(name))));
        }
    }

    /// Adds one of several forms of the same text: the plain one, or else the first that has a text.
    fn add_alternative(&mut self, part: &'m ParsedMail<'b>, depth: usize) {
        let is_plain =
            |part: &&ParsedMail<'b>| part.ctype.mimetype.eq_ignore_ascii_case("text/plain") && has_text(part);
        let plain = part.subparts.iter().find(is_plain);
        let others = part
            .subparts
            .iter()
            .filter(|other| other.ctype.mimetype.starts_with("multipart/") || plain.is_none());
        for part in plain.into_iter().chain(others) {
            self.add(part, depth + 1);
        }
    }
}

/// Whether a part has a word in it.
fn has_text(part: &ParsedMail<'_>) -> bool {
    part.get_body().is_ok_and(|text| text.chars().any(char::is_alphanumeric))
}

/// Opens the saved page called `path`.
fn open_page(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let bytes = bytes(content, options)?;
    let mail = mailparse::parse_mail(bytes.trim_ascii_start())
        .map_err(|error| Fault::damaged("no saved page that can be read").because(error))?;
    let is_page = |part: &&ParsedMail<'_>| {
        matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
    };
    let page = mail.parts().find(is_page).ok_or_else(|| Fault::empty("the saved file has no page in it"))?;
    let html =
        page.get_body_raw().map_err(|error| Fault::damaged("the page cannot be read").because(error))?;
    let address = mail
        .headers
        .get_first_value("snapshot-content-location")
        .or_else(|| page.headers.get_first_value("content-location"));
    let mut file = Inner::new(path, "page.html", Content::Memory(html.into()));
    file.known.url =
        address.map(|address| characters::squeeze(&address)).filter(|address| address.starts_with("http"));
    // The day on which a page was saved is not that of its publication.
    let saved = mail.headers.get_first_value("date").and_then(|words| dates::given(&words, None).ok());
    if let Some(saved) = saved {
        file.known.other.insert(CAPTURE.to_owned(), json!({ "at": saved.date }));
    }
    Ok(one(file))
}
