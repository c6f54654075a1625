//! Web pages: body and metadata, whatever is done to them.
//!
//! The body is found by the `trafilatura` crate with its focus on precision, with `dom_smoothie` for the pages where
//! it finds nothing; what is known to be no part of any story is taken out of the tree first. Both parsers work by
//! recursion and have no limits of their own, so a page is measured before it is parsed, parsed in a thread with a
//! large stack, and given up for its bare text when it takes too long.

mod authors;
mod furniture;
mod lead;
mod limits;
mod metadata;
mod published;
mod serialize;
mod title;

use std::sync::mpsc;
use std::thread;

use readout_record::{Document, PublishedFrom};
use trafilatura::dom;

use crate::Options;
use crate::article::{self, Block};
use crate::junk::plain_letters;
use metadata::Metadata;

/// A body with fewer characters than this is looked for a second time, with the other extractor.
const LITTLE: usize = 200;

/// The document of a page.
pub(crate) fn document(html: &str, options: &Options, mend: &mut dyn FnMut(&str)) -> Document {
    complete(html, Document::default(), options, mend)
}

/// As `document`, with what is known of the page from elsewhere.
pub(crate) fn complete(
    html: &str,
    mut document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Document {
    let (blocks, found) = match limits::tame(html, options) {
        limits::Tamed::TooMany => {
            mend(&format!("more than {} tags; read without its layout", options.max_tags));
            (limits::bare_text(html), Metadata::default())
        }
        limits::Tamed::Page { html, flattened } => {
            if flattened {
                mend("nested too deeply; the deepest tags were passed over");
            }
            let url = document.url.clone();
            read_in_time(html.clone().into_owned(), url, options).unwrap_or_else(|trouble| {
                mend(trouble);
                (limits::bare_text(&html), Metadata::default())
            })
        }
    };
    document.title = document.title.or(found.title);
    document.outlet = document.outlet.or(found.outlet);
    document.url = document.url.or(found.url);
    document.language = document.language.or(found.language);
    if document.authors.is_empty() {
        document.authors = found.authors;
    }
    if document.published.is_none() {
        document.published = found.published;
        document.published_from = document.published.as_ref().map(|_| PublishedFrom::Metadata);
    }
    article::finish(blocks, document)
}

/// Reads a page in a thread of its own; an error where that took too long or broke down.
///
/// A thread that is over its time cannot be stopped: it is left to end by itself. The limits make that rare.
fn read_in_time(
    html: String,
    url: Option<String>,
    options: &Options,
) -> Result<(Vec<Block>, Metadata), &'static str> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let thread = thread::Builder::new().name("page".to_owned()).stack_size(options.page_stack_bytes);
    let started = thread.spawn(move || {
        // Nobody is waiting any more if this fails.
        let _ = sender.send(read_page(&html, url.as_deref()));
    });
    if started.is_err() {
        return Err("no thread could be started to parse the page; read without its layout");
    }
    receiver.recv_timeout(options.page_budget).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => "took too long to parse; read without its layout",
        mpsc::RecvTimeoutError::Disconnected => "could not be parsed; read without its layout",
    })
}

fn read_page(html: &str, url: Option<&str>) -> (Vec<Block>, Metadata) {
    let mut page = dom::Document::parse(html);
    let found = metadata::find(&page, html, url);
    let lead = lead::find(&page);
    let links = serialize::links(&page);
    furniture::prepare(&mut page);
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true)
        // It looks at the clock and at the machine's time zone; `published` does neither.
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let mut blocks = match trafilatura::extract_document(page, &options) {
        Ok(body) => serialize::blocks(&body.content_html),
        Err(_) => Vec::new(),
    };
    if length(&blocks) < LITTLE {
        let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
        let second =
            dom_smoothie::Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
        if let Ok(body) = second {
            let second = serialize::blocks(&body.content);
            if length(&second) > 2 * length(&blocks) {
                blocks = second;
            }
        }
    }
    if blocks.is_empty() {
        blocks = limits::bare_text(html);
    }
    for block in &mut blocks {
        block.linked = links.contains(&plain_letters(&block.text));
    }
    lead::put_back(lead, &mut blocks);
    (blocks, found)
}

/// Bytes of text.
fn length(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}
