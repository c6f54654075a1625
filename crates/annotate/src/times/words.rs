//! The words of a text as the rules see them, and the classes they belong to.
//!
//! The rules do not use the language model's tokens: `Monday-Wednesday` must fall in three and `a.m.` in one on any
//! model. A [`Word`] knows its token, so that the rules can still ask the tree.

use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use readout_syntax::Syntax;
use readout_text::ByteSpan;
use rustc_hash::FxHashMap;

use super::calendar::{PARTS, SEASONS, Unit};
use super::pieces::{Shape, pieces};

/// The table of words and their classes.
static WORDS: ShippedTable = shipped_table!("data/times/words.tsv", ["class", "value", "forms"], [], []);
/// The table of named days.
static HOLIDAYS: ShippedTable = shipped_table!("data/times/holidays.tsv", ["rule", "names"], [], []);

macro_rules! classes {
    ($($variant:ident = $name:literal,)+) => {
        /// The class of a word in a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($variant,)+ }

        impl Class {
            pub(super) fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    Month = "month", MonthName = "month-name", Weekday = "weekday", WeekdayShort = "weekday-short",
    Weekdays = "weekdays", Unit = "unit", Units = "units", CalendarUnit = "calendar-unit",
    ChainUnit = "chain-unit", DecadeUnit = "decade-unit", LongUnit = "long-unit", UnitSpan = "unit-span",
    Season = "season", Part = "part", Noon = "noon", Meridiem = "meridiem", Zone = "zone",
    Direction = "direction", This = "this", Portion = "portion", Edge = "edge", Earlier = "earlier",
    Later = "later", QuantityWord = "quantity-word", Cardinal = "cardinal", Tens = "tens", Ordinal = "ordinal",
    OrdinalDay = "ordinal-day", Decade = "decade", DayWord = "day-word", Adverb = "adverb", Long = "long",
    Period = "period", WithinUnit = "within-unit", Era = "era", Share = "share", Once = "once", Fiscal = "fiscal", Day = "day", Hour = "hour", HourFour = "hour-four",
    Clock = "clock", Year = "year", YearName = "year-name", ShortYear = "short-year", IsoDate = "iso-date",
    SlashDate = "slash-date", Number = "number", Quantity = "quantity", Holiday = "holiday",
}

/// One word, number or mark.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub(super) span: ByteSpan,
    pub(super) text: &'t str,
    pub(super) lower: String,
    /// Number of the token it starts in.
    pub(super) token: u32,
    /// Whether a paragraph ends before it.
    pub(super) breaks: bool,
    pub(super) shape: Shape,
}

struct Lexicon {
    classes: FxHashMap<String, Vec<(Class, i32, bool)>>,
    /// By first word: the whole name and the rule's number in [`Lexicon::rules`].
    holidays: FxHashMap<String, Vec<(Vec<String>, i32)>>,
    rules: Vec<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon =
        Lexicon { classes: FxHashMap::default(), holidays: FxHashMap::default(), rules: Vec::new() };
    for row in WORDS.rows() {
        let (Some(class), Some(value)) = (Class::from_name(row.get("class")), number_of(row.get("value")))
        else {
            continue;
        };
        for form in row.list("forms") {
            let capital = form.starts_with(char::is_uppercase) && class != Class::Meridiem;
            lexicon.classes.entry(form.to_lowercase()).or_default().push((class, value, capital));
        }
    }
    for row in HOLIDAYS.rows() {
        for name in row.list("names") {
            let words: Vec<String> =
                pieces(name).into_iter().map(|(span, _)| span.slice(name).to_lowercase()).collect();
            let Some(first) = words.first().cloned() else { continue };
            lexicon.holidays.entry(first).or_default().push((words, lexicon.rules.len() as i32));
        }
        lexicon.rules.push(row.get("rule"));
    }
    // The longest name first.
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for names in lexicon.holidays.values_mut() {
        names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    lexicon
});

/// The value of a line of `words.tsv`: a number, or the number of a named unit, season, part of day or portion.
fn number_of(value: &str) -> Option<i32> {
    value
        .parse()
        .ok()
        .or_else(|| Unit::from_name(value))
        .or_else(|| Some(SEASONS.iter().position(|season| season.0 == value)? as i32))
        .or_else(|| Some(PARTS.iter().position(|part| part.0 == value)? as i32))
        .or_else(|| {
            Some(
                // `late` stands at [`LATE`].
                ["early", "middle", "late", "about", "more", "less"].iter().position(|name| *name == value)?
                    as i32,
            )
        })
}

/// The value of `late` and of the words for an end.
pub(super) const LATE: i32 = 2;

/// The rule of the holiday with this number.
pub(super) fn holiday_rule(number: i32) -> Option<&'static str> {
    LEXICON.rules.get(usize::try_from(number).ok()?).copied()
}

