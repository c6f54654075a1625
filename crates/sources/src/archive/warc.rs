//! WARC files: pages as a crawl or an archive kept them, with the proof of their capture.

use std::io::{self, BufRead as _, Read as _};

use readout_record::Document;
use serde_json::{Map, Value};

use super::http::{self, Answer, Headers};
use super::passed::Passed;
use super::warc_input::Input;
use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised, holds_files};
use crate::trouble::Trouble;

pub(crate) static FORMAT: Format = Format {
    name: "WARC",
    endings: &["warc"],
    told_by: "its first bytes, packed or not: `WARC/1`",
    reads: "the pages, feeds and documents that its response, resource and conversion records hold, one report each; record id, \
            place in bytes, digests and the time of the capture are kept in `capture`",
    recognise: |start| {
        if start.starts_with(b"WARC/1.") || start.starts_with(b"filedesc://") {
            Recognised::Surely
        } else {
            Recognised::No
        }
    },
    holds: Holds::Files(open),
    read: holds_files,
};

/// The key of `other` that keeps the proof of a capture.
pub(super) const CAPTURE: &str = "capture";

/// The longest head of a record, in bytes.
const HEAD: u64 = 64 << 10;

/// Opens the file called `path`.
pub(super) fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let mut input = Input::open(content, options)?;
    if input.go_on().is_ok_and(|more| more)
        && input.fill_buf().is_ok_and(|start| start.starts_with(b"filedesc://"))
    {
        return Err(Fault::unsupported(
            "an ARC file, the older form of WARC: make a WARC file of it first (`warcio recompress` does)",
        ));
    }
    Ok(Box::new(Records { path: path.to_owned(), input, number: 0, passed: Passed::default(), ended: false }))
}

/// The records of a file.
struct Records {
    path: String,
    input: Input,
    /// The number of the record at hand, from 1.
    number: usize,
    passed: Passed,
    ended: bool,
}

/// What became of a record.
enum Record {
    Page(Box<Inner>),
    /// Passed over, as a record of this kind.
    Passed(String),
    /// Not one of those that hold a report.
    Other,
}

/// The reason why a record is not read.
enum Broken {
    /// The record is bad, and the next one starts where it should.
    Record(Fault),
    /// The place of the next record is not known.
    Place(Fault),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Place(error.into())
    }
}

impl Files for Records {
    fn next_file(&mut self, options: &Options, _: IsRead) -> Option<Result<Inner, Trouble>> {
        while !self.ended {
            match self.start() {
                Ok(true) => {}
                Ok(false) => break,
                Err(why) => return Some(self.refuse(Broken::Place(why))),
            }
            let place = self.input.place();
            match self.record(place, options) {
                Ok(Record::Page(page)) => return Some(Ok(*page)),
                Ok(Record::Passed(kind)) => self.passed.add(kind),
                Ok(Record::Other) => {}
                Err(broken) => return Some(self.refuse(broken)),
            }
        }
        self.ended = true;
        self.passed.note(&self.path).map(Err)
    }
}

impl Records {
    /// Goes to the start of the next record; false at the end of the file.
    fn start(&mut self) -> Result<bool, Fault> {
        loop {
            if !self.input.go_on()? {
                return Ok(false);
            }
            // Blank lines part the records.
            let blank = self.input.fill_buf()?;
            let blank = blank.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blank == 0 {
                self.number += 1;
                return Ok(true);
            }
            self.input.consume(blank);
        }
    }

    /// Returns the trouble of a bad record, and goes on to the next one.
    fn refuse(&mut self, broken: Broken) -> Result<Inner, Trouble> {
        let why = match broken {
            Broken::Record(why) => why,
            Broken::Place(why) => {
                match self.input.skip_damage() {
                    Ok(more) => self.ended = !more,
                    Err(_) => self.ended = true,
                }
                why
            }
        };
        Err(Trouble::unread(format!("{}#{}", self.path, self.number), why))
    }

