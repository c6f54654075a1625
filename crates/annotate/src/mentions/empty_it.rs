//! `It` that stands for nothing: `it is clear that …`, `it rained`.

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
            // "made it easier to …"
            return words::JUDGING.has_as_written(lemma)
                && below(verb, &[Dep::Ccomp, Dep::Xcomp])
                && (at + 1..(at + 3).min(syntax.len())).any(|next| syntax.token(next).pos == Pos::Adj);
        }
        const CLAUSES: &[Dep] = &[Dep::Ccomp, Dep::Csubj, Dep::Xcomp, Dep::Advcl, Dep::Relcl];
        match lemma {
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

/// Whether the noun `told` has a clause with `who` or `that`: `it was Lee who called`.
fn is_cleft(syntax: &Syntax, told: Option<u32>) -> bool {
    let clauses = |told: u32| syntax.children_by(told, &[Dep::Relcl]).collect::<Vec<_>>();
    told.is_some_and(|told| {
        clauses(told).iter().any(|&clause| {
            syntax.children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass]).any(|at| syntax.word(at) == "who")
        })
    })
}
