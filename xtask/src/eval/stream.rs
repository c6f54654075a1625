//! `eval stream`: the raw reports of `shared/eval/stream`, read into a file of their own and linked, as a user would;
//! written `{"story", "title", "keywords", "reports", "date"}` a line, reports without a story as stories of their own.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Context as _;
use serde::Deserialize;

use crate::{Arguments, lines};

#[derive(Deserialize)]
struct Input {
    id: String,
}

/// Reads and links the reports; writes their stories.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let given: Vec<Input> = lines::read(&arguments.input)?;
    let folder = tempfile::tempdir().context("no folder for the record can be made")?;
    let corpus = super::corpus::corpus(arguments, folder.path())?;
    let contents = corpus.contents()?;
    // A document of a JSON Lines file is called by its line: `dev.jsonl#12`.
    let given_id = |path: &str| {
        let line: usize = path.rsplit('#').next()?.parse().ok()?;
        given.get(line.checked_sub(1)?).map(|it| it.id.as_str())
    };
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for document in &contents.documents {
        if let Some(id) = document.path.as_deref().and_then(given_id) {
            ids.insert(&document.id, id);
        }
    }
    let mut output = lines::create(&arguments.output)?;
    for story in &contents.stories {
        let reports: Vec<&str> = story.documents.iter().filter_map(|id| ids.remove(id.as_str())).collect();
        let row = serde_json::json!({
            "story": story.id, "title": story.title, "keywords": story.keywords, "reports": reports,
            "date": story.day,
        });
        writeln!(output, "{row}")?;
    }
    for document in &contents.documents {
        if let Some(id) = ids.get(document.id.as_str()) {
            let row = serde_json::json!({ "story": id, "reports": [id], "date": document.published });
            writeln!(output, "{row}")?;
        }
    }
    Ok(())
}
