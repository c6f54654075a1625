//! Clauses without a tense: whether what an infinitive, gerund or imperative tells was done.

use readout_record::Factuality;
use readout_syntax::{Dep, Tag};

use crate::clause::governing::{governs, is_said_to_exist};
use crate::clause::reading::Reading;
use crate::words::{factuality, speech, violence};

/// Returns the factuality that the form of the verb `at` shows, if it has no tense and tells of nothing that was done.
pub(crate) fn of_form(reading: &Reading<'_>, at: u32) -> Option<Factuality> {
    let hung = matches!(
        reading.dep(at),
        Dep::Advcl | Dep::Acl | Dep::Relcl | Dep::Root | Dep::Ccomp | Dep::Pcomp | Dep::Dep
    );
    if hung
        // `there was no way to be freed`
        && (reading.tag(at) == Tag::Vb
            || reading.tag(at) == Tag::Vbn
                && reading.head(at).is_some_and(|noun| is_said_to_exist(reading, noun)))
        && reading.children(at).iter().any(|&child| reading.tag(child) == Tag::To)
    {
        // `prompted them to sign it`: they did.
        let brought_about = reading.dep(at) == Dep::Ccomp
            && reading.head(at).is_some_and(|above| reading.is(above, &factuality::MAKING));
        // A purpose is not yet done: `flew to Rome to sign the treaty`.
        // `gave them three days to sign it`
        let is_given_time = reading.head(at).is_some_and(|above| {
            reading.is(above, &["give"])
                && reading
                    .objects(above)
                    .iter()
                    .any(|&time| reading.is(time, &["day", "week", "month", "hour", "deadline"]))
        });
        let form = if is_given_time { Factuality::Demanded } else { Factuality::Planned };
        return (!brought_about && !is_done_by_it(reading, at) && !is_move_of(reading, at)).then_some(form);
    }
    if is_imperative(reading, at) {
        return Some(Factuality::Demanded);
    }
    is_judged(reading, at).then_some(Factuality::Possible)
}

/// Whether the infinitive `at` says what somebody's move is, which is made by doing it: `Norway's move to annex the island`.
/// A decision is carried out at the latest when others judge it in the past: `its decision to annex it was unlawful`.
pub(super) fn is_move_of(reading: &Reading<'_>, at: u32) -> bool {
    let noun = reading.head(at).filter(|&noun| {
        matches!(reading.dep(at), Dep::Acl | Dep::Relcl)
            && reading.is_noun(noun)
            && reading.possessor(noun).is_some()
    });
    let judged = |noun: u32| {
        reading.dep(noun) == Dep::Nsubj
            && reading.head(noun).is_some_and(|verb| {
                reading.is(verb, &["be"])
                    && reading.finite_word(verb).is_some_and(|word| reading.tag(word) == Tag::Vbd)
                    && reading
                        .children_by(verb, &[Dep::Acomp, Dep::Attr])
                        .any(|word| word > verb && !governs(reading, word))
            })
    };
    noun.is_some_and(|noun| reading.is(noun, &["move"]) || reading.is(noun, &["decision"]) && judged(noun))
}

/// Whether the infinitive `at` is the purpose of the deed of the verb above it, and not done by it: `flew to Rome to sign the
/// treaty`.
pub(crate) fn is_purpose(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Advcl
        && reading.is_infinitive(at)
        && reading.head(at).is_some_and(|deed| reading.is_verb(deed))
        && !is_done_by_it(reading, at)
}

/// Whether the infinitive `at` tells of what is done by the deed that it is the purpose of: `went on television to condemn
/// the raid`, `used the law to jail them`. Other purposes are still to come: `flew to Rome to sign the treaty`.
pub(crate) fn is_done_by_it(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Advcl
        && reading.is_infinitive(at)
        && reading.head(at).is_some_and(|deed| {
            reading.is_verb(deed)
                && (goes_on(reading, deed) || reading.is(deed, &factuality::MEANS)
                    // `set up a camp to protest`: the deed is the protest.
                    || reading.is(at, &factuality::SHOWN)
                    // `flocked there to fight the junta`
                    || reading.is(deed, &factuality::SETTING_OUT) && reading.is(at, &violence::WAR)
                    || !is_prepared_by(reading, deed)
                        && (reading.is(at, &factuality::PERFORMED)
                            // `passed the law to punish Chad`
                            || reading.is(at, &["punish", "penalize", "penalise"])))
        })
        // `erected a tent city to protest`
        || reading.is_infinitive(at)
            && reading.is(at, &factuality::SHOWN)
            && matches!(reading.dep(at), Dep::Acl | Dep::Relcl)
            && reading.head(at).is_some_and(|thing| {
                let open = [&factuality::DEMANDED, &factuality::PLANNED, &factuality::DENIED, &factuality::POSSIBLE];
                reading.dep(thing) == Dep::Dobj && !open.into_iter().any(|words| reading.is(thing, words))
            })
}

/// Whether the verb `at` only says that something comes next: `went on to criticise them`.
pub(super) fn goes_on(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &["go"])
        && reading.children_by(at, &[Dep::Prt, Dep::Advmod, Dep::Prep]).any(|word| reading.is(word, &["on"]))
}

/// Whether the deed of the verb `at` only makes ready for its purpose: `trained to condemn the raid`, `sent her to thank them`.
fn is_prepared_by(reading: &Reading<'_>, at: u32) -> bool {
    !reading.is(at, &factuality::SETTING_OUT)
        && (governs(reading, at)
            || reading.is(at, &factuality::PREPARING)
            // `it is better to support them`; not `is in Oslo to thank them`
            || reading.is(at, &["be"]) && reading.children_by(at, &[Dep::Acomp, Dep::Attr]).next().is_some())
}

/// Whether the verb `at` is an imperative: `Freeze their assets`. `Thank you, Norway` does what it says.
fn is_imperative(reading: &Reading<'_>, at: u32) -> bool {
    let bare = reading.tag(at) == Tag::Vb
        && !reading.is(at, &factuality::PERFORMED)
        && !reading.children(at).iter().any(|&child| {
            reading.tag(child) == Tag::To
                || reading.dep(child).is_subject()
                // `Do not freeze them`; not `did not freeze them`
                || reading.dep(child) == Dep::Aux
                    && !(reading.is(child, &["do"]) && matches!(reading.tag(child), Tag::Vb | Tag::Vbp))
        });
    bare && match (reading.dep(at), reading.head(at)) {
        (Dep::Root, _) => true,
        (Dep::Ccomp, Some(above)) => at < above && reading.is(above, &speech::SPEECH),
        (Dep::Conj, Some(above)) => is_first_imperative(reading, above),
        _ => false,
    }
}

/// Whether `at` is the imperative that opens a sentence.
fn is_first_imperative(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Root && is_imperative(reading, at)
}

/// Whether the gerund `at` is the subject of a judgement and so leaves its act open: `cutting off aid would be wrong`.
/// What is told in the past with such a subject was done: `cutting off aid cost them the war`.
fn is_judged(reading: &Reading<'_>, at: u32) -> bool {
    reading.dep(at) == Dep::Csubj
        && reading.tag(at) == Tag::Vbg
        && reading.head(at).is_some_and(|verb| {
            reading.child(verb, Dep::Neg).is_some()
                || reading.finite_word(verb).is_some_and(|word| reading.tag(word) != Tag::Vbd)
        })
}
