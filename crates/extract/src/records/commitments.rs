//! Commitments: who is to do what by when; from verbs of agreeing and promising, and from the terms of instruments.

use readout_annotate::times::{TimeExpression, TimeKind};
use readout_lexicon::{RuleName, rule};
use readout_record::{ActorId, Commitment, Deadline, Factuality};
use readout_syntax::{Dep, Tag};
use readout_text::ByteSpan;

use crate::acts::sides;
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::agreements;

/// Commitments that one verb or list makes.
pub(crate) struct Group {
    /// The verb: `agreed`, `include`.
    pub(crate) head: u32,
    /// The commitments, in order.
    pub(crate) commitments: Vec<Commitment>,
}

/// Finds what people agree or promise to do, grouped by verb, in the order of the text.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Group> {
    let mut found = Vec::new();
    for at in 0..reading.syntax.len() {
        if !reading.is_verb(at) || !reading.is(at, &agreements::COMMITTING) {
            continue;
        }
        if !matches!(factuality::of(reading, at), Factuality::Happened | Factuality::Ongoing) {
            continue;
        }
        let debtor = actors(reading, &reading.doers(at));
        let mut creditor = actors(reading, &reading.after(at, &["with"]));
        if reading.is(at, &["promise", "guarantee"]) {
            creditor.extend(actors(reading, &reading.objects(at)));
        }
        creditor.retain(|actor| !debtor.contains(actor));
        let mut actions = Vec::new();
        for first in reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]) {
            // `promised that it would`: its own subject must be the one who promises.
            if reading.is_verb(first)
                && (reading.dep(first) == Dep::Xcomp
                    || reading.is_infinitive(first)
                    || is_own_future(reading, first, &debtor))
            {
                and_joined(reading, first, &mut actions);
            }
        }
        for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["to", "on"])) {
            for first in reading.children_by(prep, &[Dep::Pcomp]) {
                and_joined(reading, first, &mut actions);
            }
        }
        let base = act_time(reading, at, reading.clause(at)).and_then(|time| time.from);
        let commitments =
            build(reading, &actions, &debtor, &creditor, base.as_deref(), rule!("commitment.verb"));
        if !commitments.is_empty() && !debtor.is_empty() || commitments.len() > 1 {
            found.push(Group { head: at, commitments });
        }
    }
    found
}

/// `promised that it would leave`: the act of whoever promises.
fn is_own_future(reading: &Reading<'_>, at: u32, debtor: &[ActorId]) -> bool {
    let will = reading.children_by(at, &[Dep::Aux]).any(|aux| {
        reading.is(aux, &["will", "would", "'ll", "’ll"]) && reading.child(at, Dep::Neg).is_none()
    });
    let subjects = reading.subjects(at);
    let own = subjects.iter().any(|&head| {
        reading.is(head, &["it", "he", "she", "they", "we", "i"])
            || sides::actors(reading, head).iter().any(|actor| debtor.contains(actor))
    });
    will && own
}

/// `first` and the verbs joined to it.
pub(crate) fn and_joined(reading: &Reading<'_>, first: u32, found: &mut Vec<u32>) {
    let mut next = Some(first);
    while let Some(at) = next {
        if found.contains(&at) || found.len() >= 24 {
            return;
        }
        found.push(at);
        next = reading.children_by(at, &[Dep::Conj]).next();
    }
}

