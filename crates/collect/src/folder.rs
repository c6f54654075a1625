//! The state of a folder: whether files came to it or changed.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// The most folders within each other that are looked through, as in reading.
const MOST_DEPTH: usize = 64;

/// The names, sizes and times of the files in a folder, as one number each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    files: u64,
    bytes: u64,
    /// The time of the last change, in nanoseconds since 1970.
    last: u128,
    /// The sum of all times.
    times: u128,
}

impl FolderState {
    /// Returns the state of a folder or file, with all below it. Hidden files do not count.
    ///
    /// # Errors
    /// If `path` itself cannot be looked at.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut state = Self::default();
        if path.is_dir() {
            fs::read_dir(path)?;
            state.add(path, 0);
        } else {
            state.add_file(&fs::metadata(path)?);
        }
        Ok(state)
    }

    fn add(&mut self, folder: &Path, depth: usize) {
        let Ok(entries) = folder.read_dir() else { return };
        for entry in entries.flatten() {
            if entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
                continue;
            }
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() && depth < MOST_DEPTH {
                self.add(&entry.path(), depth + 1);
            } else if metadata.is_file() {
                self.add_file(&metadata);
            }
        }
    }

    fn add_file(&mut self, metadata: &fs::Metadata) {
        let time = metadata.modified().ok().and_then(|it| it.duration_since(SystemTime::UNIX_EPOCH).ok());
        let time = time.map_or(0, |time| time.as_nanos());
        self.files += 1;
        self.bytes = self.bytes.wrapping_add(metadata.len());
        self.last = self.last.max(time);
        self.times = self.times.wrapping_add(time);
    }
}
