//! Who is spoken of over all documents: the mentions of one actor under one id.
//!
//! A person whom a report calls by the surname alone (`person:lavrov`) is the one person of that surname whom the other
//! reports name in full, if there is exactly one and nothing speaks against it. Two full names are one person if they
//! differ by a middle name or an initial only. The records of the documents stay as they are; [`Actors::ids`] says
//! which ids become which on export.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::Knowledge;
use readout_record::ids::slug;
use readout_record::{Actor, ActorId, ActorKind, DocumentRecords, EvidenceSpan, Mention, Record, Role};
use serde::{Deserialize, Serialize};

use crate::shelf::Shelf;

/// The most passages that an office keeps as its evidence.
const EVIDENCE: usize = 5;

/// The totals of the mentions with one actor id, over all documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    mentions: u32,
    kinds: BTreeMap<ActorKind, u32>,
    states: BTreeMap<String, u32>,
    sectors: BTreeMap<String, u32>,
    /// Full names and names as they stand in the text.
    names: BTreeMap<String, u32>,
    aliases: BTreeMap<String, u32>,
    /// The offices, by the slug of their words.
    roles: BTreeMap<String, RoleTotals>,
}

/// The totals of the mentions of one actor in one office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct RoleTotals {
    mentions: u32,
    texts: BTreeMap<String, u32>,
    /// The first [`EVIDENCE`] passages, by document and place.
    evidence: BTreeSet<EvidenceSpan>,
}

impl Totals {
    fn add(&mut self, mention: &Mention) {
        fn count<T: Ord>(counts: &mut BTreeMap<T, u32>, value: T) {
            *counts.entry(value).or_default() += 1;
        }
        self.mentions += 1;
        count(&mut self.kinds, mention.actor_kind);
        if let Some(state) = &mention.state {
            count(&mut self.states, state.clone());
        }
        if let Some(sector) = &mention.sector {
            count(&mut self.sectors, sector.clone());
        }
        if !mention.name.is_empty() {
            count(&mut self.names, mention.name.clone());
        }
        let named = mention.named.then_some(mention.text.as_str());
        for alias in named.into_iter().chain([mention.name.as_str()]) {
            let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
            if !alias.is_empty() {
                count(&mut self.aliases, alias);
            }
        }
        if let Some(text) = &mention.role {
            let role = self.roles.entry(slug(text)).or_default();
            role.mentions += 1;
            count(&mut role.texts, text.clone());
            role.evidence.insert(EvidenceSpan {
                doc: mention.doc.clone(),
                spans: vec![mention.span],
                text: mention.text.clone(),
            });
            while role.evidence.len() > EVIDENCE {
                role.evidence.pop_last();
            }
        }
    }

    fn join(&mut self, other: &Self) {
        fn add<T: Ord + Clone>(counts: &mut BTreeMap<T, u32>, others: &BTreeMap<T, u32>) {
            for (value, count) in others {
                *counts.entry(value.clone()).or_default() += count;
            }
        }
        self.mentions += other.mentions;
        add(&mut self.kinds, &other.kinds);
        add(&mut self.states, &other.states);
        add(&mut self.sectors, &other.sectors);
        add(&mut self.names, &other.names);
        add(&mut self.aliases, &other.aliases);
        for (slug, theirs) in &other.roles {
            let role = self.roles.entry(slug.clone()).or_default();
            role.mentions += theirs.mentions;
            add(&mut role.texts, &theirs.texts);
            role.evidence.extend(theirs.evidence.iter().cloned());
            while role.evidence.len() > EVIDENCE {
                role.evidence.pop_last();
            }
        }
    }
}

impl Totals {
    /// Subtracts `other`, which was joined before. Returns `false` if an office has lost passages that others should
    /// replace: then the totals must be added up again from the documents.
    fn take(&mut self, other: &Self) -> bool {
        fn take<T: Ord>(counts: &mut BTreeMap<T, u32>, others: &BTreeMap<T, u32>) {
            for (value, count) in others {
                if let Some(own) = counts.get_mut(value) {
                    *own = own.saturating_sub(*count);
                }
            }
            counts.retain(|_, count| *count > 0);
        }
        self.mentions = self.mentions.saturating_sub(other.mentions);
        take(&mut self.kinds, &other.kinds);
        take(&mut self.states, &other.states);
        take(&mut self.sectors, &other.sectors);
        take(&mut self.names, &other.names);
        take(&mut self.aliases, &other.aliases);
        let mut whole = true;
        for (slug, theirs) in &other.roles {
            let Some(role) = self.roles.get_mut(slug) else { continue };
            role.mentions = role.mentions.saturating_sub(theirs.mentions);
            take(&mut role.texts, &theirs.texts);
            role.evidence.retain(|passage| !theirs.evidence.contains(passage));
            whole &= role.evidence.len() >= EVIDENCE.min(role.mentions as usize);
        }
        self.roles.retain(|_, role| role.mentions > 0);
        whole
    }
}

