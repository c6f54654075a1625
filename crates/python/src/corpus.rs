//! A file of reports and their records.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyLookupError, PyValueError};
use pyo3::prelude::*;
use readout::exchange::{RecordRows, Source, record_batches, table, tables};
use readout::views::{Filter, check_date};
use readout::{ReadOptions, Readers};

use crate::capsule::Table;
use crate::errors::raised;
use crate::steps::{model, number};

/// What a reading did: the numbers of reports by what became of them, and the notes, each with what it is about.
type Reading = (BTreeMap<&'static str, u64>, Vec<(String, String)>);

/// A file of reports and their records.
#[pyclass(frozen, module = "readout._native")]
pub(crate) struct Corpus(Mutex<readout::Corpus>);

impl Corpus {
    fn lock(&self) -> MutexGuard<'_, readout::Corpus> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Corpus {
    #[new]
    fn new(py: Python<'_>, path: PathBuf, create: bool) -> PyResult<Self> {
        let open = if create { readout::Corpus::create } else { readout::Corpus::open };
        py.detach(|| {
            let mut corpus = open(&path)?;
            if corpus.needs_link()? {
                corpus.link()?;
            }
            Ok(Self(Mutex::new(corpus)))
        })
        .map_err(|error| raised(&error))
    }

    /// Reads files and folders and links them. Returns the numbers of reports, and the notes.
    fn read(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        threads: Option<usize>,
        readers: usize,
        model_path: Option<PathBuf>,
    ) -> PyResult<Reading> {
        let mut options = ReadOptions::default();
        if let Some(threads) = threads {
            options.threads = number(threads)?;
        }
        if !(1..=2).contains(&readers) {
            return Err(PyValueError::new_err("readers must be 1 or 2"));
        }
        py.detach(|| {
            let second = (readers == 2).then(|| {
                let second = readout::model::ModelSource::Package(readout::model::Package::SECOND);
                readout::model::open(&second)
                    .map_err(|error| pyo3::exceptions::PyOSError::new_err(error.to_string()))
            });
            let readers = Readers { first: model(model_path)?, second: second.transpose()? };
            let mut corpus = self.lock();
            let read = corpus
                .read(&paths, &readers, &options, &mut |_| {})
                .and_then(|read| corpus.link().map(|()| read))
                .map_err(|error| raised(&error))?;
            let numbers = BTreeMap::from([
                ("added", read.added),
                ("new_versions", read.new_versions),
                ("known", read.known),
                ("forgotten", read.forgotten),
                ("unread", read.unread),
            ]);
            Ok((numbers, read.notes.into_iter().map(|it| (it.about, it.message)).collect()))
        })
    }

    /// Returns the number of reports.
    fn count(&self, py: Python<'_>) -> PyResult<usize> {
        py.detach(|| self.lock().count()).map_err(|error| raised(&error))
    }

    /// Returns a table under filters, each with its values.
    fn table(&self, py: Python<'_>, name: &str, filters: BTreeMap<String, Vec<String>>) -> PyResult<Table> {
        let filter = filter(filters)?;
        py.detach(|| {
            let table = table(name).ok_or_else(|| {
                let names: Vec<&str> = tables().iter().map(|it| it.name).collect();
                PyValueError::new_err(format!("there is no table {name}; there are {}", names.join(", ")))
            })?;
            let corpus = self.lock();
            let found = corpus.pick(&filter).map_err(|error| raised(&error))?;
            let (contents, picked) = found.map_err(|unknown| PyLookupError::new_err(unknown.to_string()))?;
            let source = Source::new(&contents, &picked).with(corpus.knowledge());
            let (schema, batches) = record_batches(&table, &source).map_err(|error| raised(&error.into()))?;
            Ok(Table::new(schema, batches))
        })
    }

    /// Returns all records under filters as rows, in the order of the export.
    fn records(&self, py: Python<'_>, filters: BTreeMap<String, Vec<String>>) -> PyResult<Table> {
        let filter = filter(filters)?;
        py.detach(|| {
            let found = self.lock().pick(&filter).map_err(|error| raised(&error))?;
            let (contents, picked) = found.map_err(|unknown| PyLookupError::new_err(unknown.to_string()))?;
            let mut records = contents.into_picked(&picked);
            records.sort_by(|a, b| a.kind().cmp(&b.kind()).then_with(|| a.id().cmp(b.id())));
            let mut rows = RecordRows::default();
            for record in &records {
                rows.push_record(record).map_err(|error| raised(&error.into()))?;
            }
            Ok(Table::of_batch(rows.finish().map_err(|error| raised(&error.into()))?))
        })
    }
}

/// Returns the filter of Python's keywords.
fn filter(given: BTreeMap<String, Vec<String>>) -> PyResult<Filter> {
    let mut filter = Filter::default();
    for (name, values) in given {
        let many = match name.as_str() {
            "actor" => Some(&mut filter.actor),
            "to" => Some(&mut filter.to),
            "outlet" => Some(&mut filter.outlet),
            "kind" => Some(&mut filter.kind),
            _ => None,
        };
        if let Some(many) = many {
            *many = values;
            continue;
        }
        let one = match name.as_str() {
            "since" => &mut filter.since,
            "until" => &mut filter.until,
            "as_of" => &mut filter.as_of,
            "story" => &mut filter.story,
            "issue" => &mut filter.issue,
            "text" => &mut filter.text,
            _ => {
                return Err(PyValueError::new_err(format!(
                    "there is no filter {name}; there are actor, to, outlet, kind, since, until, as_of, story, issue, \
                     text"
                )));
            }
        };
        let [value] = values.as_slice() else {
            return Err(PyValueError::new_err(format!("{name} takes one value")));
        };
        if matches!(name.as_str(), "since" | "until" | "as_of") {
            check_date(value)
                .map_err(|allowed| PyValueError::new_err(format!("{name}={value}: {allowed}")))?;
        }
        *one = Some(value.clone());
    }
    Ok(filter)
}
