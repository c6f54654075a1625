//! Lines of PDF files: the text layer in reading order, paragraph by paragraph.
//!
//! [`content`] runs the text operators of a page and gives pieces of text with their places, [`order`] finds columns and
//! lines among them, [`paragraphs`] joins lines and the hyphens at their ends. The file itself is read by `lopdf`.

mod content;
mod font;
mod order;
mod paragraphs;

use std::thread;

use lopdf::{Document, LoadOptions};

use super::Line;
use crate::fault::{Fault, FaultKind};
use crate::options::Options;

/// Returns the paragraphs of a PDF file, each as a line whose number is that of its page.
///
/// The marks are `page` (the first of a page) and `running` (a head or foot that many pages have).
///
/// # Errors
/// If the file cannot be read, is locked, has no text layer, or is over a limit; with the reason.
pub(crate) fn lines(bytes: &[u8], options: &Options) -> Result<Vec<Line>, Fault> {
    // The library works by recursion within limits of its own; a fault of it costs one file.
    let read = thread::scope(|scope| {
        let thread = thread::Builder::new().name("pdf".to_owned()).stack_size(options.page_stack_bytes);
        let started = thread.spawn_scoped(scope, || read(bytes, options));
        let started = started.map_err(|error| {
            Fault::new(FaultKind::System, "no thread could be started to read the file").because(error)
        })?;
        started.join().map_err(|_| Fault::damaged("a damaged PDF file"))?
    })?;
    Ok(paragraphs::join(&read))
}

/// Returns the lines of each page in reading order.
fn read(bytes: &[u8], options: &Options) -> Result<Vec<Vec<order::TextLine>>, Fault> {
    let limits =
        LoadOptions { max_decompressed_size: Some(options.max_stream_bytes), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, limits)
        .map_err(|error| Fault::damaged("a damaged PDF file").because(error))?;
    if document.is_encrypted() {
        return Err(Fault::unsupported("locked with a password").with_hint("save the PDF file without one"));
    }
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Fault::damaged("a damaged PDF file (no pages)"));
    }
    if pages.len() > options.max_pages {
        return Err(Fault::too_large(format!(
            "has more than {} pages, the limit for one file",
            options.max_pages
        ))
        .with_hint("split it"));
    }
    let mut read = Vec::new();
    let (mut letters, mut unknown) = (0, 0);
    for page in pages.values() {
        let pieces = content::pieces(&document, *page, options)?;
        for letter in pieces.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()) {
            letters += 1;
            unknown += usize::from(letter == '\u{fffd}' || letter.is_control());
            if letters > options.max_text_bytes {
                return Err(crate::article::too_long(options));
            }
        }
        read.push(order::lines(pieces));
    }
    // A page of print has some hundred letters.
    if letters == 0 || letters < pages.len() * FEW_LETTERS {
        return Err(Fault::empty("has no text layer: its pages are pictures")
            .with_hint("have the text recognised (OCR) and save the file anew"));
    }
    if unknown * 5 > letters {
        return Err(Fault::unsupported("its fonts do not tell which letters they show")
            .with_hint("save it anew as text or Word file"));
    }
    Ok(read)
}

/// The fewest letters of a page, on the average, from which on a file has a text layer.
const FEW_LETTERS: usize = 20;
