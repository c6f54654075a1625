//! One source: the bytes of a file or row, and the document in them.

use std::ffi::OsStr;
use std::path::Path;

use readout_record::{Document, ids};

use crate::dates::Usage;
use crate::{Options, Trouble, article, decode, markdown, page, plain, rows};

/// The format of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A row of a JSON Lines file.
    Row,
    /// A format that is yet to be recognised from the bytes.
    Unknown,
}

impl Format {
    /// Returns the format that a file's extension names, and whether the file is packed with gzip.
    pub(crate) fn of(path: &Path) -> (Option<Self>, bool) {
        let lower = |path: &Path| path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
        let mut extension = lower(path);
        let packed = extension.as_deref() == Some("gz");
        if packed {
            extension = path.file_stem().and_then(|stem| lower(Path::new(stem)));
        }
        let format = match extension.as_deref() {
            Some("txt" | "text") => Some(Self::Text),
            Some("md" | "markdown") => Some(Self::Markdown),
            Some("html" | "htm" | "xhtml") => Some(Self::Html),
            Some("jsonl" | "ndjson") => Some(Self::Row),
            _ => None,
        };
        (format, packed)
    }
}

/// The bytes of one report, as they were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name as it was given, with `#row` in a file of many reports.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The order of day and month in dates, as other rows of the same file show it.
    pub(crate) usage: Option<Usage>,
}

impl Source {
    /// Returns the source called `path` that consists of `bytes`.
    pub fn new(path: impl Into<String>, format: Format, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), format, bytes: bytes.into(), usage: None }
    }

    /// Reads the document from the bytes. Returns `None` and adds a trouble with the reason if there is none.
    pub fn document(&self, options: &Options, troubles: &mut Vec<Trouble>) -> Option<Document> {
        let read = self.read(options, troubles);
        let long = |document: &Document| article::check_length(document.text.len(), options);
        let mut document = match read.and_then(|document| long(&document).map(|()| document)) {
            Ok(document) => document,
            Err(message) => {
                troubles.push(Trouble::unread(&self.path, message));
                return None;
            }
        };
        document.id = ids::document_id(&self.bytes);
        document.path = Some(self.path.clone());
        document.text_sha256 = ids::sha256(document.text.as_bytes());
        Some(document)
    }

    fn read(&self, options: &Options, troubles: &mut Vec<Trouble>) -> Result<Document, String> {
        let mut mend = |message: &str| troubles.push(Trouble::mended(&self.path, message));
        if self.format == Format::Row {
            return rows::document(&self.bytes, self.usage.as_ref(), options, &mut mend);
        }
        let html = match self.format {
            Format::Html => true,
            Format::Unknown => decode::looks_like_html(&self.bytes),
            _ => false,
        };
        let text =
            if html { decode::html(&self.bytes, &mut mend)? } else { decode::text(&self.bytes, &mut mend)? };
        if !html {
            article::check_length(text.len(), options)?;
        }
        let document = match self.format {
            _ if html => page::document(&text, options, &mut mend)?,
            Format::Markdown => markdown::document(&text, &mut mend),
            _ => plain::document(&text, &mut mend),
        };
        if document.text.is_empty() {
            return Err("holds no text".to_owned());
        }
        Ok(document)
    }
}
