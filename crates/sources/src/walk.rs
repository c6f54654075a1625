//! The files to read, and their bytes.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::{CoderResult, Decoder};
use flate2::read::MultiGzDecoder;
use readout_record::ids;

use crate::dates::Usage;
use crate::options::Options;
use crate::source::{Format, Holds, Part, Source};
use crate::trouble::Trouble;
use crate::{decode, formats};

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Returns the sources among `paths` and in the folders among them. They are read one at a time.
///
/// The path `-` is standard input, up to the limit for a file; its format is told by its content.
/// Inside a folder hidden files are passed over, files of other formats are counted in one note, and symbolic links
/// are not followed, so that no folder is left and none is read twice.
pub fn sources<'o>(paths: &[PathBuf], options: &'o Options) -> Sources<'o> {
    let waiting = paths.iter().map(|path| Step { path: path.clone(), depth: 0 }).collect();
    Sources { waiting, rows: None, found: VecDeque::new(), options }
}

/// See [`sources`].
pub struct Sources<'o> {
    waiting: VecDeque<Step>,
    rows: Option<Rows>,
    found: VecDeque<Result<Source, Trouble>>,
    options: &'o Options,
}

struct Step {
    path: PathBuf,
    /// Folders between this path and the path that was named; 0 for the named path itself.
    depth: usize,
}

/// A file of one report a line, being read.
struct Rows {
    path: String,
    format: &'static Format,
    reader: Box<dyn BufRead + Send>,
    line: u64,
    /// The order of day and month that the dates of the rows show.
    usage: Option<Usage>,
}

impl Iterator for Sources<'_> {
    type Item = Result<Source, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(found);
            }
            if let Some(rows) = &mut self.rows {
                match rows.next_row(self.options) {
                    Some(row) => return Some(row),
                    None => self.rows = None,
                }
                continue;
            }
            let step = self.waiting.pop_front()?;
            self.take(&step);
        }
    }
}

