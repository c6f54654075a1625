//! Status of agreements: what the words around an instrument say becomes of it.

use readout_lexicon::WordClass;
use readout_record::{AgreementStatus, Factuality};
use readout_syntax::{Dep, Tag};

use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::clause::{factuality, premises};
use crate::words::agreements;

/// The most steps up the tree from a verb to a wish above it: `hopes to see it implemented`.
const STEPS_TO_WISH: usize = 3;

/// Words above an instrument in the tree, by the status that they show. The first class that has the word counts.
static STATUS: [(AgreementStatus, &WordClass); 7] = [
    (AgreementStatus::BrokenDown, &agreements::BROKEN_DOWN),
    (AgreementStatus::Violated, &agreements::VIOLATED),
    (AgreementStatus::Rejected, &agreements::REJECTED),
    (AgreementStatus::Agreed, &agreements::AGREED),
    (AgreementStatus::UnderNegotiation, &agreements::UNDER_NEGOTIATION),
    (AgreementStatus::Reaffirmed, &agreements::REAFFIRMED),
    (AgreementStatus::Proposed, &agreements::PROPOSED),
];

/// The verb beside the instrument `at` that says that it was signed or reached: `the accord signed on 12 May`.
pub(super) fn signing(reading: &Reading<'_>, at: u32) -> Option<u32> {
    reading.children_by(at, &[Dep::Acl, Dep::Relcl]).find(|&verb| {
        reading.is(verb, &agreements::SIGNING)
            && !matches!(reading.tag(verb), Tag::Vb | Tag::Vbg)
            && !reading
                .children(verb)
                .iter()
                .any(|&child| reading.dep(child) == Dep::Neg || reading.tag(child) == Tag::Md)
    })
}

/// The day on which the instrument at `at` was signed or reached, if its clause says so: `the accord signed on 12 May`.
pub(super) fn signed(
    reading: &Reading<'_>,
    at: u32,
    above: Option<(u32, AgreementStatus)>,
) -> Option<String> {
    let agreed = above.filter(|(_, status)| *status == AgreementStatus::Agreed).map(|(verb, _)| verb);
    signing(reading, at)
        .or(agreed)
        .and_then(|verb| act_time(reading, verb, reading.clause(verb)))
        .and_then(|time| time.from)
}

/// Returns the word above the instrument `at` that shows its status, and the status.
pub(super) fn above(reading: &Reading<'_>, at: u32) -> Option<(u32, AgreementStatus)> {
    let mut below = at;
    // Who does not join an instrument, or not yet, tells nothing of it, unless he refuses.
    let mut joining = false;
    for up in reading.syntax.ancestors(at).take(STEPS_TO_VERB) {
        if matches!(reading.dep(below), Dep::Relcl | Dep::Advcl) && below != at {
            return None;
        }
        if reading.is(up, &agreements::IMPLEMENTING) {
            // `if the pact is not implemented` tells neither that it was nor that it was not.
            if premises::is_premise(reading, up) {
                return None;
            }
            let negated = reading.child(up, Dep::Neg).is_some()
                || reading
                    .children_by(up, &[Dep::Advmod])
                    .any(|adv| reading.is(adv, &["partly", "partially"]));
            let wanted = reading
                .syntax
                .ancestors(up)
                .take(STEPS_TO_WISH)
                .any(|above| reading.is(above, &agreements::WISHING));
            let status = if negated {
                AgreementStatus::PartlyImplemented
            } else if wanted {
                AgreementStatus::Reaffirmed
            } else {
                AgreementStatus::Agreed
            };
            return Some((up, status));
        }
        let prt = reading.child(up, Dep::Prt).is_some_and(|prt| reading.is(prt, &["down", "apart"]));
        if reading.is_verb(up) && prt && reading.is(up, &["break", "fall", "come"]) {
            return Some((up, AgreementStatus::BrokenDown));
        }
        if let Some((status, _)) = STATUS.iter().find(|(_, words)| reading.is(up, *words)) {
            // `called the accord a mistake` calls for nothing.
            let named = reading.is_verb(up) && reading.is(up, &["call"]) && !reading.is(below, &["for"]);
            if named || is_topic(reading, at, up) {
                return None;
            }
            let told = reading.is_verb(up).then(|| factuality::of(reading, up));
            let undone = told.is_some_and(|it| !matches!(it, Factuality::Happened | Factuality::Ongoing));
            if joining && *status != AgreementStatus::Rejected {
                return None;
            }
            if reading.is(up, &["join", "ratify"]) && undone {
                joining = true;
                below = up;
                continue;
            }
            // A reached agreement is one only if it was reached.
            let status = match (*status, told) {
                (AgreementStatus::Agreed, _) if undone => AgreementStatus::UnderNegotiation,
                (
                    AgreementStatus::Reaffirmed | AgreementStatus::Violated | AgreementStatus::Rejected,
                    Some(Factuality::Denied),
                ) => {
                    return None;
                }
                (status, _) => status,
            };
            return Some((up, status));
        }
        below = up;
    }
    None
}

/// Whether the instrument `at` is one of the things that `up` says were talked about, or has a name: it is not
/// negotiated.
fn is_topic(reading: &Reading<'_>, at: u32, up: u32) -> bool {
    let listed = reading.dep(at) == Dep::Conj || reading.children_by(at, &[Dep::Conj]).next().is_some();
    let named = reading
        .children_by(at, &[Dep::Compound, Dep::Amod])
        .any(|child| child < at && reading.tag(child).is_proper() && reading.tag(at).is_proper());
    reading.is(up, &agreements::TOPIC) && (listed || named)
}
