//! Records on a shelf, the lists that lead to them, and the edges between them.

/// A record: which document of the shelf, and which of its records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The shelf's number of the document.
    pub document: i64,
    /// The place among the document's records of the kind.
    pub number: u32,
}

/// One line of the list of a key. Lists are in the order of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Day of publication, counted from 1 January 1970; the undated have the last day there is.
    pub day: i32,
    /// A hash of the document's id, so that the order does not depend on when it came.
    pub rank: i64,
    /// The record.
    pub item: Item,
}

/// Two records that a comparison found alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The record of the earlier report.
    pub earlier: Item,
    /// The record of the later report.
    pub later: Item,
    /// The strength of the likeness, in the units of the kind of link.
    pub strength: f64,
    /// A note of the kind of link, which only this kind reads.
    pub note: String,
}
