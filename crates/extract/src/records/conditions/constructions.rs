//! The constructions of English that make one thing depend on another, each with its two sides.

use std::ops::Range;

use readout_lexicon::{RuleName, rule};
use readout_record::Factuality;
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use crate::acts::Lexicon;
use crate::acts::instruments::is_instrument;
use crate::clause::factuality;
use crate::clause::premises::{Opening, opening};
use crate::clause::reading::Reading;
use crate::words::conditions as words;
use crate::words::speech;

/// The most steps up the tree from a gerund to the finite clause around it: `no prospect of lifting sanctions until`.
const STEPS_TO_CLAUSE: usize = 4;
/// The most steps up the tree from a phrase to its verb.
const STEPS_TO_VERB: usize = 3;
/// The most steps up the tree from `in return` to its verb. Objects may stand between.
const STEPS_FROM_RETURN: usize = 6;
/// The most steps up the tree from the `for` of a price to its verb: `wanted relief for closing the plant`.
const STEPS_FROM_PRICE: usize = 2;
/// The most verbs above an act that are one clause with it: `would be ready to agree to talk`.
const VERBS_ABOVE: usize = 5;
/// The most verbs of a list that are followed.
const JOINED_VERBS: usize = 4;

/// The most words of either side.
const LONGEST: u32 = 80;

/// The bond between the two sides of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// If the premise, then the consequence.
    Sufficient,
    /// Only if the premise, the consequence: `not until`, `must … before`, `without`.
    Necessary,
    /// The subject of this verb wants the premise for the consequence.
    Demanded(u32),
    /// The subject of this verb offers the consequence for the premise.
    Offered(u32),
    /// The consequence depends on the premise, whoever says so.
    Dependent,
    /// The consequence comes unless what is demanded is done.
    OrElse,
}

/// The two sides of a condition, by span and head token.
pub(super) struct Parts {
    pub(super) premise: ByteSpan,
    pub(super) premise_head: u32,
    pub(super) consequence: ByteSpan,
    pub(super) consequence_head: u32,
    /// The verb or noun whose words somebody says: mostly that of the consequence.
    pub(super) spoken: u32,
    /// Whether the consequence is what an instrument provides for.
    pub(super) of_instrument: bool,
    pub(super) bond: Bond,
    pub(super) rule: RuleName,
}

impl Parts {
    /// Whether what the consequence names may have been done already, or is put as done.
    pub(super) fn is_of_deeds(&self) -> bool {
        matches!(self.bond, Bond::Demanded(_) | Bond::Offered(_))
            || self.rule == rule!("condition.as-long-as")
    }
}

/// Returns the condition that the word `at` makes.
pub(super) fn read(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let parts = if reading.is(at, &["exchange", "return"]) && reading.dep(at) == Dep::Pobj {
        in_return(reading, at)
    } else if reading.dep(at) == Dep::Prep && reading.is(at, &["with", "without"]) {
        circumstance(reading, at)
    } else if reading.dep(at) == Dep::Prep && reading.is(at, &["for"]) {
        price(reading, at)
    } else if reading.is(at, &words::FACING) && reading.dep(at) == Dep::Conj {
        or_else(reading, at)
    } else {
        clause(reading, at).or_else(|| barrier(reading, at)).or_else(|| dependence(reading, at))
    }?;
    (!parts.premise.is_empty() && !parts.consequence.is_empty()).then_some(parts)
}

