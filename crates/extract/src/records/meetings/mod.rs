//! Meetings: who met or spoke with whom, where, when, how long, at what occasion, about what.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::rule;
use readout_record::{ActorId, ActorKind, Factuality, Meeting, MeetingFormat, PloverCode};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};
use readout_text::{ByteSpan, CharSpan};

use crate::acts::{Act, Lexicon};
use crate::clause::gathering::act_occasion;
use crate::clause::place::{act_place, is_place};
use crate::clause::reach::RECORDS_BACK;
use crate::clause::reading::Reading;
use crate::clause::time::{act_time, minutes};
use crate::once::add_once;
use crate::words::meetings;

mod before;
mod participants;
mod setting;

use before::{Before, noun_of, same, told_before};
use participants::participants;

/// The most steps up the tree from an act to the meeting that it is a part of: `met and talked for an hour`.
const STEPS_TO_MEETING: usize = 2;
/// The most clauses at a meeting in which topics are looked for.
const CLAUSES: usize = 16;
/// The most heads of phrases that give topics.
const TOPICS: usize = 12;

/// The meetings among `acts`, each with its predicate, in order.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<(u32, Meeting)> {
    let mut found: Vec<(u32, Meeting)> = Vec::new();
    let journeys = journeys(reading, acts);
    let folded: BTreeSet<u32> = journeys.values().map(|journey| journey.head).collect();
    for act in acts {
        let agreed =
            act.content.filter(|(_, code)| *code == PloverCode::Consult && act.code == PloverCode::Agree);
        // What is cancelled is a meeting that will not be: `cancelled a visit`, `called off the talks`.
        let cancelled =
            act.content.filter(|(_, code)| *code == PloverCode::Consult && act.operator == Some("cancel"));
        if act.code != PloverCode::Consult && agreed.is_none() && cancelled.is_none() {
            continue;
        }
        // A journey to a meeting is told with it; a journey at home is none to anybody.
        if folded.contains(&act.head) || is_at_home(reading, act) {
            continue;
        }
        let (mut participants, mut certainty) = participants(reading, act, cancelled.map(|(head, _)| head));
        let at = act.content.map_or(act.head, |(head, _)| head);
        let span = reading.clause(act.head);
        let sides = act.recipients.len() + act.doers.len();
        let noun = act.rule.begins_with(rule!("noun"));
        // `the summit`, `the second round of talks`, `his meeting with her`: those met whose meeting was told before.
        if noun_of(reading, at) && (participants.len() > 1 || participants.is_empty() && sides == 0) {
            match told_before(reading, act, at, &participants, &mut found) {
                Some(Before::Same) => continue,
                Some(Before::Round(those)) => {
                    participants = those;
                    certainty *= 0.7;
                }
                None => {}
            }
        }
        if !is_told_of(reading, act, span, &participants) {
            continue;
        }
        let topics = topics(reading, act);
        // When they agreed to meet is not when they meet.
        let (minutes, time) =
            (minutes(reading, span), act_time(reading, if agreed.is_some() { at } else { act.head }, span));
        let journey = journeys.get(&act.head).copied();
        let time = time.or_else(|| {
            let journey = journey?;
            act_time(reading, journey.head, reading.clause(journey.head))
        });
        let time = time.or_else(|| setting::time(reading, act.head));
        let place = act_place(reading, act.head).or_else(|| act_place(reading, at)).or_else(|| {
            let journey = journey?;
            act_place(reading, journey.head).or_else(|| setting::destination(reading, journey))
        });
        let place = place.or_else(|| setting::place(reading, act));
        let sentence = reading.syntax.token(act.head).sentence;
        // `their talks` of two who met.
        let owned =
            noun && reading.children_by(act.head, &[Dep::Poss]).any(|owner| reading.is(owner, &["their"]));
        // `they met over coffee and talked for an hour`, `they also discussed trade`: one meeting.
        let known = found.iter_mut().rev().take(RECORDS_BACK).find(|(head, known)| {
            same(&known.participants, &participants)
                && (known.factuality == act.factuality
                    || reading.syntax.ancestors(act.head).take(STEPS_TO_MEETING).any(|up| up == *head))
                && (owned || continues(act) || reading.syntax.token(*head).sentence == sentence)
                && !(known.minutes.is_some() && minutes.is_some())
                && !(known.place.is_some() && place.is_some() && known.place != place)
        });
        if let Some((head, known)) = known.filter(|_| participants.len() > 1) {
            add_once(&mut known.topics, topics);
            known.minutes = known.minutes.or(minutes);
            known.place = known.place.take().or(place);
            known.time = known.time.take().or(time);
            if reading.syntax.token(*head).sentence == sentence {
                let whole = reading.clause(*head).cover(span);
                known.evidence = reading.told_also("meeting", &[whole], &known.evidence);
            }
            continue;
        }
        let factuality = match act.factuality {
            Factuality::Happened if agreed.is_some() => Factuality::Planned,
            Factuality::Happened if cancelled.is_some() => Factuality::Cancelled,
            told => told,
        };
        let (recipient, recipient_spans) = hosts(reading, act);
        let mut participant_spans = act.actor_spans(reading);
        participant_spans.extend(act.recipient_spans(reading));
        let meeting = Meeting {
            evidence: reading.evidence("meeting", "", span, act.rule.clone(), certainty),
            code: Some(PloverCode::Consult),
            mode: act.mode.map(str::to_owned),
            participant_spans,
            recipient,
            recipient_spans,
            format: format(reading, act, at, &participants),
            occasion: act_occasion(reading, act.head).or_else(|| act_occasion(reading, at)),
            minutes,
            topics,
            time,
            place,
            factuality,
            reported_by: reading.reported_by(act.head),
            happening: None,
            participants,
        };
        found.push((act.head, meeting));
    }
    found
}

