//! `eval seeds`: a folder of reports, read into a file of its own, linked and exported.

use std::fs::File;
use std::io::BufWriter;

use anyhow::Context as _;
use readout::ExportFormat;

use crate::arguments::Arguments;

/// Reads the folder of reports; writes what `readout export --format jsonl` writes.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no folder for the record can be made")?;
    let corpus = super::corpus::corpus(arguments, folder.path())?;
    let out = File::create(&arguments.output)
        .with_context(|| format!("{}: cannot be written", arguments.output.display()))?;
    corpus.export(ExportFormat::JsonLines, &mut BufWriter::new(out))?;
    Ok(())
}
