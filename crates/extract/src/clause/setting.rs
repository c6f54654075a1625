//! Settings of acts: time, place and occasion.

use readout_annotate::times::TimeKind;
use readout_annotate::{Dep, EntityLabel, Pos, Tag};
use readout_record::{ActorKind, Time};
use readout_text::ByteSpan;

use crate::clause::reading::Reading;

/// Nouns that name a meeting of many.
const GATHERINGS: &[&str] = &[
    "summit",
    "conference",
    "assembly",
    "forum",
    "congress",
    "session",
    "council",
    "g20",
    "g-20",
    "g7",
    "g-7",
    "g8",
    "g-8",
    "meeting",
    "apec",
    "asean",
    "brics",
    "davos",
];
const SIDELINES: &[&str] =
    &["sidelines", "sideline", "margin", "margins", "fringe", "fringes", "end", "eve", "start"];

/// Returns the time of the act of `at`: the nearest date or time of its clause.
pub(crate) fn time(reading: &Reading<'_>, at: u32, span: ByteSpan) -> Option<Time> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    let here = reading.syntax.token(at).span.start;
    times
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|time| time.span.start < span.end)
        .take(16)
        .filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF"))
        .filter(|time| !is_of_other_clause(reading, at, time.span))
        // `the first since 1979` was not in 1979.
        .filter(|time| {
            let first = reading.syntax.tokens_in(time.span).next();
            !first.is_some_and(|first| {
                reading.is(first, &["since"]) || first > 0 && reading.is(first - 1, &["since"])
            })
        })
        .min_by_key(|time| {
            // What hangs on the act itself says more than what stands near it: `agreed on Sunday to meet on Thursday`.
            let first = reading.syntax.tokens_in(time.span).next();
            let own = first.is_some_and(|first| reading.syntax.ancestors(first).take(24).any(|up| up == at));
            (!own, time.span.start.abs_diff(here))
        })
        .map(|time| time.time.clone())
}

/// Whether the words `span` say when something told beside the act of `at` was: `the treaty, which was signed in May`,
/// `promised that it would leave by June`.
fn is_of_other_clause(reading: &Reading<'_>, at: u32, span: ByteSpan) -> bool {
    let Some(first) = reading.syntax.tokens_in(span).next() else { return false };
    let mut below = first;
    for above in reading.syntax.ancestors(first).take(24) {
        let finite = reading.is_verb(below) && reading.is_finite_clause(below);
        let other = matches!(reading.dep(below), Dep::Relcl | Dep::Parataxis)
            || finite && matches!(reading.dep(below), Dep::Ccomp | Dep::Advcl);
        if below == at {
            return false;
        }
        if other {
            // An act within that clause is of its time.
            return !reading.syntax.ancestors(at).take(24).any(|up| up == below);
        }
        below = above;
    }
    false
}

/// Returns the place of the act of `at`, as the report names it.
pub(crate) fn place(reading: &Reading<'_>, at: u32) -> Option<String> {
    if let Some(found) = place_below(reading, at, 5) {
        return Some(found);
    }
    for child in reading.children_by(at, &[Dep::Advmod]) {
        // `in Antalya, where the two spoke`
        if reading.is(child, &["where"])
            && let Some(noun) = reading.antecedent(at)
            && is_place(reading, noun)
        {
            return Some(place_name(reading, noun));
        }
    }
    if says_there(reading, at, 5) {
        return last_place(reading, at);
    }
    None
}

fn place_below(reading: &Reading<'_>, at: u32, reach: usize) -> Option<String> {
    if reach == 0 {
        return None;
    }
    let preps = || reading.children_by(at, &[Dep::Prep]).take(32);
    for prep in preps() {
        if reading.is(prep, &["in", "at", "near", "outside", "inside", "over", "off"]) {
            for object in reading.children_by(prep, &[Dep::Pobj]) {
                if is_place(reading, object) {
                    return Some(place_name(reading, object));
                }
            }
        }
    }
    for prep in preps() {
        if reading.is(prep, &["on", "at", "of", "during", "after", "before", "in", "for"]) {
            for object in reading.children_by(prep, &[Dep::Pobj]).take(2) {
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
        && reading.children(at).iter().take(32).any(|&child| match reading.dep(child) {
            Dep::Advmod => reading.is(child, &["there"]),
            Dep::Prep | Dep::Pobj => says_there(reading, child, reach - 1),
            _ => false,
        })
}

/// The last place that the text before `at` says something is in.
fn last_place(reading: &Reading<'_>, at: u32) -> Option<String> {
    (at.saturating_sub(80)..at)
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

/// The name of the place at `head`, without its article.
fn place_name(reading: &Reading<'_>, head: u32) -> String {
    let tokens = match reading.syntax.entity_at(head) {
        Some(entity) => entity.start..entity.end,
        None => head..head + 1,
    };
    let from = tokens.start + u32::from(reading.tag(tokens.start) == Tag::Dt && tokens.len() > 1);
    reading.syntax.passage(from..tokens.end).to_owned()
}

/// The larger gathering at which the act of `at` takes place, as `G20 summit`.
pub(crate) fn occasion(reading: &Reading<'_>, at: u32) -> Option<String> {
    gathering(reading, at, 5)
}

fn gathering(reading: &Reading<'_>, at: u32, reach: usize) -> Option<String> {
    if reach == 0 {
        return None;
    }
    for prep in reading.children_by(at, &[Dep::Prep]).take(32) {
        if !reading.is(prep, &["on", "at", "during", "before", "after", "of", "in", "around", "ahead"]) {
            continue;
        }
        for object in reading.children_by(prep, &[Dep::Pobj]).take(2) {
            if reading.is(object, SIDELINES) || reading.is(prep, &["ahead"]) {
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
    for clause in reading.children_by(at, &[Dep::Acl, Dep::Advcl, Dep::Appos]).take(8) {
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
        if GATHERINGS.contains(&word.as_str()) {
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

/// The length in minutes that `span` gives, at least and at most.
pub(crate) fn minutes(reading: &Reading<'_>, span: ByteSpan) -> Option<(Option<u32>, Option<u32>)> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    times
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|time| time.span.start < span.end)
        .take(16)
        .filter(|time| time.kind == TimeKind::Duration)
        // Months and years are no length of a meeting.
        .find_map(|time| time.minutes.filter(|(low, high)| low.or(*high).is_some_and(|m| m <= 3 * 24 * 60)))
}
