//! Actors over all documents: all mentions of one actor get one id.
//!
//! A person whom a report calls by the surname alone (`person:lavrov`) is the one person of that surname whom the other
//! reports name in full, if there is exactly one and nothing speaks against it. Two full names are one person if they
//! differ by a middle name or an initial only. The records of the documents stay as they are; [`Links::actor_ids`] lists
//! the ids that become others on export.
//!
//! [`Links::actor_ids`]: crate::links::Links::actor_ids

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::Knowledge;
use readout_record::ids::slug;
use readout_record::{Actor, ActorId, ActorKind, DocumentRecords, Kind, Mention, Record, RecordId, Role};

use crate::shelf::{Shelf, Totals};

/// The most persons of one surname that are compared. Pairs grow with the square.
const NAMESAKES: usize = 200;
/// The most forms of one name that lead to one another.
const FORMS: usize = 3;

/// Returns the mentions of one document, added up by actor.
fn totals_by_actor(records: &DocumentRecords) -> BTreeMap<ActorId, Totals> {
    let mut totals: BTreeMap<ActorId, Totals> = BTreeMap::new();
    for mention in &records.mentions {
        totals.entry(mention.actor.clone()).or_default().add(mention);
    }
    totals
}

/// The effect of a change of documents on the actors.
pub(crate) struct Plan {
    /// The other documents in which an actor gets another id.
    pub(crate) affected: BTreeSet<i64>,
    /// The surnames of the actors that changed.
    surnames: BTreeSet<String>,
    joined: BTreeMap<ActorId, ActorId>,
    /// Actors whose records are written anew.
    targets: BTreeSet<ActorId>,
}

/// Takes the mentions of `removed` out of the totals and those of `added` in.
pub(crate) fn plan<S: Shelf>(
    shelf: &mut S,
    knowledge: &Knowledge,
    removed: &[i64],
    added: &[i64],
) -> Result<Plan, S::Error> {
    let mut changed: BTreeMap<ActorId, (Totals, Totals)> = BTreeMap::new();
    for &document in removed {
        for (actor, totals) in totals_by_actor(&shelf.report(document)?.records) {
            changed.entry(actor).or_default().0.join(&totals);
        }
    }
    for &document in added {
        for (actor, totals) in totals_by_actor(&shelf.report(document)?.records) {
            changed.entry(actor).or_default().1.join(&totals);
        }
    }
    // Who is who depends on those of the same surname only.
    let surnames: BTreeSet<String> = changed.keys().filter_map(|actor| surname(actor)).collect();
    let mut before: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    for surname in &surnames {
        before.extend(join_persons(&shelf.namesakes(surname)?, knowledge));
    }
    let mut gone: BTreeSet<ActorId> = BTreeSet::new();
    for (actor, (left, came)) in &changed {
        let mut totals = shelf.totals(actor)?.unwrap_or_default();
        if left.mentions > 0 && !totals.subtract(left) {
            totals = Totals::default();
            let linked = before.get(actor).unwrap_or(actor);
            for document in shelf.documents_naming(linked)? {
                if !removed.contains(&document) && !added.contains(&document) {
                    let own = totals_by_actor(&shelf.report(document)?.records);
                    totals.join(own.get(actor).unwrap_or(&Totals::default()));
                }
            }
        }
        totals.join(came);
        let none = totals.mentions == 0;
        if none {
            gone.insert(actor.clone());
        }
        shelf.set_totals(actor, surname(actor).as_deref(), (!none).then_some(totals))?;
    }
    let mut after: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    for surname in &surnames {
        after.extend(join_persons(&shelf.namesakes(surname)?, knowledge));
    }
    let mut affected: BTreeSet<i64> = BTreeSet::new();
    let mut targets: BTreeSet<ActorId> = changed.keys().cloned().collect();
    for actor in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(actor), after.get(actor));
        targets.extend(old.into_iter().chain(new).cloned());
        targets.insert(actor.clone());
        if old != new && !gone.contains(actor) {
            for document in shelf.documents_naming(old.unwrap_or(actor))? {
                let names = |mention: &Mention| mention.actor == *actor;
                if shelf.report(document)?.records.mentions.iter().any(names) {
                    affected.insert(document);
                }
            }
        }
    }
    affected.retain(|document| !removed.contains(document) && !added.contains(document));
    Ok(Plan { affected, surnames, joined: after, targets })
}

/// Gives each of `documents` the ids of its actors, takes them from `removed`, and writes the actors' records.
pub(crate) fn apply<S: Shelf>(
    shelf: &mut S,
    knowledge: &Knowledge,
    plan: &Plan,
    removed: &[i64],
    documents: &[i64],
) -> Result<(), S::Error> {
    let (surnames, after, targets) = (&plan.surnames, &plan.joined, &plan.targets);
    for document in removed {
        shelf.set_actors(*document, &BTreeSet::new(), &BTreeMap::new())?;
    }
    for &document in documents {
        let report = shelf.report(document)?;
        let mut named: BTreeSet<ActorId> = BTreeSet::new();
        let mut renamed: BTreeMap<ActorId, ActorId> = BTreeMap::new();
        for actor in totals_by_actor(&report.records).into_keys() {
            // A document names few; what is joined is looked up by surname.
            let linked = match after.get(&actor) {
                Some(linked) => linked.clone(),
                None => match surname(&actor).filter(|surname| !surnames.contains(surname)) {
                    Some(surname) => join_persons(&shelf.namesakes(&surname)?, knowledge)
                        .remove(&actor)
                        .unwrap_or_else(|| actor.clone()),
                    None => actor.clone(),
                },
            };
            named.insert(linked.clone());
            if linked != actor {
                renamed.insert(actor, linked);
            }
        }
        shelf.set_actors(document, &named, &renamed)?;
    }
    // The records of all actors that have to do with it.
    let mut records = Vec::new();
    for target in targets {
        let mut totals = Totals::default();
        if !after.contains_key(target) {
            totals.join(&shelf.totals(target)?.unwrap_or_default());
        }
        for local in after.iter().filter(|(_, linked)| *linked == target).map(|(local, _)| local) {
            totals.join(&shelf.totals(local)?.unwrap_or_default());
        }
        if totals.mentions > 0 {
            records.push((Record::Actor(actor(target, &totals, knowledge)), vec![RecordId::from(target)]));
        }
    }
    let targets = targets.iter().map(RecordId::from).collect();
    shelf.replace_links(Kind::Actor, &targets, records)
}

