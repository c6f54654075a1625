//! Deadlines of commitments: `by Friday`, `within six months`.

use readout_annotate::times::{TimeExpression, TimeKind};
use readout_record::Deadline;
use readout_record::calendar::{add_days, add_months, date_of};
use readout_syntax::{Dep, Tag};
use readout_text::ByteSpan;

use crate::clause::reading::Reading;

/// The most steps up the tree from the noun of an act to its verb: `calls for a withdrawal within a year`.
const STEPS_TO_VERB: usize = 2;

/// Returns the deadline of `action`, and its span. `unit` is the unit of the deadline before it, for `within six months
/// and … within 18`.
pub(super) fn deadline(
    reading: &Reading<'_>,
    action: u32,
    base: Option<&str>,
    unit: &mut Option<String>,
) -> Option<(Deadline, ByteSpan)> {
    let mut preps: Vec<u32> = reading.children_by(action, &[Dep::Prep]).collect();
    for object in reading.children_by(action, &[Dep::Dobj]) {
        preps.extend(reading.children_by(object, &[Dep::Prep]));
    }
    // `calls for a withdrawal within a year`: the deadline of a noun may hang on its verb.
    if !reading.is_verb(action)
        && let Some(verb) =
            reading.syntax.ancestors(action).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))
    {
        preps.extend(reading.children_by(verb, &[Dep::Prep]).filter(|&prep| prep > action));
    }
    for &prep in &preps {
        let Some(object) = reading.children_by(prep, &[Dep::Pobj]).next() else { continue };
        let span = reading.syntax.span(prep..reading.syntax.token(object).right_edge.max(prep) + 1);
        let time = time_in(reading, span);
        if reading.is(prep, &["within"]) && (time.is_some() || reading.tag(object) == Tag::Cd) {
            let mut text = span.slice(reading.syntax.text()).to_owned();
            let mut value = time.map(|time| time.value.clone());
            if reading.tag(object) == Tag::Cd {
                // The unit is understood from the deadline before.
                let unit = unit.as_ref()?;
                text = format!("{} {} {unit}", reading.syntax.word(prep), reading.syntax.word(object));
                value = duration(reading.syntax.word(object), unit);
            } else {
                *unit = Some(reading.syntax.word(object).to_owned());
            }
            let due = base.zip(value.as_deref()).and_then(|(base, value)| after(base, value));
            let from = due.is_some().then(|| base.and_then(date_of).map(str::to_owned)).flatten();
            return Some((Deadline { text, due, from }, span));
        }
        if reading.is(prep, &["by", "before", "until"])
            && let Some(time) = time.filter(|time| time.kind != TimeKind::Duration)
            // Not `by 700,000 barrels a day`.
            && reading.token(object).span.overlaps(time.span)
        {
            let text = span.slice(reading.syntax.text()).to_owned();
            // The interval is half-open: by Friday is due on Friday, before Friday on the day before.
            let due = if reading.is(prep, &["before"]) {
                time.time.from.as_deref().and_then(|from| add_days(from, -1))
            } else {
                time.time.to.as_deref().and_then(|to| add_days(to, -1))
            };
            return Some((Deadline { text, due, from: None }, span));
        }
    }
    on_day(reading, action, &preps)
}

/// Returns the day to come on which `action` is to be done, and its span: `on Friday`, `in May`, `tomorrow`.
fn on_day(reading: &Reading<'_>, action: u32, preps: &[u32]) -> Option<(Deadline, ByteSpan)> {
    let published = reading.document.published.as_deref().and_then(date_of)?;
    let dated = preps.iter().copied().filter(|&prep| reading.is(prep, &["on", "in"]));
    let bare = reading.children_by(action, &[Dep::Npadvmod]);
    dated.chain(bare).find_map(|first| {
        let object = reading.child(first, Dep::Pobj).unwrap_or(first);
        // `next week`, `Wednesday night`: without a preposition all of the phrase is the day.
        let start = if object == first { reading.token(first).left_edge } else { first };
        let span = reading.syntax.span(start..reading.syntax.token(object).right_edge.max(first) + 1);
        let time =
            time_in(reading, span).filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time))?;
        let (from, to) = (time.time.from.as_deref()?, time.time.to.as_deref()?);
        let ahead = date_of(from)? >= published && reading.token(object).span.overlaps(time.span);
        let text = span.slice(reading.syntax.text()).to_owned();
        ahead.then(|| (Deadline { text, due: add_days(to, -1), from: None }, span))
    })
}

fn time_in<'a>(reading: &Reading<'a>, span: ByteSpan) -> Option<&'a TimeExpression> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    times.get(from..).unwrap_or_default().iter().take_while(|time| time.span.start < span.end).next()
}

/// `18` `months` as `P18M`.
fn duration(number: &str, unit: &str) -> Option<String> {
    let number: u32 = number.parse().ok()?;
    let letter = match unit.to_lowercase().trim_end_matches('s') {
        "day" => 'D',
        "week" => 'W',
        "month" => 'M',
        "year" => 'Y',
        _ => return None,
    };
    Some(format!("P{number}{letter}"))
}

/// The day `value` (`P6M`, `P10D`) after `base`.
fn after(base: &str, value: &str) -> Option<String> {
    let (number, unit) =
        value.strip_prefix('P').and_then(|rest| rest.split_at_checked(rest.len().checked_sub(1)?))?;
    let number: i64 = number.parse().ok().filter(|number: &i64| (0..100_000).contains(number))?;
    match unit {
        "D" => add_days(base, number),
        "W" => add_days(base, number * 7),
        "M" => add_months(base, number),
        "Y" => add_months(base, number * 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_counted_from_their_base() {
        assert_eq!(after("2019-08-31", "P6M").as_deref(), Some("2020-02-29"));
        assert_eq!(after("2019-12-30T10:00", "P3D").as_deref(), Some("2020-01-02"));
        assert_eq!(after("2019-12-30", "PT3H"), None);
        assert_eq!(after("soon", "P3D"), None);
        assert_eq!(add_days("2020-03-01", -1).as_deref(), Some("2020-02-29"));
    }

    #[test]
    fn an_understood_unit_is_filled_in() {
        assert_eq!(duration("18", "months").as_deref(), Some("P18M"));
        assert_eq!(duration("18", "seats"), None);
    }
}