impl Sources<'_> {
    fn take(&mut self, step: &Step) {
        if step.depth == 0 && step.path == Path::new(STANDARD_INPUT) {
            return self.take_input();
        }
        let about = path_name(&step.path);
        let kind = match fs::metadata(&step.path) {
            Ok(metadata) => metadata,
            Err(error) => return self.found.push_back(Err(Trouble::unread(about, why(&error)))),
        };
        if kind.is_dir() {
            return self.open_folder(step);
        }
        if !kind.is_file() {
            return self.found.push_back(Err(Trouble::unread(about, "not a file or folder")));
        }
        self.take_file(about, &step.path, kind.len(), &|| open(&step.path));
    }

    /// Reads standard input. Its reports are called after its content, since no name tells one input from another.
    fn take_input(&mut self) {
        let (about, limit) = ("standard input", self.options.max_file_bytes);
        let mut bytes = Vec::new();
        if let Err(error) = io::stdin().lock().take(limit + 1).read_to_end(&mut bytes) {
            return self.found.push_back(Err(Trouble::unread(about, why(&error))));
        }
        if bytes.len() as u64 > limit {
            let message = format!("larger than {} MB, the limit for standard input", limit >> 20);
            return self.found.push_back(Err(Trouble::unread(about, message)));
        }
        let hash = ids::sha256(&bytes);
        let name = format!("standard-input-{}", hash.get(..12).unwrap_or(&hash));
        let size = bytes.len() as u64;
        let bytes: Arc<[u8]> = bytes.into();
        self.take_file(name.clone(), Path::new(&name), size, &|| {
            let start = bytes.to_vec();
            Ok(Opened { packed: false, start, rest: Box::new(io::empty()) })
        });
    }

    /// Takes a file apart that `open` opens, as often as it is looked through. `size` is that of the file as it lies on disk.
    fn take_file(&mut self, about: String, path: &Path, size: u64, open: &dyn Fn() -> io::Result<Opened>) {
        let opened = open().and_then(|file| {
            let format = formats::choose(path, &file.start);
            let usage = match format.holds {
                Holds::Lines(usage) => usage(&mut lines(open()?)?.take(self.options.max_file_bytes)),
                _ => (None, None),
            };
            Ok((file, format, usage))
        });
        let (file, format, (usage, told)) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.found.push_back(Err(Trouble::unread(about, why(&error)))),
        };
        self.found.extend(told.map(|told| Err(Trouble::mended(&about, told))));
        match format.holds {
            Holds::Lines(_) => match lines(file) {
                Ok(reader) => self.rows = Some(Rows { path: about, format, reader, line: 0, usage }),
                Err(error) => self.found.push_back(Err(Trouble::unread(about, why(&error)))),
            },
            Holds::One => {
                let source = whole(file, &about, size, "one report", self.options);
                self.found.push_back(source.map(|bytes| Source::of(about, format, bytes)));
            }
            Holds::Several(parts) => match whole(file, &about, size, "one file", self.options) {
                Ok(bytes) => {
                    let mut mended = Vec::new();
                    let parts =
                        parts(&bytes, self.options, &mut |note| mended.push(Trouble::mended(&about, note)));
                    self.found.extend(mended.into_iter().map(Err));
                    self.found.extend(parts.into_iter().map(|part| part_of(&about, format, part)));
                }
                Err(trouble) => self.found.push_back(Err(trouble)),
            },
        }
    }

    fn open_folder(&mut self, step: &Step) {
        let about = path_name(&step.path);
        if step.depth > self.options.max_folder_depth {
            let message = format!("more than {} folders deep", self.options.max_folder_depth);
            return self.found.push_back(Err(Trouble::unread(about, message)));
        }
        let entries = match fs::read_dir(&step.path) {
            Ok(entries) => entries,
            Err(error) => return self.found.push_back(Err(Trouble::unread(about, why(&error)))),
        };
        let mut inside = Vec::new();
        // Files that are passed over, by their extension or kind.
        let mut passed: BTreeMap<String, usize> = BTreeMap::new();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.found.push_back(Err(Trouble::unread(&about, why(&error))));
                    continue;
                }
            };
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
                continue;
            }
            match entry.file_type() {
                Err(error) => {
                    self.found.push_back(Err(Trouble::unread(path_name(&path), why(&error))));
                }
                Ok(kind) if kind.is_symlink() => *passed.entry("symbolic link".to_owned()).or_default() += 1,
                Ok(kind) if kind.is_dir() || formats::named(&path).is_some() => inside.push(path),
                Ok(_) => *passed.entry(extension(&path)).or_default() += 1,
            }
        }
        inside.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
        for path in inside.into_iter().rev() {
            self.waiting.push_front(Step { path, depth: step.depth + 1 });
        }
        if !passed.is_empty() {
            let kinds: Vec<String> = passed.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            let message = format!("passed over in this folder: {}", kinds.join(", "));
            self.found.push_back(Err(Trouble::mended(about, message)));
        }
    }
}

/// Returns the text by which a file is known: its path, with bytes that are not UTF-8 written as `%FF`.
///
/// So two files whose names differ in such bytes alone have different names.
pub fn path_name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    name
}

/// Returns a file's extension with its full stop, `.pdf`, or the words `without extension`.
fn extension(path: &Path) -> String {
    match path.extension().and_then(OsStr::to_str) {
        Some(extension) => format!(".{}", extension.to_ascii_lowercase()),
        None => "without extension".to_owned(),
    }
}

