//! Assertions: whether a report tells of what a word beside an instrument says as done, tried, denied, or as a charge.

use readout_record::{ActorId, AgreementStatus, Factuality};
use readout_syntax::{Dep, Tag};

use super::mentioned::Mention;
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::records::commitments::actors;
use crate::words::agreements;

/// The most steps up the tree to a word that charges somebody: `accused Chad of planning to break the truce`.
const STEPS_TO_CHARGE: usize = 5;
/// The most steps up the tree to a word of fearing: `worried that Chad could agree to sign`.
const STEPS_TO_FEAR: usize = 2;
/// The most steps up the tree to a word of refusing: `refused to agree to sign`.
const STEPS_TO_REFUSAL: usize = 2;
/// The most steps up the tree to a word of trying: `in an effort to try to reach a deal`.
const STEPS_TO_TRY: usize = 3;

/// Whether the verb is in the past perfect: `had signed`.
pub(super) fn has_perfect_past(reading: &Reading<'_>, word: u32) -> bool {
    reading.children_by(word, &[Dep::Aux]).any(|aux| reading.word(aux).eq_ignore_ascii_case("had"))
}

/// Returns those who charge somebody with what `word` says, and whom: `Mali accused Chad of violating the truce`.
pub(super) fn charged(reading: &Reading<'_>, word: u32) -> (Vec<ActorId>, Vec<ActorId>) {
    for up in reading.ancestors(word).take(STEPS_TO_CHARGE) {
        if !reading.is(up, &agreements::CHARGING) {
            continue;
        }
        if !matches!(factuality::of(reading, up), Factuality::Happened | Factuality::Ongoing) {
            break;
        }
        let (by, whom) = if reading.is_verb(up) {
            (reading.doers(up), reading.objects(up))
        } else {
            (reading.doers_of_noun(up), Vec::new())
        };
        return (actors(reading, &by), actors(reading, &whom));
    }
    (Vec::new(), Vec::new())
}

/// Whether `word` stands in a claim that somebody denies: `denied claims that it broke the pact`.
pub(super) fn is_disclaimed(reading: &Reading<'_>, word: u32) -> bool {
    let mut above = reading.ancestors(word).take(STEPS_TO_CHARGE);
    let claim = above.find(|&up| {
        reading.is_noun(up) && (reading.is(up, &agreements::CHARGING) || reading.is(up, &agreements::CLAIM))
    });
    let verb = claim.filter(|&claim| reading.dep(claim) == Dep::Dobj).and_then(|claim| reading.head(claim));
    verb.is_some_and(|verb| reading.is(verb, &agreements::DENYING))
}

/// Whether what `word` says is only feared or to be kept off: `would threaten the collapse of the pact`.
pub(super) fn is_feared(reading: &Reading<'_>, word: u32) -> bool {
    reading.ancestors(word).take(STEPS_TO_FEAR).any(|up| reading.is(up, &agreements::FEARING))
}

/// Returns the factuality of `word`, or of the verb of which it is the adjective.
pub(super) fn factuality_of(reading: &Reading<'_>, word: u32) -> Factuality {
    let copula = reading
        .head(word)
        .filter(|&verb| reading.dep(word) == Dep::Acomp && reading.is_verb(verb))
        .unwrap_or(word);
    factuality::of(reading, copula)
}

/// Whether the noun `word` says what something is, and not that it took place: `calls it a violation`, `as a violation`,
/// `any violation`.
pub(super) fn only_describes(reading: &Reading<'_>, word: u32) -> bool {
    let any =
        reading.children_by(word, &[Dep::Det]).any(|det| reading.is(det, &["any", "no", "every", "such"]));
    let predicate = match reading.dep(word) {
        // `it is a violation`, said of an act, tells of it; `would be a violation` does not.
        Dep::Attr => reading.head(word).is_none_or(|verb| {
            reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md)
                || reading.child(verb, Dep::Neg).is_some()
                || !reading.is_finite_clause(verb)
        }),
        Dep::Oprd | Dep::Appos => true,
        Dep::Pobj => reading.head(word).is_some_and(|prep| reading.is(prep, &["as", "like", "than"])),
        _ => false,
    };
    // `a near collapse of the pact`
    let near = reading.children_by(word, &[Dep::Amod]).any(|word| reading.is(word, &["near"]));
    any || predicate || near
}

/// Whether the instrument is one of the things that `word` says were talked about, or has a name: it is not negotiated.
pub(super) fn is_topic(reading: &Reading<'_>, word: u32, mention: &Mention) -> bool {
    let at = mention.at;
    let listed = reading.dep(at) == Dep::Conj || reading.children_by(at, &[Dep::Conj]).next().is_some();
    reading.is(word, &agreements::TOPIC) && (listed || !mention.names.is_empty())
}

/// Returns what it says of an instrument that `word` is denied.
pub(super) fn denied(reading: &Reading<'_>, word: u32, status: AgreementStatus) -> Option<AgreementStatus> {
    use AgreementStatus as S;
    let above: Vec<u32> =
        std::iter::once(word).chain(reading.ancestors(word).take(STEPS_TO_REFUSAL)).collect();
    let refuses = above.iter().any(|&up| reading.is(up, &["refuse", "refusal", "decline", "reject"]));
    match status {
        S::Signed | S::Agreed if refuses => Some(S::Rejected),
        S::Signed | S::Agreed => {
            let have = reading.children_by(word, &[Dep::Aux]).any(|aux| reading.is(aux, &["have"]));
            have.then_some(S::UnderNegotiation)
        }
        // `has not complied with the pact`; not `cannot be trusted to comply`.
        S::Reaffirmed
            if reading.is_verb(word)
                && reading.child(word, Dep::Neg).is_some()
                && reading.is_finite_clause(word)
                && !reading.children_by(word, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md) =>
        {
            Some(S::Violated)
        }
        S::InForce if is_partial(reading, word) => Some(S::PartlyImplemented),
        _ => None,
    }
}

