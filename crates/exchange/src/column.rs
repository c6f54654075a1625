//! Tables as lists of columns: each column tells its name, type and meaning, and makes its cells.

use std::fmt;

use crate::error::Result;
use crate::source::{Place, Source};
use crate::{Cell, CellType};

/// A column as the codebook tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ColumnInfo {
    /// The name, which stays from version to version.
    pub name: &'static str,
    /// The type of the values.
    #[serde(rename = "type")]
    pub cell_type: CellType,
    /// The meaning, one sentence without its full stop.
    pub meaning: &'static str,
    /// The meaning of an empty cell; empty where every row has a value.
    pub null: &'static str,
}

/// One row before it is cells: a record, or one part of it, with its passage.
pub(crate) struct Line<'c, R> {
    pub(crate) source: &'c Source<'c>,
    pub(crate) record: &'c R,
    /// The number of the part of the record for which the row stands, where a record has several rows.
    pub(crate) part: usize,
    pub(crate) place: Option<Place<'c>>,
}

/// A column of a table of records of type `R`.
pub(crate) struct Column<R> {
    pub(crate) info: ColumnInfo,
    pub(crate) cell: fn(&Line<'_, R>) -> Cell,
}

/// Returns a column. `null` is the meaning of an empty cell.
pub(crate) const fn column<R>(
    name: &'static str,
    cell_type: CellType,
    meaning: &'static str,
    null: &'static str,
    cell: fn(&Line<'_, R>) -> Cell,
) -> Column<R> {
    Column { info: ColumnInfo { name, cell_type, meaning, null }, cell }
}

/// Takes the cells of one row.
pub type RowSink<'s> = dyn FnMut(&[Cell]) -> Result<()> + 's;

type Rows = Box<dyn for<'c> Fn(&'c Source<'c>, &mut RowSink<'_>) -> Result<()>>;

/// A table: its columns, and the way to its rows.
pub struct Table {
    /// The name, which is also the name of its file or sheet.
    pub name: &'static str,
    /// The meaning of a row.
    pub row: &'static str,
    /// The columns in their order.
    pub columns: Vec<ColumnInfo>,
    rows: Rows,
}

impl Table {
    pub(crate) fn new<R: 'static>(
        name: &'static str,
        row: &'static str,
        columns: Vec<Column<R>>,
        lines: for<'c> fn(&'c Source<'c>) -> Vec<Line<'c, R>>,
    ) -> Self {
        let infos = columns.iter().map(|it| it.info).collect();
        let rows: Rows = Box::new(move |source, each| {
            for line in lines(source) {
                let cells: Vec<Cell> = columns.iter().map(|it| (it.cell)(&line)).collect();
                each(&cells)?;
            }
            Ok(())
        });
        Self { name, row, columns: infos, rows }
    }

    /// Calls `each` with the cells of every row of `source`, by day of publication, then in the order of the text.
    ///
    /// # Errors
    /// The errors of `each`.
    pub fn rows<'c>(&self, source: &'c Source<'c>, each: &mut RowSink<'_>) -> Result<()> {
        (self.rows)(source, each)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Table")
            .field("name", &self.name)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}
