//! Acts: the predicates of a text with their sides, by the event lexicon, before it is decided what records they become.

mod act;
pub(crate) mod candidates;
pub(crate) mod frame;
pub(crate) mod instruments;
mod joined;
mod judgement;
mod keepers;
pub(crate) mod keys;
pub(crate) mod lexicon;
mod menace;
mod occurrence;
pub(crate) mod predicates;
mod recipients;
pub(crate) mod sides;
mod speech;
mod told_before;
mod violence;

pub(crate) use act::Act;
pub(crate) use lexicon::Lexicon;
