//! The codebook: every table with its columns, as Markdown, CSV or JSON.

use std::fmt::Write as _;
use std::io::Write;

use readout_views::csv;
use serde::Serialize;

use crate::{ColumnInfo, Result, Table};

/// A table as the codebook tells it.
#[derive(Serialize)]
struct Entry<'t> {
    table: &'t str,
    row: &'t str,
    columns: &'t [ColumnInfo],
}

/// Returns the codebook of `tables` as a Markdown page.
pub fn markdown(tables: &[Table]) -> String {
    let mut page = String::from(
        "# Codebook of the tables\n\n<!-- Written by `readout codebook`. -->\n\n\
         `readout export --format csv|tsv|xlsx|parquet|arrow --table NAME`. Names stay from version to version. Spans count \
         Unicode code points of the report's `text`. CSV, TSV and XLSX join lists by `; `; Parquet and Arrow keep them as \
         lists. An empty cell means what its last column says.\n",
    );
    for table in tables {
        let _ = writeln!(
            page,
            "\n## {}\n\n{}.\n\n| column | type | meaning | empty |\n|---|---|---|---|",
            table.name, table.row
        );
        for it in &table.columns {
            let null = if it.null.is_empty() { "never" } else { it.null };
            let _ = writeln!(page, "| `{}` | {} | {} | {null} |", it.name, it.cell_type.name(), it.meaning);
        }
    }
    page
}

/// Writes the codebook of `tables` as CSV, one row a column.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_csv(tables: &[Table], out: &mut impl Write) -> Result<()> {
    csv::row(out, ["table", "column", "type", "meaning", "null"].into_iter().map(str::to_owned))?;
    for table in tables {
        for it in &table.columns {
            let cells = [table.name, it.name, it.cell_type.name(), it.meaning, it.null];
            csv::row(out, cells.into_iter().map(str::to_owned))?;
        }
    }
    Ok(())
}

/// Writes the codebook of `tables` as one JSON array.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_json(tables: &[Table], out: &mut impl Write) -> Result<()> {
    let entry = |it| {
        let Table { name, row, columns, .. }: &Table = it;
        Entry { table: name, row, columns }
    };
    let entries: Vec<Entry<'_>> = tables.iter().map(entry).collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    Ok(writeln!(out)?)
}