/// The value of `word` in `class`.
pub(super) fn value(word: &Word<'_>, class: Class) -> Option<i32> {
    if let Some(value) = shape_value(word.shape, class) {
        return Some(value);
    }
    if word.shape != Shape::Word {
        return None;
    }
    let capital = word.text.starts_with(char::is_uppercase);
    let wanted = if class == Class::OrdinalDay { Class::Ordinal } else { class };
    LEXICON
        .classes
        .get(&word.lower)?
        .iter()
        .find(|known| known.0 == wanted && (capital || !known.2))
        .map(|known| known.1)
}

fn shape_value(shape: Shape, class: Class) -> Option<i32> {
    let holds = |holds: bool, value: u32| if holds { i32::try_from(value).ok() } else { None };
    match (class, shape) {
        (Class::Day, Shape::Digits(number, digits)) => {
            holds(digits <= 2 && (1..=31).contains(&number), number)
        }
        (Class::Day | Class::OrdinalDay, Shape::Ordinal(number)) => holds((1..=31).contains(&number), number),
        (Class::Hour, Shape::Digits(number, digits)) => holds(digits <= 2 && number <= 24, number),
        (Class::HourFour, Shape::Digits(number, 4)) => holds(number / 100 < 24 && number % 100 < 60, number),
        (Class::Year, Shape::Digits(number, 4)) => holds((1000..=2199).contains(&number), number),
        (Class::YearName, Shape::Digits(number, 4)) => holds((1500..=2099).contains(&number), number),
        (Class::ShortYear, Shape::Digits(number, 2)) => holds(true, number),
        (Class::Ordinal, Shape::Ordinal(number)) => holds(true, number),
        (Class::Decade, Shape::Decade(decade)) => Some(i32::from(decade)),
        (Class::Clock, Shape::Clock(hour, minute)) => Some(i32::from(hour) * 60 + i32::from(minute)),
        (Class::IsoDate, Shape::IsoDate(..)) | (Class::SlashDate, Shape::SlashDate(..)) => Some(0),
        _ => None,
    }
}

/// The holiday that starts at word `at`: its number and how many words.
pub(super) fn holiday(words: &[Word<'_>], at: usize) -> Option<(i32, usize)> {
    let first = words.get(at)?;
    if !first.text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
        && first.lower != "the"
    {
        return None;
    }
    LEXICON.holidays.get(&first.lower)?.iter().find_map(|(name, number)| {
        let here = words.get(at..at + name.len())?;
        here.iter().zip(name).all(|(word, name)| word.lower == *name).then_some((*number, name.len()))
    })
}

/// An amount between `low` and `high`, where these are known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

impl Amount {
    const fn exact(number: f64) -> Self {
        Self { low: Some(number), high: Some(number) }
    }

    /// The number if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        self.low.filter(|_| self.high.is_some())
    }
}

