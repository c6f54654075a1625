//! Events: who did what to whom, coded by PLOVER 2.

use readout_record::{ActorId, Event, Factuality, PloverCode};
use readout_syntax::{Dep, EntityLabel, Tag};

use crate::acts::{Act, Lexicon};
use crate::clause::place::act_place;
use crate::clause::reach::CLAUSE_TOKENS;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;

/// The events among `acts` that are neither meetings nor incidents, each with its predicate, in order.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<(u32, Event)> {
    let mut found: Vec<(u32, Event)> = Vec::new();
    for act in acts {
        if act.code == PloverCode::Consult || act.is_incident(reading) {
            continue;
        }
        let mut actor = act.actors(reading);
        let mut recipient = act.recipient_actors(reading);
        if act.mutual && recipient.len() + actor.len() > 1 {
            actor.append(&mut recipient);
        } else {
            let own: Vec<ActorId> =
                actor.iter().filter(|other| !act.is_within(reading, other)).cloned().collect();
            recipient.retain(|other| !own.contains(other) && !is_home_of(reading, act, other, &own));
        }
        let mut certainty = act.certainty;
        if actor.is_empty() && recipient.is_empty() {
            actor = both_sides(reading, act);
            certainty *= 0.8;
        }
        // Of nobody known to nobody known: no event of a record, unless people at least are said to act.
        if actor.is_empty() && recipient.is_empty() && !by_people(reading, act) {
            continue;
        }
        let span = reading.clause(act.head);
        let event = Event {
            evidence: reading.evidence("event", act.code.as_str(), span, act.rule.clone(), certainty),
            code: Some(act.code),
            mode: act.mode.map(str::to_owned),
            context: contexts(reading, act),
            cameo: act.cameo.map(str::to_owned),
            actor,
            recipient,
            actor_spans: act.actor_spans(reading),
            recipient_spans: act.recipient_spans(reading),
            time: act_time(reading, act.head, span),
            place: act_place(reading, act.head),
            factuality: if act.operator == Some("start")
                && act.factuality == Factuality::Happened
                && !is_long_past(reading, act)
            {
                Factuality::Ongoing
            } else {
                act.factuality
            },
            reported_by: reading.reported_by(act.head),
            happening: None,
        };
        found.push((act.head, event));
    }
    found
}

/// Whether the verb of `act` is in the past perfect: what `had begun` need not go on.
fn is_long_past(reading: &Reading<'_>, act: &Act) -> bool {
    reading
        .children_by(act.head, &[Dep::Aux])
        .any(|aux| reading.tag(aux) == Tag::Vbd && reading.is(aux, &["have"]))
}

/// Whether `place` is the state of those who move troops, `own`, or of the place where people protest: neither is against it.
fn is_home_of(reading: &Reading<'_>, act: &Act, place: &ActorId, own: &[ActorId]) -> bool {
    let Some(state) = place.state_code() else { return false };
    let is_own = |actor: &ActorId| {
        actor.state_code() == Some(state)
            || reading.chain_of(actor).is_some_and(|chain| chain.state.as_deref() == Some(state))
    };
    let by_place = || {
        act.recipients
            .iter()
            .all(|&head| reading.chain(reading.substance(head)).is_some_and(|chain| chain.place))
    };
    match act.code {
        PloverCode::Mobilize => own.iter().any(is_own),
        PloverCode::Protest => by_place(),
        _ => false,
    }
}

/// Returns speaker and addressee of the statement around `act` if `they` or `we` cooperate or agree in it.
fn both_sides(reading: &Reading<'_>, act: &Act) -> Vec<ActorId> {
    let pronouns = act.doers.iter().all(|&head| reading.is(head, &["they", "we"]));
    if !matches!(act.code, PloverCode::Cooperate | PloverCode::Agree) || !pronouns {
        return Vec::new();
    }
    let Some(statement) = reading.statement_of(act.head) else {
        return Vec::new();
    };
    if statement.speaker.is_empty() || statement.addressee.is_empty() {
        return Vec::new();
    }
    statement.speaker.iter().chain(&statement.addressee).cloned().collect()
}

/// Whether those who act are people or forces, if unnamed ones: `protesters`, `troops`.
fn by_people(reading: &Reading<'_>, act: &Act) -> bool {
    let lexicon = Lexicon::shipped();
    act.doers.iter().any(|&head| {
        let head = reading.substance(head);
        let lemma = reading.lemma(head);
        let label = reading.syntax.entity_at(head).map(|entity| entity.label);
        if matches!(
            label,
            Some(EntityLabel::Person | EntityLabel::Norp | EntityLabel::Org | EntityLabel::Gpe)
        ) {
            return true;
        }
        ["human", "person", "troops", "police_word"].iter().any(|class| lexicon.is_in(class, lemma))
    })
}

/// The PLOVER contexts of an act: its own, then those that words of its clause show.
pub(crate) fn contexts(reading: &Reading<'_>, act: &Act) -> Vec<String> {
    let lexicon = Lexicon::shipped();
    let mut found: Vec<String> = act.context.iter().map(|context| (*context).to_owned()).collect();
    let span = reading.clause(act.head);
    for at in reading.syntax.tokens_in(span).take(CLAUSE_TOKENS) {
        for context in lexicon.contexts(&reading.lemma(at).to_lowercase()) {
            if !found.iter().any(|known| known == context) {
                found.push((*context).to_owned());
            }
        }
    }
    found
}
