//! Premises that are clauses: `if they leave`, `not until they leave`, `must leave before we pay`.

use readout_lexicon::rule;
use readout_syntax::{Dep, Pos, Tag};

use super::extent::{
    end, end_of_premise, has_modal, is_demanded, is_due, is_negated, is_only, is_past, is_refused,
    is_requisite, outer_of, own_subject_edge, start, whole,
};
use super::parts::{Bond, Parts, parts};
use crate::clause::premises::{Opening, opening};
use crate::clause::reading::Reading;
use crate::words::conditions as words;
use crate::words::speech;

/// The most steps up the tree from a gerund to the finite clause around it: `no prospect of lifting sanctions until`.
const STEPS_TO_CLAUSE: usize = 4;

/// Returns the premise that the verb `at` heads, with its consequence: `if they leave, we will talk`.
pub(super) fn clause(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let opened = opening(reading, at)?;
    let Opening { rule, first, outer, above } = opened;
    let mut head = above;
    if rule == rule!("condition.if") {
        // `asked if`, `see if`: a question. `What if`, `if only`: no consequence.
        let asked = head < at && (reading.is(head, &words::WHETHER) || is_not_sure(reading, head));
        let before = first.checked_sub(2);
        let what = before
            .is_some_and(|before| reading.is(before, &["what", "as", "even", "especially", "particularly"]));
        // `if he can count on anything, it is …`: a figure of speech.
        let figure =
            reading.subtree(at).any(|it| reading.is(it, &["anything"])) && reading.is(above, &["be"]);
        if asked || what || figure || reading.is(first, &["only", "ever", "not", "any"]) {
            return None;
        }
    }
    // `only when inspectors confirm it` waits for an act of theirs.
    let waits = rule == rule!("condition.only-when") || is_only(reading, outer, head);
    if !is_full(reading, at) || !waits && is_of_truth(reading, at) || is_at_will(reading, at, head) {
        return None;
    }
    // `“If he comes, we will talk,” she said`, hung on `said`.
    if reading.is(head, &speech::SPEECH) {
        let said = reading.children_by(head, &[Dep::Ccomp]).find(|&said| said != at);
        match said {
            // `“We will see if he comes,” she said`
            Some(said) if rule == rule!("condition.if") && said < at && reading.is(said, &words::WHETHER) => {
                return None;
            }
            Some(said) => head = said,
            // `did not say if`
            None if !has_modal(reading, head) => return announced(reading, at, &opened, head),
            None => {}
        }
    }
    if !reading.is(head, &words::THREATENING)
        && let Some(found) = announced(reading, at, &opened, head)
    {
        return Some(found);
    }
    // `if Chad decides it wants the deal back, it …`: the parser takes what is decided for the consequence.
    let behind = reading.children(at).iter().copied().filter(|&child| child > at).max();
    let decided = at < head && behind.is_none() && own_subject_edge(reading, head) == Some(at + 1);
    if decided && reading.is(at, &words::WHETHER) {
        return None;
    }
    let strayed = rule == rule!("condition.inverted") && reading.dep(at) != Dep::Advcl;
    if let Some(near) = stands_behind(reading, outer, head, strayed) {
        head = near;
    }
    head = whole(reading, head);
    if !reading.is_verb(head) && !reading.is_noun(head) {
        return None;
    }
    // `If they leave, many fear that the war will return`
    if at < head && reading.is(head, &words::OPINING) {
        let mut thoughts = reading.children_by(head, &[Dep::Ccomp]);
        head = thoughts.find(|&it| it > head && reading.is_finite_clause(it)).unwrap_or(head);
    }
    // `know if … or if`, `why not help if`; not `know that if they come, they will regret it`
    let asked = reading.dep(head) == Dep::Ccomp
        && !reading.children_by(head, &[Dep::Mark]).any(|mark| reading.is(mark, &["that"]))
        && reading.head(head).is_some_and(|up| up < head && reading.is(up, &words::ASKING));
    let open = reading.children(head).iter().any(|&child| reading.tag(child) == Tag::Wrb && child < head);
    // A quoted premise has its consequence in the quotation.
    let torn = reading.statement_of(at).is_some_and(|it| {
        reading.statement_of(head).map(|it| &it.evidence.id) != Some(&it.evidence.id)
            && reading.statement_by_cue(head).is_none()
    });
    if asked && rule == rule!("condition.if") || open || torn {
        return None;
    }
    // `held on as long as he could`
    let lasting = rule == rule!("condition.as-long-as") || rule == rule!("condition.as-soon-as");
    if lasting && (reading.is(at, &words::HOW_LONG) || is_past(reading, head)) {
        return None;
    }
    let premise_tokens = first..end_of_premise(reading, at);
    let consequence = if head < at {
        let mut end = outer;
        while end > head + 1
            && reading.is(end - 1, &["only", "long", "soon", "as", "so", "but", "even", "and", "except"])
        {
            end -= 1;
        }
        start(reading, head)..end
    } else {
        let from = start(reading, head).max(premise_tokens.end);
        let subject = own_subject_edge(reading, head).filter(|&edge| edge >= from);
        subject.unwrap_or(from)..end(reading, head)
    };
    let strict = rule == rule!("condition.only-when")
        || is_only(reading, outer, head)
        || rule == rule!("condition.unless") && (is_negated(reading, head) || is_refused(reading, above));
    let bond = if strict { Bond::Necessary } else { Bond::Sufficient };
    parts(reading, premise_tokens, at, consequence, head, bond, rule)
}

