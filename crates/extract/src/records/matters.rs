//! What parties deal in and fight for.

use crate::acts::Lexicon;
use crate::clause::reading::Reading;
use crate::records::conditions::is_party;
use crate::words::conditions;

/// Classes of the event lexicon for what is fought for or dealt in.
const POLITICAL: &[&str] =
    &["troops", "weapons", "aid", "sanction", "agreement", "prisoner", "vote", "territory"];

/// Whether the word `at` names what is fought for or dealt in: `troops`, `sanctions`.
pub(crate) fn is_fought_for(reading: &Reading<'_>, at: u32) -> bool {
    POLITICAL.iter().any(|class| Lexicon::shipped().is_in(class, reading.lemma(at)))
}

/// Whether the word `at` names a party, an act or what parties deal in.
pub(crate) fn is_weighty(reading: &Reading<'_>, at: u32) -> bool {
    is_fought_for(reading, at)
        || reading.named(at).iter().any(|actor| is_party(reading, actor))
        || reading.is_noun(at)
            && (reading.is(at, &conditions::REQUISITE)
                || Lexicon::shipped().names_act(&reading.lemma(at).to_lowercase()))
}