    /// Reads the record at hand, which starts at `place`.
    fn record(&mut self, place: u64, options: &Options) -> Result<Record, Broken> {
        let head = self.head()?;
        let (headers, _) = Headers::read(&head);
        let bad = |what: &str| Broken::Place(Fault::damaged(format!("a bad record at byte {place}: {what}")));
        let length = headers.get("content-length").ok_or_else(|| bad("it has no length"))?;
        let length: u64 = length.parse().map_err(|_| bad(&format!("its length is {length:?}")))?;
        let kind = headers.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let limit = options.max_file_bytes;
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") || length > limit {
            let skipped = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
            if skipped < length {
                return Err(bad("it is cut off"));
            }
            return match kind.as_str() {
                "response" | "resource" | "conversion" => {
                    let what = format!("larger than {} MB, the limit for one report", limit >> 20);
                    Err(Broken::Record(Fault::too_large(what)))
                }
                "revisit" => Ok(Record::Passed("seen again unchanged".to_owned())),
                "continuation" => Ok(Record::Passed("in several records".to_owned())),
                "" => {
                    let what = format!("a bad record at byte {place}: it has no type");
                    Err(Broken::Record(Fault::damaged(what)))
                }
                _ => Ok(Record::Other),
            };
        }
        let mut block = Vec::new();
        (&mut self.input).take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(bad("it is cut off"));
        }
        if let Some(why) = headers.get("warc-truncated") {
            return Err(Broken::Record(Fault::damaged(format!(
                "the archive kept a part of it only ({why})"
            ))));
        }
        self.page(&headers, &kind, &block, place, options)
    }

    /// Reads the head of a record: its lines up to the blank one.
    fn head(&mut self) -> Result<Vec<u8>, Broken> {
        let place = self.input.place();
        let mut head = Vec::new();
        let mut left = HEAD;
        loop {
            let mut line = Vec::new();
            let read = (&mut self.input).take(left).read_until(b'\n', &mut line)? as u64;
            let first = head.is_empty();
            if first && !line.starts_with(b"WARC/") {
                return Err(Broken::Place(Fault::damaged(format!("no record starts at byte {place}"))));
            }
            left -= read;
            if !line.ends_with(b"\n") {
                return Err(Broken::Place(Fault::damaged(format!(
                    "a bad record at byte {place}: its head is cut off or too long"
                ))));
            }
            if line.trim_ascii().is_empty() {
                return Ok(head);
            }
            // The version has no colon, and so is no header.
            head.extend_from_slice(&line);
        }
    }

    /// Makes a file of the block of a record.
    fn page(
        &self,
        headers: &Headers<'_>,
        record: &str,
        block: &[u8],
        place: u64,
        options: &Options,
    ) -> Result<Record, Broken> {
        let outer = http::kind(&headers.get("content-type").unwrap_or_default());
        let (kind, bytes) = if outer == "application/http" {
            let answer = Answer::read(block)
                .ok_or_else(|| Broken::Record(Fault::damaged("no answer of a web server")))?;
            if answer.status != 200 {
                return Ok(Record::Passed(format!("answered with status {}", answer.status)));
            }
            if ending(&answer.kind(), record).is_none() {
                return Ok(Record::Passed(answer.kind()));
            }
            (answer.kind(), answer.content(options).map_err(Broken::Record)?)
        } else {
            (outer, block.to_vec())
        };
        let Some(ending) = ending(&kind, record) else { return Ok(Record::Passed(kind)) };
        let address = headers.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        // Crawlers put notes on themselves into resources of their own.
        if address.as_ref().is_some_and(|address| {
            !["http:", "https:", "file:", "urn:"].iter().any(|scheme| address.starts_with(scheme))
        }) {
            return Ok(Record::Passed("notes of the crawler".to_owned()));
        }
        let mut capture = Map::new();
        for (key, header) in [
            ("record", "warc-record-id"),
            ("at", "warc-date"),
            ("digest", "warc-payload-digest"),
            ("block_digest", "warc-block-digest"),
        ] {
            if let Some(value) = headers.get(header) {
                capture.insert(key.to_owned(), value.trim_matches(['<', '>']).into());
            }
        }
        capture.insert("byte".to_owned(), place.into());
        let path = format!("{}#{}", self.path, self.number);
        let mut page = Inner::new(path, format!("record.{ending}"), Content::Memory(bytes.into()));
        *page.known =
            Document { url: address.filter(|address| address.starts_with("http")), ..Document::default() };
        page.known.other.insert(CAPTURE.to_owned(), Value::Object(capture));
        Ok(Record::Page(Box::new(page)))
    }
}

/// Returns the ending that a file of a kind has, if reports come in that kind.
///
/// Plain text that a server gave is mostly no report, but `robots.txt` and the like; what an archive made of a page is.
fn ending(kind: &str, record: &str) -> Option<&'static str> {
    Some(match kind {
        "text/html" | "application/xhtml+xml" => "html",
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => "rss",
        "application/feed+json" => "json",
        "application/pdf" => "pdf",
        "text/plain" if record != "response" => "txt",
        _ => return None,
    })
}
