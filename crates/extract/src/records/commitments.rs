//! Commitments: who is to do what by when; from verbs of agreeing and promising, and from the terms of instruments.

use readout_annotate::times::{TimeExpression, TimeKind};
use readout_lexicon::{RuleName, rule};
use readout_record::calendar::{add_days, add_months, date_of};
use readout_record::{ActorId, Agreement, Commitment, Deadline, Factuality, PloverCode};
use readout_syntax::{Dep, Pos, Tag};
use readout_text::ByteSpan;

use super::conditions::{is_first_person, is_party};
use crate::acts::instruments::is_instrument;
use crate::acts::{Act, sides};
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::clause::{factuality, premises};
use crate::once::add_once;
use crate::words::commitments as words;

/// The most steps up the tree from a noun to the premise that contains it.
const STEPS_TO_PREMISE: usize = 6;
/// The most steps up the tree from the noun of an act to its verb: `calls for a withdrawal within a year`.
const STEPS_TO_VERB: usize = 2;
/// The most verbs before the one that acts: `will continue to stay and support`.
const JOINED_VERBS: usize = 4;

/// Adjectives of who is under a duty.
const BOUND: &[&str] = &["committed", "obliged", "obligated"];
/// PLOVER types of what one does for another.
const KIND: &[PloverCode] = &[
    PloverCode::Agree,
    PloverCode::Support,
    PloverCode::Cooperate,
    PloverCode::Aid,
    PloverCode::Retreat,
    PloverCode::Concede,
];
/// PLOVER types of what one does against another.
const HOSTILE: &[PloverCode] =
    &[PloverCode::Assault, PloverCode::Mobilize, PloverCode::Sanction, PloverCode::Coerce];
/// The most tokens of an outline.
const OUTLINE_REACH: u32 = 600;

/// Commitments that one verb or list makes.
pub(crate) struct Group {
    /// The verb: `agreed`, `include`.
    pub(crate) head: u32,
    /// The commitments, in order.
    pub(crate) commitments: Vec<Commitment>,
}

