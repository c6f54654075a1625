//! The files to read, and their bytes.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use encoding_rs::{CoderResult, Decoder};
use flate2::read::MultiGzDecoder;
use regex::bytes::Regex;

use crate::dates::{self, Order, Usage};
use crate::{Format, Options, Source, Trouble, decode, fields};

/// Returns the sources among `paths` and in the folders among them. They are read one at a time.
///
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

/// A JSON Lines file being read.
struct Rows {
    path: String,
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
        let (format, packed) = Format::of(&step.path);
        if format == Some(Format::Row) {
            match open(&step.path, packed).and_then(lines) {
                Ok(reader) => {
                    let (usage, told) = usage(&step.path, packed, self.options);
                    self.found.extend(told.map(|told| Err(Trouble::mended(&about, told))));
                    self.rows = Some(Rows { path: about, reader, line: 0, usage });
                }
                Err(error) => self.found.push_back(Err(Trouble::unread(about, why(&error)))),
            }
            return;
        }
        let format = format.unwrap_or(Format::Unknown);
        self.found.push_back(read_whole(&step.path, format, packed, kind.len(), self.options));
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
                Ok(kind) if kind.is_dir() || Format::of(&path).0.is_some() => inside.push(path),
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

fn open(path: &Path, packed: bool) -> io::Result<Box<dyn Read + Send>> {
    let file = File::open(path)?;
    Ok(if packed { Box::new(MultiGzDecoder::new(BufReader::new(file))) } else { Box::new(file) })
}

fn read_whole(
    path: &Path,
    format: Format,
    packed: bool,
    size: u64,
    options: &Options,
) -> Result<Source, Trouble> {
    let about = path_name(path);
    let limit = options.max_file_bytes;
    let too_large = || {
        let grown = if packed { " when unpacked" } else { "" };
        let message = format!("larger than {} MB{grown}, the limit for one report", limit >> 20);
        Trouble::unread(&about, message)
    };
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(if packed { 0 } else { size as usize });
    let read = open(path, packed).and_then(|reader| reader.take(limit + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(Trouble::unread(about, why(&error))),
        Ok(_) if bytes.len() as u64 > limit => Err(too_large()),
        Ok(_) if bytes.is_empty() => Err(Trouble::unread(about, "empty")),
        Ok(_) => Ok(Source::new(about, format, bytes)),
    }
}

/// Returns the lines of a file, in UTF-8 even if the file is in UTF-16.
fn lines(file: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    const BUFFER: usize = 1 << 16;
    let mut bytes = BufReader::with_capacity(BUFFER, file);
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
                return Some(Ok(Source { path: about, format: Format::Row, bytes: row.to_vec(), usage }));
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

/// The pattern of a field whose value is a short string, and so may be a date. It captures key and value.
static DATE_FIELD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#""([A-Za-z_-]{4,24})"\s*:\s*"([^"\\]{8,40})""#).ok());

/// Returns the order of day and month that the dates of a JSON Lines file show, and any note about it.
///
/// The file is scanned before it is read, up to the size limit for a file that is one report.
fn usage(path: &Path, packed: bool, options: &Options) -> (Option<Usage>, Option<String>) {
    let mut shown: [Option<(u64, String)>; 2] = [None, None];
    let mut open_to_doubt = None;
    // What cannot be read is told when it is read.
    let Ok(mut reader) = open(path, packed).and_then(lines).map(|lines| lines.take(options.max_file_bytes))
    else {
        return (None, None);
    };
    let mut row = Vec::new();
    for number in 1.. {
        row.clear();
        if !reader.read_until(b'\n', &mut row).is_ok_and(|read| read > 0) {
            break;
        }
        for found in DATE_FIELD.as_ref().into_iter().flat_map(|field| field.captures_iter(&row)) {
            let text = |at| found.get(at).and_then(|it| std::str::from_utf8(it.as_bytes()).ok());
            let (Some(key), Some(date)) = (text(1), text(2)) else { continue };
            if fields::date_key(key).is_none() || dates::iso(date).is_some() {
                continue;
            }
            if let Some(order) = dates::order_shown(date) {
                shown[usize::from(order == Order::MonthFirst)].get_or_insert((number, date.to_owned()));
            } else if open_to_doubt.is_none() && dates::wants_order(date) {
                open_to_doubt = Some(date.to_owned());
            }
        }
    }
    let doubt = open_to_doubt.map(|date| format!("dates such as {date}"));
    match shown {
        [Some((row, day)), Some((other, month))] => (
            None,
            doubt.map(|doubt| {
                format!(
                    "the file does not tell how to read {doubt}: row {row} has {day}, row {other} {month}"
                )
            }),
        ),
        [None, None] => (None, None),
        [Some((row, date)), None] => told(Order::DayFirst, row, &date, doubt),
        [None, Some((row, date))] => told(Order::MonthFirst, row, &date, doubt),
    }
}

fn told(order: Order, row: u64, date: &str, doubt: Option<String>) -> (Option<Usage>, Option<String>) {
    let why = format!("row {row} has {date}");
    let note = doubt.map(|doubt| format!("{doubt} were read with the {order} first, since {why}"));
    (Some(Usage { order, why, told: true }), note)
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
