//! The parts of a language model, which its workers share.

use std::sync::{Arc, Mutex, PoisonError};

use readout_nn::Dense;

use super::embeddings::Embeddings;
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
    /// The embeddings that workers share. Those that are full are replaced, and gone when the last worker has let them go.
    pub(super) embeddings: Mutex<Arc<Embeddings>>,
}

impl Parts {
    /// Returns the embeddings that workers share now.
    pub(super) fn embeddings(&self) -> Arc<Embeddings> {
        Arc::clone(&self.embeddings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces `full`, unless another worker has done so.
    pub(super) fn renew_embeddings(&self, full: &Arc<Embeddings>) {
        let mut embeddings = self.embeddings.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&embeddings, full) {
            *embeddings = Arc::new(Embeddings::new());
        }
    }
}
