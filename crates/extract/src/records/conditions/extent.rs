//! Clauses of conditions: how far they go, and what they say of the world.

use readout_syntax::{Dep, Pos, Tag};

use crate::acts::Lexicon;
use crate::acts::instruments::is_instrument;
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// The most steps up the tree from a phrase to its verb.
const STEPS_TO_VERB: usize = 3;
/// The most verbs above an act that are one clause with it: `would be ready to agree to talk`.
const VERBS_ABOVE: usize = 5;
/// The most verbs of a list that are followed.
const JOINED_VERBS: usize = 4;

/// The verb of the whole clause that `at` is the act of: `ready to talk`, `would agree to talk`, `stop and talk`.
pub(super) fn whole(reading: &Reading<'_>, at: u32) -> u32 {
    let mut head = at;
    for _ in 0..VERBS_ABOVE {
        let Some(above) = reading.head(head) else { break };
        let own = reading.is_finite_clause(head);
        let part = match reading.dep(head) {
            Dep::Xcomp | Dep::Ccomp => {
                !own && (reading.pos(above) == Pos::Adj
                    || reading.is(above, &words::LIGHT)
                    || reading.is_verb(above) && has_modal(reading, above))
            }
            Dep::Acomp | Dep::Oprd => reading.is_verb(above),
            // `is in no hurry to sign`, `has plans to leave`
            Dep::Acl if !own && reading.is_infinitive(head) => {
                let verb = reading.syntax.ancestors(head).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up));
                if let Some(verb) = verb.filter(|&verb| reading.is(verb, &["be", "have"])) {
                    head = verb;
                    continue;
                }
                false
            }
            Dep::Conj => !own && reading.is_verb(above) && own_subject_edge(reading, head).is_none(),
            _ => false,
        };
        if !part {
            break;
        }
        head = above;
    }
    head
}

/// The first token of the clause of `head`.
pub(super) fn start(reading: &Reading<'_>, head: u32) -> u32 {
    let tokens = reading.syntax.tokens_in(reading.clause(head));
    if reading.is_finite_clause(head) || own_subject_edge(reading, head).is_some() {
        return tokens.start;
    }
    // An infinitive is from its verb on.
    let not = reading.children_by(head, &[Dep::Neg]).filter(|&not| not < head).min();
    not.unwrap_or(head)
}

/// The token after the clause of `head`, with the verbs joined to it that have its subject.
pub(super) fn end(reading: &Reading<'_>, head: u32) -> u32 {
    let mut last = reading.syntax.tokens_in(reading.clause(head)).end;
    let mut at = head;
    for _ in 0..JOINED_VERBS {
        let joined = reading
            .children_by(at, &[Dep::Conj])
            .find(|&next| next > at && reading.is_verb(next) && own_subject_edge(reading, next).is_none());
        let Some(next) = joined else { break };
        last = last.max(reading.syntax.tokens_in(reading.clause(next)).end);
        at = next;
    }
    last
}

/// The token after the premise of the verb `at`: without what only follows from it (`, leading Chad to …`) or tells more
/// (`, which …`), and without `and`; a word with a hyphen is whole.
pub(super) fn end_of_premise(reading: &Reading<'_>, at: u32) -> u32 {
    let mut last = reading.token(at).right_edge + 1;
    let objects = reading.children_by(at, &[Dep::Dobj, Dep::Attr]);
    for above in std::iter::once(at).chain(objects) {
        for &below in reading.children(above).iter().filter(|&&below| below > above) {
            let result = reading.dep(below) == Dep::Advcl && reading.tag(below) == Tag::Vbg;
            let edge = reading.token(below).left_edge;
            let apart = edge > at && reading.is(edge - 1, &[","]);
            if apart
                && (result || reading.dep(below) == Dep::Relcl)
                && reading.token(below).right_edge + 1 >= last
            {
                last = edge - 1;
            }
        }
    }
    if let Some(joined) =
        reading.children_by(at, &[Dep::Conj]).find(|&joined| outer_verb(reading, joined).is_some())
    {
        let link = reading.children_by(at, &[Dep::Cc]).rfind(|&cc| cc > at && cc < joined);
        last = last.min(link.unwrap_or(joined));
    }
    while last > at + 1 && matches!(reading.pos(last - 1), Pos::Cconj) {
        last -= 1;
    }
    let glued = |next: u32| reading.token(next - 1).span.end == reading.token(next).span.start;
    while last + 1 < reading.syntax.len() && glued(last) && glued(last + 1) && reading.word(last) == "-" {
        last += 2;
    }
    last
}

