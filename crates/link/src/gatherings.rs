//! The words that identify a meeting: its place, its gathering (a summit, a conference), its day of the week.
//! Stories and happenings compare meetings by the same rules.

use std::collections::BTreeSet;

use readout_lexicon::{WordSet, is_function_word};

use crate::judged::{GATHERING_WORDS, GATHERINGS, ROUNDS};

/// The most words of the name at the head of a gathering: `World Economic Forum`.
const NAME_WORDS: usize = 3;

/// Largest number of places in a text that are looked at for one name.
const MAX_PLACES: usize = 64;

/// The days of the week in lower case, from Monday.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words for the place of a gathering in its series.
const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// Returns the number before a gathering that `text` names: 2 of `their second summit`.
pub(crate) fn ordinal(text: &str) -> Option<usize> {
    /// Words between the number and the gathering: `second Norland-Sudland peace summit`.
    const BETWEEN: usize = 3;
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let number = ORDINALS.iter().position(|ordinal| ordinal == word)? + 1;
        let mut after = words.iter().skip(at + 1).take(BETWEEN + 1);
        after.any(|it| GATHERINGS.has(it) || ROUNDS.has(it.trim_end_matches('s'))).then_some(number)
    })
}

/// Returns the day of the week that `text` names, counted from Monday, if it names one only.
pub(crate) fn weekday(text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let mut found = (0..7).filter(|&day| text.contains(WEEKDAYS[day]));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Returns the words of a gathering's name that distinguish it from others, in one form for all house styles. A bare
/// `summit`, which may be any, has none.
pub(crate) fn occasion(name: &str) -> BTreeSet<String> {
    let name = name.to_lowercase().replace("group of ", "g").replace("g-", "g");
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_function_word(word))
        .filter(|word| !GATHERINGS.has(word) && !GATHERING_WORDS.has(word))
        .map(str::to_owned)
        .collect()
}

/// Returns the larger place named after `place` anywhere in the text, in lower case: `Brenn, Norway`.
pub(crate) fn larger_place(text: &str, place: &str) -> Option<String> {
    if place.is_empty() {
        return None;
    }
    text.match_indices(place).take(MAX_PLACES).find_map(|(at, _)| {
        let after = text.get(at + place.len()..)?.strip_prefix(", ")?;
        name(after)
    })
}

/// Returns the name at the head of `text`, in lower case.
fn name(text: &str) -> Option<String> {
    let words = text.split(' ').take(NAME_WORDS).take_while(|word| word.starts_with(char::is_uppercase));
    let mut out = String::new();
    for word in words {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&bare.to_lowercase());
        // A stop or comma ends the name.
        if bare.len() < word.len() {
            break;
        }
    }
    (!out.is_empty() && WEEKDAYS.iter().all(|day| !out.starts_with(day))).then_some(out)
}

/// Returns the sentence around the code point `at`. A full stop before a space ends a sentence, also after an
/// abbreviation.
pub(crate) fn sentence(text: &[char], at: usize) -> String {
    const REACH: usize = 400;
    let ends = |at: usize| {
        text.get(at).is_none_or(|letter| *letter == '\n')
            || text.get(at) == Some(&'.') && text.get(at + 1).is_none_or(|next| next.is_whitespace())
    };
    let at = at.min(text.len());
    let first = (at.saturating_sub(REACH)..at).rev().find(|place| ends(*place)).map_or(0, |place| place + 1);
    let last = (at..at + REACH).find(|place| ends(*place)).unwrap_or(at + REACH).min(text.len());
    text.get(first.max(at.saturating_sub(REACH))..last).unwrap_or_default().iter().collect()
}

/// Returns the place of the gathering that `sentence` names: `brenn` in `the summit in Brenn`.
pub(crate) fn place_of_gathering(sentence: &str) -> Option<String> {
    GATHERINGS.words().find_map(|gathering| {
        let (_, after) = sentence.split_once(&format!("{gathering} in "))?;
        name(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        assert_eq!(place_of_gathering("at the summit in New Velm, he said").as_deref(), Some("new velm"));
        assert_eq!(place_of_gathering("at the summit in spring"), None);
        assert_eq!(larger_place("They met in Velm, Norland, on Monday", "Velm").as_deref(), Some("norland"));
        assert_eq!(larger_place("They met in Velm, Monday", "Velm"), None);
    }

    #[test]
    fn gatherings_are_told_apart() {
        assert_eq!(occasion("the G-20 summit"), occasion("Group of 20 summit"));
        assert!(occasion("summit").is_empty());
        assert!(occasion("the river summit").is_disjoint(&occasion("the harbour summit")));
    }

    #[test]
    fn a_gathering_has_its_number() {
        assert_eq!(ordinal("began their second Velm summit"), Some(2));
        assert_eq!(ordinal("met for a second day"), None);
    }

    #[test]
    fn one_weekday_is_a_day() {
        assert_eq!(weekday("on Tuesday night"), Some(1));
        assert_eq!(weekday("from Monday to Friday"), None);
    }
}
