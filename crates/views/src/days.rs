//! Days as numbers.

/// The short names of the months, for axes.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the number of the day (1970-01-01 is 0) of an ISO 8601 date. A month or year counts as its first day.
pub(crate) fn number(date: &str) -> Option<i64> {
    let part = |from: usize, to: usize| -> Option<i64> { date.get(from..to)?.parse().ok() };
    let year = part(0, 4)?;
    let month = if date.len() >= 7 { part(5, 7)? } else { 1 };
    let day = if date.len() >= 10 { part(8, 10)? } else { 1 };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| of(year, month, day))
}

/// Returns the number of a day of the Gregorian calendar (Howard Hinnant, `days_from_civil`).
pub(crate) fn of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns the year, month and day of a number (Howard Hinnant, `civil_from_days`).
pub(crate) fn civil(number: i64) -> (i64, i64, i64) {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
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
            let (_, month, of_month) = civil(day);
            found.push((day, format!("{of_month} {}", name(month))));
            day += step;
        }
    } else if length <= 3 * 366 {
        let step = length / 330 + 1;
        let (mut year, mut month, _) = civil(from);
        for _ in 0..64 {
            let day = of(year, month, 1);
            if day > to {
                break;
            }
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
        let mut year = civil(from).0 + 1;
        while of(year, 1, 1) <= to && found.len() < 64 {
            found.push((of(year, 1, 1), year.to_string()));
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
        assert_eq!(number("2016-02"), Some(of(2016, 2, 1)));
        assert_eq!([number("2016-13-01"), number("soon"), number("20é5")], [None; 3]);
        for day in (-200_000..200_000).step_by(997) {
            let (year, month, of_month) = civil(day);
            assert_eq!(of(year, month, of_month), day);
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
