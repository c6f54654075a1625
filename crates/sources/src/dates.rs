//! Calendar days, and the many ways of writing one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::{characters, outlets};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Day {
    /// Returns the day, or `None` if the calendar has no such day.
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

/// Returns the number of days between two dates in the form of ISO 8601.
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

/// Reads a date in the form of ISO 8601, with any time and zone: `2016-09-05`, `2016-09-05T14:03:00Z`.
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

/// Reads a day in words: `September 5, 2016`, `Sept. 5 2016`, `5 September 2016`, `5th of Sept, 2016`.
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

/// Returns the number of a month from its English name or abbreviation.
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

/// The order of day and month in a date whose numbers could be either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 5/9/2016 is in September.
    DayFirst,
    /// 5/9/2016 is in May.
    MonthFirst,
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::DayFirst => "day",
            Self::MonthFirst => "month",
        })
    }
}

/// The days that two numbers and a year may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    /// One number is over 12, or both are the same, or a full stop is between them: then the day comes first.
    Plain(Day, Option<Order>),
    /// Two days: the first where the day comes first, the second where the month does.
    Either(Day, Day),
}

impl Numbers {
    fn of(a: u32, sign: &str, b: u32, year: u32) -> Option<Self> {
        let (day_first, month_first) = (Day::new(year, b, a), Day::new(year, a, b));
        Some(match (day_first, month_first) {
            (Some(day), Some(same)) if day == same || sign == "." => Self::Plain(day, None),
            (Some(day), Some(other)) => Self::Either(day, other),
            (Some(day), None) => Self::Plain(day, Some(Order::DayFirst)),
            (None, Some(day)) => Self::Plain(day, Some(Order::MonthFirst)),
            (None, None) => return None,
        })
    }

    fn with(self, order: Option<Order>) -> Option<Day> {
        match (self, order) {
            (Self::Plain(day, _), _) | (Self::Either(day, _), Some(Order::DayFirst)) => Some(day),
            (Self::Either(_, day), Some(Order::MonthFirst)) => Some(day),
            (Self::Either(..), None) => None,
        }
    }
}

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})",
        r"|(?P<a>\d{1,2})(?P<sign>[./-]) ?(?P<b>\d{1,2})[./-] ?(?P<y2>(?:19|20)\d\d|\d\d)",
        r"|(?P<y3>(?:19|20)\d\d) ?[年년] ?(?P<m3>\d{1,2}) ?[月월] ?(?P<d3>\d{1,2}) ?[日일]",
        r"|(?P<d4>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[ \u{a0}-]{0,2}(?:de |of |d['’])?(?P<m4>\p{L}{3,12})[.,]{0,2}[ \u{a0}-](?:de |del )?(?P<y4>(?:19|20)\d\d)",
        r"|(?P<m5>\p{L}{3,12})\.?[ \u{a0}-](?P<d5>\d{1,2})(?:st|nd|rd|th)?\.?(?:,|,?[ \u{a0}-])(?:de )?(?P<y5>(?:19|20)\d\d)",
    ))
    .ok()
});

/// A date found in a text.
struct Found {
    /// The byte at which the date starts.
    start: usize,
    /// One past the last byte of the date.
    end: usize,
    numbers: Numbers,
}

/// Finds the dates in a text, in any of the usual forms and many languages.
fn found(text: &str) -> impl Iterator<Item = Found> {
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
        let numbers = if let (Some(a), Some(b), Some(year)) = (number("a"), number("b"), number("y2")) {
            // As POSIX has it.
            let year = match year {
                0..69 => 2000 + year,
                69..100 => 1900 + year,
                year => year,
            };
            Numbers::of(a, found.name("sign").map_or("", |sign| sign.as_str()), b, year)?
        } else {
            let day = if let Some(year) = number("y1") {
                Day::new(year, number("m1")?, number("d1")?)
            } else if let Some(year) = number("y3") {
                Day::new(year, number("m3")?, number("d3")?)
            } else if let Some(year) = number("y4") {
                Day::new(year, named("m4")?, number("d4")?)
            } else {
                Day::new(number("y5")?, named("m5")?, number("d5")?)
            };
            Numbers::Plain(day?, None)
        };
        Some(Found { start: whole.start(), end: whole.end(), numbers })
    })
}

