//! Readout as a Python module. What it does is in the library `readout`; what people see of it, with its documentation, is
//! in `python/readout`.

mod capsule;
mod corpus;
mod errors;
mod steps;

use pyo3::prelude::*;

/// The native part of the package `readout`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::capsule::Table;
    #[pymodule_export]
    use crate::corpus::Corpus;
    #[pymodule_export]
    use crate::steps::{Documents, annotate, files, link, run, schema};

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python has for it")]
    const __version__: &str = readout::VERSION;
}
