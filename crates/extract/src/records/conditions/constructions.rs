//! The constructions of English that make one thing depend on another, each with its two sides.

use readout_syntax::{Dep, Tag};

use super::bargains::{answered, in_return, or_else, price};
use super::clauses::{barrier, clause};
use super::parts::Parts;
use super::phrases::{circumstance, dependence, event, milestone, precondition, requirement};
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// Returns the condition that the word `at` makes.
pub(super) fn read(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let is_object = reading.dep(at) == Dep::Pobj;
    let parts = if is_object && reading.is(at, &["exchange", "return"]) {
        in_return(reading, at)
    } else if is_object && reading.is(at, &["event", "case"]) {
        event(reading, at)
    } else if reading.is_noun(at) && reading.is(at, &words::PRECONDITION) {
        precondition(reading, at)
    } else if reading.dep(at) == Dep::Prep {
        match reading.lemma(at).to_lowercase().as_str() {
            "with" | "without" => circumstance(reading, at),
            "for" => price(reading, at),
            "after" | "until" | "before" => milestone(reading, at),
            _ => None,
        }
    } else if reading.is(at, &words::FACING) && reading.dep(at) == Dep::Conj {
        or_else(reading, at)
    } else if reading.is(at, &words::ANSWERING) && reading.is_verb(at) {
        answered(reading, at).or_else(|| clause(reading, at))
    } else {
        clause(reading, at)
            .or_else(|| barrier(reading, at))
            .or_else(|| dependence(reading, at))
            .or_else(|| requirement(reading, at))
    }?;
    // `asked how long they would stay in case of war`
    let asks = reading.is_verb(parts.consequence_head)
        && matches!(reading.dep(parts.consequence_head), Dep::Ccomp | Dep::Pcomp)
        && reading.children(parts.consequence_head).iter().any(|&word| {
            let deep = reading.children(word).iter().any(|&below| reading.tag(below) == Tag::Wrb);
            let wh = reading.tag(word) == Tag::Wrb || deep && reading.dep(word) == Dep::Advmod;
            word < parts.consequence_head && wh
        });
    (!asks && !parts.premise.is_empty() && !parts.consequence.is_empty()).then_some(parts)
}
