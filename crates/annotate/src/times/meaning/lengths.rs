//! Durations, with bounds in minutes where their unit has a fixed length.

use jiff::civil::Date;
use readout_record::{Anchor, Bounds};
use readout_syntax::Pos;

use super::reading::{Meaning, Reading};
use crate::times::calendar::{self, Unit, When, add_days};
use crate::times::kind::TimeKind;
use crate::times::pieces::Shape;
use crate::times::words::{Amount, Class, Hedge};

impl Reading<'_> {
    pub(super) fn duration(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let amount = self.found.caught.amount.as_ref()?;
        let words = self.words.get(self.found.start..self.found.end)?;
        let article = words.iter().any(|word| matches!(word.lower.as_str(), "a" | "an"))
            && amount.number().is_some_and(|number| (number - 1.0).abs() < 0.01);
        // `the 2018 day`: a year before a noun, no count.
        let year = words.iter().any(|word| matches!(word.shape, Shape::Digits(1500..=2100, 4)));
        if year && words.last().is_some_and(|word| !word.lower.ends_with('s')) {
            return None;
        }
        // An age is no time of anything; in `a day-long strike` the article is the strike's.
        if self.after() == "old"
            || self.after() == "-"
                && self.word(self.found.end + 1).is_some_and(|word| {
                    word.lower == "old"
                        || article && matches!(word.lower.as_str(), "long" | "earlier" | "ago")
                })
        {
            return None;
        }
        // `a second`, `a quarter`, `a day of mourning`: one of something, rarely a length.
        if matches!(unit, Unit::Weekend | Unit::Night) && article {
            return None;
        }
        if matches!(unit, Unit::Second | Unit::Quarter) && amount.number().is_none_or(|number| number < 2.0) {
            return None;
        }
        // `500 a year` is a rate.
        if article && words.len() == 2 && self.rate() {
            return Some(Meaning::unknown(TimeKind::Set, period_value(amount, unit), Some(unit.grain())));
        }
        let mut meaning = period(amount, unit, self.found.caught.hedge);
        let within = self.before() == "within"
            || self.before() == "the"
                && self.found.start >= 2
                && self.word(self.found.start - 2)?.lower == "within";
        if within
            && let (Some(published), Some(count)) = (self.context.published, amount.high)
            && let Some(When::Day(end)) = span_end(published, count, unit)
        {
            meaning.interval = Some((Some(published.to_string()), Some(end.to_string())));
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    /// Whether the words before are an amount or a frequency: `$5 million a year`, `three times a week`.
    pub(super) fn rate(&self) -> bool {
        let Some(before) = self.found.start.checked_sub(1).and_then(|at| self.word(at)) else { return false };
        matches!(before.shape, Shape::Digits(..) | Shape::Amount(_))
            || matches!(
                before.lower.as_str(),
                "million"
                    | "billion"
                    | "thousand"
                    | "hundred"
                    | "times"
                    | "time"
                    | "once"
                    | "twice"
                    | "percent"
                    | "%"
                    | "dollars"
                    | "tons"
                    | "barrels"
                    | "people"
                    | "hours"
                    | "days"
                    | "cases"
            )
    }

    pub(super) fn running(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let one = Amount { low: Some(1.0), high: Some(1.0) };
        let vague = Amount { low: None, high: None };
        let plural = self.first(&[Class::Units]).is_some() && self.found.caught.amount.is_none();
        let amount = self.found.caught.amount.as_ref().unwrap_or(if plural { &vague } else { &one });
        let words = self.words.get(self.found.start..self.found.end)?;
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.lower.as_str()));
        if self.found.caught.amount.is_none()
            && !plural
            && has(&["last", "previous", "next"])
            && !matches!(unit, Unit::Decade | Unit::Century)
        {
            return None;
        }
        let mut meaning = period(amount, unit, self.found.caught.hedge);
        meaning.grain = Some(unit.grain());
        let (back, ahead) = (has(&["past", "last", "previous"]), has(&["next", "coming"]));
        if let Some(published) = self.context.published.filter(|_| back || ahead) {
            let tomorrow = add_days(published, 1);
            let count = amount.number();
            meaning.interval = Some(if back {
                let start = count
                    .and_then(|count| shifted(When::Day(published), count, unit, true))
                    .and_then(|_| span_start(published, count?, unit));
                (start.map(|day| day.to_string()), tomorrow.map(|day| day.to_string()))
            } else {
                let end = count.and_then(|count| span_end(published, count, unit)).and_then(When::days);
                (Some(published.to_string()), end.map(|days| days.0.to_string()))
            });
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    pub(super) fn elliptic(&self) -> Option<Meaning> {
        let (sentence, unit) = self.context.counted?;
        let token = self.first_token()?;
        let next = self.word(self.found.end);
        let noun_follows = next.is_some_and(|next| {
            !next.breaks
                && next.token < self.syntax.len()
                && matches!(self.syntax.token(next.token).pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num)
        });
        if self.syntax.token(token).sentence != sentence || noun_follows || self.before() != "within" {
            return None;
        }
        let amount = self.found.caught.amount.as_ref()?;
        let mut meaning = period(amount, unit, None);
        if let (Some(published), Some(count)) = (self.context.published, amount.high)
            && let Some(When::Day(end)) = span_end(published, count, unit)
        {
            meaning.interval = Some((Some(published.to_string()), Some(end.to_string())));
            meaning.anchor = Anchor::Published;
        }
        Some(meaning)
    }

    pub(super) fn vague(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let plural = self.first(&[Class::Units]).is_some();
        let amount = if plural {
            Amount { low: None, high: None }
        } else {
            Amount { low: Some(1.0), high: Some(1.0) }
        };
        Some(period(&amount, unit, None))
    }
}

/// A count with a half in the next smaller unit.
fn whole(count: f64, unit: Unit) -> (i64, Unit) {
    if (count - count.round()).abs() < 0.01 {
        return (count.round() as i64, unit);
    }
    match unit {
        Unit::Year => ((count * 12.0).round() as i64, Unit::Month),
        Unit::Decade => ((count * 10.0).round() as i64, Unit::Year),
        Unit::Century => ((count * 100.0).round() as i64, Unit::Year),
        Unit::Month => ((count * 30.0).round() as i64, Unit::Day),
        Unit::Week => ((count * 7.0).round() as i64, Unit::Day),
        Unit::Day => ((count * 24.0).round() as i64, Unit::Hour),
        Unit::Hour => ((count * 60.0).round() as i64, Unit::Minute),
        _ => (count.round() as i64, unit),
    }
}

/// `anchor` moved by a count that may hold a half.
pub(super) fn shifted(anchor: When, count: f64, unit: Unit, back: bool) -> Option<When> {
    if !(0.0..100_000.0).contains(&count) {
        return None;
    }
    let (count, unit) = whole(count, unit);
    anchor.shifted(if back { -count } else { count }, unit)
}

/// The day after the last of the `count` units that start on `day`.
pub(super) fn span_end(day: Date, count: f64, unit: Unit) -> Option<When> {
    let (count, unit) = whole(count.clamp(0.0, 100_000.0), unit);
    let end = calendar::shift_day(day, count, unit)?;
    add_days(end, 1).map(When::Day)
}

/// The first of the `count` units that end on `day`.
pub(super) fn span_start(day: Date, count: f64, unit: Unit) -> Option<Date> {
    let (count, unit) = whole(count.clamp(0.0, 100_000.0), unit);
    calendar::shift_day(day, -count, unit)
}

/// The TIMEX3 value of a length.
pub(super) fn period_value(amount: &Amount, unit: Unit) -> String {
    let (prefix, letter, factor) = unit.period();
    let Some(number) = amount.number().or(amount.low) else { return format!("{prefix}X{letter}") };
    if (number - number.round()).abs() > 0.01 {
        let (count, smaller) = whole(number, unit);
        if smaller != unit {
            let (prefix, letter, factor) = smaller.period();
            return format!("{prefix}{}{letter}", count * factor);
        }
    }
    format!("{prefix}{}{letter}", number.round() as i64 * factor)
}

/// A length. `more than 30 minutes` has no upper bound; `nearly two hours` no lower one that the words give.
pub(super) fn period(amount: &Amount, unit: Unit, hedge: Option<Hedge>) -> Meaning {
    let bound = |count: Option<f64>| {
        let minutes = count? * unit.seconds()? / 60.0;
        (0.0..1e9).contains(&minutes).then(|| libm_ceil(minutes))
    };
    let (low, high) = match hedge {
        Some(Hedge::More) => (amount.low, None),
        Some(Hedge::Less) => (None, amount.high),
        Some(Hedge::About) | None => (amount.low, amount.high),
    };
    let mut meaning = Meaning::unknown(TimeKind::Duration, period_value(amount, unit), Some(unit.grain()));
    meaning.minutes = unit.seconds().map(|_| Bounds { least: bound(low), most: bound(high) });
    meaning
}

/// Minutes begun count in full.
pub(super) fn libm_ceil(minutes: f64) -> u32 {
    minutes.ceil() as u32
}
