//! Where and when a meeting was, where its own clause does not say so.

use readout_record::Time;
use readout_syntax::Dep;

use crate::acts::{Act, Lexicon, sides};
use crate::clause::place::{act_place, is_place, place_below};
use crate::clause::reading::Reading;
use crate::clause::time::{act_time, time_before_when, time_behind};

/// The levels below somebody who is met at which a place is looked for: `met the premier in Oslo`.
const REACH_FROM_PARTNER: usize = 1;

/// Returns the place of the meeting of `act`, from the verb that says where it was, the words behind those who were met, or the place
/// visited.
pub(super) fn place(reading: &Reading<'_>, act: &Act) -> Option<String> {
    occurring(reading, act.head)
        .and_then(|verb| act_place(reading, verb))
        .or_else(|| {
            let partners = act.recipients.iter().filter(|&&head| !is_place(reading, head));
            partners.into_iter().find_map(|&head| place_below(reading, head, REACH_FROM_PARTNER))
        })
        .or_else(|| (act.mode == Some("visit")).then(|| destination(reading, act)).flatten())
}

/// Returns the time of the meeting of `at`: that of the verb that says when it was, of a `when` behind a date, or of a date right behind
/// the noun.
pub(super) fn time(reading: &Reading<'_>, at: u32) -> Option<Time> {
    occurring(reading, at)
        .and_then(|verb| act_time(reading, verb, reading.clause(verb)))
        .or_else(|| time_before_when(reading, at))
        .or_else(|| time_behind(reading, at))
}

/// Returns the verb that says where or when the meeting of the noun `at` was: `the last summit was in 2007`, `the talks take place in
/// Oslo`.
fn occurring(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let verb = reading.head(at).filter(|_| reading.dep(at).is_subject() && !reading.is_verb(at))?;
    let is_set = || {
        reading
            .is(verb, &["be", "schedule", "set", "hold", "plan", "expect", "slate", "begin", "start", "open"])
            && reading.child(verb, Dep::Attr).is_none()
            && reading.child(verb, Dep::Acomp).is_none()
    };
    (Lexicon::shipped().is_in("occurring", reading.lemma(verb)) || is_set()).then_some(verb)
}

/// Returns the name of the place to which the journey of `act` leads.
pub(super) fn destination(reading: &Reading<'_>, act: &Act) -> Option<String> {
    let place = act.recipients.iter().find(|&&head| is_place(reading, head))?;
    Some(sides::phrase(reading, *place).slice(reading.syntax.text()).to_owned())
}
