//! The steps of the flow on batches, and the command.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

use arrow_array::RecordBatch;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use readout::engine;
use readout::exchange::record_schema;
use readout::knowledge::Knowledge;
use readout::model::ModelSource;
use readout::sources::Options;
use readout::syntax::LanguageModel;

use crate::capsule::{Table, batches_of};
use crate::errors::raised;

/// The language models that were opened, by their paths. Copies of one share its weights.
static MODELS: Mutex<BTreeMap<Option<PathBuf>, LanguageModel>> = Mutex::new(BTreeMap::new());
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::shipped);

/// Returns the language model at `path`, or the one in use, which is fetched the first time.
pub(crate) fn model(path: Option<PathBuf>) -> PyResult<LanguageModel> {
    let mut models = MODELS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(model) = models.get(&path) {
        return Ok(model.clone());
    }
    let source = path.clone().map_or(ModelSource::Default, ModelSource::Path);
    let model = readout::model::open(&source).map_err(|error| PyOSError::new_err(error.to_string()))?;
    models.insert(path, model.clone());
    Ok(model)
}

/// Returns `threads` as a number of threads.
pub(crate) fn number(threads: usize) -> PyResult<NonZeroUsize> {
    NonZeroUsize::new(threads).ok_or_else(|| PyValueError::new_err("threads must be 1 or more"))
}

/// Reads the reports of a table into rows of records.
#[pyfunction]
pub(crate) fn annotate(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    threads: usize,
    model_path: Option<PathBuf>,
) -> PyResult<Table> {
    let threads = number(threads)?;
    let (_, batches) = batches_of(table)?;
    py.detach(|| {
        let model = model(model_path)?;
        let options = Options::default();
        let read = |batch| engine::annotate(batch, &model, &KNOWLEDGE, &options, threads);
        let read: Vec<_> =
            batches.iter().map(read).collect::<Result<_, _>>().map_err(|error| raised(&error))?;
        Ok(Table::new(record_schema(), read))
    })
}

/// Links all reports of a table of rows of records.
#[pyfunction]
pub(crate) fn link(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Table> {
    let (_, batches) = batches_of(table)?;
    py.detach(|| {
        let linked = engine::link_batches(&batches, &KNOWLEDGE).map_err(|error| raised(&error))?;
        Ok(Table::of_batch(linked))
    })
}

/// The documents of files and folders, read batch by batch as they are asked for.
#[pyclass(frozen, module = "readout._native")]
pub(crate) struct Documents(Mutex<Receiver<readout::Result<RecordBatch>>>);

#[pymethods]
impl Documents {
    #[new]
    fn new(paths: Vec<PathBuf>, under: Option<PathBuf>) -> Self {
        // One batch is made while another is used. Once nobody asks any more, the thread ends.
        let (sender, receiver) = sync_channel(1);
        thread::spawn(move || {
            for batch in engine::document_batches(&paths, under.as_deref(), &Options::default()) {
                if sender.send(batch).is_err() {
                    break;
                }
            }
        });
        Self(Mutex::new(receiver))
    }

    fn __iter__(own: PyRef<'_, Self>) -> PyRef<'_, Self> {
        own
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let next = py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).recv().ok());
        next.transpose().map(|it| it.map(Table::of_batch)).map_err(|error| raised(&error))
    }

    /// Reads all that are left.
    fn read(&self, py: Python<'_>) -> PyResult<Table> {
        let left = py.detach(|| {
            let receiver = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.iter().collect::<readout::Result<Vec<RecordBatch>>>()
        });
        Ok(Table::new(engine::document_schema(), left.map_err(|error| raised(&error))?))
    }
}

/// Returns the files at `path` and in the folder that it may be, and notes on what is passed over.
#[pyfunction]
pub(crate) fn files(py: Python<'_>, path: PathBuf) -> (Vec<PathBuf>, Vec<String>) {
    let (mut files, mut notes) = (Vec::new(), Vec::new());
    for found in py.detach(|| readout::sources::files(&path, &Options::default())) {
        match found {
            Ok(file) => files.push(file),
            Err(trouble) => notes.push(format!("{}: {}", trouble.note.about, trouble.note.message)),
        }
    }
    (files, notes)
}

/// Returns an empty table with the schema of `documents`, `records`.
#[pyfunction]
pub(crate) fn schema(name: &str) -> PyResult<Table> {
    match name {
        "documents" => Ok(Table::new(engine::document_schema(), Vec::new())),
        "records" => Ok(Table::new(record_schema(), Vec::new())),
        _ => Err(PyValueError::new_err(format!("{name}: documents or records"))),
    }
}

/// Runs the command `readout` with `arguments`, the first of which is the program's name. Returns its exit status.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| readout_cli::run(arguments))
}
