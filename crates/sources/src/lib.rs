//! Files and folders in, documents out: formats, encodings, metadata, junk.
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

mod archive;
mod article;
mod block;
mod bundle;
mod cards;
mod characters;
mod content;
mod dates;
mod decode;
mod fault;
mod feed;
mod fields;
mod file_names;
mod formats;
mod front;
mod junk;
mod keys;
mod lines;
mod lists;
mod markdown;
mod named;
mod newsroom;
mod office;
mod options;
mod outlets;
mod page;
mod patterns;
mod plain;
mod rows;
mod source;
mod table;
mod told;
mod trouble;
mod walk;
mod whole;
mod words;
mod xml;

use std::path::PathBuf;

use readout_record::Document;

pub use fault::{Fault, FaultKind};
pub use formats::{FORMATS, endings};
pub use named::{NamedPage, Names, NamesKind, named_pages};
pub use options::Options;
pub use readout_lexicon::TableFault;
pub use source::{Format, Source};
pub use told::{Told, read_date};
pub use trouble::Trouble;
pub use walk::{STANDARD_INPUT, Sources, files, path_name, sources};

/// One result of reading: a report, or a trouble.
#[derive(Clone, Debug, PartialEq)]
pub enum Captured {
    /// A report.
    Document(Box<Document>),
    /// Something that was not read, or was mended.
    Trouble(Trouble),
}

/// Reads files and folders in the order given. The files of a folder are read by name.
pub fn read<'o>(paths: &[PathBuf], options: &'o Options) -> impl Iterator<Item = Captured> + 'o {
    documents(sources(paths, options), options)
}

/// Reads a file that is in memory and called `name`.
pub fn read_bytes<'o>(
    name: &str,
    bytes: impl Into<Vec<u8>>,
    options: &'o Options,
) -> impl Iterator<Item = Captured> + 'o {
    documents(Sources::of_bytes(name, bytes.into(), options), options)
}

/// Returns the documents of sources, each after the troubles that it had.
fn documents<'o>(sources: Sources<'o>, options: &'o Options) -> impl Iterator<Item = Captured> + 'o {
    sources.flat_map(move |found| match found {
        Err(trouble) => vec![Captured::Trouble(trouble)],
        Ok(source) => {
            let mut troubles = Vec::new();
            let document = source.document(options, &mut troubles);
            let troubles = troubles.into_iter().map(Captured::Trouble);
            troubles.chain(document.map(|document| Captured::Document(Box::new(document)))).collect()
        }
    })
}