/// `vowed a tough response if they came`, `warned of consequences if`: what is put in prospect by a noun.
fn announced(reading: &Reading<'_>, at: u32, opened: &Opening, verb: u32) -> Option<Parts> {
    let Opening { rule, first, outer, .. } = *opened;
    let clause = reading.children_by(verb, &[Dep::Ccomp, Dep::Xcomp]).any(|it| it != at);
    if clause || !reading.is(verb, &words::VOICING) || is_negated(reading, verb) || reading.is_asked(verb) {
        return None;
    }
    let named = |noun: &u32| {
        reading.is_noun(*noun) && (reading.is(*noun, &words::HARM) || is_requisite(reading, *noun))
    };
    let noun = reading.objects(verb).into_iter().chain(reading.after(verb, &["of", "with"])).find(named)?;
    let edges = reading.syntax.token(noun);
    let mut last = edges.right_edge + 1;
    if outer > noun {
        last = last.min(outer);
    }
    let premise = first..reading.syntax.token(at).right_edge + 1;
    let found = parts(reading, premise, at, edges.left_edge..last, noun, Bond::Sufficient, rule)?;
    Some(Parts { spoken: verb, ..found })
}

/// Returns what the verb `verb` asks for first, before the act of the clause at `mark`: `insists on a truce before it signs`.
fn asked_for(reading: &Reading<'_>, verb: u32, mark: u32) -> Option<(u32, u32)> {
    let asks = |verb: u32| reading.is(verb, &words::DEMANDING) && reading.is_verb(verb);
    // `wants sanctions lifted before`: the participle may hang on the noun.
    let verb = match reading.dep(verb) {
        _ if asks(verb) => verb,
        Dep::Acl => reading.head(verb).and_then(|noun| reading.head(noun)).filter(|&up| asks(up))?,
        _ => return None,
    };
    let objects = reading.children_by(verb, &[Dep::Dobj]).collect::<Vec<_>>();
    let asked = objects.into_iter().chain(reading.after(verb, &["on", "for"])).find(|&it| it < mark)?;
    Some((verb, asked))
}

