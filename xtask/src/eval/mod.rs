//! The evaluation bridge: one module a set.

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

use anyhow::bail;

use crate::Arguments;

/// Runs the evaluation called `name`.
///
/// # Errors
/// When there is none of that name, or its files cannot be read or written.
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
        "syntax" => tokens::run(arguments, true),
        "tokens" => tokens::run(arguments, false),
        _ => bail!("no evaluation is called {name} ({} was not read)", arguments.input.display()),
    }
}
