//! Linking on the file: a change of all that documents share, in one transaction.

mod key_lists;
mod links;
mod shelf;

use std::collections::BTreeMap;
use std::rc::Rc;

use readout_link::Report;
use rusqlite::params;

use crate::log::count_commit;
use crate::{Operation, Result, Store};

/// The most reports that are kept in memory whole. Others are read again.
const KEPT: usize = 4_000;
/// The most reports that are kept in memory with their agreements and positions alone.
const KEPT_BRIEF: usize = 16_000;

/// One change of the links, which is undone unless it is [finished](Linking::finish). It is the [`Shelf`] of linking.
///
/// [`Shelf`]: readout_link::Shelf
#[derive(Debug)]
pub struct Linking<'s> {
    store: &'s mut Store,
    /// The change in the number of lines in `link_keys_new`.
    gathered: i64,
    finished: bool,
    /// Reports that were read, whole.
    reports: Kept,
    /// Reports that were read with their agreements and positions alone.
    briefs: Kept,
}

impl Drop for Linking<'_> {
    fn drop(&mut self) {
        if !self.finished {
            // If even this fails, the connection is lost, and the file rolls back when it is opened next.
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Store {
    /// Begins a change of the links. Nobody else writes until it ends, so that what was read stays true.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn linking(&mut self) -> Result<Linking<'_>> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.error(error))?;
        let linking = Linking {
            store: self,
            gathered: 0,
            finished: false,
            reports: Kept::new(KEPT),
            briefs: Kept::new(KEPT_BRIEF),
        };
        linking.store.stands_there()?;
        Ok(linking)
    }
}

impl Linking<'_> {
    /// Returns the file, to read from it.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Returns the documents that are no longer current, then those that are new, since the file was last linked; at most
    /// `limit` of each.
    ///
    /// # Errors
    /// When the file cannot be read; so with all methods here.
    pub fn to_link(&self, limit: usize) -> Result<(Vec<i64>, Vec<i64>)> {
        let read = |places: &str| {
            self.run(|connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT document FROM document_facets WHERE (places > 0) <> linked AND places {places}
                         ORDER BY day, document LIMIT ?"
                    ))?
                    .query_map([limit as i64], |row| row.get(0))?
                    .collect()
            })
        };
        Ok((read("= 0")?, read("> 0")?))
    }

    /// Removes all links: all current documents are to be linked again.
    pub fn forget(&self) -> Result<()> {
        self.run(|connection| {
            connection.execute_batch(
                "DELETE FROM link_parts; DELETE FROM link_members; DELETE FROM links; DELETE FROM copies;
                 DELETE FROM renamed; DELETE FROM link_keys; DELETE FROM link_keys_new;
                 UPDATE link_keys_state SET gathered = 0; DELETE FROM link_edges;
                 DELETE FROM link_sizes; DELETE FROM link_origins; DELETE FROM actor_totals; DELETE FROM story_outlines;
                 UPDATE document_facets SET story = NULL, linked = 0;",
            )
        })
    }

    fn run<T>(&self, work: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.store.connection).map_err(|error| self.store.error(error))
    }

    /// Keeps the change and enters `operation` in the log; `removed` are linked no more, `added` are.
    ///
    /// # Errors
    /// When the file cannot be written; so with all methods here that change it.
    pub fn finish(mut self, operation: &mut Operation, removed: &[i64], added: &[i64]) -> Result<()> {
        let before = operation.number;
        let done = self.run(|connection| {
            operation.enter(connection)?;
            key_lists::settle(connection, self.gathered)?;
            let mut set =
                connection.prepare_cached("UPDATE document_facets SET linked = ? WHERE document = ?")?;
            for document in removed {
                set.execute(params![0, document])?;
            }
            for document in added {
                set.execute(params![1, document])?;
            }
            for document in removed {
                connection.execute("DELETE FROM copies WHERE document = ?", [document])?;
                connection.execute("DELETE FROM link_origins WHERE document = ?", [document])?;
            }
            count_commit(connection)?;
            connection.execute_batch("COMMIT")
        });
        self.finished = done.is_ok();
        if !self.finished {
            operation.number = before;
        }
        done
    }
}

/// Reports that were read from the file, by number.
#[derive(Debug)]
struct Kept {
    reports: BTreeMap<i64, Rc<Report>>,
    most: usize,
}

impl Kept {
    const fn new(most: usize) -> Self {
        Self { reports: BTreeMap::new(), most }
    }

    fn get(&self, number: i64) -> Option<Rc<Report>> {
        self.reports.get(&number).map(Rc::clone)
    }

    /// Keeps a report. If there are too many, the others are dropped first.
    fn keep(&mut self, number: i64, report: Report) -> Rc<Report> {
        if self.reports.len() >= self.most {
            self.reports.clear();
        }
        let report = Rc::new(report);
        self.reports.insert(number, Rc::clone(&report));
        report
    }

    fn forget(&mut self, number: i64) {
        self.reports.remove(&number);
    }
}
