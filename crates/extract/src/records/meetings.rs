//! Meetings: who met or spoke with whom, where, when, how long, at what occasion, about what.

use readout_annotate::mentions::leads_state;
use readout_lexicon::rule;
use readout_record::{ActorId, ActorKind, Factuality, Meeting, MeetingFormat, PloverCode, Time};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};
use readout_text::ByteSpan;

use crate::acts::{Act, candidates, sides};
use crate::clause::gathering::act_occasion;
use crate::clause::place::{act_place, is_place};
use crate::clause::reach::{RECORDS_BACK, STEPS_TO_VERB};
use crate::clause::reading::Reading;
use crate::clause::time::{act_time, minutes};
use crate::once::add_once;
use crate::words::meetings;

/// The most steps up the tree from an act to the meeting that it is a part of: `met and talked for an hour`.
const STEPS_TO_MEETING: usize = 2;
/// The number of mentions back among which those who `they` are is looked for.
const MENTIONS_BACK: usize = 64;
/// The number of actors in the meeting's own sentence who count: a meeting without names has two sides.
const NEAR: usize = 2;
/// The most clauses at a meeting in which topics are looked for.
const CLAUSES: usize = 16;
/// The most heads of phrases that give topics.
const TOPICS: usize = 12;

/// The most sentences back to the meeting that `the talks` are.
const SENTENCES_BACK: u32 = 12;
/// The most sentences back in which the partners of an unnamed pair are looked for.
const BACK: u32 = 3;
/// The most steps up the tree within a list of those who meet.
const MEMBERS: usize = 32;

