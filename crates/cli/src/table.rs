//! Rows in columns, for every command that lists: aligned for a terminal, or CSV, Markdown, JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use readout::views::csv;
use readout::views::safe::terminal;
use readout::views::words::shorten;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::page::{BOLD, DIM};

/// The forms in which rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns for a terminal; one line a row for another program
    #[default]
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, for spreadsheets
    Csv,
    /// A Markdown table
    Md,
}

/// A column of rows of type `R`.
pub(crate) struct Column<R> {
    pub(crate) name: &'static str,
    /// The most terminal columns it takes; 0 where only CSV has it.
    pub(crate) most: usize,
    pub(crate) cell: fn(&R) -> String,
    /// True if a cell is one line, shortened in the middle: so both folder and name of a path show.
    is_path: bool,
    /// The number by which rows are sorted, where the cell tells it in words.
    pub(crate) number: Option<fn(&R) -> Option<f64>>,
}

// By hand: a row need not be cloned for its columns to be.
impl<R> Clone for Column<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Column<R> {}

impl<R> Column<R> {
    /// Returns the column with this width.
    pub(crate) const fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// Returns the column with rows sorted by `number`. A row without a number comes last.
    pub(crate) const fn by(self, number: fn(&R) -> Option<f64>) -> Self {
        Self { number: Some(number), ..self }
    }
}

/// A column of at most `most` terminal columns.
pub(crate) const fn column<R>(name: &'static str, most: usize, cell: fn(&R) -> String) -> Column<R> {
    Column { name, most, cell, is_path: false, number: None }
}

/// A column of paths, of at most `most` terminal columns.
pub(crate) const fn path_column<R>(name: &'static str, most: usize, cell: fn(&R) -> String) -> Column<R> {
    Column { name, most, cell, is_path: true, number: None }
}

/// The most characters of a cell in a table.
const CELL: usize = 200;
/// Columns between two columns.
const GAP: usize = 2;
/// The widths that the main column and the others keep as long as there is room, then when there is less, and less.
const FLOORS: [(usize, usize); 4] = [(40, 11), (26, 9), (12, 5), (0, 0)];
/// The longest word that is never broken.
const WORD: usize = 18;
/// The most that a column of paths keeps when there is less room: a name, and that a folder is above it.
const PATH: usize = 22;

/// Writes `rows` in `format`; a table fits in `width` terminal columns, or has one line a row where there is no width.
/// Returns the names of the columns for which there was no room.
pub(crate) fn write<R: Serialize>(
    out: &mut impl Write,
    rows: &[&R],
    columns: &[Column<R>],
    format: ListFormat,
    width: Option<usize>,
) -> io::Result<Vec<&'static str>> {
    let mut without = Vec::new();
    match format {
        ListFormat::Table => {
            let (text, left_out) = table(rows, columns, width);
            without = left_out;
            out.write_all(text.as_bytes())
        }
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, rows)?;
            writeln!(out)
        }
        ListFormat::Jsonl => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, row)?;
            writeln!(out)
        }),
        ListFormat::Csv => {
            let cells = columns.iter().map(|it| it.name.to_owned());
            csv::row(out, cells)?;
            rows.iter().try_for_each(|row| csv::row(out, columns.iter().map(|it| (it.cell)(row))))
        }
        ListFormat::Md => markdown(out, rows, columns),
    }?;
    Ok(without)
}

fn markdown<R>(out: &mut impl Write, rows: &[&R], columns: &[Column<R>]) -> io::Result<()> {
    let columns: Vec<&Column<R>> = columns.iter().filter(|it| it.most > 0).collect();
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(columns.iter().map(|it| it.name.to_owned()).collect()))?;
    writeln!(out, "{}", line(columns.iter().map(|_| "---".to_owned()).collect()))?;
    rows.iter().try_for_each(|row| {
        writeln!(out, "{}", line(columns.iter().map(|it| markdown_cell(&(it.cell)(row))).collect()))
    })
}

/// Nothing in a report's words is Markdown or HTML.
pub(crate) fn markdown_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in terminal(text).chars() {
        match letter {
            '\n' | '\u{a0}' => cell.push(' '),
            '<' => cell.push_str("&lt;"),
            '&' => cell.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => {
                cell.push('\\');
                cell.push(letter);
            }
            _ => cell.push(letter),
        }
    }
    cell
}

