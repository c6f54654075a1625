//! Tables as text: one row a line, cells parted by tabs, `#` comments, the first other line names the columns.

use std::collections::BTreeMap;
use std::rc::Rc;

/// The longest cell that is read, in bytes.
pub const MAX_CELL: usize = 100_000;

/// The columns of a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// The columns that each row must fill.
    pub needed: &'static [&'static str],
    /// The columns that a row may leave empty. A table may lack them, and a row may end before them.
    pub other: &'static [&'static str],
    /// The columns whose cells together may be there once only. Empty if rows may repeat.
    pub key: &'static [&'static str],
    /// The columns whose filled cells are values of a list, with the check of a cell.
    pub values: &'static [(&'static str, CheckCell)],
}

/// A check of one cell. Its fault has no line yet.
pub type CheckCell = fn(&str) -> Result<(), TableFault>;

impl Form {
    /// Returns the columns, those first that each row must fill.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.needed.iter().chain(self.other).copied()
    }
}

/// A fault in a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct TableFault {
    /// The line, from 1, where one is to blame.
    pub line: Option<u32>,
    /// A description of what is wrong.
    pub problem: String,
    /// A description of what would be right.
    pub hint: String,
}

impl TableFault {
    /// Returns the fault of a cell.
    pub fn in_cell(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: None, problem: problem.into(), hint: hint.into() }
    }

    /// Returns a fault in `line`.
    pub fn in_line(line: u32, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: Some(line), problem: problem.into(), hint: hint.into() }
    }
}

/// One row, read by the names of its columns.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    line: u32,
    columns: Rc<[&'t str]>,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// Returns the line of the row in its file, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Returns the cell of `column`; empty if the table lacks the column or the row ends before it.
    pub fn get(&self, column: &str) -> &'t str {
        let Some(number) = self.columns.iter().position(|name| *name == column) else { return "" };
        self.cells.get(number).copied().unwrap_or_default().trim()
    }

    /// Returns the cell of `column`; `None` if it is empty or `-`.
    pub fn filled(&self, column: &str) -> Option<&'t str> {
        Some(self.get(column)).filter(|cell| !matches!(*cell, "" | "-"))
    }

    /// Returns the parts of the cell of `column` that `;` separates, without empty ones.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Returns the words of the cell of `column`, parted by blanks.
    pub fn words(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split_whitespace()
    }
}

/// A table that is compiled into the program. [`shipped_table!`](crate::shipped_table!) makes one.
#[derive(Debug)]
pub struct ShippedTable {
    file: &'static str,
    content: &'static str,
    form: Form,
}

impl ShippedTable {
    /// Makes the table of the `content` of `file`, a path in the repository.
    pub const fn new(file: &'static str, content: &'static str, form: Form) -> Self {
        Self { file, content, form }
    }

    /// Returns the path of the file in the repository, as `data/events/verbs.tsv`.
    pub fn file(&self) -> &'static str {
        self.file
    }

    /// Returns its columns.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Returns the text of the table.
    pub fn content(&self) -> &'static str {
        self.content
    }

    /// Returns the rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'static>> + use<> {
        rows(self.content)
    }

    /// Checks the table against its form.
    ///
    /// # Errors
    /// At the first fault.
    pub fn check(&self) -> Result<(), TableFault> {
        check(self.content, &self.form)
    }
}

/// Makes a [`ShippedTable`] of a file of the repository, named from its root, with the columns that rows must fill, those
/// that they may fill, those that tell rows apart, and, if cells are values of a list, the columns with their checks.
///
/// ```
/// use readout_lexicon::{ShippedTable, shipped_table};
///
/// static RULES: ShippedTable = shipped_table!("data/rules.tsv", ["rule", "reads", "example"], [], ["rule"]);
/// assert_eq!(RULES.check(), Ok(()));
/// ```
#[macro_export]
macro_rules! shipped_table {
    ($file:literal, $needed:expr, $other:expr, $key:expr) => {
        $crate::shipped_table!($file, $needed, $other, $key, [])
    };
    ($file:literal, $needed:expr, $other:expr, $key:expr, $values:expr) => {
        $crate::ShippedTable::new(
            $file,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../", $file)),
            $crate::Form { needed: &$needed, other: &$other, key: &$key, values: &$values },
        )
    };
}

/// Returns the lines of `table` that are no comments, with their numbers from 1.
fn lines(table: &str) -> impl Iterator<Item = (u32, &str)> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    (1..).zip(table.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
}

/// Returns the names of the columns of `table`, with the number of their line; `None` in an empty table.
pub fn columns(table: &str) -> Option<(u32, Vec<&str>)> {
    let (number, line) = lines(table).next()?;
    Some((number, line.split('\t').map(str::trim).collect()))
}

/// Returns the rows of `table` in order. [`check`] says whether they are of their form.
pub fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let mut lines = lines(table);
    let columns: Rc<[&str]> = lines.next().map_or("", |(_, line)| line).split('\t').map(str::trim).collect();
    lines.map(move |(line, cells)| Row {
        line,
        columns: Rc::clone(&columns),
        cells: cells.split('\t').collect(),
    })
}