/// Whether `word` has `partly`, `not fully` beside it.
pub(super) fn is_partial(reading: &Reading<'_>, word: u32) -> bool {
    let negated = reading.child(word, Dep::Neg).is_some();
    reading.children_by(word, &[Dep::Advmod]).any(|adverb| {
        reading.is(adverb, &["partly", "partially"])
            || negated && reading.is(adverb, &["fully", "completely", "entirely"])
    })
}

/// Whether the clause of `word` is told as done, whatever is negated in it: `no deal was reached`.
pub(super) fn is_told(reading: &Reading<'_>, word: u32) -> bool {
    reading.is_verb(word)
        && !reading.is_asked(word)
        && reading.child(word, Dep::Neg).is_none()
        && !reading.children_by(word, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md)
        && matches!(reading.finite_word(word).map(|it| reading.tag(it)), Some(Tag::Vbd | Tag::Vbz | Tag::Vbp))
}

/// Returns the word on which the gerund `word` hangs if that does not tell that it was done: `depends on signing`,
/// `without reaching a deal`, `signing a deal would help`.
pub(super) fn supposed_gerund<'r>(reading: &'r Reading<'_>, word: u32) -> Option<&'r str> {
    let gerund = reading.tag(word) == Tag::Vbg && reading.child(word, Dep::Aux).is_none()
        || reading
            .children_by(word, &[Dep::Aux, Dep::Auxpass])
            .any(|aux| reading.tag(aux) == Tag::Vbg && !reading.is_finite_clause(word));
    if !gerund || !reading.is_verb(word) {
        return None;
    }
    match reading.dep(word) {
        Dep::Acl => Some("noun"),
        Dep::Xcomp | Dep::Ccomp | Dep::Dobj => reading
            .head(word)
            .filter(|&verb| !reading.is(verb, &agreements::IMPLICATIVE))
            .map(|verb| reading.lemma(verb)),
        Dep::Pcomp => {
            let prep = reading.head(word)?;
            let told = ["after", "since", "by", "in", "upon", "following", "despite"];
            (!reading.is(prep, &told)).then_some(reading.lemma(prep))
        }
        Dep::Advcl | Dep::Conj | Dep::Relcl | Dep::Amod => None,
        // `signing a truce, they hope, will help`
        _ => Some("apart"),
    }
}

/// Whether the clause of `word` is told as done: not an infinitive below any verb (`encouraged Chad to sign`), nor a
/// time that is still to come (`after the deal is signed`).
pub(super) fn is_asserted(reading: &Reading<'_>, word: u32) -> bool {
    if !reading.is_verb(word) {
        return true;
    }
    let below = matches!(reading.dep(word), Dep::Xcomp | Dep::Ccomp);
    // `a deal to be signed on Friday`
    let to_come = matches!(reading.dep(word), Dep::Acl | Dep::Relcl) && reading.is_infinitive(word);
    if to_come {
        return false;
    }
    // `to sign the pact`, `see Chad leave the pact`
    let bare = reading.tag(word) == Tag::Vb && !reading.is_finite_clause(word);
    if below && (bare || reading.is_infinitive(word)) {
        // `helped broker the truce`
        let helped = |verb: u32| reading.is(verb, &["help"]) && reading.is(word, &agreements::BROKERING);
        return reading
            .head(word)
            .is_some_and(|verb| reading.is(verb, &agreements::IMPLICATIVE) || helped(verb));
    }
    let time = reading.children(word).iter().any(|&mark| {
        mark < word
            && matches!(reading.dep(mark), Dep::Mark | Dep::Advmod)
            && reading.is(mark, &["after", "once", "when", "until", "before", "till", "as"])
    });
    let present = reading.finite_word(word).is_some_and(|it| matches!(reading.tag(it), Tag::Vbz | Tag::Vbp));
    !(time && present && reading.dep(word) == Dep::Advcl)
}

/// Whether somebody tries to do what `word` says: `trying to reach a deal`.
pub(super) fn tries(reading: &Reading<'_>, word: u32) -> bool {
    if !reading.is_infinitive(word) {
        return false;
    }
    let mut below = word;
    for up in reading.ancestors(word).take(STEPS_TO_TRY) {
        if !matches!(
            reading.dep(below),
            Dep::Xcomp
                | Dep::Ccomp
                | Dep::Acl
                | Dep::Advcl
                | Dep::Relcl
                | Dep::Dobj
                | Dep::Pobj
                | Dep::Prep
                | Dep::Conj
                | Dep::Attr
        ) {
            return false;
        }
        if reading.is(up, &agreements::ATTEMPTING) {
            return matches!(
                factuality::of(reading, up),
                Factuality::Happened | Factuality::Ongoing | Factuality::Planned
            );
        }
        // `whose goal is to strike a deal`
        if reading.is(up, &["be"])
            && reading.subjects(up).iter().any(|&subject| reading.is(subject, &agreements::ATTEMPTING))
        {
            return true;
        }
        below = up;
    }
    false
}
