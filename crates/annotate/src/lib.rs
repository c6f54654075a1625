//! Annotations of a text, before anything is read out of it.
//!
//! [`parse`] gives a text's [`Syntax`](readout_syntax::Syntax), by the language model. [`annotate`] adds what Readout's own reading needs:
//! [`Quotation`] marks, [`Attribution`]s (source, cue, content), [`TimeExpression`]s, and [`Mention`]s in [`Chain`]s of
//! who is who. All positions are bytes of the document's text. Nothing here fails: what could not be done is a note.

#![deny(clippy::indexing_slicing, clippy::string_slice)]

mod annotations;
pub mod attribution;
pub mod mentions;
pub mod quotations;
mod stand_ins;
pub mod times;

pub use annotations::{Annotations, annotate};
pub use attribution::Attribution;
pub use mentions::{Chain, Mention, MentionForm, Mentions};
pub use quotations::Quotation;
pub use stand_ins::parse;
pub use times::TimeExpression;
