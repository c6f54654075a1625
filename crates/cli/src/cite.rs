//! `readout cite`: footnotes for a record or a report.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};
use readout::views::safe::terminal;

use crate::file::{OfFile, open};
use crate::outcome::Outcome;
use crate::page::tell;

#[derive(Args, Debug)]
pub(crate) struct Cite {
    /// The id of a record, a report, a quote, a story …
    pub(crate) id: String,
    /// The form
    #[arg(long, value_enum, default_value_t = CiteFormat::Chicago)]
    pub(crate) format: CiteFormat,
    #[command(flatten)]
    pub(crate) of: OfFile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CiteFormat {
    /// A note as in the Chicago Manual of Style
    Chicago,
    /// Entries of BibTeX
    Bibtex,
    /// Items of CSL-JSON, for Zotero and pandoc
    CslJson,
}

pub(crate) fn run(arguments: &Cite) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let footnotes = corpus.footnotes(&arguments.id)?;
    if footnotes.is_empty() {
        tell("nothing to cite: it rests on no passage of its own\nhint: cite a report or a record of one");
        return Ok(Outcome::Nothing);
    }
    let mut out = io::stdout().lock();
    match arguments.format {
        CiteFormat::Chicago => {
            for it in &footnotes {
                writeln!(out, "{}", terminal(&it.chicago()))?;
            }
        }
        CiteFormat::Bibtex => {
            for it in &footnotes {
                write!(out, "{}", terminal(&it.bibtex()))?;
            }
        }
        CiteFormat::CslJson => {
            let items: Vec<_> = footnotes.iter().map(readout::views::Footnote::csl).collect();
            serde_json::to_writer_pretty(&mut out, &items)?;
            writeln!(out)?;
        }
    }
    Ok(Outcome::Done)
}
