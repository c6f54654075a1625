use crate::{Result, Store};

impl Store {
    /// What is wrong with the file's own form: its pages, indexes and references, the words to find documents by.
    /// Empty if all is well.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check(&self) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut found: Vec<String> = self
                .connection
                .prepare("PRAGMA integrity_check(20)")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            found.retain(|line| line != "ok");
            let mut check = self.connection.prepare("PRAGMA foreign_key_check")?;
            let mut rows = check.query([])?;
            while let Some(row) = rows.next()? {
                let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
                found.push(format!("a row of {table} names a row of {to} that is not there"));
            }
            Ok(found)
        };
        let mut found = read().map_err(|error| self.error(&error))?;
        // Compares the index of words with the texts; it is written as an insertion, but changes nothing.
        let words = self
            .connection
            .execute("INSERT INTO documents_words (documents_words, rank) VALUES ('integrity-check', 1)", []);
        match words {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly) => {}
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                found.push("the index of words does not fit the texts".to_owned());
            }
            Err(error) => return Err(self.error(&error)),
        }
        Ok(found)
    }
}
