//! Instruments: the nouns by which a report names an agreement.

use crate::clause::reading::Reading;

const INSTRUMENTS: &[&str] = &[
    "agreement",
    "accord",
    "deal",
    "treaty",
    "pact",
    "ceasefire",
    "cease-fire",
    "truce",
    "armistice",
    "protocol",
    "convention",
    "memorandum",
    "cessation",
    "roadmap",
    "communique",
    "arrangement",
];

pub(crate) fn is_instrument(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, INSTRUMENTS)
        || (reading.is(at, &["fire"]) && at >= 2 && reading.is(at - 2, &["cease"]))
        || (reading.tag(at).is_proper()
            && INSTRUMENTS
                .iter()
                .any(|word| reading.syntax.word(at).to_lowercase().trim_end_matches('s') == *word))
}
