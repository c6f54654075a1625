//! Keepers: who holds, sentences or releases somebody, where the clause itself leaves it out.

use std::collections::BTreeMap;

use readout_record::{ActorId, ActorKind, Factuality, PloverCode};

use super::act::Act;
use super::lexicon::Lexicon;
use crate::acts::sides;
use crate::clause::reading::Reading;

/// The acts before and behind one, among which somebody is known to hold whom it names.
const ACTS_AROUND: usize = 64;

/// The least acts of holding and releasing by one side from which those without a doer are its own.
const SURE: usize = 2;
/// The least share of these acts that are that side's, as a fraction: the other side of an exchange may hold a few too.
const SHARE: usize = 3;
/// The denominator of that share.
const SHARE_OF: usize = 4;

/// Adds to acts of holding and releasing people who holds them, where the clause leaves it out: whoever `detained` them
/// elsewhere in the report, whose `custody` they are in, or the state whose courts and police act in it.
///
/// Only who holds somebody can let him go.
pub(super) fn add_keepers(reading: &Reading<'_>, acts: &mut [Act]) {
    // With the head of the act, those who hold and those who are held.
    let mut known: Vec<(u32, Vec<ActorId>, Vec<ActorId>)> = Vec::new();
    let mut open: Vec<(usize, Vec<ActorId>)> = Vec::new();
    for (number, act) in acts.iter_mut().enumerate().filter(|(_, act)| is_of_custody(act)) {
        let held = act.recipient_actors(reading);
        if act.actors(reading).is_empty() && act.doers.is_empty() {
            act.speakers = keepers_in_clause(reading, act);
            act.speakers.retain(|keeper| !held.contains(keeper));
        }
        let keepers = act.actors(reading);
        if keepers.is_empty() && act.doers.is_empty() {
            // Whoever arrested somebody need not be who sentences him.
            if act.code != PloverCode::Sanction {
                open.push((number, held));
            }
        } else if matches!(act.factuality, Factuality::Happened | Factuality::Ongoing)
            // Whoever bargains for prisoners or speaks of them need not hold them: a state, a body or a group does.
            && !keepers.iter().all(|keeper| is_person(reading, keeper))
            // Whoever swaps prisoners or secures a release need not hold whom it frees.
            && !reading.is(act.head, &["exchange", "swap", "trade", "secure", "win", "obtain", "negotiate"])
        {
            known.push((act.head, keepers, held));
        }
    }
    let alone = sole_keepers(&known);
    for (number, held) in open {
        let Some(act) = acts.get_mut(number) else { continue };
        let unnamed = !held.is_empty() && held.iter().all(ActorId::is_unnamed);
        let place = known.partition_point(|(head, ..)| *head < act.head);
        let near = place.saturating_sub(ACTS_AROUND)..(place + ACTS_AROUND).min(known.len());
        let nearest = known
            .get(near)
            .unwrap_or_default()
            .iter()
            .filter(|(_, keepers, others)| {
                (others.iter().any(|other| held.contains(other))
                    || unnamed && alone.as_ref() == Some(keepers))
                    && !keepers.iter().any(|keeper| held.contains(keeper))
            })
            .min_by_key(|(head, ..)| head.abs_diff(act.head));
        if let Some((_, keepers, _)) = nearest {
            act.speakers.clone_from(keepers);
            act.certainty *= 0.9;
        }
    }
}

/// Whether `actor` is a person.
fn is_person(reading: &Reading<'_>, actor: &ActorId) -> bool {
    reading.chain_of(actor).is_some_and(|chain| chain.kind == ActorKind::Person)
}

/// Returns those who hold or release in nearly all of the acts `known`, so that acts without a doer are theirs.
fn sole_keepers(known: &[(u32, Vec<ActorId>, Vec<ActorId>)]) -> Option<Vec<ActorId>> {
    let mut counts: BTreeMap<&[ActorId], usize> = BTreeMap::new();
    for (_, keepers, _) in known {
        *counts.entry(keepers).or_default() += 1;
    }
    let (keepers, times) = counts.into_iter().max_by_key(|(_, times)| *times)?;
    (times >= SURE && times * SHARE_OF >= known.len() * SHARE).then(|| keepers.to_vec())
}

/// Whether `act` is that somebody is taken, held, sentenced or let go.
fn is_of_custody(act: &Act) -> bool {
    act.content.is_none_or(|(_, code)| code == act.code)
        && matches!(
            (act.code, act.mode),
            (PloverCode::Coerce, Some("arrest"))
                | (PloverCode::Sanction, Some("convict"))
                | (PloverCode::Retreat, Some("release"))
        )
}

/// Returns those who by the words of the clause of `act` hold somebody: `released from Chadian custody`, `was jailed in
/// Chad`.
fn keepers_in_clause(reading: &Reading<'_>, act: &Act) -> Vec<ActorId> {
    let lexicon = Lexicon::shipped();
    let captivity = reading
        .after(act.head, &["from", "in"])
        .into_iter()
        .find(|&place| lexicon.is_in("captivity", reading.lemma(place)));
    if let Some(place) = captivity {
        return sides::agents(reading, place);
    }
    if !lexicon.is_in("lawful_deed", reading.lemma(act.head)) {
        return Vec::new();
    }
    let state = |at: u32| reading.chain(at).filter(|chain| chain.kind == ActorKind::State)?.state.as_deref();
    let there = reading.after(act.head, &["in"]).into_iter().find_map(state);
    there.map(ActorId::state).into_iter().collect()
}