/// The meetings among `acts`, each with its predicate, in order.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<(u32, Meeting)> {
    let mut found: Vec<(u32, Meeting)> = Vec::new();
    for act in acts {
        let agreed =
            act.content.filter(|(_, code)| *code == PloverCode::Consult && act.code == PloverCode::Agree);
        // What is cancelled is a meeting that will not be: `cancelled a visit`, `called off the talks`.
        let cancelled =
            act.content.filter(|(_, code)| *code == PloverCode::Consult && act.operator == Some("cancel"));
        if act.code != PloverCode::Consult && agreed.is_none() && cancelled.is_none() {
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
        let place = act_place(reading, act.head).or_else(|| act_place(reading, at));
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
        let factuality = if agreed.is_some() && act.factuality == Factuality::Happened {
            Factuality::Planned
        } else if cancelled.is_some() && act.factuality == Factuality::Happened {
            Factuality::Cancelled
        } else {
            act.factuality
        };
        // A visitor comes to a host, a mediator to those at odds: these have two sides.
        let sided = matches!(act.mode, Some("visit" | "third-party"));
        let (mut recipient, mut recipient_spans) = (Vec::new(), Vec::new());
        if sided {
            recipient = act.recipient_actors(reading);
            recipient.retain(|other| !act.actors(reading).contains(other));
            recipient_spans = act.recipient_spans(reading);
        }
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

/// Whether the words tell of a meeting: of those who met, or when it was. `Meetings are useful` tells of none.
fn is_told_of(reading: &Reading<'_>, act: &Act, span: ByteSpan, participants: &[ActorId]) -> bool {
    let sides = act.recipients.len() + act.doers.len();
    let known = participants.len() > 1 || participants.len() == 1 && sides > 1;
    let noun = act.rule.begins_with(rule!("noun"));
    let definite = reading.children_by(act.head, &[Dep::Det]).any(|det| reading.is(det, &["the"]));
    let talks =
        matches!(act.rule.as_str(), "noun:talk" | "noun:meeting" | "noun:negotiation" | "noun:summit")
            && !definite
            && act_time(reading, act.head, span).is_some();
    known || talks || !noun && sides > 0 && is_dated(reading, act, span)
}

/// Returns those who met in `act`, and the certainty of it. `cancelled` is the noun of a meeting that was called off.
fn participants(reading: &Reading<'_>, act: &Act, cancelled: Option<u32>) -> (Vec<ActorId>, f64) {
    let mut participants = act.actors(reading);
    add_once(&mut participants, act.recipient_actors(reading));
    // `his visit was cancelled`: those who were to meet stand at the noun.
    if let Some(head) = cancelled
        && let Some(meant) = candidates::candidate(reading, head)
    {
        add_once(&mut participants, meant.actors(reading));
        add_once(&mut participants, meant.recipient_actors(reading));
    }
    let mut certainty = act.certainty;
    // `leaders of the quint: Britain, France and Italy`: those whom they stand for met.
    if participants.len() < 2
        && let [head] = act.doers.as_slice()
    {
        let several = represented(reading, *head);
        if several.len() > 1 {
            participants = several;
        }
    }
    if participants.len() < 2 {
        let partners = pair(reading, act);
        if partners.len() == 2 && partners.iter().any(|partner| participants.contains(partner)) {
            participants = partners;
            certainty *= 0.8;
        } else if participants.is_empty() && !partners.is_empty() {
            participants = partners;
            certainty *= 0.7;
        }
    }
    if participants.len() == 1 && act.doers.is_empty() {
        add_once(&mut participants, attendants(reading, act.head));
        certainty *= 0.8;
    }
    (participants, certainty)
}

/// The states or bodies whose leaders or envoys the plural noun `head` names: `ministers of Iran and Iraq`.
fn represented(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    if !matches!(reading.tag(head), Tag::Nns | Tag::Nnps) {
        return Vec::new();
    }
    let mut heads = Vec::new();
    for object in reading.after(head, &["of", "from"]) {
        heads.push(object);
        for list in reading.children_by(object, &[Dep::Appos]) {
            reading.add_list(list, &mut heads);
        }
    }
    for list in reading.children_by(head, &[Dep::Appos]) {
        reading.add_list(list, &mut heads);
    }
    // Where a list says who the group is, the list counts: `the quint: Britain, France …`.
    let listed: Vec<u32> = heads
        .iter()
        .copied()
        .filter(|&at| {
            std::iter::once(at)
                .chain(reading.syntax.ancestors(at).take(MEMBERS))
                .take_while(|&up| up != head)
                .any(|up| reading.dep(up) == Dep::Appos)
        })
        .collect();
    let heads = if listed.len() > 1 { listed } else { heads };
    let mut found: Vec<ActorId> = Vec::new();
    for head in heads {
        let bodies = reading.chain(head).is_some_and(|chain| {
            matches!(chain.kind, ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup)
        });
        add_once(&mut found, reading.named(head).iter().filter(|_| bodies).cloned());
    }
    found
}

/// The meeting told before that a noun without names speaks of.
enum Before {
    /// The very meeting that was told before; its passages have the words now.
    Same,
    /// Another round of those who met: `a second summit`.
    Round(Vec<ActorId>),
}

/// Whether `at` is a noun for a meeting by which reports speak of one told before.
fn noun_of(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.token(at).pos == Pos::Noun && reading.is(at, &meetings::AGAIN)
}

/// Finds the meeting told before that the noun `at` of `act` speaks of: `the summit`, `his meeting with her`, `a third
/// round of talks`. It is one of `participants`, where the words name two.
fn told_before(
    reading: &Reading<'_>,
    act: &Act,
    at: u32,
    participants: &[ActorId],
    found: &mut [(u32, Meeting)],
) -> Option<Before> {
    let span = reading.clause(act.head);
    let named = participants.len() > 1;
    let definite = reading.children_by(at, &[Dep::Det, Dep::Poss]).any(|word| {
        reading.dep(word) == Dep::Poss && named
            || reading.is(word, &["the", "this", "that", "their", "these", "those"])
            || is_date(reading, word)
    });
    let round = reading
        .children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nummod])
        .any(|word| reading.is(word, &meetings::ROUND));
    // `the NATO summit meeting` is of NATO, `the Hanoi summit` of those told before.
    let of_others = !named
        && (reading.syntax.token(at).left_edge..at)
            .any(|word| reading.tag(word).is_proper() && !is_place(reading, word) && !is_date(reading, word));
    // A clause behind the noun says which one is meant: `the talks persuading them to leave`.
    let its_own = reading.children_by(at, &[Dep::Acl]).next().is_some();
    if its_own || of_others || !(definite || round && !named) {
        return None;
    }
    // `the Singapore summit` is that of Singapore.
    let place = act_place(reading, at).or_else(|| {
        let places = reading.children_by(at, &[Dep::Compound, Dep::Nmod]);
        places.filter(|&word| is_place(reading, word)).map(|word| reading.syntax.word(word).to_owned()).next()
    });
    let sentence = reading.syntax.token(act.head).sentence;
    let (_, known) = found.iter_mut().rev().take(RECORDS_BACK).find(|(head, known)| {
        known.mode.is_none()
            && is_called(reading, known, at)
            && (named
                || place.is_none()
                || known.place == place
                || known.place.is_none() && is_summit(reading, known))
            && if named {
                same(&known.participants, participants)
            } else {
                known.participants.len() > 1
                    && reading.syntax.token(*head).sentence + SENTENCES_BACK >= sentence
            }
    })?;
    let time = act_time(reading, act.head, span);
    let day = |time: &Time| time.from.as_deref().map(|from| from.get(..10).unwrap_or(from).to_owned());
    let apart = matches!((&known.time, &time), (Some(one), Some(other)) if day(one) != day(other))
        || matches!((&known.place, &place), (Some(one), Some(other)) if one != other)
        || known.minutes.is_some() && minutes(reading, span).is_some();
    // `no plans to resume the talks` is another round; `before the talks` speaks of those.
    let done = |it: Factuality| matches!(it, Factuality::Happened | Factuality::Ongoing);
    if round || apart || act.head != at && !done(act.factuality) {
        return (!named).then(|| Before::Round(known.participants.clone()));
    }
    known.time = known.time.take().or(time);
    known.place = known.place.take().or(place);
    known.minutes = known.minutes.or_else(|| minutes(reading, span));
    known.evidence = reading.told_also("meeting", &[span], &known.evidence);
    Some(Before::Same)
}

