//! The WARC file of a round (ISO 28500:2017, WARC 1.1): one record for each answer, each packed on its own.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use readout_record::ids;
use url::Url;

use crate::client::Answer;

/// The ending of the files of captures.
pub(crate) const ENDING: &str = ".warc.gz";

/// A file of captures that is being written.
pub(crate) struct Archive {
    file: File,
    /// Its name in the folder.
    pub(crate) name: String,
    /// The bytes of content that it has.
    pub(crate) bytes: u64,
}

/// The part that an answer has in the archive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is a page.
    Page,
    /// It is a feed whose items are the reports. The media type is the one that its form has, whatever the host says.
    Feed(&'static str),
    /// It names reports, as a feed does whose pages are fetched: `readout read` passes it over.
    Names,
}

impl Archive {
    /// Makes the file of a round that starts at `now`.
    pub(crate) fn create(folder: &Path, now: Timestamp) -> io::Result<Self> {
        let stem = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        for number in 1_u32.. {
            let name =
                if number == 1 { format!("{stem}{ENDING}") } else { format!("{stem}-{number}{ENDING}") };
            match OpenOptions::new().write(true).create_new(true).open(folder.join(&name)) {
                Ok(file) => return Ok(Self { file, name, bytes: 0 }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("no name is free"))
    }

    /// Returns the names of the files of captures in a folder, in order.
    pub(crate) fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        for entry in folder.read_dir()? {
            let name = entry?.file_name();
            if name.to_str().is_some_and(|name| name.ends_with(ENDING) && !name.starts_with('.')) {
                names.push(PathBuf::from(name));
            }
        }
        names.sort();
        Ok(names)
    }

    /// Writes an answer. When this returns, it is on disk.
    pub(crate) fn keep(&mut self, answer: &Answer, role: Role, at: Timestamp) -> io::Result<()> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&record(answer, role, at))?;
        // One write a record: what a kill cuts off is the last one at most, and a reader says so.
        self.file.write_all(&packer.finish()?)?;
        self.file.sync_data()?;
        self.bytes += answer.bytes.len() as u64;
        Ok(())
    }
}

/// Returns the SHA-256 of a content, as records and the log name it.
pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", ids::sha256(bytes))
}

fn record(answer: &Answer, role: Role, at: Timestamp) -> Vec<u8> {
    let (kind, media, block) = match role {
        Role::Page => ("response", "application/http; msgtype=response", response(answer)),
        Role::Feed(media) => ("resource", media, answer.bytes.clone()),
        Role::Names => ("metadata", answer.kind.as_str(), answer.bytes.clone()),
    };
    let at = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let payload = digest(&answer.bytes);
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {at}\r\nWARC-Target-URI: {}\r\n\
         WARC-Payload-Digest: {payload}\r\nWARC-Block-Digest: {}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        uuid(&answer.url, &at, &payload),
        answer.url,
        digest(&block),
        block.len(),
    )
    .into_bytes();
    record.extend_from_slice(&block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// Returns an answer as the host would have sent it unpacked.
fn response(answer: &Answer) -> Vec<u8> {
    let mut block = b"HTTP/1.1 200 OK\r\n".to_vec();
    for (name, value) in &answer.head {
        block.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    block.extend_from_slice(format!("content-length: {}\r\n\r\n", answer.bytes.len()).as_bytes());
    block.extend_from_slice(&answer.bytes);
    block
}

/// Returns the id of a capture, made of what was captured where and when (UUID version 8, RFC 9562).
fn uuid(url: &Url, at: &str, payload: &str) -> String {
    let sum = ids::sha256(format!("{url}\n{at}\n{payload}").as_bytes());
    let part = |from: usize, to: usize| sum.get(from..to).unwrap_or_default().to_owned();
    format!("{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
