//! Commitments: who is to do what by when; from verbs of agreeing and promising, and from the terms of instruments.

use readout_lexicon::rule;
use readout_record::{ActorId, Agreement, Commitment, Factuality};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};

mod deadlines;
mod group;
mod own;

pub(crate) use group::{Group, actors, and_joined, build, thing_before};
use group::{WILL, group, is_empty_act, joined_verbs};
use own::{by_deed, by_duty, by_speaker, outlined};

use crate::acts::instruments::is_instrument;
use crate::acts::{Act, sides};
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::clause::{factuality, premises};
use crate::words::{commitments as words, conditions};

/// The most steps up the tree from a noun to the premise that contains it.
const STEPS_TO_PREMISE: usize = 6;
/// Auxiliaries of what is only thought of.
const OPEN: &[&str] = &["would", "could", "might", "may"];
/// Adjectives of who is under a duty.
const BOUND: &[&str] = &["committed", "obliged", "obligated"];
/// Finds what people agree or promise to do, grouped by verb, in the order of the text.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<Group> {
    let mut found = Vec::new();
    for at in 0..reading.syntax.len() {
        let group = by_verb(reading, at)
            .or_else(|| by_state(reading, at))
            .or_else(|| by_noun(reading, at))
            .or_else(|| by_plan(reading, at))
            .or_else(|| by_deed(reading, acts, at))
            .or_else(|| by_duty(reading, at));
        found.extend(group);
        found.extend(outlined(reading, at));
    }
    found.extend(acts.iter().filter_map(|act| by_speaker(reading, act)));
    found.sort_by_key(|group| group.head);
    found.dedup_by(|later, earlier| {
        let same = later.head == earlier.head;
        if same {
            earlier.commitments.append(&mut later.commitments);
        }
        same
    });
    found
}

/// `agreed to leave`, `promised that it would leave`, `would agree to leave`.
fn by_verb(reading: &Reading<'_>, at: u32) -> Option<Group> {
    if !reading.is_verb(at) || !reading.is(at, &words::COMMITTING) || reading.is_passive(at) {
        return None;
    }
    let told = factuality::of(reading, at);
    let made = matches!(told, Factuality::Happened | Factuality::Ongoing)
        || told == Factuality::Conditional && is_made(reading, at);
    // `would agree to lift the ban`: what is only planned so far.
    if !made && !is_to_come(reading, at) {
        return None;
    }
    // `had not offered or pledged to leave`; `agrees with the plan to leave`
    let denied = reading.dep(at) == Dep::Conj
        && reading.own_subject(at).is_none()
        && reading.head(at).is_some_and(|first| reading.child(first, Dep::Neg).is_some());
    let agrees_with = reading.is(at, &["agree"])
        && reading.after(at, &["with"]).iter().any(|&it| {
            reading.pos(it) == Pos::Noun && reading.named(it).is_empty() && !reading.is_person(it)
        });
    if denied || agrees_with {
        return None;
    }
    // A pact guarantees, but promises nothing itself.
    let mut doers = reading.doers(at);
    doers.retain(|&head| !is_instrument(reading, head));
    let debtor = actors(reading, &doers);
    let mut creditor = actors(reading, &reading.after(at, &["with"]));
    let told =
        if reading.is(at, &["promise", "guarantee", "assure"]) { reading.objects(at) } else { Vec::new() };
    creditor.extend(actors(reading, &told));
    creditor.retain(|actor| !debtor.contains(actor));
    let mut actions = Vec::new();
    let clauses = reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]);
    // `promised the bloc they would leave`: the clause may hang on who is told.
    let hung = told.iter().flat_map(|&whom| reading.children_by(whom, &[Dep::Relcl]));
    for first in clauses.chain(hung) {
        // `promised that it would`: its own subject must be the one who promises.
        let bare = reading.dep(first) != Dep::Relcl
            && (reading.dep(first) == Dep::Xcomp || reading.is_infinitive(first))
            && !reading.is(at, &["assure"]);
        if reading.is_verb(first) && (bare || is_own_future(reading, first, &debtor)) {
            joined_verbs(reading, first, &mut actions);
        }
    }
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["to", "on"])) {
        for first in reading.children_by(prep, &[Dep::Pcomp]) {
            joined_verbs(reading, first, &mut actions);
        }
    }
    // `pledged support and money`
    if actions.is_empty() && reading.is(at, &words::PLEDGING) {
        actions.extend(reading.objects(at).into_iter().filter(|&object| is_gift(reading, object)));
    }
    // `agreed that …` of things, `promise to do it`: nothing is said that can be checked.
    actions.retain(|&action| !is_empty_act(reading, action));
    let base = act_time(reading, at, reading.clause(at)).and_then(|time| time.from);
    let rule = if made { rule!("commitment.verb") } else { rule!("commitment.planned") };
    let commitments = build(reading, &actions, &debtor, &creditor, base.as_deref(), rule);
    let head = if made { at } else { *actions.first()? };
    let known = !debtor.is_empty() || made && commitments.len() > 1;
    (!commitments.is_empty() && known).then_some(Group { head, commitments })
}

