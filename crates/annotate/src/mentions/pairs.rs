//! Pairs and small groups: the actors that `the two leaders`, `both sides`, `the four countries` refer to.

use std::cmp::Reverse;

use readout_knowledge::WordKind;
use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::Dep;

use crate::mentions::MentionForm;
use crate::mentions::context::Part;
use crate::mentions::link::Link;
use crate::mentions::nominals::Description;
use crate::mentions::places::is_locative;
use crate::mentions::resolver::Resolver;
use crate::mentions::roles::genders_fit;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most sentences back to a mention of one of a pair.
const NEAR: u32 = 6;

/// The most sentences back to the heads of states that `the two leaders` refers to.
const NEAR_LEADERS: u32 = 14;

/// The most sentences back from `the two leaders` to a list of people who are not known to lead states.
const NEAR_TOGETHER: u32 = 3;

/// The most sentences back from `the two leaders` to the verb that tells of their meeting.
const NEAR_MET: u32 = 2;

/// The most sentences back to the political parties that `both parties` refers to.
const NEAR_PARTIES: u32 = 14;

/// The least share of the second one's weight by which it leads a third, in per cent.
const LEAD: i32 = 25;

/// One who may be of the pair.
struct Member {
    weight: i32,
    ids: Vec<ActorId>,
    link: usize,
    first: usize,
}

impl Resolver<'_, '_> {
    /// Returns a new link of the two, or as many as the words say, who were spoken of as parties or people that belong
    /// together; or of nobody.
    pub(super) fn pair(&mut self, number: usize, description: &Description) -> usize {
        let parties = description.word == WordKind::State || words::PARTY.has(&description.lemma);
        let count = description.count().unwrap_or(2);
        let found = if let Some(rivals) = self.rivals(number, description) {
            Some(rivals)
        } else if parties {
            self.parties(number, description, count)
        } else {
            self.people(number, description, count)
        };
        let link = self.new_link(number, description);
        let slot = &mut self.links[link];
        if let Some((ids, name, kind)) = found {
            slot.stands_for = ids;
            slot.name = name;
            slot.kind = kind;
            slot.nobody = false;
        } else if parties || words::PAIR.has(&description.lemma) {
            slot.nobody = true;
            slot.stands_for.clear();
        }
        link
    }

    /// Returns the link of the two heads of states of whom the last sentences speak, for the pronoun `number`.
    pub(super) fn pair_of_leaders(&mut self, number: usize) -> Option<usize> {
        let mut members: Vec<Member> = Vec::new();
        for (other, link) in self.before(number, 1) {
            let slot = &self.links[link];
            if slot.stands_for.is_empty() && self.leads_state(slot) {
                let listed = self.is_listed(self.candidates[other].head);
                add(&mut members, slot.actors(), link, other, self.weight(number, other, listed));
            }
        }
        // A third one may be of them.
        let (ids, name, kind) = if members.len() == 2 { self.best(members, 2)? } else { return None };
        let known = self.links.iter().position(|link| link.stands_for == ids);
        Some(known.unwrap_or_else(|| {
            self.links.push(Link { name, kind, stands_for: ids, ..Link::default() });
            self.links.len() - 1
        }))
    }

