//! Commitments in the words of those who take them: `“We will not send troops”`, and the acts below an outline.

use readout_lexicon::rule;
use readout_record::{ActorId, PloverCode};
use readout_syntax::{Dep, Tag};
use readout_text::ByteSpan;

use super::deadlines::deadline;
use super::group::{Group, WILL, actors, and_joined, group, is_empty_act};
use crate::acts::Act;
use crate::acts::instruments::is_instrument;
use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::records::conditions::{is_first_person, is_party};
use crate::records::matters::is_weighty;
use crate::words::{commitments as words, conditions, speech};

/// The most verbs before the one that acts: `will continue to stay and support`.
const JOINED_VERBS: usize = 4;
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
/// PLOVER types of what one does against another, or says to him.
const HARSH: &[PloverCode] = &[
    PloverCode::Assault,
    PloverCode::Mobilize,
    PloverCode::Sanction,
    PloverCode::Coerce,
    PloverCode::Threaten,
    PloverCode::Reject,
    PloverCode::Accuse,
    PloverCode::Protest,
];
/// The most tokens of an outline.
const OUTLINE_REACH: u32 = 600;

/// `“We will not send troops”`: what one who speaks for a state says that it will do.
pub(super) fn by_speaker(reading: &Reading<'_>, act: &Act) -> Option<Group> {
    own_word(reading, act.head, Some(act.code), act.recipient_actors(reading))
}

/// `“We will release them”`, `“We will work with Chad”`: what somebody gives or gives up, or what he will do about a party
/// or what parties deal in, by a verb that is no act of the lexicon, or one of neither help nor harm.
pub(super) fn by_deed(reading: &Reading<'_>, acts: &[Act], at: u32) -> Option<Group> {
    if !reading.is_verb(at) {
        return None;
    }
    let act = acts.get(acts.partition_point(|act| act.head < at)).filter(|act| act.head == at);
    let decided = act.is_some_and(|act| KIND.contains(&act.code) || HARSH.contains(&act.code));
    // To stop what is good is no gift: `will suspend the aid`.
    let takes = reading.is(at, &conditions::STOPPING)
        && reading.objects(at).iter().any(|&it| reading.is(it, &conditions::GOOD))
        || reading.objects(at).iter().any(|&it| reading.is(it, &conditions::HARM));
    let gives = reading.is(at, &words::GIVING) && reading.child(at, Dep::Dobj).is_some();
    let deals = || {
        let mut about: Vec<u32> = reading.children_by(at, &[Dep::Dobj]).collect();
        about.extend(reading.after(at, &["with", "to", "for", "on", "in"]));
        let works = reading.is(at, &["work", "ensure", "prevent"]);
        let idle = reading.is(at, &conditions::NO_ACT) && !works || reading.is_passive(at);
        let talks = act.is_some_and(|act| act.code != PloverCode::Consult || !works)
            || reading.is(at, &speech::SPEECH)
            || reading.is(at, &speech::HOPING);
        let suffers = reading.is(at, &words::SUFFERING);
        !idle && !talks && !suffers && about.iter().any(|&it| is_weighty(reading, it))
    };
    if decided || takes || !gives && !deals() { None } else { own_word(reading, at, None, Vec::new()) }
}

/// What one who speaks for a state says that it will do: the act of the verb `head`.
fn own_word(
    reading: &Reading<'_>,
    head: u32,
    code: Option<PloverCode>,
    mut creditor: Vec<ActorId>,
) -> Option<Group> {
    let mut verb = head;
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
    // `will in no way allow it`
    let in_no_way = reading
        .after(verb, &["in", "under"])
        .iter()
        .any(|&it| reading.children_by(it, &[Dep::Det]).any(|det| reading.is(det, &["no"])));
    let negated = reading.child(verb, Dep::Neg).is_some() || in_no_way;
    let kind = if negated { HOSTILE } else { KIND };
    let fits = code.map_or(!negated, |code| kind.contains(&code));
    // `asked whether he would help`
    let whether = reading
        .children(verb)
        .iter()
        .any(|&mark| mark < verb && reading.is(mark, &["whether", "if", "what", "how", "when"]));
    let asked = whether || reading.is_asked(verb) || premises::is_premise(reading, verb);
    if !will
        || !fits
        || asked
        || reading.is(verb, &words::COMMITTING)
        || reading.is(head, &words::COMMITTING)
        || reading.is(verb, &["let"])
        || reading.is(verb, &words::SUFFERING)
        || is_empty_act(reading, verb)
    {
        return None;
    }
    // `so that we will help`, `a plan that will help`
    if !matches!(reading.dep(verb), Dep::Root | Dep::Ccomp | Dep::Conj | Dep::Parataxis) {
        return None;
    }
    // `hoped that both would stay calm`: nobody undertakes it.
    if reading
        .head(verb)
        .is_some_and(|above| reading.dep(verb) == Dep::Ccomp && reading.is(above, &speech::HOPING))
    {
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
    // `failing to help would send a message`
    if subjects.iter().any(|&head| reading.is_verb(head)) || reading.child(verb, Dep::Csubj).is_some() {
        return None;
    }
    // `his bill would give them a year`
    if subjects.iter().any(|&head| is_instrument(reading, head) || reading.is(head, &words::PLAN)) {
        return None;
    }
    let first = subjects.iter().any(|&head| is_first_person(reading, head));
    // `I would strike them`: only a thought.
    let supposes = reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["would"]));
    if first && supposes {
        return None;
    }
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
    creditor.retain(|actor| !debtor.contains(actor));
    let mut actions = Vec::new();
    and_joined(reading, verb, &mut actions);
    actions.retain(|&action| action == verb || !reading.is_finite_clause(action));
    group(reading, verb, &actions, &debtor, &creditor, rule!("commitment.own"))
}

/// `Chad is to leave by Friday`: a duty with its day, as the report tells it.
pub(super) fn by_duty(reading: &Reading<'_>, at: u32) -> Option<Group> {
    if !reading.is_verb(at) || deadline(reading, at, None, &mut None).is_none() {
        return None;
    }
    let above = reading.head(at).filter(|_| reading.dep(at) == Dep::Xcomp && reading.is_infinitive(at));
    let must = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["must", "shall"]));
    let verb = match above {
        // `is to leave`, `will have to leave`, `is required to leave`
        Some(above) => Some(above).filter(|&above| {
            reading.is(above, &["be", "have"])
                || reading.is(above, &words::OBLIGING) && reading.is_passive(above)
        })?,
        None if must && reading.statement_of(at).is_none() => at,
        None => return None,
    };
    let told = reading.is_finite_clause(verb)
        && reading.child(verb, Dep::Neg).is_none()
        && !reading.is_asked(verb)
        // `had to leave on Friday`: it is over.
        && !(reading.is(verb, &["have"]) && reading.tag(verb) == Tag::Vbd)
        && !premises::is_open(reading, verb);
    let debtor = actors(reading, &reading.subjects(at));
    if !told || !debtor.iter().any(|actor| is_party(reading, actor)) {
        return None;
    }
    group(reading, at, &[at], &debtor, &[], rule!("commitment.duty"))
}

/// `Here is the outline of the deal:`, and what each sentence below says that somebody will do.
pub(super) fn outlined(reading: &Reading<'_>, at: u32) -> Vec<Group> {
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
    // The words before the colon announce it, not a sentence before theirs.
    let sentence = reading.sentence_of(at);
    let mut intro = syntax
        .tokens_in(ByteSpan::new(line as u32, syntax.token(at).span.start))
        .filter(|token| sentence.contains(token));
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
