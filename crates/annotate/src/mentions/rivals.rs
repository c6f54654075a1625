//! Two who stand against one another: `the candidates`, `both rivals` after `Lee beat his rival, Park`.

use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind};
use readout_syntax::Dep;

use crate::mentions::nominals::{Article, Description};
use crate::mentions::resolver::Resolver;
use crate::mentions::words;

impl Resolver<'_, '_> {
    /// Returns the two people of whom the report calls one the rival of the other, where the description means both.
    pub(super) fn rivals(
        &self,
        number: usize,
        description: &Description,
    ) -> Option<(Vec<ActorId>, String, ActorKind)> {
        let both = matches!(description.article, Article::Definite | Article::Pair)
            && self.candidates[number].plural
            && self.candidates[number].state.is_none()
            && words::RIVALS.has(&description.lemma)
            && description.count().is_none_or(|count| count == 2);
        if !both {
            return None;
        }
        let mut pairs: Vec<[usize; 2]> = Vec::new();
        for two in 0..self.links.len() {
            let Some(one) = self.rival_of(two, number) else { continue };
            let mut pair = [one, two];
            pair.sort_unstable();
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        let [pair] = pairs.try_into().ok()?;
        let ids: Vec<ActorId> = pair.iter().flat_map(|&link| self.links[link].actors()).collect();
        let name = pair.map(|link| self.links[link].name.as_str()).join(" and ");
        (ids.len() == 2).then_some((ids, name, ActorKind::Person))
    }

    /// Returns whose rival the report calls the person `link` before the mention `number`: the person who is the subject of
    /// that clause.
    fn rival_of(&self, link: usize, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let slot = &self.links[link];
        if slot.kind != ActorKind::Person || slot.described.is_some() {
            return None;
        }
        slot.members.iter().filter(|&&member| member < number).find_map(|&member| {
            let name = &self.candidates[member];
            let called = |role: &String| role.to_lowercase().split(' ').any(|word| words::RIVAL.has(word));
            let beside = || {
                let noun = syntax.token(name.head).head;
                syntax.token(name.head).dep == Dep::Appos && syntax.is_written(noun, &words::RIVAL)
            };
            if !name.roles.iter().any(called) && !beside() {
                return None;
            }
            let mut verb = self.context.clause(name.head);
            while let Some(at) = verb {
                let subject = syntax
                    .children_by(at, &[Dep::Nsubj, Dep::Nsubjpass])
                    .rev()
                    .find(|&subject| subject < name.head);
                if let Some(subject) = subject {
                    let other = self.link_headed(Some(subject))?;
                    let person = self.links[other].kind == ActorKind::Person && other != link;
                    return person.then_some(other);
                }
                verb = self.context.clause(at);
            }
            None
        })
    }
}
