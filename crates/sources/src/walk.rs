//! The files to read, and their bytes.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use readout_record::{Document, ids};

use crate::content::{Content, Opened};
use crate::dates::Usage;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Inner, Part, Source};
use crate::trouble::Trouble;
use crate::{bundle, formats};

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Returns the sources among `paths` and in the folders among them. They are read one at a time.
///
/// The path `-` is standard input, up to the limit for a file; its format is told by its content.
/// Inside a folder hidden files are passed over, files of other formats are counted in one note, and symbolic links
/// are not followed, so that no folder is left and none is read twice.
pub fn sources<'o>(paths: &[PathBuf], options: &'o Options) -> Sources<'o> {
    let waiting = paths.iter().map(|path| Step { path: path.clone(), depth: 0 }).collect();
    Sources { waiting, within: Vec::new(), found: VecDeque::new(), options }
}

/// Returns the files at `path` and in the folder that it may be, as [`sources`] comes to them, and the troubles on the way.
///
/// So the files of a folder can be read apart from one another.
pub fn files(path: &Path, options: &Options) -> Vec<Result<PathBuf, Trouble>> {
    let mut sources = sources(&[path.to_owned()], options);
    let mut files = Vec::new();
    while let Some(step) = sources.waiting.pop_front() {
        if step.path.is_dir() {
            sources.open_folder(&step);
        } else {
            files.push(Ok(step.path));
        }
        files.extend(sources.found.drain(..).filter_map(Result::err).map(Err));
    }
    files
}

/// See [`sources`].
pub struct Sources<'o> {
    waiting: VecDeque<Step>,
    /// The files that are being read, each within the one before it.
    within: Vec<Stream>,
    found: VecDeque<Result<Source, Trouble>>,
    options: &'o Options,
}

struct Step {
    path: PathBuf,
    /// Folders between this path and the path that was named; 0 for the named path itself.
    depth: usize,
}

/// A file of which one part is read at a time.
enum Stream {
    Rows(Rows),
    Files(Holder),
}

/// A file that holds others, being read.
struct Holder {
    path: String,
    format: &'static Format,
    files: Box<dyn Files>,
    /// True until the first file, or the first trouble, is given.
    silent: bool,
}

impl Holder {
    /// Returns the next file or trouble. A holder that would end in silence gives the trouble that it has no report.
    fn next_file(&mut self, options: &Options) -> Option<Result<Inner, Trouble>> {
        let next = self.files.next_file(options, |name| formats::named(Path::new(name)).is_some());
        let silent = std::mem::take(&mut self.silent);
        next.or_else(|| silent.then(|| Err(Trouble::unread(&self.path, Fault::empty("holds no report")))))
    }
}

/// A file of one report a line, being read.
struct Rows {
    path: String,
    format: &'static Format,
    reader: Box<dyn BufRead + Send>,
    line: u64,
    /// The order of day and month that the dates of the rows show.
    usage: Option<Usage>,
    /// The facts that the file around this one tells of its reports.
    known: Box<Document>,
    /// True until the first row, or the first trouble, is given.
    silent: bool,
}

impl Iterator for Sources<'_> {
    type Item = Result<Source, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut found = self.next_found()?;
        if let Ok(source) = &mut found {
            source.within = self.within.iter().filter_map(Stream::name).collect();
        }
        Some(found)
    }
}

impl Stream {
    /// Returns the name of the format of a file that holds others.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Rows(_) => None,
            Self::Files(holder) => Some(holder.format.name),
        }
    }
}

impl<'o> Sources<'o> {
    /// Returns the sources in a file that is in memory and called `name`.
    pub(crate) fn of_bytes(name: &str, bytes: Vec<u8>, options: &'o Options) -> Self {
        let mut sources =
            Self { waiting: VecDeque::new(), within: Vec::new(), found: VecDeque::new(), options };
        sources.take_inner(Inner::new(name, name, Content::Memory(bytes.into())));
        sources
    }
}

