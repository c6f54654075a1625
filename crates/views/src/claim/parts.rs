//! A claim of two things, taken apart: `Orlo left Brenn and met Dahl`.

use super::roles::{is_verb, roles};

/// The least number of words in a part of a claim.
const LEAST: usize = 4;

/// Returns the two claims of which `text` is made, each with the subject, or the words up to `that`, of both; `None` if it is one.
pub(super) fn parts(text: &str) -> Option<[String; 2]> {
    let roles = roles(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_verb = |word: &str| is_verb(word, &roles);
    let first_verb = words.iter().position(|it| is_verb(it))?;
    let that = words.iter().position(|it| *it == "that");
    let opens = |at: usize| match words.get(at + 1) {
        Some(&"that") => that.filter(|that| *that < at).map(|it| it + 1),
        Some(next) if is_verb(next) => Some(first_verb),
        _ => None,
    };
    let joints = words.iter().enumerate().filter(|(_, it)| ["and", "but"].contains(*it));
    let (at, shared) = joints.filter_map(|(at, _)| Some((at, opens(at)?))).next()?;
    let (one, other) = (words.get(..at)?, words.get(at + 1..)?);
    let other = other.strip_prefix(&["that"]).unwrap_or(other);
    let is_claim = shared > 0 && shared < at && one.len() >= LEAST && other.len() >= LEAST - 1;
    is_claim.then(|| [one.join(" "), [words.get(..shared).unwrap_or_default(), other].concat().join(" ")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_of_two_things_is_two_claims() {
        let two = |text: &str| parts(text).map(|it| it.join(" | "));
        assert_eq!(
            two("Orlo refused to resign and called on the army to leave.").as_deref(),
            Some("Orlo refused to resign | Orlo called on the army to leave.")
        );
        assert_eq!(
            two("Orlo warned that the dam may break and that the town would drown.").as_deref(),
            Some("Orlo warned that the dam may break | Orlo warned that the town would drown.")
        );
        assert_eq!(two("Orlo and Dahl met the queen and the king in Brenn."), None);
    }
}
