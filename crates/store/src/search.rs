use rusqlite::params;

use crate::{Result, Store};

/// A report that has the words.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The report.
    pub doc: String,
    /// Its headline.
    pub title: Option<String>,
    /// A passage around the words.
    pub snippet: Vec<Piece>,
    /// How well it fits (BM25; higher is better).
    pub score: f64,
}

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub found: bool,
}

/// Marks around found words: private-use characters, which no report should hold.
const OPEN: char = '\u{F8F0}';
const CLOSE: char = '\u{F8F1}';

impl Store {
    /// The current reports that have all of `words`, best first. `"…"` holds words together, a `*` at a word's end
    /// stands for any ending; all else is taken as it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let query = full_text_query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let read = || -> rusqlite::Result<Vec<Hit>> {
            self.connection
                .prepare_cached(
                    "SELECT documents.id, documents.title, snippet(documents_words, 1, ?1, ?2, '…', 28),
                            bm25(documents_words, 4.0, 1.0) AS rank
                     FROM documents_words JOIN documents ON documents.number = documents_words.rowid
                     WHERE documents_words MATCH ?3 AND (SELECT places FROM document_facets WHERE document = documents.number) > 0
                     ORDER BY rank, documents.id LIMIT ?4",
                )?
                .query_map(params![OPEN.to_string(), CLOSE.to_string(), query, limit as i64], |row| {
                    Ok(Hit {
                        doc: row.get(0)?,
                        title: row.get(1)?,
                        snippet: pieces(&row.get::<_, String>(2)?),
                        score: -row.get::<_, f64>(3)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.error(&error))
    }
}

/// `words` as an FTS5 query: every word or phrase a quoted string, so that nothing in it is an operator.
fn full_text_query(words: &str) -> String {
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

fn pieces(snippet: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for (number, part) in snippet.split([OPEN, CLOSE]).enumerate() {
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
        let snippet = format!("the {OPEN}talks{CLOSE} in\n\nVienna");
        let found = pieces(&snippet);
        assert_eq!(found.iter().map(|piece| piece.text.as_str()).collect::<String>(), "the talks in Vienna");
        assert_eq!(found.iter().filter(|piece| piece.found).count(), 1);
    }
}
