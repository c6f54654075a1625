//! The progress of a reading: how many files are done of how many, and the time that is left. On a terminal it is one line
//! that changes; elsewhere, as in a log, a line now and then.

#![expect(clippy::disallowed_methods, reason = "only how long a reading takes is told by the clock")]

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use readout::Progress;
use readout::views::safe::terminal;

use crate::page::tell;

/// Files that are counted before a reading. Of more, the total is not told.
const COUNTED: u64 = 200_000;

/// The pause between two turns of the mark while nothing else is told.
const TURN: Duration = Duration::from_millis(120);

/// The part of a reading, in hundredths, after which a log gets its next line, and the least time between two lines. A reading
/// that is done sooner writes none.
const PART: u64 = 5;
const PAUSE: Duration = Duration::from_secs(10);

/// The reports after which a log gets its next line, where nobody knows how many there are.
const SOME: u64 = 1000;

/// A line on a terminal, or lines in a log.
pub(crate) struct Bar {
    bar: ProgressBar,
    paths: Vec<PathBuf>,
    /// The sources to be read, if they could be counted. For a log this is asked first when a line may be due: a short
    /// reading needs no count.
    total: OnceCell<Option<u64>>,
    log: Log,
    /// The files of which a report was read; of files of a report a line, the lines.
    parts: BTreeSet<String>,
    reports: u64,
}

