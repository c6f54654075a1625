//! Those who met: the sides of the act, or those whom its words stand for.

use readout_record::{ActorId, ActorKind};
use readout_syntax::{Dep, Pos, Tag};

use crate::acts::{Act, candidates, sides};
use crate::clause::reach::STEPS_TO_VERB;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::{meetings, speech};

/// The number of mentions back among which those who `they` are is looked for.
const MENTIONS_BACK: usize = 64;
/// The number of actors in the meeting's own sentence who count: a meeting without names has two sides.
const NEAR: usize = 2;
/// The most sentences back in which the partners of an unnamed pair are looked for.
const BACK: u32 = 3;
/// The most steps up the tree within a list of those who meet.
const MEMBERS: usize = 32;

/// Returns those who met in `act`, and the certainty of it. `cancelled` is the noun of a meeting that was called off.
pub(super) fn participants(reading: &Reading<'_>, act: &Act, cancelled: Option<u32>) -> (Vec<ActorId>, f64) {
    let mut participants = act.actors(reading);
    add_once(&mut participants, act.recipient_actors(reading));
    // `his visit was cancelled`: those who were to meet stand at the noun.
    if let Some(head) = cancelled
        && let Some(meant) = candidates::candidate(reading, head)
    {
        add_once(&mut participants, meant.actors(reading));
        add_once(&mut participants, meant.recipient_actors(reading));
    }
    let mut certainty = act.certainty;
    // `leaders of the quint: Britain, France and Italy`: those whom they stand for met.
    if participants.len() < 2
        && let [head] = act.doers.as_slice()
    {
        let several = represented(reading, *head);
        if several.len() > 1 {
            participants = several;
        }
    }
    if participants.len() < 2 {
        let partners = pair(reading, act);
        if partners.len() == 2 && partners.iter().any(|partner| participants.contains(partner)) {
            participants = partners;
            certainty *= 0.8;
        } else if participants.is_empty() && !partners.is_empty() {
            participants = partners;
            certainty *= 0.7;
        }
    }
    if participants.len() == 1 && act.doers.is_empty() {
        add_once(&mut participants, attendants(reading, act.head));
        certainty *= 0.8;
    } else if participants.len() == 1
        && act.recipients.is_empty()
        && act.mode != Some("visit")
        // Of a body's own meeting its members are meant: `said at the NATO summit`.
        && !participants.iter().any(|actor| actor.starts_with("org:"))
    {
        add_once(&mut participants, speakers_at(reading, act.head));
    }
    // `she told a meeting of the council`, `he chaired talks between them`
    add_once(&mut participants, those_present(reading, act.head));
    (participants, certainty)
}

/// The states or bodies whose leaders or envoys the plural noun `head` names: `ministers of Iran and Iraq`, `Iranian and Iraqi
/// envoys`.
fn represented(reading: &Reading<'_>, head: u32) -> Vec<ActorId> {
    if !matches!(reading.tag(head), Tag::Nns | Tag::Nnps) {
        return Vec::new();
    }
    let mut heads = Vec::new();
    for people in reading.children_by(head, &[Dep::Amod, Dep::Nmod, Dep::Compound]) {
        reading.add_list(people, &mut heads);
    }
    if heads.len() < 2 {
        heads.clear();
    }
    for object in reading.after(head, &["of", "from"]) {
        heads.push(object);
        for list in reading.children_by(object, &[Dep::Appos]) {
            reading.add_list(list, &mut heads);
        }
    }
    for list in reading.children_by(head, &[Dep::Appos]) {
        reading.add_list(list, &mut heads);
    }
    // Where a list says who the group is, the list counts: `the quint: Britain, France …`.
    let listed: Vec<u32> = heads
        .iter()
        .copied()
        .filter(|&at| {
            std::iter::once(at)
                .chain(reading.syntax.ancestors(at).take(MEMBERS))
                .take_while(|&up| up != head)
                .any(|up| reading.dep(up) == Dep::Appos)
        })
        .collect();
    let heads = if listed.len() > 1 { listed } else { heads };
    let mut found: Vec<ActorId> = Vec::new();
    for head in heads {
        let bodies = reading.chain(head).is_some_and(|chain| {
            matches!(chain.kind, ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup)
        });
        add_once(&mut found, reading.named(head).iter().filter(|_| bodies).cloned());
    }
    found
}

