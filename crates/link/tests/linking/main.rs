//! Reports linked in memory, kind by kind.

mod actors;
mod agreements;
mod copies;
mod happenings;
mod positions;
mod quotes;
mod stories;
