//! The sorts of candidates, with what is known for each.

use std::collections::BTreeSet;

use crate::mentions::nominals::{Article, Description, Pronoun};

/// The sort of a candidate, with what is known for that sort.
#[derive(Clone, Debug)]
pub(super) enum Sort {
    Name,
    Described(Description),
    Thing(Thing),
    /// Head tokens of the members.
    List(Vec<u32>),
    Pronoun(Pronoun),
}

/// The parts of a phrase that names a thing, by which it is resolved.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) article: Article,
    /// Lemma of the head noun, in lower case.
    pub(super) lemma: String,
    /// Lemmas of the words that distinguish it from others of its sort: adjectives, nouns before it, nouns after `of`.
    pub(super) modifiers: BTreeSet<String>,
    /// The token that owns it.
    pub(super) owner: Option<u32>,
    /// Its words, where they are a name.
    pub(super) name: Option<String>,
}
