//! The fields in which reports of one happening differ, with the records that give each value.

use std::collections::BTreeSet;

use readout_record::{ActorId, Bounds, Disagreement, DisagreementValue, Factuality, Grain, RecordId};

use super::occurrence::Occurrence;
use super::sides::fit;

/// Returns the range with open ends closed: `more than 30` is 30 to 45.
pub(crate) fn closed(range: Bounds) -> (f64, f64) {
    match (range.least.map(f64::from), range.most.map(f64::from)) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low * 1.5),
        (None, Some(high)) => (high * 0.5, high),
        (None, None) => (0.0, f64::MAX),
    }
}

/// Whether both can be true, give or take a share `slack`.
pub(crate) fn agree(a: Bounds, b: Bounds, slack: f64) -> bool {
    let (a, b) = (closed(a), closed(b));
    a.0 * (1.0 - slack) <= b.1 * (1.0 + slack) && b.0 * (1.0 - slack) <= a.1 * (1.0 + slack)
}

/// Returns the fields on which `group` differs.
pub(crate) fn disagreements(group: &[&Occurrence]) -> Vec<Disagreement> {
    let ranges = |field: &str, slack: f64, of: fn(&Occurrence) -> Option<Bounds>| {
        let told: Vec<(String, &RecordId, Bounds)> = group
            .iter()
            .filter_map(|it| {
                let range = of(it).filter(|range| *range != Bounds::default())?;
                Some((range_text(range), &it.evidence.id, range))
            })
            .collect();
        values(field, &told, |a, b| agree(*a, *b, slack))
    };
    let mut out = Vec::new();
    out.extend(ranges("minutes", 0.1, |it| it.minutes));
    out.extend(ranges("killed", 0.0, |it| it.killed));
    out.extend(ranges("injured", 0.0, |it| it.injured));
    // An hour is told in the time of one place: elsewhere it is the day before or after.
    let told: Vec<(String, &RecordId, (i32, i32))> = group
        .iter()
        .filter_map(|it| {
            let time = it.time.as_ref()?;
            // Of a month or a season the first day says too much.
            let is_day = time.grain.is_none_or(|grain| grain <= Grain::Day);
            let from = time.from.clone().filter(|_| is_day).unwrap_or_else(|| time.text.clone());
            let slack = i32::from(time.grain.is_some_and(|grain| grain < Grain::Day));
            let (first, last) = it.days?;
            Some((from, &it.evidence.id, (first - slack, last + slack)))
        })
        .collect();
    out.extend(values("time", &told, |a, b| a.0 <= b.1 && b.0 <= a.1));
    let told: Vec<(String, &RecordId, Option<String>)> = group
        .iter()
        .filter(|it| it.place_state.is_some())
        .filter_map(|it| Some((it.place.clone()?, &it.evidence.id, it.place_state.clone())))
        .collect();
    out.extend(values("place", &told, |a, b| a == b));
    let told: Vec<(String, &RecordId, bool)> = group
        .iter()
        .map(|it| {
            let denied = it.factuality == Factuality::Denied;
            (if denied { "denied" } else { "happened" }.to_owned(), &it.evidence.id, denied)
        })
        .collect();
    out.extend(values("factuality", &told, |a, b| a == b));
    let actors = |field: &str, of: fn(&Occurrence) -> BTreeSet<ActorId>| {
        let told: Vec<(String, &RecordId, &Occurrence)> = group
            .iter()
            .filter(|it| !of(it).is_empty())
            .map(|it| (of(it).iter().cloned().collect::<Vec<_>>().join(", "), &it.evidence.id, *it))
            .collect();
        values(field, &told, |a, b| fit(a, &of(a), b, &of(b)) == Some(true))
    };
    out.extend(actors("claimed_by", |it| it.claimed_by.clone()));
    out.extend(actors("blamed_on", |it| it.blamed_on.clone()));
    out
}

/// Returns the values of `field`, if not all members agree. Each value is listed with the members that give it or a
/// value that agrees with it.
fn values<V>(
    field: &str,
    told: &[(String, &RecordId, V)],
    agree: impl Fn(&V, &V) -> bool,
) -> Option<Disagreement> {
    // The first of each camp speaks for it; told in the order of the reports.
    let mut camps: Vec<Vec<usize>> = Vec::new();
    for (number, (_, _, value)) in told.iter().enumerate() {
        match camps.iter_mut().find(|camp| camp.iter().all(|&other| agree(&told[other].2, value))) {
            Some(camp) => camp.push(number),
            None => camps.push(vec![number]),
        }
    }
    if camps.len() < 2 {
        return None;
    }
    let values = camps
        .into_iter()
        .map(|camp| {
            let mut words: Vec<&str> = camp.iter().map(|&at| told[at].0.as_str()).collect();
            words.sort_unstable();
            words.dedup();
            DisagreementValue {
                value: words.join(" / "),
                members: camp.iter().map(|&at| told[at].1.clone()).collect(),
            }
        })
        .collect();
    Some(Disagreement { field: field.to_owned(), values })
}

fn range_text(range: Bounds) -> String {
    match (range.least, range.most) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "unknown".to_owned(),
    }
}
