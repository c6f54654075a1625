//! Denials: whether a report that puts an act in the negative says that it did not take place.

use readout_record::Factuality;
use readout_syntax::{Dep, Tag};

use crate::clause::factuality;
use crate::clause::governed::{of_word_above, passes_up};
use crate::clause::presupposition::outlives_denial;
use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;

/// Whether the negation that bears on the act of `at` tells that it did not take place: `did not attack`, `has not been
/// freed`, `denied that it attacked`. `cannot attack` tells what somebody is able to do, `does not attack` what somebody
/// does at no time, and `so that it did not attack` why something else was done.
pub(crate) fn is_told(reading: &Reading<'_>, at: u32) -> bool {
    if is_unwanted(reading, at) || is_left_out_of_what_is_open(reading, at) {
        return false;
    }
    let mut below = at;
    for above in std::iter::once(at).chain(reading.syntax.ancestors(at).take(STEPS_TO_VERB)) {
        if above != at && (!passes_up(reading, below, above) || outlives_denial(reading, below, above)) {
            break;
        }
        if let Some(not) = reading.child(above, Dep::Neg) {
            return reading.is_verb(above) && is_of_a_time(reading, above) && !is_of_a_part(reading, not);
        }
        below = above;
    }
    true
}

/// Whether the act of `at` is what something is to be done without that has not been done: `wants to leave without asking
/// them`. Whether they will be asked is open too.
fn is_left_out_of_what_is_open(reading: &Reading<'_>, at: u32) -> bool {
    let above =
        reading.head(at).filter(|&prep| reading.is(prep, &["without"])).and_then(|it| reading.head(it));
    above.is_some_and(|verb| {
        !matches!(factuality::of(reading, verb), Factuality::Happened | Factuality::Ongoing)
    })
}

/// Whether somebody wants the act of `at` not to be: `wants to avoid a raid`. Nobody says that there was none.
fn is_unwanted(reading: &Reading<'_>, at: u32) -> bool {
    let mut below = at;
    for above in reading.syntax.ancestors(at).take(STEPS_TO_VERB) {
        if !passes_up(reading, below, above) {
            return false;
        }
        if of_word_above(reading, below, above) == Factuality::Demanded
            || reading.is(above, &["want", "wish"])
        {
            return true;
        }
        below = above;
    }
    false
}

/// Whether the negated verb `at` tells of a time: it is in the past, perfect or future, or goes on, and is no purpose.
fn is_of_a_time(reading: &Reading<'_>, at: u32) -> bool {
    let opened_by_so = reading
        .children_by(at, &[Dep::Mark, Dep::Advmod])
        .any(|word| word < at && reading.is(word, &["so"]) && reading.dep(at) == Dep::Advcl);
    !opened_by_so
        && reading.finite_word(at).is_some_and(|word| match reading.tag(word) {
            Tag::Vbd => true,
            Tag::Md => !reading.is(word, &["can", "could", "ca", "must", "should", "ought"]),
            Tag::Vbz | Tag::Vbp => reading.is(word, &["have", "be"]),
            _ => false,
        })
}

/// Whether the negation `not` bears on a part of the sentence alone: `not only attacked`, `not because it attacked`.
fn is_of_a_part(reading: &Reading<'_>, not: u32) -> bool {
    reading.is(not + 1, &["only", "simply", "just", "merely", "solely", "because", "necessarily"])
}
