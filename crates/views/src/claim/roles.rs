//! The roles of a claim's words in it, told from their neighbours and from how words are mostly used.

use std::collections::BTreeMap;

use readout_lexicon::WordSet as _;

use super::alike::{Alike, alike, uses};
use super::bases::{base, says_something};
use super::forms::SAYING;
use super::polarity::is_negation;
use crate::judged::OFFICES;

/// The role of a word in a claim, the one that matters most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Part of a name.
    Name,
    /// A year, a month or a day of the week.
    Time,
    /// A verb.
    Act,
    /// An adjective that has a contrary.
    Quality,
    /// A noun, or any other word.
    Thing,
    /// An adverb.
    Manner,
    /// The word of an office before a name.
    Office,
}

/// The least share of uses, in percent, by which a word is mostly a verb or an adjective.
const MOSTLY: u32 = 60;

/// The least share of uses, in percent, by which a word may be a verb.
const AT_TIMES: u32 = 8;

/// Words that stand for the verb of a clause.
const AUXILIARIES: [&str; 17] = [
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might",
    "must", "should", "did", "does",
];

/// Months and days of the week.
const TIMES: [&str; 19] = [
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
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words behind which a verb stands in its plain form.
const BEFORE_INFINITIVE: [&str; 13] =
    ["to", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "do", "does", "did"];

/// Words behind which a verb stands in another form, or else a noun or an adjective.
const BEFORE_VERB: [&str; 24] = [
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "he", "she", "it", "they",
    "who", "and", "or", "but", "that", "not", "never", "cannot", "also", "only",
];

/// Words behind which a noun stands, or an adjective with its noun.
const BEFORE_NOUN: [&str; 37] = [
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those", "of",
    "in", "on", "at", "for", "from", "with", "by", "over", "under", "against", "into", "about", "between",
    "during", "through", "no", "any", "some", "all", "more", "every", "s", "as",
];

/// Returns the role of each word of `text` that says something, by its base form.
pub(super) fn roles(text: &str) -> BTreeMap<String, Role> {
    let text = text.replace('’', "'").replace("'s ", " s ");
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|it| !it.is_empty())
        .collect();
    let mut found: BTreeMap<String, Role> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let small = word.to_lowercase();
        if !says_something(&small) || is_negation(&small) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|it| words.get(it)).copied().unwrap_or_default();
        let role = role(word, before, words.get(at + 1).copied().unwrap_or_default());
        let known = found.entry(base(&small)).or_insert(role);
        *known = role.min(*known);
    }
    found
}

/// Returns the role of `word` between two others, which may be empty.
fn role(word: &str, before: &str, after: &str) -> Role {
    let small = word.to_lowercase();
    let known = uses(&small);
    let is_capitalised = |it: &str| it.starts_with(char::is_uppercase);
    if small.starts_with(|it: char| it.is_ascii_digit())
        || is_capitalised(word) && TIMES.contains(&small.as_str())
    {
        return Role::Time;
    }
    if is_capitalised(word) && is_capitalised(after) && OFFICES.has(&small) {
        return Role::Office;
    }
    if is_capitalised(word) && (!before.is_empty() || known.is_none() || is_capitalised(after)) {
        return Role::Name;
    }
    let Some(known) = known else { return Role::Thing };
    let before = before.to_lowercase();
    let is_before_noun = BEFORE_NOUN.contains(&before.as_str());
    let is_inflected = small.ends_with("ed") || base(&small) != *readout_lexicon::stem(&small);
    let is_verb = if is_before_noun {
        small.ends_with("ing") && known.as_verb >= MOSTLY
    } else {
        known.as_verb >= MOSTLY
            || is_inflected && known.as_verb >= AT_TIMES
            || BEFORE_INFINITIVE.contains(&before.as_str()) && known.as_verb >= AT_TIMES
            || BEFORE_VERB.contains(&before.as_str()) && known.as_verb >= AT_TIMES.max(known.as_noun / 2)
    };
    if is_verb {
        return Role::Act;
    }
    let is_plural = small.ends_with('s') && !small.ends_with("ss");
    match known {
        it if it.as_adverb >= MOSTLY && small.ends_with("ly") => Role::Manner,
        it if it.as_adjective >= MOSTLY && is_of_degree(&small) && !is_plural => Role::Quality,
        _ => Role::Thing,
    }
}

/// Whether a word of a claim with these roles is a verb.
pub(super) fn is_verb(word: &str, roles: &BTreeMap<String, Role>) -> bool {
    let word = word.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    AUXILIARIES.contains(&word.as_str()) || roles.get(&base(&word)) == Some(&Role::Act)
}

/// Returns the base form of the first verb of `text` that is no auxiliary, or of its first word of saying.
pub(super) fn first_verb(text: &str) -> Option<String> {
    let roles = roles(text);
    let bases = text
        .split_whitespace()
        .map(|it| base(&it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase()));
    bases.into_iter().find(|it| roles.get(it) == Some(&Role::Act) || SAYING.has(it))
}

fn is_of_degree(word: &str) -> bool {
    alike(&base(word)).is_some_and(Alike::is_of_degree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_neighbours() {
        let roles = roles("Orlo refused to raise the raised tax in Brenn, a terrible plan of the bank.");
        let role = |word: &str| roles.get(&base(word)).copied();
        assert_eq!(role("orlo"), Some(Role::Name));
        assert_eq!(role("brenn"), Some(Role::Name));
        assert_eq!(role("refused"), Some(Role::Act));
        assert_eq!(role("raise"), Some(Role::Act));
        assert_eq!(role("terrible"), Some(Role::Quality));
        assert_eq!(role("plan"), Some(Role::Thing));
        assert_eq!(role("bank"), Some(Role::Thing));
    }
}
