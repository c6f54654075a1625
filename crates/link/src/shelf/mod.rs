//! The store that linking keeps between two runs: in memory, or in a file.

mod item;
mod outline;
mod totals;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use readout_record::{ActorId, CopyOf, DocumentId, Kind, Record, RecordId};

pub use self::item::{Edge, Entry, Item};
pub use self::outline::Outline;
pub(crate) use self::outline::{BETWEEN_WORDS, Facts, Gathering};
pub use self::totals::Totals;
use crate::report::Report;

/// The store that linking reads and writes. It numbers its documents itself.
pub trait Shelf {
    /// The reason why a method failed.
    type Error;

    /// Returns the document with its records, under the actor ids that [`Shelf::set_actors`] gave.
    ///
    /// # Errors
    /// When the shelf cannot be read or written. This is true of all methods here.
    fn report(&mut self, document: i64) -> Result<Rc<Report>, Self::Error>;

    /// Returns the document without its text, and with no records but its agreements and positions.
    ///
    /// A shelf that does not implement this returns the whole report.
    fn brief(&mut self, document: i64) -> Result<Rc<Report>, Self::Error> {
        self.report(document)
    }

    /// Returns the entries of a key in their order, at most `limit` of them.
    fn entries(&mut self, kind: u8, key: u64, limit: Option<usize>) -> Result<Vec<Entry>, Self::Error>;
    /// Adds an entry to the list of a key.
    fn insert_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Self::Error>;
    /// Removes an entry from the list of a key.
    fn remove_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Self::Error>;

    /// Returns the size of a record that [`Shelf::set_size`] set.
    fn size(&mut self, kind: u8, item: Item) -> Result<Option<u32>, Self::Error>;
    /// Sets the size of a record, or forgets it.
    fn set_size(&mut self, kind: u8, item: Item, size: Option<u32>) -> Result<(), Self::Error>;

    /// Returns the edges of a record.
    fn edges(&mut self, kind: u8, item: Item) -> Result<Vec<Edge>, Self::Error>;
    /// Adds an edge. It replaces an earlier edge between the same two records.
    fn insert_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Self::Error>;
    /// Removes an edge.
    fn remove_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Self::Error>;

    /// Removes all links of `kind` that contain one of `members`, and adds `records`, each with its members.
    ///
    /// The members of a link are ids of records. Those of a story are documents, those of an agreement or a position
    /// are the records of single reports, and that of an actor is its own id.
    fn replace_links(
        &mut self,
        kind: Kind,
        members: &BTreeSet<RecordId>,
        records: Vec<(Record, Vec<RecordId>)>,
    ) -> Result<(), Self::Error>;

    /// Sets the documents that a document copies, and the first document of its group of copies (its origin).
    fn set_copies(
        &mut self,
        document: i64,
        copies: Vec<CopyOf>,
        origin: &DocumentId,
    ) -> Result<(), Self::Error>;
    /// Returns the origin of a document that [`Shelf::set_copies`] set.
    fn origin(&mut self, document: i64) -> Result<Option<DocumentId>, Self::Error>;

    /// Returns the totals of the mentions of an actor over all documents. The id is that of single documents' records.
    fn totals(&mut self, actor: &ActorId) -> Result<Option<Totals>, Self::Error>;
    /// Sets the totals of an actor, or forgets the actor. `surname` is the one that [`Shelf::namesakes`] looks for.
    fn set_totals(
        &mut self,
        actor: &ActorId,
        surname: Option<&str>,
        totals: Option<Totals>,
    ) -> Result<(), Self::Error>;
    /// Returns the actors with this surname, each with its totals.
    fn namesakes(&mut self, surname: &str) -> Result<BTreeMap<ActorId, Totals>, Self::Error>;
    /// Returns the documents that name an actor. The id is the one over all documents.
    fn documents_naming(&mut self, actor: &ActorId) -> Result<Vec<i64>, Self::Error>;
    /// Sets the actors that a document names, by their ids over all documents, and the ids of the document that become
    /// other ids.
    fn set_actors(
        &mut self,
        document: i64,
        actors: &BTreeSet<ActorId>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<(), Self::Error>;
    /// Sets the outline of a document, or removes it. `place` is its place on the line of time, by which
    /// [`Shelf::outlines`] finds it.
    fn set_outline(
        &mut self,
        document: i64,
        place: i64,
        outline: Option<&Outline>,
    ) -> Result<(), Self::Error>;
    /// Returns the number of outlines within `places`, at most `limit`.
    fn outline_count(&mut self, places: Range<i64>, limit: u64) -> Result<u64, Self::Error>;
    /// Returns the documents within `places` with their outlines, in any order.
    fn outlines(&mut self, places: Range<i64>) -> Result<Vec<(i64, Rc<Outline>)>, Self::Error>;
    /// Returns the story of a document.
    fn story(&mut self, document: i64) -> Result<Option<RecordId>, Self::Error>;
}
