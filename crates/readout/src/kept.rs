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
    /// Rows that are kept at most, over all lists; a longer list is kept alone.
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
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.retain(|(it, _)| *it != key);
        lists.push_back((key, Arc::clone(rows)));
        let is_full = |lists: &VecDeque<(String, Arc<Rows>)>| {
            lists.len() > Self::LISTS || lists.iter().map(|(_, it)| weight(it)).sum::<usize>() > Self::ROWS
        };
        // The one that was just made is in use: whoever reads a long list turns its pages.
        while lists.len() > 1 && is_full(&lists) {
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

#[cfg(test)]
mod tests {
    use readout_views::IssueRow;

    use super::*;

    #[test]
    fn a_list_that_is_longer_than_all_that_may_be_kept_is_kept_alone() {
        let list = |rows: usize| Arc::new(Rows::Issues(vec![IssueRow::default(); rows]));
        let kept = KeptLists::default();
        kept.put("short".to_owned(), &list(3));
        kept.put("long".to_owned(), &list(KeptLists::ROWS + 1));
        assert!(kept.get("long").is_some_and(|it| it.len() == KeptLists::ROWS + 1));
        assert!(kept.get("short").is_none());
        kept.put("short".to_owned(), &list(3));
        assert!(kept.get("short").is_some() && kept.get("long").is_none());
    }
}
