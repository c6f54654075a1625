//! Files with one JSON value a line, plain, or gzipped if the name says so.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context as _;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;

fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "gz")
}

/// Reads the lines of `path`, each as a `T`.
///
/// # Errors
/// When the file cannot be read, or a line is not of this form.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("{}: cannot be opened", path.display()))?;
    let input: Box<dyn Read> =
        if is_gzip(path) { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut found = Vec::new();
    for (number, line) in BufReader::new(input).lines().enumerate() {
        let line = line.with_context(|| format!("{}, line {}", path.display(), number + 1))?;
        if !line.trim().is_empty() {
            found.push(
                serde_json::from_str(&line)
                    .with_context(|| format!("{}, line {}: not of the form", path.display(), number + 1))?,
            );
        }
    }
    Ok(found)
}

/// Creates `path` for writing.
///
/// # Errors
/// When it cannot be created.
pub(crate) fn create(path: &Path) -> anyhow::Result<Box<dyn Write>> {
    let file = File::create(path).with_context(|| format!("{}: cannot be created", path.display()))?;
    Ok(if is_gzip(path) {
        Box::new(GzEncoder::new(BufWriter::new(file), Compression::default()))
    } else {
        Box::new(BufWriter::new(file))
    })
}
