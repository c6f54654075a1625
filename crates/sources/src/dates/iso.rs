//! Dates in the form of ISO 8601, and seconds since 1970.

use jiff::Timestamp;
use jiff::civil::Date;
use readout_record::calendar;

/// The digits of a time zone: hours and minutes.
const ZONE: usize = 4;

/// Returns a day of the years 1 to 9999, or `None` if the calendar has no such day.
pub(crate) fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the number of days between two dates in the form of ISO 8601.
pub(crate) fn days_apart(a: &str, b: &str) -> Option<u32> {
    Some(calendar::day_number(a)?.abs_diff(calendar::day_number(b)?))
}

/// Reads a date in the form of ISO 8601, with any time and zone: `2016-09-05`, `2016-09-05T14:03:00Z`.
///
/// A blank for the `T`, missing seconds, fractions and `+0200` are understood and put right.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let (date, rest) = if text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-') {
        (day(number(0, 4)?, number(5, 7)?, number(8, 10)?)?, text.get(10..)?)
    } else {
        (day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?, text.get(8..)?)
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match time(rest.strip_prefix(['T', 't', ' ']).unwrap_or_default()) {
        Some(time) => format!("{date}T{time}"),
        None => date.to_string(),
    })
}

/// Returns a time as in ISO 8601 for `14:03`, `14:03:00.123Z` or `14:03 +0200`. Without a zone the result has none.
fn time(text: &str) -> Option<String> {
    let two = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let (hour, minute) = (two(0)?, two(3)?);
    if text.as_bytes().get(2) != Some(&b':') || hour > 23 || minute > 59 {
        return None;
    }
    let mut rest = &text[5..];
    let mut second = 0;
    if rest.starts_with(':') {
        second = two(6).filter(|second| *second < 60)?;
        rest = &text[8..];
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let zone = rest.trim_start();
    let zone = match zone.as_bytes() {
        [] => String::new(),
        [b'Z' | b'z', ..] => "Z".to_owned(),
        [b'+' | b'-', digits @ ..] => {
            let digits: Vec<u8> = digits.iter().copied().filter(u8::is_ascii_digit).take(ZONE).collect();
            let digits = String::from_utf8(digits).ok()?;
            match digits.len() {
                4 if digits == "0000" => "Z".to_owned(),
                4 => format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..]),
                2 => format!("{}{digits}:00", &zone[..1]),
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// Reads seconds or milliseconds since the start of 1970, from 1973 on: fewer digits are a day or a year.
pub(super) fn since_1970(text: &str) -> Option<String> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let number: i64 = whole.parse().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = match whole.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    Some(Timestamp::from_second(seconds).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_forms_are_put_right() {
        let read = |text| iso(text).unwrap_or_default();
        assert_eq!(read("2016-09-05"), "2016-09-05");
        assert_eq!(read("20160905"), "2016-09-05");
        assert_eq!(read("2016-09-05T14:03:09.123+0200"), "2016-09-05T14:03:09+02:00");
        assert_eq!(read(" 2016-09-05 14:03"), "2016-09-05T14:03:00");
        assert_eq!(read("2016-09-05T14:03:00-05:00"), "2016-09-05T14:03:00-05:00");
        assert_eq!(read("2016-02-30"), "");
        assert_eq!(read("201609051"), "");
        assert_eq!(read("5 September"), "");
        assert_eq!(read("2016-09-0é"), "");
    }

    #[test]
    fn days_are_counted_over_months() {
        assert_eq!(days_apart("2016-02-28", "2016-03-01"), Some(2));
        assert_eq!(days_apart("2016-01-01T00:00:00Z", "2015-12-31"), Some(1));
        assert_eq!(days_apart("2016-01-01", "soon"), None);
    }
}
