//! Bars of grammar: mentions to which a pronoun cannot refer.

use readout_syntax::Dep;

use crate::mentions::context::Part;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;

/// The most steps up the tree from a word to the relative clause that contains it.
const STEPS_TO_CLAUSE: usize = 30;

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
        if self.is_told_of(pronoun.head, antecedent.head) {
            return true;
        }
        let word = syntax.word(pronoun.head).to_lowercase();
        let reflexive = word.ends_with("self") || word.ends_with("selves");
        let owner = syntax.token(pronoun.head).dep == Dep::Poss;
        if !reflexive && !owner {
            let clause = self.context.clause(pronoun.head);
            let direct = matches!(self.context.part(antecedent.head), Part::Subject | Part::Object);
            if clause.is_some() && clause == self.context.clause(antecedent.head) && direct {
                return true;
            }
        }
        // Inside a quotation its speaker says "I"; a speaker who is but a pronoun after it goes on speaking.
        self.context.quotation(pronoun.head).is_some()
            && self.context.attribution(pronoun.head).is_some_and(|attribution| {
                let goes_on = attribution
                    .source_head
                    .and_then(|head| self.headed[head])
                    .is_some_and(|source| source > number && matches!(self.sorts[source], Sort::Pronoun(_)));
                self.link_headed(attribution.source_head) == Some(link)
                    || goes_on && self.speaker == Some(link)
            })
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
