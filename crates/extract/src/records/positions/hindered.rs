//! Acts that somebody keeps another from, or lets him do: `stop Chad from building the port`, `not allow Chad to build it`.

use readout_syntax::{Dep, Tag};

use crate::clause::reading::Reading;
use crate::words::{factuality, stances};

/// The most steps up the tree from an act to the verb that keeps from it: `stop` of `stop an attempt of Chad from succeeding`.
const STEPS: usize = 3;

/// Returns the verb of the act that the verb `at` keeps somebody from or lets him do, and whether it keeps him from it.
pub(super) fn hindered(reading: &Reading<'_>, at: u32) -> Option<(u32, bool)> {
    if !reading.is_verb(at) {
        return None;
    }
    if reading.is(at, &factuality::HINDERING) {
        let whom = reading.objects(at);
        let places = std::iter::once(at).chain(whom.iter().copied());
        let mut from = places.flat_map(|place| reading.children_by(place, &[Dep::Prep]));
        let from = from.find(|&prep| reading.is(prep, &["from"]) && !whom.is_empty())?;
        let act = reading.children_by(from, &[Dep::Pcomp]).find(|&act| reading.tag(act) == Tag::Vbg)?;
        return Some((act, true));
    }
    let lets = reading.is(at, &stances::LETTING);
    let act = reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]).find(|&act| act > at && lets)?;
    let others =
        reading.own_subject(act).is_some() || reading.is_passive(at) || !reading.objects(at).is_empty();
    (others && !reading.is_finite_clause(act)).then_some((act, false))
}

/// Whether the verb `act` is of what another verb keeps somebody from or lets him do.
pub(super) fn is_hindered(reading: &Reading<'_>, act: u32) -> bool {
    let above = reading.ancestors(act).take(STEPS);
    above.into_iter().any(|up| hindered(reading, up).is_some_and(|(found, _)| found == act))
}
