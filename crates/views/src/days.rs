//! Days as numbers.

use readout_record::calendar::{day_of, year_month_day};

/// The short names of the months, for axes.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the number of the day (1970-01-01 is 0) of an ISO 8601 date. A month or year counts as its first day.
pub(crate) fn number(date: &str) -> Option<i64> {
    let part = |from: usize, to: usize| -> Option<i64> { date.get(from..to)?.parse().ok() };
    let month = if date.len() >= 7 { part(5, 7)? } else { 1 };
    let day = if date.len() >= 10 { part(8, 10)? } else { 1 };
    day_of(part(0, 4)?, month, day).map(i64::from)
}

/// Returns the marks of an axis from day `from` to day `to`, with their labels; at most about a dozen.
pub(crate) fn ticks(from: i64, to: i64) -> Vec<(i64, String)> {
    let length = to - from;
    let name = |month: i64| MONTHS.get((month - 1) as usize).copied().unwrap_or_default();
    let mut found = Vec::new();
    if length <= 84 {
        let step = (length / 8 + 1).clamp(1, 7);
        let mut day = from;
        while day <= to {
            let (_, month, of_month) = year_month_day(day);
            found.push((day, format!("{of_month} {}", name(month))));
            day += step;
        }
    } else if length <= 3 * 366 {
        let step = length / 330 + 1;
        let (mut year, mut month, _) = year_month_day(from);
        for _ in 0..64 {
            let Some(day) = day_of(year, month, 1).map(i64::from).filter(|day| *day <= to) else { break };
            if day >= from {
                found.push((day, format!("{} {year}", name(month))));
            }
            month += step;
            if month > 12 {
                (year, month) = (year + 1, month - 12);
            }
        }
    } else {
        let step = length / 3650 + 1;
        let mut year = year_month_day(from).0 + 1;
        while let Some(day) = day_of(year, 1, 1).map(i64::from).filter(|day| *day <= to)
            && found.len() < 64
        {
            found.push((day, year.to_string()));
            year += step;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_both_ways() {
        assert_eq!(number("1970-01-01"), Some(0));
        assert_eq!(number("2015-09-28T10:00:00Z"), Some(16_706));
        assert_eq!(number("2016-02"), day_of(2016, 2, 1).map(i64::from));
        assert_eq!([number("2016-13-01"), number("soon"), number("20é5")], [None; 3]);
        for day in (-200_000..200_000).step_by(997) {
            let (year, month, of_month) = year_month_day(day);
            assert_eq!(day_of(year, month, of_month).map(i64::from), Some(day));
        }
    }

    #[test]
    fn axes_have_few_marks() {
        for length in [1, 8, 30, 84, 85, 200, 900, 1099, 4000, 40_000] {
            let ticks = ticks(16_706, 16_706 + length);
            assert!((1..=13).contains(&ticks.len()), "{length}: {ticks:?}");
        }
    }
}
