//! Lists that are kept for those who ask for further pages of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use readout_views::Rows;

/// Lists as they were made last, for those who ask for further pages of them. All readers of one file may share them.
#[derive(Debug, Default)]
pub struct KeptLists {
    lists: Mutex<VecDeque<(String, Arc<Rows>)>>,
    /// Held while a list of all reports is made, so that many who ask for one take no more memory than one does.
    pub(crate) making: Mutex<()>,
}

impl KeptLists {
    /// Rows that are kept at most, over all lists.
    const ROWS: usize = 100_000;
    /// Lists that are kept at most.
    const LISTS: usize = 8;

    pub(crate) fn get(&self, key: &str) -> Option<Arc<Rows>> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let at = lists.iter().position(|(it, _)| it == key)?;
        let found = lists.remove(at)?;
        let rows = Arc::clone(&found.1);
        lists.push_back(found);
        Some(rows)
    }

    pub(crate) fn put(&self, key: String, rows: &Arc<Rows>) {
        if weight(rows) > Self::ROWS {
            return;
        }
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.retain(|(it, _)| *it != key);
        lists.push_back((key, Arc::clone(rows)));
        while lists.len() > Self::LISTS || lists.iter().map(|(_, it)| weight(it)).sum::<usize>() > Self::ROWS
        {
            lists.pop_front();
        }
    }
}

/// Returns how many rows `rows` count as. A line that compares outlets counts one more for every four cells.
fn weight(rows: &Rows) -> usize {
    match rows {
        Rows::Compare(rows) => rows.iter().map(|it| 1 + it.cells.len() / 4).sum(),
        _ => rows.len(),
    }
}
