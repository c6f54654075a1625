//! Whose stance a word shows, and whether it is held on a condition.

use readout_record::{ActorId, ActorKind};
use readout_syntax::Dep;

use crate::clause::reading::Reading;

/// Returns the speakers of the statement in whose content token `at` is.
pub(super) fn speakers(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    reading.statement_of(at).map(|statement| statement.speaker.clone()).unwrap_or_default()
}

/// The state that the person `actor` acts for.
pub(super) fn state_of(reading: &Reading<'_>, actor: &ActorId) -> Option<String> {
    let chain = reading.chain_of(actor)?;
    matches!(chain.kind, ActorKind::Person | ActorKind::Office).then(|| chain.state.clone()).flatten()
}

/// Whether the clause of `at` depends on a condition.
pub(super) fn conditional(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Advcl]).any(|clause| {
        reading.children_by(clause, &[Dep::Mark]).any(|mark| reading.is(mark, &["if", "unless", "provided"]))
    })
}
