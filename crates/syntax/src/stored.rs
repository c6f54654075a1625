//! Trees as text, one document a line: what evaluations and tests read in the place of running the model.
//!
//! A line is `{"id", "text", "tokens": [[start, end, tag, pos, lemma, head, label, sentence_start, "B-ORG" | "I-ORG" |
//! "O"], …]}`, with offsets in code points of the text. Other parsers' trees may be given in this form too.

use readout_text::{CharSpan, Offsets};
use serde_json::{Value, json};

use crate::labels::{Dep, EntityLabel, Pos, Tag};
use crate::syntax::{Row, Syntax};

/// A document's tree with the document's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredTree {
    /// The id of the document; empty if the line has none.
    pub id: String,
    /// The text and its tree.
    pub syntax: Syntax,
}

/// A line that is no stored tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a stored tree: {0}")]
pub struct StoredTreeError(String);

impl StoredTree {
    /// Reads a line. Tags, labels and sorts of entities that are not known read as none.
    ///
    /// # Errors
    /// When the line is no JSON of this form.
    pub fn read(line: &str) -> Result<Self, StoredTreeError> {
        let line: Value = serde_json::from_str(line).map_err(|error| StoredTreeError(error.to_string()))?;
        let missing = |what: &str| StoredTreeError(format!("it has no {what}"));
        let text = line.get("text").and_then(Value::as_str).ok_or_else(|| missing("text"))?;
        let tokens = line.get("tokens").and_then(Value::as_array).ok_or_else(|| missing("tokens"))?;
        let offsets = Offsets::new(text);
        let rows = tokens
            .iter()
            .enumerate()
            .map(|(number, token)| {
                row(token, &offsets)
                    .ok_or_else(|| StoredTreeError(format!("token {number} is not of its form: {token}")))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let id = line.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self { id, syntax: Syntax::from_rows(text, rows) })
    }

    /// Returns the tree as a line, without a line break.
    pub fn line(&self) -> String {
        let tokens: Vec<Value> = tokens(&self.syntax).collect();
        json!({ "id": self.id, "text": self.syntax.text(), "tokens": tokens }).to_string()
    }
}

/// Reads one token; `None` if it is not of its form.
fn row<'t>(token: &'t Value, offsets: &Offsets<'_>) -> Option<Row<'t>> {
    let number = |at: usize| u32::try_from(token.get(at)?.as_u64()?).ok();
    let name = |at: usize| token.get(at)?.as_str();
    let entity = name(8)?.split_once('-');
    Some(Row {
        span: offsets.to_bytes(CharSpan::new(number(0)?, number(1)?))?,
        tag: Tag::from_name(name(2)?).unwrap_or(Tag::None),
        pos: Pos::from_name(name(3)?).unwrap_or(Pos::None),
        lemma: name(4)?,
        head: number(5)?,
        dep: Dep::from_name(name(6)?).unwrap_or(Dep::None),
        sentence_start: token.get(7)?.as_bool()?,
        entity: entity.and_then(|(place, label)| Some((place == "B", EntityLabel::from_name(label)?))),
    })
}

/// Returns the tokens of `syntax` in the form of a line.
fn tokens(syntax: &Syntax) -> impl Iterator<Item = Value> {
    let offsets = Offsets::new(syntax.text());
    (0..syntax.len()).map(move |at| {
        let token = syntax.token(at);
        let span = offsets.to_chars(token.span);
        let entity = syntax.entity_at(at).map_or_else(
            || "O".to_owned(),
            |entity| format!("{}-{}", if entity.start == at { "B" } else { "I" }, entity.label),
        );
        json!([
            span.start,
            span.end,
            token.tag.as_str(),
            token.pos.as_str(),
            syntax.lemma(at),
            token.head,
            token.dep.as_str(),
            syntax.sentence_of(at).start == at,
            entity
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_faults_are_told() {
        let line = r#"{"id":"a","text":"É Rome","tokens":[[0,1,"FW","X","é",1,"dep",true,"O"],[2,6,"NNP","PROPN","Rome",1,"ROOT",false,"B-GPE"]]}"#;
        let stored = StoredTree::read(line).unwrap();
        assert_eq!(
            (stored.id.as_str(), stored.syntax.word(1), stored.syntax.head(0)),
            ("a", "Rome", Some(1))
        );
        assert_eq!(stored.line(), line);
        let fault = |line: &str| StoredTree::read(line).unwrap_err().to_string();
        assert_eq!(fault("{}"), "not a stored tree: it has no text");
        assert!(fault(r#"{"text":"","tokens":[[0,1]]}"#).contains("token 0"));
        assert!(fault("x").starts_with("not a stored tree: expected value"));
    }
}
