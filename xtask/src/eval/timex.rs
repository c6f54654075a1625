//! `eval timex`: time expressions of `shared/eval/timex`, for its `score.py`.
//!
//! Read are `id`, `dct` and `text`; written `{"id", "timexes": [{"start", "end", "text", "type", "value", "rule"}]}`
//! with offsets in code points.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Context as _;
use readout_annotate::{Syntax, times};
use readout_text::Offsets;
use serde::Deserialize;

use crate::{Arguments, lines, syntax_file};

#[derive(Deserialize)]
struct Input {
    id: String,
    dct: Option<String>,
    text: String,
}

/// Finds the time expressions of every document.
///
/// # Errors
/// When a file cannot be read or written, or a document has no stored annotation.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let stored = arguments.syntax.as_deref().context("eval timex wants --syntax FILE")?;
    let trees: BTreeMap<String, Syntax> = syntax_file::read(stored)?.into_iter().collect();
    let mut output = lines::create(&arguments.output)?;
    for document in lines::read::<Input>(&arguments.input)? {
        let syntax =
            trees.get(&document.id).with_context(|| format!("no stored annotation of {}", document.id))?;
        anyhow::ensure!(
            syntax.text() == document.text,
            "the annotation of {} is of another text",
            document.id
        );
        let offsets = Offsets::new(&document.text);
        let found: Vec<serde_json::Value> = times::find(syntax, document.dct.as_deref())
            .into_iter()
            .map(|time| {
                let span = offsets.to_chars(time.span);
                serde_json::json!({
                    "start": span.start, "end": span.end, "text": time.time.text, "type": time.kind.as_str(),
                    "value": time.value, "rule": time.rule,
                })
            })
            .collect();
        writeln!(output, "{}", serde_json::json!({"id": document.id, "timexes": found}))?;
    }
    Ok(())
}
