//! Incidents: violence and disaster, with its toll, its means, and who claims, is blamed for or denies it.

mod disasters;
mod responsibility;
mod retold;
mod telling;

use std::collections::BTreeMap;

use disasters::disasters;
use readout_lexicon::rule;
use readout_record::{ActorId, Incident};
use readout_syntax::{Dep, Pos, Tag};
use responsibility::responsibility;
pub(crate) use telling::Telling;
use telling::is_bare;

use crate::acts::sides;
use crate::acts::{Act, Lexicon};
use crate::clause::reading::Reading;
use crate::clause::scene::place_of_violence;
use crate::clause::time::{act_time, time_before_when};
use crate::clause::tolls::{is_toll, tolls};
use crate::clause::weapons::mode_of_means;
use crate::once::add_once;
use crate::words::violence;

/// The number of incidents back among which the one of a result is looked for: `… hit the town, killing nine`.
const INCIDENTS_BACK: usize = 8;
/// The number of incidents back among which another telling is looked for: `nine were killed when rebels attacked`.
const TELLINGS_BACK: usize = 6;
/// The most dead of one attack; no attack that a report would still tell as one has had more.
const MOST_DEAD: u32 = 200_000;
/// The most steps up the tree from one verb of an incident to another.
const STEPS_TO_INCIDENT: usize = 4;

/// The incidents of the document, each once, in the order in which they are told first.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<Telling> {
    let deeds: BTreeMap<u32, u32> = acts
        .iter()
        .filter(|act| act.is_incident(reading))
        .map(|act| (act.head, name_of_deed(reading, act)))
        .collect();
    let mut found = in_clauses(reading, acts);
    disasters(reading, &mut found);
    found.sort_by_key(|(head, _)| *head);
    responsibility(reading, &mut found);
    let tellings = found
        .into_iter()
        .map(|(head, incident)| Telling {
            heads: vec![head],
            nouns: vec![deeds.get(&head).copied().unwrap_or(head)],
            incident,
        })
        .collect();
    // A word for violence of which nothing is known, `the violence`, tells nothing where it joins nothing.
    let mut found = retold::join(reading, tellings);
    found.retain(|telling| {
        telling.incident.evidence.rule.starts_with(rule!("disaster").as_str()) || !is_bare(&telling.incident)
    });
    found
}

/// Returns the word of `act` that names the deed: `strikes` in `carried out strikes` and in `the strikes hit the port`.
/// Where none does, this is its predicate.
fn name_of_deed(reading: &Reading<'_>, act: &Act) -> u32 {
    let names = |&word: &u32| {
        reading.pos(word) == Pos::Noun
            && (reading.is(word, &violence::AGAIN) || reading.is(word, &violence::FROM_THE_AIR))
    };
    let arguments = || {
        let doers = act.doers.iter().map(|&doer| reading.substance(doer));
        doers.chain(reading.objects(act.head)).find(names)
    };
    match act.content {
        Some((word, _)) => word,
        None if reading.is_verb(act.head) && !is_toll(reading, act.head) => arguments().unwrap_or(act.head),
        None => act.head,
    }
}