/// Whether the noun `at` can be a word for the meeting `known`: who spoke by telephone were at no summit, who spoke at one
/// did not hold it.
fn is_called(reading: &Reading<'_>, known: &Meeting, at: u32) -> bool {
    let told = |words: &[&str]| words.iter().any(|word| known.evidence.rule.contains(word));
    if reading.is(at, &["conversation"]) {
        return known.format == Some(MeetingFormat::Call) || told(&["speak", "talk", "conver", "discuss"]);
    }
    known.format != Some(MeetingFormat::Call)
        && if reading.is(at, &["talk", "negotiation", "dialogue"]) {
            told(&["talk", "negotiat", "dialogue", "discuss", "meet", "summit"])
        } else {
            told(&["meet", "summit", "reconvene", "sit_down", "huddle", "pull-aside"])
        }
}

/// Whether `meeting` is a summit, or may be called so: one of people who have led states.
fn is_summit(reading: &Reading<'_>, meeting: &Meeting) -> bool {
    let leads = |actor: &ActorId| {
        let entry = reading.knowledge.entry(actor);
        entry.is_some_and(|entry| entry.terms.iter().any(|term| leads_state(&term.office)))
    };
    meeting.format == Some(MeetingFormat::Summit) || meeting.participants.iter().all(leads)
}

/// Whether the token `at` stands in words for a date.
fn is_date(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.entity_at(at).is_some_and(|entity| entity.label == EntityLabel::Date)
}

