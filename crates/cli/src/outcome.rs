//! How a command ends: its exit status, and what it says of an error.

use std::io;

use readout::knowledge::KnowledgeError;
use readout::sources::Fault;
use readout::{Error, UnclearId};
use readout_serve::ServeError;

use crate::output;
use crate::page::tell;
use crate::unclear::Unclear;

/// The end of a command that met no error.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Nothing found, or a passage does not fit.
    Nothing,
    /// Some of the reports could not be read.
    Partly,
}

/// Says what went wrong, and returns the exit status.
pub(crate) fn end(outcome: anyhow::Result<Outcome>) -> u8 {
    match outcome {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::Partly) => 2,
        // Whoever read our output has seen enough.
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => match unclear_id(&error) {
            Some(unclear) => {
                tell(&unclear.to_string());
                1
            }
            None => {
                tell(&format!("error: {error:#}"));
                if let Some(hint) = error.chain().find_map(hint) {
                    tell(&format!("\nhint: {hint}"));
                }
                2
            }
        },
    }
}

/// Returns the id that was typed and means nothing, or several things.
fn unclear_id(error: &anyhow::Error) -> Option<&UnclearId> {
    error.chain().find_map(|cause| match cause.downcast_ref::<Error>() {
        Some(Error::Id(unclear)) => Some(unclear),
        _ => None,
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let own = match cause.downcast_ref::<Error>() {
            Some(Error::Write(error)) => Some(error),
            _ => cause.downcast_ref::<io::Error>(),
        };
        own.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Returns what may help against one cause of an error.
fn hint<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e str> {
    let knowledge = cause.downcast_ref::<KnowledgeError>().map(KnowledgeError::hint);
    let refused = || cause.downcast_ref::<output::Refused>().map(output::Refused::hint);
    let served = || cause.downcast_ref::<ServeError>().and_then(ServeError::hint);
    let unclear = || cause.downcast_ref::<Unclear>().map(Unclear::hint);
    let read = || cause.downcast_ref::<Error>().and_then(Error::hint);
    let told = || cause.downcast_ref::<Fault>().and_then(Fault::hint);
    knowledge.or_else(told).or_else(refused).or_else(served).or_else(unclear).or_else(read)
}
