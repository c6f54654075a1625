//! An incident as it is gathered from the places that tell of it.

use readout_record::Incident;

/// An incident with the places where the report tells it.
pub(crate) struct Telling {
    /// The predicates that tell it, in order.
    pub(crate) heads: Vec<u32>,
    /// The word of each predicate that names the deed: `attack` in `carried out the attack`.
    pub(super) nouns: Vec<u32>,
    /// The incident.
    pub(crate) incident: Incident,
}

impl Telling {
    /// Returns the first predicate that tells the incident.
    pub(super) fn head(&self) -> u32 {
        self.heads.first().copied().unwrap_or_default()
    }

    /// Returns the last predicate that tells the incident.
    pub(super) fn last(&self) -> u32 {
        self.heads.last().copied().unwrap_or_default()
    }

    /// Returns the word that names the deed where it is told first.
    pub(super) fn noun(&self) -> u32 {
        self.nouns.first().copied().unwrap_or_default()
    }
}

/// Whether nothing is known of the incident but that it was: neither who did or claims it, nor to whom, where or with what toll.
pub(super) fn is_bare(it: &Incident) -> bool {
    it.actor.is_empty()
        && it.recipient.is_empty()
        && it.killed.is_none()
        && it.injured.is_none()
        && it.place.is_none()
        && it.claimed_by.is_empty()
}
