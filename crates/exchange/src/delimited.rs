//! CSV and TSV.

use std::io::Write;

use readout_views::csv;

use crate::source::Source;
use crate::{Result, Table};

/// Rows of values between delimiters (RFC 4180), in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimited {
    /// The delimiter: `,` or a tab.
    pub delimiter: char,
    /// Whether the mark by which Excel knows UTF-8 stands at the beginning.
    pub bom: bool,
}

impl Delimited {
    /// Writes `table`: a row of names, then the rows. Lists are joined by `; `. No words are taken for a formula by a
    /// spreadsheet.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(self, table: &Table, source: &Source<'_>, out: &mut dyn Write) -> Result<()> {
        if self.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        for (number, column) in table.columns.iter().enumerate() {
            self.delimit(number, out)?;
            out.write_all(column.name.as_bytes())?;
        }
        out.write_all(b"\r\n")?;
        table.rows(source, &mut |cells| {
            for (number, cell) in cells.iter().enumerate() {
                self.delimit(number, out)?;
                match cell.is_words() {
                    true => csv::field(out, &cell.words(), self.delimiter)?,
                    false => out.write_all(cell.words().as_bytes())?,
                }
            }
            Ok(out.write_all(b"\r\n")?)
        })
    }

    fn delimit(self, number: usize, out: &mut dyn Write) -> Result<()> {
        if number > 0 {
            write!(out, "{}", self.delimiter)?;
        }
        Ok(())
    }
}
