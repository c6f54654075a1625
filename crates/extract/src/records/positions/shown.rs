//! Stances that a word shows on its complements, where the report asserts them.

use readout_record::{ActorId, Factuality, Stance};

use super::held::{Held, turned};
use super::holders::conditional;
use super::issue::Issue;
use super::name::Instruments;
use super::places;
use super::plain;
use crate::clause::reading::Reading;
use crate::clause::{factuality, premises};
use crate::records::conditions::is_party;
use crate::words::{agreements, conditions, stances as asking};
use readout_syntax::{Dep, Tag};

/// The most steps up the tree to a word of having no choice: `has no choice but to accept`.
const STEPS_TO_CHOICE: usize = 3;
/// The most verbs of a list that are followed.
const JOINED_VERBS: usize = 4;

/// The heads of what the stance of `at` is on, lists spread out: those at the first place where something stands.
pub(super) fn complements(reading: &Reading<'_>, at: u32, places: &[&str]) -> Vec<u32> {
    let mut heads: Vec<u32> = Vec::new();
    for place in places {
        for head in places::at_place(reading, at, place) {
            reading.add_list(head, &mut heads);
        }
        if !heads.is_empty() {
            break;
        }
    }
    heads
}

/// The stances of `holders` on each of `complements`.
pub(super) fn stances(
    reading: &Reading<'_>,
    instruments: &Instruments,
    at: u32,
    holders: &[u32],
    complements: &[u32],
    stance: Stance,
) -> Vec<Held> {
    if holders.is_empty() {
        return Vec::new();
    }
    let asserted = asserted(reading, at, holders, stance);
    let is_of_party = |&it: &u32| reading.named(it).iter().any(|actor| is_party(reading, actor));
    let of_parties = holders.iter().all(is_of_party);
    let mut found = Vec::new();
    for head in complements.iter().map(|&head| reading.referent(head)) {
        // `that is what we want to see`: the premise beside it says what.
        let open = |at: u32| reading.children(at).iter().any(|&word| reading.is(word, &["what"]));
        if reading.is(head, &["what"]) || reading.is_verb(head) && (open(head) || open(at)) {
            let stance = shifted(reading, at, stance);
            found.push(Held { holders: holders.to_vec(), by_speaker: false, issue: None, stance });
            continue;
        }
        let Some(stance) = asserted else { continue };
        let Some(issue) = plain::of(reading, instruments, at, head, stance, of_parties) else { continue };
        let stance = turned(stance, issue.against);
        let issue = with_partner(reading, at, head, issue);
        found.push(Held { holders: holders.to_vec(), by_speaker: false, issue: Some(issue), stance });
    }
    found
}

/// Returns `issue`, and with whom, where the word `at` asks somebody by name for talks: `asked Chad for talks`.
fn with_partner(reading: &Reading<'_>, at: u32, head: u32, issue: Issue) -> Issue {
    let open = reading.is(head, &agreements::TALKS) && !issue.name.contains(" with ") && reading.is_verb(at);
    let mut asked = reading.children_by(at, &[Dep::Dobj, Dep::Dative]).filter(|&whom| open && whom != head);
    let partner =
        asked.find_map(|whom| Some(reading.chain(whom).filter(|it| it.actors.len() == 1)?.name.clone()));
    match partner {
        Some(partner) => Issue { name: format!("{} with {partner}", issue.name), ..issue },
        None => issue,
    }
}

/// Returns the stance that the report asserts by the word `at`: none from a premise, a question, a possibility or what
/// somebody else asks for; turned round where it is denied.
fn asserted(reading: &Reading<'_>, at: u32, holders: &[u32], stance: Stance) -> Option<Stance> {
    let shown = shifted(reading, at, stance);
    if shown == Stance::Conditional {
        let premise = premises::is_premise(reading, at) || reading.is_asked(at);
        return (!premise).then_some(shown);
    }
    if premises::is_open(reading, at) || is_joined_duty(reading, at) {
        return None;
    }
    // `a call for Chad to ratify the treaty`: what another is to do is not yet done.
    let first = (0..JOINED_VERBS).try_fold(at, |verb, _| {
        let joined = reading.dep(verb) == Dep::Conj && reading.own_subject(verb).is_none();
        if joined { reading.head(verb).ok_or(verb) } else { Err(verb) }
    });
    let first = first.unwrap_or_else(|first| first);
    // `has no choice but to accept the plan`
    let unheld = reading.is_infinitive(first)
        && reading.ancestors(first).take(STEPS_TO_CHOICE).any(|above| reading.is(above, &conditions::UNHELD));
    if unheld || is_foretold(reading, first, holders) || is_wished(reading, first) {
        return None;
    }
    if reading.is_infinitive(at) && reading.is_infinitive(first) && reading.own_subject(first).is_some() {
        return None;
    }
    let none = reading.children_by(at, &[Dep::Det]).any(|word| reading.is(word, &["no"]));
    let negated = none || reading.child(at, Dep::Neg).is_some();
    match factuality::of(reading, at) {
        Factuality::Happened | Factuality::Ongoing | Factuality::Planned => Some(shown),
        Factuality::Denied if negated => Some(shown),
        // `refused to back the plan`; not `it is not clear that they would back it`
        Factuality::Denied if refuses(reading, at) && stance == Stance::For => Some(Stance::Against),
        _ => None,
    }
}

