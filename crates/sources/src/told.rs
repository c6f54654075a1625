//! Facts on reports that a caller gives, beside what they give themselves.

use std::collections::BTreeMap;

use readout_lexicon::TableFault;
use readout_record::{Document, PublishedFrom};
use serde_json::Value;

use crate::fault::Fault;
use crate::file_names::NamePattern;
use crate::{characters, dates, decode};

/// The fields of a report that a column of a table may give.
pub(crate) const COLUMN_FIELDS: [&str; 7] = ["text", "title", "date", "outlet", "url", "authors", "language"];

/// Metadata that a caller gives: of all reports that lack it, and of files by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Fills the gaps of every report.
    all: Details,
    /// Stands in the place of what the reports of a file tell, by the file's name.
    files: BTreeMap<String, Details>,
    /// Fills the gaps of reports by the names of their files.
    names: Option<NamePattern>,
    /// The columns of tables that give fields of a report, by the fields.
    columns: BTreeMap<String, String>,
}

/// Facts on a report that a caller gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Details {
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    authors: Vec<String>,
    /// Cells of columns that have no field of their own.
    other: BTreeMap<String, String>,
}

impl Told {
    /// Gives the day, with or without a time, of the reports that tell none.
    ///
    /// # Errors
    /// If the words are no date, or nothing tells whether the day or the month comes first; with the reason.
    pub fn set_date(&mut self, words: &str) -> Result<(), Fault> {
        self.all.published = Some(date(words, None)?);
        Ok(())
    }

    /// Gives the outlet of the reports that tell none.
    pub fn set_outlet(&mut self, name: &str) {
        self.all.outlet = line(name);
    }

    /// Gives a pattern of the names of files, such as `{outlet}/{date} {title}`: it fills the gaps of reports, before what
    /// is told of all.
    ///
    /// # Errors
    /// If the pattern names no part of a name, one twice, or one that is not known; with what is allowed.
    pub fn set_name_pattern(&mut self, pattern: &str) -> Result<(), Fault> {
        self.names = Some(NamePattern::read(pattern)?);
        Ok(())
    }

    /// Gives the column that a field of reports stands in, in tables of reports: `text=Body`.
    ///
    /// # Errors
    /// If the words are not a field, `=` and a column; with the fields there are.
    pub fn set_column(&mut self, words: &str) -> Result<(), Fault> {
        let (field, column) =
            words.split_once('=').ok_or_else(|| Fault::question(format!("{words:?} is not FIELD=COLUMN")))?;
        let (field, column) = (field.trim(), column.trim());
        if !COLUMN_FIELDS.contains(&field) || column.is_empty() {
            return Err(Fault::question(format!(
                "{words:?} is not FIELD=COLUMN with one of the fields {}",
                COLUMN_FIELDS.join(", ")
            )));
        }
        self.columns.insert(field.to_owned(), column.to_owned());
        Ok(())
    }

    /// Returns the column that a field stands in, where the caller gave it.
    pub(crate) fn column(&self, field: &str) -> Option<&str> {
        self.columns.get(field).map(String::as_str)
    }

