//! A sentence of a report as a claim is held against it.

use std::collections::BTreeSet;

use readout_record::ActorId;
use readout_text::ByteSpan;

use super::alike::{Alike, Relation};
use super::content::Claim;
use super::roles::Role;
use super::senses::{Term, keys_of, meant};

/// The share of a word's weight that counts when the sentence has one that means alike.
const ALIKE: f64 = 0.9;

/// The least share of a claim's words, by weight, that a sentence that says it has: the others are words of saying and of manner.
const HAS: f64 = 0.45;

/// The words of a sentence, as they are compared.
pub(super) struct Words {
    /// The keys of its words, of the names of those whom it means, and of its records.
    pub(super) keys: BTreeSet<String>,
    /// The senses of its words.
    senses: Vec<&'static Alike>,
}

impl Words {
    /// Returns the words of `text`.
    pub(super) fn of(text: &str) -> Self {
        Self { keys: keys_of(text), senses: meant(text).into_values().flatten().collect() }
    }

    fn relation(&self, term: &Term, claim: &Claim) -> Option<Relation> {
        term.relation(&claim.senses, &self.senses)
    }
}

/// A sentence, and who says it.
pub(super) struct Passage<'c> {
    /// The sentence as it is written.
    pub(super) text: &'c str,
    /// Whom its names, pronouns and descriptions mean, each with its bytes in the sentence and its name.
    pub(super) names: Vec<(ByteSpan, &'c ActorId, String)>,
    /// The words of the sentence.
    pub(super) sentence: Words,
    /// True if it is said by the one with whom the claim begins.
    pub(super) is_said_by_first: bool,
    /// True if a record of it tells the claim's deed.
    pub(super) is_recorded: bool,
}

/// The words of a claim that a passage has.
pub(super) struct Coverage {
    /// The words that the sentence lacks, in any form.
    pub(super) missing: Vec<String>,
    /// The share of the claim's words that the sentence has, by weight.
    pub(super) share: f64,
    /// True if the sentence lacks no word that says something.
    pub(super) bears: bool,
    /// True if the sentence has the contrary of a word that it lacks.
    pub(super) is_opposed: bool,
}

impl Passage<'_> {
    /// Returns the words of `claim` that the passage has, each with its `weight`.
    pub(super) fn coverage(&self, claim: &Claim, weight: impl Fn(&str) -> f64) -> Coverage {
        let mut found = Coverage { missing: Vec::new(), share: 0.0, bears: true, is_opposed: false };
        let (mut all, mut had) = (0.0, 0.0);
        let is_short = claim.is_short();
        for term in &claim.terms {
            let weight = weight(&term.stem);
            all += weight;
            if claim.has(term, &self.sentence.keys) {
                had += weight;
                continue;
            }
            let role = claim.role(term);
            let relation = self.sentence.relation(term, claim);
            if relation == Some(Relation::Alike) && !is_short {
                had += weight * ALIKE;
                continue;
            }
            found.missing.push(term.stem.clone());
            found.is_opposed |= relation == Some(Relation::Opposite) && role != Role::Name;
            found.bears &= claim.may_miss(term, self.is_said_by_first);
        }
        found.share = if all > 0.0 { had / all } else { 0.0 };
        found.bears &= !found.is_opposed && had >= HAS * all;
        found
    }
}
