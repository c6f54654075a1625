//! Days on the Gregorian calendar, as the record writes them (ISO 8601) and as numbers: 1 January 1970 is 0.

use jiff::civil::Date;
use jiff::{Span, Unit};

const FIRST: Date = Date::constant(1970, 1, 1);

/// Returns the date at the head of an ISO 8601 date or date-time, `2020-05-04` of `2020-05-04T09:00`. Whether it is a
/// day of the calendar is not checked.
pub fn date_of(written: &str) -> Option<&str> {
    written.get(..10)
}

/// Returns the number of the day at the head of an ISO 8601 date or date-time; `None` if it names no day.
pub fn day_number(written: &str) -> Option<i32> {
    number_of(date(written)?)
}

/// Returns the ISO 8601 date of the day with this number. A number outside the years 1 to 9999 gives the nearest day.
pub fn iso_day(number: impl Into<i64>) -> String {
    date_with(number.into()).to_string()
}

/// Returns the number of a day of the calendar; `None` if there is no such day in the years 1 to 9999.
pub fn day_of(year: i64, month: i64, day: i64) -> Option<i32> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (date.year() >= 1).then(|| number_of(date)).flatten()
}

/// Returns the year, month and day of the day with this number. A number outside the years 1 to 9999 gives the nearest
/// day.
pub fn year_month_day(number: impl Into<i64>) -> (i64, i64, i64) {
    let date = date_with(number.into());
    (date.year().into(), date.month().into(), date.day().into())
}

/// Returns the ISO 8601 date so many days after the one at the head of `written`, or before if the number is negative.
pub fn add_days(written: &str, days: i64) -> Option<String> {
    Some(date(written)?.checked_add(Span::new().try_days(days).ok()?).ok()?.to_string())
}

/// Returns the ISO 8601 date so many months after the one at the head of `written`. A day that the month does not have
/// becomes its last.
pub fn add_months(written: &str, months: i64) -> Option<String> {
    Some(date(written)?.checked_add(Span::new().try_months(months).ok()?).ok()?.to_string())
}

fn date(written: &str) -> Option<Date> {
    let date: Date = date_of(written)?.parse().ok()?;
    (date.year() >= 1).then_some(date)
}

fn date_with(number: i64) -> Date {
    let after = Span::new().try_days(number).and_then(|days| FIRST.checked_add(days));
    let nearest = if number < 0 { Date::MIN } else { Date::MAX };
    after.unwrap_or(nearest).max(Date::constant(1, 1, 1))
}

fn number_of(date: Date) -> Option<i32> {
    FIRST.until((Unit::Day, date)).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (written, number) in
            [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("0001-01-01", -719_162)]
        {
            assert_eq!(day_number(written), Some(number));
            assert_eq!(iso_day(number), written);
        }
        assert_eq!(day_number("2000-03-01T09:00:00Z"), Some(11_017));
        assert_eq!(day_of(2000, 3, 1), Some(11_017));
        for none in ["2015-11", "yesterday!", "2015-13-01", "2015-02-29", "0000-01-01", "", "2015-11-1é"] {
            assert_eq!(day_number(none), None, "{none}");
        }
        assert_eq!((iso_day(i64::MAX), iso_day(i32::MIN)), ("9999-12-31".into(), "0001-01-01".into()));
        assert_eq!(year_month_day(11_017), (2000, 3, 1));
        assert_eq!(day_of(1 << 40, 1, 1), None);
    }

    #[test]
    fn days_and_months_are_added() {
        assert_eq!(add_days("2020-03-01T10:00", -1).as_deref(), Some("2020-02-29"));
        assert_eq!(add_months("2019-08-31", 6).as_deref(), Some("2020-02-29"));
        assert_eq!(add_months("2019-08-31", -18).as_deref(), Some("2018-02-28"));
        assert_eq!(add_days("2019-08-31", i64::MAX), None);
        assert_eq!(add_months("soon", 1), None);
    }
}
