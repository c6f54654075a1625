//! The files of a model, out of a wheel, a folder, or a file of the cache.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use readout_syntax::LanguageModel;
use zip::ZipArchive;

use crate::files::{Files, META};
use crate::{ModelError, cache};

/// A larger file than any model has; guards against archives that unpack without end.
const LARGEST_FILE: u64 = 1 << 31;
/// The most levels of folders that a model's root may lie below the given folder.
const DEEPEST_ROOT: usize = 4;

/// Reads what is needed of the model at `path`, and checks it where its sum is known.
pub(crate) fn read(path: &Path) -> Result<Files, ModelError> {
    let files = read_unchecked(path)?;
    if files.is_whole() { Ok(files) } else { Err(cache::damaged(path)) }
}

/// Reads what is needed of the model at `path`. Whether the bytes have their sum is yet to be checked.
pub(crate) fn read_unchecked(path: &Path) -> Result<Files, ModelError> {
    if path.is_dir() { from_folder(path) } else { from_file(path) }
}

/// Returns the names of the files that are read.
fn wanted() -> impl Iterator<Item = &'static str> {
    LanguageModel::FILES.into_iter().chain([META])
}

fn from_folder(path: &Path) -> Result<Files, ModelError> {
    let root = find_root(path, DEEPEST_ROOT).ok_or_else(|| ModelError::NotAModel {
        path: path.to_owned(),
        what: "no folder with config.cfg and tokenizer in it".to_owned(),
    })?;
    let mut files = Files::new(Vec::new(), BTreeMap::new());
    for name in wanted() {
        let file = root.join(name);
        if file.is_file() {
            files.push(name, &fs::read(&file).map_err(ModelError::io(&file))?);
        }
    }
    Ok(files)
}

fn from_file(path: &Path) -> Result<Files, ModelError> {
    let mut file = File::open(path).map_err(ModelError::io(path))?;
    let mut start = [0; cache::MAGIC.len()];
    if file.read_exact(&mut start).is_ok() && start == *cache::MAGIC {
        return cache::read(path);
    }
    let broken = |what: String| ModelError::NotAModel { path: path.to_owned(), what };
    let file = File::open(path).map_err(ModelError::io(path))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(error.to_string()))?;
    let root = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.strip_suffix("tokenizer")?.to_owned()))
        .filter(|root| archive.index_for_name(&format!("{root}config.cfg")).is_some())
        .min_by_key(|root| root.len())
        .ok_or_else(|| broken("no config.cfg and tokenizer in it".to_owned()))?;
    let mut files = Files::new(Vec::new(), BTreeMap::new());
    for name in wanted() {
        let Some(number) = archive.index_for_name(&format!("{root}{name}")) else { continue };
        let entry = archive.by_index(number).map_err(|error| broken(error.to_string()))?;
        let mut bytes = Vec::new();
        entry
            .take(LARGEST_FILE)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(format!("{name}: {error}")))?;
        files.push(name, &bytes);
    }
    Ok(files)
}

/// Finds the model's root in or below `folder`: the first in the order of names.
fn find_root(folder: &Path, depth: usize) -> Option<PathBuf> {
    if folder.join("config.cfg").is_file() && folder.join("tokenizer").is_file() {
        return Some(folder.to_owned());
    }
    let mut below: Vec<_> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    below.iter().find_map(|path| find_root(path, depth.checked_sub(1)?))
}