fn table<R>(rows: &[&R], columns: &[Column<R>], width: Option<usize>) -> (String, Vec<&'static str>) {
    let mut shown: Vec<&Column<R>> = columns.iter().filter(|it| it.most > 0).collect();
    let of = |column: &Column<R>| -> Vec<String> {
        rows.iter().map(|row| shorten(&terminal(&(column.cell)(row)), CELL)).collect()
    };
    let mut cells: Vec<Vec<String>> = shown.iter().map(|it| of(it)).collect();
    // A column in which no row has anything says nothing.
    let used: Vec<bool> = cells.iter().map(|cells| cells.iter().any(|it| !it.is_empty())).collect();
    let mut of_used = used.iter();
    shown.retain(|_| of_used.next() == Some(&true));
    let mut of_used = used.iter();
    cells.retain(|_| of_used.next() == Some(&true));
    let mut without = Vec::new();
    let widths = loop {
        let Some(width) = width else {
            // Whoever reads lines alone need not read blanks: a cell that is longer than its column goes on.
            break cells.iter().zip(&shown).map(|(cells, it)| longest(cells, it).min(it.most)).collect();
        };
        if let Some(widths) = widths(&shown, &cells, width) {
            break widths;
        }
        // No word is broken: rather a column goes, the last but one first.
        let at = (0..shown.len().saturating_sub(1)).rev().find(|&at| Some(at) != main(&shown));
        let Some(at) = at else { break cells.iter().map(|_| width.max(1)).collect() };
        without.insert(0, shown.remove(at).name);
        cells.remove(at);
    };
    let wrapped = |column: &Column<R>, cell: &str, room: usize| match (width, column.is_path) {
        (None, _) => vec![cell.to_owned()],
        (_, true) => vec![shorten_path(cell, room)],
        _ => wrap(cell, room),
    };
    let mut text = String::new();
    let names: Vec<Vec<String>> =
        shown.iter().zip(&widths).map(|(it, width)| vec![it.name.chars().take(*width).collect()]).collect();
    lines(&mut text, &names, &widths, |_, cell| format!("{BOLD}{cell}{BOLD:#}"));
    let last = widths.len().saturating_sub(1);
    for row in 0..rows.len() {
        let of_row = shown.iter().zip(&cells).zip(&widths);
        let of_row: Vec<Vec<String>> = of_row
            .map(|((it, cells), room)| wrapped(it, cells.get(row).map_or("", String::as_str), *room))
            .collect();
        lines(&mut text, &of_row, &widths, |at, cell| match at == last {
            true => format!("{DIM}{cell}{DIM:#}"),
            false => cell.to_owned(),
        });
    }
    (text, without)
}

/// Returns the place of the column that has most room.
fn main<R>(columns: &[&Column<R>]) -> Option<usize> {
    columns.iter().enumerate().max_by_key(|(_, it)| it.most).map(|(at, _)| at)
}

/// Returns the width of the longest of `cells`, or of the column's name.
fn longest<R>(cells: &[String], column: &Column<R>) -> usize {
    cells.iter().map(|it| it.width()).max().unwrap_or(0).max(column.name.width())
}

/// Returns a width for each column, so that together they fit in `width` and no word is broken that is not longer than
/// [`WORD`]; `None` if there are none.
fn widths<R>(columns: &[&Column<R>], cells: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let word = |text: &str| text.split_whitespace().map(|word| word.width().min(WORD)).max().unwrap_or(0);
    let of = || cells.iter().zip(columns);
    let floors: Vec<usize> = of()
        .map(|(cells, it)| match it.is_path {
            true => PATH.min(longest(cells, it)),
            false => cells.iter().map(|it| word(it)).max().unwrap_or(0).max(it.name.width()),
        })
        .collect();
    let mut widths: Vec<usize> =
        of().zip(&floors).map(|((cells, it), floor)| longest(cells, it).min(it.most).max(*floor)).collect();
    let room = width.saturating_sub(GAP * widths.len().saturating_sub(1));
    let main = main(columns);
    for (of_main, of_others) in FLOORS {
        while widths.iter().sum::<usize>() > room {
            // Who has most beyond the floor gives first.
            let excess = |(at, width): &(usize, &mut usize)| {
                let floor = floors.get(*at).copied().unwrap_or(0);
                width.saturating_sub(floor.max(if Some(*at) == main { of_main } else { of_others }))
            };
            let widest = widths.iter_mut().enumerate().max_by_key(excess);
            let Some((_, width)) = widest.filter(|it| excess(it) > 0) else { break };
            *width -= 1;
        }
    }
    (widths.iter().sum::<usize>() <= room).then_some(widths)
}

/// Writes one row whose cells have several lines.
fn lines(text: &mut String, cells: &[Vec<String>], widths: &[usize], style: impl Fn(usize, &str) -> String) {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut gap = 0;
        let mut written = String::new();
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let words = cell.get(line).map(String::as_str).unwrap_or_default();
            if !words.is_empty() {
                written.push_str(&" ".repeat(gap));
                written.push_str(&style(at, words));
                gap = 0;
            }
            gap += width.saturating_sub(words.width()) + GAP;
        }
        text.push_str(&written);
        text.push('\n');
    }
}

