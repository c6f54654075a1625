//! `It` that stands for nothing: `it is clear that …`, `it rained`.

use readout_lexicon::WordSet as _;
use readout_syntax::{Dep, Pos, Syntax};

use crate::mentions::context::Part;
use crate::mentions::resolver::Resolver;
use crate::mentions::words;

impl Resolver<'_, '_> {
    /// Whether `it` refers to nothing: `it is clear that …`, `it took years to …`, `it seems …`.
    pub(super) fn says_nothing(&self, number: usize) -> bool {
        let syntax = self.context.syntax;
        let at = self.candidates[number].head;
        let token = syntax.token(at);
        if token.dep == Dep::Expl {
            return true;
        }
        if !token.dep.is_subject() && token.dep != Dep::Dobj {
            return false;
        }
        let verb = token.head;
        let edge = syntax.token(verb).right_edge.min(verb + 40);
        let below = |head: u32, deps: &[Dep]| {
            (head + 1..=edge)
                .any(|child| syntax.token(child).head == head && deps.contains(&syntax.token(child).dep))
        };
        let lemma = syntax.lemma(verb);
        if token.dep == Dep::Dobj {
            // "as Lee put it", and not "put it in a box", "put it off"
            if words::WORDING.has_as_written(lemma) {
                let goes = |at: u32| words::PUT_WHERE.has(&syntax.word(at).to_lowercase());
                return syntax.children_by(verb, &[Dep::Prt]).next().is_none()
                    && !syntax.children_by(verb, &[Dep::Prep, Dep::Advmod]).any(|at| at > verb && goes(at));
            }
            // "made it easier to …"
            return words::JUDGING.has_as_written(lemma)
                && below(verb, &[Dep::Ccomp, Dep::Xcomp])
                && (at + 1..(at + 3).min(syntax.len())).any(|next| syntax.token(next).pos == Pos::Adj);
        }
        const CLAUSES: &[Dep] = &[Dep::Ccomp, Dep::Csubj, Dep::Xcomp, Dep::Advcl, Dep::Relcl];
        match lemma {
            // "when it comes to grain"
            "come" => {
                let to = syntax.children_by(verb, &[Dep::Prep]).any(|at| syntax.word(at) == "to");
                let when = syntax.children_by(verb, &[Dep::Advmod, Dep::Mark]);
                to && when.into_iter().any(|at| syntax.lemma(at).eq_ignore_ascii_case("when"))
            }
            _ if words::SEEMING.has_as_written(lemma) => below(verb, CLAUSES),
            _ if words::WEATHER.has_as_written(lemma) => true,
            _ if words::LASTING.has_as_written(lemma) => {
                below(verb, &[Dep::Ccomp, Dep::Csubj, Dep::Xcomp, Dep::Advcl])
            }
            "be" | "’s" | "'s" => {
                let told = (verb + 1..=edge).find(|&child| {
                    syntax.token(child).head == verb
                        && matches!(syntax.token(child).dep, Dep::Acomp | Dep::Attr | Dep::Prep)
                });
                let adjective = told.is_some_and(|told| {
                    // "it was willing to leave": nothing but somebody is willing.
                    syntax.token(told).dep == Dep::Acomp && !syntax.is_written(told, &words::DISPOSED)
                });
                let noun = told.is_some_and(|told| syntax.token(told).dep == Dep::Attr);
                let of_time = told.is_some_and(|told| syntax.is_written(told, &words::TIME));
                adjective
                    && (below(verb, &[Dep::Ccomp, Dep::Csubj, Dep::Xcomp, Dep::Advcl])
                        || told.is_some_and(|told| below(told, &[Dep::Ccomp, Dep::Xcomp])))
                    || noun
                        && (below(verb, &[Dep::Ccomp, Dep::Csubj])
                            || told.is_some_and(|told| below(told, &[Dep::Relcl, Dep::Acl]))
                                && self.context.part(at) == Part::Subject
                                && below(verb, &[Dep::Ccomp]))
                    || of_time
                    // "it was Lee who called"
                    || noun && is_cleft(syntax, told)
                    || told.is_none() && below(verb, &[Dep::Ccomp])
            }
            // "it is said that …"
            _ => token.dep == Dep::Nsubjpass && below(verb, &[Dep::Ccomp]),
        }
    }
}

impl Resolver<'_, '_> {
    /// Whether the clause says of `it` that it is a thing of some sort: `it is a breach of the law`. No state or body is.
    pub(super) fn is_called_thing(&self, number: usize) -> bool {
        let syntax = self.context.syntax;
        let token = syntax.token(self.candidates[number].head);
        if token.dep != Dep::Nsubj || syntax.lemma(token.head) != "be" {
            return false;
        }
        syntax.child(token.head, Dep::Attr).is_some_and(|noun| {
            let lemma = syntax.lemma(noun).to_lowercase();
            syntax.token(noun).pos == Pos::Noun
                && noun > token.head
                && self.knowledge.person_word(&lemma).is_none()
                && !words::NOUN_OF_STATE.has(&lemma)
        })
    }
}

/// Whether the noun `told` has a clause with `who` or `that`: `it was Lee who called`.
fn is_cleft(syntax: &Syntax, told: Option<u32>) -> bool {
    let clauses = |told: u32| syntax.children_by(told, &[Dep::Relcl]).collect::<Vec<_>>();
    told.is_some_and(|told| {
        clauses(told).iter().any(|&clause| {
            syntax.children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass]).any(|at| syntax.word(at) == "who")
        })
    })
}
