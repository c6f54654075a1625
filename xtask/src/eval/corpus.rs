//! The file of an evaluation that asks all of a corpus.

use std::path::Path;

use anyhow::ensure;
use readout::{Corpus, ReadOptions};
use readout_model::ModelSource;

use crate::arguments::Arguments;

/// Reads the reports of the input into a new file in `folder` and links them, as a user would.
pub(super) fn corpus(arguments: &Arguments, folder: &Path) -> anyhow::Result<Corpus> {
    ensure!(arguments.syntax.is_none(), "the reports are cleaned first: stored annotations would not fit");
    let model = match &arguments.model {
        Some(path) => readout_model::open(&ModelSource::Path(path.clone()))?,
        None => readout_model::open(&ModelSource::Default)?,
    };
    let mut corpus = Corpus::create(&folder.join("reports.readout"))?;
    let input = std::slice::from_ref(&arguments.input);
    let reading = corpus.read(input, &model, &ReadOptions::default(), &mut |_| {})?;
    for note in reading.notes {
        #[expect(clippy::print_stderr, reason = "what could not be read has to be told")]
        {
            eprintln!("{}: {}", note.about, note.message);
        }
    }
    corpus.link()?;
    Ok(corpus)
}
