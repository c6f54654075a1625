//! The words that say how the act that they govern stands to the world: `plan`, `refuse`, `fear`.

use readout_lexicon::WordClass;
use readout_record::Factuality;
use readout_syntax::Dep;

use crate::clause::reading::Reading;
use crate::words::factuality;

/// Words above an act, by what they make of it. The first class that has the word counts.
pub(super) static ABOVE: [(Factuality, &WordClass); 5] = [
    (Factuality::Demanded, &factuality::DEMANDED),
    (Factuality::Planned, &factuality::PLANNED),
    (Factuality::Denied, &factuality::DENIED),
    (Factuality::Cancelled, &factuality::CANCELLED),
    (Factuality::Possible, &factuality::POSSIBLE),
];

/// Whether the word `above` says of itself how its act stands to the world: `plan`, `refuse`, `fear`.
pub(crate) fn governs(reading: &Reading<'_>, above: u32) -> bool {
    ABOVE.iter().any(|(_, words)| reading.is(above, *words))
}

/// Whether the clause of the noun `at` says whether there is such a thing: `there are no troops deployed`.
pub(crate) fn is_said_to_exist(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Attr
        && reading.head(at).is_some_and(|verb| reading.child(verb, Dep::Expl).is_some())
}
