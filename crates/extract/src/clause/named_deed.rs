//! Violence that is only named: words for a kind of deed, of which no one deed is said to have been done.
//!
//! A bare plural or an indefinite noun names a deed only where something says that there was one: Carlson, *Reference to
//! Kinds in English* (1977).

use readout_syntax::{Dep, EntityLabel, Tag};

use super::presupposition::{is_definite, is_of_the_past};
use super::reading::Reading;
use crate::words::{counts, factuality};

/// The most nouns joined before one: `bombings, raids and attacks`.
const JOINED: usize = 8;

/// Whether the noun `at` of a deed of violence names a kind of deed alone: `supports air strikes on Chad`, `an openness to air
/// strikes`, `attacks breed hatred`.
pub(crate) fn is_only_named(reading: &Reading<'_>, at: u32) -> bool {
    if reading.is_verb(at) || is_one_deed(reading, at) {
        return false;
    }
    let mut first = at;
    for _ in 0..JOINED {
        match reading.head(first).filter(|&noun| reading.dep(first) == Dep::Conj && reading.is_noun(noun)) {
            Some(noun) => first = noun,
            None => break,
        }
    }
    let bare = reading.tag(at) == Tag::Nns && reading.child(at, Dep::Det).is_none();
    let Some(above) = reading.head(first) else { return false };
    match reading.dep(first) {
        Dep::Root => reading.is_asked(first),
        Dep::Dobj => reading.is(above, &factuality::ATTITUDE) && reading.is_verb(above),
        // `attacks breed hatred`; `raids on Mali threaten the harvest` tells of some
        Dep::Nsubj => {
            bare && reading.after(at, &["on", "against"]).is_empty()
                && reading.is_verb(above)
                && !reading.is(above, &["be", "continue", "go", "show", "come", "leave", "kill"])
                && reading.finite_word(above) == Some(above)
                && matches!(reading.tag(above), Tag::Vbz | Tag::Vbp)
        }
        Dep::Pobj => {
            let Some(word) = reading.head(above) else { return false };
            // `worked toward attacks on the port`
            reading.is(above, &["toward", "towards"])
                || reading.is(word, &factuality::THINKING_OF) && !reading.is(word, &counts::MEASURE)
        }
        _ => false,
    }
}

/// Whether an indefinite noun `at` for a deed or a meeting stands behind a word of thinking of it: `a proponent of dialogue`.
pub(crate) fn is_only_thought_of(reading: &Reading<'_>, at: u32) -> bool {
    let above = reading.head(at).filter(|_| reading.dep(at) == Dep::Pobj && !reading.is_verb(at));
    !is_one_deed(reading, at)
        && above
            .and_then(|prep| reading.head(prep))
            .is_some_and(|word| reading.is(word, &factuality::THINKING_OF))
}

fn is_date(reading: &Reading<'_>, at: u32) -> bool {
    reading.syntax.entity_at(at).is_some_and(|entity| entity.label == EntityLabel::Date)
}

/// Whether the words beside the noun `at` of a deed show that one is meant: `the attack`, `two attacks`, `attacks that killed nine`.
fn is_one_deed(reading: &Reading<'_>, at: u32) -> bool {
    is_definite(reading, at)
        || is_of_the_past(reading, at)
        || reading.children_by(at, &[Dep::Nummod]).next().is_some()
        || reading.children_by(at, &[Dep::Npadvmod]).any(|day| is_date(reading, day))
        || reading.after(at, &["on"]).into_iter().any(|day| is_date(reading, day))
        || reading.children_by(at, &[Dep::Amod, Dep::Compound]).any(|word| {
            reading.is(word, &factuality::PAST)
                || reading.is(word, &["several", "many", "numerous", "repeated"])
        })
        || reading.children_by(at, &[Dep::Relcl, Dep::Acl]).any(|clause| {
            reading.tag(clause) == Tag::Vbn
                || reading.finite_word(clause).is_some_and(|word| reading.tag(word) == Tag::Vbd)
        })
}
