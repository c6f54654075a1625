//! Readout as a library.
