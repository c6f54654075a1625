//! Conditions: if this, then that; who sets it, to whom, and whether it promises, threatens or demands.
//!
//! [`constructions`] finds the two sides, [`parties`] whose acts they are, [`tone`] what the one is to the other. What is of no
//! party is no record.

use readout_lexicon::rule;
use readout_record::{ActorId, Agreement, Condition, Event, Factuality, Part, PloverCode, RecordId, Tone};
use readout_syntax::Tag;
use readout_text::{ByteSpan, CharSpan};

use crate::acts::sides;
use crate::acts::{Act, Lexicon};
use crate::clause::reading::Reading;

mod bargains;
mod clauses;
mod constructions;
mod extent;
mod parties;
mod parts;
mod phrases;
mod powers;
mod pronouns;
mod tone;
mod unreal;

use parties::Parties;
pub(crate) use parties::is_first_person;
use parts::Parts;
pub(crate) use powers::{is_party, is_power, own_state};

/// Parties of an instrument that together put its terms, at most.
const MANY: usize = 7;

/// A condition and the tokens of its two heads.
pub(crate) struct Found {
    /// The record.
    pub(crate) condition: Condition,
    /// The whole passage.
    span: ByteSpan,
    /// The predicate of what follows.
    pub(crate) consequence: u32,
    /// Whether the consequence is what an instrument provides for.
    of_instrument: bool,
}

/// The conditions of a document.
#[derive(Default)]
pub(crate) struct Conditions {
    /// The conditions between parties, in order.
    pub(crate) found: Vec<Found>,
    /// The words of all premises and consequences, whoever acts: what they name has not come about.
    pub(crate) supposed: Vec<CharSpan>,
}

/// The conditions of the document, in order.
pub(crate) fn find(
    reading: &Reading<'_>,
    acts: &[Act],
    id_of: &dyn Fn(u32, u32) -> Option<RecordId>,
) -> Conditions {
    let mut conditions = Conditions::default();
    for at in 0..reading.syntax.len() {
        let Some(parts) = constructions::read(reading, at) else { continue };
        if !parts.is_of_deeds() {
            let sides = [parts.premise, parts.consequence];
            conditions.supposed.extend(sides.map(|span| reading.offsets.to_chars(span)));
        }
        if is_of_the_past(reading, &parts) || unreal::is_unreal(reading, &parts) {
            continue;
        }
        let mut parties = Parties::of(reading, &parts);
        let mut tone = tone::of(reading, acts, &parts, &parties);
        if parts.of_instrument && tone == Tone::Dependency {
            tone = tone::of_term(reading, acts, &parts);
        }
        // Who only foresees something puts it to nobody who might act on it.
        if tone == Tone::Dependency {
            parties.to.clone_from(&parties.told);
        }
        if parties.bear(reading, acts, &parts, tone) {
            conditions.found.push(record(reading, &parts, parties, tone, id_of));
        }
    }
    conditions
}

/// Whether nobody can act on it any more: `had they left`, `would have left`.
fn is_of_the_past(reading: &Reading<'_>, parts: &Parts) -> bool {
    [parts.premise_head, parts.consequence_head].into_iter().any(|head| {
        reading.is_verb(head)
            && reading.tag(head) == Tag::Vbn
            && reading.children(head).iter().any(|&aux| {
                reading.is(aux, &["have"])
                    && aux < head
                    && (reading.tag(aux) == Tag::Vbd
                        || reading
                            .children(head)
                            .iter()
                            .any(|&it| reading.tag(it) == Tag::Md && !reading.is(it, &["will", "may"])))
            })
    })
}

/// Returns how sure it is that the condition is one: the share that was right in 60 read by hand, half right for a half. What
/// nobody is said to put is mostly opinion.
fn certainty(parties: &Parties, tone: Tone) -> f64 {
    match (parties.by.is_empty(), tone) {
        (true, _) => 0.4,
        (false, Tone::Demand) => 0.75,
        (false, _) => 0.6,
    }
}

