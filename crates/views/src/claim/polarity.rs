//! Denial, opposition, number and voice in a claim and in a sentence.

use std::collections::BTreeSet;

use readout_lexicon::WordSet as _;

use super::bases::{base, says_something};
use super::forms::REFUSING;
use crate::judged::{DENYING, REJECTING, RESTRICTING};

/// Words before and behind `than`, among which are those whom it compares.
const COMPARED: usize = 4;

/// Words behind `against` or `for` among which is what somebody is against or for.
const TURNED: usize = 4;

/// Numbers in words, as English writes them before a noun. `One` is mostly no number.
const NUMBERS: [(&str, &str); 24] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("ninety", "90"),
];

/// Returns the words of `text` in lower case, with their apostrophes.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let text = text.replace('’', "'").to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    words.map(|it| it.trim_matches('\'').to_owned()).filter(|it| !it.is_empty()).collect()
}

/// Returns the words that `text` denies: behind each denial the next `reach` words that say something. What was rejected, in
/// the passive, stands before its verb and is not among them.
pub(super) fn denied(text: &str, reach: usize) -> Vec<String> {
    let words = words_of(text);
    let is_form_of_be = |word: &str| ["is", "are", "was", "were", "be", "been", "being"].contains(&word);
    let is_denial = |at: usize, word: &str| {
        let before = at.checked_sub(1).and_then(|it| words.get(it)).map_or("", String::as_str);
        let passed_over =
            word == "than" && before == "rather" || word == "of" && before == "instead" || word == "nothing";
        is_negation(word)
            || passed_over
            || REFUSING.has(&base(word))
            || is_denial(word) && !is_form_of_be(before)
    };
    // `whether or not` leaves it open.
    let is_open =
        |at: usize, word: &str| word == "not" && at > 0 && words.get(at - 1).is_some_and(|it| it == "or");
    let is_denial = |at: usize, word: &str| is_denial(at, word) && !is_open(at, word);
    let mut found = Vec::new();
    for at in words.iter().enumerate().filter(|(at, word)| is_denial(*at, word)).map(|(at, _)| at) {
        let behind = words.iter().skip(at + 1).filter(|it| says_something(it) && !is_negation(it));
        found.extend(behind.filter(|it| !it.ends_with("ly") && !is_passed_over(it)).take(reach).cloned());
    }
    found
}

/// Returns the words of `text` that make it hold for more, or for no others.
pub(super) fn restrictions(text: &str) -> BTreeSet<String> {
    words_of(text).into_iter().filter(|it| RESTRICTING.has(it)).collect()
}

/// Whether a denial is of the word behind `word`: `never once met`, `denied having met`.
fn is_passed_over(word: &str) -> bool {
    ["ever", "once", "yet", "even"].contains(&word) || base(word) == "have"
}

/// Returns the words on both sides of the last `than` of `text`, in lower case: what is compared.
pub(super) fn compared(text: &str) -> Option<(Vec<String>, Vec<String>)> {
    let words = words_of(text);
    let at = words.iter().rposition(|it| it == "than")?;
    let (before, after) = (words.iter().take(at), words.iter().skip(at + 1));
    Some((before.rev().take(COMPARED).cloned().collect(), after.take(COMPARED).cloned().collect()))
}

/// Returns the base forms of the words that stand behind `against` in `text`.
pub(super) fn opposed(text: &str) -> BTreeSet<String> {
    words_behind(text, |word, _| word == "against")
}

/// Returns the base forms of the words that stand behind a `for` of those who vote or stand for something.
pub(super) fn favoured(text: &str) -> BTreeSet<String> {
    let takes_sides =
        |before: &str| ["vote", "stand", "argu", "campaign", "speak"].contains(&base(before).as_str());
    words_behind(text, |word, before| word == "for" && takes_sides(before))
}

/// Returns the base forms of the words that stand behind a modal in `text`, and behind `to` if that is asked for: what may
/// come and is not said to have been done.
pub(super) fn to_come(text: &str, with_to: bool) -> BTreeSet<String> {
    let words = words_of(text);
    let is_modal = |word: &str| {
        ["will", "would", "may", "might", "could", "can", "shall", "should", "must"].contains(&word)
            || word.ends_with("'ll")
            || with_to && word == "to"
    };
    let behind = words.iter().enumerate().filter(|(_, word)| is_modal(word)).filter_map(|(at, _)| {
        words.iter().skip(at + 1).find(|it| says_something(it) && !is_negation(it) && !it.ends_with("ly"))
    });
    behind.map(|it| base(it)).collect()
}

/// Returns the base forms of the words behind those that open them, each asked with the word before it.
fn words_behind(text: &str, opens: impl Fn(&str, &str) -> bool) -> BTreeSet<String> {
    let words = words_of(text);
    let mut found = BTreeSet::new();
    let mut before = "";
    for (at, word) in words.iter().enumerate() {
        if opens(word, before) {
            found.extend(
                words.iter().skip(at + 1).filter(|it| says_something(it)).take(TURNED).map(|it| base(it)),
            );
        }
        before = word;
    }
    found
}

