//! One page of a long list.

use serde::Serialize;

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Listed<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// The number of rows of the whole list.
    pub total: usize,
    /// The `after` of the next page; `None` on the last.
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// Returns `page`, with its `rows`, of a list of `total` rows.
    pub fn of(rows: Vec<T>, total: usize, page: &Page) -> Self {
        let next = page.next(rows.len(), total);
        Self { rows, total, next }
    }
}

/// The start of a page and its length, in rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The [`Listed::next`] of the page before: the number of rows before this page. `None` for the first page.
    pub after: Option<String>,
    /// The largest number of rows.
    pub limit: usize,
}

impl Page {
    /// Returns the first page of at most `limit` rows.
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit }
    }

    /// Returns a page with the whole list.
    pub fn all() -> Self {
        Self::first(u32::MAX as usize)
    }

    /// Returns the number of rows before the page; 0 if `after` is no number.
    pub fn from(&self) -> usize {
        let from = self.after.as_deref().and_then(|it| it.parse::<u32>().ok());
        from.map_or(0, |it| it as usize)
    }

    /// Returns the `after` of the next page, if this one has `rows` of `total` rows; `None` on the last.
    pub fn next(&self, rows: usize, total: usize) -> Option<String> {
        let to = self.from().saturating_add(rows);
        (rows > 0 && to < total).then(|| to.to_string())
    }
}
