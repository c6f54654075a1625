//! Times of records: how a time is written, sorted and drawn, exactly as precise as the report's words.

use std::cmp::Reverse;

use readout_record::{Grain, MONTHS, Time};

use crate::days::{civil, number, of};

/// The days that a time spans, and the unit that its words name: `last spring` is a season, not its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The number of the first day (1970-01-01 is 0); `None` where it is open.
    first: Option<i64>,
    /// The number of the last day; `None` where it is open.
    last: Option<i64>,
    grain: Grain,
}

/// The spelling of days and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// In digits: `2013-03-20`, `2013-03`.
    Digits,
    /// In words: `20 March 2013`, `March 2013`.
    Words,
}

/// A place in the order of time.
///
/// A time is sorted by its beginning. Of times that begin together the longest comes first: `2012`, `2012-01`,
/// `2012-01-01`. An unknown time comes last.
pub type TimeOrder = (bool, Option<i64>, Reverse<i64>, Option<String>);

impl When {
    /// Returns the days of `time`; `None` if neither bound is known.
    pub fn of(time: &Time) -> Option<Self> {
        let first = time.from.as_deref().and_then(number);
        let last = time.to.as_deref().and_then(last_before);
        let grain = time.grain.unwrap_or(Grain::Day);
        // A night ends on the next day and is of the one on which it began.
        let last = match (grain, first) {
            (Grain::Minute | Grain::PartOfDay, Some(_)) => first,
            // A day that stands alone is that day.
            _ if time.grain.is_none() && time.to.is_none() => first,
            _ => last.map(|last| first.map_or(last, |first| last.max(first))),
        };
        (first.is_some() || last.is_some()).then_some(Self { first, last, grain })
    }

    /// Returns the time that spans the one day `day`, ISO 8601; `None` if `day` is no date.
    pub fn of_day(day: &str) -> Option<Self> {
        let day = number(day)?;
        Some(Self { first: Some(day), last: Some(day), grain: Grain::Day })
    }

    /// Returns the day, ISO 8601; `None` if the words name something longer.
    pub fn day(self) -> Option<String> {
        let first = self.first.filter(|_| self.grain <= Grain::Day)?;
        (self.last == Some(first)).then(|| iso(first))
    }

    /// Returns the first and the last day as numbers (1970-01-01 is 0). An open end takes the value of the known one.
    pub(crate) fn days(self) -> (i64, i64) {
        let first = self.first.or(self.last).unwrap_or(0);
        (first, self.last.unwrap_or(first))
    }

    /// Returns the number of days that the time spans; an open end counts as endless.
    pub(crate) fn length(self) -> i64 {
        match (self.first, self.last) {
            (Some(first), Some(last)) => last - first + 1,
            _ => i64::MAX - 1,
        }
    }

    /// Returns the day, ISO 8601, by which the time is sorted and filtered: the first one, or the last if the first is
    /// open.
    pub(crate) fn begins(self) -> String {
        iso(self.days().0)
    }

    /// Returns the time as people read it: `2013-03-20`, `2013-03`, `spring 2012`, `2012`, `2013-03-20 to 2013-03-22`.
    pub fn told(self, spelling: Spelling) -> String {
        let unit = |day: i64| unit(self.grain, day, spelling);
        match (self.first, self.last) {
            (Some(first), Some(last)) => {
                let (first, last) = (unit(first), unit(last));
                if first == last { first } else { format!("{first} to {last}") }
            }
            (Some(first), None) => format!("from {}", unit(first)),
            (None, Some(last)) => format!("until {}", unit(last)),
            (None, None) => String::new(),
        }
    }
}

/// Returns the time as people read it, see [`When::told`]; the report's words if its days are not known.
pub fn told(time: &Time, spelling: Spelling) -> String {
    When::of(time).map_or_else(|| time.text.trim().to_owned(), |it| it.told(spelling))
}

/// Returns a date of ISO 8601 as people read it: in words `28 September 2015`, with the time of day if there is one.
/// Anything else stays as it is.
pub fn date(date: &str, spelling: Spelling) -> String {
    let part = |from: usize, to: usize| date.get(from..to).and_then(|it| it.parse::<usize>().ok());
    let month = part(5, 7).and_then(|it| MONTHS.get(it.checked_sub(1)?));
    match (part(0, 4), month, part(8, 10)) {
        _ if spelling == Spelling::Digits => date.to_owned(),
        (Some(year), Some(month), Some(day)) if date.get(4..5) == Some("-") => {
            let time = date.get(11..16).filter(|it| it.as_bytes().get(2) == Some(&b':') && *it != "00:00");
            format!("{day} {month} {year}{}", time.map(|it| format!(", {it}")).unwrap_or_default())
        }
        (Some(year), Some(month), None) if date.len() == 7 => format!("{month} {year}"),
        _ => date.to_owned(),
    }
}

/// Returns the day of `time`, ISO 8601; `None` if its words name something longer, or nothing that is known.
pub fn day_of(time: Option<&Time>) -> Option<String> {
    When::of(time?)?.day()
}

/// Returns the place of `time` in the order of time; if the time is not known, the place of `day`.
pub fn order(time: Option<&Time>, day: Option<&str>) -> TimeOrder {
    let when = time.and_then(When::of).or_else(|| When::of_day(day?));
    let Some(when) = when else { return (true, None, Reverse(0), None) };
    let (first, last) = when.days();
    (false, Some(first), Reverse(last), time.and_then(|it| it.from.clone()))
}

/// Returns the number of the last day before the end `to`. The end is one past the last day or minute.
fn last_before(to: &str) -> Option<i64> {
    let day = number(to)?;
    let minute = to.get(11..16).is_some_and(|it| it != "00:00");
    Some(if minute { day } else { day - 1 })
}

