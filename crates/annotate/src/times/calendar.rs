//! Spans of days and minutes on the Gregorian calendar, and how TIMEX3 and the record write them.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use readout_record::Grain;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(super) const ALL: [Self; 13] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Night,
        Self::Week,
        Self::Weekend,
        Self::Fortnight,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
    ];

    pub(super) fn from_name(name: &str) -> Option<i32> {
        const NAMES: [&str; 13] = [
            "second",
            "minute",
            "hour",
            "day",
            "night",
            "week",
            "weekend",
            "fortnight",
            "month",
            "quarter",
            "year",
            "decade",
            "century",
        ];
        NAMES.iter().position(|known| *known == name).map(|at| at as i32)
    }

    pub(super) fn from_number(number: i32) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The unit as a TIMEX3 duration writes it, with the factor to it.
    pub(super) const fn period(self) -> (&'static str, &'static str, i64) {
        match self {
            Self::Second => ("PT", "S", 1),
            Self::Minute => ("PT", "M", 1),
            Self::Hour => ("PT", "H", 1),
            Self::Day | Self::Night => ("P", "D", 1),
            Self::Week => ("P", "W", 1),
            Self::Weekend => ("P", "D", 2),
            Self::Fortnight => ("P", "W", 2),
            Self::Month => ("P", "M", 1),
            Self::Quarter => ("P", "Q", 1),
            Self::Year => ("P", "Y", 1),
            Self::Decade => ("P", "E", 1),
            Self::Century => ("P", "C", 1),
        }
    }

    /// Length in seconds, where it is always the same.
    pub(super) const fn seconds(self) -> Option<f64> {
        Some(match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3600.0,
            Self::Day => 86_400.0,
            Self::Week => 604_800.0,
            Self::Fortnight => 1_209_600.0,
            _ => return None,
        })
    }

    pub(super) const fn grain(self) -> Grain {
        match self {
            Self::Second | Self::Minute => Grain::Minute,
            Self::Hour => Grain::Hour,
            Self::Day | Self::Night => Grain::Day,
            Self::Weekend => Grain::Weekend,
            Self::Week | Self::Fortnight => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
            Self::Year => Grain::Year,
            Self::Decade => Grain::Decade,
            Self::Century => Grain::Century,
        }
    }
}

/// A part of the day, with its TIMEX3 code and its hours; nights and late evenings end on the next day.
pub(super) const PARTS: [(&str, &str, u8, u8); 7] = [
    ("morning", "TMO", 5, 12),
    ("midday", "TMI", 11, 14),
    ("afternoon", "TAF", 12, 18),
    ("evening", "TEV", 17, 24),
    ("night", "TNI", 18, 30),
    ("dawn", "TMO", 4, 8),
    ("dusk", "TEV", 16, 21),
];

/// Seasons by their TIMEX3 code and first month (Northern Hemisphere).
pub(super) const SEASONS: [(&str, &str, i8); 4] =
    [("spring", "SP", 3), ("summer", "SU", 6), ("autumn", "FA", 9), ("winter", "WI", 12)];

/// A span on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Hour and minute of a day.
    Minute(Date, u8, u8),
    /// A part of a day: number in [`PARTS`].
    Part(Date, u8),
    Day(Date),
    /// The ISO week that starts on this Monday.
    Week(Date),
    /// The weekend that starts on this Saturday.
    Weekend(Date),
    Month(i16, i8),
    /// Season by its number in [`SEASONS`].
    Season(i16, u8),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    /// Year divided by ten.
    Decade(i16),
    /// Year divided by a hundred.
    Century(i16),
    /// From a first to a last day.
    Days(Date, Date),
}

