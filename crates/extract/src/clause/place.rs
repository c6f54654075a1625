//! Places of acts: where something took place, as the report names it.

use readout_record::ActorKind;
use readout_syntax::{Dep, EntityLabel, Pos, Tag};

use super::reach::{DEPENDENTS, PASSAGE_TOKENS};
use super::reading::Reading;
use crate::words::places;

/// The most objects of one preposition that are looked at. It has one but where the parser slips.
const OBJECTS: usize = 2;

/// The levels below a scene (`a dozen towns`) at which its place is looked for.
const REACH_FROM_SCENE: usize = 1;

/// Returns the place of the act of `at`, as the report names it.
pub(crate) fn act_place(reading: &Reading<'_>, at: u32) -> Option<String> {
    if let Some(found) = place_below(reading, at, 5) {
        return Some(found);
    }
    for child in reading.children_by(at, &[Dep::Advmod]) {
        // `in Antalya, where the two spoke`
        if reading.is(child, &["where"])
            && let Some(noun) = reading.antecedent(at)
        {
            // `in a dozen towns in Mali, where nine were killed`
            let around = || place_below(reading, noun, REACH_FROM_SCENE);
            let found = Some(noun).filter(|&noun| is_place(reading, noun));
            let found = found.map(|noun| place_name(reading, noun)).or_else(around);
            if found.is_some() {
                return found;
            }
        }
    }
    if says_there(reading, at, 5) {
        return last_place(reading, at);
    }
    None
}

/// Returns the place behind the prepositions below `at`, at most `reach` levels deep.
pub(crate) fn place_below(reading: &Reading<'_>, at: u32, reach: usize) -> Option<String> {
    if reach == 0 {
        return None;
    }
    let preps = || reading.children_by(at, &[Dep::Prep]).take(DEPENDENTS);
    for prep in preps() {
        if reading.is(prep, &["in", "at", "near", "outside", "inside", "within", "over", "off"]) {
            for object in reading.children_by(prep, &[Dep::Pobj]) {
                if is_place(reading, object) {
                    return Some(place_name(reading, object));
                }
                if let Some(found) = settlement(reading, object) {
                    return Some(found);
                }
            }
        }
    }
    for prep in preps() {
        if reading.is(prep, &["on", "at", "of", "during", "after", "before", "in", "for"]) {
            for object in reading.children_by(prep, &[Dep::Pobj]).take(OBJECTS) {
                // The people of a place are not at it.
                let people = reading.is_person(object);
                if !people && let Some(found) = place_below(reading, object, reach - 1) {
                    return Some(found);
                }
            }
        }
    }
    None
}

fn says_there(reading: &Reading<'_>, at: u32, reach: usize) -> bool {
    reach > 0
        && reading.children(at).iter().take(DEPENDENTS).any(|&child| match reading.dep(child) {
            Dep::Advmod => reading.is(child, &["there"]),
            Dep::Prep | Dep::Pobj => says_there(reading, child, reach - 1),
            _ => false,
        })
}

/// The last place that the text before `at` says something is in.
fn last_place(reading: &Reading<'_>, at: u32) -> Option<String> {
    (at.saturating_sub(PASSAGE_TOKENS as u32)..at)
        .rev()
        .find(|&token| {
            is_place(reading, token)
                && reading.dep(token) == Dep::Pobj
                && reading.syntax.head(token).is_some_and(|prep| reading.is(prep, &["in", "at"]))
        })
        .map(|token| place_name(reading, token))
}

/// Whether the phrase of `head` names a place.
pub(crate) fn is_place(reading: &Reading<'_>, head: u32) -> bool {
    if reading.syntax.token(head).pos == Pos::Pron {
        return false;
    }
    matches!(
        reading.syntax.entity_at(head).map(|entity| entity.label),
        Some(EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility)
    ) || reading
        .chain(head)
        .is_some_and(|chain| reading.tag(head).is_proper() && (chain.place || chain.kind == ActorKind::State))
}

/// Returns the name of the place that the noun `head` says what it is: `the town of Kobani`, `the Damascus suburbs`.
pub(crate) fn settlement(reading: &Reading<'_>, head: u32) -> Option<String> {
    if !reading.is(head, &places::SETTLEMENT) {
        return None;
    }
    // A name behind `the town of` is a town’s, known or not.
    let of_nobody = |name: &u32| {
        reading.chain(*name).is_none_or(|chain| matches!(chain.kind, ActorKind::State | ActorKind::Unnamed))
    };
    let of = reading.after(head, &["of"]);
    let called = of
        .into_iter()
        .find(|name| is_place(reading, *name) || reading.tag(*name) == Tag::Nnp && of_nobody(name));
    let beside = || reading.children_by(head, &[Dep::Appos, Dep::Compound, Dep::Nmod]);
    called.or_else(|| beside().find(|&name| is_place(reading, name))).map(|name| place_name(reading, name))
}

/// The name of the place at `head`, without its article.
pub(crate) fn place_name(reading: &Reading<'_>, head: u32) -> String {
    let tokens = match reading.syntax.entity_at(head) {
        Some(entity) => entity.start..entity.end,
        None => head..head + 1,
    };
    let from = tokens.start + u32::from(reading.tag(tokens.start) == Tag::Dt && tokens.len() > 1);
    reading.syntax.passage(from..tokens.end).to_owned()
}
