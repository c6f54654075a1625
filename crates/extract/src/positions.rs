//! Positions: who is for or against what, where a report says so in so many words.

use readout_annotate::{Dep, Pos, Tag};
use readout_record::{ActorId, ActorKind, Position, RecordId, Stance, Tone, ids};
use readout_text::ByteSpan;

use crate::conditions::Found;
use crate::events::reported_by;
use crate::reading::Reading;

const FOR: &[&str] = &[
    "want", "insist", "demand", "support", "back", "favor", "favour", "endorse", "seek", "advocate",
    "welcome", "urge", "prefer", "champion",
];
const AGAINST: &[&str] = &["oppose", "reject", "resist", "condemn", "denounce", "object"];
/// Adjectives with a preposition and a complement.
const ADJECTIVES: &[(&str, &[&str], Stance)] = &[
    ("interested", &["in"], Stance::For),
    ("committed", &["to"], Stance::For),
    ("opposed", &["to"], Stance::Against),
];

/// The stances of the document, in order. `event_at` gives the event whose predicate is that token, `premise_of` the
/// condition's premise in a statement.
pub(crate) fn find(
    reading: &Reading<'_>,
    event_at: &dyn Fn(u32) -> Option<RecordId>,
    premise_of: &dyn Fn(&str) -> Option<String>,
) -> Vec<Position> {
    let mut found: Vec<Position> = Vec::new();
    for at in 0..reading.syntax.len() {
        let Some((heads, issue, stance)) = verb(reading, at).or_else(|| adjective(reading, at)) else {
            continue;
        };
        let issue = issue.slice(reading.syntax.text()).trim().to_owned();
        // Without a record that shows it, a stance is no part of the record.
        let Some(evidence) = reported_by(reading, at).or_else(|| cue(reading, at)).or_else(|| event_at(at))
        else {
            continue;
        };
        let issue = issue.strip_prefix("that ").unwrap_or(&issue).to_owned();
        // `that is what we want to see`: the issue is what it hangs on.
        let issue = if issue.split_whitespace().count() < 3 {
            match premise_of(&evidence) {
                Some(premise) => premise,
                None if issue.split_whitespace().count() < 2 || issue.starts_with("to ") => continue,
                None => issue,
            }
        } else {
            issue
        };
        for actor in holders(reading, at, &heads) {
            let known = found
                .iter_mut()
                .rev()
                .take(40)
                .find(|known| known.actor == actor && known.issue == issue && known.stance == stance);
            if let Some(known) = known {
                if !known.evidence.contains(&evidence) {
                    known.evidence.push(evidence.clone());
                }
                continue;
            }
            found.push(position(reading, actor, &issue, stance, &evidence));
        }
    }
    found
}

/// Verbs for what goes on as it is.
const LASTING: &[&str] = &["continue", "remain", "stay", "keep", "maintain", "persist", "hold"];

/// What threats show: who says that sanctions will stay unless something is done is for them; who only threatens with
/// them is so on a condition.
pub(crate) fn of_threats(reading: &Reading<'_>, conditions: &[Found]) -> Vec<Position> {
    let mut found: Vec<Position> = Vec::new();
    for Found { condition, consequence, .. } in
        conditions.iter().filter(|it| it.condition.tone == Tone::Threat)
    {
        let Some(statement) = &condition.statement else { continue };
        let stance = if reading.is(*consequence, LASTING) { Stance::For } else { Stance::Conditional };
        let issue = condition.evidence.text.clone();
        for actor in &condition.by {
            let actor =
                state_of(reading, actor).map_or_else(|| actor.clone(), |state| format!("state:{state}"));
            let position = position(reading, actor, &issue, stance, statement);
            if found.iter().rev().take(40).all(|known| known.id != position.id) {
                found.push(position);
            }
        }
    }
    found
}

fn position(
    reading: &Reading<'_>,
    actor: ActorId,
    issue: &str,
    stance: Stance,
    evidence: &RecordId,
) -> Position {
    let key = format!("{}\n{issue}\n{stance:?}", reading.document.id);
    Position {
        id: ids::linked_id("position", [actor.as_str(), key.as_str()]),
        actor,
        issue: issue.to_owned(),
        stance,
        since: reading.document.published.as_deref().and_then(|date| date.get(..10)).map(str::to_owned),
        evidence: vec![evidence.clone()],
    }
}

/// The statement whose words of saying hold token `at`: `opposes` is itself a cue.
fn cue(reading: &Reading<'_>, at: u32) -> Option<RecordId> {
    reading.statement_by_cue(at).map(|number| reading.statements[number].evidence.id.clone())
}

