//! The samples, read into a file.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{run, stderr};

/// Returns a folder with the samples read; `None` without the language model, where such a test passes, and says why.
pub(crate) fn samples() -> Option<TempDir> {
    readout::model::open_for_tests()?;
    let folder = tempfile::tempdir().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    let path = fs::canonicalize(path).unwrap().display().to_string();
    let read = run(&folder, &["read", &path, "--threads", "2"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    Some(folder)
}