/// Whether the promise of the verb `at` was made, though what is promised depends on a premise: `promised to leave if`.
fn is_made(reading: &Reading<'_>, at: u32) -> bool {
    let finite = reading
        .finite_word(at)
        .is_some_and(|word| matches!(reading.tag(word), Tag::Vbd | Tag::Vbz | Tag::Vbp));
    finite
        && reading.children_by(at, &[Dep::Advcl]).any(|clause| premises::is_premise(reading, clause))
        && reading.child(at, Dep::Neg).is_none()
        && !premises::is_premise(reading, at)
        && !reading.is_asked(at)
}

/// Whether the noun `at` names what is promised: help, money, an act; not harm.
fn is_gift(reading: &Reading<'_>, at: u32) -> bool {
    let money = reading.entity_at(at).is_some_and(|entity| entity.label == EntityLabel::Money);
    (money || reading.is(at, &conditions::REQUISITE)) && !reading.is(at, &conditions::HARM)
}

/// Whether the promise of the verb `at` is foreseen: `will agree`, not `if they agree`, `should agree`.
fn is_to_come(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, WILL))
        && reading.child(at, Dep::Neg).is_none()
        && !premises::is_premise(reading, at)
        && !reading.is_asked(at)
        && !reading
            .children(at)
            .iter()
            .any(|&child| reading.is(child, &["whether", "if", "never"]) && child < at)
}

/// `is committed to leaving`, `is bound to leave`.
fn by_state(reading: &Reading<'_>, at: u32) -> Option<Group> {
    let word = reading.word(at);
    let bound = BOUND.iter().any(|it| it.eq_ignore_ascii_case(word));
    let participle = reading.tag(at) == Tag::Vbn && reading.child(at, Dep::Auxpass).is_some();
    let verb = if participle { at } else { reading.head(at)? };
    let adjective =
        matches!(reading.dep(at), Dep::Acomp | Dep::Oprd) && reading.is(verb, &["be", "remain", "stay"]);
    if !bound || !participle && !adjective {
        return None;
    }
    let told = factuality::of(reading, verb);
    let holds = matches!(told, Factuality::Happened | Factuality::Ongoing)
        || told == Factuality::Conditional && is_made(reading, verb);
    // `an official is obliged to listen`, `he or she`: a rule for anybody binds nobody in particular.
    let anybody = reading.subjects(verb).iter().any(|&subject| {
        reading
            .children_by(subject, &[Dep::Det])
            .any(|word| reading.is(word, &["a", "an", "any", "every", "each"]))
            || reading.children_by(subject, &[Dep::Cc]).any(|word| reading.is(word, &["or"]))
    });
    if !holds || anybody {
        return None;
    }
    let mut actions = Vec::new();
    for first in reading.children_by(at, &[Dep::Xcomp]) {
        joined_verbs(reading, first, &mut actions);
    }
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["to"])) {
        for first in reading.children_by(prep, &[Dep::Pcomp]) {
            joined_verbs(reading, first, &mut actions);
        }
        // `is committed to the withdrawal of its troops`, `to an inclusive peace process`; not `to peace`
        actions.extend(reading.children_by(prep, &[Dep::Pobj]).filter(|&object| {
            let gift = is_gift(reading, object) && !reading.after(object, &["of", "from", "to"]).is_empty();
            let told = reading
                .children_by(object, &[Dep::Amod, Dep::Compound, Dep::Prep])
                .any(|word| reading.tag(word) != Tag::Vbg);
            gift || adjective && told && reading.is_noun(object) && reading.named(object).is_empty()
        }));
    }
    group(reading, at, &actions, &actors(reading, &reading.subjects(verb)), &[], rule!("commitment.verb"))
}

