//! Genders of names, from sentences that leave little doubt: `Okafor said she would go`, `Tamm blamed himself`.
//!
//! Read before any pronoun is resolved, so that one wrong guess about a name of unknown gender does not draw others
//! after it.

use std::collections::BTreeMap;

use readout_knowledge::Gender;
use readout_record::ActorKind;
use readout_syntax::Dep;

use crate::mentions::link::Link;
use crate::mentions::nominals::Pronoun;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;

impl Resolver<'_, '_> {
    /// Gives persons of unknown gender the one that every such sentence of the report agrees on.
    pub(super) fn read_genders(&mut self) {
        // For each link how often it is `he` and `she`.
        let mut votes: BTreeMap<usize, [u32; 2]> = BTreeMap::new();
        for (number, candidate) in self.candidates.iter().enumerate() {
            let place = match self.sorts[number] {
                Sort::Pronoun(Pronoun::He) => 0,
                Sort::Pronoun(Pronoun::She) => 1,
                _ => continue,
            };
            if self.context.quotation(candidate.head).is_some() {
                continue;
            }
            if let Some(link) = self.certainly(number) {
                votes.entry(link).or_default()[place] += 1;
            }
        }
        for (link, votes) in votes {
            let slot = &mut self.links[link];
            // Whoever is `he` or `she` is no organisation.
            slot.kind = ActorKind::Person;
            slot.gender = slot.gender.or(match votes {
                [_, 0] => Some(Gender::Male),
                [0, _] => Some(Gender::Female),
                _ => None,
            });
        }
    }

    /// The person whom the pronoun `number` stands for by its place alone: the named subject of a verb of which the
    /// pronoun is the object in `-self`, or in whose content clause it is the subject, with nobody between.
    fn certainly(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let at = self.candidates[number].head;
        let token = syntax.token(at);
        let verb = if syntax.word(at).to_lowercase().ends_with("self") {
            // "Lee himself" only stresses the name.
            matches!(token.dep, Dep::Dobj | Dep::Pobj | Dep::Dative).then(|| self.context.clause(at))??
        } else if token.dep == Dep::Nsubj && syntax.token(token.head).dep == Dep::Ccomp {
            syntax.token(token.head).head
        } else {
            return None;
        };
        let subject =
            syntax.children(verb).iter().copied().find(|&child| syntax.token(child).dep == Dep::Nsubj)?;
        if subject >= at {
            return None;
        }
        let person = |at: u32| {
            let number = self.headed[at]?;
            let link = self.link_of[number]?;
            let slot = &self.links[link];
            let may_be = slot.kind == ActorKind::Person || is_bare_surname(slot);
            (matches!(self.sorts[number], Sort::Name) && may_be).then_some(link)
        };
        let link = person(subject)?;
        let alone = (subject + 1..at).all(|between| person(between).is_none_or(|other| other == link));
        alone.then_some(link)
    }
}

/// Whether `link` is one unknown word that the recognizer took for an organisation or a place, as it often does with a
/// surname: `Velin`, not `UNHCR`.
fn is_bare_surname(link: &Link<'_>) -> bool {
    matches!(link.kind, ActorKind::Organisation | ActorKind::Place)
        && link.entry.is_none()
        && !link.name.contains(char::is_whitespace)
        && link.name.chars().any(char::is_lowercase)
}
