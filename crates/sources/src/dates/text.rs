//! Days in a text, in words or numbers, in the usual forms of many languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use readout_lexicon::{ShippedTable, shipped_table};
use regex::Regex;

use super::iso::day;
use super::order::Order;
use crate::patterns::patterns;

patterns! {
    /// The forms of a date.
    static NUMBERS: Regex = concat!(
        r"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})",
        r"|(?P<a>\d{1,2})(?P<sign>[./-]) ?(?P<b>\d{1,2})[./-] ?(?P<y2>(?:19|20)\d\d|\d\d)",
        r"|(?P<y3>(?:19|20)\d\d) ?[年년] ?(?P<m3>\d{1,2}) ?[月월] ?(?P<d3>\d{1,2}) ?[日일]",
        r"|(?P<d4>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[ \u{a0}-]{0,2}(?:de |of |d['’])?(?P<m4>\p{L}{3,12})[.,]{0,2}[ \u{a0}-](?:de |del )?(?P<y4>(?:19|20)\d\d)",
        r"|(?P<m5>\p{L}{3,12})\.?[ \u{a0}-](?P<d5>\d{1,2})(?:st|nd|rd|th)?\.?(?:,|,?[ \u{a0}-])(?:de )?(?P<y5>(?:19|20)\d\d)",
    );
    /// Words that lead to the day on which a report came out.
    static LED: Regex = concat!(
            r"(?i)(?:^|[^\p{L}])(?:published|posted|created|updated|issued|added|veröffentlicht|erschienen|erstellt|publié|publicado|pubblicato|gepubliceerd)",
            r"(?: (?:on|at|am|le|el|il|op))?\W*(?:\p{L}+\W+)?$",
            r"|^(?:by|von|par|por|di|door) [^.!?]{3,60}$",
        );
}

static MONTHS: ShippedTable = shipped_table!("data/sources/months.tsv", ["number", "names"], [], ["number"]);

/// Names of months in many languages, in small letters.
static NAMES_OF_MONTHS: LazyLock<BTreeMap<&str, u32>> = LazyLock::new(|| {
    let months = MONTHS.rows().filter_map(|row| Some((row.get("number").parse().ok()?, row)));
    months.flat_map(|(number, row)| row.words("names").map(move |name| (name, number))).collect()
});

/// Returns the number of a month from its name or abbreviation, in any case.
fn month(name: &str) -> Option<u32> {
    NAMES_OF_MONTHS.get(name.to_lowercase().as_str()).copied()
}

/// Reads a day in words: `September 5, 2016`, `Sept. 5 2016`, `5 September 2016`, `5th of Sept, 2016`.
pub(crate) fn written(text: &str) -> Option<Date> {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut next = || words.next().map(|word| word.trim_end_matches('.'));
    let (first, mut second) = (next()?, next()?);
    if second.eq_ignore_ascii_case("of") {
        second = next()?;
    }
    let year = next()?;
    let (month, written) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = digits.parse().ok().filter(|_| {
        digits.len() <= 2 && matches!(&written[digits.len()..], "" | "st" | "nd" | "rd" | "th")
    })?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    if next().is_some() { None } else { day(year, month, number) }
}

/// The days that two numbers and a year may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// One number is over 12, or both are the same, or a full stop is between them: then the day comes first.
    Plain(Date, Option<Order>),
    /// Two days: the first where the day comes first, the second where the month does.
    Either(Date, Date),
}

impl Numbers {
    fn of(a: u32, sign: &str, b: u32, year: u32) -> Option<Self> {
        let (day_first, month_first) = (day(year, b, a), day(year, a, b));
        Some(match (day_first, month_first) {
            (Some(day), Some(same)) if day == same || sign == "." => Self::Plain(day, None),
            (Some(day), Some(other)) => Self::Either(day, other),
            (Some(day), None) => Self::Plain(day, Some(Order::DayFirst)),
            (None, Some(day)) => Self::Plain(day, Some(Order::MonthFirst)),
            (None, None) => return None,
        })
    }

    pub(super) fn with(self, order: Option<Order>) -> Option<Date> {
        match (self, order) {
            (Self::Plain(day, _), _) | (Self::Either(day, _), Some(Order::DayFirst)) => Some(day),
            (Self::Either(_, day), Some(Order::MonthFirst)) => Some(day),
            (Self::Either(..), None) => None,
        }
    }
}

/// A date found in a text.
pub(super) struct Found {
    /// The byte at which the date starts.
    pub(super) start: usize,
    /// One past the last byte of the date.
    pub(super) end: usize,
    pub(super) numbers: Numbers,
}

/// Finds the dates in a text, in any of the usual forms and many languages.
pub(super) fn found(text: &str) -> impl Iterator<Item = Found> {
    NUMBERS.captures_iter(text).filter_map(move |found| {
        let whole = found.get(0)?;
        // Part of a longer number: an address, a version, a price.
        let digit = |c: char| c.is_ascii_digit();
        if text[..whole.start()].ends_with(digit) || text[whole.end()..].starts_with(digit) {
            return None;
        }
        let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
        let named = |name: &str| month(found.name(name)?.as_str());
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
                day(year, number("m1")?, number("d1")?)
            } else if let Some(year) = number("y3") {
                day(year, number("m3")?, number("d3")?)
            } else if let Some(year) = number("y4") {
                day(year, named("m4")?, number("d4")?)
            } else {
                day(number("y5")?, named("m5")?, number("d5")?)
            };
            Numbers::Plain(day?, None)
        };
        Some(Found { start: whole.start(), end: whole.end(), numbers })
    })
}

/// Finds the days in a text. Without an `order`, the days that depend on the order are passed over.
pub(crate) fn in_text(text: &str, order: Option<Order>) -> impl Iterator<Item = Date> {
    found(text).filter_map(move |found| found.numbers.with(order))
}

/// Whether a text with a day is a line of names, days and times, and not a sentence about the day.
///
/// In a sentence a word in small letters leads to the day (`signed on 12 June 1999`), or the sentence goes on from it.
/// A line may have a few such words, which say whose day it is.
pub(crate) fn stands_alone(text: &str, order: Option<Order>) -> bool {
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
        (!led || LED.is_match(before)) && (!small(next) || next.starts_with("at ") || next.starts_with("um "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_a_sound_table() {
        assert_eq!(MONTHS.check(), Ok(()));
        assert_eq!(NAMES_OF_MONTHS.values().collect::<std::collections::BTreeSet<_>>().len(), 12);
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
}
