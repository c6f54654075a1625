//! `eval seeds`: a folder of reports, read into a file of its own, linked and exported.

use std::fs::File;
use std::io::BufWriter;

use anyhow::{Context as _, ensure};
use readout::{Corpus, ExportFormat, ReadOptions};
use readout_model::ModelSource;

use crate::Arguments;

/// Reads the folder of reports; writes what `readout export --format jsonl` writes.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    ensure!(arguments.syntax.is_none(), "the reports are cleaned first: stored annotations would not fit");
    let model = match &arguments.model {
        Some(path) => readout_model::open(&ModelSource::Path(path.clone()))?,
        None => readout_model::open(&ModelSource::Default)?,
    };
    let folder = tempfile::tempdir().context("no folder for the record can be made")?;
    let mut corpus = Corpus::create(&folder.path().join("seeds.readout"))?;
    let input = [arguments.input.clone()];
    let reading = corpus.read(&input, &model, &ReadOptions::default(), &mut |_| {})?;
    for note in reading.notes {
        #[expect(clippy::print_stderr, reason = "what could not be read has to be told")]
        {
            eprintln!("{}: {}", note.about, note.message);
        }
    }
    corpus.link()?;
    let out = File::create(&arguments.output)
        .with_context(|| format!("{}: cannot be written", arguments.output.display()))?;
    corpus.export(ExportFormat::JsonLines, &mut BufWriter::new(out))?;
    Ok(())
}
