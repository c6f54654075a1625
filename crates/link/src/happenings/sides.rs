//! The likeness of the sides of two records: who acts, on whom, who meets or agrees with whom.

use std::collections::BTreeSet;

use readout_record::{ActorId, PloverCode};

use super::occurrence::{DEAL, Occurrence};

/// Two participants in common, or doer and target.
pub(super) const SAME_SIDES: f64 = 2.5;
/// The states of two participants in common, one report naming the persons, the other the states.
pub(super) const SAME_STATES: f64 = 1.75;
/// Doer or target in common, the other unknown to one report.
pub(super) const ONE_SIDE: f64 = 1.5;
/// No side is known to both reports.
pub(super) const NO_SIDE: f64 = 0.5;

/// Returns the points for the sides of two records and the words for what agrees; `None` if the sides do not fit.
pub(super) fn sides(a: &Occurrence, b: &Occurrence) -> Option<(f64, &'static str)> {
    if a.meeting {
        return partners(
            a,
            b,
            &a.actors,
            &b.actors,
            "the same participants",
            "participants of the same states",
        );
    }
    if is_mutual(a) && is_mutual(b) {
        let all = |it: &Occurrence| it.actors.union(&it.recipients).cloned().collect::<BTreeSet<ActorId>>();
        let (left, right) = (all(a), all(b));
        if let Some(found) = partners(a, b, &left, &right, "the same sides", "sides of the same states")
            && found.0 >= SAME_STATES
        {
            return Some(found);
        }
    }
    let doer = fit(a, &a.actors, b, &b.actors)?;
    let target = fit(a, &a.recipients, b, &b.recipients)?;
    match (doer, target) {
        (true, true) => Some((SAME_SIDES, "the same sides")),
        (true, false) | (false, true) => Some((ONE_SIDE, "one side in common")),
        (false, false) => Some((NO_SIDE, "the same kind of event")),
    }
}

/// Returns the points for the partners `left` of `a` and `right` of `b`, who meet or agree, and the words for what agrees;
/// `None` if they do not fit.
fn partners(
    a: &Occurrence,
    b: &Occurrence,
    left: &BTreeSet<ActorId>,
    right: &BTreeSet<ActorId>,
    same: &'static str,
    states: &'static str,
) -> Option<(f64, &'static str)> {
    let common = left.intersection(right).count();
    if common >= 2 {
        return Some((SAME_SIDES, same));
    }
    let acting = left
        .iter()
        .filter(|it| !right.contains(*it))
        .filter(|it| stands_for(a, it, right) || right.iter().any(|other| is_state_of(b, other, it)))
        .count();
    // `The president met Korda` in one report, `Norland met Korda` in another.
    if common + acting >= 2 {
        return Some((if common > 0 { SAME_SIDES } else { SAME_STATES }, states));
    }
    // Two who act for one state are two: the minister's talks are none of the president's.
    if a.meeting && (has_rival(a, left, b, right) || has_rival(b, right, a, left)) {
        return None;
    }
    // `The two presidents met` in one report, `the US and Russia held talks` in another.
    if a.states.intersection(&b.states).count() >= 2 && (common == 1 || left.len().min(right.len()) <= 2) {
        let both = a.states == b.states && !a.meeting && acting > 0;
        return Some((if both { SAME_SIDES } else { SAME_STATES }, states));
    }
    // One report names some of the partners only.
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    match few.len() {
        0 => Some((NO_SIDE, "the same kind of meeting")),
        1 if many.len() >= 2 && common == 1 => Some((ONE_SIDE, "one side in common")),
        _ => None,
    }
}

/// Whether `left` of `a` has a person who is none of `right` of `b`, where another person acts for that state and the state
/// itself is not named.
fn has_rival(a: &Occurrence, left: &BTreeSet<ActorId>, b: &Occurrence, right: &BTreeSet<ActorId>) -> bool {
    let is_person = |it: &&ActorId| it.as_str().starts_with("person:");
    left.iter().filter(is_person).filter(|it| !right.contains(*it)).any(|it| {
        let Some(state) = a.state_of.get(it) else { return false };
        let mut rivals = right.iter().filter(is_person).filter(|other| !left.contains(*other));
        !right.contains(&ActorId::state(state)) && rivals.any(|other| b.state_of.get(other) == Some(state))
    })
}

/// Whether one of `others` is the state for which `member` of `of` acts.
fn stands_for(of: &Occurrence, member: &ActorId, others: &BTreeSet<ActorId>) -> bool {
    let state = of.state_of.get(member).map(|state| ActorId::state(state));
    state.is_some_and(|state| state != *member && others.contains(&state))
}

/// Whether `member` of `of` acts for the state `state`.
fn is_state_of(of: &Occurrence, member: &ActorId, state: &ActorId) -> bool {
    member != state && of.state_of.get(member).is_some_and(|own| ActorId::state(own) == *state)
}

/// Whether the sides `left` of `a` and `right` of `b` share a member, or one has the state for which a member of the other
/// acts; `None` if both are known and share none.
pub(super) fn fit(
    a: &Occurrence,
    left: &BTreeSet<ActorId>,
    b: &Occurrence,
    right: &BTreeSet<ActorId>,
) -> Option<bool> {
    if left.is_empty() || right.is_empty() {
        return Some(false);
    }
    let shared = !left.is_disjoint(right)
        || left.iter().any(|it| stands_for(a, it, right))
        || right.iter().any(|it| stands_for(b, it, left));
    shared.then_some(true)
}

/// Whether both sides do what is done: two who agree, or one who makes an instrument with another. Who promises something
/// to another is not agreed with.
pub(super) fn is_mutual(it: &Occurrence) -> bool {
    let both = it.actors.len() + it.recipients.len() >= 2 || !it.actors.is_empty() && it.states.len() >= 2;
    it.act == Some(PloverCode::Agree) && both && (it.actors.len() >= 2 || !it.words.is_disjoint(&DEAL))
}
