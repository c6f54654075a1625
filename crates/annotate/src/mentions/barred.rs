//! Bars of grammar: mentions to which a pronoun cannot refer.

use readout_record::ActorKind;
use readout_syntax::Dep;

use crate::mentions::context::Part;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most steps up the tree from a word to the relative clause that contains it.
const STEPS_TO_CLAUSE: usize = 30;

/// The most verbs from an object up to the one with the subject.
const STEPS_TO_DOER: usize = 4;

impl Resolver<'_, '_> {
    /// Whether grammar forbids that the pronoun refers to the mention `other`.
    pub(super) fn is_barred(&self, number: usize, other: usize, link: usize) -> bool {
        let syntax = self.context.syntax;
        let (pronoun, antecedent) = (&self.candidates[number], &self.candidates[other]);
        // Nobody is inside of himself: "his wife" is not he. A clause about her may speak of her: "the woman who lost
        // her son".
        if antecedent.phrase.contains(&pronoun.head) && !self.is_in_own_clause(pronoun.head, antecedent.head)
        {
            return true;
        }
        if self.is_told_of(pronoun.head, antecedent.head)
            || self.is_asked_of_another(pronoun.head, antecedent.head)
        {
            return true;
        }
        let word = syntax.word(pronoun.head).to_lowercase();
        let reflexive = word.ends_with("self") || word.ends_with("selves");
        let owner = syntax.token(pronoun.head).dep == Dep::Poss;
        if !reflexive && !owner {
            let clause = self.context.clause(pronoun.head);
            let direct = matches!(self.context.part(antecedent.head), Part::Subject | Part::Object);
            if clause.is_some() && clause == self.context.clause(antecedent.head) && direct
                || self.is_its_own_doer(number, link)
            {
                return true;
            }
        }
        self.is_speaker_of(number, link)
    }

    /// Whether the link says the quotation around the pronoun, or tells it in turn: its speaker says `I` there. A speaker
    /// who is but a pronoun after it goes on speaking, and so does the last one where nobody is named.
    pub(super) fn is_speaker_of(&self, number: usize, link: usize) -> bool {
        let head = self.candidates[number].head;
        if self.context.quotation(head).is_none() {
            return false;
        }
        let Some(inner) = self.context.quoted_by(head) else {
            return self.speaker == Some(link) && self.links[link].kind == ActorKind::Person;
        };
        std::iter::once(inner).chain(self.context.relayed_by(head)).filter(|it| it.speech).any(
            |attribution| {
                let goes_on = attribution
                    .source_head
                    .and_then(|head| self.headed[head])
                    .is_some_and(|source| source > number && matches!(self.sorts[source], Sort::Pronoun(_)));
                self.link_headed(attribution.source_head) == Some(link)
                    || goes_on && self.speaker == Some(link)
            },
        )
    }

    /// Whether the mention `number` is an object of what the link does: nobody is told of so by what he does himself, as in
    /// `Lee wrote to Park, warning the president`, `Norway vowed to find and destroy it`.
    pub(super) fn is_its_own_doer(&self, number: usize, link: usize) -> bool {
        let syntax = self.context.syntax;
        let head = self.candidates[number].head;
        if self.context.part(head) != Part::Object {
            return false;
        }
        let mut verb = self.context.clause(head);
        for _ in 0..STEPS_TO_DOER {
            let Some(at) = verb else { return false };
            if let Some(subject) = syntax.children_by(at, &[Dep::Nsubj]).find(|&subject| subject < head) {
                return self.link_headed(Some(subject)) == Some(link);
            }
            let dep = syntax.token(at).dep;
            let goes_on = matches!(dep, Dep::Xcomp | Dep::Advcl | Dep::Conj | Dep::Pcomp);
            let above = goes_on.then(|| self.context.clause(at)).flatten();
            // "Lee told Park to warn him", "Lee talked Park into warning him": Park does it, and not Lee.
            // "accused Park of warning him", and not "left Park without warning him"
            let preposition = syntax.token(at).head;
            let of_object = |above: u32| {
                dep == Dep::Xcomp
                    || dep == Dep::Pcomp
                        && syntax.token(preposition).head == above
                        && matches!(syntax.word(preposition), "into" | "from" | "for" | "of")
            };
            let told = above.filter(|&above| of_object(above)).and_then(|above| {
                syntax.children_by(above, &[Dep::Dobj, Dep::Dative]).find(|&told| told < at)
            });
            if told.is_some() {
                return self.link_headed(told) == Some(link);
            }
            verb = above;
        }
        false
    }

    /// Whether the description `number` is inside the phrase headed by the mention `other`, as in `Ann Lee, the sister of
    /// the president`: it is about somebody else.
    pub(super) fn is_inside_of(&self, number: usize, other: usize) -> bool {
        let syntax = self.context.syntax;
        let (head, above) = (self.candidates[number].head, self.candidates[other].head);
        // "Ann Lee, a historian and former clerk": both are what she is.
        let mut first = head;
        while syntax.token(first).dep == Dep::Conj && syntax.token(first).head < first {
            first = syntax.token(first).head;
        }
        let beside = syntax.token(first).dep == Dep::Appos && syntax.token(first).head == above;
        head != above && !beside && syntax.ancestors(head).take(STEPS_TO_CLAUSE).any(|at| at == above)
    }

    /// Whether the pronoun owns a noun that says what the phrase headed by `head` is: `Ann Lee, her deputy`, `Park was
    /// his brother`.
    fn is_told_of(&self, pronoun: u32, head: u32) -> bool {
        let syntax = self.context.syntax;
        let token = syntax.token(pronoun);
        let noun = syntax.token(token.head);
        token.dep == Dep::Poss
            && match noun.dep {
                Dep::Appos => noun.head == head,
                Dep::Attr => {
                    // "his own master" is what one may be.
                    (pronoun + 1 >= syntax.len() || syntax.word(pronoun + 1) != "own")
                        && syntax.token(head).head == noun.head
                        && syntax.token(head).dep == Dep::Nsubj
                }
                _ => false,
            }
    }

    /// Whether the pronoun owns what the subject `head` asks of another: `Lee called for his resignation`.
    fn is_asked_of_another(&self, pronoun: u32, head: u32) -> bool {
        let syntax = self.context.syntax;
        let owned = syntax.token(pronoun).head;
        if syntax.token(pronoun).dep != Dep::Poss || !syntax.is_written(owned, &words::OF_OTHERS) {
            return false;
        }
        self.context.clause(owned).is_some_and(|verb| {
            syntax.is_written(verb, &words::ASKING)
                && syntax.token(head).head == verb
                && syntax.token(head).dep == Dep::Nsubj
        })
    }

    /// Whether the token `at` is in a relative clause of `head`, but is not its subject.
    fn is_in_own_clause(&self, at: u32, head: u32) -> bool {
        let syntax = self.context.syntax;
        let clause = std::iter::once(at)
            .chain(syntax.ancestors(at).take(STEPS_TO_CLAUSE))
            .find(|&above| syntax.token(above).head == head && above != head);
        clause.is_some_and(|clause| {
            syntax.token(clause).dep == Dep::Relcl
                && !(syntax.token(at).head == clause && syntax.token(at).dep.is_subject())
        })
    }
}