/// Returns the participants in talks that a noun names, from the verb above: `he raised it during talks with the king`.
fn attendants(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    if reading.is_verb(at) {
        return Vec::new();
    }
    // `a trip to Oslo, said Anna Berg`: whoever says so need not be there.
    let verb = reading
        .syntax
        .ancestors(at)
        .take(STEPS_TO_VERB)
        .find(|&above| reading.is_verb(above))
        .filter(|&verb| !reading.is(verb, &speech::SPEECH));
    let doers = verb.map(|verb| reading.doers(verb)).unwrap_or_default();
    let people = |head: &u32| reading.is_person(*head) || reading.is(*head, &["we", "he", "she", "they"]);
    doers.iter().filter(|head| people(head)).flat_map(|&head| sides::actors(reading, head)).collect()
}

/// Returns those who say or ask something at the meeting of the noun `at`: `warned them during a cabinet meeting`.
fn speakers_at(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let prep = reading.head(at).filter(|&prep| {
        reading.dep(at) == Dep::Pobj && !reading.is_verb(at) && reading.is(prep, &["during", "at"])
    });
    // `hinted at a meeting`
    let verb = prep
        .and_then(|prep| reading.head(prep))
        .filter(|&verb| reading.is_verb(verb) && !reading.is(verb, &["hint", "look", "aim"]));
    let doers = verb.map(|verb| reading.doers(verb)).unwrap_or_default();
    let people = doers.into_iter().filter(|&head| reading.is_person(head));
    people.flat_map(|head| sides::actors(reading, head)).collect()
}

/// Returns those who by the verb above the noun `at` of a meeting are at it: `addressed a meeting of the council`.
fn those_present(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    if reading.is_verb(at) || reading.dep(at) != Dep::Dobj {
        return Vec::new();
    }
    let verb =
        reading.head(at).filter(|&verb| reading.is_verb(verb) && reading.is(verb, &meetings::ATTENDING));
    let doers = verb.map(|verb| reading.doers(verb)).unwrap_or_default();
    doers.into_iter().flat_map(|head| sides::actors(reading, head)).collect()
}

/// Returns the two members of an unnamed pair (`the two`, `both leaders`, `they`), or nothing if the sentences around
/// do not name two people.
fn pair(reading: &Reading<'_>, act: &Act) -> Vec<ActorId> {
    let unnamed = act.doers.iter().any(|&head| {
        let word = reading.syntax.word(head).to_lowercase();
        let plural = matches!(reading.tag(head), Tag::Nns | Tag::Cd)
            || matches!(word.as_str(), "they" | "their" | "both" | "pair");
        plural && matches!(reading.syntax.token(head).pos, Pos::Noun | Pos::Num | Pos::Pron | Pos::Det)
    });
    let two = act.doers.iter().any(|&head| {
        let word = |at: u32| reading.syntax.word(at).to_lowercase();
        let counts = |at: u32| matches!(word(at).as_str(), "two" | "both" | "pair");
        counts(head) || reading.children(head).iter().any(|&child| counts(child))
    });
    if !unnamed
        || !(two || act.doers.iter().any(|&head| reading.is(head, &["they", "their", "leader", "president"])))
    {
        return Vec::new();
    }
    // People of this sentence before the act count first, then whom the sentences before speak of most.
    let here = reading.syntax.token(act.head).sentence;
    let mut near: Vec<ActorId> = Vec::new();
    // With how often the sentences before, and the whole document, speak of them.
    let mut before: Vec<(ActorId, usize, usize)> = Vec::new();
    let mentions = &reading.annotations.mentions.mentions;
    let to =
        mentions.partition_point(|mention| mention.span.start < reading.syntax.token(act.head).span.start);
    for mention in mentions.iter().take(to).rev().take(MENTIONS_BACK) {
        let sentence = reading.syntax.token(mention.head).sentence;
        if sentence + BACK < here {
            break;
        }
        let Some(chain) = reading.annotations.mentions.chains.get(mention.chain as usize) else { continue };
        if !matches!(chain.kind, ActorKind::Person) {
            continue;
        }
        let [actor] = chain.actors.as_slice() else { continue };
        if sentence == here {
            if !near.contains(actor) {
                near.push(actor.clone());
            }
        } else if let Some(entry) = before.iter_mut().find(|(known, ..)| known == actor) {
            entry.1 += 1;
        } else {
            before.push((actor.clone(), 1, chain.mentions.len()));
        }
    }
    near.truncate(NEAR);
    // A stable sort: among equals the nearest stays first.
    before.sort_by_key(|(_, here, whole)| std::cmp::Reverse((*here, *whole)));
    for (actor, ..) in before {
        if near.len() < 2 && !near.contains(&actor) {
            near.push(actor);
        }
    }
    if near.len() == 2 { near } else { Vec::new() }
}