/// Checks that `table` is of the form `form`: known columns, each once, none of the needed ones missing; no row with more
/// cells than there are columns, or with an empty cell that must be filled; plain text in every cell; no key twice.
///
/// # Errors
/// At the first fault, with its line and a hint.
pub fn check(table: &str, form: &Form) -> Result<(), TableFault> {
    let Some((line, columns)) = columns(table) else { return Ok(()) };
    let all = || form.columns().collect::<Vec<_>>().join(", ");
    for column in &columns {
        if !form.needed.contains(column) && !form.other.contains(column) {
            return Err(TableFault::in_line(
                line,
                format!("no column of this table is called {column:?}"),
                format!("the first line names the columns, parted by tabs: {}", all()),
            ));
        }
        if columns.iter().filter(|other| *other == column).count() > 1 {
            return Err(TableFault::in_line(line, format!("the column {column} is there twice"), "keep one"));
        }
    }
    if let Some(missing) = form.needed.iter().find(|column| !columns.contains(column)) {
        return Err(TableFault::in_line(
            line,
            format!("the column {missing} is missing"),
            format!("the first line names the columns, parted by tabs: {}", all()),
        ));
    }
    let mut seen: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
    for row in rows(table) {
        check_row(&row, form)?;
        let key: Vec<&str> = form.key.iter().map(|column| row.get(column)).collect();
        if key.is_empty() {
            continue;
        }
        if let Some(first) = seen.insert(key, row.line) {
            let name = form.key.first().map_or("", |column| row.get(column));
            let problem = format!("{name:?} stands in line {first} already");
            return Err(TableFault::in_line(row.line, problem, "keep one row of both"));
        }
    }
    Ok(())
}

/// Checks the count of the cells of `row`, and that each is plain text and filled where it must be.
fn check_row(row: &Row<'_>, form: &Form) -> Result<(), TableFault> {
    if row.cells.len() > row.columns.len() {
        let problem =
            format!("the row has {} cells, the table {} columns", row.cells.len(), row.columns.len());
        return Err(TableFault::in_line(
            row.line,
            problem,
            "cells are parted by one tab; parts of a cell by ;",
        ));
    }
    for column in row.columns.iter() {
        let cell = row.get(column);
        if cell.len() > MAX_CELL || cell.chars().any(char::is_control) {
            let problem = format!("the cell {column} is no plain text");
            return Err(TableFault::in_line(row.line, problem, "give it in letters and marks"));
        }
        let check = form.values.iter().find(|(name, _)| name == column).filter(|_| !cell.is_empty());
        if let Some((_, check)) = check {
            check(cell).map_err(|fault| TableFault { line: Some(row.line), ..fault })?;
        }
        if form.needed.contains(column) && cell.is_empty() {
            let problem = format!("the cell {column} is empty");
            return Err(TableFault::in_line(row.line, problem, "every row must fill it"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form {
        needed: &["id", "names"],
        other: &["state"],
        key: &["id"],
        values: &[("state", three_letters)],
    };

    fn three_letters(cell: &str) -> Result<(), TableFault> {
        let fault = || TableFault::in_cell(format!("{cell:?} is no code"), "use three letters");
        if cell.len() == 3 { Ok(()) } else { Err(fault()) }
    }

    #[test]
    fn cells_are_found_by_the_names_of_their_columns() {
        let table = "# comment\nid\tnames\tstate\nx\ta; b;\tRUS\n\ny\t-\n";
        let rows: Vec<Row<'_>> = rows(table).collect();
        assert_eq!(rows[0].get("state"), "RUS");
        assert_eq!(rows[0].list("names").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((rows[1].get("id"), rows[1].get("state"), rows[1].get("none")), ("y", "", ""));
        assert_eq!((rows[0].filled("state"), rows[1].filled("names")), (Some("RUS"), None));
        assert_eq!((rows[0].line(), rows[1].line()), (3, 5));
        assert_eq!(columns(table), Some((2, vec!["id", "names", "state"])));
        assert_eq!(check(table, &FORM), Ok(()));
    }

    #[test]
    fn each_fault_is_told_with_its_line() {
        let fault = |table: &str| check(table, &FORM).err().map(|fault| (fault.line, fault.problem));
        let told = |line: u32, problem: &str| Some((Some(line), problem.to_owned()));
        assert_eq!(fault("# none\n"), None);
        assert_eq!(fault("id\tname\n"), told(1, "no column of this table is called \"name\""));
        assert_eq!(fault("id\tnames\tid\n"), told(1, "the column id is there twice"));
        assert_eq!(fault("id\tstate\n"), told(1, "the column names is missing"));
        assert_eq!(fault("id\tnames\na\tb\tc\n"), told(2, "the row has 3 cells, the table 2 columns"));
        assert_eq!(fault("id\tnames\na\n"), told(2, "the cell names is empty"));
        assert_eq!(fault("id\tnames\na\tb\u{7}\n"), told(2, "the cell names is no plain text"));
        assert_eq!(fault("id\tnames\tstate\na\tb\n# c\na\tb\tChad\n"), told(4, "\"Chad\" is no code"));
        assert_eq!(fault("id\tnames\na\tb\n# c\na\tc\n"), told(4, "\"a\" stands in line 2 already"));
    }
}