fn record(
    reading: &Reading<'_>,
    parts: &Parts,
    parties: Parties,
    tone: Tone,
    id_of: &dyn Fn(u32, u32) -> Option<RecordId>,
) -> Found {
    let part = |span: ByteSpan, actor: &[ActorId]| {
        let tokens = reading.syntax.tokens_in(span);
        Part {
            span: reading.offsets.to_chars(span),
            text: span.slice(reading.syntax.text()).to_owned(),
            actor: actor.to_vec(),
            event: id_of(tokens.start, tokens.end),
        }
    };
    let span = parts.premise.cover(parts.consequence);
    Found {
        condition: Condition {
            evidence: reading.evidence("condition", "", span, parts.rule, certainty(&parties, tone)),
            tone,
            premise: part(parts.premise, &parties.premise),
            consequence: part(parts.consequence, &parties.consequence),
            by: parties.by,
            to: parties.to,
            statement: parties::statement_id(reading, parts),
        },
        span,
        consequence: parts.consequence_head,
        of_instrument: parts.of_instrument,
    }
}

/// Gives the terms that nobody is said to set the parties of their instrument.
pub(crate) fn add_parties(reading: &Reading<'_>, found: &mut [Found], agreements: &[Agreement]) {
    for Found { condition, span, of_instrument, .. } in found {
        if !*of_instrument || !condition.by.is_empty() {
            continue;
        }
        let place = reading.offsets.to_chars(*span);
        let theirs = agreements.iter().find(|agreement| {
            agreement
                .evidence
                .iter()
                .flat_map(|evidence| &evidence.spans)
                .any(|it| it.start < place.end && place.start < it.end)
        });
        // What all the world has signed is put by nobody in particular.
        if let Some(agreement) = theirs.filter(|it| it.parties.len() <= MANY) {
            condition.by.clone_from(&agreement.parties);
        }
    }
}

/// Whether the speaker or his state is to act in the consequence, or it is an act without a named actor. An act of
/// others is a warning, not a threat.
fn is_own_deed(reading: &Reading<'_>, condition: &Condition, consequence: u32) -> bool {
    // `declined to say how he would respond`
    if reading.children(consequence).iter().any(|&child| reading.tag(child) == Tag::Wrb) {
        return false;
    }
    let state = |actor: &ActorId| reading.chain_of(actor).and_then(|chain| chain.state.as_deref());
    let mut actors = condition.consequence.actor.iter().peekable();
    if actors.peek().is_some() {
        return actors.any(|actor| {
            condition.by.contains(actor)
                || condition
                    .by
                    .iter()
                    .any(|by| state(by).is_some_and(|state| actor.strip_prefix("state:") == Some(state)))
        });
    }
    // `sanctions will follow`, but not `the result could be a war`.
    let heads = if reading.is_verb(consequence) { reading.subjects(consequence) } else { vec![consequence] };
    heads.iter().any(|&head| {
        reading.is(head, &["we", "i"]) || Lexicon::shipped().names_act(&reading.lemma(head).to_lowercase())
    })
}
/// Returns the threats that conditions make without a verb of threatening: `if you do, sanctions will follow`.
pub(crate) fn threats(reading: &Reading<'_>, found: &[Found], acts: &[Act]) -> Vec<Event> {
    let mut events = Vec::new();
    for Found { condition, span, consequence, .. } in found {
        if condition.tone != Tone::Threat
            || condition.by.is_empty()
            || !is_own_deed(reading, condition, *consequence)
        {
            continue;
        }
        let tokens = reading.syntax.tokens_in(*span);
        let from = acts.partition_point(|act| act.head < tokens.start);
        if acts
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|act| act.head < tokens.end)
            .any(|act| act.code == PloverCode::Threaten)
        {
            continue;
        }
        let mut recipient = condition.to.clone();
        if recipient.is_empty() {
            for place in ["on", "against", "to"] {
                recipient.extend(
                    reading
                        .after(*consequence, &[place])
                        .iter()
                        .flat_map(|&head| sides::actors(reading, head)),
                );
            }
        }
        if recipient.is_empty() {
            recipient.clone_from(&condition.premise.actor);
        }
        recipient.retain(|actor| !condition.by.contains(actor));
        recipient.dedup();
        events.push(Event {
            evidence: reading.evidence(
                "event",
                PloverCode::Threaten.as_str(),
                *span,
                rule!("condition.threat"),
                0.7,
            ),
            code: Some(PloverCode::Threaten),
            cameo: Some("130".to_owned()),
            actor: condition.by.clone(),
            recipient,
            // The threat was made, whatever becomes of what it threatens with.
            factuality: Factuality::Happened,
            reported_by: condition.statement.clone(),
            ..Event::default()
        });
    }
    events
}