    /// Adds a table of files: comma-separated values (or with semicolons or tabs), whose first line names the columns.
    ///
    /// `file` is the name of a file, with the folders above it where several have that name, and with `#number` for a
    /// report of a file of many. `date`, `outlet`, `title`, `url` and `authors` (parted by semicolons) say what is so,
    /// whatever the report tells; other columns are kept. An empty cell says nothing.
    ///
    /// # Errors
    /// At the first fault, with its line and a hint. Nothing of the table is added then.
    pub fn add_table(&mut self, table: &[u8]) -> Result<(), TableFault> {
        let table = decode::text(table, &mut |_| {})
            .map_err(|problem| TableFault::in_cell(problem.message(), "save the table as CSV"))?;
        let head = table.lines().next().unwrap_or_default();
        let count = |mark: &u8| head.bytes().filter(|byte| byte == mark).count();
        let mark = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(mark).trim(csv::Trim::All).from_reader(table.as_bytes());
        let columns: Vec<String> =
            reader.headers().map_err(|error| fault(&error))?.iter().map(str::to_lowercase).collect();
        if !columns.iter().any(|column| column == "file") {
            let hint = "the first line names the columns: file, and any of date, outlet, title, url, authors";
            return Err(TableFault::in_line(1, "there is no column called \"file\"", hint));
        }
        let mut files: BTreeMap<String, (u32, Details)> = BTreeMap::new();
        for row in reader.records() {
            let row = row.map_err(|error| fault(&error))?;
            let number = line_of(row.position());
            let (file, details) = read_row(&columns, &row).map_err(|problem| {
                TableFault::in_line(number, problem.message(), "correct it, or leave the cell empty")
            })?;
            if file.is_empty() {
                return Err(TableFault::in_line(number, "the cell of \"file\" is empty", "name the file"));
            }
            if let Some((first, _)) = files.insert(file.clone(), (number, details)) {
                let problem = format!("{file:?} stands in line {first} already");
                return Err(TableFault::in_line(number, problem, "keep one row of both"));
            }
        }
        self.files.extend(files.into_iter().map(|(file, (_, details))| (file, details)));
        Ok(())
    }

    /// Returns the names of the files that the tables have rows for, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Returns the name under which the tables have a row for the source called `path`.
    pub fn file_of(&self, path: &str) -> Option<&str> {
        self.row(path).map(|(file, _)| file)
    }

    fn row(&self, path: &str) -> Option<(&str, &Details)> {
        let path = path.replace('\\', "/");
        let numbered =
            path.rsplit_once('#').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        // The most exact name first: the whole path, then without its first folder, and so on.
        [Some(path.as_str()), numbered.map(|(file, _)| file)].into_iter().flatten().find_map(|name| {
            let after_slashes = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
            std::iter::once(name).chain(after_slashes).find_map(|name| {
                self.files.get_key_value(name).map(|(file, details)| (file.as_str(), details))
            })
        })
    }

    /// Returns what the tables tell of the source called `path`.
    pub(crate) fn of(&self, path: &str) -> Option<&Details> {
        self.row(path).map(|(_, details)| details)
    }

    /// Fills the gaps of a document that was read from the source called `path`. Returns a note if a name does not fit.
    pub(crate) fn fill(&self, path: &str, document: &mut Document) -> Option<String> {
        let note = self.names.as_ref().and_then(|names| names.fill(path, document));
        if document.published.is_none() {
            self.all.date(document);
        }
        document.outlet = document.outlet.take().or_else(|| self.all.outlet.clone());
        note
    }
}

/// Reads the date of a report as a person writes it: a day in words or numbers, with or without a time.
///
/// # Errors
/// If the words are no date, or nothing tells whether the day or the month comes first; with the reason.
pub fn read_date(words: &str) -> Result<String, Fault> {
    date(words, None)
}

impl Details {
    fn date(&self, document: &mut Document) {
        if let Some(date) = &self.published {
            document.published = Some(date.clone());
            document.published_from = Some(PublishedFrom::Metadata);
        }
    }

    /// Puts what is told in the place of what the document has.
    pub(crate) fn put(&self, document: &mut Document) {
        self.date(document);
        for (told, slot) in [
            (&self.outlet, &mut document.outlet),
            (&self.title, &mut document.title),
            (&self.url, &mut document.url),
        ] {
            if told.is_some() {
                slot.clone_from(told);
            }
        }
        if !self.authors.is_empty() {
            document.authors.clone_from(&self.authors);
        }
        let cells = self.other.iter().map(|(column, cell)| (column.clone(), Value::from(cell.as_str())));
        document.other.extend(cells);
    }
}

