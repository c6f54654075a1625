//! The state in focus: the one of which the sentence or the last ones speak, where `the country` and `the government` do not
//! say which one they are.

use std::collections::BTreeSet;

use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind};
use readout_syntax::{Dep, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::context::Part;
use crate::mentions::places::is_locative;
use crate::mentions::resolver::Resolver;
use crate::mentions::words;

/// The most sentences back to a mention of the state that `the country` refers to.
const NEAR: u32 = 4;

/// The most steps up the tree from `the country` to the verb whose subject is another state.
const STEPS_TO_VERB: usize = 30;

/// By how much the state that is meant leads the next one.
const LEAD: i32 = 8;

impl Resolver<'_, '_> {
    /// Returns the one state that the sentence names before `the country`, itself or by one of its places, and that is not
    /// the one who acts on the country: `Troops left Norway before the country voted`.
    pub(super) fn only_state_of_sentence(
        &self,
        number: usize,
        modifiers: &BTreeSet<String>,
    ) -> Option<String> {
        let mut found: Option<String> = None;
        let mut barred: Vec<String> = Vec::new();
        for (other, link) in self.before(number, 0) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let party = slot.place || candidate.place || slot.kind == ActorKind::State;
            let aside = slot.people || candidate.form != MentionForm::Name || self.modifies(other, link);
            if !party {
                continue;
            }
            if slot.stands_for.len() > 1 {
                return None;
            }
            let Some(state) = slot.state.clone().or_else(|| state_of_ids(&slot.actors())) else { continue };
            if self.is_elsewhere(number, other, link) || self.may_be_elsewhere(number, other) {
                barred.push(state);
            } else if !aside
                && !self.is_joined(candidate.head)
                && self.may_be_called(number, modifiers, &state)
            {
                if found.as_ref().is_some_and(|known| *known != state) {
                    return None;
                }
                found = Some(state);
            }
        }
        found.filter(|state| !barred.contains(state))
    }

    /// Whether a hyphen joins the word to the next one: `a Chad-like affair`.
    fn is_joined(&self, head: u32) -> bool {
        self.context.syntax.word(head + 1) == "-"
    }

    /// Whether the name of a state stands before a noun: `many U.S. companies`.
    fn modifies(&self, other: usize, link: usize) -> bool {
        let candidate = &self.candidates[other];
        self.context.syntax.token(candidate.head).dep == Dep::Compound
            && candidate.form == MentionForm::Name
            && self.links[link].kind == ActorKind::State
    }

    /// Whether the mention `other` of a state is of another one than `the country` in its clause.
    fn is_elsewhere(&self, number: usize, other: usize, link: usize) -> bool {
        let head = self.candidates[number].head;
        let candidate = &self.candidates[other];
        let clause = self.context.clause(head);
        let owns = self.context.part(head) == Part::Owner;
        // "The United States kept its troops in the country": it is another one.
        let beside = matches!(self.context.part(candidate.head), Part::Subject | Part::Object)
            && clause.is_some()
            && clause == self.context.clause(candidate.head)
            && !owns;
        // "some U.S. troops in the country", "the Norwegian garrison of the country"
        let located = is_locative(self.context.syntax, head) && self.sentence(other) == self.sentence(number);
        let noun = self.context.syntax.token(candidate.head).head;
        let many =
            candidate.form == MentionForm::Adjective && self.context.syntax.token(noun).tag == Tag::Nns;
        let sent = located && (self.modifies(other, link) || many);
        let named = self.links[link].kind == ActorKind::State && candidate.form == MentionForm::Name;
        beside && named || sent
    }

    /// Whether the state may be one that is at work in `the country`: `the U.S. would go on with its raids in the country`. It
    /// may be its own too: `Norway let inspectors into the country`.
    fn may_be_elsewhere(&self, number: usize, other: usize) -> bool {
        let syntax = self.context.syntax;
        let (head, candidate) = (self.candidates[number].head, &self.candidates[other]);
        let verb = syntax.token(candidate.head).head;
        let above = self.context.part(candidate.head) == Part::Subject
            && syntax.ancestors(head).take(STEPS_TO_VERB).any(|at| at == verb);
        is_locative(syntax, head) && above && candidate.form == MentionForm::Name
    }

    /// Whether the noun and its adjectives fit the state: `the kingdom`, `the rogue nation`, `the regime`.
    fn may_be_called(&self, number: usize, modifiers: &BTreeSet<String>, state: &str) -> bool {
        let lemma = self.context.syntax.lemma(self.candidates[number].head).to_lowercase();
        let shunned = lemma == "regime" || modifiers.iter().any(|word| words::SHUNNED.has(word));
        let state = state.to_lowercase();
        !(shunned && words::NO_REGIME.has(&state)) && (lemma != "kingdom" || words::KINGDOM.has(&state))
    }

    /// Returns the state of which the last sentences speak most, where it leads clearly.
    pub(super) fn state_in_focus(
        &self,
        number: usize,
        modifiers: &BTreeSet<String>,
        country: bool,
    ) -> Option<String> {
        let head = self.candidates[number].head;
        let located = country && is_locative(self.context.syntax, head);
        let mut scores: Vec<(i32, String)> = Vec::new();
        let mut barred: Vec<String> = Vec::new();
        for (other, link) in self.before(number, NEAR) {
            let (slot, candidate) = (&self.links[link], &self.candidates[other]);
            let place = slot.place || candidate.place;
            let leader = !country && self.leads_state(slot);
            // A group in arms fights in its own country.
            let armed = slot.kind == ActorKind::ArmedGroup;
            if !(place || leader || armed || slot.kind == ActorKind::State) || slot.stands_for.len() > 1 {
                continue;
            }
            let Some(state) = slot.state.clone().or_else(|| state_of_ids(&slot.actors())) else { continue };
            let part = self.context.part(candidate.head);
            let modifies = self.modifies(other, link);
            if country && self.is_elsewhere(number, other, link) {
                barred.push(state);
                continue;
            }
            let locative = place || is_locative(self.context.syntax, candidate.head);
            let mut score = 24 - 7 * (self.sentence(number) - self.sentence(other)) as i32;
            score += match part {
                _ if armed => {
                    if country {
                        2
                    } else {
                        -2
                    }
                }
                // "the Russian government": it acts, and it is elsewhere that things happen.
                _ if country && candidate.form == MentionForm::Nominal && slot.described.is_some() => -8,
                // "U.S. officials", "many Americans" speak of people, and not of where they are.
                _ if candidate.form == MentionForm::Adjective || slot.people || modifies => {
                    if country {
                        -12
                    } else {
                        -5
                    }
                }
                _ if locative => {
                    if country {
                        12
                    } else {
                        -2
                    }
                }
                // What a sentence before this one was about.
                Part::Subject
                    if self.sentence(other) < self.sentence(number)
                        && is_main(self.context.syntax, candidate.head) =>
                {
                    10
                }
                Part::Subject => 6,
                Part::Owner => 4,
                _ => 2,
            };
            if leader {
                score -= 3;
            }
            // "The United States will keep its forces in the country": who acts is not where it happens.
            if located && !locative && matches!(part, Part::Subject | Part::Object) {
                score -= 14;
            }
            score += 2 * self.counts[link].0.min(6) as i32;
            match scores.iter_mut().find(|(_, of)| *of == state) {
                Some(slot) => slot.0 = slot.0.max(score),
                None => scores.push((score, state)),
            }
        }
        scores.retain(|(_, state)| !barred.contains(state) && self.may_be_called(number, modifiers, state));
        scores.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let (best, state) = scores.first()?;
        let next = scores.get(1).map_or(0, |(score, _)| *score);
        (best - next >= LEAD).then(|| state.clone())
    }
}

/// Whether the phrase headed by `head` is the subject of its whole sentence.
fn is_main(syntax: &Syntax, head: u32) -> bool {
    let token = syntax.token(head);
    token.dep == Dep::Nsubj && syntax.head(token.head).is_none()
}

/// Returns the code of the state that `ids` name, where they name one alone.
pub(super) fn state_of_ids(ids: &[ActorId]) -> Option<String> {
    match ids {
        [id] => id.state_code().map(str::to_owned),
        _ => None,
    }
}
