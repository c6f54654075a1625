//! Files and folders in, documents out: encodings, HTML, JSON Lines, metadata, junk.
//!
//! [`read`] walks what it is given in a fixed order and yields [`Document`]s one at a time, with a [`Trouble`] for
//! whatever could not be read or had to be mended, so that one bad file never costs the rest. Nothing is held but
//! the file at hand. [`sources`] and [`Source::document`] are its two halves, for callers that spread the second,
//! slower one over threads.
//!
//! What a report says is its `text`; what surrounds it on the page (sharing bars, links to other stories, captions,
//! by-lines) is lifted out of the text, and kept in `dropped` with the reason. Rules are data: see `data/sources`.
//!
//! ```no_run
//! use readout_sources::{Captured, Options, read};
//! for captured in read(&["reports".into()], &Options::default()) {
//!     match captured {
//!         Captured::Document(document) => println!("{:?}: {}", document.path, document.text.len()),
//!         Captured::Trouble(trouble) => eprintln!("{}: {}", trouble.note.about, trouble.note.message),
//!     }
//! }
//! ```

mod article;
mod captured;
mod characters;
mod dates;
mod decode;
mod fields;
mod front;
mod junk;
mod markdown;
mod outlets;
mod page;
mod plain;
mod rows;
mod walk;

use std::path::PathBuf;

use readout_record::{Document, Note};

pub use captured::{Format, Source};
pub use walk::{Sources, path_name, sources};

/// Limits that keep one bad file from costing the batch. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The largest text or HTML file, as it lies on disk and after unpacking.
    pub max_file_bytes: u64,
    /// The largest row of a JSON Lines file; the file itself may be of any size.
    pub max_row_bytes: u64,
    /// How much of blank lines may stand between two rows of a JSON Lines file.
    pub max_blank_bytes: u64,
    /// How many folders deep to look.
    pub max_folder_depth: usize,
    /// The most text of one report.
    pub max_text_bytes: usize,
    /// The deepest nesting of elements in a page; a page that goes over this or one of the other limits of pages is read
    /// by its text alone.
    pub max_nesting: usize,
    /// The most elements of a page.
    pub max_elements: usize,
    /// The most attributes of all elements of a page.
    pub max_attributes: usize,
    /// The most attributes of one tag; the others are passed over. Common ones have ten.
    pub max_tag_attributes: usize,
    /// The longest attribute; longer ones are pictures and programs, and are passed over.
    pub max_attribute_bytes: usize,
    /// The longest tag or comment, without what was passed over.
    pub max_tag_bytes: usize,
    /// The most steps that a walk from every byte of a page's text, and 64 times from every element, to the root of
    /// the page may have: looking for the body of a page takes time and memory in proportion.
    pub max_page_steps: u64,
    /// Stack of the thread that parses a page.
    pub page_stack_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_file_bytes: 64 << 20,
            max_row_bytes: 16 << 20,
            max_blank_bytes: 1 << 20,
            max_folder_depth: 64,
            max_text_bytes: 4 << 20,
            max_nesting: 256,
            max_elements: 100_000,
            max_attributes: 200_000,
            max_tag_attributes: 256,
            max_attribute_bytes: 16 << 10,
            max_tag_bytes: 256 << 10,
            max_page_steps: 100_000_000,
            page_stack_bytes: 64 << 20,
        }
    }
}

/// One result of reading: a report, or a trouble.
#[derive(Clone, Debug, PartialEq)]
pub enum Captured {
    /// A report.
    Document(Box<Document>),
    /// Something that was not read, or was mended.
    Trouble(Trouble),
}

/// A problem with a file or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The file (and row), and the message about it.
    pub note: Note,
    /// True if a report may be missing because of the problem. Otherwise something was mended or rightly passed over.
    pub unread: bool,
}

impl Trouble {
    fn unread(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { note: Note::new(about, message), unread: true }
    }

    fn mended(about: impl Into<String>, message: impl Into<String>) -> Self {
        Self { note: Note::new(about, message), unread: false }
    }
}

/// Reads files and folders in the order given. The files of a folder are read by name.
pub fn read<'o>(paths: &[PathBuf], options: &'o Options) -> impl Iterator<Item = Captured> + 'o {
    sources(paths, options).flat_map(move |found| match found {
        Err(trouble) => vec![Captured::Trouble(trouble)],
        Ok(source) => {
            let mut troubles = Vec::new();
            let document = source.document(options, &mut troubles);
            let troubles = troubles.into_iter().map(Captured::Trouble);
            troubles.chain(document.map(|document| Captured::Document(Box::new(document)))).collect()
        }
    })
}
