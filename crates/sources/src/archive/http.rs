//! Answers of web servers as crawls keep them: status, headers, and a body that may be in chunks and packed.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::content::GZIP;
use crate::fault::Fault;
use crate::options::Options;

/// An answer of a web server.
pub(super) struct Answer<'b> {
    pub(super) status: u16,
    headers: Headers<'b>,
    body: &'b [u8],
}

/// Lines of `Name: value`.
pub(super) struct Headers<'b>(Vec<(&'b [u8], &'b [u8])>);

impl<'b> Headers<'b> {
    /// Reads headers up to a blank line. Returns them with what follows the blank line.
    pub(super) fn read(bytes: &'b [u8]) -> (Self, &'b [u8]) {
        let mut found = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            let line = line.trim_ascii();
            if line.is_empty() {
                break;
            }
            if let Some(colon) = memchr::memchr(b':', line) {
                let (name, value) = line.split_at(colon);
                found.push((name.trim_ascii(), value.get(1..).unwrap_or_default().trim_ascii()));
            }
        }
        (Self(found), rest)
    }

    /// Returns the value of the header called `name`, as text.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let value = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?.1;
        Some(String::from_utf8_lossy(value).into_owned())
    }
}

impl<'b> Answer<'b> {
    /// Reads an answer, or returns `None` if the bytes do not start as one.
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', bytes)?;
        let (first, rest) = bytes.split_at(end + 1);
        let first = std::str::from_utf8(first.trim_ascii()).ok()?;
        let status = first.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()?;
        let (headers, body) = Headers::read(rest);
        Some(Self { status, headers, body })
    }

    /// Returns the kind of the content in small letters, without parameters: `text/html`.
    pub(super) fn kind(&self) -> String {
        kind(&self.headers.get("content-type").unwrap_or_default())
    }

    /// Returns the body as a reader of the page would get it, up to `max_file_bytes`.
    ///
    /// Many crawlers unpack a body and keep the headers that say it is packed: a body that is not in chunks, or not
    /// packed, is taken as it is.
    ///
    /// # Errors
    /// If a chunk is broken off, or the body is damaged or packed in a way that is not read.
    pub(super) fn content(&self, options: &Options) -> Result<Vec<u8>, Fault> {
        let is_chunked = self
            .headers
            .get("transfer-encoding")
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        let body = if is_chunked { join_chunks(self.body)? } else { None };
        let body = body.as_deref().unwrap_or(self.body);
        let packing = self.headers.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let limit = options.max_file_bytes;
        let mut unpacked = Vec::new();
        let done = match packing.as_str() {
            "gzip" | "x-gzip" if body.starts_with(GZIP) => {
                MultiGzDecoder::new(body).take(limit + 1).read_to_end(&mut unpacked)
            }
            "deflate" if body.first() == Some(&0x78) => {
                ZlibDecoder::new(body).take(limit + 1).read_to_end(&mut unpacked)
            }
            "deflate" if !looks_like_text(body) => {
                DeflateDecoder::new(body).take(limit + 1).read_to_end(&mut unpacked)
            }
            "br" | "zstd" if !looks_like_text(body) => {
                return Err(Fault::unsupported(format!(
                    "its body is packed in a way that is not read ({packing})"
                )));
            }
            _ => return Ok(body.to_vec()),
        };
        match done {
            Err(error) => Err(Fault::damaged("its body is damaged or cut off").because(error)),
            Ok(_) if unpacked.len() as u64 > limit => {
                Err(Fault::too_large(format!("its body is larger than {} MB when unpacked", limit >> 20)))
            }
            Ok(_) => Ok(unpacked),
        }
    }
}

/// Returns the kind of a content type in small letters, without parameters.
pub(super) fn kind(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn looks_like_text(body: &[u8]) -> bool {
    body.iter().take(64).all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
}

/// Joins the chunks of a body. Returns `None` if the body is not in chunks at all.
fn join_chunks(body: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let mut joined = Vec::new();
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', rest) else {
            return broken_off(&joined, body);
        };
        let (line, after) = rest.split_at(end + 1);
        let size = std::str::from_utf8(line).ok().and_then(|line| {
            let digits = line.split(';').next().unwrap_or_default().trim();
            usize::from_str_radix(digits, 16).ok()
        });
        let Some(size) = size else { return broken_off(&joined, body) };
        if size == 0 {
            return Ok(Some(joined));
        }
        let Some((chunk, behind)) = after.split_at_checked(size) else { return broken_off(&joined, body) };
        joined.extend_from_slice(chunk);
        rest = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n")).unwrap_or(behind);
    }
}

/// Returns an error for a body whose first chunks are sound, and nothing for one that has none.
fn broken_off(joined: &[u8], body: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    if joined.is_empty() && !body.is_empty() {
        Ok(None)
    } else {
        Err(Fault::damaged("its body is broken off within a chunk"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(answer: &[u8]) -> Result<String, String> {
        let content = Answer::read(answer).unwrap().content(&Options::default());
        let content = content.map_err(|fault| fault.message())?;
        Ok(String::from_utf8(content).unwrap())
    }

    #[test]
    fn chunks_are_joined_and_broken_ones_refused() {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
        let answer = |body: &str| content(format!("{head}{body}").as_bytes());
        assert_eq!(answer("5\r\n<p>Th\r\n8;x=y\r\ney met.<\r\n0\r\n\r\n").as_deref(), Ok("<p>They met.<"));
        assert_eq!(answer("<p>They met.</p>").as_deref(), Ok("<p>They met.</p>"));
        assert_eq!(answer("5\r\n<p>Th\r\n80\r\ney").unwrap_err(), "its body is broken off within a chunk");
        assert_eq!(answer("5\r\n<p>Th\r\nxyz\r\n").unwrap_err(), "its body is broken off within a chunk");
    }

    #[test]
    fn a_body_that_was_unpacked_already_is_taken_as_it_is() {
        let head = "HTTP/1.0 200\nContent-Encoding: gzip\n\n";
        assert_eq!(content(format!("{head}<p>They met.</p>").as_bytes()).as_deref(), Ok("<p>They met.</p>"));
        let damaged = [head.as_bytes(), GZIP, b"\0\0\0\0\0\0\0damage"].concat();
        assert!(content(&damaged).unwrap_err().starts_with("its body is damaged or cut off"));
        assert!(Answer::read(b"GET / HTTP/1.1\r\n").is_none());
    }
}
