//! The progress of a reading on a terminal: how many files are done of how many, and the time that is left.

use std::collections::BTreeSet;
use std::fs;
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
    /// The files of which a report was read.
    files: BTreeSet<String>,
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
                    "{spinner} {prefix}, file {pos} of {len}, {eta} left  {wide_msg}"
                }
                _ => "{spinner} {prefix}  {wide_msg}",
            };
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
        }
        Self { bar, files: BTreeSet::new(), reports: 0 }
    }

    /// Tells that one more source is done.
    pub(crate) fn step(&mut self, progress: &Progress<'_>) {
        if self.bar.is_hidden() {
            return;
        }
        self.reports = progress.done;
        // One file may have many reports.
        let file = progress.path.split('#').next().unwrap_or_default();
        if !self.files.contains(file) {
            self.files.insert(file.to_owned());
        }
        self.bar.set_position(self.files.len() as u64);
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

/// Returns the number of files at and below `path`, added to `total`; `None` where they are too many to count.
fn count(path: &Path, total: u64) -> Option<u64> {
    if total > COUNTED {
        return None;
    }
    if !path.is_dir() {
        return Some(total + 1);
    }
    let Ok(entries) = fs::read_dir(path) else { return Some(total) };
    let mut total = total;
    for entry in entries.flatten() {
        let kind = entry.file_type().ok();
        total = match kind {
            Some(kind) if kind.is_dir() => count(&entry.path(), total)?,
            // A link is not followed: it may lead back.
            Some(kind) if kind.is_file() => total + 1,
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
    }
}