/// Whether the journey of `act` is made within the traveller's own state: `left for Ohio`.
fn is_at_home(reading: &Reading<'_>, act: &Act) -> bool {
    let state = |actor: &ActorId| {
        let own = actor.state_code().map(str::to_owned);
        own.or_else(|| reading.chain_of(actor).and_then(|chain| chain.state.clone()))
    };
    let homes: Vec<String> = act.actors(reading).iter().filter_map(state).collect();
    let hosts = act.recipient_actors(reading);
    act.mode == Some("visit")
        && !hosts.is_empty()
        && act.recipients.iter().all(|&head| is_place(reading, head))
        && hosts
            .iter()
            .all(|host| host.state_code().is_some_and(|host| homes.iter().any(|home| home == host)))
}

/// Returns the host to whom the visitor of `act` comes, or those at odds to whom the mediator does, with their spans. Other
/// meetings have no two sides.
fn hosts(reading: &Reading<'_>, act: &Act) -> (Vec<ActorId>, Vec<CharSpan>) {
    if !matches!(act.mode, Some("visit" | "third-party")) {
        return (Vec::new(), Vec::new());
    }
    let own = act.actors(reading);
    let mut recipient = act.recipient_actors(reading);
    recipient.retain(|other| !own.contains(other));
    (recipient, act.recipient_spans(reading))
}

/// Returns the journeys that are told with the meeting for which they are made, by its predicate: `flew to Rome to meet the
/// premier`, `arrived in Rome for talks with the premier`. It must be one with the traveller and somebody else.
fn journeys<'a>(reading: &Reading<'_>, acts: &'a [Act]) -> BTreeMap<u32, &'a Act> {
    let meetings: BTreeMap<u32, &Act> = acts
        .iter()
        .filter(|act| act.code == PloverCode::Consult && act.mode != Some("visit"))
        .map(|act| (act.head, act))
        .collect();
    let mut found = BTreeMap::new();
    for act in acts {
        if act.mode != Some("visit") || !reading.is_verb(act.head) || act.doers.is_empty() {
            continue;
        }
        let clauses = reading.children_by(act.head, &[Dep::Advcl, Dep::Xcomp]);
        let mut purposes =
            clauses.filter(|&clause| reading.is_infinitive(clause)).chain(reading.after(act.head, &["for"]));
        let Some(met) = purposes.find_map(|purpose| meetings.get(&purpose)) else { continue };
        let own = act.actors(reading);
        let (others, _) = participants(reading, met, None);
        let together = others.len() > 1 && own.iter().any(|actor| others.contains(actor));
        if together {
            found.entry(met.head).or_insert(act);
        }
    }
    found
}

