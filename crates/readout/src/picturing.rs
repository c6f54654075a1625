//! Pictures of many reports: who talks to whom and who stands with whom, where it happened, and reports of one meeting side
//! by side. Of a large file the newest reports are drawn, so that a picture costs the same in any file.

use readout_exchange::{Source, places};
use readout_record::{ActorId, Document, Record};
use readout_store::{Listed, Page, Scope};
use readout_views::figures::{MapPlace, Network, NetworkWanted, network};
use readout_views::{Contents, Filter, MOST_READOUTS, Picked, Readouts, readouts};
use serde::Serialize;

use crate::{Corpus, Error, Result, Unknown, Wanted};

/// The newest reports of which a picture is made.
const DRAWN: usize = 400;

/// A picture, and the reports that it is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Pictured<T> {
    /// What is drawn.
    pub found: T,
    /// The number of reports that it is made of: the newest.
    pub reports: usize,
    /// The number of reports that the filter lets through.
    pub total: usize,
}

impl Corpus {
    /// Returns who talks to whom, and who stands with or against whom, in the newest reports that `filter` lets through.
    /// One actor of the filter is the middle of the network.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ties(
        &self,
        filter: &Filter,
        wanted: &NetworkWanted,
    ) -> Result<std::result::Result<Pictured<Network>, Unknown>> {
        let newest = self.newest(filter)?;
        Ok(newest.map(|newest| {
            let centre = match newest.filter.actor.as_slice() {
                [one] => Some(ActorId::from(one.as_str())),
                _ => wanted.centre.clone(),
            };
            let wanted = NetworkWanted { centre, ..wanted.clone() };
            newest.pictured(|contents, _| network(contents, &contents.names(), &wanted))
        }))
    }

    /// Returns the places of events, meetings and incidents that the gazetteer knows as points, in the newest reports that
    /// `filter` lets through.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn places(&self, filter: &Filter) -> Result<std::result::Result<Pictured<Vec<MapPlace>>, Unknown>> {
        let newest = self.newest(filter)?;
        Ok(newest.map(|newest| {
            newest.pictured(|contents, filter| {
                let picked = Picked::of(contents, filter);
                places(&Source::new(contents, &picked), self.knowledge())
            })
        }))
    }

    /// Lays reports side by side. `ids` are ids of reports, or of a quote or happening for all of its reports.
    ///
    /// # Errors
    /// [`Error::Question`] for more than six reports; as [`Corpus::id`] for the ids.
    pub fn readouts(&self, ids: &[String]) -> Result<Readouts> {
        let mut documents: Vec<Document> = Vec::new();
        for typed in ids {
            let id = self.id(typed, Wanted::Anything)?;
            let of = match self.record(&id)? {
                Some(Record::Document(document)) => vec![document],
                Some(Record::Quote(_) | Record::Happening(_)) => self.slice(&Scope::Link(id))?.documents,
                _ => {
                    let message = format!("{typed} is no report, and nothing that several reports tell");
                    return Err(Error::Question { message });
                }
            };
            for document in of {
                if documents.iter().all(|it| it.id != document.id) {
                    documents.push(document);
                }
            }
        }
        if documents.len() > MOST_READOUTS {
            let message =
                format!("{} reports are too many: at most {MOST_READOUTS} side by side", documents.len());
            return Err(Error::Question { message });
        }
        Ok(readouts(&documents.iter().collect::<Vec<_>>()))
    }

    /// Reads the newest reports that `filter` lets through.
    fn newest(&self, filter: &Filter) -> Result<std::result::Result<Newest, Unknown>> {
        let resolved = match self.resolve(filter)? {
            Ok(resolved) => resolved,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let Listed { rows, total, .. } =
            self.store().list_documents(&Page::first(DRAWN), &resolved.dated())?;
        let reports = rows.len();
        let contents = self.slice(&Scope::Documents(rows))?;
        // The days are those of the reports, which are chosen by them already.
        let filter = Filter { since: None, until: None, ..resolved.into_filter() };
        Ok(Ok(Newest { contents, filter, reports, total }))
    }
}

/// The newest reports that a filter lets through, and the filter with ids in place of names.
struct Newest {
    contents: Contents,
    filter: Filter,
    reports: usize,
    total: usize,
}

impl Newest {
    fn pictured<T>(&self, draw: impl Fn(&Contents, &Filter) -> T) -> Pictured<T> {
        Pictured { found: draw(&self.contents, &self.filter), reports: self.reports, total: self.total }
    }
}