/// Returns the verb that `joined` continues where the parser joins it to a premise behind that verb: `would stay out if Mali attacked but
/// would defend it`. A premise says what will be without `would` or `will`.
pub(super) fn outer_verb(reading: &Reading<'_>, joined: u32) -> Option<u32> {
    let premise =
        reading.head(joined).filter(|_| reading.dep(joined) == Dep::Conj && reading.is_verb(joined))?;
    let above = reading.head(premise).filter(|&above| above < premise && reading.is_verb(above))?;
    let would =
        |verb: u32| reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["would", "will"]));
    let holds = reading.dep(premise) == Dep::Advcl
        && own_subject_edge(reading, joined).is_none()
        && would(joined)
        && !would(premise)
        && would(above);
    holds.then_some(above)
}

/// The first token of the subject that the verb `head` itself has.
pub(super) fn own_subject_edge(reading: &Reading<'_>, head: u32) -> Option<u32> {
    reading
        .children_by(head, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj])
        .next()
        .map(|subject| reading.syntax.token(subject).left_edge)
}

/// The first of the tokens before `at` that belong to its conjunction, as `only`.
pub(super) fn outer_of(reading: &Reading<'_>, at: u32) -> u32 {
    let mut first = at;
    while first > 0 && reading.is(first - 1, &["only", "even", "but"]) {
        first -= 1;
    }
    first
}

/// Whether `only` stands before the conjunction at `outer`, or right before the verb `head`: `could only work if`.
pub(super) fn is_only(reading: &Reading<'_>, outer: u32, head: u32) -> bool {
    let just_before = (outer.saturating_sub(1)..=outer).any(|at| reading.is(at, &["only"]));
    just_before
        || reading
            .children_by(head, &[Dep::Advmod])
            .any(|adverb| adverb < outer && reading.is(adverb, &["only"]) && reading.tag(adverb) == Tag::Rb)
}

/// Whether the verb `head` has an auxiliary of what will, can or must be.
pub(super) fn has_modal(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::Md)
}

/// Whether the clause of `head` tells of what was.
pub(super) fn is_past(reading: &Reading<'_>, head: u32) -> bool {
    reading.finite_word(head).is_some_and(|word| reading.tag(word) == Tag::Vbd)
}

/// Whether the clause of `head` is negated: `will not`, `no talks`.
pub(super) fn is_negated(reading: &Reading<'_>, head: u32) -> bool {
    reading.children(head).iter().any(|&child| {
        reading.dep(child) == Dep::Neg
            || matches!(reading.dep(child), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr)
                && (reading.is(child, &["nothing", "nobody", "none"])
                    || reading.children_by(child, &[Dep::Det]).any(|det| reading.is(det, &["no"])))
    })
}

/// Whether the clause of `head` says that something will not or cannot be.
pub(super) fn is_refused(reading: &Reading<'_>, head: u32) -> bool {
    let present = reading.finite_word(head).is_some_and(|it| matches!(reading.tag(it), Tag::Vbz | Tag::Vbp));
    is_negated(reading, head) && (has_modal(reading, head) || present)
        || reading.is(head, &["refuse", "decline"])
        || reading
            .head(head)
            .is_some_and(|up| reading.dep(head) == Dep::Xcomp && reading.is(up, &["refuse", "decline"]))
}

/// Whether the clause of `head` says that something must be.
pub(super) fn is_due(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Aux]).any(|aux| reading.is(aux, &["must", "should", "shall", "ought"]))
        || reading.is(head, &["need", "have"]) && reading.children_by(head, &[Dep::Xcomp]).next().is_some()
}

/// Whether the clause of `at` is what a verb above asks for.
pub(super) fn is_demanded(reading: &Reading<'_>, at: u32) -> bool {
    matches!(reading.dep(at), Dep::Ccomp | Dep::Xcomp | Dep::Advcl)
        && reading.head(at).is_some_and(|up| {
            let other = own_subject_edge(reading, at).is_some() || reading.child(up, Dep::Dobj).is_some();
            reading.is(up, &words::URGING)
                && other
                && (reading.dep(at) != Dep::Advcl || reading.is_infinitive(at))
        })
}

/// Whether the phrase of `head` names an act, an instrument, or what can be asked for.
pub(super) fn is_requisite(reading: &Reading<'_>, head: u32) -> bool {
    reading.is(head, &words::REQUISITE)
        || is_instrument(reading, head)
        || reading.tag(head) == Tag::Vbg
        || reading.is_noun(head)
            && reading.pos(head) != Pos::Pron
            && Lexicon::shipped().names_act(&reading.lemma(head).to_lowercase())
}
