//! The columns of a table, and the fields of a report that they give.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::fields;
use crate::keys::{self, Field};
use crate::told::{COLUMN_FIELDS, Told};

/// A column gives the text where its cells are this long on the average, in bytes, and those of no other are longer.
const TEXT: usize = 200;

/// Cells that are shorter than this on the average, in bytes, are no texts of reports.
const SHORT: usize = 40;

/// The columns of a table.
pub(super) struct Columns {
    /// The key under which the cells of each column stand in the object of a row; nothing for a column without cells.
    keys: Vec<String>,
    /// The heads of the columns that give fields, by the fields.
    given: BTreeMap<&'static str, String>,
    /// The columns with dates.
    dates: Vec<usize>,
}

impl Columns {
    /// Tells which column gives which field: by what the caller says, by its head, and the text else by its length.
    ///
    /// # Errors
    /// If no column gives the text, or the caller names a column that is not there; with the columns there are.
    pub(super) fn read(heads: &[String], sample: &[Vec<String>], told: &Told) -> Result<Self, Fault> {
        let heads: Vec<String> =
            heads.iter().map(|head| crate::characters::squeeze(&crate::characters::clean(head))).collect();
        let all = || {
            heads
                .iter()
                .filter(|head| !head.is_empty())
                .map(|head| format!("“{head}”"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut chosen: BTreeMap<&'static str, usize> = BTreeMap::new();
        for field in COLUMN_FIELDS {
            let Some(name) = told.column(field) else { continue };
            let at = heads.iter().position(|head| head.eq_ignore_ascii_case(name));
            let at = at.ok_or_else(|| {
                Fault::question(format!("there is no column “{name}” for the {field}"))
                    .with_hint(format!("its columns are {}", all()))
            })?;
            chosen.insert(field, at);
        }
        let is_told = |at: &usize, chosen: &BTreeMap<&str, usize>| chosen.values().any(|taken| taken == at);
        for field in COLUMN_FIELDS {
            if chosen.contains_key(field) {
                continue;
            }
            let ranked = heads.iter().enumerate().filter_map(|(at, head)| Some((rank(field, head)?, at)));
            let best = ranked.filter(|(_, at)| !is_told(at, &chosen)).min();
            chosen.extend(best.map(|(_, at)| (field, at)));
        }
        let length = |at: usize| {
            let cells: Vec<usize> = sample.iter().filter_map(|row| row.get(at)).map(String::len).collect();
            cells.iter().sum::<usize>() / cells.len().max(1)
        };
        // Rows of data on events have a word or two where their head says text.
        let is_short =
            |at: &usize| told.column("text").is_none() && !sample.is_empty() && length(*at) < SHORT;
        chosen.retain(|field, at| *field != "text" || !is_short(at));
        if !chosen.contains_key("text") {
            let longest = (0..heads.len())
                .filter(|at| !is_told(at, &chosen))
                .map(|at| (length(at), std::cmp::Reverse(at)))
                .max();
            // A list of things, each with a description (a code book), has nothing else that a report has.
            let describes = |at: usize| {
                let head = heads.get(at).and_then(|head| keys::field(head));
                chosen.is_empty() && head.is_some_and(|(field, _)| field == Field::Summary)
            };
            let (_, std::cmp::Reverse(at)) = longest
                .filter(|(length, std::cmp::Reverse(at))| *length >= TEXT && !describes(*at))
                .ok_or_else(|| {
                    Fault::empty("no column has the text of reports").with_hint(format!(
                        "its columns are {}; name the right one with --columns text=NAME",
                        all()
                    ))
                })?;
            chosen.insert("text", at);
        }
        let given = chosen.iter().filter_map(|(field, at)| Some((*field, heads.get(*at)?.clone()))).collect();
        let dates = chosen.get("date").copied().into_iter().collect();
        let mut keys = Vec::new();
        for (at, head) in heads.iter().enumerate() {
            let field = chosen.iter().find(|(_, column)| **column == at).map(|(field, _)| *field);
            let key = match field {
                Some(field) => field.to_owned(),
                // A column that is called like a field and is not the one that gives it keeps its name with a mark.
                None if head.is_empty() => format!("column {}", at + 1),
                None if keys::field(head).is_some() || fields::date_key(head).is_some() => {
                    format!("{head} (column)")
                }
                None => head.clone(),
            };
            let key = if keys.contains(&key) { format!("{key} (column {})", at + 1) } else { key };
            keys.push(key);
        }
        Ok(Self { keys, given, dates })
    }

    /// Returns a note on the columns that give fields.
    pub(super) fn note(&self) -> String {
        let columns: Vec<String> =
            self.given.iter().map(|(field, head)| format!("{field} = “{head}”")).collect();
        format!("columns: {}", columns.join(", "))
    }

    /// Returns the dates of a row.
    pub(super) fn dates<'r>(&'r self, row: &'r [String]) -> impl Iterator<Item = &'r str> {
        self.dates.iter().filter_map(|at| row.get(*at)).map(String::as_str)
    }

    /// Returns the object of a row, without its empty cells.
    ///
    /// # Errors
    /// If the row has more cells than the table has columns.
    pub(super) fn object(&self, row: Vec<String>) -> Result<Map<String, Value>, Fault> {
        let filled = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        if filled > self.keys.len() {
            return Err(Fault::damaged(format!(
                "the row has {filled} cells, the table {} columns",
                self.keys.len()
            )));
        }
        let mut object = Map::new();
        for (at, (key, cell)) in self.keys.iter().zip(row).enumerate() {
            if cell.trim().is_empty() {
                continue;
            }
            let cell = if self.dates.contains(&at) { serial_day(&cell).unwrap_or(cell) } else { cell };
            object.insert(key.clone(), cell.into());
        }
        Ok(object)
    }
}

/// Returns the rank of a head among those that give a field, or `None` if it gives another.
fn rank(field: &str, head: &str) -> Option<usize> {
    if field == "date" {
        return fields::date_key(head);
    }
    let (given, rank) = keys::field(head)?;
    (given != Field::Summary && Field::named(field) == Some(given)).then_some(rank)
}

/// Returns the day that a spreadsheet writes as the number of days since 30 December 1899.
///
/// Numbers of 1954 to 2119 are taken for days; no date of another form is a number of five digits.
fn serial_day(cell: &str) -> Option<String> {
    let number: f64 = cell.trim().parse().ok()?;
    if !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    let start = jiff::civil::date(1899, 12, 30);
    let day = start.checked_add(jiff::Span::new().days(number as i64)).ok()?;
    let minutes = ((number.fract() * 1440.0).round() as u32).min(1439);
    Some(if minutes == 0 {
        day.to_string()
    } else {
        format!("{day}T{:02}:{:02}:00", minutes / 60, minutes % 60)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(heads: &[&str], told: &Told) -> Result<Columns, Fault> {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let sample = vec![vec!["They met. ".repeat(40); heads.len()]];
        Columns::read(&heads, &sample, told)
    }

    #[test]
    fn columns_are_told_by_their_heads_or_by_the_caller() {
        let read =
            columns(&["ID", "Headline", "Body", "Publication Date", "Source"], &Told::default()).unwrap();
        assert_eq!(
            read.note(),
            "columns: date = “Publication Date”, outlet = “Source”, text = “Body”, title = “Headline”"
        );
        assert_eq!(read.keys, ["ID", "title", "text", "date", "outlet"]);
        let mut told = Told::default();
        told.set_column("text=Absatz").unwrap();
        let read = columns(&["Text", "Absatz"], &told).unwrap();
        assert_eq!(read.keys, ["Text (column)", "text"]);
        assert!(told.set_column("words=Absatz").is_err());
        told.set_column("date=Tag").unwrap();
        assert!(
            columns(&["Text", "Absatz"], &told).is_err_and(|why| why.message().contains("no column “Tag”"))
        );
    }

    #[test]
    fn the_longest_column_is_the_text_where_no_head_tells() {
        let heads = ["a".to_owned(), "b".to_owned()];
        let long = vec![vec!["1".to_owned(), "They met. ".repeat(40)]];
        assert_eq!(Columns::read(&heads, &long, &Told::default()).unwrap().note(), "columns: text = “b”");
        let short = vec![vec!["1".to_owned(), "They met.".to_owned()]];
        assert!(
            Columns::read(&heads, &short, &Told::default())
                .is_err_and(|why| why.message().contains("--columns text=NAME"))
        );
    }

    #[test]
    fn a_code_book_is_no_table_of_reports() {
        let read = |heads: [&str; 3], told: &Told| {
            let sample = vec![vec!["actor".to_owned(), "3".to_owned(), "They met. ".repeat(40)]];
            Columns::read(&heads.map(str::to_owned), &sample, told)
        };
        let book = ["Field", "Width", "Description"];
        assert!(read(book, &Told::default()).is_err_and(|why| why.message().contains("--columns text=NAME")));
        assert!(read(["Field", "Date", "Description"], &Told::default()).is_ok());
        let mut told = Told::default();
        told.set_column("text=Description").unwrap();
        assert!(read(book, &told).is_ok());
    }

    #[test]
    fn days_of_spreadsheets_are_read() {
        assert_eq!(serial_day("42618").as_deref(), Some("2016-09-05"));
        assert_eq!(serial_day("42618.5").as_deref(), Some("2016-09-05T12:00:00"));
        assert_eq!(serial_day("2016"), None);
    }
}
