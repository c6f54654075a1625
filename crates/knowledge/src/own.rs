//! A folder of one's own knowledge: read strictly, since a slip in it would go unseen for long.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use readout_lexicon::{Row, TableFault, table};
use readout_record::ids::slug;

use crate::forms::TABLES;

/// Longest file that is read, in bytes.
pub(crate) const MAX_FILE: u64 = 16 << 20;
/// The reason why a folder of one's own knowledge could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// The folder or a file of it cannot be read.
    #[error("{}: the knowledge cannot be read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A file is not of the form that it should have.
    #[error("{}{}: {problem}", path.display(), line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Form {
        /// The file or folder.
        path: PathBuf,
        /// The line, from 1, where one is to blame.
        line: Option<u32>,
        /// A description of what is wrong.
        problem: String,
        /// A description of what would be right.
        hint: String,
    },
}

impl KnowledgeError {
    /// Returns a hint that may help.
    pub fn hint(&self) -> &str {
        match self {
            Self::Read { .. } => "name a folder with tables such as groups.tsv or persons.tsv",
            Self::Form { hint, .. } => hint,
        }
    }
}

/// A table of one's own.
#[derive(Debug)]
pub(crate) struct OwnTable {
    /// The name of the file, as `groups.tsv`.
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    pub(crate) content: String,
}

/// Returns the tables of `folder`, in the order in which the shipped ones are read, their form checked.
pub(crate) fn read(folder: &Path) -> Result<Vec<OwnTable>, KnowledgeError> {
    let error = |source| KnowledgeError::Read { path: folder.to_owned(), source };
    let mut tables = Vec::new();
    for found in std::fs::read_dir(folder).map_err(error)? {
        let path = found.map_err(error)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !path.extension().is_some_and(|it| it.eq_ignore_ascii_case("tsv")) {
            continue;
        }
        let Some(number) = TABLES.iter().position(|(known, _)| *known == name) else {
            let known: Vec<&str> = TABLES.iter().map(|(known, _)| *known).collect();
            return Err(KnowledgeError::Form {
                path,
                line: None,
                problem: "no knowledge table is called so".to_owned(),
                hint: format!("the tables are {}", known.join(", ")),
            });
        };
        tables.push((number, path));
    }
    if tables.is_empty() {
        return Err(KnowledgeError::Form {
            path: folder.to_owned(),
            line: None,
            problem: "no knowledge table lies in this folder".to_owned(),
            hint: "make one, say groups.tsv; data/knowledge/README.md tells the columns".to_owned(),
        });
    }
    tables.sort();
    tables.into_iter().map(|(number, path)| read_table(number, path)).collect()
}

fn read_table(number: usize, path: PathBuf) -> Result<OwnTable, KnowledgeError> {
    let (name, shipped) = &TABLES[number];
    let error = |source| KnowledgeError::Read { path: path.clone(), source };
    let kind = std::fs::metadata(&path).map_err(error)?;
    if !kind.is_file() {
        return Err(form(&path, None, "this is no regular file", "save the table as a file of its own"));
    }
    if kind.len() > MAX_FILE {
        return Err(form(
            &path,
            None,
            "it is longer than 16 MB",
            "part it, or leave out what no report names",
        ));
    }
    let mut bytes = Vec::new();
    File::open(&path).and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes)).map_err(error)?;
    let content = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        form(&path, Some(line), "this is not UTF-8 text", "save the file as UTF-8")
    })?;
    let in_table = |fault: TableFault| form(&path, fault.line, &fault.problem, &fault.hint);
    table::check(&content, shipped.form()).map_err(in_table)?;
    for row in table::rows(&content) {
        for column in shipped.form().columns() {
            check_cell(column, &row)
                .map_err(|(problem, hint)| form(&path, Some(row.line()), &problem, hint))?;
        }
    }
    Ok(OwnTable { name, path, content })
}

fn form(path: &Path, line: Option<u32>, problem: &str, hint: &str) -> KnowledgeError {
    KnowledgeError::Form { path: path.to_owned(), line, problem: problem.to_owned(), hint: hint.to_owned() }
}

