//! The evaluations: one module for each set of evaluation data.

mod attribution;
mod check;
mod claims;
mod copies;
mod coref;
mod corpus;
mod crossdoc;
mod events;
mod given;
mod intake;
mod names;
mod seeds;
mod stories;
mod stream;
mod timex;
mod tokens;
mod who;

use anyhow::bail;
use readout_syntax::Worker;

use crate::arguments::Arguments;

/// Runs the evaluation called `name`.
///
/// # Errors
/// When there is no evaluation of that name, or its files cannot be read or written.
pub(crate) fn run(name: &str, arguments: &Arguments) -> anyhow::Result<()> {
    match name {
        "check" => check::run(arguments),
        "claims" => claims::run(arguments),
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
