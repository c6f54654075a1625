//! The arguments of chores.

use std::path::PathBuf;

/// The arguments of an evaluation or a bench.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    /// A file of texts, or a folder.
    pub(crate) input: PathBuf,
    /// The file of predictions to write.
    pub(crate) output: PathBuf,
    /// Stored annotations to use instead of the language model.
    pub(crate) syntax: Option<PathBuf>,
    /// A language model other than the cached one.
    pub(crate) model: Option<PathBuf>,
    /// The number of reports up to which a bench grows.
    pub(crate) size: u64,
}
