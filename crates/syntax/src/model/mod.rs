//! The language model: spaCy's English CNN pipelines, run natively and exactly.
//!
//! [`LanguageModel::from_files`] builds the model from the files of a spaCy v3 package (no I/O here: the caller hands
//! out bytes by name); a [`LanguageModel::worker`] turns texts into [`Syntax`]. Weights of spaCy and results of
//! spaCy: any difference is a bug. Layers are described in Honnibal and Montani's spaCy and in thinc's sources.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "sizes are checked when a model is loaded, and buffers and tokens are cut to them"
)]

mod config;
mod embeddings;
mod entities;
mod lemmatizer;
mod lexeme;
mod lexicon;
mod msgpack;
mod parser;
mod parts;
mod ruler;
mod strings;
mod thinc;
mod tok2vec;
mod tokenizer;
mod transition;
mod vectors;
mod worker;

use std::sync::{Arc, Mutex};
use std::thread;

use readout_nn::{Dense, InstructionSet};

use crate::labels::Tag;
use embeddings::Embeddings;
use entities::Recogniser;
use lemmatizer::Lemmatizer;
use lexeme::Norms;
use parser::Parser;
use parts::Parts;
use ruler::Ruler;
use strings::string_id;
use thinc::Layers;
use tok2vec::Tok2Vec;
use tokenizer::Tokenizer;
use vectors::Vectors;
pub use worker::Worker;

#[cfg(doc)]
use crate::Syntax;

/// Why files do not make a language model.
#[derive(Debug, thiserror::Error)]
pub enum LanguageModelError {
    /// A file is not there.
    #[error("the model has no file {0}")]
    Missing(&'static str),
    /// A file is broken.
    #[error("{file}: {what}")]
    Malformed {
        /// Its name within the model.
        file: &'static str,
        /// Description of the fault.
        what: String,
    },
    /// The model is of a kind that is not supported.
    #[error("the model is not supported: {0}")]
    Unsupported(String),
}

/// A language model: immutable, cheap to clone, shared between threads.
#[derive(Clone, Debug)]
pub struct LanguageModel(Arc<Parts>);

impl LanguageModel {
    /// The files of a model that are read, by their names relative to its root.
    pub const FILES: [&'static str; 14] = [
        "config.cfg",
        "tokenizer",
        "tok2vec/model",
        "tagger/model",
        "tagger/cfg",
        "parser/model",
        "parser/moves",
        "ner/model",
        "ner/moves",
        "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin",
        "vocab/lookups.bin",
        "vocab/vectors",
        "vocab/key2row",
    ];

    /// Builds the model from the files of a spaCy v3 package, which `file` gives by the names in [`Self::FILES`].
    ///
    /// # Errors
    /// When a file is missing or broken, or the pipeline is of another kind than tok2vec, tagger, parser,
    /// attribute ruler, lemmatizer and entity recogniser of the English CNN models.
    pub fn from_files<'f>(file: &dyn Fn(&str) -> Option<&'f [u8]>) -> Result<Self, LanguageModelError> {
        Self::with_instructions(file, InstructionSet::detect())
    }