/// Finds the days in a text. Without an `order`, the days that depend on the order are passed over.
pub(crate) fn in_text(text: &str, order: Option<Order>) -> impl Iterator<Item = Day> {
    found(text).filter_map(move |found| found.numbers.with(order))
}

/// Whether a text with a day is a line of names, days and times, and not a sentence about the day.
///
/// In a sentence a word in small letters leads to the day (`signed on 12 June 1999`), or the sentence goes on from it.
/// A line may have a few such words, which say whose day it is.
pub(crate) fn stands_alone(text: &str, order: Option<Order>) -> bool {
    static LED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)(?:^|[^\p{L}])(?:published|posted|created|updated|issued|added|veröffentlicht|erschienen|erstellt|publié|publicado|pubblicato|gepubliceerd)",
            r"(?: (?:on|at|am|le|el|il|op))?\W*(?:\p{L}+\W+)?$",
            r"|^(?:by|von|par|por|di|door) [^.!?]{3,60}$",
        ))
        .ok()
    });
    const FEW: usize = 3;
    let small = |word: &str| word.starts_with(char::is_lowercase);
    found(text).filter(|found| found.numbers.with(order).is_some()).any(|found| {
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let words = before.split_whitespace().chain(after.split_whitespace());
        if !text.ends_with('.') && words.filter(|word| word.starts_with(char::is_alphabetic)).count() <= FEW {
            return true;
        }
        let led = before.ends_with(' ') && before.split_whitespace().next_back().is_some_and(small);
        let next = after.trim_start_matches([',', ' ']);
        (!led || LED.as_ref().is_some_and(|words| words.is_match(before)))
            && (!small(next) || next.starts_with("at ") || next.starts_with("um "))
    })
}

/// Returns the order of day and month in a date, if one of its numbers is over 12 and so shows the order.
pub(crate) fn order_shown(text: &str) -> Option<Order> {
    found(text).find_map(|found| match found.numbers {
        Numbers::Plain(_, order) => order,
        Numbers::Either(..) => None,
    })
}

/// Whether a date is read by the order of day and month alone.
pub(crate) fn wants_order(text: &str) -> bool {
    found(text).next().is_some_and(|found| matches!(found.numbers, Numbers::Either(..)))
}

/// A date that a source gives in a field or on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// The date as ISO 8601, with any time and zone that the source gives.
    pub(crate) date: String,
    /// The note on the order in which day and month were read, if either order was possible.
    pub(crate) why: Option<String>,
}

/// The reason why a date was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Nothing says whether the day or the month comes first.
    Order,
    /// The calendar has no such day.
    NoDay,
    /// The words have none of the known forms.
    Form,
}

impl Unread {
    /// Returns a note on the date, with its words.
    pub(crate) fn note(self, words: &str) -> String {
        let why = match self {
            Self::Order => "nothing tells whether the day or the month comes first",
            Self::NoDay => "there is no such day",
            Self::Form => "it has no known form",
        };
        let words = characters::squeeze(words);
        let shown = &words[..words.floor_char_boundary(60)];
        let cut = if shown.len() < words.len() { "…" } else { "" };
        format!("its date was not read, {why}: “{shown}{cut}”")
    }
}

