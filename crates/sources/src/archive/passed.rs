//! The parts of an archive that are passed over, by their kind.

use std::collections::BTreeMap;

use crate::trouble::Trouble;

/// Counts what is passed over, for one note at the end.
#[derive(Debug, Default)]
pub(super) struct Passed(BTreeMap<String, usize>);

impl Passed {
    /// Counts one more part of a kind.
    pub(super) fn add(&mut self, kind: impl Into<String>) {
        // Kinds are words of the archive: a hostile one has many.
        let kind = kind.into();
        let kind =
            if self.0.len() < 64 || self.0.contains_key(&kind) { kind } else { "of other kinds".to_owned() };
        *self.0.entry(kind).or_default() += 1;
    }

    /// Returns the note on what was passed over since the last note, if anything was.
    pub(super) fn note(&mut self, path: &str) -> Option<Trouble> {
        let passed = std::mem::take(&mut self.0);
        let kinds: Vec<String> = passed.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        (!kinds.is_empty()).then(|| Trouble::mended(path, format!("passed over in it: {}", kinds.join(", "))))
    }
}
