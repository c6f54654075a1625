//! One source: the bytes of a report, and the format that they are in.

use std::fmt;
use std::io::BufRead;

use readout_record::{Document, ids};

use crate::article;
use crate::content::Content;
use crate::dates::Usage;
use crate::fault::Fault;
use crate::options::Options;
use crate::trouble::Trouble;

/// A format in which reports come. [`FORMATS`](crate::FORMATS) lists them all.
pub struct Format {
    /// The name, as a person would say it.
    pub name: &'static str,
    /// Endings of the names of its files, in small letters and without the full stop. The usual one stands first.
    pub endings: &'static [&'static str],
    /// The mark by which its files are told from others, as words of the documentation.
    pub told_by: &'static str,
    /// The parts that are read of it, as a sentence of the documentation.
    pub reads: &'static str,
    /// Judges by the first bytes of a file whether the file is of the format.
    pub(crate) recognise: fn(&[u8]) -> Recognised,
    /// The number of reports of a file, and the way in which they are told apart.
    pub(crate) holds: Holds,
    /// Reads the document of one source, or returns the reason why there is none. Notes go to the last argument.
    pub(crate) read: ReadSource,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The certainty with which the first bytes of a file are of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recognised {
    /// They may be of any other.
    No,
    /// They are of the format if the file's name does not say otherwise.
    Perhaps,
    /// They are of the format, whatever the file is called.
    Surely,
}

/// Reads one source. The error is the reason why it holds no document; notes go to the last argument.
pub(crate) type ReadSource = fn(&Source, &Options, &mut dyn FnMut(&str)) -> Result<Document, Fault>;

/// Looks through the lines of a file: the order of day and month in them, and a note on it.
pub(crate) type LookThrough = fn(&mut dyn BufRead) -> (Option<Usage>, Option<String>);

/// Takes a file apart. Notes on the whole file go to the last argument.
pub(crate) type TakeApart = fn(&[u8], &Options, &mut dyn FnMut(&str)) -> Vec<Part>;

/// The reports in a file of a format.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    /// The file is one report.
    One,
    /// Each line is one report. The function looks through all of them first, for the order of day and month.
    Lines(LookThrough),
    /// The function takes the file apart. Notes on the whole file go to its last argument.
    Several(TakeApart),
    /// The file holds other files, each of a format of its own. The function opens it.
    Files(OpenFiles),
}

/// Opens a file called by its first argument that holds others. The error is the reason why it cannot be read.
pub(crate) type OpenFiles = fn(&str, &Content, &Options) -> Result<Box<dyn Files>, Fault>;

/// Whether a file of a name is of a format that is read.
pub(crate) type IsRead = fn(&str) -> bool;

/// The files within a file, one after the other.
pub(crate) trait Files: Send {
    /// Returns the next file or a trouble, or `None` at the end.
    fn next_file(&mut self, options: &Options, is_read: IsRead) -> Option<Result<Inner, Trouble>>;
}

/// A file within a file.
pub(crate) struct Inner {
    /// The name by which its reports are known.
    pub(crate) path: String,
    /// The name that tells its format; its ending is what counts.
    pub(crate) name: String,
    /// Its format, where the file around it says so.
    pub(crate) format: Option<&'static Format>,
    pub(crate) content: Content,
    /// The facts that the file around it tells.
    pub(crate) known: Box<Document>,
    /// The order of day and month in dates, as the file around it shows it.
    pub(crate) usage: Option<Usage>,
    /// Notes on the file.
    pub(crate) notes: Vec<String>,
}

impl Inner {
    /// Returns a file of which nothing is known but its bytes and its name.
    pub(crate) fn new(path: impl Into<String>, name: impl Into<String>, content: Content) -> Self {
        let (path, name) = (path.into(), name.into());
        Self { path, name, format: None, content, known: Box::default(), usage: None, notes: Vec::new() }
    }
}

/// The reader of a format whose files hold no report themselves.
pub(crate) fn holds_files(_: &Source, _: &Options, _: &mut dyn FnMut(&str)) -> Result<Document, Fault> {
    Err(Fault::empty("holds other files, and is no report itself"))
}

/// A part of a file of several reports.
pub(crate) enum Part {
    /// A report: its number in the file from 1, its bytes, and what the file around it tells of it.
    Report { number: usize, bytes: Vec<u8>, known: Box<Document> },
    /// A report, or the rest of the file, that cannot be read, with the reason.
    Refused { number: usize, why: Fault },
}

/// The bytes of one report, as they were found.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The file's name as it was given, with `#number` in a file of many reports.
    pub path: String,
    /// Its format.
    pub format: &'static Format,
    /// The formats of the files that it stands in, the outermost first.
    pub(crate) within: Vec<&'static str>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The order of day and month in dates, as other rows of the same file show it.
    pub(crate) usage: Option<Usage>,
    /// The facts on the report that are known from around it.
    pub(crate) known: Box<Document>,
}

impl Source {
    /// Returns a source of which nothing is known but its bytes.
    pub(crate) fn of(path: impl Into<String>, format: &'static Format, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), format, within: Vec::new(), bytes, usage: None, known: Box::default() }
    }

    /// Reads the document from the bytes. Returns `None` and adds a trouble with the reason if there is none.
    pub fn document(&self, options: &Options, troubles: &mut Vec<Trouble>) -> Option<Document> {
        let mut mend = |message: &str| troubles.push(Trouble::mended(&self.path, message));
        let read = (self.format.read)(self, options, &mut mend).and_then(|document| {
            article::check_length(document.text.len(), options)?;
            if document.text.is_empty() { Err(Fault::empty("holds no text")) } else { Ok(document) }
        });
        let mut document = match read {
            Ok(document) => document,
            Err(fault) => {
                troubles.push(Trouble::unread(&self.path, fault));
                return None;
            }
        };
        if let Some(told) = options.told.of(&self.path) {
            told.put(&mut document);
        }
        if let Some(note) = options.told.fill(&self.path, &mut document) {
            troubles.push(Trouble::mended(&self.path, note));
        }
        document.id = ids::document_id(&self.bytes);
        document.path = Some(self.path.clone());
        document.text_sha256 = ids::sha256(document.text.as_bytes());
        Some(document)
    }
}