/// Whether the act only goes on telling of a meeting: `they also discussed trade`.
fn continues(act: &Act) -> bool {
    act.rule.as_str() == "verb:discuss"
}

fn same(one: &[ActorId], other: &[ActorId]) -> bool {
    one.len() == other.len() && one.iter().all(|actor| other.contains(actor))
}

/// Returns the participants in talks that a noun names, from the verb above: `he raised it during talks with the king`.
fn attendants(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    if reading.is_verb(at) {
        return Vec::new();
    }
    let verb = reading.syntax.ancestors(at).take(STEPS_TO_VERB).find(|&above| reading.is_verb(above));
    let doers = verb.map(|verb| reading.doers(verb)).unwrap_or_default();
    let people = |head: &u32| reading.is_person(*head) || reading.is(*head, &["we", "he", "she", "they"]);
    doers.iter().filter(|head| people(head)).flat_map(|&head| sides::actors(reading, head)).collect()
}

fn is_dated(reading: &Reading<'_>, act: &Act, span: ByteSpan) -> bool {
    act_time(reading, act.head, span).is_some() || act_place(reading, act.head).is_some()
}

/// Returns the two members of an unnamed pair (`the two`, `both leaders`, `they`), or nothing if the sentences around
/// do not name two people.
fn pair(reading: &Reading<'_>, act: &Act) -> Vec<ActorId> {
    let unnamed = act.doers.iter().any(|&head| {
        let word = reading.syntax.word(head).to_lowercase();
        let plural = matches!(reading.tag(head), Tag::Nns | Tag::Cd)
            || matches!(word.as_str(), "they" | "their" | "both" | "pair");
        plural && matches!(reading.syntax.token(head).pos, Pos::Noun | Pos::Num | Pos::Pron | Pos::Det)
    });
    let two = act.doers.iter().any(|&head| {
        let word = |at: u32| reading.syntax.word(at).to_lowercase();
        let counts = |at: u32| matches!(word(at).as_str(), "two" | "both" | "pair");
        counts(head) || reading.children(head).iter().any(|&child| counts(child))
    });
    if !unnamed
        || !(two || act.doers.iter().any(|&head| reading.is(head, &["they", "their", "leader", "president"])))
    {
        return Vec::new();
    }
    // People of this sentence before the act count first, then whom the sentences before speak of most.
    let here = reading.syntax.token(act.head).sentence;
    let mut near: Vec<ActorId> = Vec::new();
    // With how often the sentences before, and the whole document, speak of them.
    let mut before: Vec<(ActorId, usize, usize)> = Vec::new();
    let mentions = &reading.annotations.mentions.mentions;
    let to =
        mentions.partition_point(|mention| mention.span.start < reading.syntax.token(act.head).span.start);
    for mention in mentions.iter().take(to).rev().take(MENTIONS_BACK) {
        let sentence = reading.syntax.token(mention.head).sentence;
        if sentence + BACK < here {
            break;
        }
        let Some(chain) = reading.annotations.mentions.chains.get(mention.chain as usize) else { continue };
        if !matches!(chain.kind, ActorKind::Person) {
            continue;
        }
        let [actor] = chain.actors.as_slice() else { continue };
        if sentence == here {
            if !near.contains(actor) {
                near.push(actor.clone());
            }
        } else if let Some(entry) = before.iter_mut().find(|(known, ..)| known == actor) {
            entry.1 += 1;
        } else {
            before.push((actor.clone(), 1, chain.mentions.len()));
        }
    }
    near.truncate(NEAR);
    // A stable sort: among equals the nearest stays first.
    before.sort_by_key(|(_, here, whole)| std::cmp::Reverse((*here, *whole)));
    for (actor, ..) in before {
        if near.len() < 2 && !near.contains(&actor) {
            near.push(actor);
        }
    }
    if near.len() == 2 { near } else { Vec::new() }
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
    (participants.len() == 2).then_some(MeetingFormat::Bilateral)
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
