//! Stems of English words.

use std::borrow::Cow;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Returns the stem of a word in small letters: `sign` for `signed`, `signs` and `signing`. A stem is for comparing and is
/// often no word.
///
/// The algorithm is that of the Snowball project for English, "Porter2".
pub fn stem(word: &str) -> Cow<'_, str> {
    ENGLISH.stem(word)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_meet_and_other_words_do_not() {
        for forms in
            [["signed", "signing", "signs"], ["leave", "leaving", "leaves"], ["party", "parties", "party's"]]
        {
            let stems: Vec<_> = forms.iter().map(|word| stem(word)).collect();
            assert!(stems.iter().all(|it| *it == stems[0]), "{stems:?}");
        }
        assert_ne!(stem("parties"), stem("parts"));
        assert_eq!(stem("1,200-strong"), "1,200-strong");
        assert_eq!(stem("élysées"), stem("élysée"));
        assert_eq!(stem(""), "");
    }
}