    /// As [`Self::from_files`], on given vector instructions, for tests and benches. Results do not depend on them.
    ///
    /// # Errors
    /// As [`Self::from_files`].
    pub fn with_instructions<'f>(
        file: &dyn Fn(&str) -> Option<&'f [u8]>,
        instructions: InstructionSet,
    ) -> Result<Self, LanguageModelError> {
        let get = |name: &'static str| file(name).ok_or(LanguageModelError::Missing(name));
        let wrong = |file| move |what: &str| LanguageModelError::Malformed { file, what: what.to_owned() };
        config::check(get("config.cfg")?).map_err(LanguageModelError::Unsupported)?;
        let rules = get("tokenizer")?;
        // The rules of the tokenizer take as long to make ready as the tables.
        thread::scope(|scope| {
            let tokenizer = scope.spawn(move || Tokenizer::read(rules));
            let vectors = Vectors::read(get("vocab/vectors")?, get("vocab/key2row")?).ok_or_else(|| {
                wrong("vocab/vectors")("not a table of 32-bit vectors with its map of words")
            })?;
            let encoder = |name: &'static str| -> Result<(Layers<'f>, Tok2Vec), LanguageModelError> {
                let layers = Layers::read(get(name)?).ok_or_else(|| wrong(name)("not a thinc model"))?;
                let tok2vec = Tok2Vec::read(&layers, &vectors, instructions)
                    .map_err(|what| LanguageModelError::Unsupported(format!("{name}: {what}")))?;
                Ok((layers, tok2vec))
            };
            let (_, tok2vec) = encoder("tok2vec/model")?;
            let (entity_layers, entity_tok2vec) = encoder("ner/model")?;
            let (tags, tagger) =
                tagger(get("tagger/cfg")?, get("tagger/model")?, instructions, tok2vec.width())
                    .map_err(LanguageModelError::Unsupported)?;
            let parser =
                Parser::read(get("parser/model")?, get("parser/moves")?, instructions, tok2vec.width())
                    .map_err(LanguageModelError::Unsupported)?;
            let entities =
                Recogniser::read(&entity_layers, get("ner/moves")?, instructions, entity_tok2vec.width())
                    .map_err(LanguageModelError::Unsupported)?;
            let ruler = Ruler::read(get("attribute_ruler/patterns")?)
                .map_err(|what| LanguageModelError::Malformed { file: "attribute_ruler/patterns", what })?;
            let lemmatizer = Lemmatizer::read(get("lemmatizer/lookups/lookups.bin")?)
                .ok_or_else(|| wrong("lemmatizer/lookups/lookups.bin")("not spaCy's tables"))?;
            let norms = norms(get("vocab/lookups.bin")?)
                .ok_or_else(|| wrong("vocab/lookups.bin")("no table of norms"))?;
            let tokenizer = tokenizer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let tokenizer = tokenizer.map_err(wrong("tokenizer"))?;
            Ok(Self(Arc::new(Parts {
                tokenizer,
                norms,
                vectors,
                tok2vec,
                tagger,
                tags,
                parser,
                entity_tok2vec,
                entities,
                ruler,
                lemmatizer,
                embeddings: Mutex::new(Arc::new(Embeddings::new())),
            })))
        })
    }

    /// A worker with its own caches; one for each thread.
    pub fn worker(&self) -> Worker {
        Worker::new(Arc::clone(&self.0))
    }
}

fn tagger(
    cfg: &[u8],
    model: &[u8],
    instructions: InstructionSet,
    token_width: usize,
) -> Result<(Vec<Tag>, Dense), String> {
    let cfg: serde_json::Value =
        serde_json::from_slice(cfg).map_err(|error| format!("tagger/cfg: {error}"))?;
    let tags = cfg["labels"]
        .as_array()
        .ok_or("tagger/cfg has no labels")?
        .iter()
        .map(|tag| tag.as_str().and_then(Tag::from_name).ok_or_else(|| format!("the tag {tag}")))
        .collect::<Result<Vec<_>, _>>()?;
    if tags.is_empty() {
        return Err("tagger/cfg has no labels".to_owned());
    }
    let layers = Layers::read(model).ok_or("tagger/model is not a thinc model")?;
    let dense = layers.named("softmax").first().and_then(|&node| {
        let weights = layers.array(node, "W", 2)?;
        let bias = layers.array(node, "b", 1)?;
        (weights.shape == [tags.len(), token_width])
            .then(|| Dense::linear(instructions, &weights.data, &bias.data, tags.len(), token_width))?
    });
    Ok((tags, dense.ok_or("tagger/model has no output layer of the right size")?))
}

fn norms(file: &[u8]) -> Option<Norms> {
    let value = msgpack::read(file)?;
    let Some(table) = value.get("lexeme_norm") else { return Some(Norms::default()) };
    table.map()?.iter().map(|(word, norm)| Some((word.number()?, string_id(norm.text()?)))).collect()
}