fn iso(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns the name of the unit of size `grain` that contains `day`.
fn unit(grain: Grain, day: i64, spelling: Spelling) -> String {
    let (year, month, of_month) = civil(day);
    let digits = spelling == Spelling::Digits;
    let name = |month: i64| MONTHS.get((month - 1) as usize).copied().unwrap_or_default();
    let one_day = |day: i64| {
        let (year, month, of_month) = civil(day);
        if digits { iso(day) } else { format!("{of_month} {} {year}", name(month)) }
    };
    // 1970-01-01 was a Thursday.
    let monday = day - (day + 3).rem_euclid(7);
    match grain {
        Grain::Minute | Grain::Hour | Grain::PartOfDay | Grain::Day => one_day(of(year, month, of_month)),
        Grain::Weekend => format!("weekend of {}", one_day(monday + 5)),
        Grain::Week => format!("week of {}", one_day(monday)),
        Grain::Month if digits => format!("{year:04}-{month:02}"),
        Grain::Month => format!("{} {year}", name(month)),
        // A winter is that of the year in which it begins and of the next.
        Grain::Season => match month {
            3..=5 => format!("spring {year}"),
            6..=8 => format!("summer {year}"),
            9..=11 => format!("autumn {year}"),
            12 => format!("winter {year}/{:02}", (year + 1).rem_euclid(100)),
            _ => format!("winter {}/{:02}", year - 1, year.rem_euclid(100)),
        },
        Grain::Quarter if digits => format!("{year:04}-Q{}", (month + 2) / 3),
        Grain::Quarter => {
            let ordinal = ["first", "second", "third", "fourth"];
            let ordinal = ordinal.get((month as usize - 1) / 3).copied().unwrap_or_default();
            format!("{ordinal} quarter of {year}")
        }
        Grain::HalfYear => format!("{} half of {year}", if month <= 6 { "first" } else { "second" }),
        Grain::Year => year.to_string(),
        Grain::Decade => format!("{}s", year.div_euclid(10) * 10),
        Grain::Century => century(year.div_euclid(100) + 1),
    }
}

/// Returns the name of a century, as `19th century`.
fn century(number: i64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending} century")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(from: &str, to: &str, grain: Grain) -> Time {
        let bound = |bound: &str| (!bound.is_empty()).then(|| bound.to_owned());
        Time {
            text: "then".to_owned(),
            from: bound(from),
            to: bound(to),
            grain: Some(grain),
            ..Time::default()
        }
    }

    #[test]
    fn a_time_is_told_as_exactly_as_its_words_are() {
        for (from, to, grain, digits, words) in [
            ("2013-03-20", "2013-03-21", Grain::Day, "2013-03-20", "20 March 2013"),
            ("2013-03-20T09:30", "2013-03-20T09:31", Grain::Minute, "2013-03-20", "20 March 2013"),
            ("2013-03-20T18:00", "2013-03-21T06:00", Grain::PartOfDay, "2013-03-20", "20 March 2013"),
            (
                "2013-03-20",
                "2013-03-23",
                Grain::Day,
                "2013-03-20 to 2013-03-22",
                "20 March 2013 to 22 March 2013",
            ),
            ("2013-03-16", "2013-03-18", Grain::Weekend, "weekend of 2013-03-16", "weekend of 16 March 2013"),
            ("2013-03-18", "2013-03-25", Grain::Week, "week of 2013-03-18", "week of 18 March 2013"),
            ("2013-01-01", "2013-02-01", Grain::Month, "2013-01", "January 2013"),
            ("2013-01-14", "2013-03-14", Grain::Month, "2013-01 to 2013-03", "January 2013 to March 2013"),
            ("2012-03-01", "2012-06-01", Grain::Season, "spring 2012", "spring 2012"),
            ("2012-12-01", "2013-03-01", Grain::Season, "winter 2012/13", "winter 2012/13"),
            ("2013-04-01", "2013-07-01", Grain::Quarter, "2013-Q2", "second quarter of 2013"),
            ("2013-07-01", "2014-01-01", Grain::HalfYear, "second half of 2013", "second half of 2013"),
            ("2012-01-01", "2013-01-01", Grain::Year, "2012", "2012"),
            ("1990-01-01", "2000-01-01", Grain::Decade, "1990s", "1990s"),
            ("1900-01-01", "2000-01-01", Grain::Century, "20th century", "20th century"),
            ("2012-01-01", "", Grain::Year, "from 2012", "from 2012"),
            ("", "2013-02-01", Grain::Month, "until 2013-01", "until January 2013"),
            ("", "", Grain::Month, "then", "then"),
        ] {
            let time = time(from, to, grain);
            assert_eq!(told(&time, Spelling::Digits), digits);
            assert_eq!(told(&time, Spelling::Words), words);
            let is_day = digits.len() == 10 && digits.starts_with("2013-03-20");
            assert_eq!(day_of(Some(&time)).is_some(), is_day, "{digits}");
        }
    }

    #[test]
    fn times_stand_where_they_begin_the_longest_first() {
        let order = |from, to, grain| order(Some(&time(from, to, grain)), None);
        let sorted = [
            order("2011-12-31", "2012-01-01", Grain::Day),
            order("2012-01-01", "2013-01-01", Grain::Year),
            order("2012-01-01", "2012-02-01", Grain::Month),
            order("2012-01-01", "2012-01-02", Grain::Day),
            super::order(None, Some("2012-01-02")),
            order("2012-03-01", "2012-06-01", Grain::Season),
            order("2012-03-01T10:00", "2012-03-01T10:01", Grain::Minute),
            order("2012-03-01T11:00", "2012-03-01T11:01", Grain::Minute),
            order("", "", Grain::Day),
        ];
        assert!(sorted.is_sorted(), "{sorted:?}");
    }
}
