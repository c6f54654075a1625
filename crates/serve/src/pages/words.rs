//! How things are called on a page.

use minijinja::Value;
use readout::record::{MONTHS, Time};
use readout::views::when::{Spelling, When, told};

/// Writes `2015-09-28…` as `28 September 2015`, with the time of day if there is one. Anything else stays as it is.
pub(crate) fn day(date: &str) -> String {
    let part = |from: usize, to: usize| date.get(from..to).and_then(|it| it.parse::<usize>().ok());
    let month = part(5, 7).and_then(|it| MONTHS.get(it.checked_sub(1)?));
    match (part(0, 4), month, part(8, 10)) {
        (Some(year), Some(month), Some(day)) if date.get(4..5) == Some("-") => {
            let time = date.get(11..16).filter(|it| it.as_bytes().get(2) == Some(&b':') && *it != "00:00");
            format!("{day} {month} {year}{}", time.map(|it| format!(", {it}")).unwrap_or_default())
        }
        (Some(year), Some(month), None) if date.len() == 7 => format!("{month} {year}"),
        _ => date.to_owned(),
    }
}

/// Returns a record's time as exactly as its words are: `20 March 2013`, `January 2013`, `spring 2012`; the words, in
/// quotation marks, where its days are not known; empty for none.
pub(crate) fn when(time: &Value) -> String {
    let time = serde_json::to_value(time).and_then(serde_json::from_value::<Time>);
    match time {
        Ok(time) if When::of(&time).is_some() => told(&time, Spelling::Words),
        Ok(time) if !time.text.trim().is_empty() => format!("“{}”", time.text.trim()),
        _ => String::new(),
    }
}

/// Writes a number with its noun: `1 report`, `2,345 reports`.
pub(crate) fn count(number: usize, one: &str) -> String {
    let grouped = self::number(number);
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{grouped} {stem}ies"),
        _ => format!("{grouped} {one}s"),
    }
}

/// Writes a number with commas between thousands: `2,345`.
pub(crate) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Writes `pull-aside` as `pull aside`, `CONSULT` as `consult`.
pub(crate) fn plainly(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    if name.chars().any(char::is_lowercase) { name } else { name.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use readout::record::Grain;

    use super::*;
    use crate::pages::value_of;

    #[test]
    fn a_vague_time_is_told_as_such() {
        let last = |text: &str, from: Option<&str>, to: Option<&str>, grain| {
            let bound = |it: Option<&str>| it.map(str::to_owned);
            let time =
                Time { text: text.to_owned(), from: bound(from), to: bound(to), grain, ..Time::default() };
            when(&value_of(&time))
        };
        let spring = last("last spring", Some("2012-03-01"), Some("2012-06-01"), Some(Grain::Season));
        assert_eq!(spring, "spring 2012");
        let month = last("in January", Some("2013-01-01"), Some("2013-02-01"), Some(Grain::Month));
        assert_eq!(month, "January 2013");
        assert_eq!(last("one day", None, None, Some(Grain::Day)), "“one day”");
        assert_eq!(when(&Value::from(())), "");
    }
}