/// The incidents among `acts`, each with its predicate, in order; those that one sentence tells as one are one.
fn in_clauses(reading: &Reading<'_>, acts: &[Act]) -> Vec<(u32, Incident)> {
    let mut found: Vec<(u32, Incident)> = Vec::new();
    for act in acts.iter().filter(|act| act.is_incident(reading) && !is_of_whole_war(reading, act)) {
        let told_at = predicate_of(reading, act.head);
        let span = reading.clause(told_at);
        let mut actor = act.actors(reading);
        actor.extend(at_the_hands_of(reading, act.head));
        actor.dedup();
        let recipient: Vec<ActorId> = act
            .recipient_actors(reading)
            .into_iter()
            .filter(|other| !actor.contains(other) || act.is_within(reading, other))
            .collect();
        let (killed, injured) = tolls(reading, told_at, span);
        // `It killed four million people`: a war or a plague.
        if killed.and_then(|killed| killed.least).is_some_and(|dead| dead > MOST_DEAD) {
            continue;
        }
        let deed = act.content.map_or(act.head, |(deed, _)| deed);
        let place = place_of_violence(reading, deed, told_at, &act.recipients);
        let mode = mode_of(reading, act, deed);
        // `… hit the town, killing nine`: the deaths belong to the incident of the clause above.
        if is_result(reading, act.head)
            && let Some(above) = reading.syntax.head(act.head)
            && let Some((_, earlier)) =
                found.iter_mut().rev().take(INCIDENTS_BACK).find(|(head, _)| *head == above)
        {
            earlier.killed = earlier.killed.or(killed);
            earlier.injured = earlier.injured.or(injured);
            continue;
        }
        // `nine were killed and dozens hurt when rebels attacked a market`: one incident.
        let earlier = found.iter_mut().rev().take(TELLINGS_BACK).find(|(head, it)| {
            is_same_told(reading, *head, act.head)
                && it.factuality == act.factuality
                && !(it.killed.is_some() && killed.is_some())
                && !(it.injured.is_some() && injured.is_some())
                && !(it.place.is_some() && place.is_some() && it.place != place)
                && (it.actor.is_empty() || actor.is_empty() || it.actor == actor)
        });
        if let Some((head, it)) = earlier {
            it.killed = it.killed.or(killed);
            it.injured = it.injured.or(injured);
            it.place = it.place.take().or(place);
            it.means = it.means.take().or_else(|| means(reading, act.head));
            it.time = it.time.take().or_else(|| act_time(reading, act.head, span));
            it.mode = it.mode.take().or_else(|| mode.map(str::to_owned));
            if it.actor.is_empty() {
                it.actor = actor;
                it.actor_spans = act.actor_spans(reading);
            }
            add_once(&mut it.recipient, recipient);
            it.recipient_spans.extend(act.recipient_spans(reading));
            let whole = reading.clause(*head).cover(span);
            it.evidence = reading.told_also("incident", &[whole], &it.evidence);
            continue;
        }
        found.push((
            act.head,
            Incident {
                evidence: reading.evidence("incident", "", span, act.rule.clone(), act.certainty),
                code: Some(act.code),
                mode: mode.map(str::to_owned),
                actor,
                recipient,
                actor_spans: act.actor_spans(reading),
                recipient_spans: act.recipient_spans(reading),
                killed,
                injured,
                means: means(reading, act.head),
                time: act_time(reading, act.head, span).or_else(|| time_before_when(reading, act.head)),
                place,
                factuality: act.factuality,
                reported_by: reading.reported_by(act.head),
                ..Incident::default()
            },
        ));
    }
    found
}

