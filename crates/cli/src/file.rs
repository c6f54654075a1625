//! The file that a command is about, opened with the knowledge that it is read with.

use std::path::{Path, PathBuf};

use clap::Args;
use readout::knowledge::{Knowledge, KnowledgeError};
use readout::store::StoreError;
use readout::{Corpus, Error};

use crate::page::tell;

/// The file that holds the record.
#[derive(Args, Debug)]
pub(crate) struct OfFile {
    /// The file that holds the record
    #[arg(
        long = "file",
        visible_alias = "from",
        short,
        env = "READOUT_FILE",
        default_value = "readout.readout",
        value_name = "FILE"
    )]
    pub(crate) file: PathBuf,
    /// A folder of tables that add to what Readout knows, or stand in its place (groups.tsv, persons.tsv …)
    #[arg(long, env = "READOUT_KNOWLEDGE", value_name = "FOLDER")]
    pub(crate) knowledge: Option<PathBuf>,
}

/// Returns what Readout ships with the tables of `folder`; `None` without a folder.
pub(crate) fn knowledge(folder: Option<&Path>) -> Result<Option<Knowledge>, KnowledgeError> {
    folder.map(Knowledge::with_folder).transpose()
}

/// Returns `corpus` with `knowledge`, if there is any but what Readout ships.
pub(crate) fn knowing(corpus: Corpus, knowledge: Option<Knowledge>) -> Corpus {
    match knowledge {
        Some(knowledge) => corpus.with_knowledge(knowledge),
        None => corpus,
    }
}

/// Opens the file, linked: a run that was cut short may have left that to the next.
pub(crate) fn open(of: &OfFile) -> anyhow::Result<Corpus> {
    let mut corpus = knowing(Corpus::open(&of.file)?, knowledge(of.knowledge.as_deref())?);
    if corpus.needs_link()? {
        match corpus.link() {
            // What is linked can be shown all the same.
            Err(Error::Store(
                error @ (StoreError::ReadOnly { .. } | StoreError::Full { .. } | StoreError::Busy { .. }),
            )) => tell(&format!("{error}\nnot linked since reports came: what they share is not shown")),
            linked => linked?,
        }
    }
    Ok(corpus)
}
