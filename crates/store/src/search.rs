use serde::Serialize;

use crate::listing::{Hit, Narrow, Page};
use crate::{Result, Store};

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub found: bool,
}

/// Marks around found words: private-use characters, which no report should hold.
pub(crate) const MARKS: (char, char) = ('\u{F8F0}', '\u{F8F1}');

impl Store {
    /// At most `limit` current reports that have all of `words`, best first. `"…"` holds words together, a `*` at a word's end
    /// stands for any ending; all else is taken as it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let (found, _) = self.search(words, &Narrow::default(), &Page::first(limit))?;
        Ok(found.rows)
    }
}

/// `words` as an FTS5 query: every word or phrase a quoted string, so that nothing in it is an operator.
pub(crate) fn full_text_query(words: &str) -> String {
    let mut terms = Vec::new();
    for (number, part) in words.split(['"', '“', '”']).enumerate() {
        if number % 2 == 1 {
            terms.push((part.to_owned(), false));
        } else {
            terms.extend(part.split_whitespace().map(|word| {
                let stem = word.trim_end_matches('*');
                (stem.to_owned(), stem.len() < word.len())
            }));
        }
    }
    terms.retain(|(term, _)| term.chars().any(char::is_alphanumeric));
    let terms: Vec<String> = terms
        .into_iter()
        .map(|(term, prefix)| format!("\"{}\"{}", term.replace('\0', " "), if prefix { "*" } else { "" }))
        .collect();
    terms.join(" ")
}

pub(crate) fn pieces(snippet: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for (number, part) in snippet.split([MARKS.0, MARKS.1]).enumerate() {
        if !part.is_empty() {
            let text = part.split_whitespace().collect::<Vec<_>>().join(" ");
            let before = if part.starts_with(char::is_whitespace) && number > 0 { " " } else { "" };
            let after = if part.ends_with(char::is_whitespace) { " " } else { "" };
            found.push(Piece { text: format!("{before}{text}{after}"), found: number % 2 == 1 });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_an_operator() {
        assert_eq!(full_text_query("cease-fire OR talks"), r#""cease-fire" "OR" "talks""#);
        assert_eq!(full_text_query("“safe zone” sanction*"), r#""safe zone" "sanction"*"#);
        assert_eq!(full_text_query(" ( * ' "), "");
        assert_eq!(full_text_query("a\"b"), r#""a" "b""#);
    }

    #[test]
    fn found_words_are_marked() {
        let snippet = format!("the {}talks{} in\n\nVienna", MARKS.0, MARKS.1);
        let found = pieces(&snippet);
        assert_eq!(found.iter().map(|piece| piece.text.as_str()).collect::<String>(), "the talks in Vienna");
        assert_eq!(found.iter().filter(|piece| piece.found).count(), 1);
    }
}
