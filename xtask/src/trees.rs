//! The syntax of the texts that an evaluation works on: from the language model, or from stored annotations.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use readout_model::ModelSource;
use readout_syntax::{StoredTree, Syntax, Worker};

use crate::arguments::Arguments;

/// The source of an evaluation's syntax trees.
pub(crate) enum Trees {
    /// Trees from `--syntax FILE`, by the document's id.
    Stored(BTreeMap<String, Syntax>),
    /// Trees that the language model makes.
    Model(Box<Worker>),
}

impl Trees {
    /// Opens the stored annotations that `arguments` name, or else the language model.
    ///
    /// # Errors
    /// When the stored annotations cannot be read, or there is no language model.
    pub(crate) fn open(arguments: &Arguments) -> anyhow::Result<Self> {
        if let Some(path) = &arguments.syntax {
            return Ok(Self::Stored(read(path)?));
        }
        let source = arguments.model.clone().map_or(ModelSource::Default, ModelSource::Path);
        Ok(Self::Model(Box::new(readout_model::open(&source)?.worker())))
    }

    /// Returns the syntax of `text`, whose document has the id `id`.
    ///
    /// # Errors
    /// When no annotation of the document is stored, or the stored one is of another text.
    pub(crate) fn of(&mut self, id: &str, text: &str) -> anyhow::Result<Syntax> {
        match self {
            Self::Model(worker) => Ok(readout_annotate::parse(worker, text)),
            Self::Stored(trees) => {
                let tree = trees.remove(id).with_context(|| format!("no stored annotation of {id}"))?;
                ensure!(tree.text() == text, "the stored annotation of {id} is of another text");
                Ok(tree)
            }
        }
    }
}

/// Reads the stored trees of `path`, by the ids of their documents.
fn read(path: &Path) -> anyhow::Result<BTreeMap<String, Syntax>> {
    let file = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let tree = |(number, line): (usize, &str)| {
        let stored =
            StoredTree::read(line).with_context(|| format!("{}, line {}", path.display(), number + 1))?;
        Ok((stored.id, stored.syntax))
    };
    file.lines().enumerate().map(tree).collect()
}
