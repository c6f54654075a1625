//! One file that holds documents and records.
//!
//! A [`Store`] is one SQLite file: reports in all their versions, the records of each, what they share, the words to
//! find them by, and a log of [`Operation`]s. Each document goes in with its records in one transaction, so that
//! killing the program at any moment loses nothing that was stored and leaves nothing half-stored. Nothing of SQL
//! shows: documents and records go in and come out, and errors are [`StoreError`]s that name the file.
//!
//! What stands in the file depends only on what was put into it and in which order: no clock, no random numbers.

mod coming;
mod ending;
mod error;
mod forgetting;
mod linking;
mod listing;
mod log;
mod members;
mod narrow;
mod overview;
mod page;
mod reading;
mod resolving;
mod rows;
mod search;
mod slice;
mod snippet;
mod store;
mod verify;
mod writing;

pub use ending::Ending;
pub use error::{Cause, StoreError, Unopened};
pub use linking::Linking;
pub use listing::ActorsWanted;
pub use log::{Filing, LoggedOperation, Operation};
pub use narrow::Narrow;
pub use overview::LastRead;
pub use page::{Listed, Page};
pub use reading::{Current, Head};
pub use search::{FacetCount, Facets, Hit, MOST_FOUND, MOST_TERMS};
pub use slice::{Scope, Slice};
pub use snippet::Piece;
pub use store::{Snapshot, Standing, Store};
pub use verify::Inspected;
pub use writing::{Origin, Stored};

/// The result of the methods here.
pub type Result<T> = std::result::Result<T, StoreError>;
