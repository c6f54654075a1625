//! The syntax of a text: tokens, tags, lemmas, the dependency tree, sentences and named entities.
//!
//! A [`LanguageModel`] runs spaCy's English pipelines natively and exactly, and its [`Worker`] gives a [`Syntax`]. The
//! methods of that answer questions about words: who acts ([`Syntax::doers`]), what is passive, where a clause ends.
//! All positions are bytes of the text. Nothing here knows news or names.

#![deny(clippy::indexing_slicing, clippy::string_slice)]

mod conllu;
mod grammar;
mod labels;
mod lost_letters;
mod model;
mod per_token;
mod phrases;
mod stored;
mod syntax;

pub use conllu::conllu;
pub use grammar::Shared;
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use model::{LanguageModel, LanguageModelError, Worker};
pub use per_token::PerToken;
pub use readout_nn::InstructionSet;
pub use stored::{StoredTree, StoredTreeError};
pub use syntax::{Entity, Row, Syntax, Token};