/// Returns the premise that the verb `at` heads, with its consequence: `if they leave, we will talk`.
fn clause(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let Opening { rule, first, outer, above } = opening(reading, at)?;
    let mut head = above;
    if rule == rule!("condition.if") {
        // `asked if`, `see if`: a question. `What if`, `if only`: no consequence.
        let asked = head < at && (reading.is(head, &words::WHETHER) || is_not_sure(reading, head));
        let before = first.checked_sub(2);
        let what = before.is_some_and(|before| reading.is(before, &["what", "as", "even"]));
        if asked || what || reading.is(first, &["only", "ever", "not", "any"]) {
            return None;
        }
    }
    // `only when inspectors confirm it` waits for an act of theirs.
    let waits = rule == rule!("condition.only-when") || is_only(reading, outer, head);
    if !is_full(reading, at) || !waits && is_of_truth(reading, at) {
        return None;
    }
    // `“If he comes, we will talk,” she said`, hung on `said`.
    if reading.is(head, &speech::SPEECH) {
        let said = reading.children_by(head, &[Dep::Ccomp]).find(|&said| said != at);
        match said {
            Some(said) => head = said,
            // `did not say if`
            None if rule == rule!("condition.if") && !has_modal(reading, head) => return None,
            None => {}
        }
    }
    if let Some(near) = stands_behind(reading, outer, head) {
        head = near;
    }
    head = whole(reading, head);
    if !reading.is_verb(head) && !reading.is_noun(head) {
        return None;
    }
    // `know if … or if`, `why not help if`
    let asked = reading.dep(head) == Dep::Ccomp
        && reading
            .head(head)
            .is_some_and(|up| up < head && reading.is(up, &["ask", "wonder", "know", "see", "doubt"]));
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
    if lasting
        && (reading.is(at, &["can", "take", "need", "want", "like", "possible"]) || is_past(reading, head))
    {
        return None;
    }
    let premise_tokens = first..reading.syntax.token(at).right_edge + 1;
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

/// `not until they leave`, `must leave before we pay`.
fn barrier(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    if reading.dep(at) != Dep::Advcl {
        return None;
    }
    let mark = reading
        .children_by(at, &[Dep::Mark, Dep::Prep, Dep::Advmod])
        .find(|&mark| mark < at && reading.is(mark, &["until", "before", "after"]))?;
    let above = reading.head(at)?;
    if !reading.is_verb(above) || above > at {
        return None;
    }
    // `no prospect of lifting sanctions until`
    let finite_above =
        || reading.syntax.ancestors(above).take(STEPS_TO_CLAUSE).find(|&up| reading.is_finite_clause(up));
    let outer = if reading.dep(above) == Dep::Pcomp { finite_above().unwrap_or(above) } else { above };
    let head = whole(reading, outer);
    // What is told of the past only came first.
    if is_past(reading, head) && !is_demanded(reading, above) {
        return None;
    }
    let theirs = mark + 1..reading.syntax.token(at).right_edge + 1;
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
    // `sanctions will stay until they leave`
    let lasts = reading.is(mark, &["until"]) && reading.is(head, &words::LASTING) && has_modal(reading, head);
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

/// `without a truce, there can be no vote`, `may act only with the approval of the court`.
fn circumstance(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let verb = reading.syntax.ancestors(at).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))?;
    let object = reading.children_by(at, &[Dep::Pobj]).next()?;
    let head = whole(reading, verb);
    if !has_modal(reading, head) || !reading.is_noun(object) || reading.is_asked(at) {
        return None;
    }
    let without = reading.is(at, &["without"]);
    let only = at > 0 && reading.is(at - 1, &["only"]);
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
        start(reading, head)..at - u32::from(only)
    };
    parts(reading, theirs, object, ours, head, bond, rule)
}

/// `the deal depends on their leaving`, `a pullout tied to guarantees`.
fn dependence(reading: &Reading<'_>, at: u32) -> Option<Parts> {
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
    if !is_requisite(reading, ours_head) && !reading.is_verb(ours_head) {
        return None;
    }
    parts(reading, theirs, head, ours, ours_head, Bond::Dependent, rule!("condition.depends-on"))
}