/// `a promise by the rebels to leave`, `their commitment to leaving`; `an agreement of both to leave`.
fn by_noun(reading: &Reading<'_>, at: u32) -> Option<Group> {
    let accord = reading.is(at, &words::ACCORD);
    if reading.pos(at) != Pos::Noun || !accord && !reading.is(at, &words::PROMISE) {
        return None;
    }
    let told = factuality::of(reading, at);
    if matches!(told, Factuality::Denied | Factuality::Demanded) || premises_above(reading, at) {
        return None;
    }
    let mut heads: Vec<u32> = reading.children_by(at, &[Dep::Poss]).collect();
    let names: &[&str] = if accord { &["between", "among"] } else { &["by", "from"] };
    heads.extend(reading.after(at, names));
    let verb = reading.head(at).filter(|&verb| reading.is_verb(verb) && reading.dep(at) == Dep::Dobj);
    let binding = if accord { &words::CONCLUDING } else { &words::MAKING };
    if heads.is_empty()
        && let Some(verb) = verb.filter(|&verb| reading.is(verb, binding))
    {
        heads = reading.doers(verb);
    }
    let debtor = actors(reading, &heads);
    let mut actions = Vec::new();
    // The infinitive may hang on who promises: `promises by the rebels to leave`.
    let below = heads.iter().copied().filter(|&head| head > at).chain(std::iter::once(at));
    for noun in below {
        let acl = reading.children_by(noun, &[Dep::Acl]).filter(|&verb| reading.is_infinitive(verb));
        for first in acl {
            joined_verbs(reading, first, &mut actions);
        }
    }
    if !accord {
        for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["to"])) {
            for first in reading.children_by(prep, &[Dep::Pcomp]) {
                joined_verbs(reading, first, &mut actions);
            }
        }
    }
    let several = debtor.len() > 1;
    let rule = if accord { rule!("commitment.accord") } else { rule!("commitment.noun") };
    if accord && !several {
        return None;
    }
    group(reading, at, &actions, &debtor, &[], rule)
}

/// Whether the noun `at` stands in a premise: `in exchange for a promise`, `if it makes a promise`.
fn premises_above(reading: &Reading<'_>, at: u32) -> bool {
    reading
        .syntax
        .ancestors(at)
        .take(STEPS_TO_PREMISE)
        .any(|up| reading.is_verb(up) && premises::is_premise(reading, up))
}

