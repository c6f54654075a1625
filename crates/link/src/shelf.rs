//! Where linking keeps what it knows between two runs: in memory, or in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use readout_record::{ActorId, CopyOf, DocumentId, Record, RecordId};

use crate::actors::Totals;
use crate::blocks::{Edge, Entry, Item};
use crate::report::Report;
use crate::stories::Outline;

/// What linking reads and writes. Documents have numbers of the shelf's own.
pub trait Shelf {
    /// Why it failed.
    type Error;

    /// The document with its records, under the actor ids that [`Shelf::set_actors`] gave.
    ///
    /// # Errors
    /// When it cannot be read; so with all methods here.
    fn report(&mut self, document: i64) -> Result<Rc<Report>, Self::Error>;

    /// The same with no text and, of its records, the agreements and positions alone.
    fn brief(&mut self, document: i64) -> Result<Rc<Report>, Self::Error> {
        self.report(document)
    }

    /// The list of a key, or its first `limit` entries.
    fn entries(&mut self, kind: u8, key: u64, limit: Option<usize>) -> Result<Vec<Entry>, Self::Error>;
    /// Adds to the list of a key.
    fn insert_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Self::Error>;
    /// Takes off the list of a key.
    fn remove_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Self::Error>;

    /// What [`Shelf::set_size`] set.
    fn size(&mut self, kind: u8, item: Item) -> Result<Option<u32>, Self::Error>;
    /// Sets the size of a record, or forgets it.
    fn set_size(&mut self, kind: u8, item: Item, size: Option<u32>) -> Result<(), Self::Error>;

    /// The edges of a record.
    fn edges(&mut self, kind: u8, item: Item) -> Result<Vec<Edge>, Self::Error>;
    /// Adds an edge, in place of one between the same two.
    fn insert_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Self::Error>;
    /// Takes an edge away.
    fn remove_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Self::Error>;

    /// All links of `kind` that one of `members` belongs to go, `records` come, each with its members: records or
    /// documents (of a story), of an agreement and a position those of single reports, of an actor its id.
    fn replace_links(
        &mut self,
        kind: &'static str,
        members: &BTreeSet<RecordId>,
        records: Vec<(Record, Vec<RecordId>)>,
    ) -> Result<(), Self::Error>;

    /// What a document copies, and the first document of its group of copies.
    fn set_copies(
        &mut self,
        document: i64,
        copies: Vec<CopyOf>,
        origin: &DocumentId,
    ) -> Result<(), Self::Error>;
    /// What [`Shelf::set_copies`] set as the origin.
    fn origin(&mut self, document: i64) -> Result<Option<DocumentId>, Self::Error>;

    /// What all documents say of the actor with this id in the records of single documents.
    fn totals(&mut self, actor: &ActorId) -> Result<Option<Totals>, Self::Error>;
    /// Sets it, or forgets the actor; `surname` as [`Shelf::namesakes`] looks for it.
    fn set_totals(
        &mut self,
        actor: &ActorId,
        surname: Option<&str>,
        totals: Option<Totals>,
    ) -> Result<(), Self::Error>;
    /// The ids with this surname, each with its totals.
    fn namesakes(&mut self, surname: &str) -> Result<BTreeMap<ActorId, Totals>, Self::Error>;
    /// The documents in which an actor (its id over all documents) is named.
    fn documents_naming(&mut self, actor: &ActorId) -> Result<Vec<i64>, Self::Error>;
    /// How often a document names which actor, by the id over all documents, and which of its own ids stand for others.
    fn set_actors(
        &mut self,
        document: i64,
        mentions: &BTreeMap<ActorId, u32>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<(), Self::Error>;
    /// What the stories need to know of a document; `place` is where on the line of time [`Shelf::outlines`] finds it.
    fn set_outline(
        &mut self,
        document: i64,
        place: i64,
        outline: Option<&Outline>,
    ) -> Result<(), Self::Error>;
    /// How many outlines stand within `places`, `limit` at most.
    fn outline_count(&mut self, places: Range<i64>, limit: u64) -> Result<u64, Self::Error>;
    /// The documents within `places` with their outlines, in any order.
    fn outlines(&mut self, places: Range<i64>) -> Result<Vec<(i64, Rc<Outline>)>, Self::Error>;
    /// The story that a document is in.
    fn story(&mut self, document: i64) -> Result<Option<RecordId>, Self::Error>;
}
