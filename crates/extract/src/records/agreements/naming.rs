//! Names of instruments that people can read, made of parties, matter, place and what an instrument is on.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::ActorId;

use readout_syntax::Dep;

use super::instrument::Instrument;
use super::lexicon::Sort;
use super::sides::{as_states, state_or_self};
use crate::clause::reading::Reading;
use crate::once::add_once;

/// Parties that a name has at most.
const PARTIES: usize = 4;

impl Instrument {
    /// Returns the readable name: the fullest words of its mentions, and what the report gives of parties, matter or place
    /// where those say too little. `None` if nothing tells it from any other.
    pub(super) fn name(&self, reading: &Reading<'_>, parties: &[ActorId]) -> Option<String> {
        if let Some(known) = self.known {
            return Some(known.name.to_owned());
        }
        if let Some(given) = &self.given {
            let between = between(reading, parties).filter(|_| parties.len() > 1);
            return Some(between.map_or_else(
                || format!("agreement {given}"),
                |between| format!("agreement {between} {given}"),
            ));
        }
        // The fullest words; of those the first.
        let fullest = self.words.iter().map(|(marks, _)| *marks).max()?;
        let (_, words) = self.words.iter().find(|(marks, _)| *marks == fullest)?;
        if !self.names.is_empty() {
            return Some(words.clone());
        }
        let worded: Vec<ActorId> = self.worded.iter().map(|actor| state_or_self(reading, actor)).collect();
        if worded.len() > 1 {
            return Some(words.clone());
        }
        let is_plan = self.sort == Some(Sort::Plan);
        let mut name = if self.earlier { format!("earlier {words}") } else { words.clone() };
        let mut told = self.earlier || !self.matter.is_empty() || !worded.is_empty();
        let mut sides = false;
        if is_plan {
            let owner = self.owners.iter().map(|owner| state_or_self(reading, owner));
            let owner = owner.filter(|_| worded.is_empty()).find_map(|owner| named(reading, &owner));
            if let Some(owner) = owner {
                let ending = if owner.ends_with('s') { "’" } else { "’s" };
                name = format!("{}{ending} {name}", owner.trim_start_matches("the "));
                told = true;
            } else if let Some(between) = between(reading, parties).filter(|_| parties.len() > 1) {
                name = format!("{name} {between}");
                told = true;
            }
            // `four-point plan`
            told |= words.contains('-');
        } else {
            // Parties that the words name are not told again; who only makes it is not `with` whom it is made.
            let others: Vec<ActorId> = parties.iter().filter(|it| !worded.contains(it)).cloned().collect();
            let core: Vec<ActorId> = self.core.iter().map(|actor| state_or_self(reading, actor)).collect();
            let in_place = self.sort == Some(Sort::Pause) && self.place.is_some();
            let fits = match (worded.len(), others.len()) {
                (0, 0) => false,
                (0, 1) => !in_place && others.iter().all(|it| core.contains(it)),
                (0, _) => true,
                _ => others.len() == 1 && self.matter.is_empty() && self.sort != Some(Sort::Pause),
            };
            if let Some(others) = between(reading, &others).filter(|_| fits) {
                name = format!("{name} {others}");
                (told, sides) = (true, true);
            }
        }
        let place = self.place.as_ref().filter(|_| !sides && (!told || self.sort == Some(Sort::Pause)));
        if let Some(place) = place {
            name = format!("{name} in {place}");
            (told, sides) = (true, true);
        }
        if let Some(topic) = self.topic.as_ref().filter(|_| !sides && !told || is_plan) {
            name = format!("{name} {topic}");
            told = true;
        }
        if let Some(year) = self.years.first().filter(|_| parties.is_empty()) {
            name = format!("{name} of {year}");
            told = true;
        }
        if told {
            return Some(name);
        }
        // `peace treaty`, `truce`: they say little, but more than `deal`.
        let little = words.contains(' ') || self.sort == Some(Sort::Pause);
        let is_pause = self.sort == Some(Sort::Pause);
        let beside = || self.name_by_those_beside(reading, words);
        (!is_pause)
            .then(beside)
            .flatten()
            .or_else(|| little.then_some(name))
            .or_else(|| self.name_by_maker(reading, parties, words))
    }

    /// Returns a name by the one who makes the instrument, where several mentions speak of it: `Norway’s deal`.
    fn name_by_maker(&self, reading: &Reading<'_>, parties: &[ActorId], words: &str) -> Option<String> {
        let [party] = parties else { return None };
        let name = named(reading, party).filter(|_| self.heads.len() > 1)?;
        let ending = if name.ends_with('s') { "’" } else { "’s" };
        Some(format!("{}{ending} {words}", name.trim_start_matches("the ")))
    }

