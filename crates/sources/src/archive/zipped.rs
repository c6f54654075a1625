//! ZIP archives.

use std::sync::Arc;
use std::vec;

use zip::{CompressionMethod, ZipArchive};

use super::passed::Passed;
use crate::content::{Content, Section};
use crate::decode;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, IsRead, Recognised, holds_files};
use crate::trouble::Trouble;

pub(crate) static FORMAT: Format = Format {
    name: "ZIP archive",
    endings: &["zip"],
    told_by: "its name, or its first bytes where it is no office document",
    reads: "each file in it as if it lay in a folder",
    recognise,
    holds: Holds::Files(open),
    read: holds_files,
};

/// The file that only bundles of Readout have.
const BUNDLED: &str = "record.readout";

/// First bytes of a ZIP archive.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

fn recognise(start: &[u8]) -> Recognised {
    // Formats of office documents stand before this one in the table, and know theirs by the names of their parts.
    let first = start.get(30..start.len().min(200)).unwrap_or_default();
    let is_document =
        [&b"[Content_Types].xml"[..], b"mimetype", b"_rels/", b"word/", b"xl/", b"ppt/", b"docProps/"]
            .iter()
            .any(|name| first.starts_with(name));
    if start.starts_with(ZIP) && !is_document { Recognised::Perhaps } else { Recognised::No }
}

/// A file of an archive.
pub(crate) struct Entry {
    /// Its name, with the folders within the archive.
    pub(crate) name: String,
    /// Its content, or the reason why it cannot be read.
    pub(crate) content: Result<Content, Fault>,
}

/// Returns the files of an archive, by name.
///
/// # Errors
/// If the archive is damaged, or has more files than `options` allow.
pub(crate) fn entries(content: &Content, options: &Options) -> Result<Vec<Entry>, Fault> {
    let content = within_memory(content, options)?;
    let file = content.seekable()?;
    let mut archive =
        ZipArchive::new(file).map_err(|error| Fault::damaged("damaged or cut off").because(error))?;
    if archive.len() > options.max_archive_files {
        return Err(Fault::too_large(format!(
            "more than {} files in one archive",
            options.max_archive_files
        )));
    }
    let mut entries = Vec::new();
    for number in 0..archive.len() {
        let file = match archive.by_index_raw(number) {
            Ok(file) => file,
            Err(error) => {
                let why = Fault::damaged("damaged").because(error);
                entries.push(Entry { name: format!("file {}", number + 1), content: Err(why) });
                continue;
            }
        };
        if !file.is_file() {
            continue;
        }
        let Some(name) = file.enclosed_name() else {
            let name = String::from_utf8_lossy(file.name_raw()).replace(['/', '\\'], " ");
            entries
                .push(Entry { name, content: Err(Fault::unsupported("its name leads out of the archive")) });
            continue;
        };
        let name = name.to_string_lossy().replace('\\', "/");
        let section = |deflated| {
            let from = file.data_start().ok_or_else(|| Fault::damaged("damaged (its start is not known)"))?;
            let section = Section { of: content.clone(), from, length: file.compressed_size(), deflated };
            Ok(Content::Section(Arc::new(section)))
        };
        let most = options
            .max_file_bytes
            .saturating_add(file.compressed_size().saturating_mul(options.max_unpacking));
        let content = match file.compression() {
            _ if file.encrypted() => Err(Fault::unsupported("locked with a password")),
            _ if file.size() > most => {
                Err(Fault::too_large("it unpacks to far more than any report is packed to"))
            }
            CompressionMethod::Stored => section(None),
            CompressionMethod::Deflated => section(Some((file.size(), file.crc32()))),
            other => Err(Fault::unsupported(format!("packed in a way that is not read ({other})"))),
        };
        entries.push(Entry { name, content });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// Returns the content of an archive where any place of it can be read: an archive in an archive is unpacked first.
fn within_memory(content: &Content, options: &Options) -> Result<Content, Fault> {
    use std::io::Read as _;
    let mut start = Vec::new();
    let packed = |error: std::io::Error| Fault::damaged("damaged or cut off").because(error);
    content.reader().and_then(|reader| reader.take(4).read_to_end(&mut start)).map_err(packed)?;
    if !matches!(content, Content::Section(_)) && start == ZIP {
        return Ok(content.clone());
    }
    let mut bytes = Vec::new();
    let limit = options.max_file_bytes;
    let opened = content.open(options).map_err(packed)?;
    opened.content().take(limit + 1).read_to_end(&mut bytes).map_err(packed)?;
    if bytes.len() as u64 > limit {
        return Err(Fault::too_large(format!(
            "larger than {} MB, the limit for an archive in another file",
            limit >> 20
        )));
    }
    Ok(Content::Memory(bytes.into()))
}

/// Opens the archive called `path`.
fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    let entries = entries(content, options)?;
    if entries.iter().any(|it| it.name == BUNDLED) {
        let fault = Fault::unsupported("a bundle of Readout, not reports");
        return Err(fault.with_hint(format!("readout merge {path} takes it in")));
    }
    Ok(Box::new(Archive { path: path.to_owned(), entries: entries.into_iter(), passed: Passed::default() }))
}

/// An archive whose files are given as those of a folder.
struct Archive {
    path: String,
    entries: vec::IntoIter<Entry>,
    passed: Passed,
}

impl Files for Archive {
    fn next_file(&mut self, _: &Options, is_read: IsRead) -> Option<Result<Inner, Trouble>> {
        for Entry { name, content } in self.entries.by_ref() {
            let path = format!("{}/{name}", self.path);
            let content = match content {
                Ok(content) => content,
                Err(why) => return Some(Err(Trouble::unread(path, why))),
            };
            if name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
                continue;
            }
            if is_read(&name) {
                return Some(Ok(Inner::new(path, name, content)));
            }
            let ending = name.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
            self.passed.add(ending.map_or_else(
                || "without extension".to_owned(),
                |(_, ending)| format!(".{}", ending.to_lowercase()),
            ));
        }
        self.passed.note(&self.path).map(Err)
    }
}

/// Whether the first bytes of a file are those of a ZIP archive with a file called `name` among its first.
pub(crate) fn starts_with_file(start: &[u8], name: &str) -> bool {
    start.starts_with(ZIP)
        && memchr::memmem::find(
            start.get(..start.len().min(decode::SAMPLE)).unwrap_or_default(),
            name.as_bytes(),
        )
        .is_some()
}
