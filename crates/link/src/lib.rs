//! Records of many documents in, what they share out: copies, actors, quotes, happenings, agreements, stories.
//!
//! Linking never changes a record of one document and does not depend on the order of its input. What it knows it keeps
//! on a [`Shelf`], so that a report that comes or goes costs what it touches ([`update`]).

mod actors;
mod agreements;
mod alignment;
mod around;
mod average_link;
mod background;
mod blocks;
mod clusters;
mod copies;
mod gatherings;
mod happenings;
mod hash;
mod judged;
mod links;
mod matter;
mod memory;
mod positions;
mod quotes;
mod report;
mod shelf;
mod stories;
mod update;
mod words;

pub use crate::average_link::Groups;
pub use crate::links::{Copies, Links};
pub use crate::memory::{copies, link, stories};
pub use crate::report::Report;
pub use crate::shelf::{Edge, Entry, Item, Outline, Shelf, Totals};
pub use crate::update::update;