/// Returns the last word of a person's name, without "jr" and the like, which is what namesakes share.
fn surname(actor: &str) -> Option<String> {
    name_words(actor).pop()
}

/// Returns the words of a person's name in the id.
fn name_words(actor: &str) -> Vec<String> {
    let Some(name) = actor.strip_prefix("person:") else { return Vec::new() };
    let mut words: Vec<String> = name.split('-').map(str::to_owned).collect();
    while words.len() > 2
        && words.last().is_some_and(|last| matches!(last.as_str(), "jr" | "sr" | "ii" | "iii"))
    {
        words.pop();
    }
    words
}

/// Returns the ids of persons of one surname that are another person's, each with the id of that other person.
fn join_persons(told: &BTreeMap<ActorId, Totals>, knowledge: &Knowledge) -> BTreeMap<ActorId, ActorId> {
    let namesakes: Vec<&ActorId> = told.keys().filter(|id| name_words(id).len() > 1).collect();
    let mut joined: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    for (place, &one) in namesakes.iter().enumerate().take(NAMESAKES) {
        for &other in namesakes.iter().skip(place + 1).take(NAMESAKES) {
            if joined.contains_key(one) || joined.contains_key(other) {
                continue;
            }
            let (a, b) = (name_words(one), name_words(other));
            let known = (knowledge.entry(one).is_some(), knowledge.entry(other).is_some());
            if known == (true, true) || !may_be_one(&told[one], &told[other]) || !is_shorter(&a, &b) {
                continue;
            }
            // The known one stays, else the fuller name.
            let keep_other = known.1 || !known.0 && b.len() > a.len();
            let (from, to) = if keep_other { (one, other) } else { (other, one) };
            joined.insert(from.clone(), to.clone());
        }
    }
    // Of three forms of a name the second may have gone into the third.
    for _ in 0..FORMS {
        let steps: Vec<(ActorId, ActorId)> =
            joined.iter().filter_map(|(from, to)| Some((from.clone(), joined.get(to)?.clone()))).collect();
        joined.extend(steps);
    }
    for (id, short) in told {
        if name_words(id).len() != 1 || knowledge.entry(id).is_some() {
            continue;
        }
        let full: BTreeSet<&ActorId> =
            namesakes.iter().map(|&other| joined.get(other).unwrap_or(other)).collect();
        if let [only] = full.into_iter().collect::<Vec<_>>().as_slice()
            && told.get(*only).is_some_and(|full| may_be_one(short, full))
        {
            let only = (*only).clone();
            joined.insert(id.clone(), only);
        }
    }
    joined
}

/// Whether two persons may be one: the states that are known of them do not exclude it.
fn may_be_one(one: &Totals, other: &Totals) -> bool {
    one.states.is_empty()
        || other.states.is_empty()
        || one.states.keys().any(|state| other.states.contains_key(state))
}

/// Whether one of two names with the same last word is the other without a middle name, or with an initial for it.
fn is_shorter(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.first() != long.first() || short.len() == long.len() {
        return false;
    }
    short.iter().all(|word| {
        long.contains(word) || word.len() == 1 && long.iter().any(|whole| whole.starts_with(word))
    })
}

/// Returns the value that most mentions have; of equals the first in the alphabet.
fn most<T: Clone>(counts: &BTreeMap<T, u32>) -> Option<T> {
    let most = counts.values().copied().max()?;
    counts.iter().find(|(_, count)| **count == most).map(|(value, _)| value.clone())
}

fn actor(id: &ActorId, totals: &Totals, knowledge: &Knowledge) -> Actor {
    let entry = knowledge.entry(id);
    let name = entry.map(|entry| entry.name.clone()).unwrap_or_else(|| {
        // The fullest name; of equals the first in the alphabet.
        let fullest =
            totals.names.keys().min_by_key(|name| (std::cmp::Reverse(name.split(' ').count()), *name));
        fullest.map_or(id.split(':').next_back().unwrap_or(id), String::as_str).to_owned()
    });
    let own = slug(&name);
    let kind = entry.map(|entry| entry.kind).or_else(|| totals.kinds.keys().next().copied());
    Actor {
        id: id.clone(),
        aliases: totals.aliases.keys().filter(|alias| slug(alias) != own).cloned().collect(),
        actor_kind: kind.unwrap_or(ActorKind::Unnamed),
        state: match entry {
            // A body of many states is not of the state of whoever leads it or is spoken of beside it.
            Some(entry) if entry.kind != ActorKind::Person => entry.state.clone(),
            known => known.and_then(|entry| entry.state.clone()).or_else(|| most(&totals.states)),
        },
        sector: entry.and_then(|entry| entry.sector).or_else(|| most(&totals.sectors)),
        roles: totals
            .roles
            .values()
            .map(|role| Role {
                text: most(&role.texts).unwrap_or_default(),
                evidence: role.evidence.iter().cloned().collect(),
                ..Role::default()
            })
            .collect(),
        mentions: totals.mentions,
        name,
    }
}