/// Whether the words tell of a meeting: of those who met, or when it was. `Meetings are useful` tells of none.
fn is_told_of(reading: &Reading<'_>, act: &Act, span: ByteSpan, participants: &[ActorId]) -> bool {
    let sides = act.recipients.len() + act.doers.len();
    // `he met with philanthropists`, but not `it spoke to her`: of the other side at least the words say who it was.
    let described = || {
        let heads = act.doers.iter().chain(&act.recipients);
        heads.filter(|&&head| is_described(reading, head)).count() > 1
    };
    let known = participants.len() > 1 || participants.len() == 1 && sides > 1 && described();
    let noun = act.rule.begins_with(rule!("noun"));
    let definite = reading.children_by(act.head, &[Dep::Det]).any(|det| reading.is(det, &["the"]));
    let talks =
        matches!(act.rule.as_str(), "noun:talk" | "noun:meeting" | "noun:negotiation" | "noun:summit")
            && !definite
            && act_time(reading, act.head, span).is_some();
    // `Mr. Berg met on Monday`: nobody meets himself. Of `a meeting on Monday` nobody is told who met; talks are between sides,
    // whoever they are.
    let alone = match participants {
        [] => {
            reading.child(act.head, Dep::Poss).is_some()
                || !matches!(act.rule.as_str(), "noun:talk" | "noun:negotiation")
        }
        [one] => !matches!(act.mode, Some("visit" | "third-party")) && is_one(reading, one),
        _ => false,
    };
    // Who speaks to reporters gives an interview.
    let public = |&head: &u32| reading.is(reading.substance(head), &meetings::PUBLIC);
    if !act.recipients.is_empty() && act.recipients.iter().all(public) {
        return false;
    }
    known || !alone && (talks || !noun && sides > 0 && is_dated(reading, act, span))
}

/// Whether the words of `head` say of whom they speak: a name, or a noun for people or a body.
fn is_described(reading: &Reading<'_>, head: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let head = reading.substance(head);
    let word = reading.lemma(head).to_lowercase();
    !reading.named(head).is_empty()
        || reading.tag(head).is_proper()
        || reading.is(head, &["he", "she", "they"])
        || ["human", "person", "state"].iter().any(|class| lexicon.is_in(class, &word))
}

/// Whether `actor` is a person or a state, and no body whose members may meet.
fn is_one(reading: &Reading<'_>, actor: &ActorId) -> bool {
    actor.state_code().is_some()
        || reading.chain_of(actor).is_some_and(|chain| chain.kind == ActorKind::Person)
}

/// Whether the act only goes on telling of a meeting: `they also discussed trade`.
fn continues(act: &Act) -> bool {
    act.rule.as_str() == "verb:discuss"
}

fn is_dated(reading: &Reading<'_>, act: &Act, span: ByteSpan) -> bool {
    act_time(reading, act.head, span).is_some() || act_place(reading, act.head).is_some()
}

