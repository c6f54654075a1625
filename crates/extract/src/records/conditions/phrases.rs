//! Premises that are phrases: `without a truce`, `depends on guarantees`, `a precondition for talks`.

use readout_lexicon::rule;
use readout_syntax::{Dep, Entity, EntityLabel, Pos, Tag};

use super::extent::{
    end, has_modal, is_negated, is_only, is_refused, is_requisite, outer_of, own_subject_edge, start, whole,
};
use super::parts::{Bond, Parts, parts};
use super::powers::is_power;
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// The most steps up the tree from a phrase to its verb.
const STEPS_TO_VERB: usize = 3;

/// `without a truce, there can be no vote`, `may act only with the approval of the court`.
pub(super) fn circumstance(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let verb = reading.syntax.ancestors(at).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
    let object = reading.children_by(at, &[Dep::Pobj]).next()?;
    let head = whole(reading, verb);
    let without = reading.is(at, &["without"]);
    // `has refused to lift the ban without a pullout`
    let refusal = reading
        .head(head)
        .filter(|&up| without && reading.dep(head) == Dep::Xcomp && reading.is(up, &["refuse", "decline"]));
    let refuses = refusal.is_some();
    let head = refusal.unwrap_or(head);
    if !has_modal(reading, head) && !refuses || !reading.is_noun(object) || reading.is_asked(at) {
        return None;
    }
    let before = at > 0 && reading.is(at - 1, &["only"]);
    let only = before || at > head && is_only(reading, at, head);
    let theirs = at + 1..reading.syntax.token(object).right_edge + 1;
    let initial = at < head && own_subject_edge(reading, head).is_some_and(|edge| edge >= theirs.end);
    let known = is_requisite(reading, object);
    let (rule, bond, holds) = if without {
        let forces = !crate::acts::sides::actors(reading, object).is_empty();
        (
            rule!("condition.without"),
            Bond::Necessary,
            initial && (known || forces) || known && is_refused(reading, head),
        )
    } else if only {
        (rule!("condition.only-with"), Bond::Necessary, known)
    } else {
        // `with talks under way`: no premise.
        let absolute = reading
            .children_by(object, &[Dep::Acl, Dep::Relcl, Dep::Prep])
            .any(|it| it > object && !reading.is(it, &["of", "by", "from", "on"]))
            || reading.children_by(at, &[Dep::Pcomp]).next().is_some()
            // `with your permission`
            || reading.children_by(object, &[Dep::Poss]).any(|it| reading.pos(it) == Pos::Pron);
        (rule!("condition.with"), Bond::Sufficient, initial && known && !absolute)
    };
    if !holds {
        return None;
    }
    let ours = if initial {
        own_subject_edge(reading, head).unwrap_or(head).max(theirs.end)..end(reading, head)
    } else {
        start(reading, head)..at - u32::from(before)
    };
    parts(reading, theirs, object, ours, head, bond, rule)
}

/// `will come only after a pullout`, `will not talk until a truce`.
pub(super) fn milestone(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let verb = reading.head(at).filter(|&verb| reading.is_verb(verb))?;
    let object = reading.children_by(at, &[Dep::Pobj]).next()?;
    let head = whole(reading, verb);
    let outer = outer_of(reading, at);
    let timed = reading.syntax.subtree(object).any(|token| reading.entity_at(token).is_some_and(is_time));
    if at < head || timed || !has_modal(reading, head) || reading.is_asked(head) {
        return None;
    }
    let after = reading.is(at, &["after"]);
    let holds = if after { is_only(reading, outer, head) } else { is_refused(reading, head) };
    // `not before the vote`: a day like any other.
    let done = is_requisite(reading, object) && (after || !reading.is(object, &words::ON_A_DAY));
    if !holds || !done {
        return None;
    }
    let theirs = at + 1..reading.syntax.token(object).right_edge + 1;
    let rule = if after { rule!("condition.only-when") } else { rule!("condition.until") };
    parts(reading, theirs, object, start(reading, head)..outer, head, Bond::Necessary, rule)
}

/// Whether `entity` is a day or an hour.
fn is_time(entity: &Entity) -> bool {
    matches!(entity.label, EntityLabel::Date | EntityLabel::Time)
}

/// `in the event of an attack, they will respond`.
pub(super) fn event(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let prep = reading.head(at).filter(|&prep| reading.is(prep, &["in"]))?;
    let object = reading.after(at, &["of"]).into_iter().find(|&object| is_requisite(reading, object))?;
    let verb = reading.syntax.ancestors(prep).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
    let head = whole(reading, verb);
    if !has_modal(reading, head) || reading.is_asked(head) {
        return None;
    }
    let edges = reading.syntax.token(object);
    let ours = if prep < head {
        own_subject_edge(reading, head).filter(|&edge| edge > edges.right_edge)?..end(reading, head)
    } else {
        start(reading, head)..prep
    };
    parts(
        reading,
        edges.left_edge..edges.right_edge + 1,
        object,
        ours,
        head,
        Bond::Sufficient,
        rule!("condition.noun"),
    )
}