/// Returns a path of at most `width` columns: its end, and a quarter of the room for its start.
fn shorten_path(path: &str, width: usize) -> String {
    if path.width() <= width {
        return path.to_owned();
    }
    let fits = |letters: &mut dyn Iterator<Item = char>, room: usize| {
        let mut used = 0;
        letters
            .take_while(|letter| {
                used += letter.width().unwrap_or(0);
                used <= room
            })
            .collect::<String>()
    };
    let room = width.saturating_sub(1);
    let start = fits(&mut path.chars(), room / 4);
    let end: String = fits(&mut path.chars().rev(), room - start.width()).chars().rev().collect();
    format!("{start}…{end}")
}

/// `text` in lines of at most `width` columns, cut between words; a longer word is cut where it has to be.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut found: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let space = usize::from(!line.is_empty());
        if line.width() + space + word.width() <= width {
            if space > 0 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            found.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            let mut letters = [0; 4];
            if line.width() + letter.encode_utf8(&mut letters).width() > width {
                found.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    if !line.is_empty() {
        found.push(line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Row(&'static str, &'static str);

    const COLUMNS: [Column<Row>; 3] = [
        column("who", 20, |row| row.0.to_owned()),
        column("what", 40, |row| row.1.to_owned()),
        column("to", 40, |_| String::new()),
    ];

    fn written(rows: &[Row], format: ListFormat, width: usize) -> String {
        written_within(rows, format, Some(width))
    }

    fn written_within(rows: &[Row], format: ListFormat, width: Option<usize>) -> String {
        let mut out = Vec::new();
        let rows: Vec<&Row> = rows.iter().collect();
        write(&mut out, &rows, &COLUMNS, format, width).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_path_keeps_its_start_and_its_name() {
        assert_eq!(shorten_path("reports/a.txt", 20), "reports/a.txt");
        let short = shorten_path("/home/ann/reports/2016/exports/talks.eml#12", 25);
        assert_eq!(short, "/home/…ports/talks.eml#12");
    }

    #[test]
    fn a_table_fits_its_width_and_leaves_out_empty_columns() {
        let rows = [Row("Ann Lee", "We will talk, and then we will see what comes of it."), Row("B", "No.")];
        let text = written(&rows, ListFormat::Table, 32);
        assert_eq!(
            text,
            "who      what\nAnn Lee  We will talk, and then\n         we will see what comes\n         of it.\nB        No.\n"
        );
        assert!(
            written(&[Row("x", "unbreakableunbreakableunbreakableunbreakable")], ListFormat::Table, 30)
                .lines()
                .all(|line| line.width() <= 30)
        );
    }

    #[test]
    fn a_row_is_one_line_for_another_program() {
        let rows = [Row("Ann Lee", "We will talk,\nand then we will see what comes of it."), Row("B", "No.")];
        let text = written_within(&rows, ListFormat::Table, None);
        assert_eq!(
            text,
            "who      what\nAnn Lee  We will talk, and then we will see what comes of it.\nB        No.\n"
        );
    }

    #[test]
    fn no_day_is_broken_and_a_column_goes_instead() {
        const DAYS: [Column<Row>; 3] = [
            column("when", 10, |_| "2013-03-20".to_owned()),
            column("who", 20, |row| row.0.to_owned()),
            column("passage", 22, |_| "3f7dc4a0b1".to_owned()),
        ];
        let mut out = Vec::new();
        let row = Row("unbreakables", "");
        let without = write(&mut out, &[&row], &DAYS, ListFormat::Table, Some(26)).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
        assert_eq!((text.as_str(), without), ("when        passage\n2013-03-20  3f7dc4a0b1\n", vec!["who"]));
    }

    #[test]
    fn nothing_in_a_cell_is_a_formula_or_markup() {
        let rows = [Row("=HYPERLINK(\"http://x\")", "a | <b> *c*")];
        assert_eq!(
            written(&rows, ListFormat::Csv, 80),
            "who,what,to\r\n\"'=HYPERLINK(\"\"http://x\"\")\",a | <b> *c*,\r\n"
        );
        assert!(
            written(&rows, ListFormat::Md, 80)
                .ends_with("| =HYPERLINK(\"http://x\") | a \\| &lt;b> \\*c\\* |  |\n")
        );
        assert_eq!(written(&rows, ListFormat::Jsonl, 80).lines().count(), 1);
    }
}
