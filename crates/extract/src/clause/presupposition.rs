//! Presupposition: what a sentence takes for granted, so that a denial or question of it leaves it as it is.
//!
//! Factive verbs: Kiparsky and Kiparsky, *Fact* (1970). Questions and definite phrases: Levinson, *Pragmatics* (1983), chapter 4.

use readout_syntax::{Dep, Tag};

use crate::clause::governed::governs;
use crate::clause::reading::Reading;
use crate::words::factuality;

/// Whether what `below` tells is taken for granted by the word above it, `above`, so that a denial of `above` does not
/// deny it: `did not know that they had left`, `did not say why they left`, `did not condemn the attack`.
pub(crate) fn outlives_denial(reading: &Reading<'_>, below: u32, above: u32) -> bool {
    if reading.is_verb(below) {
        // `does not mind killing them`
        if reading.tag(below) == Tag::Vbg && reading.is(above, &["mind", "regret"]) {
            return true;
        }
        return matches!(reading.dep(below), Dep::Ccomp | Dep::Pcomp)
            && reading.is_finite_clause(below)
            && (asks_for_detail(reading, below) || reading.is(above, &factuality::FACTIVE));
    }
    // `air strikes did not save the town`
    let acts = reading.dep(below) == Dep::Nsubj && !reading.is(above, &["be"]);
    reading.is_verb(above)
        && matches!(reading.dep(below), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj)
        && (acts || is_definite(reading, below))
        && !reading.is(above, &factuality::BRINGING_ABOUT)
}

/// Whether what `below` tells is taken for granted by the word above it, `above`, so that nothing further up bears on it:
/// `called on them to condemn the attack`, `failed to punish them for attacking`, `the fact that they attacked`.
///
/// A definite phrase names what is there already, or else what is to be held on a day fixed before. A word that brings its act about, plans it, hinders it or weighs it is of
/// no such act: `called on them to carry out the attack`.
pub(crate) fn is_presupposed(reading: &Reading<'_>, below: u32, above: u32) -> bool {
    match reading.dep(below) {
        Dep::Dobj | Dep::Nsubjpass => {
            reading.is_verb(above)
                && !reading.is_verb(below)
                && is_definite(reading, below)
                && !reading.is(below, &factuality::SCHEDULED)
                && !reading.is(above, &factuality::BRINGING_ABOUT)
                && !reading.is(above, &factuality::ATTITUDE)
                // `called on them to stop the war`
                && (!governs(reading, above) || reading.is(above, &["stop"]))
        }
        // `punish them for attacking the town`, `responsible for the attack`, `wanted for an attack`
        Dep::Prep => {
            let called_to_account = reading.is(above, &factuality::CALLING_TO_ACCOUNT)
                || reading.is(above, &["want"]) && reading.is_passive(above)
                // `placed the blame on them for an attack`
                || reading.children_by(above, &[Dep::Dobj]).any(|noun| {
                    noun < below && reading.is(noun, &factuality::CALLING_TO_ACCOUNT)
                });
            reading.is(below, &["for"]) && called_to_account
        }
        // `the fact that they left`, `no doubt that they left`
        Dep::Acl => {
            let undoubted = reading.is(above, &["doubt", "question"])
                && reading.children_by(above, &[Dep::Det]).any(|det| reading.is(det, &["no", "any"]));
            (undoubted || reading.is(above, &["fact"])) && reading.is_finite_clause(below)
        }
        _ => false,
    }
}

/// Whether the noun `at` behind the preposition `prep` names what is answered, and so has been done, even if such things are
/// held on days fixed before: `sanctions in response to its sixth test`.
pub(crate) fn is_answered(reading: &Reading<'_>, at: u32, prep: u32) -> bool {
    !reading.is_verb(at)
        && reading.dep(at) == Dep::Pobj
        && reading.is(prep, &["to", "against", "for", "on"])
        && is_definite(reading, at)
        && reading.head(prep).is_some_and(|above| reading.is(above, &factuality::ANSWERING))
}

/// Whether the noun `at` of an act, behind the preposition `prep`, names what is there already, and the words before only
/// speak of it: `took action on the murder`, `talks about the 2012 attack`.
pub(crate) fn is_spoken_of(reading: &Reading<'_>, at: u32, prep: u32) -> bool {
    let behind = !reading.is_verb(at) && reading.dep(at) == Dep::Pobj;
    let Some(above) = reading.head(prep).filter(|_| behind) else { return false };
    // `take action on the murder`, `do something about it`; not `lead to the murder`
    let brought_about =
        reading.is(above, &factuality::BRINGING_ABOUT) && !reading.is(prep, &["on", "about", "over"]);
    let only_spoken_of = reading.is(prep, &["on", "to", "about", "over", "with", "against"])
        || reading.is(prep, &["of"]) && reading.child(at, Dep::Poss).is_some();
    only_spoken_of
        && is_definite(reading, at)
        && !reading.is(at, &factuality::SCHEDULED)
        && !governs(reading, above)
        && !brought_about
        && !reading.is(above, &factuality::ATTITUDE)
        && !reading.is(above, &factuality::DELIBERATION)
        && !reading.is(above, &factuality::NEAR)
        && !reading.is(above, &factuality::PLANNING)
        && !reading.is(above, &factuality::PURSUING)
}

/// Whether the clause of the verb `at` asks why, how, when, where or who, and so takes its act for granted.
pub(crate) fn asks_for_detail(reading: &Reading<'_>, at: u32) -> bool {
    let first = reading.syntax.token(at).left_edge;
    (first..at).take_while(|&word| word < first + 3).any(|word| {
        matches!(reading.tag(word), Tag::Wrb | Tag::Wp)
            && reading
                .syntax
                .head(word)
                .is_some_and(|head| head == at || reading.syntax.head(head) == Some(at))
    })
}

/// Whether the noun `at` has a possessor, or a determiner of what is known: `the attack`, `Chad's attack`.
pub(crate) fn is_definite(reading: &Reading<'_>, at: u32) -> bool {
    reading.children(at).iter().any(|&child| match reading.dep(child) {
        Dep::Poss => true,
        Dep::Det => reading.is(child, &["the", "this", "that", "these", "those"]),
        _ => false,
    })
}
