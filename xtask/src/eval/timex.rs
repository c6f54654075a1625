//! `eval timex`: time expressions of `shared/eval/timex`, for its `score.py`.
//!
//! Read are `id`, `dct` and `text`; written `{"id", "timexes": [{"start", "end", "text", "type", "value", "rule"}]}`
//! with offsets in code points.

use std::io::Write as _;

use readout_annotate::times;
use readout_text::Offsets;
use serde::Deserialize;

use crate::trees::Trees;
use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Input {
    id: String,
    dct: Option<String>,
    text: String,
}

/// Finds the time expressions of every document.
///
/// # Errors
/// When a file cannot be read or written, or there are no trees.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut trees = Trees::open(arguments)?;
    let mut output = lines::create(&arguments.output)?;
    for document in lines::read::<Input>(&arguments.input)? {
        let syntax = trees.of(&document.id, &document.text)?;
        let offsets = Offsets::new(&document.text);
        let found: Vec<serde_json::Value> = times::find(&syntax, document.dct.as_deref())
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
