//! Tables as text: one row a line, cells parted by tabs, `#` comments, the first other line names the columns.

use std::rc::Rc;

/// One row, read by the names of its columns.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    /// The line of the row in its file, from 1.
    pub(crate) line: u32,
    columns: Rc<[&'t str]>,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// Returns the cell of `column`; empty if the table lacks it or the line is short.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let Some(number) = self.columns.iter().position(|name| *name == column) else { return "" };
        self.cells.get(number).copied().unwrap_or_default().trim()
    }

    /// Returns the parts of the cell of `column` that `;` separates, without empty ones.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Returns the number of cells that the row has.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// Returns the lines of `table` that are no comments, with their numbers from 1.
fn lines(table: &str) -> impl Iterator<Item = (u32, &str)> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    (1..).zip(table.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
}

/// Returns the names of the columns, with the number of their line; `None` in an empty table.
pub(crate) fn columns(table: &str) -> Option<(u32, Vec<&str>)> {
    let (number, line) = lines(table).next()?;
    Some((number, line.split('\t').map(str::trim).collect()))
}

/// Returns the rows of `table` in order.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let mut lines = lines(table);
    let columns: Rc<[&str]> = lines.next().map_or("", |(_, line)| line).split('\t').map(str::trim).collect();
    lines.map(move |(line, cells)| Row {
        line,
        columns: Rc::clone(&columns),
        cells: cells.split('\t').collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_the_names_of_their_columns() {
        let table = "# comment\nid\tnames\tstate\nx\ta; b;\tRUS\n\ny\n";
        let rows: Vec<Row<'_>> = rows(table).collect();
        assert_eq!(rows[0].get("state"), "RUS");
        assert_eq!(rows[0].list("names").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((rows[1].get("id"), rows[1].get("state"), rows[1].get("none")), ("y", "", ""));
        assert_eq!((rows[0].line, rows[1].line, rows[0].len(), rows[1].len()), (3, 5, 3, 1));
        assert_eq!(columns(table), Some((2, vec!["id", "names", "state"])));
    }
}
