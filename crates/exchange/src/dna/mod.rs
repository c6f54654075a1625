//! Files of Discourse Network Analyzer 3, out and in: SQLite, with positions in UTF-16 units.

mod read;
mod write;

pub use read::{CodedFile, CodedReport, CodedStatement, read_dna};
pub use write::write_dna;
