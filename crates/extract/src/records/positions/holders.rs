//! Whose stance a word shows, and whether it is held on a condition.

use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, Tag};

use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::words::stances;

/// The most verbs above or below a stance that share its clause.
const STEPS: usize = 3;

/// Returns the speakers of the statement in whose content token `at` is.
pub(super) fn speakers(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    reading.statement_of(at).map(|statement| statement.speaker.clone()).unwrap_or_default()
}

/// The state that the person `actor` acts for.
pub(super) fn state_of(reading: &Reading<'_>, actor: &ActorId) -> Option<String> {
    let chain = reading.chain_of(actor)?;
    matches!(chain.kind, ActorKind::Person | ActorKind::Office).then(|| chain.state.clone()).flatten()
}

/// Returns the state in whose government or army `actor` is, or whose office he holds: `Hong Kong’s chief executive`.
pub(super) fn governed(reading: &Reading<'_>, actor: &ActorId) -> Option<ActorId> {
    let chain = reading.chain_of(actor)?;
    let governs = match chain.sector {
        Some(sector) => matches!(sector, Sector::Government | Sector::Military),
        None => chain.kind == ActorKind::Office || chain.kind == ActorKind::Person && !chain.roles.is_empty(),
    };
    chain.state.as_ref().filter(|_| governs).map(|state| ActorId::state(state))
}

/// Whether the clause of `at` depends on a condition, which may hang on a verb above or below that is no clause of its own:
/// `is prepared to sign if they leave`.
pub(super) fn conditional(reading: &Reading<'_>, at: u32) -> bool {
    let mut verbs = vec![at];
    let mut below = at;
    for up in reading.ancestors(at).take(STEPS) {
        if !matches!(reading.dep(below), Dep::Xcomp | Dep::Acomp) {
            break;
        }
        verbs.push(up);
        below = up;
    }
    let mut next = at;
    for _ in 0..STEPS {
        let Some(inner) = reading.children_by(next, &[Dep::Xcomp]).next() else { break };
        verbs.push(inner);
        next = inner;
    }
    verbs.into_iter().any(|verb| {
        reading.children_by(verb, &[Dep::Advcl]).any(|clause| {
            let mut marks = reading.children_by(clause, &[Dep::Mark]);
            let mark = marks.find(|&mark| reading.is(mark, &["if", "unless", "provided"]));
            // `even if they leave` sets no condition.
            mark.is_some_and(|mark| mark == 0 || !reading.is(mark - 1, &["even", "as"]))
                || premises::opening(reading, clause).is_some()
        })
    })
}

/// Returns those whose word the participle `at` behind something written is: `a statement condemning the raid`.
pub(super) fn writers(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let noun = reading.head(at).filter(|&noun| {
        reading.dep(at) == Dep::Acl && reading.tag(at) == Tag::Vbg && reading.is(noun, &stances::WRITTEN)
    });
    let Some(noun) = noun else { return Vec::new() };
    let mut found: Vec<u32> = reading.children_by(noun, &[Dep::Poss]).collect();
    if found.is_empty() {
        found = reading.after(noun, &["by", "from"]);
    }
    match reading.head(noun).filter(|_| found.is_empty() && reading.dep(noun) == Dep::Dobj) {
        Some(verb) => reading.subjects(verb),
        None => found,
    }
}
