//! The parts of a language model, which its workers share.

use readout_nn::Dense;

use super::entities::Recogniser;
use super::lemmatizer::Lemmatizer;
use super::lexeme::Norms;
use super::parser::Parser;
use super::ruler::Ruler;
use super::tok2vec::Tok2Vec;
use super::tokenizer::Tokenizer;
use super::vectors::Vectors;
use crate::labels::Tag;

/// The parts of a language model.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) tokenizer: Tokenizer,
    pub(super) norms: Norms,
    pub(super) vectors: Vectors,
    pub(super) tok2vec: Tok2Vec,
    pub(super) tagger: Dense,
    pub(super) tags: Vec<Tag>,
    pub(super) parser: Parser,
    pub(super) entity_tok2vec: Tok2Vec,
    pub(super) entities: Recogniser,
    pub(super) ruler: Ruler,
    pub(super) lemmatizer: Lemmatizer,
}