/// Reads the date of a field: ISO 8601, a day in words or numbers (`May 12, 2024`, `12 May 2024`, `25/09/2016`) with or
/// without weekday, time and zone, the forms of RFC 2822 and `ctime`, and seconds or milliseconds since 1970.
///
/// `usage` is the order of day and month for dates that could be read either way.
pub(crate) fn given(text: &str, usage: Option<&Usage>) -> Result<Given, Unread> {
    let text = text.trim();
    if let Some(date) = iso(text).or_else(|| since_1970(text)) {
        return Ok(Given { date, why: None });
    }
    let (rest, time) = without_time(text);
    let Some(found) = found(&rest).next() else {
        return Err(if LIKE_A_DAY.as_ref().is_some_and(|like| like.is_match(&rest)) {
            Unread::NoDay
        } else {
            Unread::Form
        });
    };
    // A field may name the weekday, or say that this is when it was published; more is a sentence.
    let around = format!("{} {}", &rest[..found.start], &rest[found.end..]);
    let words = around.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words.clone().count() > 3 || words.clone().any(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        return Err(Unread::Form);
    }
    let by_zone = time.as_ref().and_then(|time| time.usage.as_ref());
    let usage = usage.or(by_zone);
    let day = found.numbers.with(usage.map(|usage| usage.order)).ok_or(Unread::Order)?;
    let why = matches!(found.numbers, Numbers::Either(..)).then_some(usage).flatten();
    let why = why.filter(|usage| !usage.told).map(Usage::note);
    let date = match time {
        Some(time) => format!("{day}T{}", time.time),
        None => day.to_string(),
    };
    Ok(Given { date, why })
}

/// The order of day and month in dates, and the reason for assuming it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) order: Order,
    /// The reason, as part of a sentence: `row 3 has 25/09/2016`.
    pub(crate) why: String,
    /// True if one note on the whole file gives the order, so that its dates need no notes of their own.
    pub(crate) told: bool,
}

impl Usage {
    /// Returns the note on a date that was read in this order.
    fn note(&self) -> String {
        format!("its date was read with the {} first, since {}", self.order, self.why)
    }
}

/// The pattern of a day, whether the calendar has that day or not.
static LIKE_A_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\D{0,20}(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[ -]\p{L}{3,10}[ .,-]{1,2}\d{4}|\p{L}{3,10}[ .-]{1,2}\d{1,2},? ?\d{4})\b").ok()
});

/// Seconds or milliseconds since the start of 1970, from 1973 on: fewer digits are a day or a year.
fn since_1970(text: &str) -> Option<String> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let number: i64 = whole.parse().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = match whole.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    // The day of a number of days since 1970 (Howard Hinnant, `civil_from_days`), for days after that.
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// A time of day, and the order of day and month that is usual in its zone.
struct Time {
    time: String,
    usage: Option<Usage>,
}

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:\b(?:at|um|kl\.?|à|a las|alle|ore)\s+)?",
        r"\b(?:(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*(?:(?P<half>[ap])\.?m\b\.?)?|(?P<h2>\d{1,2})\s*(?P<half2>[ap])\.?m\b\.?)(?:\s*uhr\b)?",
        r"(?:\s*\(?(?P<zone>(?-i:[A-Z]{2,5}|Z)\b|[+-]\d\d:?\d\d)\)?)?(?:\s*\([A-Za-z ]{2,30}\))?",
    ))
    .ok()
});

/// Returns a text without its time of day and zone, and the time if one was found.
fn without_time(text: &str) -> (String, Option<Time>) {
    let Some(found) = TIME.as_ref().and_then(|pattern| pattern.captures(text)) else {
        return (text.to_owned(), None);
    };
    let number = |name: &str, other: &str| {
        found.name(name).or_else(|| found.name(other))?.as_str().parse::<u32>().ok()
    };
    let half = found.name("half").or_else(|| found.name("half2")).map(|half| half.as_str().to_lowercase());
    let hour = number("h", "h2").and_then(|hour| match half.as_deref() {
        Some(_) if !(1..=12).contains(&hour) => None,
        Some("a") => Some(hour % 12),
        Some(_) => Some(hour % 12 + 12),
        None => Some(hour).filter(|hour| *hour < 24),
    });
    let (minute, second) = (number("m", "m").unwrap_or(0), number("s", "s").unwrap_or(0));
    let whole = found.get(0).map_or(0..0, |whole| whole.range());
    let rest = characters::squeeze(&format!("{} {}", &text[..whole.start], &text[whole.end..]));
    let zone = found.name("zone").map(|zone| zone.as_str());
    let known = zone.and_then(|zone| ZONES.iter().find(|known| known.name == zone));
    let offset = match (zone, known) {
        (_, Some(known)) => known.offset.to_owned(),
        (Some(zone), None) if zone.starts_with(['+', '-']) => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            match digits.as_str() {
                "0000" => "Z".to_owned(),
                _ => format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..]),
            }
        }
        _ => String::new(),
    };
    let time = hour.filter(|_| minute < 60 && second < 60).map(|hour| Time {
        time: format!("{hour:02}:{minute:02}:{second:02}{offset}"),
        usage: known.and_then(|known| {
            Some(Usage {
                order: known.order?,
                why: format!("that is the usage where {} is the time", known.name),
                told: false,
            })
        }),
    });
    (rest, time)
}

