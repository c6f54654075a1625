//! The evaluations: one module for each set of evaluation data.

mod attribution;
mod copies;
mod coref;
mod crossdoc;
mod events;
mod intake;
mod names;
mod seeds;
mod stories;
mod stream;
mod timex;
mod tokens;
mod who;

use std::path::Path;

use anyhow::{bail, ensure};
use readout::{Corpus, ReadOptions};
use readout_model::ModelSource;
use readout_syntax::Worker;

use crate::Arguments;

/// Runs the evaluation called `name`.
///
/// # Errors
/// When there is no evaluation of that name, or its files cannot be read or written.
pub(crate) fn run(name: &str, arguments: &Arguments) -> anyhow::Result<()> {
    match name {
        "coref" => coref::run(arguments),
        "seeds" => seeds::run(arguments),
        "copies" => copies::run(arguments),
        "crossdoc" => crossdoc::run(arguments),
        "attribution" => attribution::run(arguments),
        "stories" => stories::run(arguments),
        "stream" => stream::run(arguments),
        "timex" => timex::run(arguments),
        "events" => events::run(arguments),
        "intake" => intake::run(arguments),
        "names" => names::run(arguments),
        "who" => who::run(arguments),
        "syntax" => tokens::run(arguments, readout_annotate::parse),
        "paragraphs" => tokens::run(arguments, Worker::parse),
        "tokens" => tokens::run(arguments, Worker::parse_plain),
        _ => bail!("no evaluation is called {name} ({} was not read)", arguments.input.display()),
    }
}

/// Reads the reports of the input into a new file in `folder` and links them, as a user would.
fn corpus(arguments: &Arguments, folder: &Path) -> anyhow::Result<Corpus> {
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
