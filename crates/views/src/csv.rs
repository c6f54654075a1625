//! Rows of comma-separated values (RFC 4180), safe to open in a spreadsheet.

use std::io::{self, Write};

/// Writes one row of a table (RFC 4180). No cell is taken for a formula by a spreadsheet.
///
/// # Errors
/// When `out` cannot be written.
pub fn row(out: &mut impl Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        field(out, &cell, ',')?;
    }
    out.write_all(b"\r\n")
}

/// Writes the words `cell` as one field of a row with the delimiter `delimiter`, in quotation marks where it needs them.
///
/// A spreadsheet takes a cell that starts like a formula for one; an apostrophe before it makes it text.
///
/// # Errors
/// When `out` cannot be written.
pub fn field(out: &mut (impl Write + ?Sized), cell: &str, delimiter: char) -> io::Result<()> {
    let formula = cell
        .trim_start_matches([' ', '\u{feff}', '\n'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    if cell.contains([delimiter, '"', '\n', '\r', '\t']) {
        write!(out, "\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        write!(out, "{guard}{cell}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_formulas() {
        let mut out = Vec::new();
        let cells = ["plain", "a, b", "“x” and \"y\"", "two\nlines", "=1+1", "-"];
        row(&mut out, cells.iter().map(|cell| (*cell).to_owned())).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "plain,\"a, b\",\"“x” and \"\"y\"\"\",\"two\nlines\",'=1+1,'-\r\n");
    }
}
