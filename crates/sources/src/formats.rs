//! The formats in which reports come, and which of them a file is in.

use std::ffi::OsStr;
use std::path::Path;

use crate::source::{Format, Recognised, Source};
use crate::{bundle, feed, markdown, office, page, plain, rows};

/// The formats that are read. Where the content of a file is of several, the first of them is taken.
pub static FORMATS: &[&Format] = &[
    &office::WORD,
    &office::RTF,
    &office::PDF,
    &bundle::FORMAT,
    &feed::FORMAT,
    &rows::FORMAT,
    &page::FORMAT,
    &markdown::FORMAT,
    &plain::FORMAT,
];

/// Returns the endings of the files that are read in folders, as in `.html, .md and .txt`.
pub fn endings() -> String {
    let mut endings: Vec<String> =
        FORMATS.iter().flat_map(|format| format.endings).map(|ending| format!(".{ending}")).collect();
    let last = endings.pop().unwrap_or_default();
    format!("{} and {last}", endings.join(", "))
}

/// Returns the ending of a file's name in small letters.
fn ending(path: &Path) -> Option<String> {
    path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase)
}

/// Whether a file's name says that the file is packed with gzip.
pub(crate) fn is_packed(path: &Path) -> bool {
    ending(path).as_deref() == Some("gz")
}

/// Returns the format that a file's name tells.
pub(crate) fn named(path: &Path) -> Option<&'static Format> {
    let inner = path.file_stem().map(Path::new).filter(|_| is_packed(path));
    let ending = ending(inner.unwrap_or(path))?;
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str())).copied()
}

/// Returns the format of a file by its first bytes and its name.
///
/// Content that only one format has decides; else the name; else content that is likely of a format. What is left is
/// plain text.
pub(crate) fn choose(path: &Path, start: &[u8]) -> &'static Format {
    let recognised =
        |how: Recognised| FORMATS.iter().find(|format| (format.recognise)(start) == how).copied();
    recognised(Recognised::Surely)
        .or_else(|| named(path))
        .or_else(|| recognised(Recognised::Perhaps))
        .unwrap_or(&plain::FORMAT)
}

impl Source {
    /// Returns the source called `path` that consists of `bytes`. Its format is told by both.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let (path, bytes) = (path.into(), bytes.into());
        let format = choose(Path::new(&path), &bytes);
        Self::of(path, format, bytes)
    }

    /// Returns what the source was taken for: the press database that it is an article of, or else its format.
    pub fn kind(&self) -> &'static str {
        bundle::database(&self.known).unwrap_or(self.format.name)
    }
}
