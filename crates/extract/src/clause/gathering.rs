//! Gatherings at which something takes place: summits, conferences, sessions.

use readout_lexicon::WordSet as _;
use readout_syntax::{Dep, Tag};

use super::reach::DEPENDENTS;
use super::reading::Reading;
use crate::words::meetings;

/// The most objects of one preposition that are looked at. It has one but where the parser slips.
const OBJECTS: usize = 2;
/// The most clauses at one word that are looked at.
const CLAUSES: usize = 8;

/// The larger gathering at which the act of `at` takes place, as `G20 summit`.
pub(crate) fn act_occasion(reading: &Reading<'_>, at: u32) -> Option<String> {
    gathering(reading, at, 5)
}

fn gathering(reading: &Reading<'_>, at: u32, reach: usize) -> Option<String> {
    if reach == 0 {
        return None;
    }
    for prep in reading.children_by(at, &[Dep::Prep]).take(DEPENDENTS) {
        if !reading.is(prep, &["on", "at", "during", "before", "after", "of", "in", "around", "ahead"]) {
            continue;
        }
        for object in reading.children_by(prep, &[Dep::Pobj]).take(OBJECTS) {
            if reading.is(object, &meetings::PLACE_OF_GATHERING) || reading.is(prep, &["ahead"]) {
                if let Some(found) = gathering(reading, object, reach - 1) {
                    return Some(found);
                }
            } else if let Some(found) = gathering_name(reading, object) {
                return Some(found);
            }
        }
        if let Some(found) = gathering(reading, prep, reach - 1) {
            return Some(found);
        }
    }
    for clause in reading.children_by(at, &[Dep::Acl, Dep::Advcl, Dep::Appos]).take(CLAUSES) {
        if let Some(found) = gathering(reading, clause, reach - 1) {
            return Some(found);
        }
    }
    None
}

/// The words from the start of the phrase of `head` to its last gathering word, if it has one and a name to it.
pub(crate) fn gathering_name(reading: &Reading<'_>, head: u32) -> Option<String> {
    let phrase = reading.syntax.subtree(head);
    let from = (phrase.start..=head).find(|&at| {
        // `the recent G20 summit`: what is only said of it is no part of its name.
        let described = reading.tag(at) == Tag::Jj
            && reading.syntax.entity_at(at).is_none()
            && reading.syntax.word(at).starts_with(char::is_lowercase);
        !(matches!(reading.tag(at), Tag::Dt | Tag::PrpPossessive) || described && at < head)
    })?;
    let end = phrase.end.min(head + 6);
    let mut last = None;
    for at in from..end {
        if at > head && matches!(reading.dep(at), Dep::Relcl | Dep::Acl | Dep::Conj | Dep::Cc) {
            break;
        }
        let word = reading.syntax.word(at).to_lowercase();
        if meetings::GATHERING.has(&word) {
            last = Some(at);
        }
    }
    // `G-20` is a name in itself.
    let named = (from..=last?).any(|at| {
        reading.tag(at).is_proper()
            || reading.syntax.entity_at(at).is_some()
            || reading.syntax.word(at).starts_with("G-")
    });
    named.then(|| reading.syntax.passage(from..last.unwrap_or(head) + 1).to_owned())
}
