//! Spans counted from publication or from the last date that the text named.

use readout_record::{Anchor, Grain};

use super::lengths::shifted;
use super::reading::{Meaning, Reading, WEEKDAY};
use crate::times::calendar::{Unit, When, days_between};
use crate::times::kind::TimeKind;
use crate::times::words::{self, Class};

impl Reading<'_> {
    pub(super) fn relative(&self) -> Option<Meaning> {
        let direction = self.direction()?;
        let Some(unit) = self.unit() else {
            let years = self.found.caught.values.is_empty() || self.after() == "years";
            return (!years)
                .then(|| self.weekend(Some(direction)))
                .filter(|_| self.word(self.found.end - 1).is_some_and(|word| word.lower == "weekend"))
                .or_else(|| self.year_of(direction));
        };
        // `the last year of the war`, `the past year`: a stretch, not a calendar year.
        if self.before() == "the" && direction != 0 && self.after() == "of" {
            return None;
        }
        // `the next year`, told of another time, follows it.
        if self.before() == "the"
            && direction == 1
            && let Some(narrative) = self.context.narrative
            && self
                .context
                .published
                .is_some_and(|day| narrative.days().is_some_and(|days| days_between(days.1, day) > 400))
        {
            return Some(Meaning::maybe(narrative.shifted(1, unit), Anchor::Narrative, "XXXX", unit.grain()));
        }
        let when = self.context.published.and_then(|day| When::Day(day).shifted(i64::from(direction), unit));
        Some(Meaning::maybe(when, Anchor::Published, open_value(unit), unit.grain()))
    }

    /// `earlier in the year`, `the last session of the day`: the unit of the last date that the text named, else of
    /// publication.
    pub(super) fn within(&self) -> Option<Meaning> {
        let day = self.word(self.found.end.checked_sub(1)?)?.lower == "day";
        let unit = self.unit().or_else(|| day.then_some(Unit::Day))?;
        // `by the end of the day Saturday`: the day has its own name.
        if self
            .word(self.found.end)
            .is_some_and(|word| WEEKDAY.iter().any(|class| words::value(word, *class).is_some()))
        {
            return None;
        }
        if self.before() == "of" {
            // `the order of the day`, `man of the day` name no day.
            let shares = (2..=3).filter_map(|back| self.word(self.found.start.checked_sub(back)?));
            if !shares.into_iter().any(|word| words::value(word, Class::Share).is_some()) {
                return None;
            }
        }
        // `At the end of the day` sums up more often than it dates.
        if self.first(&[Class::Edge]).is_some() && self.before() == "at" {
            return None;
        }
        if let Some(narrative) = self.context.narrative.filter(|when| when.grain() <= unit.grain()) {
            return Some(Meaning::maybe(
                narrative.widened(unit),
                Anchor::Narrative,
                open_value(unit),
                unit.grain(),
            ));
        }
        let when = self.context.published.and_then(|day| When::Day(day).widened(unit));
        Some(Meaning::maybe(when, Anchor::Published, open_value(unit), unit.grain()))
    }

    /// `more this year than last`: the unit that the words before name with `this`.
    pub(super) fn last_one(&self) -> Option<Meaning> {
        let from = self.found.start.saturating_sub(12);
        let before = self.words.get(from..self.found.start)?;
        let start = before.iter().rposition(|word| word.breaks || word.lower == ".").map_or(0, |at| at + 1);
        let unit = before.get(start..)?.windows(2).rev().find_map(|pair| match pair {
            [this, unit] if this.lower == "this" => {
                Unit::from_number(words::value(unit, Class::CalendarUnit)?)
            }
            _ => None,
        })?;
        let when = self.context.published.and_then(|day| When::Day(day).shifted(-1, unit));
        Some(Meaning::maybe(when, Anchor::Published, open_value(unit), unit.grain()))
    }

    /// `this fiscal year`.
    pub(super) fn year_of(&self, direction: i32) -> Option<Meaning> {
        let last = self.word(self.found.end.checked_sub(1)?)?;
        if last.lower != "year" && !(last.lower == "years" && direction == 0) {
            return None;
        }
        let year = self.published_year().map(|year| year.saturating_add(direction as i16));
        Some(Meaning::maybe(year.map(When::Year), Anchor::Published, "XXXX", Grain::Year))
    }

    /// `two days ago`, `in two days`: counted from publication.
    pub(super) fn ago(&self) -> Option<Meaning> {
        let back = self.word(self.found.end.checked_sub(1)?)?.lower == "ago";
        self.counted(back, |_| (self.context.published.map(When::Day), Anchor::Published))
    }

    /// `two days later`, `a year earlier`: counted from the last date that the text named, if it is at least as fine as
    /// the step; what is earlier than no such date is earlier than publication.
    pub(super) fn later(&self) -> Option<Meaning> {
        let last = self.word(self.found.end.checked_sub(1)?)?.lower.as_str();
        let back = matches!(last, "earlier" | "previously" | "before");
        self.counted(back, |unit| match self.context.narrative.filter(|when| when.grain() <= unit.grain()) {
            Some(anchor) => (Some(anchor), Anchor::Narrative),
            None if back => (self.context.published.map(When::Day), Anchor::Published),
            None => (None, Anchor::None),
        })
    }

    /// A count of units before (`back`) or after the anchor that `anchor` gives for the unit.
    fn counted(&self, back: bool, anchor: impl Fn(Unit) -> (Option<When>, Anchor)) -> Option<Meaning> {
        let unit = self.unit()?;
        let Some(count) = self.found.caught.amount.as_ref()?.number() else {
            let value = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Meaning::unknown(TimeKind::Date, value, Some(unit.grain())));
        };
        // `a year ago` beside a reporting period is that period of the year before.
        if back
            && unit == Unit::Year
            && (count - 1.0).abs() < 0.01
            && let Some(meaning) = self.period_a_year_before()
        {
            return Some(meaning);
        }
        let (anchor, against) = anchor(unit);
        let when = anchor.and_then(|anchor| shifted(anchor, count, unit, back));
        Some(Meaning::maybe(when, against, open_value(unit), unit.grain()))
    }

    /// The reporting period of which the text speaks, one year earlier.
    fn period_a_year_before(&self) -> Option<Meaning> {
        let when = self.context.period?.shifted(-1, Unit::Year);
        Some(Meaning::maybe(when, Anchor::Narrative, "XXXX", Grain::Quarter))
    }

    pub(super) fn chain(&self) -> Option<Meaning> {
        let unit = self.unit()?;
        let first = self.word(self.found.start)?.lower.as_str();
        let second = self.word(self.found.start + 1)?.lower.as_str();
        let last = self.word(self.found.end - 1)?.lower.as_str();
        let count = match (first, second, last) {
            (_, _, "before") | (_, "previous" | "preceding" | "prior", _) => -1,
            (_, _, "after") | (_, "next" | "following", _) => 1,
            _ => 0,
        };
        let narrative = self.context.narrative.filter(|when| {
            // A day does not follow from a year: the anchor must be at least as fine as the step.
            when.grain() <= unit.grain() || unit == Unit::Year
        });
        let when = narrative
            .and_then(|when| if count == 0 { when.widened(unit) } else { when.shifted(count, unit) });
        if when.is_none() && count == 0 {
            return None;
        }
        Some(Meaning::maybe(when, Anchor::Narrative, open_value(unit), unit.grain()))
    }

    /// `a year earlier` without a count.
    pub(super) fn year_earlier(&self) -> Option<Meaning> {
        self.period_a_year_before().or_else(|| {
            let year = self.published_year().map(|year| year - 1);
            Some(Meaning::maybe(year.map(When::Year), Anchor::Published, "XXXX", Grain::Year))
        })
    }

    pub(super) fn this_period(&self) -> Option<Meaning> {
        let period = self.context.period?;
        Some(Meaning::on(period, Anchor::Narrative))
    }
}

pub(super) const fn open_value(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}
