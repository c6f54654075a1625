//! Modals: what `will`, `must`, `should`, `would` and `may` say of the act of their verb.

use readout_record::Factuality;
use readout_syntax::{Dep, Tag};

use crate::clause::premises;
use crate::clause::reading::Reading;

/// Returns the factuality that the modal `modal` of the verb `at` shows.
pub(super) fn factuality_of(reading: &Reading<'_>, at: u32, modal: u32) -> Factuality {
    let word = reading.syntax.word(modal);
    let word = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    if word(&["will", "shall", "'ll", "’ll", "wo"]) {
        Factuality::Planned
    } else if word(&["must", "should", "ought"]) {
        // `should have left` did not leave; `must have left` is a guess.
        match reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"])) {
            true if word(&["must"]) => Factuality::Possible,
            true => Factuality::Denied,
            false => Factuality::Demanded,
        }
    } else if word(&["would", "'d", "’d"]) && is_told_ahead(reading, at) {
        Factuality::Happened
    } else if word(&["would", "'d", "’d"]) && past_of_will(reading, at) {
        Factuality::Planned
    } else {
        Factuality::Possible
    }
}

/// Whether the verb `at` with `would` tells what came later in the story: `would later resign`, `would go on to resign`.
fn is_told_ahead(reading: &Reading<'_>, at: u32) -> bool {
    let later =
        |word: u32| word < at && reading.is(word, &["later", "eventually", "subsequently", "ultimately"]);
    let goes_on = reading.is(at, &["go"])
        && reading.children_by(at, &[Dep::Prt, Dep::Advmod, Dep::Prep]).any(|word| reading.is(word, &["on"]))
        && reading.children_by(at, &[Dep::Xcomp, Dep::Advcl]).any(|act| reading.is_infinitive(act));
    reading.dep(at) != Dep::Ccomp
        && (goes_on || reading.children_by(at, &[Dep::Advmod]).any(later))
        && !reading.children_by(at, &[Dep::Advcl]).any(|clause| premises::is_premise(reading, clause))
}

/// Whether `would` is the `will` of reported speech: `said it would withdraw`.
fn past_of_will(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Ccomp
        && reading
            .syntax
            .head(at)
            .is_some_and(|head| matches!(reading.tag(head), Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbz))
}

/// Whether the verb `at` has `may` or `might` as its auxiliary.
pub(super) fn doubts(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["may", "might"]))
}
