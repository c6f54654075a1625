//! Records of many documents in, what they share out: copies, actors, quotes, happenings, agreements, stories.
//!
//! Linking never changes a record of one document and does not depend on the order of its input.

mod agreements;
mod alignment;
mod collection;
pub mod copies;
mod happenings;
mod positions;
mod quotes;

use std::collections::BTreeMap;

use collection::{ActorIds, Collection};
use readout_knowledge::Knowledge;
use readout_record::{
    Actor, Agreement, CopyOf, Document, DocumentId, DocumentRecords, Happening, Position, Quote, RecordId,
    Story,
};

/// What the documents of one file share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Over all documents, by id.
    pub actors: Vec<Actor>,
    /// For each input document in turn, what it copies.
    pub copies: Vec<Vec<CopyOf>>,
    /// For each input document in turn, the first document of its group of copies: documents with the same origin
    /// count as one source.
    pub origins: Vec<DocumentId>,
    /// Utterances in all their wordings.
    pub quotes: Vec<Quote>,
    /// Events over outlets.
    pub happenings: Vec<Happening>,
    /// Instruments over reports.
    pub agreements: Vec<Agreement>,
    /// For the id of each agreement of one report, the id of the merged one: what a commitment's `agreement` becomes.
    pub agreement_ids: BTreeMap<RecordId, RecordId>,
    /// Stances over reports.
    pub positions: Vec<Position>,
    /// Running stories.
    pub stories: Vec<Story>,
}

/// Links `documents`, each with its records. The result is the same in whatever order they come, but for
/// [`Links::copies`] and [`Links::origins`], which follow that order.
pub fn link(documents: &[(&Document, &DocumentRecords)], _knowledge: &Knowledge) -> Links {
    let texts: Vec<&Document> = documents.iter().map(|(document, _)| *document).collect();
    let copies = copies::find(&texts);
    let actor_ids = ActorIds::new();
    let collection = Collection::new(documents, &copies.origin, &actor_ids);
    let agreements = agreements::find(&collection);
    Links {
        quotes: quotes::find(&collection),
        happenings: happenings::find(&collection),
        agreements: agreements.agreements,
        agreement_ids: agreements.ids,
        positions: positions::find(&collection),
        copies: copies.of,
        origins: copies.origin,
        ..Links::default()
    }
}
