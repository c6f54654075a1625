//! Dates that a source gives in a field or on a line of its own.

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use regex::Regex;

use super::iso::{iso, since_1970};
use super::order::{Order, Usage, order_named};
use super::text::{Numbers, found};
use crate::characters;
use crate::patterns::patterns;

patterns! {
    /// A day, whether the calendar has that day or not.
    static LIKE_A_DAY: Regex = r"^\D{0,20}(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[ -]\p{L}{3,10}[ .,-]{1,2}\d{4}|\p{L}{3,10}[ .-]{1,2}\d{1,2},? ?\d{4})\b";
    /// A time of day with its zone.
    static TIME: Regex = concat!(
        r"(?i)(?:\b(?:at|um|kl\.?|à|a las|alle|ore)\s+)?",
        r"\b(?:(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*(?:(?P<half>[ap])\.?m\b\.?)?|(?P<h2>\d{1,2})\s*(?P<half2>[ap])\.?m\b\.?)(?:\s*uhr\b)?",
        r"(?:\s*\(?(?:(?:UTC|GMT) ?)?(?P<zone>(?-i:[A-Z]{2,5}|Z)\b|[+-]\d\d:?\d\d)\)?)?(?:\s*\([A-Za-z ]{2,30}\))?",
    );
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
        return Err(if LIKE_A_DAY.is_match(&rest) { Unread::NoDay } else { Unread::Form });
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

/// A time of day, and the order of day and month that is usual in its zone.
struct Time {
    time: String,
    usage: Option<Usage>,
}

/// Returns a text without its time of day and zone, and the time if one was found.
fn without_time(text: &str) -> (String, Option<Time>) {
    let Some(found) = TIME.captures(text) else { return (text.to_owned(), None) };
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

static ZONE_TABLE: ShippedTable =
    shipped_table!("data/sources/zones.tsv", ["zone", "offset"], ["first"], ["zone"]);

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let zone = |row: readout_lexicon::Row<'static>| Zone {
        name: row.get("zone"),
        offset: row.get("offset"),
        order: order_named(row.get("first")),
    };
    ZONE_TABLE.rows().map(zone).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{order_shown, usage_of, wants_order};

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
            ("Sunday, May 12, 2024 - 14:03 UTC +01:00", "2024-05-12T14:03:00+01:00"),
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
    fn the_table_of_zones_is_sound() {
        for zone in ZONES.iter() {
            assert!(
                zone.offset == "Z"
                    || iso(&format!("2016-09-05T00:00:00{}", zone.offset))
                        .is_some_and(|it| it.ends_with(zone.offset)),
                "{}",
                zone.name
            );
        }
        assert!(ZONES.len() > 15);
        assert_eq!(ZONE_TABLE.check(), Ok(()));
    }
}