/// Returns the mode of `act`, from its row of the lexicon or the means named beside it. Who fires may do so with guns of any size.
fn mode_of(reading: &Reading<'_>, act: &Act, deed: u32) -> Option<&'static str> {
    let told = || mode_of_means(reading, deed).or_else(|| mode_of_means(reading, act.head));
    match act.mode {
        Some("firearms") if reading.is(act.head, &["fire"]) => told().or(act.mode),
        None => told(),
        known => known,
    }
}

/// Whether `act` counts those who fell in a whole war: `soldiers killed in the Korean War`.
fn is_of_whole_war(reading: &Reading<'_>, act: &Act) -> bool {
    is_toll(reading, act.head)
        && act.doers.is_empty()
        && act_time(reading, act.head, reading.clause(act.head)).is_none()
        && reading
            .after(act.head, &["in", "during"])
            .iter()
            .any(|&noun| reading.is(noun, &["war", "conflict", "insurgency"]))
}

/// Returns the verb that tells of the deed of the noun `at` what it left or where it took place: `left` in `a series of attacks left
/// nine dead`, `died` in `nine died in the attack`. Any other `at` is returned unchanged.
fn predicate_of(reading: &Reading<'_>, at: u32) -> u32 {
    if reading.is_verb(at) {
        return at;
    }
    let noun = measure_around(reading, at);
    let verb = match reading.dep(noun) {
        Dep::Nsubj => reading.head(noun).filter(|&verb| {
            reading.is(verb, &["leave"]) || Lexicon::shipped().is_in("occurring", reading.lemma(verb))
        }),
        Dep::Pobj => reading
            .head(noun)
            .filter(|&prep| reading.is(prep, &["in", "during", "from"]))
            .and_then(|prep| reading.head(prep))
            // `people die in accidents each year` tells of no one accident.
            .filter(|&verb| {
                let told = reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"]))
                    || reading.finite_word(verb).is_some_and(|word| reading.tag(word) == Tag::Vbd);
                let one = reading.tag(at) == Tag::Nn || reading.child(at, Dep::Det).is_some();
                told && one && reading.is_verb(verb) && reading.is(verb, &["die", "perish"])
            }),
        _ => None,
    };
    verb.unwrap_or(at)
}

/// Returns the head of the measure that counts the noun `at`, or `at`: `series` in `a series of attacks`.
fn measure_around(reading: &Reading<'_>, at: u32) -> u32 {
    let of = reading.head(at).filter(|_| reading.dep(at) == Dep::Pobj);
    let measure = of.and_then(|of| reading.head(of));
    measure.filter(|&measure| reading.substance(measure) == at).unwrap_or(at)
}

/// Whether the acts of `one` and `other` are told as one: victims first, then `when` it happened; or the dead `and` the
/// hurt.
fn is_same_told(reading: &Reading<'_>, one: u32, other: u32) -> bool {
    if reading.syntax.token(one).sentence != reading.syntax.token(other).sentence {
        return false;
    }
    let counts = |verb: u32| reading.is(verb, &["kill"]) || reading.is(verb, &violence::INJURING);
    let mut below = other;
    for above in reading.syntax.ancestors(other).take(STEPS_TO_INCIDENT) {
        let joined = match reading.dep(below) {
            Dep::Conj => counts(below) && counts(above),
            Dep::Advcl => {
                counts(above)
                    && reading
                        .children_by(below, &[Dep::Advmod, Dep::Mark])
                        .any(|mark| reading.is(mark, &["when", "as", "after"]))
            }
            _ => false,
        };
        if !joined {
            return false;
        }
        if above == one {
            return true;
        }
        below = above;
    }
    false
}

/// `killing nine` hung on the verb of the incident.
fn is_result(reading: &Reading<'_>, at: u32) -> bool {
    reading.tag(at) == Tag::Vbg && matches!(reading.dep(at), Dep::Advcl | Dep::Xcomp)
}

/// `at the hands of ISIS`, near the act or the verb above it.
fn at_the_hands_of(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let sentence = reading.syntax.sentence_of(at);
    for hands in at..sentence.end.min(at + 30) {
        if reading.is(hands, &["hand"])
            && reading.dep(hands) == Dep::Pobj
            && reading.syntax.head(hands).is_some_and(|prep| reading.is(prep, &["at"]))
        {
            return reading
                .after(hands, &["of"])
                .iter()
                .flat_map(|&head| sides::actors(reading, head))
                .collect();
        }
    }
    Vec::new()
}

/// Returns the words for the means that was used, if the sentence names one.
fn means(reading: &Reading<'_>, at: u32) -> Option<String> {
    let mut heads = reading.after(at, &["with", "by", "using", "in"]);
    heads.extend(reading.doers(at));
    heads.extend(reading.objects(at));
    heads.extend(reading.children_by(at, &[Dep::Compound, Dep::Amod]));
    heads.into_iter().find(|&head| reading.is(head, &violence::MEANS)).map(|head| {
        let from = reading
            .children_by(head, &[Dep::Compound, Dep::Amod])
            .filter(|&child| child < head)
            .map(|child| reading.syntax.token(child).left_edge)
            .min()
            .unwrap_or(head);
        reading.syntax.passage(from..head + 1).to_owned()
    })
}