/// `not until they leave`, `must leave before we pay`.
pub(super) fn barrier(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    if reading.dep(at) != Dep::Advcl {
        return None;
    }
    let mark = reading
        .children_by(at, &[Dep::Mark, Dep::Prep, Dep::Advmod])
        .find(|&mark| mark < at && reading.is(mark, &["until", "before", "after", "while"]))?;
    let above = reading.head(at)?;
    if !reading.is_verb(above) {
        return None;
    }
    if above > at {
        return barred(reading, at, mark, whole(reading, above));
    }
    // `no prospect of lifting sanctions until`
    let finite_above =
        || reading.syntax.ancestors(above).take(STEPS_TO_CLAUSE).find(|&up| reading.is_finite_clause(up));
    if reading.is(mark, &["before"])
        && let Some((verb, asked)) = asked_for(reading, above, mark)
    {
        let theirs = reading.syntax.token(asked).left_edge..outer_of(reading, mark);
        let ours = mark + 1..reading.syntax.token(at).right_edge + 1;
        return parts(reading, theirs, asked, ours, at, Bond::Demanded(verb), rule!("condition.before"));
    }
    let outer = if reading.dep(above) == Dep::Pcomp { finite_above().unwrap_or(above) } else { above };
    let head = whole(reading, outer);
    // What is told of the past only came first.
    if is_past(reading, head) && !is_demanded(reading, above) {
        return None;
    }
    // `until after they leave`
    let first =
        if reading.is(mark, &["until"]) && reading.is(mark + 1, &["after"]) { mark + 2 } else { mark + 1 };
    let theirs = first..reading.syntax.token(at).right_edge + 1;
    let ours = start(reading, head)..outer_of(reading, mark);
    // Who does both himself, only does one after the other.
    let who = |verb: u32| -> Vec<_> {
        reading.subjects(verb).iter().flat_map(|&it| crate::acts::sides::actors(reading, it)).collect()
    };
    let then_doers = who(at);
    if who(above).iter().any(|it| then_doers.contains(it)) {
        return None;
    }
    let first_of_all = |bond, rule| parts(reading, theirs.clone(), at, ours.clone(), head, bond, rule);
    if reading.is(mark, &["after"]) {
        let only = ours.end < mark && has_modal(reading, head);
        return only.then(|| first_of_all(Bond::Necessary, rule!("condition.only-when"))).flatten();
    }
    // `will not talk while the sanctions remain`
    if reading.is(mark, &["while"]) {
        let apart = mark.checked_sub(1).is_some_and(|before| reading.is(before, &[","]));
        let goes_on = !apart && !is_past(reading, at) || is_lasting(reading, at);
        let holds = is_refused(reading, head) && has_modal(reading, head) && goes_on;
        return holds.then(|| first_of_all(Bond::Necessary, rule!("condition.while"))).flatten();
    }
    // `sanctions will stay until they leave`
    // `is prepared to sustain the siege until they leave`
    let lasting = is_lasting(reading, head) || is_lasting(reading, above);
    let lasts =
        reading.is(mark, &["until"]) && lasting && (has_modal(reading, head) || is_ready(reading, head));
    if lasts || is_refused(reading, head) {
        return first_of_all(Bond::Necessary, rule!("condition.until"));
    }
    // `must leave before we pay`: to leave comes first.
    let acts = reading.subjects(at).iter().any(|&subject| is_thing_of_acts(reading, subject));
    let due = is_due(reading, head) || is_demanded(reading, above);
    if !due || !acts || !reading.is(mark, &["before"]) {
        return None;
    }
    let before = parts(reading, ours, head, theirs, at, Bond::Necessary, rule!("condition.before"))?;
    Some(Parts { spoken: above, ..before })
}

/// `Until they leave, there will be no talks`: what the verb `at` says comes first, before the clause of `head`.
fn barred(reading: &Reading<'_>, at: u32, mark: u32, head: u32) -> Option<Parts> {
    let past = is_past(reading, head) || is_past(reading, at);
    let lasts = has_modal(reading, head) && is_lasting(reading, head);
    let holds = is_refused(reading, head) && has_modal(reading, head) || lasts;
    if !reading.is(mark, &["until"]) || past || !holds || reading.is_asked(head) {
        return None;
    }
    let theirs = mark + 1..reading.syntax.token(at).right_edge + 1;
    let ours = own_subject_edge(reading, head).filter(|&edge| edge >= theirs.end)?..end(reading, head);
    parts(reading, theirs, at, ours, head, Bond::Necessary, rule!("condition.until"))
}

