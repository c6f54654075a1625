//! Sides of instruments: the states, organisations and groups for which those who make one act.

use std::collections::BTreeSet;

use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, Tag};

use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::records::commitments::actors;
use crate::words::agreements;

/// Returns the state that the person or office `actor` acts for, or `actor` itself.
pub(super) fn state_or_self(reading: &Reading<'_>, actor: &ActorId) -> ActorId {
    let chain = reading.chain_of(actor);
    let official = chain.filter(|chain| {
        matches!(chain.kind, ActorKind::Person | ActorKind::Office)
            || matches!(chain.kind, ActorKind::Organisation | ActorKind::Unnamed)
                && matches!(chain.sector, Some(Sector::Government | Sector::Legislature | Sector::Military))
    });
    official
        .and_then(|chain| chain.state.as_ref())
        .map_or_else(|| actor.clone(), |state| ActorId::state(state))
}

/// Returns the actors behind `heads`, and those whom the adjectives before a plural or the names behind it tell: `between the Chadian and
/// Malian presidents`, `officials from Chad and Mali`.
pub(super) fn of_heads(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    for &head in heads {
        let mut words: Vec<u32> = Vec::new();
        if matches!(reading.tag(head), Tag::Nns | Tag::Nnps) {
            for word in reading.children_by(head, &[Dep::Amod, Dep::Compound, Dep::Nmod]) {
                reading.add_list(word, &mut words);
            }
        }
        // `officials from Chad and Mali`
        if matches!(reading.tag(head), Tag::Nns)
            && (reading.is(head, &agreements::SIDE) || reading.is(head, &agreements::SENT))
        {
            words.extend(reading.after(head, &["from", "of"]));
        }
        let named: Vec<ActorId> = words.iter().flat_map(|&word| reading.named(word).to_vec()).collect();
        let several = named.iter().filter(|actor| actor.state_code().is_some()).count() > 1;
        if several {
            add_once(&mut found, named);
        } else {
            add_once(&mut found, actors(reading, &[head]));
        }
    }
    found
}

/// Returns the powers that the instrument `at` is said to involve: `a deal involving Chad and Mali`, `an accord that involved Chad`.
pub(super) fn involved(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let verbs =
        reading.children_by(at, &[Dep::Acl, Dep::Relcl]).filter(|&verb| reading.is(verb, &["involve"]));
    let objects: Vec<u32> =
        verbs.filter(|&verb| !reading.is_passive(verb)).flat_map(|verb| reading.objects(verb)).collect();
    let mut found = of_heads(reading, &objects);
    found.retain(|actor| acts_for_power(reading, actor));
    found
}

/// Whether `actor` is a state or an armed group, or governs a state: whose a deal is has made it.
pub(super) fn is_maker(reading: &Reading<'_>, actor: &ActorId) -> bool {
    let governs = || {
        let chain = reading.chain_of(actor)?;
        let sector = chain.kind == ActorKind::Office || chain.sector == Some(Sector::Government);
        chain.state.as_ref().filter(|_| sector)
    };
    actor.starts_with("state:") || actor.starts_with("group:") || governs().is_some()
}

/// Whether `actor` is a state, organisation or group, or acts for a state.
pub(super) fn acts_for_power(reading: &Reading<'_>, actor: &ActorId) -> bool {
    let side = state_or_self(reading, actor);
    ["state:", "org:", "group:"].iter().any(|kind| side.starts_with(kind))
}

/// Returns the number of states, organisations and groups among the parties, with those whom officials act for; none if a
/// private person is among them.
pub(super) fn diplomatic(reading: &Reading<'_>, parties: &[ActorId]) -> usize {
    let all: BTreeSet<ActorId> =
        parties.iter().map(|it| state_or_self(reading, it)).filter(|it| !it.is_unnamed()).collect();
    if all.iter().any(|actor| actor.starts_with("person:")) { 0 } else { all.len() }
}

/// Returns the parties with states for those who act for them, where that leaves more than one: rivals within a state
/// stay who they are.
pub(super) fn as_states(reading: &Reading<'_>, parties: &[ActorId], core: &[ActorId]) -> Vec<ActorId> {
    let mut states: Vec<ActorId> = Vec::new();
    // `the two leaders`, `negotiators`: who they are, their description does not say. `Between Chad and the rebels` does.
    let known = |party: &&ActorId| {
        !party.is_unnamed() || core.contains(*party) || state_or_self(reading, party) != **party
    };
    let parties: Vec<ActorId> = parties.iter().filter(known).cloned().collect();
    for party in &parties {
        add_once(&mut states, [state_or_self(reading, party)]);
    }
    let persons = parties.iter().filter(|party| party.starts_with("person:")).count();
    if states.len() == 1 && persons > 1 { parties } else { states }
}