/// Who holds the stance: an official's `we` is the state.
fn holders(reading: &Reading<'_>, at: u32, heads: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    for &head in heads {
        let we = reading.is(head, &["we", "us"]);
        let mut actors = reading.actors(head);
        if actors.is_empty() && we {
            let statement = reading.statement_of(at).map(|number| &reading.statements[number]);
            actors = statement.map(|statement| statement.speaker.clone()).unwrap_or_default();
        }
        for actor in actors {
            let state = we.then(|| state_of(reading, &actor)).flatten();
            let actor = state.map_or(actor, |state| format!("state:{state}"));
            if !found.contains(&actor) {
                found.push(actor);
            }
        }
    }
    found
}

/// The state that the person `actor` acts for.
fn state_of(reading: &Reading<'_>, actor: &ActorId) -> Option<String> {
    let chain = reading.chain_of(actor)?;
    matches!(chain.kind, ActorKind::Person | ActorKind::Office).then(|| chain.state.clone()).flatten()
}

/// Head tokens of the holders, the words for the issue, the stance.
type Held = (Vec<u32>, ByteSpan, Stance);

fn verb(reading: &Reading<'_>, at: u32) -> Option<Held> {
    let stance = if reading.is(at, FOR) {
        Stance::For
    } else if reading.is(at, AGAINST) {
        Stance::Against
    } else {
        return None;
    };
    // `who Syrian groups want removed`: the parser may take `want` for an auxiliary.
    if reading.dep(at) == Dep::Aux && reading.is(at, &["want"]) {
        let verb = reading.syntax.head(at)?;
        let mut subjects: Vec<u32> = reading.children_by(at, &[Dep::Nsubj]).collect();
        subjects.extend(reading.children_by(verb, &[Dep::Nsubj]).filter(|&child| child < at));
        let noun = reading.antecedent(verb)?;
        let issue = reading.trimmed(noun..reading.syntax.token(verb).right_edge + 1);
        let heads: Vec<u32> =
            subjects.into_iter().filter(|&head| !matches!(reading.tag(head), Tag::Wp | Tag::Wdt)).collect();
        return (!heads.is_empty()).then_some((heads, issue, stance));
    }
    if !reading.is_verb(at) || reading.syntax.token(at).pos != Pos::Verb || reading.is_passive(at) {
        return None;
    }
    let heads = reading.subjects(at);
    if heads.is_empty() {
        return None;
    }
    let complement = reading
        .children_by(at, &[Dep::Xcomp, Dep::Ccomp, Dep::Dobj])
        .find(|&child| child > at)
        .or_else(|| {
            let prep = reading.children_by(at, &[Dep::Prep]).find(|&prep| reading.is(prep, &["on", "to"]))?;
            let stance = reading.is(at, &["insist", "object"]);
            reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next().filter(|_| stance)
        })?;
    // `seek refuge`, `back it`: an issue has words of its own.
    if reading.syntax.token(complement).pos == Pos::Pron {
        return None;
    }
    let end = reading.clause(at).end;
    let from = reading.syntax.token(complement).left_edge.max(at + 1);
    let span = ByteSpan::new(
        reading.syntax.token(from).span.start,
        end.max(reading.syntax.token(complement).span.end),
    );
    Some((heads, reading.trimmed(reading.syntax.tokens_in(span)), shifted(reading, at, stance)))
}

fn adjective(reading: &Reading<'_>, at: u32) -> Option<Held> {
    if reading.syntax.token(at).pos != Pos::Adj && !matches!(reading.dep(at), Dep::Acomp) {
        return None;
    }
    let (_, preps, stance) =
        ADJECTIVES.iter().find(|(word, ..)| reading.syntax.word(at).eq_ignore_ascii_case(word))?;
    let prep = reading.children_by(at, &[Dep::Prep]).find(|&prep| reading.is(prep, preps))?;
    let object = reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let verb = reading.syntax.head(at)?;
    let heads = reading.subjects(verb);
    let span = reading.trimmed(reading.syntax.subtree(object));
    (!heads.is_empty()).then(|| (heads, span, shifted(reading, verb, *stance)))
}

/// The stance of a negated or conditional word.
fn shifted(reading: &Reading<'_>, at: u32, stance: Stance) -> Stance {
    let conditional = reading.children_by(at, &[Dep::Advcl]).any(|clause| {
        reading.children_by(clause, &[Dep::Mark]).any(|mark| reading.is(mark, &["if", "unless", "provided"]))
    });
    if conditional {
        return Stance::Conditional;
    }
    match (stance, reading.child(at, Dep::Neg).is_some()) {
        (Stance::For, true) => Stance::Against,
        // Not to be against is not yet to be for.
        (Stance::Against, true) => Stance::Unclear,
        (stance, _) => stance,
    }
}
