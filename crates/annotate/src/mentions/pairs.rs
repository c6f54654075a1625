//! Pairs: whom `the two leaders`, `both presidents` stand for.

use std::cmp::Reverse;

use readout_knowledge::WordKind;
use readout_record::{ActorId, ActorKind};

use crate::labels::Dep;
use crate::mentions::MentionForm;
use crate::mentions::context::Part;
use crate::mentions::nominals::Description;
use crate::mentions::resolve::{Resolver, Sort};

impl Resolver<'_, '_> {
    /// `the two leaders`, `both presidents`, `the two`: those last spoken of as a pair.
    pub(super) fn pair(&mut self, number: usize, description: &Description) -> usize {
        let states =
            description.word == WordKind::State || matches!(description.lemma.as_str(), "side" | "power");
        // One's parents are two who belong together, and neither is oneself.
        let kin = description.word == WordKind::Kin;
        let owner = self.owner(description);
        let (sentence, quoted) =
            (self.sentence(number), self.context.quotation(self.candidates[number].head));
        // For each who may be meant the best of its mentions near by: subjects before others, names much spoken of
        // before those named in passing.
        let mut scores: Vec<(i32, usize, usize)> = Vec::new();
        for (other, link) in self.before(number, 3) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let fits = if states {
                slot.kind == ActorKind::State && !slot.place && candidate.form != MentionForm::Adjective
            } else {
                slot.kind == ActorKind::Person && slot.stands_for.is_empty() && slot.described.is_none()
            };
            // Whom only a quotation names is no party to what is told outside of it.
            if !fits || quoted.is_none() && self.context.quotation(candidate.head).is_some() {
                continue;
            }
            let listed = self.is_listed(candidate.head);
            if kin && !listed || owner == Some(link) {
                continue;
            }
            // Many states are named beside those that act; only those that act or are paired count.
            if states && !listed && self.context.part(candidate.head) != Part::Subject {
                continue;
            }
            let mut score = if listed { 25 } else { 0 };
            score += -30 * (sentence - self.sentence(other)) as i32 + 3 * self.counts[link].0.min(6) as i32;
            score += match self.context.part(candidate.head) {
                Part::Subject => 20,
                Part::Owner => -5,
                _ => 8,
            };
            match scores.iter_mut().find(|slot| slot.1 == link) {
                Some(slot) => slot.0 = slot.0.max(score),
                None => scores.push((score, link, other)),
            }
        }
        scores.sort_by_key(|&(score, _, other)| (Reverse(score), Reverse(other)));
        scores.truncate(2);
        scores.sort_by_key(|&(_, _, other)| Reverse(other));
        let two: Vec<usize> = scores.iter().map(|&(_, link, _)| link).collect();
        let known: Vec<ActorId> = if two.len() == 2 {
            two.iter().flat_map(|&link| self.links[link].actors()).collect()
        } else {
            Vec::new()
        };
        let link = self.new_link(number, description);
        let name = two.iter().map(|&link| self.links[link].name.as_str()).collect::<Vec<_>>();
        if known.len() == 2 {
            let name = format!("{} and {}", name[1], name[0]);
            let kind = self.links[two[0]].kind;
            let slot = &mut self.links[link];
            slot.stands_for = known;
            slot.stands_for.reverse();
            slot.name = name;
            slot.kind = kind;
            slot.nobody = false;
        } else if matches!(description.lemma.as_str(), "two" | "both" | "side" | "pair") {
            self.links[link].nobody = true;
        }
        link
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