/// Returns the base forms of the names behind `in`, `at` or `near` in `text`: where something is said to be.
pub(super) fn places(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        if ["in", "at", "near", "In", "At"].contains(word) {
            let bare = |it: &&str| it.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
            let names = words.iter().skip(at + 1).map(bare);
            let names = names.take_while(|it| it.chars().next().is_some_and(char::is_uppercase));
            found.extend(names.flat_map(|it| words_of(&it)).map(|it| base(&it)));
        }
    }
    found
}

/// Whether a word in lower case negates what it stands with.
pub(super) fn is_negation(word: &str) -> bool {
    ["not", "never", "no", "cannot", "neither", "nor", "without", "nobody", "none"].contains(&word)
        || word.ends_with("n't")
}

/// Whether a word in lower case, in any form, denies.
fn is_denial(word: &str) -> bool {
    let stems = [word, word.trim_end_matches('s'), word.trim_end_matches("ed"), word.trim_end_matches('d')];
    is_negation(word)
        || word.strip_suffix("ied").is_some_and(|it| DENYING.has(&format!("{it}y")))
        || word.strip_suffix("ies").is_some_and(|it| DENYING.has(&format!("{it}y")))
        || stems.iter().any(|it| DENYING.has(it) || REJECTING.has(it))
}

/// Whether `words`, behind a subject, say what was done to it: a form of `be` with a participle.
pub(super) fn is_passive(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str).filter(|it| !is_negation(it) && !it.ends_with("ly"));
    let mut words =
        words.by_ref().skip_while(|it| ["has", "have", "had", "will", "would", "must"].contains(it));
    let is_form_of_be = words.next().is_some_and(|it| base(it) == "be");
    is_form_of_be
        && words.find(|it| base(it) != "be").is_some_and(|it| {
            it.ends_with("ed") || base(it) != readout_lexicon::stem(it) && !it.ends_with("ing")
        })
}

/// Whether `text` gives a number only as a bound: `at least twenty`.
pub(super) fn gives_a_bound(text: &str) -> bool {
    const BOUNDS: [[&str; 2]; 6] =
        [["at", "least"], ["more", "than"], ["up", "to"], ["as", "many"], ["at", "most"], ["fewer", "than"]];
    let words = words_of(text);
    words.windows(2).any(|pair| BOUNDS.iter().any(|bound| pair == bound.as_slice()))
}

/// Returns the number that a word in lower case names, in digits, if it is no year.
pub(super) fn number_of(word: &str) -> Option<String> {
    if let Some((_, digits)) = NUMBERS.iter().find(|(name, _)| *name == word) {
        return Some((*digits).to_owned());
    }
    let digits = word.trim_matches(['.', ',']).replace(',', "");
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    (digits.parse::<f64>().is_ok() && digits.starts_with(|it: char| it.is_ascii_digit()) && !is_year)
        .then_some(digits)
}

/// Returns the numbers of `text` in digits, without years.
pub(super) fn numbers(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != ',' && letter != '.');
    words.filter_map(|it| number_of(it.trim_matches(['.', ',']))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_stands_behind_the_denial() {
        for (text, word) in [
            ("He did not sign.", "sign"),
            ("She denied it.", ""),
            ("They don’t talk.", "talk"),
            ("He rejects the offer.", "offer"),
            ("no deal", "deal"),
            ("He left rather than sign.", "sign"),
            ("The plans were rejected, and he wept.", ""),
            ("The fleet sailed, and no queen wept.", "queen"),
        ] {
            assert_eq!(denied(text, 1).concat(), word, "{text}");
        }
        assert_eq!(denied("He did not accept the offer.", 2), ["accept", "offer"]);
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        assert_eq!(
            numbers("On 3 May 2015 some 1,200 people, 12.5 percent, of twelve towns. Two fled."),
            ["3", "1200", "12.5", "12", "2"].map(str::to_owned).into()
        );
    }

    #[test]
    fn what_is_done_to_the_subject_is_passive() {
        for text in ["was killed in Brenn.", "has been struck.", "were not met.", "is being held"] {
            assert!(is_passive(&words_of(text)), "{text}");
        }
        for text in ["killed Dahl.", "is preparing a visit.", "was in Brenn.", "said it was struck"] {
            assert!(!is_passive(&words_of(text)), "{text}");
        }
    }

    #[test]
    fn what_may_come_stands_behind_a_modal() {
        assert_eq!(to_come("Orlo will not openly sign the pact.", false), ["sign".to_owned()].into());
        assert!(to_come("Orlo wants to sign.", false).is_empty());
        assert!(to_come("Orlo wants to sign.", true).contains("sign"));
        assert!(to_come("Orlo signed the pact.", true).is_empty());
    }

    #[test]
    fn against_and_for_have_their_objects() {
        assert!(opposed("He voted against the long war.").contains("war"));
        assert!(favoured("He voted for the long war.").contains("war"));
        assert!(favoured("He called for war.").is_empty(), "a call is no vote");
    }
}