/// Reads a row: the name of its file, and what it tells. The error says which cell cannot be read, and why.
fn read_row(columns: &[String], row: &csv::StringRecord) -> Result<(String, Details), Fault> {
    let cells = || columns.iter().map(String::as_str).zip(row.iter()).filter(|(_, cell)| !cell.is_empty());
    let cell = |name: &str| cells().find(|(column, _)| *column == name).and_then(|(_, cell)| line(cell));
    let (outlet, url) = (cell("outlet"), cell("url"));
    let usage = dates::usage_of(url.as_deref(), outlet.as_deref());
    let mut details = Details { outlet, url, title: cell("title"), ..Details::default() };
    for (column, cell) in cells() {
        match column {
            "file" | "outlet" | "url" | "title" => {}
            "date" => details.published = Some(date(cell, usage.as_ref())?),
            "author" | "authors" => details.authors.extend(cell.split(';').filter_map(line)),
            other => {
                details.other.insert(other.to_owned(), cell.to_owned());
            }
        }
    }
    let file = cell("file").unwrap_or_default().replace('\\', "/");
    Ok((file.trim_start_matches("./").to_owned(), details))
}

/// Returns a cell as one clean line, or `None` if nothing is in it.
fn line(text: &str) -> Option<String> {
    Some(characters::squeeze(&characters::clean(text))).filter(|line| !line.is_empty())
}

fn date(words: &str, usage: Option<&dates::Usage>) -> Result<String, Fault> {
    dates::given(words, usage).map(|given| given.date).map_err(|unread| Fault::question(unread.note(words)))
}

fn line_of(position: Option<&csv::Position>) -> u32 {
    position.map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX))
}

fn fault(error: &csv::Error) -> TableFault {
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, the table {expected_len} columns")
        }
        _ => error.to_string(),
    };
    TableFault::in_line(line_of(error.position()), problem, "a cell with a comma stands in quotation marks")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(table: &str) -> Told {
        let mut told = Told::default();
        told.add_table(table.as_bytes()).unwrap();
        told
    }

    #[test]
    fn a_row_is_found_by_the_most_exact_name() {
        let told = told("file,title\na.txt,any\nnorth/a.txt,north\nb.jsonl,all\nb.jsonl#2,second\n");
        for (path, title) in [
            ("in/north/a.txt", "north"),
            ("in/south/a.txt", "any"),
            ("C:\\north\\a.txt", "north"),
            ("b.jsonl#1", "all"),
            ("in/b.jsonl#2", "second"),
        ] {
            assert_eq!(told.of(path).and_then(|details| details.title.as_deref()), Some(title), "{path}");
        }
        assert!(told.of("ba.txt").is_none() && told.of("a.txt/c.txt").is_none());
    }

    #[test]
    fn a_table_says_what_is_so_and_the_rest_fills_gaps() {
        let mut told =
            told("\u{feff}File;Date;Outlet;Authors;Page\na.txt;05/09/2016;BBC;\"Ann Lee; Bo Ray\";7\n");
        told.set_date("6 September 2016").unwrap();
        told.set_outlet("Island Courier");
        let mut document = Document { outlet: Some("The Bay".to_owned()), ..Document::default() };
        told.fill("a.txt", &mut document);
        assert_eq!(
            (document.published.as_deref(), document.outlet.as_deref()),
            (Some("2016-09-06"), Some("The Bay"))
        );
        told.of("in/a.txt").unwrap().put(&mut document);
        assert_eq!(
            (document.published.as_deref(), document.outlet.as_deref()),
            (Some("2016-09-05"), Some("BBC"))
        );
        assert_eq!(document.authors, ["Ann Lee", "Bo Ray"]);
        assert_eq!(document.other["page"], "7");
    }

    #[test]
    fn faults_of_a_table_are_told_with_their_line() {
        let fault = |table: &str| {
            let fault = Told::default().add_table(table.as_bytes()).unwrap_err();
            (fault.line, fault.problem)
        };
        assert_eq!(fault("name,date\n"), (Some(1), "there is no column called \"file\"".to_owned()));
        assert_eq!(
            fault("file,date\na.txt,2016-09-05\nb.txt,soon\n"),
            (Some(3), "its date was not read, it has no known form: “soon”".to_owned())
        );
        assert_eq!(
            fault("file,date\na.txt,Sept. 5, 2016\n"),
            (Some(2), "the row has 3 cells, the table 2 columns".to_owned())
        );
        assert_eq!(fault("file\na.txt\na.txt\n"), (Some(3), "\"a.txt\" stands in line 2 already".to_owned()));
        assert_eq!(fault("file,date\n,2016-09-05\n").1, "the cell of \"file\" is empty");
    }
}
