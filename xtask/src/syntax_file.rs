//! Stored annotations: one document a line, `{"id", "text", "tokens": [[start, end, tag, pos, lemma, head, label,
//! sentence_start, "B-ORG" | "I-ORG" | "O"], …]}`, offsets in code points. What `eval tokens` writes, and what an
//! evaluation can read instead of running the model (`--syntax FILE`), say to measure rules on another parser's trees.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context as _;
use readout_syntax::{Dep, EntityLabel, Pos, Row, Syntax, Tag};
use readout_text::{CharSpan, Offsets};
use serde::Deserialize;

/// One token of a stored annotation.
#[derive(Deserialize)]
struct TokenRow(u32, u32, String, String, String, u32, String, bool, String);

#[derive(Deserialize)]
struct DocumentRow {
    id: String,
    text: String,
    tokens: Vec<TokenRow>,
}

/// Reads the documents of `path` with their ids, in order.
///
/// # Errors
/// When the file cannot be read, or a line is not of this form.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<(String, Syntax)>> {
    let file = File::open(path).with_context(|| format!("{}: cannot be opened", path.display()))?;
    let mut found = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let document: DocumentRow = serde_json::from_str(&line?)
            .with_context(|| format!("{}, line {}: not a stored annotation", path.display(), number + 1))?;
        let offsets = Offsets::new(&document.text);
        let rows = document.tokens.iter().map(|token| Row {
            span: offsets.to_bytes(CharSpan::new(token.0, token.1)).unwrap_or_default(),
            tag: Tag::from_name(&token.2).unwrap_or(Tag::None),
            pos: Pos::from_name(&token.3).unwrap_or(Pos::None),
            lemma: &token.4,
            head: token.5,
            dep: Dep::from_name(&token.6).unwrap_or(Dep::None),
            sentence_start: token.7,
            entity: token
                .8
                .split_once('-')
                .and_then(|(place, label)| Some((place == "B", EntityLabel::from_name(label)?))),
        });
        found.push((document.id, Syntax::from_rows(&document.text, rows)));
    }
    Ok(found)
}
