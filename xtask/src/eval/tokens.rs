//! Tokens, tags, trees and entities as the language model gives them: `tokens` as spaCy by itself, `paragraphs` with
//! paragraphs as sentence starts, `syntax` with misread surnames read once more, which is what Readout works on.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};

use anyhow::Context as _;
use readout_model::ModelSource;
use readout_syntax::{StoredTree, Syntax, Worker};
use serde::Deserialize;

use crate::arguments::Arguments;

#[derive(Deserialize)]
struct DocumentRow {
    id: String,
    text: String,
}

/// Writes what `parse` makes of every text of `arguments.input`.
///
/// # Errors
/// When a file cannot be read or written, or there is no language model.
pub(super) fn run(arguments: &Arguments, parse: fn(&mut Worker, &str) -> Syntax) -> anyhow::Result<()> {
    let source = arguments.model.clone().map_or(ModelSource::Default, ModelSource::Path);
    let mut worker = readout_model::open(&source)?.worker();
    let input = fs::read_to_string(&arguments.input)
        .with_context(|| format!("{}: cannot be read", arguments.input.display()))?;
    let output = File::create(&arguments.output)
        .with_context(|| format!("{}: cannot be written", arguments.output.display()))?;
    let mut output = BufWriter::new(output);
    for (number, line) in input.lines().enumerate() {
        let document: DocumentRow = serde_json::from_str(line)
            .with_context(|| format!("{}, line {}: no id and text", arguments.input.display(), number + 1))?;
        let syntax = parse(&mut worker, &document.text);
        writeln!(output, "{}", StoredTree { id: document.id, syntax }.line())?;
    }
    output.flush()?;
    Ok(())
}
