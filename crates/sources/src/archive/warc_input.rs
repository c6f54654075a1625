//! The bytes of a WARC file, plain or with each record packed on its own, with the place of each record.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use crate::content::{Content, GZIP};
use crate::options::Options;

/// A reader that counts the bytes it has given out, and takes some back.
pub(super) struct Counted {
    /// Bytes that were put back, before those of `inner`.
    ahead: &'static [u8],
    inner: Box<dyn BufRead + Send>,
    at: u64,
}

impl Counted {
    fn new(inner: impl BufRead + Send + 'static) -> Self {
        Self { ahead: &[], inner: Box::new(inner), at: 0 }
    }

    /// Puts the bytes back that were read last.
    fn put_back(&mut self, bytes: &'static [u8]) {
        self.at = self.at.saturating_sub(bytes.len() as u64);
        self.ahead = bytes;
    }
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ahead.is_empty() { self.inner.fill_buf() } else { Ok(self.ahead) }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        match self.ahead.get(amount..) {
            Some(rest) if !self.ahead.is_empty() => self.ahead = rest,
            _ => self.inner.consume(amount),
        }
    }
}

/// The bytes of a file: plain, or one after the other the members that it is packed in.
enum Layer {
    Plain(Counted),
    /// Before a member, or at the end.
    Between(Counted),
    Member(Box<BufReader<GzDecoder<Counted>>>),
    /// Nothing is left.
    End,
}

/// The input of a reader of records.
pub(super) struct Input {
    layer: Layer,
    /// The place of the member that is read, in bytes.
    member: u64,
    /// Bytes that the member at hand may still unpack to.
    left: u64,
    /// Bytes that any member may unpack to.
    most: u64,
}

impl Input {
    /// Opens a file.
    pub(super) fn open(content: &Content, options: &Options) -> io::Result<Self> {
        let length = content.length()?;
        let mut raw = BufReader::with_capacity(1 << 16, content.reader()?);
        let packed = raw.fill_buf()?.starts_with(GZIP);
        let layer = if packed {
            Layer::Between(Counted::new(raw))
        } else {
            drop(raw);
            // Zstandard is unpacked as a whole, as are files within packed files.
            let opened = content.open(options)?;
            Layer::Plain(Counted::new(BufReader::with_capacity(1 << 16, opened.content())))
        };
        let most = options.max_file_bytes.saturating_add(length.saturating_mul(options.max_unpacking));
        Ok(Self { layer, member: 0, left: most, most })
    }

    /// Returns the place of what is read next, in bytes: in the file, or that of the member it is packed in.
    pub(super) fn place(&self) -> u64 {
        match &self.layer {
            Layer::Plain(raw) | Layer::Between(raw) => raw.at,
            Layer::Member(_) | Layer::End => self.member,
        }
    }

    /// Goes to the next member where the one at hand is read; false at the end of the file.
    pub(super) fn go_on(&mut self) -> io::Result<bool> {
        loop {
            match std::mem::replace(&mut self.layer, Layer::End) {
                Layer::End => return Ok(false),
                Layer::Plain(mut raw) => {
                    let more = !raw.fill_buf()?.is_empty();
                    self.layer = Layer::Plain(raw);
                    return Ok(more);
                }
                Layer::Between(mut raw) => {
                    if raw.fill_buf()?.is_empty() {
                        return Ok(false);
                    }
                    self.member = raw.at;
                    self.left = self.most;
                    self.layer = Layer::Member(Box::new(BufReader::new(GzDecoder::new(raw))));
                }
                Layer::Member(mut member) => match member.fill_buf() {
                    Ok([]) => self.layer = Layer::Between(member.into_inner().into_inner()),
                    Ok(_) => {
                        self.layer = Layer::Member(member);
                        return Ok(true);
                    }
                    Err(error) => {
                        self.layer = Layer::Member(member);
                        return Err(error);
                    }
                },
            }
        }
    }

    /// Goes to where the next record may start, after damage; false if there is no such place.
    pub(super) fn skip_damage(&mut self) -> io::Result<bool> {
        match std::mem::replace(&mut self.layer, Layer::End) {
            Layer::End => Ok(false),
            Layer::Plain(mut raw) => {
                let found = to_next(&mut raw, b"WARC/1.")?;
                self.layer = Layer::Plain(raw);
                Ok(found)
            }
            Layer::Between(mut raw) => {
                let found = to_next(&mut raw, GZIP)?;
                self.layer = Layer::Between(raw);
                Ok(found)
            }
            Layer::Member(member) => {
                let mut raw = member.into_inner().into_inner();
                let found = to_next(&mut raw, GZIP)?;
                self.layer = Layer::Between(raw);
                Ok(found)
            }
        }
    }
}

/// Goes to the next place where `mark` stands, whose first byte no other of its bytes equals; false if it stands nowhere.
fn to_next(raw: &mut Counted, mark: &'static [u8]) -> io::Result<bool> {
    let mut matched = 0;
    loop {
        let buffer = raw.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let mut used = 0;
        for byte in buffer {
            used += 1;
            matched = match mark.get(matched) {
                Some(wanted) if wanted == byte => matched + 1,
                _ => usize::from(mark.first() == Some(byte)),
            };
            if matched == mark.len() {
                break;
            }
        }
        raw.consume(used);
        if matched == mark.len() {
            raw.put_back(mark);
            return Ok(true);
        }
    }
}

impl Read for Input {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("it unpacks to far more than any report is packed to"));
        }
        match &mut self.layer {
            Layer::Plain(raw) => raw.fill_buf(),
            Layer::Member(member) => member.fill_buf(),
            Layer::Between(_) | Layer::End => Ok(&[]),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        match &mut self.layer {
            Layer::Plain(raw) => raw.consume(amount),
            Layer::Member(member) => member.consume(amount),
            Layer::Between(_) | Layer::End => {}
        }
    }
}
