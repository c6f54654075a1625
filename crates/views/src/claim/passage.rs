//! A sentence of a report as a claim is held against it, with what stands around it.

use std::collections::BTreeSet;

use super::alike::{Alike, Relation};
use super::content::Claim;
use super::roles::Role;
use super::senses::{Term, keys_of, meant};

/// The share of a word's weight that counts when the sentence has one that means alike, and that of a name that stands near the
/// sentence. Chosen on claims that people wrote.
const ALIKE: f64 = 0.9;
const NEARBY: f64 = 0.5;

/// The least share of a claim's words, by weight, that a sentence that says it has with what stands around it.
const SAYS: f64 = 0.66;

/// The least share of a claim's words, by weight, that such a sentence has itself.
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

/// The words of a sentence and of what stands around it.
pub(super) struct Passage {
    /// The words of the sentence.
    pub(super) sentence: Words,
    /// The keys of the report's title and head, of the sentence's paragraph, and of its neighbours.
    pub(super) near: BTreeSet<String>,
    /// True if it is said by the one with whom the claim begins.
    pub(super) is_said_by_first: bool,
}

/// The words of a claim that a passage has.
pub(super) struct Coverage {
    /// The words that the sentence lacks, in any form.
    pub(super) missing: Vec<String>,
    /// The share of the claim's words that the sentence has, by weight.
    pub(super) share: f64,
    /// True if what the sentence lacks is not what the claim says, or is said around it.
    pub(super) bears: bool,
    /// True if the sentence has the contrary of a word that it lacks.
    pub(super) is_opposed: bool,
}

impl Passage {
    /// Returns the words of `claim` that the passage has, each with its `weight`.
    pub(super) fn coverage(&self, claim: &Claim, weight: impl Fn(&str) -> f64) -> Coverage {
        let mut found = Coverage { missing: Vec::new(), share: 0.0, bears: true, is_opposed: false };
        let (mut all, mut needed, mut had, mut told) = (0.0, 0.0, 0.0, 0.0);
        let is_short = claim.is_short();
        for term in &claim.terms {
            let weight = weight(&term.stem);
            all += weight;
            needed += weight;
            if claim.has(term, &self.sentence.keys) {
                had += weight;
                told += weight;
                continue;
            }
            let role = claim.role(term);
            let relation = self.sentence.relation(term, claim);
            if relation == Some(Relation::Alike) && !is_short {
                had += weight * ALIKE;
                told += weight * ALIKE;
                continue;
            }
            found.missing.push(term.stem.clone());
            found.is_opposed |= relation == Some(Relation::Opposite) && role != Role::Name;
            let is_near = claim.has(term, &self.near) && !claim.places.contains(&term.stem);
            if claim.may_miss(term, self.is_said_by_first) {
                needed -= weight;
            } else if is_near && role == Role::Name {
                told += weight * NEARBY;
            } else {
                found.bears = false;
            }
        }
        found.share = if all > 0.0 { had / all } else { 0.0 };
        found.bears &= !found.is_opposed && told >= SAYS * needed && had >= HAS * all;
        found
    }
}