/// Whether the clause of `head` says that somebody is ready for what stands below it: `is prepared to`.
fn is_ready(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Acomp]).any(|it| reading.is(it, &words::AHEAD))
        || reading.is(head, &["prepare"]) && reading.is_passive(head)
}

/// Whether the verb `at` says that something goes on as it is: `remain`, `are in place`, `be on hold`.
fn is_lasting(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &words::LASTING)
        || reading.is(at, &["be"])
            && reading
                .after(at, &["in", "on", "under"])
                .iter()
                .any(|&state| reading.is(state, &words::IN_FORCE))
}

/// The verb that the premise at `outer` stands behind without a mark, though the parser hangs it on the later `head`:
/// `threatened to respond if they came, many said`.
///
/// `strayed` says that the parser hung the premise on a verb that it does not belong to, before or behind it.
fn stands_behind(reading: &Reading<'_>, outer: u32, head: u32, strayed: bool) -> Option<u32> {
    let before = outer.checked_sub(1).filter(|_| head > outer || strayed)?;
    let sentence = reading.sentence_of(outer);
    let word = reading.is_noun(before) || reading.tag(before) == Tag::CloseQuote;
    if !word || before < sentence.start {
        return None;
    }
    let main = |it: u32| reading.is_verb(it) && !matches!(reading.dep(it), Dep::Relcl | Dep::Advcl);
    let near = (sentence.start..=before).rev().find(|&it| main(it))?;
    let says = reading.is(near, &speech::SPEECH) || reading.is(near, &words::VOICING);
    (!says).then_some(near)
}

/// Whether the premise of the verb `at` is a clause: it has a subject, or is short for one (`if attacked`, `if needed`).
fn is_full(reading: &Reading<'_>, at: u32) -> bool {
    own_subject_edge(reading, at).is_some()
        || reading.is(at, &words::SHORT_PREMISE)
        || reading.dep(at) == Dep::Pcomp
}

/// Whether the premise of the verb `at` only asks whether something told is so: `if the report is correct`.
fn is_of_truth(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &words::TRUTH)
        || reading.is(at, &["be"])
            && reading
                .children_by(at, &[Dep::Acomp, Dep::Attr, Dep::Advmod])
                .any(|it| reading.is(it, &words::TRUTH))
        // `if the goal is that`: what is only thought
        || reading.is(at, &["be"])
            && reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]).next().is_some()
            && reading.children_by(at, &[Dep::Nsubj]).any(|it| reading.is(it, &words::IDLE))
}

/// Whether the premise of the verb `at` leaves it to who acts, which is a power of theirs and no term: `could leave if
/// it wanted to`.
fn is_at_will(reading: &Reading<'_>, at: u32, head: u32) -> bool {
    let act = reading.children_by(at, &[Dep::Xcomp]).next();
    let bare = act.is_none_or(|act| {
        reading.pos(act) == Pos::Part || reading.is(act, &["to"]) || reading.is(act, &["do"]) && act > at
    });
    let can = reading.children_by(head, &[Dep::Aux]).any(|aux| reading.is(aux, &["can", "could", "may"]));
    reading.is(at, &words::AT_WILL) && bare && can && reading.children_by(at, &[Dep::Dobj]).next().is_none()
}

/// `not sure if`, `unclear if`.
fn is_not_sure(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Acomp]).any(|it| reading.is(it, &words::WHETHER))
}

/// Whether the subject `head` acts or is acted with: somebody, or `talks`, `sanctions`.
fn is_thing_of_acts(reading: &Reading<'_>, head: u32) -> bool {
    is_requisite(reading, head) || !crate::acts::sides::actors(reading, head).is_empty()
}
