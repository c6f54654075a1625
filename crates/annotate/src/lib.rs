//! What is seen in a text before anything is read out of it.
//!
//! [`Syntax`] holds tokens, tags, lemmas, the dependency tree, sentences and named entities, as the language model
//! gives them. [`annotate`] adds what Readout's own reading needs: [`Quotation`] marks, [`Attribution`]s (source, cue,
//! content), [`TimeExpression`]s, and [`Mention`]s in [`Chain`]s of who is who. All positions are bytes of the
//! document's text. Nothing here fails: what could not be done is a note.

#![deny(clippy::indexing_slicing, clippy::string_slice)]

mod annotations;
pub mod attribution;
mod grammar;
pub mod labels;
pub mod mentions;
mod model;
mod per_token;
pub mod quotations;
mod stand_ins;
mod syntax;
pub mod times;

pub use annotations::{Annotations, annotate};
pub use attribution::Attribution;
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use mentions::{Chain, Mention, MentionForm, Mentions};
pub use model::{LanguageModel, LanguageModelError, Worker};
pub use per_token::PerToken;
pub use quotations::Quotation;
pub use readout_nn::InstructionSet;
pub use syntax::{Entity, Row, Syntax, Token};
pub use times::TimeExpression;
