//! Links, all that documents share, as one value.

use std::collections::BTreeMap;

use readout_record::{
    Actor, ActorId, Agreement, CopyOf, DocumentId, Happening, Position, Quote, RecordId, Story,
};

/// The links between the documents of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// The actors of all documents, by id.
    pub actors: Vec<Actor>,
    /// For an actor's id in the records of one document, the id over all documents, which replaces it on export. An
    /// actor that is not listed keeps its id.
    pub actor_ids: BTreeMap<(DocumentId, ActorId), ActorId>,
    /// For each input document in turn, the documents that it copies.
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
    /// For the id of each agreement of one report, the id of the merged agreement, which replaces a commitment's
    /// `agreement`.
    pub agreement_ids: BTreeMap<RecordId, RecordId>,
    /// Stances over reports.
    pub positions: Vec<Position>,
    /// Running stories.
    pub stories: Vec<Story>,
}

/// The copies among documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// For each document in turn, the documents that it copies, largest share first.
    pub of: Vec<Vec<CopyOf>>,
    /// For each document in turn, the first document of its group.
    pub origin: Vec<DocumentId>,
}
