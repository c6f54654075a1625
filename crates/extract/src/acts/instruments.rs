//! Instruments: the nouns by which a report names an agreement.

use readout_lexicon::WordSet as _;

use crate::clause::reading::Reading;
use crate::words::agreements;
/// Whether `at` is a noun for an agreement: `treaty`, the `fire` of `cease-fire`, `Accords`.
pub(crate) fn is_instrument(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &agreements::INSTRUMENT)
        || (reading.is(at, &["fire"]) && at >= 2 && reading.is(at - 2, &["cease"]))
        || (reading.tag(at).is_proper()
            && agreements::INSTRUMENT.has(reading.syntax.word(at).to_lowercase().trim_end_matches('s')))
}
