//! Names of issues, many at once, from a table.

use std::collections::BTreeSet;

use readout_record::{Change, Record, issue_key};

use crate::signing::Signature;
use crate::{Corpus, Error, Result};

/// The result of [`Corpus::name_issues`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedIssues {
    /// Issues that got another name.
    pub named: usize,
    /// Issues of the table that no position is on, in its order.
    pub unknown: Vec<String>,
}

impl Corpus {
    /// Returns the keys of the issues that positions are on, see [`issue_key`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn issue_keys(&self) -> Result<BTreeSet<String>> {
        let positions = self.store().links(Some("position"))?;
        let key = |record: &Record| match record {
            Record::Position(it) => Some(issue_key(&it.issue)),
            _ => None,
        };
        Ok(positions.iter().filter_map(key).collect())
    }

    /// Gives issues the names that `table` has for them, and those under one name one name.
    ///
    /// A line is a name, a tab, and what the positions call the issue, more than one with `;` between. Lines that start
    /// with `#` say nothing. What has the name already, or is on no position, is passed over.
    ///
    /// # Errors
    /// [`Error::Question`] with the number of the line, from 1, that has no name or no tab: nothing is changed then. As
    /// [`Corpus::correct`] otherwise.
    pub fn name_issues(&mut self, table: &str, signature: &Signature) -> Result<NamedIssues> {
        let known = self.issue_keys()?;
        let in_force: Vec<Change> =
            self.corrections()?.into_iter().filter(|it| it.in_force).map(|it| it.change).collect();
        let mut found = NamedIssues::default();
        for (issue, name) in names(table)? {
            let change = Change::NameIssue { issue: issue.to_owned(), name: name.to_owned() };
            if !known.contains(&issue_key(issue)) {
                found.unknown.push(issue.to_owned());
            } else if !in_force.contains(&change) {
                self.correct_as(&change, signature)?;
                found.named += 1;
            }
        }
        Ok(found)
    }
}

/// Reads the issues of a table, each with its new name.
fn names(table: &str) -> Result<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(table.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, others)) = line.split_once('\t').filter(|(name, _)| !name.trim().is_empty()) else {
            let message = format!("line {number}: a name, a tab and the issue's other names are wanted");
            return Err(Error::Question { message });
        };
        let name = name.trim();
        let issues = others.split(';').map(str::trim).filter(|issue| !issue.is_empty() && *issue != name);
        found.extend(issues.map(|issue| (issue, name)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_line_by_line() {
        let table = "# names\n\nferry line\tthe ferry; ferry line ;line to Oslo\n";
        assert_eq!(names(table).unwrap(), [("the ferry", "ferry line"), ("line to Oslo", "ferry line")]);
        let wrong = names("ferry\tline\nno tab\n").unwrap_err().to_string();
        assert!(wrong.starts_with("line 2: "), "{wrong}");
    }
}
