//! The record and the server's state, from which an answer is made.

use readout::record::{Record, RecordRef};
use readout::views::Contents;
use readout::views::words::shorten;
use readout::{Corpus, Scope};

use crate::Result;
use crate::site::Site;

/// The corpus and the site from which an answer is made.
pub(crate) struct View<'v> {
    pub(crate) corpus: &'v Corpus,
    pub(crate) site: &'v Site,
}

impl View<'_> {
    /// Returns the reports that speak of an actor, the newest `most` if there are more, and how many there are.
    pub(crate) fn slice_of_actor(&self, id: &str, most: usize) -> Result<(Contents, usize)> {
        let (contents, reports) = self.corpus.slice_of_actor(id, most)?;
        Ok((named(contents), reports))
    }

    /// Returns the reports that have a part in a quote, happening, agreement or position.
    pub(crate) fn slice_of_link(&self, id: &str) -> Result<Contents> {
        Ok(named(self.corpus.slice(&Scope::Link(id.into()))?))
    }
}

/// Returns `contents` with the headline, cut short, as the outlet of each report that names none. So reports can be
/// told apart wherever they are cited.
pub(crate) fn named(mut contents: Contents) -> Contents {
    for document in &mut contents.documents {
        if document.outlet.is_none() {
            document.outlet = document.title.as_deref().map(|it| shorten(it, 28));
        }
    }
    contents
}

/// Returns the record `id` of `contents`, with what it takes from the links.
pub(crate) fn record_in(contents: &Contents, id: &str) -> Option<Record> {
    contents.records.iter().find_map(|records| records.find(id)).map(RecordRef::to_record)
}

/// Returns the agreement or position `id` of `contents`; `None` if it was rejected.
pub(crate) fn link_in(contents: &Contents, id: &str) -> Option<Record> {
    let agreement = contents.agreements.iter().find(|it| it.id == id).cloned().map(Record::Agreement);
    agreement.or_else(|| contents.positions.iter().find(|it| it.id == id).cloned().map(Record::Position))
}
