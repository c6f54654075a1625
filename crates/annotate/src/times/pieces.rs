//! A text cut into words, numbers and marks.

use readout_text::ByteSpan;

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

/// Cuts `text` into words, numbers and marks.
pub(super) fn pieces(text: &str) -> Vec<(ByteSpan, Shape)> {
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
