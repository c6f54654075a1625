//! Calendar days.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Day {
    /// The day, if there is one of that number.
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let longest = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        let real = (1..=9999).contains(&year) && (1..=longest).contains(&day);
        real.then_some(Self { year: year as u16, month: month as u8, day: day as u8 })
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days lie between two dates in the form of ISO 8601.
pub(crate) fn days_apart(a: &str, b: &str) -> Option<u32> {
    let number = |date: &str| -> Option<i64> {
        let part = |from, to| date.get(from..to)?.parse::<i64>().ok();
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        // Days since an arbitrary one, with the year starting in March (Howard Hinnant, `days_from_civil`).
        let year = if month <= 2 { year - 1 } else { year };
        Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day)
    };
    u32::try_from((number(a)? - number(b)?).abs()).ok()
}

/// A date in the form of ISO 8601, with the time and zone if there are any: `2016-09-05`, `2016-09-05T14:03:00Z`.
///
/// A blank for the `T`, missing seconds, fractions and `+0200` are understood and put right.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let (day, rest) = if text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-') {
        (Day::new(number(0, 4)?, number(5, 7)?, number(8, 10)?)?, text.get(10..)?)
    } else {
        (Day::new(number(0, 4)?, number(4, 6)?, number(6, 8)?)?, text.get(8..)?)
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match time(rest.strip_prefix(['T', 't', ' ']).unwrap_or_default()) {
        Some(time) => format!("{day}T{time}"),
        None => day.to_string(),
    })
}

/// `14:03:00Z` of `14:03`, `14:03:00.123Z`, `14:03 +0200`; without a zone there is none in the result.
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
            let digits: Vec<u8> = digits.iter().copied().filter(u8::is_ascii_digit).take(4).collect();
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

/// A day in words: `September 5, 2016`, `Sept. 5 2016`, `5 September 2016`, `5th of Sept, 2016`.
pub(crate) fn written(text: &str) -> Option<Day> {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut next = || words.next().map(|word| word.trim_end_matches('.'));
    let (first, mut second) = (next()?, next()?);
    if second.eq_ignore_ascii_case("of") {
        second = next()?;
    }
    let year = next()?;
    let (month, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day = digits
        .parse()
        .ok()
        .filter(|_| digits.len() <= 2 && matches!(&day[digits.len()..], "" | "st" | "nd" | "rd" | "th"))?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    if next().is_some() { None } else { Day::new(year, month, day) }
}

/// The number of a month's English name or abbreviation.
fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let at = NAMES.iter().position(|name| {
        *name == word || word == "sept" && *name == "september" || word.len() == 3 && name.starts_with(&word)
    })?;
    Some(at as u32 + 1)
}

/// Month names of many languages, small letters.
static NAMES_OF_MONTHS: LazyLock<BTreeMap<&str, u32>> = LazyLock::new(|| {
    let lines =
        include_str!("../../../data/sources/months.tsv").lines().filter(|line| !line.starts_with('#'));
    let months = lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(number, names)| Some((number.parse().ok()?, names)));
    months.flat_map(|(number, names)| names.split(' ').map(move |name| (name, number))).collect()
});

/// Which of two numbers is the day, where both could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// 5/9/2016 is in September.
    #[default]
    DayFirst,
    /// 5/9/2016 is in May.
    MonthFirst,
}

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})",
        r"|(?P<a>\d{1,2})(?P<sign>[./-]) ?(?P<b>\d{1,2})[./-] ?(?P<y2>(?:19|20)\d\d|\d\d)",
        r"|(?P<y3>(?:19|20)\d\d) ?[年년] ?(?P<m3>\d{1,2}) ?[月월] ?(?P<d3>\d{1,2}) ?[日일]",
        r"|(?P<d4>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[ \u{a0}-]{0,2}(?:de |of |d['’])?(?P<m4>\p{L}{3,12})[.,]{0,2}[ \u{a0}-](?:de |del )?(?P<y4>(?:19|20)\d\d)",
        r"|(?P<m5>\p{L}{3,12})\.?[ \u{a0}](?P<d5>\d{1,2})(?:st|nd|rd|th)?\.?,?[ \u{a0}](?:de )?(?P<y5>(?:19|20)\d\d)",
    ))
    .ok()
});

/// The days that are written in a text, in any of the usual forms and many languages.
pub(crate) fn in_text(text: &str, order: Order) -> impl Iterator<Item = Day> {
    let found = NUMBERS.as_ref().map(|pattern| pattern.captures_iter(text));
    found.into_iter().flatten().filter_map(move |found| {
        let whole = found.get(0)?;
        // Part of a longer number: an address, a version, a price.
        let digit = |c: char| c.is_ascii_digit();
        if text[..whole.start()].ends_with(digit) || text[whole.end()..].starts_with(digit) {
            return None;
        }
        let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
        let named = |name: &str| {
            let name = found.name(name)?.as_str().to_lowercase();
            NAMES_OF_MONTHS.get(name.as_str()).copied()
        };
        if let (Some(year), Some(month), Some(day)) = (number("y1"), number("m1"), number("d1")) {
            return Day::new(year, month, day);
        }
        if let (Some(a), Some(b), Some(year)) = (number("a"), number("b"), number("y2")) {
            let year = if year < 100 { 2000 + year } else { year };
            let month_first =
                order == Order::MonthFirst && found.name("sign").is_some_and(|sign| sign.as_str() != ".");
            return if month_first {
                Day::new(year, a, b).or_else(|| Day::new(year, b, a))
            } else {
                Day::new(year, b, a).or_else(|| Day::new(year, a, b))
            };
        }
        if let (Some(year), Some(month), Some(day)) = (number("y3"), number("m3"), number("d3")) {
            return Day::new(year, month, day);
        }
        if let (Some(year), Some(day)) = (number("y4"), number("d4")) {
            return Day::new(year, named("m4")?, day);
        }
        Day::new(number("y5")?, named("m5")?, number("d5")?)
    })
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

    #[test]
    fn days_in_words() {
        let read = |text| written(text).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(read("September 5, 2016"), "2016-09-05");
        assert_eq!(read("Sept. 5 2016"), "2016-09-05");
        assert_eq!(read("5th of May 2016"), "2016-05-05");
        assert_eq!(read("31 June 2016"), "");
        assert_eq!(read("Sept. 5"), "");
        assert_eq!(read("September 5, 2016 at noon"), "");
    }

    #[test]
    fn days_in_many_languages() {
        let first =
            |text| in_text(text, Order::DayFirst).next().map(|day| day.to_string()).unwrap_or_default();
        for text in [
            "Stand: 5.9.2016, 14 Uhr",
            "Montag, 5. September 2016",
            "le 5 septembre 2016",
            "5 de septiembre de 2016",
            "Sept. 5, 2016",
            "September 5th, 2016",
            "05/09/2016",
            "2016-09-05T10:00",
            "2016年9月5日",
            "5 września 2016",
            "5 сентября 2016 г.",
            "05.09.16",
        ] {
            assert_eq!(first(text), "2016-09-05", "{text}");
        }
        assert_eq!(
            in_text("5/9/2016", Order::MonthFirst).next().map(|day| day.to_string()).as_deref(),
            Some("2016-05-09")
        );
        assert_eq!(first("12345.09.20167"), "");
        assert_eq!(first("Version 31 of 2016"), "");
    }
}