/// Finds what people agree or promise to do, grouped by verb, in the order of the text.
pub(crate) fn find(reading: &Reading<'_>, acts: &[Act]) -> Vec<Group> {
    let mut found = Vec::new();
    for at in 0..reading.syntax.len() {
        let group = by_verb(reading, at)
            .or_else(|| by_state(reading, at))
            .or_else(|| by_noun(reading, at))
            .or_else(|| by_plan(reading, at));
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
    let made = matches!(factuality::of(reading, at), Factuality::Happened | Factuality::Ongoing);
    // `would agree to lift the ban`: what is only planned so far.
    if !made && !is_to_come(reading, at) {
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
    // `agreed that …` of things, `promise to do it`: nothing is said that can be checked.
    actions.retain(|&action| !is_empty_act(reading, action));
    let base = act_time(reading, at, reading.clause(at)).and_then(|time| time.from);
    let rule = if made { rule!("commitment.verb") } else { rule!("commitment.planned") };
    let commitments = build(reading, &actions, &debtor, &creditor, base.as_deref(), rule);
    let head = if made { at } else { *actions.first()? };
    let known = !debtor.is_empty() || made && commitments.len() > 1;
    (!commitments.is_empty() && known).then_some(Group { head, commitments })
}

/// Adds `first` and the verbs joined to it that have its form: `to leave and pay`, not `to leave but stayed`.
fn joined_verbs(reading: &Reading<'_>, first: u32, found: &mut Vec<u32>) {
    let from = found.len();
    and_joined(reading, first, found);
    let bare = |at: u32| matches!(reading.tag(at), Tag::Vb | Tag::Vbp);
    let mut at = 0;
    found.retain(|&act| {
        at += 1;
        at <= from
            || reading.is_verb(act) && (reading.tag(act) == reading.tag(first) || bare(act) && bare(first))
    });
}

/// `do it`, `do so`; `it would be the last time`.
fn is_empty_act(reading: &Reading<'_>, at: u32) -> bool {
    let of_it = reading.children_by(at, &[Dep::Nsubj]).any(|subject| reading.is(subject, &["it"]));
    if reading.is(at, &["be"]) && of_it {
        return true;
    }
    reading.is(at, &["do"])
        && reading.children(at).iter().all(|&child| {
            child < at
                || matches!(reading.dep(child), Dep::Punct | Dep::Advmod | Dep::Cc | Dep::Conj)
                || reading.is(child, &["it", "so", "this", "that"])
        })
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
    if !matches!(factuality::of(reading, verb), Factuality::Happened | Factuality::Ongoing) {
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
    // What it lets somebody do is a term only of what is to be.
    let lets = reading.is(at, &["allow", "permit", "have", "see"]);
    if lets && !reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, WILL)) {
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

/// `“We will not send troops”`: what one who speaks for a state says that it will do.
fn by_speaker(reading: &Reading<'_>, act: &Act) -> Option<Group> {
    let mut verb = act.head;
    if !reading.is_verb(verb) {
        return None;
    }
    // `will continue to support`, `will stay and support`
    for _ in 0..JOINED_VERBS {
        let Some(above) = reading.head(verb) else { break };
        let goes_on =
            reading.dep(verb) == Dep::Xcomp && reading.is(above, &["continue", "keep", "go", "begin"]);
        let joined = reading.dep(verb) == Dep::Conj
            && reading.is_verb(above)
            && !reading.is_finite_clause(verb)
            && reading.own_subject(verb).is_none();
        if !goes_on && !joined {
            break;
        }
        verb = above;
    }
    let will = reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, WILL));
    let negated = reading.child(verb, Dep::Neg).is_some();
    let kind = if negated { HOSTILE } else { KIND };
    let asked = reading.is_asked(verb) || premises::is_premise(reading, verb);
    if !will
        || !kind.contains(&act.code)
        || asked
        || reading.is(verb, &words::COMMITTING)
        || reading.is(act.head, &words::COMMITTING)
        || reading.is(verb, &["let"])
    {
        return None;
    }
    // `so that we will help`, `a plan that will help`
    if !matches!(reading.dep(verb), Dep::Root | Dep::Ccomp | Dep::Conj | Dep::Parataxis) {
        return None;
    }
    let statement = reading.statement_of(verb)?;
    let [speaker] = statement.speaker.as_slice() else { return None };
    if !is_party(reading, speaker) {
        return None;
    }
    let state =
        reading.chain_of(speaker).and_then(|chain| chain.state.as_ref()).map(|state| ActorId::state(state));
    let subjects = reading.subjects(verb);
    let first = subjects.iter().any(|&head| is_first_person(reading, head));
    let mut debtor = actors(reading, &subjects);
    if first {
        debtor = vec![speaker.clone()];
        let we = subjects.iter().any(|&head| !reading.is(head, &["i"]));
        debtor.extend(state.iter().filter(|_| we).cloned());
    }
    let own = first || debtor.iter().any(|actor| actor == speaker || Some(actor) == state.as_ref());
    if !own {
        return None;
    }
    let mut creditor = act.recipient_actors(reading);
    creditor.retain(|actor| !debtor.contains(actor));
    let mut actions = Vec::new();
    and_joined(reading, verb, &mut actions);
    actions.retain(|&action| action == verb || !reading.is_finite_clause(action));
    group(reading, verb, &actions, &debtor, &creditor, rule!("commitment.own"))
}

/// `Here is the outline of the deal:`, and what each sentence below says that somebody will do.
fn outlined(reading: &Reading<'_>, at: u32) -> Vec<Group> {
    let syntax = reading.syntax;
    let text = syntax.text();
    let ends = reading.is(at, &[":"])
        && text
            .get(syntax.token(at).span.end as usize..)
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r', ')']).starts_with('\n'));
    if !ends {
        return Vec::new();
    }
    let line =
        text.get(..syntax.token(at).span.start as usize).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
    let mut intro = syntax.tokens_in(ByteSpan::new(line as u32, syntax.token(at).span.start));
    let announces =
        intro.any(|it| reading.is_noun(it) && reading.is(it, &words::OUTLINE) || is_instrument(reading, it));
    if !announces {
        return Vec::new();
    }
    let mut groups = Vec::new();
    let from = syntax.token(at).span.end as usize;
    let body = text.get(from..).unwrap_or_default();
    let body = from + (body.len() - body.trim_start_matches([' ', '\t', '\r', '\n', ')']).len());
    let end = text.get(body..).and_then(|rest| rest.find('\n')).map_or(text.len(), |it| body + it);
    let tokens = syntax.tokens_in(ByteSpan::new(body as u32, end as u32));
    for root in tokens.take(OUTLINE_REACH as usize).filter(|&it| reading.dep(it) == Dep::Root) {
        let will =
            reading.children_by(root, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "shall", "must"]));
        // What is promised in so many words is read there.
        if !reading.is_verb(root)
            || !will
            || reading.is(root, &words::COMMITTING)
            || reading.child(root, Dep::Neg).is_some()
        {
            continue;
        }
        let subjects = reading.subjects(root);
        let debtor = actors(reading, &subjects);
        if subjects.iter().any(|&it| is_instrument(reading, it))
            || !debtor.iter().any(|it| is_party(reading, it))
        {
            continue;
        }
        groups.extend(group(reading, root, &[root], &debtor, &[], rule!("commitment.outline")));
    }
    groups
}