impl Bar {
    /// Returns a line for a reading of `paths`.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        let bar = ProgressBar::new_spinner();
        let total = OnceCell::new();
        if !bar.is_hidden() {
            let style = match *total.get_or_init(|| count_all(paths)) {
                Some(total) => {
                    bar.set_length(total);
                    "{spinner} {prefix}, {pos} of {len}, {eta} left  {wide_msg}"
                }
                _ => "{spinner} {prefix}  {wide_msg}",
            };
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
        }
        Self {
            bar,
            paths: paths.to_vec(),
            total,
            log: Log::new(Instant::now()),
            parts: BTreeSet::new(),
            reports: 0,
        }
    }

    /// Tells that one more source is done.
    pub(crate) fn step(&mut self, progress: &Progress<'_>) {
        self.reports = progress.done;
        // One file may have many reports.
        let file = progress.path.split('#').next().unwrap_or_default();
        let part = if has_lines(Path::new(file)) { progress.path } else { file };
        if !self.parts.contains(part) {
            self.parts.insert(part.to_owned());
        }
        if self.bar.is_hidden() {
            let now = Instant::now();
            if !self.log.is_due(now) {
                return;
            }
            let total = *self.total.get_or_init(|| count_all(&self.paths));
            if let Some(line) = self.log.line(self.parts.len() as u64, total, self.reports, now) {
                tell(&line);
            }
            return;
        }
        self.bar.set_position(self.parts.len() as u64);
        self.bar.set_prefix(format!("{} read", self.reports));
        self.bar.set_message(terminal(progress.path));
    }

    /// Tells that reports are linked.
    pub(crate) fn linking(&mut self) {
        if self.bar.is_hidden() {
            if self.log.has_told() {
                tell(LINKING);
            }
            return;
        }
        self.bar = ProgressBar::new_spinner();
        self.bar.set_message(LINKING);
        self.bar.enable_steady_tick(TURN);
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// The words for what follows the reading.
const LINKING: &str = "linking what reports share";

/// The lines that a log gets.
struct Log {
    begun: Instant,
    last: Instant,
    /// The part, in hundredths, or the reports that were done at the last line.
    told: u64,
}

impl Log {
    fn new(now: Instant) -> Self {
        Self { begun: now, last: now, told: 0 }
    }

    /// Whether any line was told.
    fn has_told(&self) -> bool {
        self.told > 0
    }

    /// Whether the last line is long enough ago.
    fn is_due(&self, now: Instant) -> bool {
        now.duration_since(self.last) >= PAUSE
    }

    /// Returns the next line, if it is time for one: `20 of 100, 3 min left, 21 reports read`.
    fn line(&mut self, done: u64, total: Option<u64>, reports: u64, now: Instant) -> Option<String> {
        let at = match total {
            Some(total) => done * 100 / total.max(1) / PART * PART,
            None => reports / SOME * SOME,
        };
        if at <= self.told || !self.is_due(now) {
            return None;
        }
        (self.told, self.last) = (at, now);
        let Some(total) = total else { return Some(format!("{reports} reports read")) };
        let left = now.duration_since(self.begun).as_secs() * total.saturating_sub(done) / done.max(1);
        let left = if left < 60 { format!("{left} s") } else { format!("{} min", left.div_ceil(60)) };
        Some(format!("{done} of {total}, {left} left, {reports} reports read"))
    }
}

/// Returns the sources at and below `paths`; `None` where there is one, or too many to count.
fn count_all(paths: &[PathBuf]) -> Option<u64> {
    paths.iter().try_fold(0, |total, path| count(path, total)).filter(|it| *it > 1)
}

/// Whether the file has a report a line, by its name.
fn has_lines(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl") || it.eq_ignore_ascii_case("ndjson"))
}

/// Returns the lines of a file that has a report a line, else 1.
fn parts(path: &Path) -> u64 {
    if !has_lines(path) || !path.is_file() {
        return 1;
    }
    let Ok(mut file) = File::open(path) else { return 1 };
    let (mut lines, mut last) = (0, b'\n');
    let mut buffer = vec![0; 1 << 16];
    while let Ok(read @ 1..) = file.read(&mut buffer) {
        let bytes = buffer.get(..read).unwrap_or_default();
        lines += bytes.iter().filter(|it| **it == b'\n').count() as u64;
        last = bytes.last().copied().unwrap_or(last);
    }
    lines + u64::from(last != b'\n')
}

/// Returns the number of files at and below `path`, of some their lines, added to `total`; `None` where they are too many to count.
fn count(path: &Path, total: u64) -> Option<u64> {
    if total > COUNTED {
        return None;
    }
    if !path.is_dir() {
        return Some(total + parts(path));
    }
    let Ok(entries) = fs::read_dir(path) else { return Some(total) };
    let mut total = total;
    for entry in entries.flatten() {
        let kind = entry.file_type().ok();
        total = match kind {
            Some(kind) if kind.is_dir() => count(&entry.path(), total)?,
            // A link is not followed: it may lead back.
            Some(kind) if kind.is_file() => total + parts(&entry.path()),
            _ => total,
        };
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gets_a_line_now_and_then() {
        let begun = Instant::now();
        let at = |seconds: u64| begun + Duration::from_secs(seconds);
        let mut log = Log::new(begun);
        assert_eq!(log.line(50, Some(200), 60, at(2)), None, "too soon");
        assert!(!log.has_told());
        let line = log.line(50, Some(200), 60, at(40));
        assert_eq!(line.as_deref(), Some("50 of 200, 2 min left, 60 reports read"));
        assert_eq!(log.line(51, Some(200), 61, at(80)), None, "hardly more");
        let line = log.line(180, Some(200), 210, at(120));
        assert_eq!(line.as_deref(), Some("180 of 200, 13 s left, 210 reports read"));
        let mut log = Log::new(begun);
        assert_eq!(log.line(1, None, 999, at(40)), None);
        assert_eq!(log.line(1, None, 1001, at(60)).as_deref(), Some("1001 reports read"));
    }

    #[test]
    fn files_are_counted_below_folders() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["a.txt", "b/c.txt", "b/d.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(count(folder.path(), 0), Some(3));
        assert_eq!(count(&folder.path().join("a.txt"), 3), Some(4));
        assert_eq!(count(folder.path(), COUNTED + 1), None);
        let rows = folder.path().join("e.jsonl");
        fs::write(&rows, "{}\n{}\n{}").unwrap();
        assert_eq!(count(&rows, 0), Some(3), "a report a line");
    }
}
