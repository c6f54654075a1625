//! The mentions of one actor, added up over documents.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::ids::slug;
use readout_record::{ActorKind, EvidenceSpan, Mention, Sector};
use serde::{Deserialize, Serialize};

/// The most passages that an office keeps as its evidence.
const EVIDENCE: usize = 5;

/// The totals of the mentions with one actor id, over all documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    pub(crate) mentions: u32,
    pub(crate) kinds: BTreeMap<ActorKind, u32>,
    pub(crate) states: BTreeMap<String, u32>,
    pub(crate) sectors: BTreeMap<Sector, u32>,
    /// Full names and names as they stand in the text.
    pub(crate) names: BTreeMap<String, u32>,
    pub(crate) aliases: BTreeMap<String, u32>,
    /// The offices, by the slug of their words.
    pub(crate) roles: BTreeMap<String, RoleTotals>,
}

/// The totals of the mentions of one actor in one office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RoleTotals {
    pub(crate) mentions: u32,
    pub(crate) texts: BTreeMap<String, u32>,
    /// The first [`EVIDENCE`] passages, by document and place.
    pub(crate) evidence: BTreeSet<EvidenceSpan>,
}

impl Totals {
    /// Adds a mention.
    pub(crate) fn add(&mut self, mention: &Mention) {
        fn count<T: Ord>(counts: &mut BTreeMap<T, u32>, value: T) {
            *counts.entry(value).or_default() += 1;
        }
        self.mentions += 1;
        count(&mut self.kinds, mention.actor_kind);
        if let Some(state) = &mention.state {
            count(&mut self.states, state.clone());
        }
        if let Some(sector) = mention.sector {
            count(&mut self.sectors, sector);
        }
        if !mention.name.is_empty() {
            count(&mut self.names, mention.name.clone());
        }
        let named = mention.named.then_some(mention.text.as_str());
        for alias in named.into_iter().chain([mention.name.as_str()]) {
            let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
            if !alias.is_empty() {
                count(&mut self.aliases, alias);
            }
        }
        if let Some(text) = &mention.role {
            let role = self.roles.entry(slug(text)).or_default();
            role.mentions += 1;
            count(&mut role.texts, text.clone());
            role.evidence.insert(EvidenceSpan {
                doc: mention.doc.clone(),
                spans: vec![mention.span],
                text: mention.text.clone(),
            });
            while role.evidence.len() > EVIDENCE {
                role.evidence.pop_last();
            }
        }
    }

    /// Adds what `other` counts.
    pub(crate) fn join(&mut self, other: &Self) {
        fn add<T: Ord + Clone>(counts: &mut BTreeMap<T, u32>, others: &BTreeMap<T, u32>) {
            for (value, count) in others {
                *counts.entry(value.clone()).or_default() += count;
            }
        }
        self.mentions += other.mentions;
        add(&mut self.kinds, &other.kinds);
        add(&mut self.states, &other.states);
        add(&mut self.sectors, &other.sectors);
        add(&mut self.names, &other.names);
        add(&mut self.aliases, &other.aliases);
        for (slug, theirs) in &other.roles {
            let role = self.roles.entry(slug.clone()).or_default();
            role.mentions += theirs.mentions;
            add(&mut role.texts, &theirs.texts);
            role.evidence.extend(theirs.evidence.iter().cloned());
            while role.evidence.len() > EVIDENCE {
                role.evidence.pop_last();
            }
        }
    }

    /// Subtracts `other`, which was joined before. Returns `false` if an office has lost passages that others should
    /// replace: then the totals must be added up again from the documents.
    pub(crate) fn subtract(&mut self, other: &Self) -> bool {
        fn take<T: Ord>(counts: &mut BTreeMap<T, u32>, others: &BTreeMap<T, u32>) {
            for (value, count) in others {
                if let Some(own) = counts.get_mut(value) {
                    *own = own.saturating_sub(*count);
                }
            }
            counts.retain(|_, count| *count > 0);
        }
        self.mentions = self.mentions.saturating_sub(other.mentions);
        take(&mut self.kinds, &other.kinds);
        take(&mut self.states, &other.states);
        take(&mut self.sectors, &other.sectors);
        take(&mut self.names, &other.names);
        take(&mut self.aliases, &other.aliases);
        let mut whole = true;
        for (slug, theirs) in &other.roles {
            let Some(role) = self.roles.get_mut(slug) else { continue };
            role.mentions = role.mentions.saturating_sub(theirs.mentions);
            take(&mut role.texts, &theirs.texts);
            role.evidence.retain(|passage| !theirs.evidence.contains(passage));
            whole &= role.evidence.len() >= EVIDENCE.min(role.mentions as usize);
        }
        self.roles.retain(|_, role| role.mentions > 0);
        whole
    }
}
