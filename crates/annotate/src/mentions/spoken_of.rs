//! `They` and `their` for one state or group in arms, as people call it in speech: `We warned the regime, and they laughed`.

use readout_record::{ActorId, ActorKind};
use readout_syntax::Dep;

use crate::mentions::MentionForm;
use crate::mentions::nominals::Pronoun;
use crate::mentions::places::is_locative;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;

/// The most sentences back from a quotation to the state that its speaker calls `they`.
const NEAR_SPOKEN_OF: u32 = 2;

/// The most sentences of a quotation that are looked at for the state that its speaker calls `they`.
const INTO_QUOTATION: u32 = 4;

impl Resolver<'_, '_> {
    /// Returns the state or group in arms that a speaker calls `they`: the only one, but for the own side, of which the
    /// quotation and the sentences before it speak by name, or else by its leader.
    pub(super) fn state_spoken_of(&self, number: usize) -> Option<usize> {
        let head = self.candidates[number].head;
        self.context.quotation(head)?;
        let speaker = self.context.quoted_by(head).and_then(|it| self.link_headed(it.source_head));
        let speaker = speaker.or(self.speaker)?;
        let side = self.side_of(speaker).map(|(id, _)| id);
        // Where only the speaker's state is known, what the sentence itself speaks of is sure, and no more.
        let reach = if side.is_some() { NEAR_SPOKEN_OF } else { 0 };
        let own = side.or_else(|| self.links[speaker].state.as_deref().map(ActorId::state))?;
        if !self.is_free(head) {
            return None;
        }
        let near = self.parties_spoken_of(number, speaker, &own, reach)?;
        // A long quotation goes on about whom it was about at its start.
        let far = reach + self.sentences_into_quotation(head);
        let spoken = match near.is_empty() && reach > 0 && far > reach {
            true => self.parties_spoken_of(number, speaker, &own, far)?,
            false => near,
        };
        let [id] = spoken.try_into().ok()?;
        let found = self.links.iter().position(|link| {
            link.actors() == [id.clone()] && !link.place && !link.people && link.kind != ActorKind::Person
        })?;
        // "We urge the Chadian authorities to free them": all that means the state is barred at once.
        let barred = self.before(number, 0).any(|(other, link)| {
            self.links[link].actors() == [id.clone()] && self.is_barred(number, other, link)
        });
        (!barred).then_some(found)
    }

