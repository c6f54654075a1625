//! People who are described first and named later: `The gunman was identified as Peter Lang`, `Police named the two
//! attackers as Peter Lang and Karl Tamm`.

use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind};
use readout_syntax::Dep;

use crate::mentions::candidate::Candidate;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most people who are named in one such sentence.
const MOST: usize = 12;

impl Resolver<'_, '_> {
    /// Gives every description that the report identifies with somebody to the chain of the name.
    pub(super) fn identify(&mut self) {
        for number in 0..self.candidates.len() {
            let Sort::Described(description) = &self.sorts[number] else { continue };
            let candidate = &self.candidates[number];
            let named = self.identified_as(candidate);
            let Some(link) = self.link_of[number].filter(|link| !named.contains(link)) else { continue };
            let unknown = self.links[link].described.is_some() && self.links[link].stands_for.is_empty();
            match named.as_slice() {
                [person] if unknown && !candidate.plural => self.merge(link, *person),
                [_, _, ..] if unknown && candidate.plural => {
                    self.name_group(&description.lemma, &named);
                }
                _ => {}
            }
        }
    }

    /// Returns the links of the people whose names follow `identified as` of the description.
    fn identified_as(&self, candidate: &Candidate<'_>) -> Vec<usize> {
        let syntax = self.context.syntax;
        let token = syntax.token(candidate.head);
        let verb = token.head;
        let told =
            matches!(token.dep, Dep::Nsubjpass | Dep::Dobj) && syntax.is_written(verb, &words::IDENTIFYING);
        let doubted = syntax
            .children_by(verb, &[Dep::Neg, Dep::Advmod])
            .any(|at| syntax.token(at).dep == Dep::Neg || words::WRONGLY.has(syntax.lemma(at)));
        let name = syntax
            .children_by(verb, &[Dep::Prep])
            .find(|&at| at > candidate.head && syntax.word(at) == "as")
            .and_then(|at| syntax.child(at, Dep::Pobj))
            .filter(|_| told && !doubted);
        let heads = std::iter::successors(name, |&at| syntax.child(at, Dep::Conj)).take(MOST);
        let links: Option<Vec<usize>> = heads
            .map(|at| {
                let name = self.headed[at].filter(|&name| matches!(self.sorts[name], Sort::Name))?;
                self.link_of[name].filter(|&link| self.links[link].kind == ActorKind::Person)
            })
            .collect();
        links.unwrap_or_default()
    }

    /// Gives the ids of `people` to all groups of the report that the noun describes and that may be as many.
    fn name_group(&mut self, lemma: &str, people: &[usize]) {
        let ids: Vec<ActorId> = people.iter().flat_map(|&link| self.links[link].actors()).collect();
        if ids.len() != people.len() {
            return;
        }
        let names: Vec<&str> = people.iter().map(|&link| self.links[link].name.as_str()).collect();
        let name = names.join(" and ");
        for link in 0..self.links.len() {
            let plural = self.links[link].members.first().is_some_and(|&first| self.candidates[first].plural);
            let slot = &mut self.links[link];
            let same = slot
                .described
                .as_ref()
                .is_some_and(|it| it.lemma == lemma && it.count().is_none_or(|count| count == people.len()));
            if plural && same {
                slot.stands_for.clone_from(&ids);
                slot.name.clone_from(&name);
                slot.kind = ActorKind::Person;
                slot.nobody = false;
            }
        }
    }
}