/// Whether the clause of the verb `at` tells what is wanted: `demanded that Chad accept the plan`, `it is important for Chad to
/// accept the plan`.
fn is_wished(reading: &Reading<'_>, at: u32) -> bool {
    if !reading.is_verb(at) {
        return false;
    }
    let one = |subject: u32| matches!(reading.tag(subject), Tag::Nn | Tag::Nnp);
    let bare = reading.children_by(at, &[Dep::Aux, Dep::Auxpass]).next().is_none()
        && matches!(reading.tag(at), Tag::Vb | Tag::Vbp)
        && reading.dep(at) == Dep::Ccomp
        && reading.head(at).is_some_and(|above| {
            reading.is(above, &conditions::URGING) || reading.is(above, &asking::ASKING)
        })
        && reading.own_subject(at).is_some_and(|it| one(it) && reading.child(it, Dep::Conj).is_none());
    let important = reading.is_infinitive(at)
        && reading.head(at).is_some_and(|above| reading.is(above, &asking::NEEDFUL));
    bare || important
}

/// Whether the verb `at` tells what others than those who speak will come to: `Norway said that Chad will accept the plan`. `holders` are
/// those others.
fn is_foretold(reading: &Reading<'_>, at: u32, holders: &[u32]) -> bool {
    let will = reading.children_by(at, &[Dep::Aux]).any(|aux| reading.is(aux, &["will", "'ll", "’ll"]));
    let Some(statement) = reading.statement_of(at).filter(|_| will && reading.is_verb(at)) else {
        return false;
    };
    let side = |actor: &ActorId| {
        let state = reading.chain_of(actor).and_then(|chain| chain.state.as_ref());
        state.map_or_else(|| actor.clone(), |state| ActorId::state(state))
    };
    let theirs: Vec<ActorId> = holders.iter().flat_map(|&it| reading.named(it)).map(side).collect();
    !theirs.is_empty()
        && !statement.speaker.is_empty()
        && !statement
            .speaker
            .iter()
            .any(|speaker| theirs.contains(&side(speaker)) || theirs.contains(speaker))
}

/// Whether the verb `at` goes on with what somebody must do: `has to meet and demand access`.
fn is_joined_duty(reading: &Reading<'_>, at: u32) -> bool {
    let mut first = at;
    for _ in 0..JOINED_VERBS {
        let joined = reading.dep(first) == Dep::Conj && reading.own_subject(first).is_none();
        match reading.head(first).filter(|_| joined) {
            Some(above) => first = above,
            None => break,
        }
    }
    let must = |verb: u32| {
        reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.is(aux, &["must", "should", "ought"]))
    };
    let has_to = reading.dep(first) == Dep::Xcomp
        && reading.head(first).is_some_and(|above| reading.is(above, &["have", "need"]));
    first != at && reading.is_verb(first) && (must(first) || has_to)
}

/// Whether what `at` says is refused by the word above it.
fn refuses(reading: &Reading<'_>, at: u32) -> bool {
    reading.is_infinitive(at)
        && reading.head(at).is_some_and(|above| reading.is(above, &["refuse", "decline", "refusal"]))
}

/// The stance of a negated or conditional word.
pub(super) fn shifted(reading: &Reading<'_>, at: u32, stance: Stance) -> Stance {
    if conditional(reading, at) {
        return Stance::Conditional;
    }
    match (stance, reading.child(at, Dep::Neg).is_some()) {
        // Who does not ask for a thing is not yet against it.
        (Stance::For, true) if reading.is(at, &asking::ASKING) => Stance::Unclear,
        (Stance::For, true) => Stance::Against,
        // `does not rule out strikes`: it depends.
        (Stance::Against, true) if reading.is(at, &conditions::LEAVING_OPEN) => Stance::Conditional,
        // Not to be against is not yet to be for.
        (Stance::Against, true) => Stance::Unclear,
        (stance, _) => stance,
    }
}