    /// Returns the ids of the states and groups in arms of which the last `reach` sentences speak, but for the `own` one of the
    /// speaker: those that are named, or else those whose leaders are. There are none where people may be meant as well.
    fn parties_spoken_of(
        &self,
        number: usize,
        speaker: usize,
        own: &ActorId,
        reach: u32,
    ) -> Option<Vec<ActorId>> {
        let passive = self.context.syntax.token(self.candidates[number].head).dep == Dep::Nsubjpass;
        let (mut named, mut hinted) = (Vec::new(), Vec::new());
        for (other, link) in self.before(number, reach) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let leader = self.leads_state(slot) && slot.stands_for.is_empty() && link != speaker;
            let party = matches!(slot.kind, ActorKind::State | ActorKind::ArmedGroup) && !slot.place;
            let ids = match &slot.state {
                Some(state) if leader => vec![ActorId::state(state)],
                _ => slot.actors(),
            };
            // Several of them may be meant, or people of whom the sentences speak too: "the rebels in Chad".
            let of_own = candidate.state.as_deref().is_some_and(|state| *own == ActorId::state(state));
            let many = candidate.plural
                && !slot.thing
                && slot.list.is_empty()
                && candidate.form != MentionForm::Pronoun;
            let of_party = (candidate.words.start..candidate.head).any(|at| {
                let name = self.headed[at].and_then(|name| self.link_of[name]);
                name.is_some_and(|name| {
                    matches!(self.links[name].kind, ActorKind::State | ActorKind::ArmedGroup)
                })
            });
            let person = |member: usize| self.links[member].kind == ActorKind::Person;
            let listed = !slot.list.is_empty() && self.members_of(link).any(person);
            // "They have been discussed" may be said of weapons.
            let suffering = passive && slot.thing && candidate.plural;
            // The list is nearer than any party.
            let listed = listed && named.is_empty() && hinted.is_empty();
            if many && !of_own && !of_party && ids.len() != 1 || listed || suffering {
                return None;
            }
            let [id] = ids.as_slice() else { continue };
            let place = is_locative(self.context.syntax, candidate.head);
            if !(party || leader) || place || own == id {
                continue;
            }
            if candidate.form == MentionForm::Adjective || self.names_thing(candidate.head) {
                continue;
            }
            let spoken = if leader { &mut hinted } else { &mut named };
            if !spoken.contains(id) {
                spoken.push(id.clone());
            }
        }
        Some(if named.is_empty() { hinted } else { named })
    }

    /// Whether the owner `their` is not bound by the subject of its own clause: `It was on their soil`, and not `those who
    /// lost their homes`. Other pronouns are free.
    fn is_free(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let pronoun = |at: u32| {
            let number = self.headed[at];
            number.is_some_and(|number| {
                matches!(self.sorts[number], Sort::Pronoun(it) if it != Pronoun::Who && it != Pronoun::He && it != Pronoun::She)
            })
        };
        syntax.token(head).dep != Dep::Poss
            || self
                .context
                .clause(head)
                .is_some_and(|verb| syntax.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass]).any(pronoun))
    }

    /// Returns the number of sentences between the start of the quotation around the token and the token.
    fn sentences_into_quotation(&self, head: u32) -> u32 {
        let syntax = self.context.syntax;
        let quotation = self.context.quotation(head);
        let sentence = |at: u32| syntax.token(at).sentence;
        let is_near = |at: &u32| sentence(*at) + INTO_QUOTATION >= sentence(head);
        let within = |at: &u32| is_near(at) && self.context.quotation(*at) == quotation;
        let first = (0..=head).rev().take_while(within).last();
        first.map_or(0, |first| sentence(head).saturating_sub(sentence(first))).min(INTO_QUOTATION)
    }

    /// Returns the one state or group in arms that `they` outside of quotations stands for, where the sentence speaks of no
    /// other, and neither it nor the sentence before of people or things that are many: `Norway said they would stay`.
    pub(super) fn only_party(&self, number: usize) -> Option<usize> {
        let head = self.candidates[number].head;
        if self.context.quotation(head).is_some() {
            return None;
        }
        let mut found: Option<(usize, Vec<ActorId>)> = None;
        for (other, link) in self.before(number, 1) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let here = self.sentence(other) == self.sentence(number);
            let many = candidate.plural
                || slot.people && candidate.form != MentionForm::Adjective
                || !slot.list.is_empty()
                || slot.stands_for.len() > 1;
            if many {
                return None;
            }
            let sort =
                matches!(slot.kind, ActorKind::State | ActorKind::ArmedGroup | ActorKind::Organisation);
            let party = sort && !slot.place && !slot.people && candidate.form != MentionForm::Adjective;
            let ids = slot.actors();
            if !(here && party) || ids.len() != 1 {
                continue;
            }
            let token = self.context.syntax.token(candidate.head);
            // "the U.S. envoy"; "in Chad and Norway" are many.
            if token.dep == Dep::Conj || self.context.syntax.child(candidate.head, Dep::Conj).is_some() {
                return None;
            }
            let aside = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod);
            if aside || is_locative(self.context.syntax, candidate.head) || self.names_thing(candidate.head) {
                continue;
            }
            if found.as_ref().is_some_and(|(_, known)| *known != ids) {
                return None;
            }
            if self.is_barred(number, other, link) {
                return None;
            }
            found = found.or(Some((link, ids)));
        }
        found.map(|(link, _)| link)
    }
}
