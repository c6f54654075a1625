//! Benches: the cost of a stage as a file grows.

mod link;
mod reports;

use anyhow::bail;

use crate::arguments::Arguments;

/// Runs the bench called `name`.
///
/// # Errors
/// When there is none of that name, or its files cannot be read or written.
pub(crate) fn run(name: &str, arguments: &Arguments) -> anyhow::Result<()> {
    match name {
        "link" => link::run(arguments),
        _ => bail!("no bench is called {name}"),
    }
}
