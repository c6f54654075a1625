//! Presupposition: what a sentence takes for granted, so that a denial or question of it leaves it as it is.
//!
//! Factive verbs: Kiparsky and Kiparsky, *Fact* (1970). Questions and definite phrases: Levinson, *Pragmatics* (1983), chapter 4.

use readout_syntax::{Dep, EntityLabel, Tag};

use crate::clause::governing::governs;
use crate::clause::premises;
use crate::clause::purpose;
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
    let of_subject = reading.dep(below) == Dep::Nsubj;
    let acts = of_subject && (!reading.is(above, &["be"]) || reading.child(above, Dep::Attr).is_some());
    // `air strikes brought no peace`: what the verb brings about is its object.
    let brought_about = if of_subject {
        brings_about(reading, above, true)
    } else {
        reading.is(above, &factuality::BRINGING_ABOUT)
    };
    reading.is_verb(above)
        && matches!(reading.dep(below), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj)
        && (acts || is_definite(reading, below))
        && !brought_about
}

/// Whether what `below` tells is taken for granted by the word above it, `above`, so that nothing further up bears on it:
/// `called on them to condemn the attack`, `failed to punish them for attacking`, `the fact that they attacked`.
///
/// A definite phrase names what is there already, or else what is to be held on a day fixed before. A word that brings its act about, plans it, hinders it or weighs it is of
/// no such act: `called on them to carry out the attack`.
pub(crate) fn is_presupposed(reading: &Reading<'_>, below: u32, above: u32) -> bool {
    match reading.dep(below) {
        // `fought a Chadian incursion`, `avenged a Chadian raid`: whoever meets an act has it before him.
        Dep::Dobj
            if reading.is(above, &factuality::ANSWERING)
                || reading.is(above, &["fight", "survive", "escape"]) =>
        {
            // `condemned attacks on its ships`: whoever blames speaks of what there was.
            let blamed = || {
                reading.is(above, &["condemn", "denounce", "mourn"])
                    && reading.child(below, Dep::Prep).is_some()
                    && reading.child(below, Dep::Det).is_none()
            };
            (is_definite(reading, below) || is_owned(reading, below) || blamed())
                && !reading.is(below, &factuality::SCHEDULED)
                && !reading.is_verb(below)
        }
        Dep::Dobj | Dep::Nsubj | Dep::Nsubjpass if reading.is_verb(above) && names_deed(reading, below) => {
            let is_subject = reading.dep(below) != Dep::Dobj;
            // `the annexation is expected to come up`
            let told = raised_to(reading, above).filter(|_| is_subject).unwrap_or(above);
            !brings_about(reading, told, is_subject)
                && (!reading.is(told, &factuality::ATTITUDE) || reading.is(told, &["discuss"]))
                // `called on them to stop the war`
                && (!governs(reading, told) || reading.is(told, &["stop"]))
                // `if the raid killed them`, `the raid would kill them`: what is only imagined may have such a name too.
                && (reading.dep(below) != Dep::Nsubj || !is_imagined(reading, above))
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
                || purpose::is_move_of(reading, below)
        }
        _ => false,
    }
}

/// Whether `at` is a noun for a certain deed that nobody fixes a day for before it takes place: `the attack`, `Chad's raid`,
/// `Chadian aggression`.
fn names_deed(reading: &Reading<'_>, at: u32) -> bool {
    let of_somebody = || {
        reading.tag(at) == Tag::Nn
            && reading.children_by(at, &[Dep::Amod]).any(|owner| !reading.named(owner).is_empty())
            && reading.child(at, Dep::Det).is_none()
    };
    !reading.is_verb(at)
        && !reading.is(at, &factuality::SCHEDULED)
        && (is_definite(reading, at) || of_somebody())
}

/// Whether a state or people before the noun `at` says whose deed it is: `a Chadian incursion`.
fn is_owned(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Amod]).any(|owner| !reading.named(owner).is_empty())
        && !reading.children_by(at, &[Dep::Det]).any(|det| reading.is(det, &["any", "no"]))
}

/// Returns the verb that tells of the subject of the verb `at`, where that one only says how sure it is: `come` in `is
/// expected to come`.
fn raised_to(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let verb = reading.child(at, Dep::Xcomp)?;
    (reading.is_passive(at) && governs(reading, at) && reading.is_infinitive(verb)).then_some(verb)
}