impl When {
    /// First and last day.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, month: i8, count: i32| {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, add_days(add_months(first, count)?, -1)?))
        };
        match self {
            Self::Minute(day, ..) | Self::Part(day, _) | Self::Day(day) => Some((day, day)),
            Self::Week(monday) => Some((monday, add_days(monday, 6)?)),
            Self::Weekend(saturday) => Some((saturday, add_days(saturday, 1)?)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Season(year, season) => months(year, SEASONS.get(usize::from(season))?.2, 3),
            Self::Quarter(year, quarter) => months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3),
            Self::Half(year, half) => months(year, half.checked_mul(6)?.checked_sub(5)?, 6),
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(decade) => months(decade.checked_mul(10)?, 1, 120),
            Self::Century(century) => months(century.checked_mul(100)?, 1, 1200),
            Self::Days(first, last) => Some((first, last)),
        }
    }

    /// The half-open interval as the record writes it.
    pub(super) fn interval(self) -> Option<(String, String)> {
        match self {
            Self::Minute(day, hour, minute) => {
                let start = at_minute(day, i64::from(hour) * 60 + i64::from(minute))?;
                let end = at_minute(day, i64::from(hour) * 60 + i64::from(minute) + 1)?;
                Some((start, end))
            }
            Self::Part(day, part) => {
                let (_, _, from, to) = *PARTS.get(usize::from(part))?;
                Some((at_minute(day, i64::from(from) * 60)?, at_minute(day, i64::from(to) * 60)?))
            }
            _ => {
                let (first, last) = self.days()?;
                Some((first.to_string(), add_days(last, 1)?.to_string()))
            }
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Minute(day, hour, minute) => format!("{day}T{hour:02}:{minute:02}"),
            Self::Part(day, part) => {
                format!("{day}{}", PARTS.get(usize::from(part)).map_or("", |part| part.1))
            }
            Self::Day(day) => day.to_string(),
            Self::Week(monday) => {
                let week = monday.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(saturday) => {
                let week = saturday.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Season(year, season) => {
                format!("{year:04}-{}", SEASONS.get(usize::from(season)).map_or("", |season| season.1))
            }
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
            Self::Days(first, last) => format!("{first}/{last}"),
        }
    }

    pub(super) const fn grain(self) -> Grain {
        match self {
            Self::Minute(..) => Grain::Minute,
            Self::Part(..) => Grain::PartOfDay,
            Self::Day(_) | Self::Days(..) => Grain::Day,
            Self::Week(_) => Grain::Week,
            Self::Weekend(_) => Grain::Weekend,
            Self::Month(..) => Grain::Month,
            Self::Season(..) => Grain::Season,
            Self::Quarter(..) => Grain::Quarter,
            Self::Half(..) => Grain::HalfYear,
            Self::Year(_) => Grain::Year,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
        }
    }

    /// Returns the span of size `unit` that contains the first day of this one.
    pub(super) fn widened(self, unit: Unit) -> Option<Self> {
        let (day, _) = self.days()?;
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => self,
            Unit::Day | Unit::Night => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday_of(day)?),
            Unit::Weekend => Self::Weekend(add_days(monday_of(day)?, 5)?),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year().div_euclid(10)),
            Unit::Century => Self::Century(day.year().div_euclid(100)),
        })
    }

    /// The span `count` units away, of size `unit`; a coarse one keeps its own size where `unit` is larger.
    pub(super) fn shifted(self, count: i64, unit: Unit) -> Option<Self> {
        let (day, _) = self.days()?;
        if let Self::Minute(_, hour, minute) = self
            && let Some(seconds) = unit.seconds()
            && unit < Unit::Day
        {
            let minutes = i64::from(hour) * 60 + i64::from(minute) + count * seconds as i64 / 60;
            let day = add_days(day, minutes.div_euclid(1440))?;
            let rest = minutes.rem_euclid(1440);
            return Some(Self::Minute(day, (rest / 60) as u8, (rest % 60) as u8));
        }
        let moved = shift_day(day, count, unit)?;
        match self {
            Self::Quarter(..) if unit == Unit::Year => Self::Day(moved).widened(Unit::Quarter),
            Self::Month(..) if unit == Unit::Year => Self::Day(moved).widened(Unit::Month),
            _ => Self::Day(moved).widened(unit),
        }
    }
}

fn at_minute(day: Date, minute: i64) -> Option<String> {
    let day = add_days(day, minute.div_euclid(1440))?;
    let rest = minute.rem_euclid(1440);
    Some(format!("{day}T{:02}:{:02}", rest / 60, rest % 60))
}

pub(super) fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn add_months(day: Date, months: i32) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// `day` moved by `count` units.
pub(super) fn shift_day(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let months = |per: i64| add_months(day, i32::try_from(count.checked_mul(per)?).ok()?);
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => add_days(day, count / 24),
        Unit::Day | Unit::Night => add_days(day, count),
        Unit::Week | Unit::Weekend => add_days(day, count.checked_mul(7)?),
        Unit::Fortnight => add_days(day, count.checked_mul(14)?),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }
}

/// The Monday on or before `day`.
pub(super) fn monday_of(day: Date) -> Option<Date> {
    add_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// Days from `a` to `b`.
pub(super) fn days_between(a: Date, b: Date) -> i64 {
    a.until((jiff::Unit::Day, b)).map_or(0, |span| i64::from(span.get_days()))
}

/// The `number`-th weekday (1 Monday … 7 Sunday) of a month; 9 is the last.
pub(super) fn nth_weekday(year: i16, month: i8, weekday: i8, number: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    first.nth_weekday_of_month(if number == 9 { -1 } else { number }, weekday).ok()
}

/// Western Easter Sunday (the anonymous Gregorian computus; Meeus, Astronomical Algorithms, chapter 8).
pub(super) fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// The date at the head of an ISO 8601 date or date-time.
pub(super) fn parse_date(written: &str) -> Option<Date> {
    written.get(..10)?.parse().ok()
}

/// The Monday of ISO week `week` of `year`.
#[cfg(test)]
pub(super) fn week_start(year: i16, week: i8) -> Option<Date> {
    Some(jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_their_days() {
        let day = |written: &str| parse_date(written).unwrap();
        assert_eq!(When::Month(2016, 2).interval().unwrap(), ("2016-02-01".into(), "2016-03-01".into()));
        assert_eq!(When::Decade(199).interval().unwrap(), ("1990-01-01".into(), "2000-01-01".into()));
        assert_eq!(When::Season(2015, 3).days().unwrap(), (day("2015-12-01"), day("2016-02-29")));
        assert_eq!(
            When::Part(day("2015-11-15"), 4).interval().unwrap(),
            ("2015-11-15T18:00".into(), "2015-11-16T06:00".into())
        );
        assert_eq!(When::Week(week_start(2016, 1).unwrap()).value(), "2016-W01");
        assert_eq!(When::Quarter(2015, 1).shifted(-1, Unit::Year), Some(When::Quarter(2014, 1)));
    }

    #[test]
    fn movable_days_are_computed() {
        assert_eq!(easter(2016).unwrap().to_string(), "2016-03-27");
        assert_eq!(nth_weekday(2015, 11, 4, 4).unwrap().to_string(), "2015-11-26");
        assert_eq!(nth_weekday(2015, 5, 1, 9).unwrap().to_string(), "2015-05-25");
    }

    #[test]
    fn the_ends_of_the_calendar_are_unknown() {
        assert_eq!(When::Year(9999).days().map(|days| days.0.year()), None);
        assert_eq!(shift_day(Date::constant(2015, 1, 1), i64::MAX, Unit::Century), None);
        assert_eq!(parse_date("éééééé2015"), None);
    }
}
