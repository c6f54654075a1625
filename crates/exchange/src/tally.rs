//! What a form cannot hold, counted.

use std::collections::BTreeMap;

/// Counts of what did not fit into a form, by the reason. They are told to whoever asked for the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<&'static str, usize>,
    empty: Vec<&'static str>,
}

impl Tally {
    /// Counts `number` things that did not fit for the reason `why`.
    pub fn add(&mut self, why: &'static str, number: usize) {
        if number > 0 {
            *self.counts.entry(why).or_default() += number;
        }
    }

    /// Adds the counts of `other`.
    pub fn extend(&mut self, other: &Self) {
        for (why, number) in &other.counts {
            self.add(why, *number);
        }
        self.empty.extend(&other.empty);
    }

    /// Notes columns that are empty in every row, since the record has nothing for them.
    pub fn leave_empty(&mut self, columns: impl IntoIterator<Item = &'static str>) {
        self.empty.extend(columns);
    }

    /// Returns the columns that are empty in every row.
    pub fn empty(&self) -> &[&'static str] {
        &self.empty
    }

    /// Returns the reasons with their counts, sorted by reason.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.counts.iter().map(|(why, number)| (*why, *number))
    }

    /// Returns how many things did not fit for the reason `why`.
    pub fn count(&self, why: &str) -> usize {
        self.counts.get(why).copied().unwrap_or(0)
    }
}
