//! Calendar days.

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
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
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
    fn days_in_words() {
        let read = |text| written(text).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(read("September 5, 2016"), "2016-09-05");
        assert_eq!(read("Sept. 5 2016"), "2016-09-05");
        assert_eq!(read("5th of May 2016"), "2016-05-05");
        assert_eq!(read("31 June 2016"), "");
        assert_eq!(read("Sept. 5"), "");
        assert_eq!(read("September 5, 2016 at noon"), "");
    }
}
