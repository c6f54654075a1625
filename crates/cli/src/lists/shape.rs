//! The form of a list: which rows, in which order, with which columns, and how they are written.

use std::cmp::Ordering;

use anyhow::bail;
use clap::Args;

use crate::table::{Column, ListFormat};

/// The form in which a list is written.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Form")]
pub(crate) struct Shape {
    /// How the rows are written
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
    /// At most so many rows
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
    /// Sorted by this column; -COLUMN for the largest first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub(crate) sort: Option<String>,
    /// These columns of the table or CSV, in this order: when,who,what; a name that no column has lists them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
}

/// The width of a column that a table shows only where it is asked for.
const ASKED_FOR: usize = 40;

impl Shape {
    /// Returns the columns to write. One that only CSV has is shown in a table if it is asked for.
    pub(crate) fn chosen<R>(&self, columns: &[Column<R>]) -> anyhow::Result<Vec<Column<R>>> {
        if !self.columns.is_empty() && matches!(self.format, ListFormat::Json | ListFormat::Jsonl) {
            bail!("--columns is for tables and CSV: JSON has all fields");
        }
        if self.columns.is_empty() {
            return Ok(columns.to_vec());
        }
        let chosen = self.columns.iter().map(|name| {
            let column = named(columns, name)?;
            Ok(if column.most == 0 { column.at_most(ASKED_FOR) } else { column })
        });
        chosen.collect()
    }

    /// Returns the rows to write, in their order.
    pub(crate) fn rows<'r, R>(&self, rows: &'r [R], columns: &[Column<R>]) -> anyhow::Result<Vec<&'r R>> {
        let mut shown: Vec<&R> = rows.iter().collect();
        if let Some(by) = &self.sort {
            let (name, falling) = match by.strip_prefix('-') {
                Some(name) => (name, true),
                None => (by.as_str(), false),
            };
            let column = named(columns, name)?;
            // Told in words, `at least 70` is 70.
            let key = |row: &R| match column.number {
                Some(number) => number(row).map(|it| it.to_string()).unwrap_or_default(),
                None => (column.cell)(row),
            };
            let mut keyed: Vec<(String, &R)> = shown.into_iter().map(|row| (key(row), row)).collect();
            keyed.sort_by(|a, b| order(&a.0, &b.0, falling));
            shown = keyed.into_iter().map(|(_, row)| row).collect();
        }
        shown.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(shown)
    }
}

/// Returns the column called `name`. Upper and lower case are the same, and a hyphen stands for a space.
fn named<R>(columns: &[Column<R>], name: &str) -> anyhow::Result<Column<R>> {
    let plain = |name: &str| name.trim().to_lowercase().replace(['-', '_'], " ");
    match columns.iter().find(|it| plain(it.name) == plain(name)) {
        Some(column) => Ok(*column),
        None => {
            let names: Vec<String> = columns.iter().map(|it| it.name.replace(' ', "-")).collect();
            bail!("there is no column {name}; there are {}", names.join(", "))
        }
    }
}

/// Returns the order of two cells: numbers by their size, other words by the alphabet. Empty cells come last.
fn order(a: &str, b: &str, falling: bool) -> Ordering {
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
    let rising = match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.to_lowercase().cmp(&b.to_lowercase()),
    };
    a.is_empty().cmp(&b.is_empty()).then(if falling { rising.reverse() } else { rising })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::column;

    const COLUMNS: [Column<(&str, u32)>; 3] = [
        column("to whom", 10, |it| it.0.to_owned()),
        column("dead", 4, |it| if it.1 == 0 { String::new() } else { it.1.to_string() }),
        column("id", 0, |it| it.0.to_owned()),
    ];

    fn shape(sort: &str, limit: Option<usize>, columns: &[&str]) -> Shape {
        let columns = columns.iter().map(|it| (*it).to_owned()).collect();
        Shape { sort: (!sort.is_empty()).then(|| sort.to_owned()), limit, columns, ..Shape::default() }
    }

    #[test]
    fn rows_are_sorted_by_a_column_and_cut() {
        let rows = [("Borland", 9), ("ardania", 0), ("Coast", 12)];
        let told = |by: &str, limit| {
            let rows = shape(by, limit, &[]).rows(&rows, &COLUMNS).unwrap();
            rows.iter().map(|it| it.0).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told("", None), "Borland ardania Coast");
        assert_eq!(told("dead", None), "Borland Coast ardania");
        assert_eq!(told("-dead", Some(2)), "Coast Borland");
        assert_eq!(told("To-Whom", None), "ardania Borland Coast");
        let wrong = shape("toll", None, &[]).rows(&rows, &COLUMNS).unwrap_err().to_string();
        assert_eq!(wrong, "there is no column toll; there are to-whom, dead, id");
    }

    #[test]
    fn a_column_of_numbers_in_words_is_sorted_by_the_numbers() {
        let columns: [Column<u32>; 1] =
            [column("dead", 9, |it: &u32| format!("at least {it}")).by(|it| Some(f64::from(*it)))];
        let rows = [8, 70, 6, 8000];
        let sorted = shape("-dead", None, &[]).rows(&rows, &columns).unwrap();
        assert_eq!(sorted, [&8000, &70, &8, &6]);
    }

    #[test]
    fn columns_are_chosen_by_name() {
        let chosen = shape("", None, &["id", "dead"]).chosen(&COLUMNS).unwrap();
        assert_eq!(chosen.iter().map(|it| (it.name, it.most)).collect::<Vec<_>>(), [("id", 40), ("dead", 4)]);
        let json = Shape { format: ListFormat::Json, ..shape("", None, &["id"]) };
        assert!(json.chosen(&COLUMNS).is_err());
    }
}