    /// Returns a name by the two actors who stand beside the instrument, where it has none of its own.
    fn name_by_those_beside(&self, reading: &Reading<'_>, words: &str) -> Option<String> {
        let (first, second) = self.beside(reading)?;
        Some(format!("{words} between {} and {}", named(reading, &first)?, named(reading, &second)?))
    }

    /// Returns the parties that the report tells of, without the brokers; the two who stand beside an agreement without a name
    /// are its parties, as that name tells them.
    pub(super) fn parties_told(&self, reading: &Reading<'_>) -> Vec<ActorId> {
        let parties = as_states(reading, &self.parties, &self.core);
        let told = self.sort == Some(Sort::Pact) && self.names.is_empty() && self.given.is_none();
        let beside = self.beside(reading).filter(|_| parties.len() < 2 && told);
        let parties = match beside.map(|(first, second)| vec![first, second]) {
            Some(both) if parties.iter().all(|party| both.contains(party)) => both,
            _ => parties,
        };
        parties.into_iter().filter(|actor| !self.brokers.contains(actor)).collect()
    }

    /// Returns the two actors who stand beside the instrument in the sentences that speak of it, if they stand out.
    fn beside(&self, reading: &Reading<'_>) -> Option<(ActorId, ActorId)> {
        let mut counts: BTreeMap<&ActorId, usize> = BTreeMap::new();
        let steps = self.steps.iter().map(|it| &it.step);
        let speakers: BTreeSet<ActorId> = steps
            .flat_map(|step| step.by.iter().chain(&step.claimed_by))
            .map(|actor| state_or_self(reading, actor))
            .collect();
        let sentences: BTreeSet<u32> = self.heads.iter().map(|&head| reading.token(head).sentence).collect();
        for sentence in sentences {
            let Some(tokens) = reading.sentences().get(sentence as usize) else { continue };
            // `in Lausanne, Switzerland`: a place is no party.
            let sides = tokens.clone().filter(|&at| match reading.dep(at) {
                Dep::Pobj => reading
                    .head(at)
                    .is_some_and(|prep| reading.is(prep, &["with", "between", "among", "from", "by", "for"])),
                Dep::Nsubj
                | Dep::Nsubjpass
                | Dep::Poss
                | Dep::Amod
                | Dep::Compound
                | Dep::Conj
                | Dep::Dobj => true,
                _ => false,
            });
            let named = sides.flat_map(|at| reading.named(at));
            // Who speaks of a deal need not be bound by it.
            let here: BTreeSet<&ActorId> = named
                .filter(|it| it.starts_with("state:") || it.starts_with("group:"))
                .filter(|it| !speakers.contains(*it))
                .collect();
            for actor in here {
                *counts.entry(actor).or_default() += 1;
            }
        }
        let mut ranked: Vec<(&ActorId, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        match ranked.as_slice() {
            [(first, _), (second, many)] if *many > 1 => Some(((*first).clone(), (*second).clone())),
            [(first, _), (second, many), (_, third), ..] if *many > 1 && third < many => {
                Some(((*first).clone(), (*second).clone()))
            }
            _ => None,
        }
    }
}

/// Returns the name of `actor` for the name of an instrument, with its article; `None` for who has none that is short.
fn named(reading: &Reading<'_>, actor: &ActorId) -> Option<String> {
    let name = match actor.strip_prefix("state:") {
        Some(code) => reading.knowledge.state_name(code)?.to_owned(),
        None => reading.chain_of(actor)?.name.clone(),
    };
    let words = name.split_whitespace().count();
    if name.is_empty() || words > 4 || actor.is_unnamed() && words > 3 {
        return None;
    }
    let whole =
        ["United ", "Taliban", "Netherlands", "Philippines"].iter().any(|start| name.starts_with(start))
            || ["Union", "Republic", "States", "Nations"].iter().any(|end| name.ends_with(end));
    Some(if whole && !name.starts_with("the ") { format!("the {name}") } else { name })
}

/// Returns `between Chad and Mali`, or `with Chad`, of those parties who have a name.
fn between(reading: &Reading<'_>, parties: &[ActorId]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    add_once(&mut names, parties.iter().filter_map(|actor| named(reading, actor)));
    names.truncate(PARTIES);
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("with {one}")),
        [first @ .., last] => Some(format!("between {} and {last}", first.join(", "))),
    }
}
