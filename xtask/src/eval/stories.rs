//! `eval stories`: which reports of `shared/eval/stories` are on the same happening: the episodes of Readout's
//! stories. Read are `id`, `date`, `outlet`, `url`, `title` and `text`; written `{"id", "story"}` a line.

use std::io::Write as _;

use readout_link::stories;
use readout_record::{Document, DocumentRecords};
use serde::Deserialize;

use crate::{Arguments, lines};

/// One report as the sets `stories` and `stream` give it.
#[derive(Deserialize)]
pub(super) struct Input {
    pub(super) id: String,
    date: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    text: String,
}

impl From<Input> for Document {
    fn from(input: Input) -> Self {
        Self {
            id: input.id.into(),
            published: input.date,
            outlet: input.outlet,
            url: input.url,
            title: input.title,
            text: input.text,
            ..Self::default()
        }
    }
}

/// Clusters the reports.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let documents: Vec<Document> =
        lines::read::<Input>(&arguments.input)?.into_iter().map(Document::from).collect();
    let none = DocumentRecords::default();
    let pairs: Vec<_> = documents.iter().map(|document| (document, &none)).collect();
    let mut output = lines::create(&arguments.output)?;
    for (number, episode) in stories(&pairs).iter().flat_map(|story| &story.episodes).enumerate() {
        for document in &episode.documents {
            writeln!(output, "{}", serde_json::json!({"id": document, "story": number.to_string()}))?;
        }
    }
    Ok(())
}