/// `a pullout is a precondition for talks`, `demanded a pullout as a condition of talks`.
pub(super) fn precondition(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let prep = reading
        .children_by(at, &[Dep::Prep])
        .find(|&prep| prep > at && reading.is(prep, &["for", "of", "to"]))?;
    let object = reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let above = reading.head(at)?;
    let (verb, wanted, bond) = match reading.dep(at) {
        Dep::Attr if reading.is(above, &["be", "remain"]) => {
            let wanted = reading.children_by(above, &[Dep::Csubj]).next();
            (above, wanted.or_else(|| reading.subjects(above).first().copied())?, Bond::Necessary)
        }
        Dep::Pobj if reading.is(above, &["as"]) => {
            let verb = reading.syntax.ancestors(above).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
            let wanted = reading.children_by(verb, &[Dep::Dobj, Dep::Ccomp]).find(|&it| it < at)?;
            let asks = reading.is(verb, &words::DEMANDING) || reading.is(verb, &words::LAYING_DOWN);
            (verb, wanted, asks.then_some(Bond::Demanded(verb))?)
        }
        // `made a truce a condition`: the parser may set one beside the other.
        Dep::Appos => {
            let verb = reading.head(above).filter(|&verb| reading.is(verb, &words::LAYING_DOWN))?;
            (verb, above, Bond::Demanded(verb))
        }
        Dep::Oprd | Dep::Ccomp | Dep::Xcomp if reading.is(above, &words::LAYING_DOWN) => {
            let wanted = reading.own_subject(at).or_else(|| reading.objects(above).first().copied())?;
            (above, wanted, Bond::Demanded(above))
        }
        _ => return None,
    };
    let known = |head: u32| reading.is_verb(head) || is_requisite(reading, head);
    if is_negated(reading, verb) || reading.is_asked(verb) || !known(object) || !known(wanted) {
        return None;
    }
    let edges = reading.syntax.token(wanted);
    let theirs = edges.left_edge..(edges.right_edge + 1).min(reading.syntax.token(at).left_edge);
    let ours = prep + 1..reading.syntax.token(object).right_edge + 1;
    let found = parts(reading, theirs, wanted, ours, object, bond, rule!("condition.noun"))?;
    Some(Parts { spoken: verb, ..found })
}

/// `any extension will require the approval of all members`.
pub(super) fn requirement(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    if !reading.is_verb(at) || !reading.is(at, &["require", "need"]) || reading.is_passive(at) {
        return None;
    }
    let object = reading.children_by(at, &[Dep::Dobj]).find(|&it| it > at)?;
    let subject =
        reading.own_subject(at).filter(|&it| reading.is_noun(it) && reading.pos(it) != Pos::Pron)?;
    // `required them to leave`: a term. `requires courage`: nothing that anybody gives.
    let term = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).next().is_some();
    let given = reading.is(object, &words::CONSENT)
        && (is_requisite(reading, subject) || reading.is(subject, &words::DELAY));
    let told =
        !is_negated(reading, at) && !reading.is_asked(at) && !crate::clause::premises::is_open(reading, at);
    if term || !given || !told {
        return None;
    }
    let (first, last) = (reading.syntax.token(subject), reading.syntax.token(object));
    let ours = first.left_edge..first.right_edge + 1;
    let theirs = last.left_edge..last.right_edge + 1;
    parts(reading, theirs, object, ours, subject, Bond::Dependent, rule!("condition.depends-on"))
}

/// `the deal depends on their leaving`, `a pullout tied to guarantees`.
pub(super) fn dependence(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let active = reading.is_verb(at) && reading.is(at, &["depend", "hinge"]);
    let passive = reading.is(at, &["tie", "link", "condition", "predicate"])
        && reading.tag(at) == Tag::Vbn
        && (reading.dep(at) == Dep::Acl || reading.child(at, Dep::Auxpass).is_some());
    let adjective =
        reading.pos(at) == Pos::Adj && reading.is(at, &["contingent", "conditional", "dependent", "subject"]);
    if !active && !passive && !adjective || is_negated(reading, at) {
        return None;
    }
    let names: &[&str] =
        if passive || reading.is(at, &["subject"]) { &["to", "on", "upon"] } else { &["on", "upon"] };
    let prep = reading.children_by(at, &[Dep::Prep]).rfind(|&prep| reading.is(prep, names))?;
    let object = reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    // `subject to sanctions`: that is what is done to it.
    if reading.is(at, &["subject"]) && reading.is(object, &words::HARM) {
        return None;
    }
    let mut right = reading.syntax.token(object).right_edge;
    let mut head = object;
    // `on Chad making a deal`: the gerund may hang on the verb above.
    if reading.tag(right + 1) == Tag::Vbg
        && reading
            .syntax
            .ancestors(right + 1)
            .take(STEPS_TO_VERB)
            .any(|up| up == at || reading.head(at) == Some(up))
    {
        head = right + 1;
        right = reading.syntax.token(head).right_edge;
    }
    if !is_requisite(reading, head) && !reading.is_verb(head) {
        return None;
    }
    let theirs = prep + 1..right + 1;
    let above = if active || passive { Some(at) } else { reading.head(at) };
    let above = above.filter(|&above| reading.is_verb(above))?;
    let (ours, ours_head) = if adjective && matches!(reading.dep(at), Dep::Advcl | Dep::Amod | Dep::Advmod) {
        // `will leave within a year, dependent on guarantees`
        (start(reading, above)..at.min(outer_of(reading, at)), above)
    } else {
        let subject = reading.subjects(above).into_iter().next()?;
        let edges = reading.syntax.token(subject);
        (edges.left_edge..edges.right_edge + 1, subject)
    };
    // `the future of Chad depends on a truce`
    let of_power = || {
        let mut whose = reading.after(ours_head, &["of", "for"]);
        whose.extend(reading.children_by(ours_head, &[Dep::Poss]));
        whose.iter().any(|&it| reading.named(it).iter().any(|actor| is_power(reading, actor)))
    };
    if !is_requisite(reading, ours_head) && !reading.is_verb(ours_head) && !of_power() {
        return None;
    }
    parts(reading, theirs, head, ours, ours_head, Bond::Dependent, rule!("condition.depends-on"))
}