/// The commitments of `debtor` to `actions`, if there are both.
fn group(
    reading: &Reading<'_>,
    head: u32,
    actions: &[u32],
    debtor: &[ActorId],
    creditor: &[ActorId],
    rule: RuleName,
) -> Option<Group> {
    if debtor.is_empty() {
        return None;
    }
    let base = act_time(reading, head, reading.clause(head)).and_then(|time| time.from);
    let commitments = build(reading, actions, debtor, creditor, base.as_deref(), rule);
    (!commitments.is_empty()).then_some(Group { head, commitments })
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

/// Auxiliaries of what is to come.
const WILL: &[&str] = &["will", "would", "'ll", "’ll", "shall"];

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

/// `first` and the verbs joined to it.
pub(crate) fn and_joined(reading: &Reading<'_>, first: u32, found: &mut Vec<u32>) {
    let mut next = Some(first);
    while let Some(at) = next {
        if found.contains(&at) || found.len() >= 24 {
            return;
        }
        found.push(at);
        next = reading.children_by(at, &[Dep::Conj]).next();
    }
}

/// One commitment for each of `actions`.
pub(crate) fn build(
    reading: &Reading<'_>,
    actions: &[u32],
    debtor: &[ActorId],
    creditor: &[ActorId],
    base: Option<&str>,
    rule: RuleName,
) -> Vec<Commitment> {
    let mut unit: Option<String> = None;
    let mut found = Vec::new();
    for (number, &action) in actions.iter().enumerate() {
        let mut span = reading.clause(action);
        // From the act itself: `to` and the subject are no part of it.
        if reading.is_verb(action) {
            let start = reading
                .children(action)
                .iter()
                .copied()
                .filter(|&child| child < action && matches!(reading.dep(child), Dep::Neg | Dep::Advmod))
                .min()
                .unwrap_or(action);
            span = ByteSpan::new(reading.syntax.token(start).span.start, span.end);
        } else {
            // A noun phrase of a list ends before the next item.
            let phrase = reading.syntax.subtree(action);
            let end =
                actions.get(number + 1).map_or(phrase.end, |&next| reading.syntax.token(next).left_edge);
            let mut end = end.clamp(action + 1, phrase.end.max(action + 1));
            while end > action + 1 && matches!(reading.dep(end - 1), Dep::Cc | Dep::Punct) {
                end -= 1;
            }
            span = reading.trimmed(phrase.start..end);
        }
        if span.is_empty() {
            continue;
        }
        // `the withdrawal of its troops`: a noun may say whose act it is.
        let own = if debtor.is_empty() && !reading.is_verb(action) {
            doers_of_term(reading, action)
        } else {
            debtor.to_vec()
        };
        let (deadline, words) = deadline(reading, action, base, &mut unit).unzip();
        // `hold elections within 18 months`: to hold elections is the act.
        let act = words.filter(|words| words.end >= span.end && words.start > span.start).map(|words| {
            let act = ByteSpan::new(span.start, words.start);
            let text = act.slice(reading.syntax.text());
            let kept = text.trim_end_matches(|mark: char| mark.is_whitespace() || mark == ',').len();
            ByteSpan::new(span.start, span.start + kept as u32)
        });
        found.push(Commitment {
            evidence: reading.evidence("commitment", "", span, rule, 0.8),
            debtor: own,
            creditor: creditor.to_vec(),
            action: reading.offsets.to_chars(act.unwrap_or(span)),
            deadline,
            agreement: None,
            statement: reading.reported_by(action),
        });
    }
    found
}

/// The actors of the act that the noun `at` of a list of terms names.
fn doers_of_term(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let mut heads = reading.after(at, &["by"]);
    if heads.is_empty() && reading.is(at, &words::OWN_MOVE) {
        heads = reading.after(at, &["of"]);
    }
    if heads.is_empty() {
        heads.extend(reading.children_by(at, &[Dep::Poss]));
    }
    actors(reading, &heads)
}

/// The actors behind `heads`.
pub(crate) fn actors(reading: &Reading<'_>, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    add_once(&mut found, heads.iter().flat_map(|&head| sides::actors(reading, reading.substance(head))));
    found
}

/// Returns the deadline of `action`, and its span. `unit` is the unit of the deadline before it, for `within six months
/// and … within 18`.
fn deadline(
    reading: &Reading<'_>,
    action: u32,
    base: Option<&str>,
    unit: &mut Option<String>,
) -> Option<(Deadline, ByteSpan)> {
    let mut preps: Vec<u32> = reading.children_by(action, &[Dep::Prep]).collect();
    for object in reading.children_by(action, &[Dep::Dobj]) {
        preps.extend(reading.children_by(object, &[Dep::Prep]));
    }
    // `calls for a withdrawal within a year`: the deadline of a noun may hang on its verb.
    if !reading.is_verb(action)
        && let Some(verb) =
            reading.syntax.ancestors(action).take(STEPS_TO_VERB).find(|&up| reading.is_verb(up))
    {
        preps.extend(reading.children_by(verb, &[Dep::Prep]).filter(|&prep| prep > action));
    }
    for prep in preps {
        let Some(object) = reading.children_by(prep, &[Dep::Pobj]).next() else { continue };
        let span = reading.syntax.span(prep..reading.syntax.token(object).right_edge.max(prep) + 1);
        let time = time_in(reading, span);
        if reading.is(prep, &["within"]) && (time.is_some() || reading.tag(object) == Tag::Cd) {
            let mut text = span.slice(reading.syntax.text()).to_owned();
            let mut value = time.map(|time| time.value.clone());
            if reading.tag(object) == Tag::Cd {
                // The unit is understood from the deadline before.
                let unit = unit.as_ref()?;
                text = format!("{} {} {unit}", reading.syntax.word(prep), reading.syntax.word(object));
                value = duration(reading.syntax.word(object), unit);
            } else {
                *unit = Some(reading.syntax.word(object).to_owned());
            }
            let due = base.zip(value.as_deref()).and_then(|(base, value)| after(base, value));
            let from = due.is_some().then(|| base.and_then(date_of).map(str::to_owned)).flatten();
            return Some((Deadline { text, due, from }, span));
        }
        if reading.is(prep, &["by", "before", "until"])
            && let Some(time) = time.filter(|time| time.kind != TimeKind::Duration)
        {
            let text = span.slice(reading.syntax.text()).to_owned();
            // The interval is half-open: by Friday is due on Friday, before Friday on the day before.
            let due = if reading.is(prep, &["before"]) {
                time.time.from.as_deref().and_then(|from| add_days(from, -1))
            } else {
                time.time.to.as_deref().and_then(|to| add_days(to, -1))
            };
            return Some((Deadline { text, due, from: None }, span));
        }
    }
    None
}

fn time_in<'a>(reading: &Reading<'a>, span: ByteSpan) -> Option<&'a TimeExpression> {
    let times = &reading.annotations.times;
    let from = times.partition_point(|time| time.span.end <= span.start);
    times.get(from..).unwrap_or_default().iter().take_while(|time| time.span.start < span.end).next()
}

