//! What is known before any report is read: states, organisations, groups, offices, outlets, places, lexicons.
//!
//! Facts live as text in the repository's `data/` folder, with origin and licence beside each file, and are compiled
//! into the program; [`Knowledge`] looks them up.

/// All that is known; immutable, shared by all threads.
#[derive(Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// The facts that Readout ships.
    pub fn shipped() -> Self {
        Self::default()
    }
}