impl Sources<'_> {
    fn next_found(&mut self) -> Option<Result<Source, Trouble>> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(found);
            }
            match self.within.last_mut() {
                Some(Stream::Rows(rows)) => match rows.next_row(self.options) {
                    Some(row) => return Some(row),
                    None => self.within.truncate(self.within.len() - 1),
                },
                Some(Stream::Files(holder)) => match holder.next_file(self.options) {
                    Some(Ok(file)) => self.take_inner(file),
                    Some(Err(trouble)) => return Some(Err(trouble)),
                    None => self.within.truncate(self.within.len() - 1),
                },
                None => {
                    let step = self.waiting.pop_front()?;
                    self.take(&step);
                }
            }
        }
    }

    fn take(&mut self, step: &Step) {
        if step.depth == 0 && step.path == Path::new(STANDARD_INPUT) {
            return self.take_input();
        }
        let about = path_name(&step.path);
        let kind = match fs::metadata(&step.path) {
            Ok(metadata) => metadata,
            Err(error) => return self.found.push_back(Err(Trouble::unread(about, error))),
        };
        if kind.is_dir() {
            return self.open_folder(step);
        }
        if !kind.is_file() {
            return self
                .found
                .push_back(Err(Trouble::unread(about, Fault::unsupported("not a file or folder"))));
        }
        let name = about.clone();
        self.take_inner(Inner::new(about, name, Content::File(step.path.clone())));
    }

    /// Reads standard input. Its reports are called after its content, since no name tells one input from another.
    fn take_input(&mut self) {
        let (about, limit) = ("standard input", self.options.max_file_bytes);
        let mut bytes = Vec::new();
        if let Err(error) = io::stdin().lock().take(limit + 1).read_to_end(&mut bytes) {
            return self.found.push_back(Err(Trouble::unread(about, error)));
        }
        if bytes.len() as u64 > limit {
            let message = format!("larger than {} MB, the limit for standard input", limit >> 20);
            return self.found.push_back(Err(Trouble::unread(about, Fault::too_large(message))));
        }
        let hash = ids::sha256(&bytes);
        let name = format!("standard-input-{}", hash.get(..12).unwrap_or(&hash));
        self.take_inner(Inner::new(name.clone(), name, Content::Memory(bytes.into())));
    }

    /// Takes a file, on disk or within another one.
    fn take_inner(&mut self, mut file: Inner) {
        let about = file.path.clone();
        self.found.extend(file.notes.drain(..).map(|note| Err(Trouble::mended(&about, note))));
        if let Err(why) = self.read_file(file) {
            self.found.push_back(Err(Trouble::unread(about, why)));
        }
    }

    /// Takes a file apart. The error is the reason why nothing of it can be read.
    fn read_file(&mut self, file: Inner) -> Result<(), Fault> {
        let Inner { path: about, name, format, content, known, usage, notes: _ } = file;
        let open = || content.open(self.options);
        let opened = open()?;
        let format = match format {
            Some(format) => format,
            None => formats::choose(Path::new(&name), &opened.start)?,
        };
        match format.holds {
            Holds::One => {
                let bytes = whole(opened, &content, "one report", self.options)?;
                let source = Source { usage, known, ..Source::of(about, format, bytes) };
                self.found.push_back(Ok(source));
            }
            Holds::Lines(look_through) => {
                let (usage, note) = look_through(&mut open()?.lines()?.take(self.options.max_file_bytes));
                self.found.extend(note.map(|note| Err(Trouble::mended(&about, note))));
                let reader = opened.lines()?;
                self.within.push(Stream::Rows(Rows {
                    path: about,
                    format,
                    reader,
                    line: 0,
                    usage,
                    known,
                    silent: true,
                }));
            }
            Holds::Several(parts) => {
                let bytes = whole(opened, &content, "one file", self.options)?;
                let mut notes = Vec::new();
                let parts =
                    parts(&bytes, self.options, &mut |note| notes.push(Trouble::mended(&about, note)));
                self.found.extend(notes.into_iter().map(Err));
                self.found.extend(parts.into_iter().map(|part| part_of(&about, format, part, &known)));
            }
            Holds::Files(open_files) => {
                if self.within.len() >= self.options.max_archive_depth {
                    return Err(Fault::too_large(format!(
                        "more than {} files within each other",
                        self.options.max_archive_depth
                    )));
                }
                let files = open_files(&about, &content, self.options)?;
                self.within.push(Stream::Files(Holder { path: about, format, files, silent: true }));
            }
        }
        Ok(())
    }

    fn open_folder(&mut self, step: &Step) {
        let about = path_name(&step.path);
        if step.depth > self.options.max_folder_depth {
            let message = format!("more than {} folders deep", self.options.max_folder_depth);
            return self.found.push_back(Err(Trouble::unread(about, Fault::too_large(message))));
        }
        let entries = match fs::read_dir(&step.path) {
            Ok(entries) => entries,
            Err(error) => return self.found.push_back(Err(Trouble::unread(about, error))),
        };
        let mut inside = Vec::new();
        // Files that are passed over, by their extension or kind.
        let mut passed: BTreeMap<String, usize> = BTreeMap::new();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.found.push_back(Err(Trouble::unread(&about, error)));
                    continue;
                }
            };
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
                continue;
            }
            match entry.file_type() {
                Err(error) => {
                    self.found.push_back(Err(Trouble::unread(path_name(&path), error)));
                }
                Ok(kind) if kind.is_symlink() => *passed.entry("symbolic link".to_owned()).or_default() += 1,
                Ok(kind) if kind.is_dir() || formats::named(&path).is_some() => inside.push(path),
                Ok(_) => *passed.entry(extension(&path)).or_default() += 1,
            }
        }
        inside.retain(|path| !is_saved_with_page(path));
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

