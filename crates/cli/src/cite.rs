//! `readout cite`: footnotes for a record or a report.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};
use readout::views::CitationStyle;
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

impl From<CiteFormat> for CitationStyle {
    fn from(format: CiteFormat) -> Self {
        match format {
            CiteFormat::Chicago => Self::Chicago,
            CiteFormat::Bibtex => Self::Bibtex,
            CiteFormat::CslJson => Self::CslJson,
        }
    }
}

pub(crate) fn run(arguments: &Cite) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let footnotes = corpus.footnotes(&arguments.id)?;
    if footnotes.is_empty() {
        tell("nothing to cite: it rests on no passage of its own\nhint: cite a report or a record of one");
        return Ok(Outcome::Nothing);
    }
    let style = CitationStyle::from(arguments.format);
    let mut out = io::stdout().lock();
    for line in style.write(&footnotes)?.lines() {
        writeln!(out, "{}", terminal(line))?;
    }
    Ok(Outcome::Done)
}
