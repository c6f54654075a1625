//! WACZ: a web archive in a ZIP archive, with a list of the pages that were visited.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _};

use serde_json::Value;

use super::warc;
use super::zipped::{self, Entry};
use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised, holds_files};
use crate::trouble::Trouble;

pub(crate) static FORMAT: Format = Format {
    name: "WACZ",
    endings: &["wacz"],
    told_by: "its name, or a ZIP archive with `datapackage.json` and an `archive` folder",
    reads: "the WARC files of its `archive` folder; a page that its list of pages has keeps the title of the list",
    recognise,
    holds: Holds::Files(open),
    read: holds_files,
};

fn recognise(start: &[u8]) -> Recognised {
    let is_web_archive =
        zipped::starts_with_file(start, "datapackage.json") && zipped::starts_with_file(start, "archive/");
    if is_web_archive { Recognised::Surely } else { Recognised::No }
}

/// The most bytes of a list of pages that are read.
const LIST: u64 = 64 << 20;

fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let (mut archives, mut pages) = (VecDeque::new(), BTreeMap::new());
    for Entry { name, content } in zipped::entries(content, options)? {
        if name.starts_with("archive/") && name.contains(".warc") {
            archives.push_back((format!("{path}/{name}"), content));
        } else if name.starts_with("pages/")
            && name.ends_with(".jsonl")
            && let Ok(content) = content
        {
            list_pages(&content, options, &mut pages);
        }
    }
    if archives.is_empty() {
        return Err(Fault::empty("no WARC file in its `archive` folder"));
    }
    Ok(Box::new(Wacz { archives, open: None, pages }))
}

/// Adds the titles of a list of pages, by their addresses. What is broken ends the list.
fn list_pages(content: &Content, options: &Options, pages: &mut BTreeMap<String, String>) {
    let Ok(list) = content.open(options) else { return };
    for line in BufReader::new(list.content().take(LIST)).lines().map_while(Result::ok) {
        let Ok(page) = serde_json::from_str::<Value>(&line) else { continue };
        let text = |key: &str| page.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(address) = text("url") {
            pages.insert(address, text("title").unwrap_or_default());
        }
    }
}

struct Wacz {
    archives: VecDeque<(String, Result<Content, Fault>)>,
    open: Option<Box<dyn Files>>,
    /// Titles by addresses.
    pages: BTreeMap<String, String>,
}

impl Files for Wacz {
    fn next_file(&mut self, options: &Options, is_read: IsRead) -> Option<Result<Inner, Trouble>> {
        loop {
            if let Some(archive) = &mut self.open {
                match archive.next_file(options, is_read) {
                    Some(Ok(mut page)) => {
                        let title = page.known.url.as_ref().and_then(|address| self.pages.get(address));
                        if let (Some(title), Some(Value::Object(capture))) =
                            (title, page.known.other.get_mut(warc::CAPTURE))
                        {
                            capture.insert("page".to_owned(), title.as_str().into());
                        }
                        return Some(Ok(page));
                    }
                    Some(trouble) => return Some(trouble),
                    None => self.open = None,
                }
            }
            let (path, content) = self.archives.pop_front()?;
            match content.and_then(|content| warc::open(&path, &content, options)) {
                Ok(archive) => self.open = Some(archive),
                Err(why) => return Some(Err(Trouble::unread(path, why))),
            }
        }
    }
}
