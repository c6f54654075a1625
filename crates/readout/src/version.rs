//! The version of the program.

/// This version of Readout.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
