//! Web pages: body and metadata.
//!
//! The body is found by the `trafilatura` crate; what is known to be no part of any story is taken out of the tree
//! first. The crate works by recursion and has no limits of its own,
//! so a page is measured before it is parsed, parsed in a thread with a large stack if it nests deep, and given up for its
//! bare text where it is over a limit.

mod authors;
mod body;
mod furniture;
mod lead;
mod left_out;
mod limits;
mod live;
mod measure;
mod metadata;
mod published;
mod serialize;
mod signs;
mod title;

use std::{panic, thread};

use readout_record::{Document, PublishedFrom};
use rustc_hash::FxHashSet;
use trafilatura::dom;

use crate::block::{Block, BlockKind};
use crate::fault::Fault;
use crate::junk::plain_letters;
use crate::options::Options;
use crate::source::{Format, Holds, Recognised, Source};
use crate::{article, decode};
use measure::Measured;
use metadata::Metadata;

pub(crate) static FORMAT: Format = Format {
    name: "HTML page",
    endings: &["html", "htm", "xhtml"],
    told_by: "its doctype or first tag",
    reads: "the body of the article, without what stands around it, and title, day, outlet, authors, address and \
            language as the page gives them; the updates of a live page keep their own times in `passage_times`",
    recognise,
    holds: Holds::One,
    read,
};

/// A document of HTML is one, whatever its name; a text that starts with a tag may be Markdown too.
fn recognise(start: &[u8]) -> Recognised {
    let start = decode::start(start);
    let page = ["<!doctype html", "<html"].iter().any(|tag| start.starts_with(tag));
    if page || (start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html") {
        Recognised::Surely
    } else if is_html(&start) {
        Recognised::Perhaps
    } else {
        Recognised::No
    }
}

/// Whether a text starts as HTML does. `start` is in small letters.
fn is_html(start: &str) -> bool {
    ["<head", "<body", "<article", "<p>", "<p ", "<div"].iter().any(|tag| start.starts_with(tag))
}

/// Whether a text is the source of a page or of a part of one.
pub(crate) fn is_page(text: &str) -> bool {
    recognise(text.as_bytes()) != Recognised::No
}

fn read(source: &Source, options: &Options, mend: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    let html = decode::html(&source.bytes, mend)?;
    complete(&html, (*source.known).clone(), options, mend)
}

/// Reads the document of a page and completes `document`, which contains what is already known of the page.
pub(crate) fn complete(
    html: &str,
    document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    within_limits(html, document, options, mend, read_page)
}

/// Reads the document of a piece of HTML that holds a story and nothing else, and completes `document`.
pub(crate) fn fragment(
    html: &str,
    document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
) -> Result<Document, Fault> {
    within_limits(html, document, options, mend, read_fragment)
}

/// Returns the words of a short piece of HTML, without its tags.
pub(crate) fn words(html: &str) -> String {
    limits::bare_text(html)
}

/// The source of a page.
struct Page<'h> {
    /// All of the source.
    whole: &'h str,
    /// The source without what says nothing of the story: what is parsed.
    lean: &'h str,
    /// The address of the page, if it is known.
    url: Option<&'h str>,
}

/// A way to read a page: from its source to body and metadata.
type Reader = fn(&Page<'_>) -> (Vec<Block>, Metadata);

fn within_limits(
    html: &str,
    mut document: Document,
    options: &Options,
    mend: &mut dyn FnMut(&str),
    reader: Reader,
) -> Result<Document, Fault> {
    let (lean, many_attributes) = limits::without_ballast(html, options);
    if many_attributes {
        let most = options.max_tag_attributes;
        mend(&format!("a tag has more than {most} attributes; the others were passed over"));
    }
    let page = Page { whole: html, lean: &lean, url: document.url.as_deref() };
    let read = match measure::measure(&lean, options) {
        Measured::Fits(depth) if depth <= SHALLOW => {
            panic::catch_unwind(|| reader(&page)).map_err(|_| BROKE_DOWN.to_owned())
        }
        Measured::Fits(_) => read_in_thread(&page, options, reader),
        Measured::TextAlone(told) => Err(told),
        Measured::TooLong => return Err(article::too_long(options)),
    };
    let (blocks, found) = match read {
        Ok(read) => read,
        Err(told) => {
            mend(&format!("{told}; read without its layout"));
            let text = limits::bare_text(&lean);
            article::check_length(text.len(), options)?;
            (limits::bare_blocks(&text), Metadata::default())
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
        let from = if found.published.seen { PublishedFrom::Text } else { PublishedFrom::Metadata };
        document.published_from = found.published.date.as_ref().map(|_| from);
        document.published = found.published.date;
        if let Some(note) = &found.published.note {
            mend(note);
        }
    }
    Ok(article::finish(blocks, document, mend))
}

/// The deepest nesting that the stack of any thread has room for: a page of news nests some thirty deep.
const SHALLOW: usize = 100;

/// The reason why a page is read by its text alone if reading it broke down.
const BROKE_DOWN: &str = "could not be parsed";

/// Reads a page in a thread of its own, with a stack for its nesting; an error where that broke down.
fn read_in_thread(
    page: &Page<'_>,
    options: &Options,
    reader: Reader,
) -> Result<(Vec<Block>, Metadata), String> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("page".to_owned()).stack_size(options.page_stack_bytes);
        let thread = thread
            .spawn_scoped(scope, || reader(page))
            .map_err(|error| format!("no thread could be started to parse the page ({error})"))?;
        thread.join().map_err(|_| BROKE_DOWN.to_owned())
    })
}

fn read_fragment(page: &Page<'_>) -> (Vec<Block>, Metadata) {
    let links = serialize::links(&dom::Document::parse(page.lean));
    let mut blocks = serialize::blocks(page.lean);
    mark_links(&mut blocks, &links);
    (blocks, Metadata::default())
}

fn read_page(source: &Page<'_>) -> (Vec<Block>, Metadata) {
    let mut page = dom::Document::parse(source.lean);
    let found = metadata::find(&page, source.whole, source.url);
    let lead = lead::find(&page);
    let links = serialize::links(&page);
    let taken = furniture::prepare(&mut page);
    let passages = left_out::Passages::read(&page);
    let mut blocks = body::find(page, passages.story(), || {
        let mut page = dom::Document::parse(source.lean);
        furniture::prepare(&mut page);
        page
    });
    if blocks.is_empty() {
        blocks = limits::bare_blocks(&limits::bare_text(source.lean));
    }
    mark_links(&mut blocks, &links);
    passages.put_back(&mut blocks);
    found.live.mark(&mut blocks);
    lead::put_back(lead, &mut blocks);
    for (text, reason) in taken {
        let mut block = Block::new(text, BlockKind::Paragraph);
        block.drop_all(reason);
        blocks.push(block);
    }
    (blocks, found)
}

/// Marks the paragraphs that are nothing but one of `links`.
fn mark_links(blocks: &mut [Block], links: &FxHashSet<String>) {
    for block in blocks {
        block.linked = links.contains(&plain_letters(&block.text));
    }
}