    /// Returns the people who are meant by `the two leaders`, `both men`: those named together near by, or else those
    /// of whom the last sentences speak most.
    fn people(
        &self,
        number: usize,
        description: &Description,
        count: usize,
    ) -> Option<(Vec<ActorId>, String, ActorKind)> {
        // "the armies of both sides" are no people, and candidates are told by who stands against whom.
        let bodies = matches!(description.word, WordKind::Organisation | WordKind::Armed | WordKind::Place);
        if bodies && !words::COUNTED.has(&description.lemma) || words::RIVALS.has(&description.lemma) {
            return None;
        }
        // One's parents are two who belong together, and neither is oneself.
        let kin = description.word == WordKind::Kin;
        let owner = self.owner(description);
        let head = self.candidates[number].head;
        let outside = self.context.quotation(head).is_none();
        // Who says “These two men” is not one of them.
        let speaker = self
            .context
            .attribution(head)
            .filter(|_| !outside)
            .and_then(|attribution| self.link_headed(attribution.source_head));
        let gender = self.candidates[number].gender;
        let heads = description.office.as_deref().is_some_and(|office| words::LEADER_OF_TWO.has(office));
        if count == 2
            && !kin
            && description.office.as_deref().is_none_or(|office| office == "leader")
            && let Some(pair) = self.met_each_other(number, speaker)
            && (!heads || pair.iter().all(|&link| self.is_leader(link)))
        {
            let ids: Vec<ActorId> = pair.iter().flat_map(|&link| self.links[link].actors()).collect();
            let names = pair.map(|link| self.links[link].name.as_str());
            return (ids.len() == 2).then(|| (ids, names.join(" and "), ActorKind::Person));
        }
        let mut members: Vec<Member> = Vec::new();
        // "both", "the two" without a noun go back no further than the sentence before.
        let near = match () {
            () if heads => NEAR_LEADERS,
            () if words::PAIR.has(&description.lemma) => 1,
            () => NEAR,
        };
        for (other, link) in self.before(number, near) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let group = slot.kind == ActorKind::Person && slot.stands_for.len() == count;
            // "Both men left. The pair …": they go on being the same two.
            if group && members.is_empty() && !heads && !kin {
                return Some((slot.stands_for.clone(), slot.name.clone(), slot.kind));
            }
            let person =
                slot.kind == ActorKind::Person && slot.stands_for.is_empty() && slot.described.is_none();
            // Whom only a quotation names is no party to what is told outside of it.
            let quoted = outside && self.context.quotation(candidate.head).is_some();
            let listed = self.is_listed(candidate.head);
            let fits = person
                && !quoted
                && genders_fit(slot.gender, gender)
                && owner != Some(link)
                && speaker != Some(link)
                && (!kin || listed);
            // "the two leaders" are heads of states, where two such were spoken of.
            let apart = self.sentence(number) - self.sentence(other);
            if fits && (!heads || self.leads_state(slot) || listed && apart <= NEAR_TOGETHER) {
                add(&mut members, slot.actors(), link, other, self.weight(number, other, listed));
            }
        }
        self.best(members, count)
    }

    /// Returns the states, groups of states or groups in arms that are meant by `both sides`, `the two countries`.
    fn parties(
        &self,
        number: usize,
        description: &Description,
        count: usize,
    ) -> Option<(Vec<ActorId>, String, ActorKind)> {
        let sides = words::SIDE.has(&description.lemma);
        if description.lemma == "party"
            && let Some(found) = self.political_parties(number, count)
        {
            return Some(found);
        }
        let outside = self.context.quotation(self.candidates[number].head).is_none();
        let mut members: Vec<Member> = Vec::new();
        for (other, link) in self.before(number, NEAR) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            if outside && self.context.quotation(candidate.head).is_some() && !self.is_listed(candidate.head)
            {
                continue;
            }
            let syntax = self.context.syntax;
            // "Norway and the rebels met. The two sides …": one of the two has no name.
            let rebels = slot.described.as_ref().is_some_and(|it| it.word == WordKind::Armed);
            let joined = syntax.token(candidate.head).dep == Dep::Conj
                || syntax.child(candidate.head, Dep::Conj).is_some();
            if sides && rebels && joined && slot.stands_for.is_empty() {
                return None;
            }
            // "the pro-Russian rebels" are not Russia.
            let before = |back: u32| candidate.head.checked_sub(back).map_or("", |at| syntax.word(at));
            if before(1) == "-" && matches!(before(2).to_lowercase().as_str(), "pro" | "anti") {
                continue;
            }
            let locative = is_locative(syntax, candidate.head);
            let leader = self.leads_state(slot) && slot.stands_for.is_empty();
            // "Iran and the P5+1": a group of states is one side, and no country.
            let group = slot.entry.is_some_and(|entry| !entry.members.is_empty());
            let side = sides && (group || slot.kind == ActorKind::ArmedGroup);
            let party = (slot.kind == ActorKind::State || side) && !slot.place && !slot.nobody;
            let ids = match &slot.state {
                Some(state) if leader => vec![ActorId::state(state)],
                // "Norway urged both nations to talk": it is neither.
                _ if party && !locative && !self.is_its_own_doer(number, link) => slot.actors(),
                _ => continue,
            };
            if ids.len() == 1 {
                let weight = self.weight(number, other, self.is_listed(candidate.head));
                let link = if leader { self.link_of_state(&ids[0]).unwrap_or(link) } else { link };
                add(&mut members, ids, link, other, if leader { weight * 2 / 3 } else { weight });
            }
        }
        self.best(members, count)
    }

    /// Whether the person leads a state, or is the deputy of somebody who does.
    fn is_leader(&self, link: usize) -> bool {
        let slot = &self.links[link];
        self.leads_state(slot) || self.offices_at_date(slot).iter().any(|it| words::DEPUTY_LEADER.has(it))
    }

    /// Returns the two people of whom the last sentences tell that one met or spoke with the other.
    fn met_each_other(&self, number: usize, speaker: Option<usize>) -> Option<[usize; 2]> {
        let syntax = self.context.syntax;
        let gender = self.candidates[number].gender;
        let person = |at: u32| {
            let link = self.link_headed(Some(at))?;
            let slot = &self.links[link];
            let fits = slot.kind == ActorKind::Person
                && slot.stands_for.is_empty()
                && slot.described.is_none()
                && speaker != Some(link)
                && genders_fit(slot.gender, gender);
            fits.then_some(link)
        };
        self.before(number, NEAR_MET).find_map(|(other, _)| {
            let subject = self.candidates[other].head;
            let verb = syntax.token(subject).head;
            if syntax.token(subject).dep != Dep::Nsubj || !syntax.is_written(verb, &words::JOINT_VERB) {
                return None;
            }
            // "Lee spoke by phone on Monday with Park": the parser hangs "with" on one of these.
            let with = (verb + 1..syntax.token(verb).right_edge.min(verb + 12) + 1)
                .filter(|&at| syntax.word(at) == "with" && syntax.token(at).dep == Dep::Prep)
                .find_map(|at| syntax.child(at, Dep::Pobj));
            let met = syntax.child(verb, Dep::Dobj).filter(|_| syntax.lemma(verb) == "meet");
            let (one, two) = (person(subject)?, person(met.or(with)?)?);
            (one != two).then_some([one, two])
        })
    }

    /// Returns the political parties that are meant by `both parties`, where the last sentences speak of as many.
    fn political_parties(&self, number: usize, count: usize) -> Option<(Vec<ActorId>, String, ActorKind)> {
        let mut found: Vec<(ActorId, &str)> = Vec::new();
        for (_, link) in self.before(number, NEAR_PARTIES) {
            let Some(entry) = self.links[link].entry.filter(|entry| entry.sector == Some(Sector::Party))
            else {
                continue;
            };
            if !found.iter().any(|(id, _)| *id == entry.id) {
                found.push((entry.id.clone(), entry.name.as_str()));
            }
        }
        if found.len() != count {
            return None;
        }
        found.reverse();
        let name = found.iter().map(|&(_, name)| name).collect::<Vec<_>>().join(" and ");
        Some((found.into_iter().map(|(id, _)| id).collect(), name, ActorKind::Organisation))
    }

    /// Returns how much the mention `other` speaks for its bearer as one of the pair `number`.
    pub(super) fn weight(&self, number: usize, other: usize, listed: bool) -> i32 {
        let candidate = &self.candidates[other];
        let apart = (self.sentence(number) - self.sentence(other)) as i32;
        let part = match self.context.part(candidate.head) {
            _ if candidate.form == MentionForm::Adjective => 5,
            _ if !listed && self.names_thing(candidate.head) => 5,
            Part::Subject => 16,
            Part::Owner => 8,
            _ => 10,
        };
        (part + if listed { 12 } else { 0 }) * (8 - apart).max(1)
    }

    /// Returns the `count` who lead all others clearly, in the order in which they were first spoken of.
    fn best(&self, mut members: Vec<Member>, count: usize) -> Option<(Vec<ActorId>, String, ActorKind)> {
        members.sort_by_key(|member| (Reverse(member.weight), Reverse(member.first)));
        let next = members.get(count).map_or(0, |member| member.weight);
        members.truncate(count);
        let last = members.last().filter(|_| members.len() == count)?;
        if last.weight * (100 - LEAD) < next * 100 || members.iter().any(|member| member.ids.len() != 1) {
            return None;
        }
        members.sort_by_key(|member| member.first);
        let names: Vec<&str> = members.iter().map(|member| self.links[member.link].name.as_str()).collect();
        let name = names.join(" and ");
        let first = members.first()?;
        let state = first.ids.first().is_some_and(|id| id.state_code().is_some());
        let kind = if state { ActorKind::State } else { self.links[first.link].kind };
        Some((members.into_iter().flat_map(|member| member.ids).collect(), name, kind))
    }

    /// Whether the name at `head` stands before a thing that bears it: `the Singapore agreement` speaks of a place as often
    /// as of a party.
    pub(super) fn names_thing(&self, head: u32) -> bool {
        let token = self.context.syntax.token(head);
        let thing = self.headed[token.head].is_none_or(|number| matches!(self.sorts[number], Sort::Thing(_)));
        token.dep == Dep::Compound && thing
    }

    /// Whether the phrase headed by `head` is one of a list, `Lee and Park`.
    pub(super) fn is_listed(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let is_name =
            |at: u32| self.headed[at].is_some_and(|number| matches!(self.sorts[number], Sort::Name));
        let token = syntax.token(head);
        token.dep == Dep::Conj && is_name(token.head)
            || (head + 1..=token.right_edge.min(head + 12))
                .any(|at| syntax.token(at).dep == Dep::Conj && syntax.token(at).head == head && is_name(at))
    }
}

/// Adds `weight` to the member with `ids`; `other` is the mention, which is before all that were added.
fn add(members: &mut Vec<Member>, ids: Vec<ActorId>, link: usize, other: usize, weight: i32) {
    if ids.is_empty() {
        return;
    }
    match members.iter_mut().find(|member| member.ids == ids) {
        Some(member) => {
            member.weight += weight;
            member.first = other;
        }
        None => members.push(Member { weight, ids, link, first: other }),
    }
}
