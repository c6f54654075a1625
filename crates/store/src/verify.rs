//! Inspection of the file row by row: damaged rows are reported, and all others are still read.

use readout_record::{CopyOf, Document, DocumentId, DocumentRecords, Mention, Record, RecordId, wire};
use rusqlite::{Params, Row, types::FromSql};
use serde::de::DeserializeOwned;

use crate::Store;
use crate::writing::records_sha256;

/// A stored version of a report with its records, as far as they can be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspected {
    /// Its id.
    pub id: DocumentId,
    /// The report; `None` if it cannot be read.
    pub document: Option<Document>,
    /// The ids of all its records, also of those that cannot be read.
    pub record_ids: Vec<RecordId>,
    /// Its records that can be read.
    pub records: DocumentRecords,
    /// True if the report is at a place now.
    pub current: bool,
    /// True if the report is linked.
    pub linked: bool,
}

impl Store {
    /// Checks the file's own form: its pages, indexes and references, and the words to find documents by. Returns the
    /// problems; none if all is well.
    pub fn check(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut lines = Vec::new();
        self.each("the file", "PRAGMA integrity_check(20)", [], &mut found, |row| {
            lines.push(row.get::<_, String>(0)?);
            Ok(())
        });
        lines.retain(|line| line != "ok");
        self.each("the file", "PRAGMA foreign_key_check", [], &mut found, |row| {
            let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
            lines.push(format!("a row of {table} names a row of {to} that is not there"));
            Ok(())
        });
        let counts =
            "SELECT id FROM links WHERE size <> (SELECT count(*) FROM link_members WHERE link = number)";
        self.each("links", counts, [], &mut found, |row| {
            lines.push(format!(
                "{} stands in another number of reports than it says",
                row.get::<_, String>(0)?
            ));
            Ok(())
        });
        // Compares the index of words with the texts; it is written as an insertion, but changes nothing.
        let words = self
            .connection
            .execute("INSERT INTO documents_words (documents_words, rank) VALUES ('integrity-check', 1)", []);
        match words {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly) => {}
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                lines.push("the index of words does not fit the texts".to_owned());
            }
            Err(error) => lines.push(format!("the index of words cannot be read ({error})")),
        }
        found.extend(lines);
        found
    }

    /// Looks at every stored version of a report, in the order of ids. What cannot be read goes into `problems`, a
    /// sentence each.
    pub fn inspect(&self, problems: &mut Vec<String>, mut look: impl FnMut(Inspected, &mut Vec<String>)) {
        let mut numbers: Vec<i64> = Vec::new();
        self.each("documents", "SELECT number FROM documents ORDER BY id", [], problems, |row| {
            numbers.push(row.get(0)?);
            Ok(())
        });
        for number in numbers {
            let inspected = self.inspect_one(number, problems);
            look(inspected, problems);
        }
    }

    fn inspect_one(&self, number: i64, problems: &mut Vec<String>) -> Inspected {
        let mut found = Inspected { id: format!("document {number}").into(), ..Inspected::default() };
        let (mut bodies, mut mentions, mut hash) = (Vec::new(), String::new(), None);
        self.each(
            "documents",
            "SELECT id, body, text, text_sha256, mentions, records_sha256,
                    (SELECT body FROM copies WHERE copies.document = documents.number),
                    (SELECT places > 0 FROM document_facets WHERE document = documents.number),
                    (SELECT linked FROM document_facets WHERE document = documents.number)
             FROM documents WHERE number = ?",
            [number],
            problems,
            |row| {
                found.id = value::<String>(row, 0, "an id")?.into();
                let part = |name: &str| format!("{name} of {}", found.id);
                found.current = value::<Option<bool>>(row, 7, &part("places"))?.unwrap_or_default();
                found.linked = value::<Option<bool>>(row, 8, &part("links"))?.unwrap_or_default();
                mentions = value(row, 4, &part("mentions"))?;
                hash = value::<Option<String>>(row, 5, &part("hash"))?;
                bodies.push(value::<String>(row, 1, &part("head"))?);
                found.records.mentions = json::<Vec<Mention>>(&mentions, &part("mentions"))?;
                let mut document: Document = json(&bodies[0], &part("head"))?;
                document.text = value(row, 2, &part("text"))?;
                document.text_sha256 = value(row, 3, &part("hash"))?;
                if let Some(copies) = value::<Option<String>>(row, 6, &part("copies"))? {
                    document.copies_of = json::<Vec<CopyOf>>(&copies, &part("copies"))?;
                }
                found.document = Some(document);
                Ok(())
            },
        );
        let of = found.id.clone();
        let what = format!("records of {of}");
        let query = "SELECT id, body FROM records WHERE document = ? ORDER BY number";
        self.each(&what, query, [number], problems, |row| {
            let id = RecordId::from(value::<String>(row, 0, "an id")?);
            found.record_ids.push(id.clone());
            let body: String = value(row, 1, &id)?;
            let record = wire::from_line(&body).map_err(|error| format!("{id} ({error})"))?;
            bodies.push(body);
            found.records.push(record);
            Ok(())
        });
        let records = bodies.iter().skip(1).map(String::as_str);
        let read = bodies.first().map_or("", String::as_str);
        if hash.is_some_and(|hash| hash != records_sha256(read, &mentions, records)) {
            problems.push(format!("{of}: its records are not those that were read"));
        }
        found
    }

    /// Returns the links, sorted by kind and id. A link that cannot be read has no record; `problems` gets the reason.
    pub fn inspect_links(&self, problems: &mut Vec<String>) -> Vec<(RecordId, Option<Record>)> {
        let mut links = Vec::new();
        self.each("links", "SELECT id, body FROM links ORDER BY kind, id", [], problems, |row| {
            let id = RecordId::from(value::<String>(row, 0, "an id")?);
            links.push((id.clone(), None));
            let body: String = value(row, 1, &id)?;
            let link = wire::from_line(&body).map_err(|error| format!("{id} ({error})"))?;
            if let Some(last) = links.last_mut() {
                last.1 = Some(link);
            }
            Ok(())
        });
        links
    }

    /// Calls `work` with each row of `query`. If it fails, adds `what` was read and the reason to `problems`, and goes
    /// on with the next row.
    fn each(
        &self,
        what: &str,
        query: &str,
        parameters: impl Params,
        problems: &mut Vec<String>,
        mut work: impl FnMut(&Row<'_>) -> std::result::Result<(), Unreadable>,
    ) {
        let run = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare_cached(query)?;
            let mut rows = statement.query(parameters)?;
            while let Some(row) = rows.next()? {
                if let Err(Unreadable(why)) = work(row) {
                    problems.push(format!("{what}: damaged: {why}"));
                }
            }
            Ok(())
        };
        if let Err(error) = run() {
            problems.push(format!("{what}: cannot be read to the end ({error})"));
        }
    }
}

/// The reason why a row cannot be read.
struct Unreadable(String);

impl From<String> for Unreadable {
    fn from(why: String) -> Self {
        Self(why)
    }
}

impl From<rusqlite::Error> for Unreadable {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

/// Returns the value in column `at`. `name` says in an error what the column contains.
fn value<T: FromSql>(row: &Row<'_>, at: usize, name: &str) -> std::result::Result<T, Unreadable> {
    row.get(at).map_err(|error| Unreadable(format!("{name} ({error})")))
}

fn json<T: DeserializeOwned>(body: &str, name: &str) -> std::result::Result<T, Unreadable> {
    serde_json::from_str(body).map_err(|error| Unreadable(format!("{name} ({error})")))
}
