//! `eval stream`: the stories in the raw reports of `shared/eval/stream`; written `{"story", "title", "keywords",
//! "reports", "date"}` a line, reports without a story as stories of their own.

use std::collections::BTreeSet;
use std::io::Write as _;

use readout_link::stories;
use readout_record::{Document, DocumentRecords};

use super::stories::Input;
use crate::{Arguments, lines};

/// Clusters the reports.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let documents: Vec<Document> =
        lines::read::<Input>(&arguments.input)?.into_iter().map(Document::from).collect();
    let none = DocumentRecords::default();
    let pairs: Vec<_> = documents.iter().map(|document| (document, &none)).collect();
    let found = stories::find(&pairs);
    let mut output = lines::create(&arguments.output)?;
    let mut held: BTreeSet<&str> = BTreeSet::new();
    for story in &found {
        held.extend(story.documents.iter().map(String::as_str));
        let own: Vec<&Document> =
            documents.iter().filter(|document| story.documents.contains(&document.id)).collect();
        let row = serde_json::json!({
            "story": story.id, "title": story.title, "keywords": story.keywords, "reports": story.documents,
            "date": stories::main_day(&own),
        });
        writeln!(output, "{row}")?;
    }
    for document in documents.iter().filter(|document| !held.contains(document.id.as_str())) {
        let row = serde_json::json!({
            "story": document.id, "reports": [document.id], "date": stories::main_day(&[document]),
        });
        writeln!(output, "{row}")?;
    }
    Ok(())
}
