//! Bargains and threats: what is given in return, or follows if it is not.

use std::ops::Range;

use readout_lexicon::{RuleName, rule};
use readout_record::Factuality;
use readout_syntax::{Dep, Pos, Tag};

use super::extent::{
    end, has_modal, is_demanded, is_due, is_negated, is_requisite, own_subject_edge, start, whole,
};
use super::parts::{Bond, LONGEST, Parts, parts};
use crate::acts::instruments::is_instrument;
use crate::clause::factuality;
use crate::clause::reading::Reading;
use crate::words::speech;
use crate::words::{commitments, conditions as words};

/// The most steps up the tree from `in return` to its verb. Objects may stand between.
const STEPS_FROM_RETURN: usize = 6;
/// The most steps up the tree from the `for` of a price to its verb: `wanted relief for closing the plant`.
const STEPS_FROM_PRICE: usize = 2;

/// `would curb its programme in exchange for relief`; `In return, it would get relief`, of the sentence before.
pub(super) fn in_return(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let prep = reading.head(at).filter(|&prep| reading.is(prep, &["in"]) && prep + 1 == at)?;
    // The parser may hang `for` beside `in`.
    let given = reading
        .children_by(at, &[Dep::Prep])
        .find(|&word| reading.is(word, &["for"]))
        .or_else(|| Some(at + 1).filter(|&next| next < reading.syntax.len() && reading.is(next, &["for"])));
    let verb = reading.syntax.ancestors(prep).take(STEPS_FROM_RETURN).find(|&up| reading.is_verb(up))?;
    let Some(given) = given else { return after_sentence(reading, prep, verb) };
    let object = reading.children_by(given, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let theirs = given + 1..reading.syntax.token(object).right_edge + 1;
    bargain(reading, verb, prep, theirs, object, rule!("condition.exchange"))
}

/// `wanted relief for closing the plant`.
pub(super) fn price(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let act = reading.children_by(at, &[Dep::Pcomp]).next().filter(|&act| reading.tag(act) == Tag::Vbg)?;
    let verb = reading.syntax.ancestors(at).take(STEPS_FROM_PRICE).find(|&up| reading.is_verb(up))?;
    let priced = reading
        .children_by(verb, &[Dep::Dobj])
        .any(|object| object < at && reading.is(object, &words::PRICE));
    if !priced || !reading.is(verb, &words::DEMANDING) && !reading.is(verb, &words::OFFERING) {
        return None;
    }
    let theirs = at + 1..reading.syntax.token(act).right_edge + 1;
    bargain(reading, verb, at, theirs, act, rule!("condition.exchange"))
}

/// The bargain of `verb`: what it asks for or offers, and `other`, which stands after `prep`.
fn bargain(
    reading: &Reading<'_>,
    verb: u32,
    prep: u32,
    other: Range<u32>,
    other_head: u32,
    rule: RuleName,
) -> Option<Parts> {
    let told = factuality::of(reading, verb);
    let done = matches!(told, Factuality::Happened | Factuality::Ongoing | Factuality::Denied);
    if reading.is(verb, &words::DEMANDING) && prep > verb {
        let mut asked: Vec<u32> =
            reading.children_by(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).filter(|&it| it < prep).collect();
        asked.extend(reading.after(verb, &["for"]).into_iter().filter(|&it| it < prep));
        let asked = asked.first().copied()?;
        let edge = reading.syntax.token(asked);
        let ours = edge.left_edge..(edge.right_edge + 1).min(prep);
        return parts(reading, ours, asked, other, other_head, Bond::Demanded(verb), rule);
    }
    let head = whole(reading, verb);
    let above = reading.head(verb).filter(|_| !reading.is_finite_clause(verb));
    // `will require them to leave in exchange for relief`
    if let Some(up) = above.filter(|&up| reading.is(up, &words::DEMANDING) && prep > verb) {
        let ours = reading.syntax.token(verb).left_edge.max(up + 1)..prep;
        return parts(reading, ours, verb, other, other_head, Bond::Demanded(up), rule);
    }
    let offers =
        [Some(head), Some(verb), above].into_iter().flatten().find(|&it| reading.is(it, &words::OFFERING));
    // What was done in exchange hung on the other; what an agreement or an aim provides for is still to be.
    let of_instrument = reading.subjects(head).iter().any(|&it| is_instrument(reading, it));
    // `a plan to have them leave in exchange for relief`
    let bare = reading.tag(verb) == Tag::Vb && !reading.is_finite_clause(verb);
    let was_done = done && offers.is_none() && !of_instrument && !reading.is_infinitive(verb) && !bare;
    let gives = reading.is(verb, &commitments::GIVING) || reading.is(verb, &words::STOPPING);
    if was_done && !gives {
        return None;
    }
    let ours = if prep < head {
        own_subject_edge(reading, head).unwrap_or(head).max(other.end)..end(reading, head)
    } else {
        start(reading, head)..prep
    };
    // `hope to reach a deal in return for relief` promises nothing.
    let hopes = offers.is_none()
        && [Some(head), above].into_iter().flatten().any(|it| reading.is(it, &speech::HOPING));
    let bond = if was_done || hopes { Bond::Dependent } else { Bond::Offered(offers.unwrap_or(head)) };
    parts(reading, other, other_head, ours, head, bond, rule)
}

/// `In return, they will get relief`: the premise is the sentence before.
fn after_sentence(reading: &Reading<'_>, prep: u32, verb: u32) -> Option<Parts> {
    let sentence = reading.sentence_of(prep);
    let opens =
        (sentence.start..prep).all(|at| matches!(reading.pos(at), Pos::Punct | Pos::Space | Pos::Cconj));
    // `In return, they said they would leave`
    let said = Some(verb).filter(|&verb| reading.is(verb, &speech::SPEECH));
    let said = said.and_then(|verb| reading.children_by(verb, &[Dep::Ccomp]).find(|&said| said > verb));
    let verb = said.unwrap_or(verb);
    let head = whole(reading, verb);
    if !opens || prep > verb {
        return None;
    }
    let demanded = [verb, head].into_iter().find(|&it| reading.is(it, &words::DEMANDING));
    let ahead = has_modal(reading, head)
        || demanded.is_some()
        || reading.is(head, &words::OFFERING)
        || matches!(factuality::of(reading, head), Factuality::Planned | Factuality::Possible);
    let before = sentence.start.checked_sub(1)?;
    let before = reading.sentence_of(before);
    let root = before.clone().find(|&at| reading.dep(at) == Dep::Root).filter(|&it| reading.is_verb(it))?;
    if !ahead || before.len() > LONGEST as usize {
        return None;
    }
    let ours = own_subject_edge(reading, head).filter(|&edge| edge > prep)?..end(reading, head);
    let bond = demanded.map_or(Bond::Offered(head), Bond::Demanded);
    parts(reading, before, root, ours, head, bond, rule!("condition.in-return"))
}

/// `must leave or face strikes`.
pub(super) fn or_else(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let first = reading.head(at).filter(|&first| first < at && reading.is_verb(first))?;
    let or = reading.children_by(first, &[Dep::Cc]).any(|cc| reading.is(cc, &["or"]) && cc < at);
    // `or risk leaving`: the parser may take `risk` for a noun.
    let object = reading.children_by(at, &[Dep::Dobj, Dep::Xcomp, Dep::Acl]).next();
    let due = is_due(reading, first) || is_demanded(reading, first) || reading.is_infinitive(first);
    if !or || !due || object.is_none() || own_subject_edge(reading, at).is_some() {
        return None;
    }
    let cc = reading.children_by(first, &[Dep::Cc]).rfind(|&cc| cc < at)?;
    let theirs = start(reading, first)..cc;
    let last = if reading.is_verb(at) { end(reading, at) } else { reading.syntax.token(at).right_edge + 1 };
    parts(reading, theirs, first, at..last, at, Bond::OrElse, rule!("condition.or-else"))
}

/// `any attack will be met with force`: the answer to what the subject names.
pub(super) fn answered(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let will = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "would", "shall"]));
    if !will || !reading.is_passive(at) || is_negated(reading, at) || reading.is_asked(at) {
        return None;
    }
    let subject = reading.children_by(at, &[Dep::Nsubjpass]).next()?;
    let deed = is_requisite(reading, subject);
    let answer = reading.children_by(at, &[Dep::Prep, Dep::Agent]).find(|&prep| {
        prep > at
            && reading.is(prep, &["with", "by"])
            && reading.child(prep, Dep::Pobj).is_some_and(|object| reading.pos(object) != Pos::Pron)
    })?;
    let edges = reading.syntax.token(subject);
    let theirs = edges.left_edge..edges.right_edge + 1;
    let last = reading.syntax.token(answer).right_edge + 1;
    let ours = reading.children_by(at, &[Dep::Aux]).min()?..last;
    deed.then(|| parts(reading, theirs, subject, ours, at, Bond::Answered, rule!("condition.answer")))
        .flatten()
}