/// The number that starts at word `at`, and of how many words: `30`, `two or three`, `a couple of`, `half an`.
pub(super) fn amount(words: &[Word<'_>], at: usize) -> Option<(Amount, usize)> {
    let lower = |offset: usize| {
        words.get(at + offset).filter(|word| !word.breaks || offset == 0).map(|word| word.lower.as_str())
    };
    const VAGUE: Amount = Amount { low: None, high: None };
    match (lower(0)?, lower(1), lower(2), lower(3)) {
        ("a", Some("couple"), Some("of"), Some("more")) => return Some((Amount::exact(2.0), 4)),
        ("a" | "the", Some("couple"), Some("of"), _) => return Some((Amount::exact(2.0), 3)),
        ("couple", Some("of"), ..) => return Some((Amount::exact(2.0), 2)),
        ("a", Some("few"), Some("more"), _) => return Some((VAGUE, 3)),
        ("a", Some("few"), ..) | ("a", Some("dozen"), Some("or"), _) => return Some((VAGUE, 2)),
        ("a", Some("good"), Some("many"), _) => return Some((VAGUE, 3)),
        ("a", Some("half"), ..) => return Some((Amount::exact(0.5), 2)),
        ("half", Some("a"), Some("dozen"), _) => return Some((Amount::exact(6.0), 3)),
        ("half", Some("a" | "an"), ..) => return Some((Amount::exact(0.5), 2)),
        ("half", ..) => return Some((Amount::exact(0.5), 1)),
        ("a", Some("dozen"), ..) => return Some((Amount::exact(12.0), 2)),
        ("a", Some("quarter"), Some("of"), Some("an" | "a")) => return Some((Amount::exact(0.25), 4)),
        ("quarter", Some("of"), Some("an" | "a"), _) => return Some((Amount::exact(0.25), 3)),
        ("dozens" | "hundreds" | "scores" | "thousands" | "tens", Some("of"), ..) => return Some((VAGUE, 2)),
        ("several" | "few" | "many" | "some" | "various" | "countless", ..) => return Some((VAGUE, 1)),
        ("a" | "an", ..) => return Some((Amount::exact(1.0), 1)),
        _ => {}
    }
    let (first, mut length) = plain_number(words, at)?;
    let next =
        |offset: usize| words.get(at + offset).filter(|word| !word.breaks).map(|word| word.lower.as_str());
    match (next(length), next(length + 1), next(length + 2)) {
        (Some("and"), Some("a"), Some("half")) => return Some((Amount::exact(first + 0.5), length + 3)),
        (Some("1"), Some("/"), Some("2")) => return Some((Amount::exact(first + 0.5), length + 3)),
        _ => {}
    }
    if matches!(next(length), Some("to" | "or" | "-"))
        && let Some((second, more)) = plain_number(words, at + length + 1)
        && second > first
        && words.get(at + length + 1).is_some_and(|word| !word.breaks)
    {
        length += 1 + more;
        return Some((Amount { low: Some(first), high: Some(second) }, length));
    }
    Some((Amount::exact(first), length))
}

/// A number in digits or words, below a million.
fn plain_number(words: &[Word<'_>], at: usize) -> Option<(f64, usize)> {
    let word = words.get(at)?;
    match word.shape {
        Shape::Digits(number, _) => return Some((f64::from(number), 1)),
        Shape::Amount(number) => return Some((number, 1)),
        _ => {}
    }
    let (mut total, mut length) = if let Some(tens) = value(word, Class::Tens) {
        let hyphen = usize::from(words.get(at + 1).is_some_and(|word| word.lower == "-"));
        match words.get(at + 1 + hyphen).and_then(|word| value(word, Class::Cardinal)) {
            Some(ones @ 1..=9) => (tens + ones, 2 + hyphen),
            _ => (tens, 1),
        }
    } else {
        (value(word, Class::Cardinal)?, 1)
    };
    match words.get(at + length).map(|word| word.lower.as_str()) {
        Some("hundred") => (total, length) = (total * 100, length + 1),
        Some("thousand") => (total, length) = (total * 1000, length + 1),
        Some("dozen") => (total, length) = (total * 12, length + 1),
        _ => {}
    }
    Some((f64::from(total), length))
}

/// The hedge of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hedge {
    About,
    More,
    Less,
}

/// The hedge that starts at word `at`: `more than`, `about`, `up to`.
pub(super) fn quantity(words: &[Word<'_>], at: usize) -> Option<(Hedge, usize)> {
    let lower = |offset: usize| words.get(at + offset).map(|word| word.lower.as_str());
    match (lower(0)?, lower(1), lower(2)) {
        ("no" | "not", Some("more" | "longer"), Some("than")) => Some((Hedge::Less, 3)),
        ("more" | "longer", Some("than"), _) | ("at", Some("least"), _) => Some((Hedge::More, 2)),
        ("less" | "fewer" | "shorter", Some("than"), _) | ("up", Some("to"), _) | ("at", Some("most"), _) => {
            Some((Hedge::Less, 2))
        }
        ("just" | "well" | "a", Some("over"), _) => Some((Hedge::More, 2)),
        ("just" | "well", Some("under"), _) => Some((Hedge::Less, 2)),
        ("as", Some("long" | "many" | "much"), Some("as")) => Some((Hedge::Less, 3)),
        _ => match value(words.get(at)?, Class::QuantityWord)? {
            3 => Some((Hedge::About, 1)),
            4 => Some((Hedge::More, 1)),
            _ => Some((Hedge::Less, 1)),
        },
    }
}

/// The words of `syntax`, in order.
pub(super) fn words(syntax: &Syntax) -> Vec<Word<'_>> {
    let text = syntax.text();
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut token = 0;
    let mut previous_end = 0;
    for (span, shape) in pieces(text) {
        // An editor's brackets do not part words: `“[Ten] years ago”`.
        if matches!(span.slice(text), "[" | "]") {
            continue;
        }
        while token + 1 < syntax.len() && syntax.token(token).span.end <= span.start {
            token += 1;
        }
        let gap = ByteSpan::new(previous_end, span.start).slice(text);
        let breaks = gap.bytes().filter(|byte| *byte == b'\n').count() > 1;
        previous_end = span.end;
        found.push(Word {
            span,
            text: span.slice(text),
            lower: span.slice(text).to_lowercase(),
            token,
            breaks,
            shape,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_of_their_form_and_every_class_and_value_is_known() {
        assert_eq!((WORDS.check(), HOLIDAYS.check()), (Ok(()), Ok(())));
        for row in WORDS.rows() {
            assert!(Class::from_name(row.get("class")).is_some(), "line {}", row.line());
            assert!(number_of(row.get("value")).is_some(), "line {}", row.line());
        }
    }
}