/// `18` `months` as `P18M`.
fn duration(number: &str, unit: &str) -> Option<String> {
    let number: u32 = number.parse().ok()?;
    let letter = match unit.to_lowercase().trim_end_matches('s') {
        "day" => 'D',
        "week" => 'W',
        "month" => 'M',
        "year" => 'Y',
        _ => return None,
    };
    Some(format!("P{number}{letter}"))
}

/// The day `value` (`P6M`, `P10D`) after `base`.
fn after(base: &str, value: &str) -> Option<String> {
    let (number, unit) =
        value.strip_prefix('P').and_then(|rest| rest.split_at_checked(rest.len().checked_sub(1)?))?;
    let number: i64 = number.parse().ok().filter(|number: &i64| (0..100_000).contains(number))?;
    match unit {
        "D" => add_days(base, number),
        "W" => add_days(base, number * 7),
        "M" => add_months(base, number),
        "Y" => add_months(base, number * 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_counted_from_their_base() {
        assert_eq!(after("2019-08-31", "P6M").as_deref(), Some("2020-02-29"));
        assert_eq!(after("2019-12-30T10:00", "P3D").as_deref(), Some("2020-01-02"));
        assert_eq!(after("2019-12-30", "PT3H"), None);
        assert_eq!(after("soon", "P3D"), None);
        assert_eq!(add_days("2020-03-01", -1).as_deref(), Some("2020-02-29"));
    }

    #[test]
    fn an_understood_unit_is_filled_in() {
        assert_eq!(duration("18", "months").as_deref(), Some("P18M"));
        assert_eq!(duration("18", "seats"), None);
    }
}
