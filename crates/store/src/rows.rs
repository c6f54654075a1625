//! Values of rows that SQLite has no type for.

use rusqlite::Row;

/// Returns the id in column `at`.
pub(crate) fn read_id<I: From<String>>(row: &Row<'_>, at: usize) -> rusqlite::Result<I> {
    row.get::<_, String>(at).map(I::from)
}
