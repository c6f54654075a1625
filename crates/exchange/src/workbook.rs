//! XLSX: one workbook, one sheet a table.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::source::Source;
use crate::{Cell, ExchangeError, Result, Table, Tally};

/// The most letters that a cell of a sheet holds (Excel's specification), counted in UTF-16 units.
const LETTERS: usize = 32_767;
/// The most rows that a sheet holds (Excel's specification), with the row of names.
const ROWS: u32 = 1_048_576;
/// The first day that a sheet knows, 1900-01-01, in days since 1970-01-01.
const FIRST_DAY: i32 = -25_567;

/// Writes `tables` as the sheets of one workbook. Words stay words: no cell is a formula or a link.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_workbook(tables: &[Table], source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for table in tables {
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        sheet.set_name(table.name).map_err(refused)?;
        sheet.set_freeze_panes(1, 0).map_err(refused)?;
        for (at, column) in (0..).zip(&table.columns) {
            sheet.write_string_with_format(0, at, column.name, &bold).map_err(refused)?;
        }
        let mut row = 1;
        table.rows(source, &mut |cells| {
            if row >= ROWS {
                tally.add("rows beyond the 1,048,576 of a sheet, left out", 1);
                return Ok(());
            }
            for (at, cell) in (0..).zip(cells) {
                write_cell(sheet, (row, at), cell, &date, &mut tally).map_err(refused)?;
            }
            row += 1;
            Ok(())
        })?;
        if let Some(last) = table.columns.len().checked_sub(1).and_then(|it| u16::try_from(it).ok()) {
            sheet.autofilter(0, 0, row - 1, last).map_err(refused)?;
        }
    }
    out.write_all(&workbook.save_to_buffer().map_err(refused)?)?;
    Ok(tally)
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    date: &Format,
    tally: &mut Tally,
) -> std::result::Result<(), XlsxError> {
    match cell {
        Cell::Null => {}
        Cell::Whole(number) => {
            sheet.write_number(row, at, *number as f64)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, at, *number)?;
        }
        Cell::Flag(yes) => {
            sheet.write_boolean(row, at, *yes)?;
        }
        Cell::Day(day) if *day >= FIRST_DAY => {
            let day = ExcelDateTime::parse_from_str(&cell.words())?;
            sheet.write_datetime_with_format(row, at, &day, date)?;
        }
        Cell::Text(_) | Cell::List(_) | Cell::Day(_) => {
            let words = cell.words();
            let cut = cut(&words);
            tally.add(
                "cells cut to the 32,767 letters that a sheet holds",
                usize::from(cut.len() < words.len()),
            );
            if !cut.is_empty() {
                sheet.write_string(row, at, cut)?;
            }
        }
    }
    Ok(())
}

/// Returns as much of `words` as a cell holds.
fn cut(words: &str) -> &str {
    let mut units = 0;
    for (at, letter) in words.char_indices() {
        units += letter.len_utf16();
        if units > LETTERS {
            return &words[..at];
        }
    }
    words
}

#[allow(clippy::needless_pass_by_value, reason = "the form of map_err")]
fn refused(error: XlsxError) -> ExchangeError {
    ExchangeError::Form { form: "XLSX", reason: error.to_string() }
}