/// `would curb its programme in exchange for relief`; `In return, it would get relief`, of the sentence before.
fn in_return(reading: &Reading<'_>, at: u32) -> Option<Parts> {
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
fn price(reading: &Reading<'_>, at: u32) -> Option<Parts> {
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
    let offers =
        [Some(head), Some(verb), above].into_iter().flatten().find(|&it| reading.is(it, &words::OFFERING));
    // What was done in exchange was done; what an agreement or an aim provides for is still to be.
    let of_instrument = reading.subjects(head).iter().any(|&it| is_instrument(reading, it));
    if done && offers.is_none() && !of_instrument && !reading.is_infinitive(verb) {
        return None;
    }
    let ours = if prep < head {
        own_subject_edge(reading, head).unwrap_or(head).max(other.end)..end(reading, head)
    } else {
        start(reading, head)..prep
    };
    parts(reading, other, other_head, ours, head, Bond::Offered(offers.unwrap_or(head)), rule)
}

/// `In return, they will get relief`: the premise is the sentence before.
fn after_sentence(reading: &Reading<'_>, prep: u32, verb: u32) -> Option<Parts> {
    let sentence = reading.sentence_of(prep);
    let opens =
        (sentence.start..prep).all(|at| matches!(reading.pos(at), Pos::Punct | Pos::Space | Pos::Cconj));
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
fn or_else(reading: &Reading<'_>, at: u32) -> Option<Parts> {
    let first = reading.head(at).filter(|&first| first < at && reading.is_verb(first))?;
    let or = reading.children_by(first, &[Dep::Cc]).any(|cc| reading.is(cc, &["or"]) && cc < at);
    let object = reading.children_by(at, &[Dep::Dobj, Dep::Xcomp]).next();
    let due = is_due(reading, first) || is_demanded(reading, first) || reading.is_infinitive(first);
    if !or || !due || object.is_none() || own_subject_edge(reading, at).is_some() {
        return None;
    }
    let cc = reading.children_by(first, &[Dep::Cc]).rfind(|&cc| cc < at)?;
    let theirs = start(reading, first)..cc;
    parts(reading, theirs, first, at..end(reading, at), at, Bond::OrElse, rule!("condition.or-else"))
}

fn parts(
    reading: &Reading<'_>,
    premise: Range<u32>,
    premise_head: u32,
    consequence: Range<u32>,
    consequence_head: u32,
    bond: Bond,
    rule: RuleName,
) -> Option<Parts> {
    let short = |tokens: &Range<u32>| tokens.start < tokens.end && tokens.end - tokens.start <= LONGEST;
    (short(&premise) && short(&consequence)).then(|| Parts {
        premise: reading.trimmed(premise),
        premise_head,
        consequence: reading.trimmed(consequence),
        consequence_head,
        spoken: consequence_head,
        of_instrument: reading.is_verb(consequence_head)
            && reading.subjects(consequence_head).iter().any(|&it| is_instrument(reading, it)),
        bond,
        rule,
    })
}

/// The verb that the premise at `outer` stands behind without a mark, though the parser hangs it on the later `head`:
/// `threatened to respond if they came, many said`.
fn stands_behind(reading: &Reading<'_>, outer: u32, head: u32) -> Option<u32> {
    let before = outer.checked_sub(1).filter(|_| head > outer)?;
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

/// The verb of the whole clause that `at` is the act of: `ready to talk`, `would agree to talk`, `stop and talk`.
fn whole(reading: &Reading<'_>, at: u32) -> u32 {
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
fn start(reading: &Reading<'_>, head: u32) -> u32 {
    let tokens = reading.syntax.tokens_in(reading.clause(head));
    if reading.is_finite_clause(head) || own_subject_edge(reading, head).is_some() {
        return tokens.start;
    }
    // An infinitive is from its verb on.
    let not = reading.children_by(head, &[Dep::Neg]).filter(|&not| not < head).min();
    not.unwrap_or(head)
}

/// The token after the clause of `head`, with the verbs joined to it that have its subject.
fn end(reading: &Reading<'_>, head: u32) -> u32 {
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

/// The first token of the subject that the verb `head` itself has.
fn own_subject_edge(reading: &Reading<'_>, head: u32) -> Option<u32> {
    reading
        .children_by(head, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj])
        .next()
        .map(|subject| reading.syntax.token(subject).left_edge)
}

/// The first of the tokens before `at` that belong to its conjunction, as `only`.
fn outer_of(reading: &Reading<'_>, at: u32) -> u32 {
    let mut first = at;
    while first > 0 && reading.is(first - 1, &["only", "even", "but"]) {
        first -= 1;
    }
    first
}

/// Whether the premise of the verb `at` is a clause: it has a subject, or is short for one (`if attacked`, `if needed`).
fn is_full(reading: &Reading<'_>, at: u32) -> bool {
    own_subject_edge(reading, at).is_some()
        || reading.is(at, &["need", "necessary", "require", "ask", "attack", "provoke", "request"])
        || reading.dep(at) == Dep::Pcomp
}

/// Whether the premise of the verb `at` only asks whether something told is so: `if the report is correct`.
fn is_of_truth(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &words::TRUTH)
        || reading.is(at, &["be"])
            && reading
                .children_by(at, &[Dep::Acomp, Dep::Attr, Dep::Advmod])
                .any(|it| reading.is(it, &words::TRUTH))
}

/// `not sure if`, `unclear if`.
fn is_not_sure(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Acomp]).any(|it| reading.is(it, &words::WHETHER))
}

/// Whether `only` stands before the conjunction at `outer`, or right before the verb `head`: `could only work if`.
fn is_only(reading: &Reading<'_>, outer: u32, head: u32) -> bool {
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
fn is_past(reading: &Reading<'_>, head: u32) -> bool {
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
fn is_refused(reading: &Reading<'_>, head: u32) -> bool {
    let present = reading.finite_word(head).is_some_and(|it| matches!(reading.tag(it), Tag::Vbz | Tag::Vbp));
    is_negated(reading, head) && (has_modal(reading, head) || present)
        || reading.is(head, &["refuse", "decline"])
        || reading
            .head(head)
            .is_some_and(|up| reading.dep(head) == Dep::Xcomp && reading.is(up, &["refuse", "decline"]))
}

/// Whether the clause of `head` says that something must be.
fn is_due(reading: &Reading<'_>, head: u32) -> bool {
    reading.children_by(head, &[Dep::Aux]).any(|aux| reading.is(aux, &["must", "should", "shall", "ought"]))
        || reading.is(head, &["need", "have"]) && reading.children_by(head, &[Dep::Xcomp]).next().is_some()
}

/// Whether the clause of `at` is what a verb above asks for.
fn is_demanded(reading: &Reading<'_>, at: u32) -> bool {
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

/// Whether the subject `head` acts or is acted with: somebody, or `talks`, `sanctions`.
fn is_thing_of_acts(reading: &Reading<'_>, head: u32) -> bool {
    is_requisite(reading, head) || !crate::acts::sides::actors(reading, head).is_empty()
}
