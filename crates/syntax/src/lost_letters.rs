//! The lemmas that spaCy's tables cut short: `hop` for `hoped`.

use crate::{Pos, Syntax};

impl Syntax {
    /// Returns the syntax with the final `e` of short verbs that the tables of spaCy lose: `hope` for `hoped`, `stage` for `staging`.
    ///
    /// The tables prefer the shorter of two known verbs. The language model itself stays as it is.
    #[must_use]
    pub fn with_whole_verbs(mut self) -> Self {
        for at in 0..self.len() {
            let lemma = self.lemma(at);
            if self.token(at).pos == Pos::Verb && has_lost_its_e(&self.word(at).to_lowercase(), lemma) {
                let whole = format!("{lemma}e");
                self.set_lemma(at, &whole);
            }
        }
        self
    }
}

/// Whether `lemma` is short of the `e` that the verb form `word` shows: `hop` for `hoped`, `hoping` or `hopes`.
///
/// English doubles the last consonant of a short verb (`hopped`, `hopping`), and adds `-es` only to a hissing sound or
/// an `o`.
fn has_lost_its_e(word: &str, lemma: &str) -> bool {
    const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
    let mut from_end = lemma.chars().rev();
    let (Some(last), Some(vowel)) = (from_end.next(), from_end.next()) else { return false };
    let others: String = from_end.collect();
    let short = VOWELS.contains(&vowel)
        && !VOWELS.contains(&last)
        && !['s', 'w', 'x', 'z', 'h'].contains(&last)
        && !others.is_empty()
        && !others.contains(VOWELS);
    short && word.strip_prefix(lemma).is_some_and(|ending| matches!(ending, "ed" | "ing" | "es"))
}

#[cfg(test)]
mod tests {
    use super::has_lost_its_e;

    #[test]
    fn a_short_verb_keeps_its_e() {
        let lost =
            |pairs: &[(&str, &str)]| pairs.iter().filter(|(word, lemma)| has_lost_its_e(word, lemma)).count();
        let shortened =
            [("hoped", "hop"), ("hopes", "hop"), ("hoping", "hop"), ("staged", "stag"), ("waging", "wag")];
        assert_eq!(lost(&shortened), shortened.len());
        let whole = [
            ("hopped", "hop"),
            ("hops", "hop"),
            ("asked", "ask"),
            ("needed", "need"),
            ("showing", "show"),
            ("goes", "go"),
            ("fixes", "fix"),
            ("focused", "focus"),
            ("ending", "end"),
        ];
        assert_eq!(lost(&whole), 0);
    }
}
