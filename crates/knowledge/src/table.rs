//! Tables as text: one row a line, cells parted by tabs, `#` comments, the first other line names the columns.

/// One row, read by the names of its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'t> {
    columns: &'t str,
    cells: &'t str,
}

impl<'t> Row<'t> {
    /// The cell of `column`; empty if the table lacks it or the line is short.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let Some(number) = self.columns.split('\t').position(|name| name == column) else { return "" };
        self.cells.split('\t').nth(number).unwrap_or_default().trim()
    }

    /// The parts of a cell, which `;` parts.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }
}

/// The rows of `table` in order.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let columns = lines.next().unwrap_or_default();
    lines.map(move |cells| Row { columns, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_the_names_of_their_columns() {
        let table = "# comment\nid\tnames\tstate\nx\ta; b;\tRUS\ny\n";
        let rows: Vec<Row<'_>> = rows(table).collect();
        assert_eq!(rows[0].get("state"), "RUS");
        assert_eq!(rows[0].list("names").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((rows[1].get("id"), rows[1].get("state"), rows[1].get("none")), ("y", "", ""));
    }
}
