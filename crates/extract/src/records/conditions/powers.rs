//! Those between whom conditions are set: states, armed groups, bodies, and who acts for them.

use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, Pos};

use crate::clause::reading::Reading;
use crate::words::conditions;

/// Sectors of those who act for a state, a body of states, a party to a conflict or a political party.
const PARTIES: &[Sector] = &[
    Sector::Government,
    Sector::Military,
    Sector::Legislature,
    Sector::Police,
    Sector::Intelligence,
    Sector::Judiciary,
    Sector::Party,
    Sector::Opposition,
    Sector::Rebels,
    Sector::Militia,
    Sector::UnknownArmed,
    Sector::Breakaway,
    Sector::BodyOfStates,
    Sector::Elite,
];

/// Whether `actor` is one of those between whom conditions are set.
pub(crate) fn is_party(reading: &Reading<'_>, actor: &ActorId) -> bool {
    if actor.starts_with("state:") || actor.starts_with("group:") {
        return true;
    }
    let Some(chain) = reading.chain_of(actor) else { return false };
    let sector = chain.sector.is_some_and(|sector| PARTIES.contains(&sector));
    match chain.kind {
        ActorKind::State | ActorKind::ArmedGroup | ActorKind::Office => true,
        ActorKind::Outlet | ActorKind::Place => false,
        ActorKind::Organisation | ActorKind::Unnamed => sector && chain.sector != Some(Sector::Elite),
        ActorKind::Person => sector || !chain.roles.is_empty() && chain.state.is_some(),
    }
}

/// Returns the state that a person calls his by the noun `head`: `her government`, `our country`.
pub(crate) fn own_state(reading: &Reading<'_>, head: u32) -> Option<ActorId> {
    let whose = reading.children_by(head, &[Dep::Poss]).find(|&it| reading.pos(it) == Pos::Pron)?;
    if !reading.is(head, &conditions::COUNTRY) {
        return None;
    }
    let first = reading.is(whose, &["my", "our"]);
    let speaker = reading.statement_of(head).filter(|_| first).map(|it| it.speaker.as_slice());
    let [person] = speaker.unwrap_or_else(|| reading.named(whose)) else { return None };
    let chain = reading.chain_of(person)?;
    // A candidate or a scholar speaks of it, and not for it.
    let holds = is_party(reading, person) && matches!(chain.kind, ActorKind::Person | ActorKind::Office);
    chain.state.as_ref().filter(|_| holds).map(|state| ActorId::state(state))
}

/// Whether `actor` is a state, an armed group or a body of states.
pub(crate) fn is_power(reading: &Reading<'_>, actor: &ActorId) -> bool {
    actor.starts_with("state:")
        || actor.starts_with("group:")
        || reading.chain_of(actor).is_some_and(|chain| {
            chain.kind == ActorKind::Organisation && chain.sector == Some(Sector::BodyOfStates)
        })
}
