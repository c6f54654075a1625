//! The progress of a reading on a terminal: how many files are done of how many, and the time that is left.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use readout::Progress;
use readout::views::safe::terminal;

/// Files that are counted before a reading. Of more, the total is not told.
const COUNTED: u64 = 200_000;

/// The pause between two turns of the mark while nothing else is told.
const TURN: Duration = Duration::from_millis(120);

/// A line on a terminal; nothing where standard error is none.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// The files of which a report was read; of files of a report a line, the lines.
    parts: BTreeSet<String>,
    reports: u64,
}

impl Bar {
    /// Returns a line for a reading of `paths`.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        let bar = ProgressBar::new_spinner();
        if !bar.is_hidden() {
            let total = paths.iter().try_fold(0, |total, path| count(path, total));
            let style = match total {
                Some(total) if total > 1 => {
                    bar.set_length(total);
                    "{spinner} {prefix}, {pos} of {len}, {eta} left  {wide_msg}"
                }
                _ => "{spinner} {prefix}  {wide_msg}",
            };
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
        }
        Self { bar, parts: BTreeSet::new(), reports: 0 }
    }

    /// Tells that one more source is done.
    pub(crate) fn step(&mut self, progress: &Progress<'_>) {
        if self.bar.is_hidden() {
            return;
        }
        self.reports = progress.done;
        // One file may have many reports.
        let file = progress.path.split('#').next().unwrap_or_default();
        let part = if has_lines(Path::new(file)) { progress.path } else { file };
        if !self.parts.contains(part) {
            self.parts.insert(part.to_owned());
        }
        self.bar.set_position(self.parts.len() as u64);
        self.bar.set_prefix(format!("{} read", self.reports));
        self.bar.set_message(terminal(progress.path));
    }

    /// Tells that reports are linked.
    pub(crate) fn linking(&mut self) {
        self.bar = ProgressBar::new_spinner();
        self.bar.set_message("linking what reports share");
        self.bar.enable_steady_tick(TURN);
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Whether the file has a report a line, by its name.
fn has_lines(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl") || it.eq_ignore_ascii_case("ndjson"))
}

/// Returns the lines of a file that has a report a line, else 1.
fn parts(path: &Path) -> u64 {
    let Some(mut file) = File::open(path).ok().filter(|_| has_lines(path)) else { return 1 };
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
