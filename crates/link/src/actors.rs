//! Who is spoken of over all documents: the mentions of one actor under one id.
//!
//! A person whom a report calls by the surname alone (`person:lavrov`) is the one person of that surname whom the other
//! reports name in full, if there is exactly one and nothing speaks against it. Two full names are one person if they
//! differ by a middle name or an initial only. The records of the documents stay as they are; [`Actors::ids`] says
//! which ids become which on export.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::Knowledge;
use readout_record::ids::slug;
use readout_record::{
    Actor, ActorId, ActorKind, Document, DocumentId, DocumentRecords, EvidenceSpan, Mention, Role,
};

use crate::collection::ActorIds;

/// The most passages that an office keeps as its evidence.
const EVIDENCE: usize = 5;

/// All actors, and the ids that changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actors {
    /// Sorted by id.
    pub actors: Vec<Actor>,
    /// For an id in the records of one document the id over all documents; what is not listed keeps its id.
    pub ids: BTreeMap<(DocumentId, ActorId), ActorId>,
}

/// What the mentions under one id say.
#[derive(Default)]
struct Told<'m> {
    mentions: Vec<&'m Mention>,
    states: BTreeSet<&'m str>,
}

/// Links the mentions of `documents`. The result does not depend on their order.
pub fn find(documents: &[(&Document, &DocumentRecords)], knowledge: &Knowledge) -> Actors {
    let mut told: BTreeMap<&str, Told<'_>> = BTreeMap::new();
    for (_, records) in documents {
        for mention in &records.mentions {
            let told = told.entry(&mention.actor).or_default();
            told.mentions.push(mention);
            told.states.extend(mention.state.as_deref());
        }
    }
    let joined = join_persons(&told, knowledge);
    let mut ids = ActorIds::new();
    for (_, records) in documents {
        for mention in &records.mentions {
            if let Some(new) = joined.get(mention.actor.as_str()) {
                ids.insert((mention.doc.clone(), mention.actor.clone()), new.clone());
            }
        }
    }
    let mut merged: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for (&id, told) in &told {
        let id = joined.get(id).map_or(id, String::as_str);
        merged.entry(id).or_default().extend(&told.mentions);
    }
    let actors = merged.into_iter().map(|(id, mentions)| actor(id, mentions, knowledge)).collect();
    Actors { actors, ids }
}

/// For ids of persons that are another's, the id of that other.
fn join_persons(told: &BTreeMap<&str, Told<'_>>, knowledge: &Knowledge) -> BTreeMap<String, ActorId> {
    let words = |id: &str| -> Vec<String> {
        id.strip_prefix("person:").map_or_else(Vec::new, |name| name.split('-').map(str::to_owned).collect())
    };
    // Persons with two words and more, by their last word (not counting "jr" and the like).
    let mut by_last: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for &id in told.keys() {
        let mut name = words(id);
        while name.len() > 2
            && name.last().is_some_and(|last| matches!(last.as_str(), "jr" | "sr" | "ii" | "iii"))
        {
            name.pop();
        }
        if name.len() > 1 {
            by_last.entry(name.pop().unwrap_or_default()).or_default().push(id);
        }
    }
    let mut joined: BTreeMap<String, ActorId> = BTreeMap::new();
    for namesakes in by_last.values() {
        for (place, &one) in namesakes.iter().enumerate().take(200) {
            for &other in namesakes.iter().skip(place + 1).take(200) {
                if joined.contains_key(one) || joined.contains_key(other) {
                    continue;
                }
                let (a, b) = (words(one), words(other));
                let known = (knowledge.entry(one).is_some(), knowledge.entry(other).is_some());
                if known == (true, true)
                    || !may_be_one(&told[one].states, &told[other].states)
                    || !is_shorter(&a, &b)
                {
                    continue;
                }
                // The known one stays, else the fuller name.
                let keep_other = known.1 || !known.0 && b.len() > a.len();
                let (from, to) = if keep_other { (one, other) } else { (other, one) };
                joined.insert(from.to_owned(), to.to_owned());
            }
        }
    }
    for (&id, short) in told {
        let name = words(id);
        let [surname] = name.as_slice() else { continue };
        if knowledge.entry(id).is_some() {
            continue;
        }
        let Some(namesakes) = by_last.get(surname) else { continue };
        let full: BTreeSet<&str> =
            namesakes.iter().map(|&other| joined.get(other).map_or(other, String::as_str)).collect();
        if let [only] = full.iter().copied().collect::<Vec<_>>().as_slice()
            && told.get(only).is_some_and(|full| may_be_one(&short.states, &full.states))
        {
            joined.insert(id.to_owned(), (*only).to_owned());
        }
    }
    joined
}