/// Returns the format of the meeting that the words show.
fn format(reading: &Reading<'_>, act: &Act, at: u32, participants: &[ActorId]) -> Option<MeetingFormat> {
    let key = |words: &[&str]| words.iter().any(|word| act.rule.as_str().contains(word));
    if act.mode == Some("phone") {
        return Some(MeetingFormat::Call);
    }
    if key(&["news_conference", "press_conference"]) {
        return Some(MeetingFormat::PressConference);
    }
    if key(&["pull-aside", "huddle"]) {
        return Some(MeetingFormat::PullAside);
    }
    if key(&["noun:summit"]) {
        return Some(MeetingFormat::Summit);
    }
    let by_phone = [act.head, at].iter().any(|&head| {
        reading.children_by(head, &[Dep::Prep]).any(|prep| {
            reading.children_by(prep, &[Dep::Pobj]).any(|object| reading.is(object, &["phone", "telephone"]))
        })
    });
    if by_phone {
        return Some(MeetingFormat::Call);
    }
    if key(&["noun:talk", "noun:negotiation", "verb:negotiate"]) {
        return Some(MeetingFormat::Talks);
    }
    // `the NATO summit` is of all its members.
    let of_body = reading
        .children_by(at, &[Dep::Compound, Dep::Nmod, Dep::Amod, Dep::Poss])
        .any(|body| reading.named(body).iter().any(|actor| actor.starts_with("org:")));
    (participants.len() == 2 && !of_body && !is_with_many(reading, act)).then_some(MeetingFormat::Bilateral)
}

/// Whether one side of the meeting of `act` is several people of no one state: `met ministers from 21 countries`.
fn is_with_many(reading: &Reading<'_>, act: &Act) -> bool {
    let many = |&head: &u32| {
        reading.tag(head) == Tag::Nns
            && reading
                .chain(head)
                .is_some_and(|chain| chain.kind == ActorKind::Unnamed && chain.state.is_none())
    };
    act.doers.iter().chain(&act.recipients).any(many)
}

/// Returns the topics of the meeting.
fn topics(reading: &Reading<'_>, act: &Act) -> Vec<String> {
    let mut found = Vec::new();
    let mut heads = vec![act.head];
    heads.extend(act.content.map(|(head, _)| head));
    for &head in &heads {
        if reading.is(head, &["discuss"]) {
            add_topics(reading, &reading.objects(head), &mut found);
        }
        for clause in reading
            .children_by(head, &[Dep::Advcl, Dep::Xcomp, Dep::Acl, Dep::Relcl, Dep::Conj])
            .take(CLAUSES)
        {
            if reading.is(clause, &meetings::DISCUSSING) {
                add_topics(reading, &reading.objects(clause), &mut found);
            }
        }
        let talks = reading.syntax.token(head).pos == Pos::Noun || reading.is(head, &meetings::CONFERRING);
        if talks {
            for name in ["about", "on", "over", "regarding", "concerning"] {
                let objects: Vec<u32> = reading
                    .after(head, &[name])
                    .into_iter()
                    .filter(|&object| {
                        let label = reading.syntax.entity_at(object).map(|entity| entity.label);
                        let when = matches!(label, Some(EntityLabel::Date | EntityLabel::Time));
                        !when && !reading.is(object, &meetings::NO_TOPIC)
                    })
                    .collect();
                add_topics(reading, &objects, &mut found);
            }
        }
    }
    found
}

fn add_topics(reading: &Reading<'_>, heads: &[u32], found: &mut Vec<String>) {
    for &head in heads.iter().take(TOPICS) {
        let phrase = reading.syntax.subtree(head);
        // A list's later members are topics of their own.
        let end = reading
            .children_by(head, &[Dep::Conj, Dep::Cc, Dep::Relcl])
            .filter(|&child| child > head)
            .map(|child| reading.syntax.token(child).left_edge)
            .min()
            .unwrap_or(phrase.end);
        let mut end = end.max(head + 1).min(phrase.end);
        while end > head + 1
            && matches!(reading.syntax.token(end - 1).pos, Pos::Punct | Pos::Cconj | Pos::Adv | Pos::Adp)
        {
            end -= 1;
        }
        let span = reading.trimmed(phrase.start..end);
        let text = span.slice(reading.syntax.text()).to_owned();
        if !text.is_empty() && reading.syntax.token(head).pos != Pos::Pron && !found.contains(&text) {
            found.push(text);
        }
    }
}
