//! When and where two records were: what came of a plan, what lies long back, which places are one.

use readout_record::Factuality;

use super::occurrence::{MAX_DAYS, Occurrence};

/// Longest time between the report of a plan and what came of it, in days.
const PLANNED_AHEAD: i32 = 60;
/// The format of a meeting that is named as a summit.
const SUMMIT: &str = "summit";
/// Days before publication from which a day is remembered, not news.
const REMEMBERED: i32 = 7;

/// Whether `plan` is a plan of a meeting or of leaving an office and `held` what took place as planned, one of the days
/// being unknown: soon after the report of a plan without a day, or reported within days of the day that was planned or of
/// that report.
pub(super) fn plan_came_true(plan: &Occurrence, held: &Occurrence) -> bool {
    let leaves = !plan.leavers.is_disjoint(&held.leavers);
    if !(plan.meeting || leaves)
        || plan.factuality != Factuality::Planned
        || held.factuality == Factuality::Planned
    {
        return false;
    }
    // `Their summit` is a name: it does not say that they have met. Who is to resign is said to have resigned.
    let named = leaves || held.named || held.mode.as_deref() == Some(SUMMIT);
    match (plan.days, held.days) {
        (None, Some((day, _))) => {
            plan.report.day.is_some_and(|told| (0..=PLANNED_AHEAD).contains(&(day - told)))
        }
        (Some((first, last)), None) => {
            let since = first - if named { PLANNED_AHEAD } else { 0 };
            held.report.day.is_some_and(|told| told >= since && told - last <= MAX_DAYS)
        }
        (None, None) => {
            let days = plan.report.day.zip(held.report.day);
            let since = if named { -MAX_DAYS } else { 1 };
            days.is_some_and(|(told, later)| (since..=MAX_DAYS).contains(&(later - told)))
        }
        _ => false,
    }
}

/// Whether the event is of a day or month long before its report.
pub(super) fn is_long_past(it: &Occurrence) -> bool {
    is_remembered(it) || recalls_month(it)
}

/// Whether the event is of one year, at least [`REMEMBERED`] days before its report.
pub(super) fn recalls_year(it: &Occurrence) -> bool {
    let year = it.days.filter(|(first, last)| (364..=365).contains(&(last - first)));
    year.zip(it.report.day).is_some_and(|((_, last), told)| told - last >= REMEMBERED)
}

/// Whether the event is one day, at least [`REMEMBERED`] days before its report.
pub(super) fn is_remembered(it: &Occurrence) -> bool {
    let day = it.days.filter(|(first, last)| last - first <= 1);
    day.zip(it.report.day).is_some_and(|((_, last), told)| told - last >= REMEMBERED)
}

/// Whether the event is of one month, at least [`REMEMBERED`] days before its report.
pub(super) fn recalls_month(it: &Occurrence) -> bool {
    let month = it.days.filter(|(first, last)| (27..=30).contains(&(last - first)));
    month.zip(it.report.day).is_some_and(|((_, last), told)| told - last >= REMEMBERED)
}

/// Whether both are one of a series by the same number: `their second summit`.
pub(super) fn have_one_number(a: &Occurrence, b: &Occurrence) -> bool {
    a.meeting && a.ordinal.is_some() && a.ordinal == b.ordinal
}

/// The outcome of a comparison of two places.
pub(super) enum Place {
    Same,
    SameCountry,
    Other,
    Unknown,
}

/// Compares the places.
pub(super) fn place(a: &Occurrence, b: &Occurrence) -> Place {
    let (Some(left), Some(right)) = (&a.place, &b.place) else { return Place::Unknown };
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    if left == right || left.contains(&right) || right.contains(&left) {
        Place::Same
    } else if a.place_state.is_some() && a.place_state == b.place_state {
        Place::SameCountry
    } else if a.place_state.is_some() && b.place_state.is_some() {
        Place::Other
    } else {
        Place::Unknown
    }
}