/// `a framework that would allow Chad to keep its port`: what it has Chad do.
fn by_plan(reading: &Reading<'_>, at: u32) -> Option<Group> {
    if !reading.is_verb(at) || !reading.is(at, &words::HAVING_DO) || reading.child(at, Dep::Neg).is_some() {
        return None;
    }
    let of_plan = |head: u32| reading.is(head, &words::PLAN) || is_instrument(reading, head);
    let subjects = reading.subjects(at);
    if !subjects.iter().any(|&head| of_plan(head)) || reading.is_passive(at) {
        return None;
    }
    // What it lets somebody do is a term only of what is to be; what it would let him do may never be.
    let lets = reading.is(at, &["allow", "permit", "have", "see"]);
    let aux = |words: &[&str]| reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, words));
    let for_sure = aux(&["will", "shall", "'ll", "’ll"]);
    let made = is_concluded(reading, &subjects);
    if is_thought_of(reading, at, &subjects) || lets && !for_sure && !(made && aux(OPEN)) {
        return None;
    }
    let mut actions = Vec::new();
    let act =
        reading.children_by(at, &[Dep::Xcomp, Dep::Ccomp]).find(|&act| act > at && reading.is_verb(act))?;
    and_joined(reading, act, &mut actions);
    let mut heads = reading.objects(at);
    heads.extend(reading.children_by(act, &[Dep::Nsubj]));
    let finite = reading.is_finite_clause(act);
    let debtor = actors(reading, &heads);
    (!finite).then(|| group(reading, at, &actions, &debtor, &[], rule!("commitment.accord"))).flatten()
}

/// Whether the clause of the verb `at` says what an instrument would do, its subject one of `subjects`, that nobody has concluded: `an
/// agreement that would oblige Chad to leave`.
pub(crate) fn is_thought_of(reading: &Reading<'_>, at: u32, subjects: &[u32]) -> bool {
    let open = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, OPEN));
    let article =
        |noun: u32| reading.children_by(noun, &[Dep::Det]).any(|it| reading.is(it, &["a", "an", "any"]));
    open && subjects.iter().any(|&it| article(reading.referent(it))) && !is_concluded(reading, subjects)
}

/// Whether the report says that parties made the instrument that one of `subjects` stands for: `reached a framework that would
/// allow Chad to keep its port`.
fn is_concluded(reading: &Reading<'_>, subjects: &[u32]) -> bool {
    subjects.iter().map(|&it| reading.referent(it)).any(|noun| {
        let verb = reading.head(noun).filter(|_| reading.dep(noun) == Dep::Dobj);
        verb.is_some_and(|verb| {
            reading.is(verb, &words::CONCLUDING) && factuality::of(reading, verb) == Factuality::Happened
        })
    })
}

/// Gives the terms of `rules` that name no agreement the one that stands nearest before them.
pub(crate) fn join_agreements(commitments: &mut [Commitment], agreements: &mut [Agreement]) {
    for commitment in commitments.iter_mut().filter(|it| it.agreement.is_none()) {
        let of_instrument = [rule!("commitment.accord"), rule!("commitment.outline")];
        if !of_instrument.iter().any(|rule| rule.as_str() == commitment.evidence.rule) {
            continue;
        }
        let place = commitment.action.start;
        let nearest = agreements
            .iter_mut()
            .filter_map(|agreement| {
                let starts = agreement.evidence.iter().flat_map(|it| &it.spans).map(|span| span.start);
                let start = starts.filter(|&start| start <= place).max()?;
                Some((start, agreement))
            })
            .max_by_key(|(start, _)| *start);
        if let Some((_, agreement)) = nearest {
            commitment.agreement = Some(agreement.id.clone());
            if !agreement.terms.contains(&commitment.evidence.id) {
                agreement.terms.push(commitment.evidence.id.clone());
            }
        }
    }
}

/// `promised that it would leave`: the act of whoever promises.
fn is_own_future(reading: &Reading<'_>, at: u32, debtor: &[ActorId]) -> bool {
    let will = reading
        .children_by(at, &[Dep::Aux])
        .any(|aux| reading.is(aux, WILL) && reading.child(at, Dep::Neg).is_none());
    let subjects = reading.subjects(at);
    let own = subjects.iter().any(|&head| {
        reading.is(head, &["it", "he", "she", "they", "we", "i"])
            || sides::actors(reading, head).iter().any(|actor| debtor.contains(actor))
    });
    will && own
}
