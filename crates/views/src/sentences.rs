//! The ends of sentences in a text.

/// Returns the ends of the sentences in `text`, in bytes.
///
/// A sentence ends after a full stop, question or exclamation mark with its closing marks and white space, and after a
/// line. A full stop after a single capital or in a number ends none.
pub(crate) fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut letters = text.char_indices().peekable();
    let mut word = 0;
    let mut capital = false;
    std::iter::from_fn(move || {
        while let Some((_, letter)) = letters.next() {
            let abbreviated = capital && word == 1;
            (word, capital) = match letter.is_alphanumeric() {
                true => (word + 1, letter.is_uppercase()),
                false => (0, false),
            };
            let ends = match letter {
                '\n' => true,
                '!' | '?' => true,
                '.' => !abbreviated,
                _ => false,
            };
            if !ends {
                continue;
            }
            while letters.next_if(|(_, it)| matches!(it, '”' | '"' | '’' | ')')).is_some() {}
            let spaced = letters.peek().is_none_or(|(_, it)| it.is_whitespace());
            if letter == '\n' || spaced {
                while letters.next_if(|(_, it)| it.is_whitespace()).is_some() {}
                return Some(letters.peek().map_or(text.len(), |(at, _)| *at));
            }
        }
        None
    })
}

/// Returns the beginning of the last sentence of `text`, in bytes.
///
/// A line ends a sentence, so only the last line is looked at, and of a long one the last [`LOOK_BACK`] bytes.
pub(crate) fn last_sentence(text: &str) -> usize {
    let line = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let mut from = line.max(text.len().saturating_sub(LOOK_BACK));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    sentence_ends(&text[from..]).last().map_or(from, |at| from + at)
}

/// The length of text before a passage that is searched for the beginning of a sentence, in bytes.
const LOOK_BACK: usize = 4_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_their_marks() {
        let text = "The U.S. paid 3.5 million. “We met.” Then?\nEnd";
        let ends: Vec<&str> = sentence_ends(text).map(|at| &text[at..]).collect();
        assert_eq!(ends, ["“We met.” Then?\nEnd", "Then?\nEnd", "End"]);
    }
}
