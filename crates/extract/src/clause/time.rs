//! Times of acts: when something took place, and how long it lasted.

use readout_annotate::times::TimeKind;
use readout_record::calendar::date_of;
use readout_record::{Bounds, Factuality, Time};
use readout_syntax::{Dep, Tag};
use readout_text::ByteSpan;

use super::presupposition::is_presupposed;
use super::reach::{STEPS_TO_CLAUSE, TIMES};
use super::reading::Reading;

/// The most tokens from a date to the `when` of the clause that explains it: `in 2008, after all, when`.
const TOKENS_TO_WHEN: u32 = 7;

/// Returns the time of the act of `at`: the nearest date or time of its clause.
pub(crate) fn act_time(reading: &Reading<'_>, at: u32, span: ByteSpan) -> Option<Time> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    let here = reading.syntax.token(at).span.start;
    times
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|time| time.span.start < span.end)
        .take(TIMES)
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
            let own = first.is_some_and(|first| {
                reading.syntax.ancestors(first).take(STEPS_TO_CLAUSE).any(|up| up == at)
            });
            (!own, time.span.start.abs_diff(here))
        })
        .map(|time| time.time.clone())
}

/// Returns the time that a clause opened by `when` explains, if `at` is its verb: `in 2006, when the army seized power`.
pub(crate) fn time_before_when(reading: &Reading<'_>, at: u32) -> Option<Time> {
    let when =
        reading.children_by(at, &[Dep::Advmod]).find(|&word| word < at && reading.is(word, &["when"]))?;
    let sentence = reading.syntax.sentence_of(at);
    let to = reading.token(when).span.start;
    let near = reading.token(when.saturating_sub(TOKENS_TO_WHEN).max(sentence.start)).span.start;
    let times = &reading.annotations.times;
    let before = times.get(..times.partition_point(|time| time.span.start < to))?;
    let found = before.last().filter(|time| {
        let dated = matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF");
        dated && time.span.start >= near
    });
    found.map(|time| time.time.clone())
}

/// Returns the time right behind the phrase of the noun `at`, with no comma between: `their meeting late Sunday`.
pub(crate) fn time_behind(reading: &Reading<'_>, at: u32) -> Option<Time> {
    if reading.is_verb(at) {
        return None;
    }
    let mut next = reading.token(at).right_edge + 1;
    if reading.is(next, &["on", "in", "earlier", "later"]) {
        next += 1;
    }
    let start = reading.token(next).span.start;
    let times = &reading.annotations.times;
    let found = times.get(times.partition_point(|time| time.span.end <= start))?;
    let dated = matches!(found.kind, TimeKind::Date | TimeKind::Time) && !found.value.ends_with("_REF");
    (dated && found.span.start <= start && next < reading.syntax.sentence_of(at).end)
        .then(|| found.time.clone())
}

/// Whether the words `span` say when something told beside the act of `at` was: `the treaty, which was signed in May`,
/// `promised that it would leave by June`.
fn is_of_other_clause(reading: &Reading<'_>, at: u32, span: ByteSpan) -> bool {
    let Some(first) = reading.syntax.tokens_in(span).next() else { return false };
    let mut below = first;
    for above in reading.syntax.ancestors(first).take(STEPS_TO_CLAUSE) {
        let finite = reading.is_verb(below) && reading.is_finite_clause(below);
        let other = matches!(reading.dep(below), Dep::Relcl | Dep::Parataxis)
            || finite && matches!(reading.dep(below), Dep::Ccomp | Dep::Advcl);
        if below == at {
            return false;
        }
        if other {
            // An act within that clause is of its time.
            return !reading.syntax.ancestors(at).take(STEPS_TO_CLAUSE).any(|up| up == below);
        }
        below = above;
    }
    false
}

/// Returns the length in minutes that `span` gives.
pub(crate) fn minutes(reading: &Reading<'_>, span: ByteSpan) -> Option<Bounds> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    times
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|time| time.span.start < span.end)
        .take(TIMES)
        .filter(|time| time.kind == TimeKind::Duration)
        // Months and years are no length of a meeting.
        .find_map(|time| {
            time.minutes.filter(|length| length.least.or(length.most).is_some_and(|m| m <= 3 * 24 * 60))
        })
}

/// Returns the factuality of the act of `at`, told with `time`: what is told as done or under way on a day after that of
/// publication is planned.
///
/// A verb in the past tense was done all the same: its day is misread, or a day ahead of the report by its zone.
pub(crate) fn not_before(
    reading: &Reading<'_>,
    at: u32,
    time: Option<&Time>,
    factuality: Factuality,
) -> Factuality {
    let to_come = time
        .and_then(|time| date_of(time.from.as_deref()?))
        .zip(reading.document.published.as_deref().and_then(date_of))
        .is_some_and(|(from, published)| from > published);
    let told_as_past = reading.is_verb(at)
        && (reading.finite_word(at).is_some_and(|word| reading.tag(word) == Tag::Vbd)
            || reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"]))
                && !reading.children_by(at, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md));
    // `responsible for Tuesday's crackdown`
    let answered_for = reading
        .head(at)
        .is_some_and(|prep| is_presupposed(reading, prep, reading.head(prep).unwrap_or(prep)));
    match factuality {
        Factuality::Happened | Factuality::Ongoing if to_come && !told_as_past && !answered_for => {
            Factuality::Planned
        }
        _ => factuality,
    }
}