/// Whether what is known of two states of persons does not part them.
fn may_be_one(one: &BTreeSet<&str>, other: &BTreeSet<&str>) -> bool {
    one.is_empty() || other.is_empty() || one.intersection(other).next().is_some()
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

fn actor(id: &str, mut mentions: Vec<&Mention>, knowledge: &Knowledge) -> Actor {
    mentions.sort_by(|a, b| (&a.doc, a.span, &a.text).cmp(&(&b.doc, b.span, &b.text)));
    let entry = knowledge.entry(id);
    let first = |field: fn(&Mention) -> Option<&String>| -> Option<String> {
        // What most mentions say; of equals the first in the alphabet.
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for value in mentions.iter().filter_map(|mention| field(mention)) {
            *counts.entry(value).or_default() += 1;
        }
        let most = counts.values().copied().max()?;
        counts.into_iter().find(|&(_, count)| count == most).map(|(value, _)| value.clone())
    };
    let name = entry.map(|entry| entry.name.clone()).unwrap_or_else(|| {
        // The fullest name; of equals the first in the alphabet.
        let names = mentions.iter().map(|mention| mention.name.as_str()).filter(|name| !name.is_empty());
        let fullest = names.min_by_key(|name| (std::cmp::Reverse(name.split(' ').count()), *name));
        fullest.unwrap_or(id.split(':').next_back().unwrap_or(id)).to_owned()
    });
    let mut aliases: BTreeSet<String> = BTreeSet::new();
    for mention in &mentions {
        let named = mention.named.then_some(mention.text.as_str());
        for alias in named.into_iter().chain([mention.name.as_str()]) {
            let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
            if !alias.is_empty() && slug(&alias) != slug(&name) {
                aliases.insert(alias);
            }
        }
    }
    let kind =
        entry.map(|entry| entry.kind).or_else(|| mentions.iter().map(|mention| mention.actor_kind).min());
    Actor {
        id: id.to_owned(),
        aliases: aliases.into_iter().collect(),
        actor_kind: kind.unwrap_or(ActorKind::Unnamed),
        state: entry
            .and_then(|entry| entry.state.clone())
            .or_else(|| first(|mention| mention.state.as_ref())),
        sector: entry
            .and_then(|entry| entry.sector.clone())
            .or_else(|| first(|mention| mention.sector.as_ref())),
        roles: roles(&mentions),
        mentions: mentions.len() as u32,
        name,
    }
}

/// The offices that reports give the actor, each with the passages that do.
fn roles(mentions: &[&Mention]) -> Vec<Role> {
    let mut roles: BTreeMap<String, Role> = BTreeMap::new();
    for mention in mentions {
        let Some(text) = &mention.role else { continue };
        let role = roles.entry(slug(text)).or_insert_with(|| Role { text: text.clone(), ..Role::default() });
        if role.evidence.len() < EVIDENCE {
            role.evidence.push(EvidenceSpan {
                doc: mention.doc.clone(),
                spans: vec![mention.span],
                text: mention.text.clone(),
            });
        }
    }
    roles.into_values().collect()
}

#[cfg(test)]
mod tests {
    use readout_text::CharSpan;

    use super::*;

    fn mention(doc: &str, actor: &str, name: &str, state: Option<&str>) -> Mention {
        Mention {
            doc: doc.to_owned(),
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

    fn linked(mentions: Vec<Mention>) -> Actors {
        let document = Document::default();
        let records: Vec<DocumentRecords> = mentions
            .into_iter()
            .map(|mention| DocumentRecords { mentions: vec![mention], ..DocumentRecords::default() })
            .collect();
        let forward: Vec<_> = records.iter().map(|records| (&document, records)).collect();
        let backward: Vec<_> = records.iter().rev().map(|records| (&document, records)).collect();
        let found = find(&forward, &Knowledge::default());
        assert_eq!(found, find(&backward, &Knowledge::default()));
        found
    }

    #[test]
    fn a_surname_leads_to_its_only_bearer() {
        let found = linked(vec![
            mention("doc:1", "person:mara-velin", "Mara Velin", Some("NOR")),
            mention("doc:2", "person:velin", "Velin", None),
        ]);
        assert_eq!(found.actors.len(), 1);
        assert_eq!((found.actors[0].name.as_str(), found.actors[0].mentions), ("Mara Velin", 2));
        assert_eq!(found.actors[0].aliases, ["Velin"]);
        assert_eq!(found.actors[0].roles[0].evidence.len(), 2);
        let key = ("doc:2".to_owned(), "person:velin".to_owned());
        assert_eq!(found.ids.get(&key).map(String::as_str), Some("person:mara-velin"));
    }

    #[test]
    fn namesakes_stay_apart() {
        let two = linked(vec![
            mention("doc:1", "person:mara-velin", "Mara Velin", None),
            mention("doc:1", "person:jon-velin", "Jon Velin", None),
            mention("doc:2", "person:velin", "Velin", None),
        ]);
        assert_eq!(two.actors.len(), 3);
        let abroad = linked(vec![
            mention("doc:1", "person:mara-velin", "Mara Velin", Some("NOR")),
            mention("doc:2", "person:velin", "Velin", Some("CHL")),
        ]);
        assert_eq!(abroad.actors.len(), 2);
    }

    #[test]
    fn a_middle_name_parts_nobody() {
        let found = linked(vec![
            mention("doc:1", "person:mara-velin", "Mara Velin", None),
            mention("doc:2", "person:mara-k-velin", "Mara K. Velin", None),
        ]);
        assert_eq!(found.actors.len(), 1);
        assert_eq!(found.actors[0].id, "person:mara-k-velin");
    }
}
