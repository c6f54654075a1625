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

/// The shape of a word: digits and the numbers that they give, or a plain word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Word,
    /// Digits alone, with how many.
    Digits(u32, u8),
    /// `1,200` or `2.5`.
    Amount(f64),
    /// `31st`.
    Ordinal(u32),
    /// `1990s`, `90s`: the year divided by ten.
    Decade(i16),
    /// `9:05`.
    Clock(u8, u8),
    /// `2015-10-31`.
    IsoDate(i16, i8, i8),
    /// `10/31/2015`: first, second, year.
    SlashDate(u8, u8, i16),
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

/// Cuts `text` into words, numbers and marks.
fn pieces(text: &str) -> Vec<(ByteSpan, Shape)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let (length, shape) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first.is_ascii_digit() {
            number_piece(rest)
        } else if first.is_alphabetic() {
            (letters_piece(rest), Shape::Word)
        } else {
            let possessive = matches!(first, '\'' | '’')
                && rest.chars().nth(1).is_some_and(|next| matches!(next, 's' | 'S'))
                && !rest.chars().nth(2).is_some_and(char::is_alphanumeric);
            (first.len_utf8() + usize::from(possessive), Shape::Word)
        };
        found.push((ByteSpan::new(at as u32, (at + length) as u32), shape));
        at += length;
    }
    // Dashes that join words read as hyphens.
    found
}

fn letters_piece(rest: &str) -> usize {
    let run = |rest: &str| rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let mut length = run(rest);
    // `a.m.`, `U.S.`: single letters with stops.
    if rest.chars().next().is_some_and(|c| c.len_utf8() == length) {
        let mut end = length;
        while rest.as_bytes().get(end) == Some(&b'.') {
            end += 1;
            length = end;
            let more = run(rest.get(end..).unwrap_or_default());
            if more != 1 || rest.as_bytes().get(end + 1) != Some(&b'.') {
                break;
            }
            end += 1;
        }
        return length;
    }
    if rest.as_bytes().get(length) == Some(&b'.')
        && rest
            .get(..=length)
            .is_some_and(|form| form.len() <= 8 && LEXICON_FORMS.contains(&form.to_lowercase().as_str()))
    {
        length += 1;
    }
    // `o'clock`
    if length == 1 || rest.get(..length).is_some_and(|word| word.eq_ignore_ascii_case("o")) {
        let after = rest.get(length..).unwrap_or_default();
        for mark in ["'clock", "’clock"] {
            if after.starts_with(mark) {
                return length + mark.len();
            }
        }
    }
    length
}

/// Abbreviations that own their full stop.
const LEXICON_FORMS: [&str; 24] = [
    "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sept.", "sep.", "oct.", "nov.", "dec.", "mon.",
    "tues.", "tue.", "wed.", "thurs.", "thur.", "thu.", "fri.", "sec.", "min.", "hrs.", "st.",
];

fn number_piece(rest: &str) -> (usize, Shape) {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let number =
        |from: usize, length: usize| rest.get(from..from + length).and_then(|run| run.parse::<u32>().ok());
    let first = digits(0);
    let next = bytes.get(first).copied();
    let second = digits(first + 1);
    let end = first + 1 + second;
    let after = bytes.get(end).copied();
    let letter =
        |at: usize| rest.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic);
    if let (Some(mark @ (b'-' | b'/')), true) = (next, second == 2 || second == 1)
        && after == Some(mark)
    {
        let third = digits(end + 1);
        let whole = end + 1 + third;
        if let (Some(a), Some(b), Some(c)) =
            (number(0, first), number(first + 1, second), number(end + 1, third))
            && !bytes.get(whole).is_some_and(|byte| byte.is_ascii_digit() || *byte == mark)
            && !letter(whole)
        {
            if first == 4 && third <= 2 && (1..=12).contains(&b) && (1..=31).contains(&c) {
                return (whole, Shape::IsoDate(a as i16, b as i8, c as i8));
            }
            if first <= 2 && (third == 4 || third == 2) && mark == b'/' && a <= 31 && b <= 31 {
                let year = if third == 4 {
                    c
                } else if c < 70 {
                    2000 + c
                } else {
                    1900 + c
                };
                return (whole, Shape::SlashDate(a as u8, b as u8, year.min(9999) as i16));
            }
        }
    }
    // 9/11 stands in the list of named days.
    if rest.starts_with("9/11") && !bytes.get(4).is_some_and(u8::is_ascii_digit) {
        return (4, Shape::Word);
    }
    if next == Some(b':')
        && second == 2
        && first <= 2
        && let (Some(hour), Some(minute)) = (number(0, first), number(first + 1, 2))
        && hour < 25
        && minute < 60
    {
        return (end, Shape::Clock(hour as u8, minute as u8));
    }
    if next == Some(b',') && second == 3 && first <= 3 {
        let mut whole = end;
        while bytes.get(whole) == Some(&b',') && digits(whole + 1) == 3 {
            whole += 4;
        }
        let plain: String =
            rest.get(..whole).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        return (whole, Shape::Amount(plain.parse().unwrap_or(f64::MAX)));
    }
    if next == Some(b'.') && second > 0 {
        return (end, Shape::Amount(rest.get(..end).and_then(|run| run.parse().ok()).unwrap_or(f64::MAX)));
    }
    let Some(number) = number(0, first) else { return (first, Shape::Amount(f64::MAX)) };
    let tail = rest.get(first..).unwrap_or_default();
    let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
    let suffix = tail.get(..letters).unwrap_or_default().to_lowercase();
    match suffix.as_str() {
        "st" | "nd" | "rd" | "th" => (first + letters, Shape::Ordinal(number)),
        "s" if first == 4 && number % 10 == 0 => (first + 1, Shape::Decade((number / 10) as i16)),
        "s" if first == 2 && number % 10 == 0 => (first + 1, Shape::Decade(190 + (number / 10) as i16)),
        _ if tail.starts_with("'s")
            && first == 4
            && number % 10 == 0
            && number % 100 != 0
            && !letter(first + 2) =>
        {
            (first, Shape::Digits(number, 4))
        }
        _ => (first, Shape::Digits(number, first.min(9) as u8)),
    }
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