/// Whether a path is the folder of pictures and scripts that a browser saves beside a page: `Talks_files` of `Talks.html`.
fn is_saved_with_page(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let page = ["_files", "-Dateien", "_fichiers", "_archivos", ".files"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let page = page.filter(|_| path.is_dir());
    page.is_some_and(|page| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|ending| path.with_file_name(format!("{page}.{ending}")).is_file())
    })
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

/// Reads all of a file. `holds` says what the limit of size is for.
fn whole(file: Opened, content: &Content, holds: &str, options: &Options) -> Result<Vec<u8>, Fault> {
    let limit = options.max_file_bytes;
    let grown = if file.packed { " when unpacked" } else { "" };
    let too_large =
        || Fault::too_large(format!("larger than {} MB{grown}, the limit for {holds}", limit >> 20));
    let length = content.length()?;
    if length > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(if file.packed { 0 } else { length as usize });
    match file.content().take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(error.into()),
        Ok(_) if bytes.len() as u64 > limit => Err(too_large()),
        Ok(_) if bytes.is_empty() => Err(Fault::empty("empty")),
        Ok(_) => Ok(bytes),
    }
}

/// Returns the source, or the trouble, that a part of the file `path` is. `around` is what is known of all of them.
fn part_of(path: &str, format: &'static Format, part: Part, around: &Document) -> Result<Source, Trouble> {
    let about = |number: usize| if number == 0 { path.to_owned() } else { format!("{path}#{number}") };
    match part {
        Part::Report { number, bytes, mut known } => {
            known.other.extend(around.other.iter().map(|(key, value)| (key.clone(), value.clone())));
            // The day of a letter with an export is not that of the articles.
            if !bundle::is_article(&known) {
                known.published = known.published.or_else(|| around.published.clone());
                known.published_from = known.published_from.or(around.published_from);
            }
            Ok(Source { known, ..Source::of(about(number), format, bytes) })
        }
        Part::Refused { number, why } => Err(Trouble::unread(about(number), why)),
    }
}

impl Rows {
    /// Returns the next row or trouble. A file that would end in silence gives the trouble that it is empty.
    fn next_row(&mut self, options: &Options) -> Option<Result<Source, Trouble>> {
        let next = self.read_row(options);
        let silent = std::mem::take(&mut self.silent);
        next.or_else(|| silent.then(|| Err(Trouble::unread(&self.path, Fault::empty("empty")))))
    }

    /// Reads the next row that is not blank, or returns `None` at the end.
    fn read_row(&mut self, options: &Options) -> Option<Result<Source, Trouble>> {
        let mut blank = 0;
        loop {
            self.line += 1;
            let about = format!("{}#{}", self.path, self.line);
            let mut row = Vec::new();
            match (&mut self.reader).take(options.max_row_bytes + 1).read_until(b'\n', &mut row) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.reader = Box::new(io::empty());
                    return Some(Err(Trouble::unread(about, error)));
                }
            }
            if row.last() != Some(&b'\n') && row.len() as u64 > options.max_row_bytes {
                if let Err(error) = skip_line(&mut self.reader) {
                    self.reader = Box::new(io::empty());
                    return Some(Err(Trouble::unread(about, error)));
                }
                let message = format!("row larger than {} MB", options.max_row_bytes >> 20);
                return Some(Err(Trouble::unread(about, Fault::too_large(message))));
            }
            blank += row.len() as u64;
            let row = row.trim_ascii();
            let row = if self.line == 1 { row.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(row) } else { row };
            if !row.is_empty() {
                let usage = self.usage.clone();
                let known = self.known.clone();
                return Some(Ok(Source { usage, known, ..Source::of(about, self.format, row.to_vec()) }));
            }
            if blank > options.max_blank_bytes {
                self.reader = Box::new(io::empty());
                let message = format!(
                    "more than {} MB of blank lines; what may follow them was not read",
                    options.max_blank_bytes >> 20
                );
                return Some(Err(Trouble::unread(about, Fault::too_large(message))));
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
