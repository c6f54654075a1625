//! The annotated texts that an evaluation works on: by the language model, or as stored.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use readout_annotate::{Syntax, Worker};
use readout_model::ModelSource;

use crate::{Arguments, syntax_file};

/// Where the trees of an evaluation come from.
pub(crate) enum Trees {
    /// From `--syntax FILE`, by id.
    Stored(BTreeMap<String, Syntax>),
    /// From the language model.
    Model(Box<Worker>),
}

impl Trees {
    /// As `arguments` name them.
    ///
    /// # Errors
    /// When the stored annotations cannot be read, or there is no language model.
    pub(crate) fn open(arguments: &Arguments) -> anyhow::Result<Self> {
        if let Some(path) = &arguments.syntax {
            return Ok(Self::Stored(syntax_file::read(path)?.into_iter().collect()));
        }
        let source = arguments.model.clone().map_or(ModelSource::Default, ModelSource::Path);
        Ok(Self::Model(Box::new(readout_model::open(&source)?.worker())))
    }

    /// The tree of `text`, whose document is called `id`.
    ///
    /// # Errors
    /// When no annotation of that document is stored, or one of another text.
    pub(crate) fn of(&mut self, id: &str, text: &str) -> anyhow::Result<Syntax> {
        match self {
            Self::Model(worker) => Ok(worker.parse(text)),
            Self::Stored(trees) => {
                let tree = trees.remove(id).with_context(|| format!("no stored annotation of {id}"))?;
                ensure!(tree.text() == text, "the stored annotation of {id} is of another text");
                Ok(tree)
            }
        }
    }
}
