//! Number, gender and sort: whether they allow that a pronoun refers to a link.

use readout_knowledge::WordKind;
use readout_record::ActorKind;
use readout_syntax::Dep;

use crate::mentions::MentionForm;
use crate::mentions::link::Link;
use crate::mentions::nominals::Pronoun;
use crate::mentions::resolver::Resolver;
use crate::mentions::roles::genders_fit;
use crate::mentions::words;

impl Resolver<'_, '_> {
    /// Whether number, gender and sort allow that the pronoun refers to `link`, last spoken of by `other`.
    pub(super) fn fits(&self, number: usize, pronoun: Pronoun, link: usize, other: usize) -> bool {
        let (slot, candidate) = (&self.links[link], &self.candidates[number]);
        let antecedent = &self.candidates[other];
        match pronoun {
            Pronoun::He | Pronoun::She => {
                self.may_be_human(link) && !antecedent.plural && genders_fit(slot.gender, candidate.gender)
            }
            Pronoun::They => {
                let group = slot.described.as_ref().is_some_and(|it| {
                    matches!(it.word, WordKind::Group | WordKind::Armed) || it.lemma == "police"
                });
                let body =
                    matches!(slot.kind, ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::Outlet)
                        && !slot.place;
                // "The plans are dead, they said": no thing says so.
                let acts = self.is_minded(candidate.head) || self.context.is_source(candidate.head);
                let many = antecedent.plural
                    && !(slot.thing && acts)
                    && (slot.list.is_empty() || self.is_of_one_sort(link));
                many || slot.stands_for.len() > 1 || slot.people || group || body
            }
            Pronoun::It => {
                let body = matches!(
                    slot.kind,
                    ActorKind::State
                        | ActorKind::Organisation
                        | ActorKind::ArmedGroup
                        | ActorKind::Outlet
                        | ActorKind::Place
                );
                let described = slot.described.as_ref().is_some_and(|it| {
                    matches!(
                        it.word,
                        WordKind::Organisation
                            | WordKind::State
                            | WordKind::Place
                            | WordKind::Group
                            | WordKind::Armed
                    )
                });
                !antecedent.plural
                    && !slot.people
                    && slot.list.is_empty()
                    && slot.kind != ActorKind::Person
                    && if slot.thing {
                        !self.is_minded(candidate.head)
                    } else {
                        (body || described) && !self.is_called_thing(number)
                    }
            }
            _ => false,
        }
    }

    /// Whether the pronoun is the subject of what only somebody does or is: `it refused`, `they are willing`. No thing does.
    pub(super) fn is_minded(&self, head: u32) -> bool {
        let syntax = self.context.syntax;
        let token = syntax.token(head);
        let disposed = || {
            syntax.child(token.head, Dep::Acomp).is_some_and(|told| syntax.is_written(told, &words::DISPOSED))
        };
        token.dep == Dep::Nsubj && (syntax.is_written(token.head, &words::MINDED) || disposed())
    }

    /// Whether a link may be `he` or `she`.
    pub(super) fn may_be_human(&self, link: usize) -> bool {
        let slot = &self.links[link];
        match &slot.described {
            _ if slot.kind == ActorKind::Person => slot.stands_for.len() < 2,
            Some(description) => {
                // "the people who called his office": `who` is as many as they are.
                let many = slot.members.first().is_some_and(|&first| self.candidates[first].plural);
                matches!(description.word, WordKind::Person | WordKind::Kin)
                    && slot.kind == ActorKind::Unnamed
                    && !many
            }
            None => self.is_unknown_name(slot),
        }
    }

    /// Whether the link has a name that the knowledge lacks: it may be a person whom the recognizer missed.
    pub(super) fn is_unknown_name(&self, link: &Link<'_>) -> bool {
        // What the recognizer takes for a body again and again is one.
        let body = link.kind == ActorKind::Organisation && link.members.len() > 2;
        link.entry.is_none()
            && !body
            && !link.people
            && link.described.is_none()
            && link.members.first().is_some_and(|&first| {
                let candidate = &self.candidates[first];
                let syntax = self.context.syntax;
                candidate.form == MentionForm::Name
                    && candidate.words.len() <= 3
                    && candidate.phrase.start == candidate.words.start
                    && candidate.words.clone().all(|at| {
                        let word = syntax.word(at);
                        syntax.token(at).tag.is_proper()
                            && word.chars().all(|letter| {
                                letter.is_alphabetic() || matches!(letter, '-' | '.' | '\'' | '’')
                            })
                            && (word.len() < 2 || word.chars().any(char::is_lowercase))
                    })
            })
    }
}
