//! From one day, month or year to another.

use jiff::civil::Date;
use readout_record::{Anchor, Grain};

use super::reading::{MONTH, Meaning, Reading, WEEKDAY, YEAR};
use crate::times::calendar::{When, add_days};
use crate::times::kind::TimeKind;
use crate::times::words::Class;

impl Reading<'_> {
    pub(super) fn range(&self) -> Option<Meaning> {
        let second = |classes: &[Class]| self.found.caught.second(classes);
        let (first_day, last_day) = if let (Some(first), Some(last)) = (self.first(WEEKDAY), second(WEEKDAY))
        {
            let Some(from) = self.weekday_date(first) else {
                return Some(Meaning::unknown(TimeKind::Date, "XXXX-XX-XX", Some(Grain::Day)));
            };
            (from, add_days(from, i64::from((last - first).rem_euclid(7)))?)
        } else if let (Some(first), Some(last)) = (self.first(&[Class::Day]), second(&[Class::Day])) {
            let month = i8::try_from(self.first(MONTH)?).ok()?;
            let end_month = second(MONTH).and_then(|month| i8::try_from(month).ok()).unwrap_or(month);
            let (first, last) = (i8::try_from(first).ok()?, i8::try_from(last).ok()?);
            if end_month == month && last <= first {
                return None;
            }
            let days = |year: i16| {
                let end_year = if end_month < month { year.checked_add(1)? } else { year };
                Some(When::Days(
                    Date::new(year, month, first).ok()?,
                    Date::new(end_year, end_month, last).ok()?,
                ))
            };
            return match self.year() {
                Some(year) => Some(Meaning::on(days(year)?, Anchor::None)),
                None => Some(Meaning::maybe(
                    self.years_around(days),
                    Anchor::Published,
                    format!("XXXX-{month:02}-{first:02}"),
                    Grain::Day,
                )),
            };
        } else if let (Some(first), Some(last)) = (self.first(MONTH), second(MONTH)) {
            let year = self.year()?;
            let first = When::Month(year, i8::try_from(first).ok()?).days()?.0;
            let last = When::Month(year, i8::try_from(last).ok()?).days()?.1;
            (first, last)
        } else {
            let (first, last) = (i16::try_from(self.first(YEAR)?).ok()?, i16::try_from(second(YEAR)?).ok()?);
            // `2000 - 2050` in running text names two years.
            let tight = self.word(self.found.start)?.span.end == self.word(self.found.start + 1)?.span.start;
            if !tight {
                return None;
            }
            if !(first < last && last - first < 200 && (1500..2100).contains(&first)) {
                return None;
            }
            (When::Year(first).days()?.0, When::Year(last).days()?.1)
        };
        if last_day < first_day {
            return None;
        }
        let anchor = if self.year().is_some() { Anchor::None } else { Anchor::Published };
        Some(Meaning::on(When::Days(first_day, last_day), anchor))
    }
}
