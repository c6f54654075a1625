//! Errors as Python raises them.

use pyo3::prelude::*;

/// Returns an error of Readout's as an exception, with its hint.
pub(crate) fn raised(error: &readout::Error) -> PyErr {
    use pyo3::exceptions::{PyOSError, PyValueError};
    let mut message = error.to_string();
    if let Some(hint) = error.hint() {
        message = format!("{message}; hint: {hint}");
    }
    if error.is_question() || matches!(error, readout::Error::Id(_)) {
        PyValueError::new_err(message)
    } else {
        PyOSError::new_err(message)
    }
}
