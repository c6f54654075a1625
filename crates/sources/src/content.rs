//! The bytes of a file: on disk, in memory or as a section of another file, packed or not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::{CoderResult, Decoder};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use ruzstd::decoding::StreamingDecoder;

use crate::decode;
use crate::options::Options;

/// First bytes of a file that is packed with gzip.
pub(crate) const GZIP: &[u8] = b"\x1F\x8B\x08";
/// First bytes of a file that is packed with Zstandard.
pub(crate) const ZSTANDARD: &[u8] = b"\x28\xB5\x2F\xFD";
/// A file is packed twice at most: `reports.zip` may hold `page.html.gz`, and nobody packs a file thrice.
const PACKINGS: usize = 2;
/// The largest window of a Zstandard frame, in bytes: that of `zstd --long`.
const WINDOW: u64 = 128 << 20;

/// The bytes of a file, which can be opened as often as they are looked through.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A file on disk.
    File(PathBuf),
    /// Bytes in memory.
    Memory(Arc<[u8]>),
    /// A section of a file.
    Section(Arc<Section>),
}

/// A section of a file on disk or in memory.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) of: Content,
    /// The first byte of the section.
    pub(crate) from: u64,
    /// The length of the section as it lies in the file, in bytes.
    pub(crate) length: u64,
    /// The length and the CRC-32 of what a section that is packed with deflate unpacks to.
    pub(crate) deflated: Option<(u64, u32)>,
}

/// A file whose bytes may be read in any order.
pub(crate) trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

impl Content {
    /// Returns the length of the content as it lies on disk, in bytes.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(match self {
            Self::File(path) => std::fs::metadata(path)?.len(),
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Section(section) => section.length,
        })
    }

    /// Returns the bytes from the first on, as they are before anything is unpacked.
    pub(crate) fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
            Self::Section(section) => {
                let mut of = section.of.seekable()?;
                of.seek(SeekFrom::Start(section.from))?;
                let raw = of.take(section.length);
                match section.deflated {
                    None => Box::new(raw),
                    Some((length, check)) => Box::new(Checked {
                        inner: DeflateDecoder::new(BufReader::new(raw)),
                        sum: flate2::Crc::new(),
                        left: length,
                        check,
                    }),
                }
            }
        })
    }

    /// Returns the bytes for reading in any order.
    ///
    /// # Errors
    /// If the content is a section of a file: an archive takes such out first.
    pub(crate) fn seekable(&self) -> io::Result<Box<dyn Seekable>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            Self::Section(_) => Err(io::Error::other("a section of a file has no places of its own")),
        }
    }

    /// Opens the content and unpacks it.
    pub(crate) fn open(&self, options: &Options) -> io::Result<Opened> {
        let length = self.length()?;
        let mut reader: Box<dyn BufRead + Send> =
            Box::new(BufReader::with_capacity(decode::SAMPLE, self.reader()?));
        let mut packed = false;
        for _ in 0..PACKINGS {
            let start = reader.fill_buf()?;
            let unpacked: Box<dyn Read + Send> = if start.starts_with(GZIP) {
                Box::new(MultiGzDecoder::new(reader))
            } else if start.starts_with(ZSTANDARD) {
                Box::new(Frames { packed: Some(reader), frame: None })
            } else {
                break;
            };
            packed = true;
            let most = options.max_file_bytes.saturating_add(length.saturating_mul(options.max_unpacking));
            reader = Box::new(BufReader::new(Bounded { inner: unpacked, left: most }));
        }
        let mut start = Vec::new();
        // What stands before damage is read all the same: the error comes where the damage is.
        if let Err(error) = (&mut reader).take(decode::SAMPLE as u64).read_to_end(&mut start) {
            if start.is_empty() {
                return Err(error);
            }
            return Ok(Opened { packed, start, rest: Box::new(Damage(Some(error))) });
        }
        Ok(Opened { packed, start, rest: reader })
    }
}

/// An open file, unpacked, of which the first bytes were read.
pub(crate) struct Opened {
    pub(crate) packed: bool,
    pub(crate) start: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Opened {
    /// Returns the content from the first byte on.
    pub(crate) fn content(self) -> impl Read + Send + use<> {
        Cursor::new(self.start).chain(self.rest)
    }

    /// Returns the lines of the content, in UTF-8 even if the file is in UTF-16.
    pub(crate) fn lines(self) -> io::Result<Box<dyn BufRead + Send>> {
        const BUFFER: usize = decode::SAMPLE;
        let mut bytes = BufReader::with_capacity(BUFFER, self.content());
        Ok(match decode::utf_16(bytes.fill_buf()?) {
            None => Box::new(bytes),
            Some(encoding) => {
                let decoder = encoding.new_decoder_with_bom_removal();
                Box::new(BufReader::with_capacity(BUFFER, Decoded { bytes, decoder, ended: false }))
            }
        })
    }
}

/// A file of another encoding, read as UTF-8. Malformed bytes become U+FFFD.
struct Decoded<R> {
    bytes: R,
    decoder: Decoder,
    ended: bool,
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let bytes = self.bytes.fill_buf()?;
            let last = bytes.is_empty();
            let (result, used, written, _) = self.decoder.decode_to_utf8(bytes, out, last);
            self.bytes.consume(used);
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// A file that cannot be read any further, for the reason that is told once.
struct Damage(Option<io::Error>);

impl Read for Damage {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A file that is unpacked up to a limit.
struct Bounded<R> {
    inner: R,
    /// The bytes that may still come.
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(
                "it unpacks to far more than any report is packed to; unpack it by hand if it is sound",
            )
        })?;
        Ok(read)
    }
}

/// A section that is unpacked, and held against the length and the sum that its archive gives.
struct Checked<R> {
    inner: R,
    sum: flate2::Crc,
    left: u64,
    check: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| wrong("it unpacks to more than its archive says"))?;
        self.sum.update(out.get(..read).unwrap_or_default());
        if read == 0 && !out.is_empty() && (self.left > 0 || self.sum.sum() != self.check) {
            return Err(wrong("it is not what its archive says"));
        }
        Ok(read)
    }
}

/// The frames of a file that is packed with Zstandard, one after the other.
struct Frames {
    /// What follows the frame at hand; nothing while a frame is read.
    packed: Option<Box<dyn BufRead + Send>>,
    frame: Option<Box<StreamingDecoder<Box<dyn BufRead + Send>, ruzstd::decoding::FrameDecoder>>>,
}

impl Read for Frames {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(out)?;
                if read > 0 || out.is_empty() {
                    return Ok(read);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.packed = Some(frame.into_inner());
            }
            let Some(mut packed) = self.packed.take() else { return Ok(0) };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            if skip_frame(&mut packed)? {
                self.packed = Some(packed);
                continue;
            }
            let frame = StreamingDecoder::new_with_max_window_size(packed, WINDOW)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            self.frame = Some(Box::new(frame));
        }
    }
}

/// Passes over a frame of Zstandard that holds no data (its magic is `0x184D2A5?`); false if there is none.
fn skip_frame(packed: &mut Box<dyn BufRead + Send>) -> io::Result<bool> {
    let is_skipped = matches!(packed.fill_buf()?, [magic, 0x2A, 0x4D, 0x18, ..] if magic & 0xF0 == 0x50);
    if is_skipped {
        let mut head = [0; 8];
        packed.read_exact(&mut head)?;
        let [_, _, _, _, length @ ..] = head;
        io::copy(&mut packed.take(u64::from(u32::from_le_bytes(length))), &mut io::sink())?;
    }
    Ok(is_skipped)
}