/// A time zone with the letters that name it.
struct Zone {
    name: &'static str,
    /// `+02:00`, or `Z`.
    offset: &'static str,
    /// The order of day and month that is usual in the zone.
    order: Option<Order>,
}

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    table(include_str!("../../../data/sources/zones.tsv"))
        .filter_map(|cells| {
            let [name, offset, order, ..] = cells[..] else { return None };
            Some(Zone { name, offset, order: order_named(order) })
        })
        .collect()
});

/// The usual order of day and month by the end of an address's host.
static HABITS: LazyLock<BTreeMap<&str, Order>> = LazyLock::new(|| {
    let rows = table(include_str!("../../../data/sources/day-order.tsv"));
    rows.filter_map(|cells| Some((*cells.first()?, order_named(cells.get(1)?)?))).collect()
});

/// Returns the cells of each row of a table, without its comments.
fn table(source: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    source.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn order_named(name: &str) -> Option<Order> {
    match name {
        "day" => Some(Order::DayFirst),
        "month" => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Returns the order of day and month that an outlet uses, by its address or else by its name.
pub(crate) fn usage_of(url: Option<&str>, outlet: Option<&str>) -> Option<Usage> {
    let habit = |host: &str| {
        let mut end = host;
        loop {
            if let Some(order) = HABITS.get(end) {
                return Some(*order);
            }
            end = end.split_once('.')?.1;
        }
    };
    let host = url.and_then(outlets::host);
    let (order, whose) = match host.as_deref().and_then(|host| Some((habit(host)?, host.to_owned()))) {
        Some(found) => found,
        None => {
            let outlet = outlet?;
            (outlets::hosts(outlet).find_map(habit)?, outlet.to_owned())
        }
    };
    Some(Usage { order, why: format!("that is the usage of {whose}"), told: false })
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
            |text| in_text(text, Some(Order::DayFirst)).next().map(|day| day.to_string()).unwrap_or_default();
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
            in_text("5/9/2016", Some(Order::MonthFirst)).next().map(|day| day.to_string()).as_deref(),
            Some("2016-05-09")
        );
        assert_eq!(
            in_text("5/9/2016, 5/5/2016", None).map(|day| day.to_string()).collect::<Vec<_>>(),
            ["2016-05-05"]
        );
        assert_eq!(first("12345.09.20167"), "");
        assert_eq!(first("Version 31 of 2016"), "");
    }

    #[test]
    fn dates_of_fields_are_read_in_common_forms() {
        for (text, date) in [
            ("May 12, 2024", "2024-05-12"),
            ("12 May 2024", "2024-05-12"),
            ("12-May-2024", "2024-05-12"),
            ("May-12-2024", "2024-05-12"),
            ("May 12,2024", "2024-05-12"),
            ("Sunday, May 12th, 2024 at 3:05 p.m. EDT", "2024-05-12T15:05:00-04:00"),
            ("Published: 12 May 2024 | 12:05 am", "2024-05-12T00:05:00"),
            ("Sun, 12 May 2024 14:03:09 +0200", "2024-05-12T14:03:09+02:00"),
            ("Sun, 12 May 2024 14:03:09 GMT", "2024-05-12T14:03:09Z"),
            ("Sun May 12 14:03:09 2024", "2024-05-12T14:03:09"),
            ("Sun May 12 14:03:09 +0000 2024", "2024-05-12T14:03:09Z"),
            ("2024/05/12 14:03", "2024-05-12T14:03:00"),
            ("1715522589", "2024-05-12T14:03:09Z"),
            ("1715522589123", "2024-05-12T14:03:09Z"),
            ("1715522589.5", "2024-05-12T14:03:09Z"),
            ("951782400", "2000-02-29T00:00:00Z"),
            ("12.5.2024", "2024-05-12"),
            ("25/09/2016", "2016-09-25"),
            ("09/25/2016 14:03", "2016-09-25T14:03:00"),
            ("25/09/98", "1998-09-25"),
            ("12 de mayo de 2024, 14:03", "2024-05-12T14:03:00"),
            ("05/12/2024 3 PM EST", "2024-05-12T15:00:00-05:00"),
            ("05/12/2024 15:00 CET", "2024-12-05T15:00:00+01:00"),
        ] {
            assert_eq!(given(text, None).map(|given| given.date).as_deref(), Ok(date), "{text}");
        }
        for (text, why) in [
            ("05/09/2016", Unread::Order),
            ("05/09/2016 14:03 GMT", Unread::Order),
            ("31 April 2018", Unread::NoDay),
            ("31/04/2018", Unread::NoDay),
            ("2016-02-30", Unread::NoDay),
            ("Feb. 29, 2015", Unread::NoDay),
            ("last spring", Unread::Form),
            ("2016", Unread::Form),
            ("September 2016", Unread::Form),
            ("The treaty that was signed on 12 June 1999 is dead", Unread::Form),
            ("12.5.2024 to 14.5.2024", Unread::Form),
            ("99999999999999999999", Unread::Form),
            ("", Unread::Form),
        ] {
            assert_eq!(given(text, None), Err(why), "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_has_a_reason() {
        let read = |text: &str, url, outlet| {
            let given = given(text, usage_of(url, outlet).as_ref()).ok()?;
            Some((given.date, given.why.unwrap_or_default()))
        };
        let told = |order: &str, why: &str| format!("its date was read with the {order} first, since {why}");
        assert_eq!(
            read("05/09/2016", Some("https://www.bbc.co.uk/news/1"), None),
            Some(("2016-09-05".to_owned(), told("day", "that is the usage of www.bbc.co.uk")))
        );
        assert_eq!(
            read("05/09/2016", None, Some("CNN")),
            Some(("2016-05-09".to_owned(), told("month", "that is the usage of CNN")))
        );
        assert_eq!(
            read("05/09/2016 9:00 am PDT", None, None),
            Some((
                "2016-05-09T09:00:00-07:00".to_owned(),
                told("month", "that is the usage where PDT is the time")
            ))
        );
        // Certain by itself, whoever writes it.
        assert_eq!(read("25/09/2016", None, Some("CNN")), Some(("2016-09-25".to_owned(), String::new())));
        assert_eq!(read("05/09/2016", Some("https://example.com/1"), Some("The Example")), None);
        assert_eq!(order_shown("25/09/2016"), Some(Order::DayFirst));
        assert_eq!(order_shown("09-25-2016"), Some(Order::MonthFirst));
        assert_eq!((order_shown("05/09/2016"), order_shown("25 September 2016")), (None, None));
        assert!(wants_order("05/09/2016") && !wants_order("05.09.2016") && !wants_order("05/05/2016"));
    }

    #[test]
    fn tables_of_usage_are_sound() {
        for zone in ZONES.iter() {
            assert!(
                zone.offset == "Z"
                    || iso(&format!("2016-09-05T00:00:00{}", zone.offset))
                        .is_some_and(|it| it.ends_with(zone.offset)),
                "{}",
                zone.name
            );
        }
        assert!(HABITS.len() > 50 && ZONES.len() > 15);
    }
}
