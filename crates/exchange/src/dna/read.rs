//! The way back from Discourse Network Analyzer: the statements that people coded there.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{ExchangeError, Result, Tally};

/// The variables of a statement that a stance has a place for.
const PERSON: &str = "person";
const ORGANIZATION: &str = "organization";
const CONCEPT: &str = "concept";
const AGREEMENT: &str = "agreement";
/// The variable in which [`write_dna`](crate::write_dna) keeps permanent ids.
const RECORD: &str = "record";
/// The coder of the statements that [`write_dna`](crate::write_dna) writes.
pub(super) const OUR_CODER: &str = "Readout";

/// A file of Discourse Network Analyzer, as far as stances have a place for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodedFile {
    /// The reports, in the order of their numbers.
    pub reports: Vec<CodedReport>,
    /// The statements, by report and place.
    pub statements: Vec<CodedStatement>,
    /// What stances have no place for.
    pub tally: Tally,
}

/// A report as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodedReport {
    /// The headline.
    pub title: String,
    /// The text.
    pub text: String,
    /// The notes; in files that Readout wrote, the report's permanent id.
    pub notes: String,
}

/// A statement that a person coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodedStatement {
    /// The place of its report in [`CodedFile::reports`].
    pub report: usize,
    /// The start of the passage, in UTF-16 units of the file's text.
    pub start: u32,
    /// The end of the passage, in UTF-16 units of the file's text.
    pub stop: u32,
    /// The person; empty if none is coded.
    pub person: String,
    /// The organization; empty if none is coded.
    pub organization: String,
    /// The concept.
    pub concept: String,
    /// True for agreement with the concept, false for disagreement.
    pub agreement: bool,
    /// The permanent ids of position and record, in files that Readout wrote; else empty.
    pub record: String,
    /// True if its coder is Readout: an export wrote it, and no person took it over.
    pub is_ours: bool,
}

/// Reads the statements of the file at `path`. The file is opened for reading alone.
///
/// # Errors
/// When the file cannot be read, or is none of Discourse Network Analyzer 3.
pub fn read_dna(path: &Path) -> Result<CodedFile> {
    let unread = |reason: String| ExchangeError::Unread { path: path.to_owned(), form: "DNA", reason };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let refused = |error: rusqlite::Error| unread(error.to_string());
    let file = Connection::open_with_flags(path, flags).map_err(refused)?;
    // What the file says of itself is not trusted: no function of a view or trigger runs.
    file.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON").map_err(refused)?;
    let has = |table: &str| {
        let query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?";
        file.query_row(query, [table], |row| row.get::<_, i64>(0)).map(|it| it > 0)
    };
    if !has("STATEMENTS").map_err(refused)? || !has("DOCUMENTS").map_err(refused)? {
        return Err(unread("it has no statements".to_owned()));
    }
    if !has("ENTITIES").map_err(refused)? {
        return Err(unread("it is of DNA 2: open it in DNA 3, which converts it".to_owned()));
    }
    read(&file).map_err(refused)
}

fn read(file: &Connection) -> rusqlite::Result<CodedFile> {
    let mut found = CodedFile::default();
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query = file.prepare("SELECT ID, Title, Text, Notes FROM DOCUMENTS ORDER BY ID")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        places.insert(row.get(0)?, found.reports.len());
        found.reports.push(CodedReport { title: row.get(1)?, text: row.get(2)?, notes: row.get(3)? });
    }
    let words = words_of(file)?;
    let mut flags: BTreeMap<(i64, String), i64> = BTreeMap::new();
    let mut query = file.prepare(
        "SELECT StatementId, lower(Variable), Value FROM DATABOOLEAN JOIN VARIABLES ON VARIABLES.ID = VariableId",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        flags.insert((row.get(0)?, row.get(1)?), row.get(2)?);
    }
    let known = [PERSON, ORGANIZATION, CONCEPT, AGREEMENT, RECORD];
    let others = words.iter().filter(|(_, value)| !value.is_empty()).map(|((_, name), _)| name);
    let others = others.chain(flags.keys().map(|(_, name)| name)).filter(|it| !known.contains(&it.as_str()));
    found.tally.add("values of other variables left out: a stance has no place for them", others.count());
    let mut query = file
        .prepare(
            "SELECT ID, DocumentId, Start, Stop, (SELECT Name FROM CODERS WHERE CODERS.ID = Coder) FROM STATEMENTS
             ORDER BY DocumentId, Start, Stop, ID",
        )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let word = |name: &str| words.get(&(id, name.to_owned())).cloned().unwrap_or_default();
        let Some(&report) = places.get(&row.get::<_, i64>(1)?) else { continue };
        let (concept, agreement) = (word(CONCEPT), flags.get(&(id, AGREEMENT.to_owned())));
        let Some(agreement) = agreement.filter(|_| !concept.is_empty()) else {
            found.tally.add("statements left out, since they have no concept or no agreement", 1);
            continue;
        };
        found.statements.push(CodedStatement {
            report,
            start: row.get(2)?,
            stop: row.get(3)?,
            person: word(PERSON),
            organization: word(ORGANIZATION),
            concept,
            agreement: *agreement != 0,
            record: word(RECORD),
            is_ours: row.get::<_, Option<String>>(4)?.as_deref() == Some(OUR_CODER),
        });
    }
    Ok(found)
}

/// Returns the words of every statement, by its number and the name of the variable in lower case.
fn words_of(file: &Connection) -> rusqlite::Result<BTreeMap<(i64, String), String>> {
    let mut words = BTreeMap::new();
    for query in [
        "SELECT StatementId, lower(Variable), ENTITIES.Value FROM DATASHORTTEXT JOIN VARIABLES
         ON VARIABLES.ID = DATASHORTTEXT.VariableId JOIN ENTITIES ON ENTITIES.ID = Entity",
        "SELECT StatementId, lower(Variable), coalesce(Value, '') FROM DATALONGTEXT JOIN VARIABLES ON VARIABLES.ID = VariableId",
        "SELECT StatementId, lower(Variable), cast(Value AS TEXT) FROM DATAINTEGER JOIN VARIABLES ON VARIABLES.ID = VariableId",
    ] {
        let mut query = file.prepare(query)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let value: String = row.get(2)?;
            words.insert((row.get(0)?, row.get(1)?), value.trim().to_owned());
        }
    }
    Ok(words)
}