/// One commitment for each of `actions`.
pub(crate) fn build(
    reading: &Reading<'_>,
    actions: &[u32],
    debtor: &[ActorId],
    creditor: &[ActorId],
    base: Option<&str>,
    rule: RuleName,
) -> Vec<Commitment> {
    let mut unit: Option<String> = None;
    let mut found = Vec::new();
    for (number, &action) in actions.iter().enumerate() {
        let mut span = reading.clause(action);
        // From the act itself: `to` and the subject are no part of it.
        if reading.is_verb(action) {
            let start = reading
                .children(action)
                .iter()
                .copied()
                .filter(|&child| child < action && matches!(reading.dep(child), Dep::Neg | Dep::Advmod))
                .min()
                .unwrap_or(action);
            span = ByteSpan::new(reading.syntax.token(start).span.start, span.end);
        } else {
            // A noun phrase of a list ends before the next item.
            let phrase = reading.syntax.subtree(action);
            let end =
                actions.get(number + 1).map_or(phrase.end, |&next| reading.syntax.token(next).left_edge);
            let mut end = end.clamp(action + 1, phrase.end.max(action + 1));
            while end > action + 1 && matches!(reading.dep(end - 1), Dep::Cc | Dep::Punct) {
                end -= 1;
            }
            span = reading.trimmed(phrase.start..end);
        }
        if span.is_empty() {
            continue;
        }
        let (deadline, words) = deadline(reading, action, base, &mut unit).unzip();
        // `hold elections within 18 months`: to hold elections is the act.
        let act = words.filter(|words| words.end >= span.end && words.start > span.start).map(|words| {
            let act = ByteSpan::new(span.start, words.start);
            let text = act.slice(reading.syntax.text());
            let kept = text.trim_end_matches(|mark: char| mark.is_whitespace() || mark == ',').len();
            ByteSpan::new(span.start, span.start + kept as u32)
        });
        found.push(Commitment {
            evidence: reading.evidence("commitment", "", span, rule, 0.8),
            debtor: debtor.to_vec(),
            creditor: creditor.to_vec(),
            action: reading.offsets.to_chars(act.unwrap_or(span)),
            deadline,
            agreement: None,
            statement: reading.reported_by(action),
        });
    }
    found
}

/// The actors behind `heads`.
pub(crate) fn actors(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    add_once(&mut found, heads.iter().flat_map(|&head| sides::actors(reading, reading.substance(head))));
    found
}

/// Returns the deadline of `action`, and its span. `unit` is the unit of the deadline before it, for `within six months
/// and … within 18`.
fn deadline(
    reading: &Reading<'_>,
    action: u32,
    base: Option<&str>,
    unit: &mut Option<String>,
) -> Option<(Deadline, ByteSpan)> {
    let mut preps: Vec<u32> = reading.children_by(action, &[Dep::Prep]).collect();
    for object in reading.children_by(action, &[Dep::Dobj]) {
        preps.extend(reading.children_by(object, &[Dep::Prep]));
    }
    for prep in preps {
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
            let from = due.is_some().then(|| base.map(day).map(str::to_owned)).flatten();
            return Some((Deadline { text, due, from }, span));
        }
        if reading.is(prep, &["by", "before", "until"])
            && let Some(time) = time.filter(|time| time.kind != TimeKind::Duration)
        {
            let text = span.slice(reading.syntax.text()).to_owned();
            // The interval is half-open: by Friday is due on Friday, before Friday on the day before.
            let due = if reading.is(prep, &["before"]) {
                time.time.from.as_deref().and_then(|from| add_days(day(from), -1))
            } else {
                time.time.to.as_deref().and_then(|to| add_days(day(to), -1))
            };
            return Some((Deadline { text, due, from: None }, span));
        }
    }
    None
}

fn time_in<'a>(reading: &Reading<'a>, span: ByteSpan) -> Option<&'a TimeExpression> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    times.get(from..).unwrap_or_default().iter().take_while(|time| time.span.start < span.end).next()
}

/// The date part of an ISO 8601 date or date-time.
fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
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
    let base = day(base);
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

fn parse_day(date: &str) -> Option<(i64, i64, i64)> {
    let mut parts = date.splitn(3, '-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day) && (0..10_000).contains(&year))
        .then_some((year, month, day))
}

/// Days of the month.
fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn add_months(date: &str, months: i64) -> Option<String> {
    let (year, month, day) = parse_day(date)?;
    let total = year * 12 + month - 1 + months;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    Some(format!("{year:04}-{month:02}-{:02}", day.min(month_length(year, month))))
}

fn add_days(date: &str, days: i64) -> Option<String> {
    let (mut year, mut month, day) = parse_day(date)?;
    let mut day = day + days;
    while day < 1 {
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
        day += month_length(year, month);
    }
    while day > month_length(year, month) {
        day -= month_length(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    Some(format!("{year:04}-{month:02}-{day:02}"))
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
