//! The formats in which reports come, and which of them a file is in.

use std::ffi::OsStr;
use std::path::Path;

use crate::archive::{mail, mailbox, wacz, warc, zipped};
use crate::fault::Fault;
use crate::newsroom::{newsml, nitf, wire};
use crate::source::{Format, Recognised, Source};
use crate::table::{csv, parquet, workbook};
use crate::{bundle, decode, feed, lists, markdown, office, page, plain, rows};

/// The formats that are read. Where the content of a file is of several, the first of them is taken.
pub static FORMATS: &[&Format] = &[
    &warc::FORMAT,
    &wacz::FORMAT,
    &mailbox::FORMAT,
    &mail::SAVED_PAGE,
    &mail::FORMAT,
    &office::WORD,
    &office::RTF,
    &office::PDF,
    &workbook::FORMAT,
    &parquet::FORMAT,
    &zipped::FORMAT,
    &bundle::FORMAT,
    &csv::FORMAT,
    &nitf::FORMAT,
    &newsml::FORMAT,
    &wire::FORMAT,
    &feed::FORMAT,
    &rows::FORMAT,
    &lists::FORMAT,
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

/// Returns the format that a file's name tells; `.gz` and `.zst` say only how it is packed.
pub(crate) fn named(path: &Path) -> Option<&'static Format> {
    let ending_of = |path| {
        ending(path)
            .and_then(|ending| FORMATS.iter().find(|format| format.endings.contains(&ending.as_str())))
    };
    ending_of(path).or_else(|| ending_of(unpacked_name(path)?)).copied()
}

/// Returns the name without the ending that says how the file is packed, if it has one.
fn unpacked_name(path: &Path) -> Option<&Path> {
    let packed = matches!(ending(path).as_deref(), Some("gz" | "zst" | "gzip"));
    packed.then(|| path.file_stem().map(Path::new))?
}

/// Returns the format of a file by its first bytes and its name.
///
/// Content that only one format has decides; else the name; else content that is likely of a format. A file without
/// an ending is plain text.
///
/// # Errors
/// If the ending is that of another kind of file, and the content of no format; with a hint.
pub(crate) fn choose(path: &Path, start: &[u8]) -> Result<&'static Format, Fault> {
    let recognised =
        |how: Recognised| FORMATS.iter().find(|format| (format.recognise)(start) == how).copied();
    let chosen =
        recognised(Recognised::Surely).or_else(|| named(path)).or_else(|| recognised(Recognised::Perhaps));
    let unknown = ending(unpacked_name(path).unwrap_or(path)).filter(|ending| is_ending(ending));
    match (chosen, unknown) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(&plain::FORMAT),
        (None, Some(ending)) => {
            decode::refuse_binary(start)?;
            let what = format!("of no format that is read, by its ending (.{ending}) and its content");
            Err(Fault::unsupported(what).with_hint("call it .txt if it is the text of a report"))
        }
    }
}

/// Whether what follows the last full stop of a name is an ending, as in `page.log`, and not part of it, as in `Talks of 5.9`.
fn is_ending(ending: &str) -> bool {
    ending.len() <= 8
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Source {
    /// Returns the source called `path` that consists of `bytes`. Its format is told by both.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let (path, bytes) = (path.into(), bytes.into());
        let format = choose(Path::new(&path), &bytes).unwrap_or(&plain::FORMAT);
        Self::of(path, format, bytes)
    }

    /// Returns what the source was taken for: its format, or the press database that it is an article of, after the formats
    /// of the files that it stands in.
    pub fn kind(&self) -> String {
        let own = bundle::database(&self.known).unwrap_or(self.format.name);
        self.within.iter().copied().chain([own]).collect::<Vec<_>>().join(": ")
    }
}