/// Checks a cell whose form does not depend on what else is known.
fn check_cell(column: &str, row: &Row<'_>) -> Result<(), (String, &'static str)> {
    let cell = row.get(column);
    if cell.is_empty() {
        return Ok(());
    }
    let name_hint = "a name has two letters or more, and nine words at most";
    match column {
        "id" | "office" if slug(cell) != cell => Err((
            format!("the {column} {cell:?} is not plain"),
            "use small letters, digits and hyphens: river-front",
        )),
        "iso3" if !is_code(cell) => Err((
            format!("{cell:?} is no code of a state"),
            "use three capitals, as ISO 3166-1 alpha-3 has them: TCD",
        )),
        "gender" if !matches!(cell, "m" | "f") => {
            Err((format!("{cell:?} is no gender here"), "use m, f or nothing"))
        }
        "plain" if cell != "yes" => Err((format!("{cell:?} is no answer here"), "use yes or nothing")),
        "kind"
            if !matches!(cell, "person" | "group" | "organisation" | "armed" | "state" | "place" | "kin") =>
        {
            Err((
                format!("{cell:?} is no kind of word"),
                "use person, group, organisation, armed, state, place or kin",
            ))
        }
        "latitude" | "longitude" => {
            let limit = if column == "latitude" { 90.0 } else { 180.0 };
            match cell.parse::<f32>() {
                Ok(degrees) if degrees.abs() <= limit => Ok(()),
                _ => Err((
                    format!("{cell:?} is no {column}"),
                    "give degrees as 12.34, south and west below zero",
                )),
            }
        }
        "population" if cell.parse::<u32>().is_err() => {
            Err((format!("{cell:?} is no number of inhabitants"), "give thousands, as 140"))
        }
        "name" | "aliases" | "names" | "adjectives" | "people" | "capital" | "seats" => {
            for name in row.list(column) {
                let key = slug(name.strip_prefix("the ").unwrap_or(name));
                let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
                if key.is_empty() || letters < 2 || key.split('-').count() > 9 && column != "names" {
                    return Err((format!("{name:?} is no name"), name_hint));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether `cell` looks like an ISO 3166-1 alpha-3 code.
pub(crate) fn is_code(cell: &str) -> bool {
    cell.len() == 3 && cell.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Checks that the states, offices and organisations that the rows of `table` mention are known.
pub(crate) fn check_references(
    table: &OwnTable,
    is_state: impl Fn(&str) -> bool,
    is_office: impl Fn(&str) -> bool,
    is_entry: impl Fn(&str) -> bool,
) -> Result<(), KnowledgeError> {
    for row in table::rows(&table.content) {
        let fail = |problem: String, hint: &str| Err(form(&table.path, Some(row.line()), &problem, hint));
        for state in [row.get("state")].into_iter().chain(row.get("members").split_whitespace()) {
            if !state.is_empty() && !is_state(state) {
                return fail(
                    format!("no state has the code {state:?}"),
                    "use ISO 3166-1 alpha-3 codes, or add the state to a states.tsv of your own",
                );
            }
        }
        let office = row.get("office");
        if table.name == "titles.tsv" && !office.is_empty() && !is_office(office) {
            return fail(format!("no office is called {office:?}"), "add it to an offices.tsv of your own");
        }
        for term in row.list("offices") {
            let words: Vec<&str> = term.split_whitespace().collect();
            let (office, of) = match words.as_slice() {
                [office, of, _] | [office, of, _, _] => (*office, *of),
                _ => {
                    return fail(
                        format!("{term:?} is no term of office"),
                        "write office, state or organisation, first day, last day: president TCD 2021-04-20",
                    );
                }
            };
            if !is_office(office) {
                return fail(
                    format!("no office is called {office:?}"),
                    "add it to an offices.tsv of your own",
                );
            }
            if !is_state(of) && !is_entry(of) {
                return fail(format!("{of:?} is neither a state nor an organisation"), "write TCD or org:un");
            }
            let dates = words.get(2..).unwrap_or_default();
            if let Some(date) = dates.iter().find(|date| **date != "-" && !is_date(date)) {
                return fail(
                    format!("{date:?} is no date"),
                    "write 2021-04-20, 2021-04, 2021, or - if unknown",
                );
            }
            if let [from, to] = dates
                && *from != "-"
                && *to != "-"
                && !to.starts_with(from)
                && from > to
            {
                return fail(format!("{term:?} ends before it begins"), "first day first");
            }
        }
    }
    Ok(())
}

/// Whether `text` is an ISO 8601 day, month or year.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &&str, digits: usize, most: u32| {
        part.len() == digits
            && part.bytes().all(|it| it.is_ascii_digit())
            && part.parse::<u32>().is_ok_and(|it| (1..=most).contains(&it))
    };
    match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    }
}
