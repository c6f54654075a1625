//! One file that holds documents and records.