/// Returns the mentions of one document, added up by actor.
fn told(records: &DocumentRecords) -> BTreeMap<ActorId, Totals> {
    let mut told: BTreeMap<ActorId, Totals> = BTreeMap::new();
    for mention in &records.mentions {
        told.entry(mention.actor.clone()).or_default().add(mention);
    }
    told
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
        for (actor, totals) in told(&shelf.report(document)?.records) {
            changed.entry(actor).or_default().0.join(&totals);
        }
    }
    for &document in added {
        for (actor, totals) in told(&shelf.report(document)?.records) {
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
        if left.mentions > 0 && !totals.take(left) {
            totals = Totals::default();
            let linked = before.get(actor).unwrap_or(actor);
            for document in shelf.documents_naming(linked)? {
                if !removed.contains(&document) && !added.contains(&document) {
                    let own = told(&shelf.report(document)?.records);
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
        shelf.set_actors(*document, &BTreeMap::new(), &BTreeMap::new())?;
    }
    for &document in documents {
        let report = shelf.report(document)?;
        let mut counts: BTreeMap<ActorId, u32> = BTreeMap::new();
        let mut renamed: BTreeMap<ActorId, ActorId> = BTreeMap::new();
        for (actor, totals) in told(&report.records) {
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
            *counts.entry(linked.clone()).or_default() += totals.mentions;
            if linked != actor {
                renamed.insert(actor, linked);
            }
        }
        shelf.set_actors(document, &counts, &renamed)?;
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
            records.push((Record::Actor(actor(target, &totals, knowledge)), vec![target.clone()]));
        }
    }
    shelf.replace_links("actor", targets, records)
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
    for (place, &one) in namesakes.iter().enumerate().take(200) {
        for &other in namesakes.iter().skip(place + 1).take(200) {
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
    for _ in 0..3 {
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

/// Whether what is known of the states of two persons does not part them.
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

fn actor(id: &str, totals: &Totals, knowledge: &Knowledge) -> Actor {
    let entry = knowledge.entry(id);
    // What most mentions say; of equals the first in the alphabet.
    let most = |counts: &BTreeMap<String, u32>| -> Option<String> {
        let most = counts.values().copied().max()?;
        counts.iter().find(|(_, count)| **count == most).map(|(value, _)| value.clone())
    };
    let name = entry.map(|entry| entry.name.clone()).unwrap_or_else(|| {
        // The fullest name; of equals the first in the alphabet.
        let fullest =
            totals.names.keys().min_by_key(|name| (std::cmp::Reverse(name.split(' ').count()), *name));
        fullest.map_or(id.split(':').next_back().unwrap_or(id), String::as_str).to_owned()
    });
    let own = slug(&name);
    let kind = entry.map(|entry| entry.kind).or_else(|| totals.kinds.keys().next().copied());
    Actor {
        id: id.to_owned(),
        aliases: totals.aliases.keys().filter(|alias| slug(alias) != own).cloned().collect(),
        actor_kind: kind.unwrap_or(ActorKind::Unnamed),
        state: entry.and_then(|entry| entry.state.clone()).or_else(|| most(&totals.states)),
        sector: entry.and_then(|entry| entry.sector.clone()).or_else(|| most(&totals.sectors)),
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

#[cfg(test)]
mod tests {
    use readout_record::Document;
    use readout_text::CharSpan;

    use super::*;
    use crate::Links;

    fn mention(actor: &str, name: &str, state: Option<&str>) -> Mention {
        Mention {
            span: CharSpan::new(0, name.len() as u32),
            text: name.to_owned(),
            actor: actor.to_owned(),
            name: name.to_owned(),
            actor_kind: ActorKind::Person,
            named: true,
            state: state.map(str::to_owned),
            role: Some("envoy".to_owned()),
            ..Mention::default()
        }
    }

    fn linked(mentions: Vec<Mention>) -> Links {
        let reports: Vec<(Document, DocumentRecords)> = mentions
            .into_iter()
            .enumerate()
            .map(|(number, mention)| {
                let document = Document { id: format!("doc:{number}"), ..Document::default() };
                let mention = Mention { doc: document.id.clone(), ..mention };
                (document, DocumentRecords { mentions: vec![mention], ..DocumentRecords::default() })
            })
            .collect();
        let forward: Vec<_> = reports.iter().map(|(document, records)| (document, records)).collect();
        let backward: Vec<_> = forward.iter().rev().copied().collect();
        let (found, other) =
            (crate::link(&forward, &Knowledge::default()), crate::link(&backward, &Knowledge::default()));
        assert_eq!((&found.actors, &found.actor_ids), (&other.actors, &other.actor_ids));
        found
    }

    #[test]
    fn a_surname_leads_to_its_only_bearer() {
        let found = linked(vec![
            mention("person:mara-velin", "Mara Velin", Some("NOR")),
            mention("person:velin", "Velin", None),
        ]);
        assert_eq!(found.actors.len(), 1);
        assert_eq!((found.actors[0].name.as_str(), found.actors[0].mentions), ("Mara Velin", 2));
        assert_eq!(found.actors[0].aliases, ["Velin"]);
        assert_eq!(found.actors[0].roles[0].evidence.len(), 2);
        let key = ("doc:1".to_owned(), "person:velin".to_owned());
        assert_eq!(found.actor_ids.get(&key).map(String::as_str), Some("person:mara-velin"));
    }

    #[test]
    fn namesakes_stay_apart() {
        let two = linked(vec![
            mention("person:mara-velin", "Mara Velin", None),
            mention("person:jon-velin", "Jon Velin", None),
            mention("person:velin", "Velin", None),
        ]);
        assert_eq!(two.actors.len(), 3);
        let abroad = linked(vec![
            mention("person:mara-velin", "Mara Velin", Some("NOR")),
            mention("person:velin", "Velin", Some("CHL")),
        ]);
        assert_eq!(abroad.actors.len(), 2);
    }

    #[test]
    fn a_middle_name_parts_nobody() {
        let found = linked(vec![
            mention("person:mara-velin", "Mara Velin", None),
            mention("person:mara-k-velin", "Mara K. Velin", None),
        ]);
        assert_eq!(found.actors.len(), 1);
        assert_eq!(found.actors[0].id, "person:mara-k-velin");
    }
}