/// An open file, unpacked, of which the first bytes were read.
struct Opened {
    packed: bool,
    start: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Opened {
    /// Returns the content from the first byte on.
    fn content(self) -> impl Read + Send {
        Cursor::new(self.start).chain(self.rest)
    }
}

fn open(path: &Path) -> io::Result<Opened> {
    let file = File::open(path)?;
    let packed = formats::is_packed(path);
    let mut rest: Box<dyn Read + Send> =
        if packed { Box::new(MultiGzDecoder::new(BufReader::new(file))) } else { Box::new(file) };
    let mut start = Vec::new();
    // What stands before damage is read all the same: the error comes where the damage is.
    if let Err(error) = (&mut rest).take(decode::SAMPLE as u64).read_to_end(&mut start) {
        if start.is_empty() {
            return Err(error);
        }
        rest = Box::new(Damage(Some(error)));
    }
    Ok(Opened { packed, start, rest })
}

/// A file that cannot be read any further, for the reason that is told once.
struct Damage(Option<io::Error>);

impl Read for Damage {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Reads all of a file. `holds` says what the limit of size is for. `size` is that of the file as it lies on disk.
fn whole(file: Opened, about: &str, size: u64, holds: &str, options: &Options) -> Result<Vec<u8>, Trouble> {
    let limit = options.max_file_bytes;
    let grown = if file.packed { " when unpacked" } else { "" };
    let too_large =
        || Trouble::unread(about, format!("larger than {} MB{grown}, the limit for {holds}", limit >> 20));
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(if file.packed { 0 } else { size as usize });
    match file.content().take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(Trouble::unread(about, why(&error))),
        Ok(_) if bytes.len() as u64 > limit => Err(too_large()),
        Ok(_) if bytes.is_empty() => Err(Trouble::unread(about, "empty")),
        Ok(_) => Ok(bytes),
    }
}

/// Returns the source, or the trouble, that a part of the file `path` is.
fn part_of(path: &str, format: &'static Format, part: Part) -> Result<Source, Trouble> {
    let about = |number: usize| if number == 0 { path.to_owned() } else { format!("{path}#{number}") };
    match part {
        Part::Report { number, bytes, known } => {
            Ok(Source { known, ..Source::of(about(number), format, bytes) })
        }
        Part::Refused { number, why } => Err(Trouble::unread(about(number), why)),
    }
}

/// Returns the lines of a file, in UTF-8 even if the file is in UTF-16.
fn lines(file: Opened) -> io::Result<Box<dyn BufRead + Send>> {
    const BUFFER: usize = decode::SAMPLE;
    let mut bytes = BufReader::with_capacity(BUFFER, file.content());
    Ok(match decode::utf_16(bytes.fill_buf()?) {
        None => Box::new(bytes),
        Some(encoding) => {
            let decoder = encoding.new_decoder_with_bom_removal();
            Box::new(BufReader::with_capacity(BUFFER, Decoded { bytes, decoder, ended: false }))
        }
    })
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

impl Rows {
    /// Returns the next row that is not blank, or `None` at the end.
    fn next_row(&mut self, options: &Options) -> Option<Result<Source, Trouble>> {
        let mut blank = 0;
        loop {
            self.line += 1;
            let about = format!("{}#{}", self.path, self.line);
            let mut row = Vec::new();
            match (&mut self.reader).take(options.max_row_bytes + 1).read_until(b'\n', &mut row) {
                Ok(0) if self.line == 1 => {
                    // Fallen through once, the reader stays at its end: the next call ends the file.
                    return Some(Err(Trouble::unread(&self.path, "empty")));
                }
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.reader = Box::new(io::empty());
                    return Some(Err(Trouble::unread(about, why(&error))));
                }
            }
            if row.last() != Some(&b'\n') && row.len() as u64 > options.max_row_bytes {
                if let Err(error) = skip_line(&mut self.reader) {
                    self.reader = Box::new(io::empty());
                    return Some(Err(Trouble::unread(about, why(&error))));
                }
                let message = format!("row larger than {} MB", options.max_row_bytes >> 20);
                return Some(Err(Trouble::unread(about, message)));
            }
            blank += row.len() as u64;
            let row = row.trim_ascii();
            let row = if self.line == 1 { row.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(row) } else { row };
            if !row.is_empty() {
                let usage = self.usage.clone();
                return Some(Ok(Source { usage, ..Source::of(about, self.format, row.to_vec()) }));
            }
            if blank > options.max_blank_bytes {
                self.reader = Box::new(io::empty());
                let message = format!(
                    "more than {} MB of blank lines; what may follow them was not read",
                    options.max_blank_bytes >> 20
                );
                return Some(Err(Trouble::unread(about, message)));
            }
        }
    }
}

/// Reads to the end of the line and discards it.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let (used, done) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// Returns the words for an error of the system.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            format!("damaged or cut off ({error})")
        }
        _ => format!("cannot be read ({error})"),
    }
}
