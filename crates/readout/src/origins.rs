//! The names of sources in the record: relative to what the caller named, so that they are the same on every machine.

use std::fs;
use std::path::Path;

use readout_sources::{STANDARD_INPUT, path_name};
use readout_store::Origin;

/// The names of the sources below one path that the caller gave.
pub(crate) struct Naming {
    /// The path as it was named: what the sources' own names start with.
    prefix: String,
    /// The absolute path on this machine.
    location: String,
    /// The start of the path in the record: empty for a folder, the file's name for a file.
    name: String,
}

impl Naming {
    pub(crate) fn of(path: &Path) -> Self {
        if path == Path::new(STANDARD_INPUT) {
            return Self {
                prefix: String::new(),
                location: "standard input".to_owned(),
                name: String::new(),
            };
        }
        let place =
            fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
        let name = match (path.is_dir(), path.file_name()) {
            (false, Some(name)) => path_name(Path::new(name)),
            _ => String::new(),
        };
        Self { prefix: path_name(path), location: path_name(&place), name }
    }

    pub(crate) fn origin(&self, path: &str) -> Origin {
        let rest = path.strip_prefix(&self.prefix).unwrap_or(path);
        let rest = if self.name.is_empty() { rest.trim_start_matches(['/', '\\']) } else { rest };
        let between = if self.name.is_empty() { "/" } else { "" };
        Origin {
            location: format!("{}{between}{rest}", self.location),
            path: Some(format!("{}{rest}", self.name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_names_paths_from_what_was_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/a.jsonl"), "").unwrap();
        let place = fs::canonicalize(folder.path()).unwrap();
        let origin = |named: &str, source: &str| {
            let named = folder.path().join(named);
            let prefix = folder.path().display();
            Naming::of(&named).origin(&format!("{prefix}/{source}"))
        };
        let location = format!("{}/in/a.jsonl#3", place.display());
        assert_eq!(
            origin("in", "in/a.jsonl#3"),
            Origin { location: location.clone(), path: Some("a.jsonl#3".to_owned()) }
        );
        assert_eq!(
            origin("in/a.jsonl", "in/a.jsonl#3"),
            Origin { location: location.clone(), path: Some("a.jsonl#3".to_owned()) }
        );
        assert_eq!(origin("in/", "in/a.jsonl#3"), Origin { location, path: Some("a.jsonl#3".to_owned()) });
    }
}
