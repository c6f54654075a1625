//! The meeting told before of which a later noun speaks: `the summit`, `a second round of talks`.

use readout_annotate::mentions::leads_state;
use readout_record::{ActorId, Factuality, Meeting, MeetingFormat, Time};
use readout_syntax::{Dep, EntityLabel, Pos};

use crate::acts::Act;
use crate::clause::place::{act_place, is_place};
use crate::clause::reach::RECORDS_BACK;
use crate::clause::reading::Reading;
use crate::clause::time::{act_time, minutes};
use crate::words::meetings;

/// The most sentences back to the meeting that `the talks` are.
const SENTENCES_BACK: u32 = 12;

/// The meeting told before that a noun without names speaks of.
pub(super) enum Before {
    /// The very meeting that was told before; its passages have the words now.
    Same,
    /// Another round of those who met: `a second summit`.
    Round(Vec<ActorId>),
}

/// Whether `at` is a noun for a meeting by which reports speak of one told before.
pub(super) fn noun_of(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.token(at).pos == Pos::Noun && reading.is(at, &meetings::AGAIN)
}

/// Finds the meeting told before that the noun `at` of `act` speaks of: `the summit`, `his meeting with her`, `a third
/// round of talks`. It is one of `participants`, where the words name two.
pub(super) fn told_before(
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
    // `talks would resume`: those that went on before.
    let resumed = !named
        && !definite
        && reading.dep(at).is_subject()
        && !(reading.syntax.token(at).left_edge..at).any(|word| reading.tag(word).is_proper())
        && reading.head(at).is_some_and(|verb| reading.is(verb, &meetings::RESUMING));
    // `the NATO summit meeting` is of NATO, `the Hanoi summit` of those told before.
    let of_others = !named
        && (reading.syntax.token(at).left_edge..at)
            .any(|word| reading.tag(word).is_proper() && !is_place(reading, word) && !is_date(reading, word));
    // A clause behind the noun says which one is meant: `the talks persuading them to leave`.
    let its_own = reading.children_by(at, &[Dep::Acl]).next().is_some();
    if its_own || of_others || !(definite || resumed || round && !named) {
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
    let cancelled = act.operator == Some("cancel");
    if round || resumed || cancelled || apart || act.head != at && !done(act.factuality) {
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

pub(super) fn same(one: &[ActorId], other: &[ActorId]) -> bool {
    one.len() == other.len() && one.iter().all(|actor| other.contains(actor))
}