/// Whether the act that the verb `at` has as its object, or as its subject if `is_subject`, comes about by it, or not: `launched the raid`, `the raid took place`, `the
/// raid is likely`.
fn brings_about(reading: &Reading<'_>, at: u32, is_subject: bool) -> bool {
    if reading.is(at, &["be"]) {
        return reading
            .children_by(at, &[Dep::Acomp, Dep::Attr, Dep::Xcomp])
            .next()
            .is_none_or(|word| governs(reading, word) || reading.is_verb(word));
    }
    // `air strikes brought no peace`: what the verb brings about is its object.
    let brings_other = || {
        is_subject
            && !reading.is(at, &["take"])
            && !reading.is_passive(at)
            && reading.child(at, Dep::Dobj).is_some_and(|object| object > at)
    };
    reading.is(at, &factuality::BRINGING_ABOUT)
        && reading.particle(at).is_none_or(|particle| particle != "up")
        && !brings_other()
}

/// Whether the clause of the verb `at` is imagined: `if …`, `would …`.
fn is_imagined(reading: &Reading<'_>, at: u32) -> bool {
    premises::is_premise(reading, at)
        || reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["would", "'d", "’d"]))
}

/// Whether the noun `at` of a deed says that it was done, by a day or a word for what is past: `the 2012 attack`, `last week's
/// raid`, `the recent killings`.
pub(crate) fn is_of_the_past(reading: &Reading<'_>, at: u32) -> bool {
    let dated = |word: u32| {
        reading.syntax.entity_at(word).is_some_and(|entity| entity.label == EntityLabel::Date)
            && reading.syntax.word(word).contains(|mark: char| mark.is_ascii_digit())
    };
    // `last week's summit`
    let of_last_week = reading.children_by(at, &[Dep::Poss]).any(|day| {
        reading.syntax.entity_at(day).is_some_and(|entity| entity.label == EntityLabel::Date)
            && reading.children(day).iter().any(|&word| reading.is(word, &["last", "past", "previous"]))
    });
    if of_last_week && !reading.is_verb(at) {
        return true;
    }
    !reading.is_verb(at)
        && is_definite(reading, at)
        && !reading.is(at, &factuality::SCHEDULED)
        && (reading
            .children_by(at, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Nummod])
            .any(|word| reading.is(word, &factuality::PAST) || dated(word))
            || reading.after(at, &["in", "of", "on"]).into_iter().any(dated))
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
    // `questions about the murder`
    let is_asked_about =
        reading.is(above, &["question", "doubt"]) && reading.is(prep, &["about", "over", "on"]);
    // `the site of the attack`, `after years of the war`; not `the possibility of the attack`
    let of_its_own = reading.is(prep, &["of"])
        && (reading.possessor(at).is_some()
            || reading.is_noun(above)
                && !reading.is(above, &factuality::SIGN)
                && !reading.is(above, &factuality::IDEA)
                && !reading.is(above, &["event", "case", "absence", "lack", "scenario", "prospect"]));
    // `fought against the offensive`: whoever is against a certain deed has it before him.
    let opposed = reading.is(prep, &["against"]) && !governs(reading, above);
    let only_spoken_of = reading.is(prep, &["on", "to", "about", "over", "with", "against"]) || of_its_own;
    only_spoken_of
        && is_definite(reading, at)
        && !reading.is(at, &factuality::SCHEDULED)
        && (!governs(reading, above) || is_asked_about)
        && !brought_about
        && (opposed || !reading.is(above, &factuality::ATTITUDE))
        && (!reading.is(above, &factuality::DELIBERATION) || is_asked_about)
        && !reading.is(above, &factuality::NEAR)
        && !reading.is(above, &factuality::PLANNING)
        && (opposed || !reading.is(above, &factuality::PURSUING))
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

/// Returns the verb whose act takes place at what the noun `at` names, if such things are held on days fixed before: `will
/// raise it during their talks`.
pub(crate) fn occasion_of(reading: &Reading<'_>, at: u32) -> Option<u32> {
    let prep = reading.head(at).filter(|&prep| {
        reading.dep(at) == Dep::Pobj
            && !reading.is_verb(at)
            && reading.is(at, &factuality::SCHEDULED)
            && reading.is(prep, &["during", "at"])
    })?;
    reading.head(prep).filter(|&verb| reading.is_verb(verb))
}
