//! Places beside a word where the thing stands that it is on: its object, its infinitive, what follows a preposition.

use readout_syntax::{Dep, EntityLabel, Pos, Tag};

use super::told::sides_free;
use crate::clause::reading::Reading;
use crate::words::{conditions, stances};

/// Returns the head tokens at `place` of the word `at`.
pub(super) fn at_place(reading: &Reading<'_>, at: u32, place: &str) -> Vec<u32> {
    let verbs = |deps: &[Dep], infinitive: bool| -> Vec<u32> {
        let finite =
            |verb: u32| !reading.children_by(verb, &[Dep::Aux]).any(|aux| reading.tag(aux) == Tag::To);
        let mut found = reading.children(at).iter().copied().filter(|&child| {
            // `decide whether to leave`
            let open = reading.children_by(child, &[Dep::Mark]).any(|it| reading.is(it, &["whether", "if"]));
            deps.contains(&reading.dep(child))
                && reading.is_verb(child)
                && finite(child) != infinitive
                && !open
        });
        found.find(|&child| child > at).into_iter().collect()
    };
    match place {
        "self" => vec![at],
        "subj" => reading.subjects(at),
        "obj" => {
            let found = reading.objects(at);
            // `wanted the sanctions lifted`
            let bare = found.is_empty()
                && reading.tag(at) == Tag::Vbn
                && reading.children_by(at, &[Dep::Aux, Dep::Auxpass]).next().is_none();
            if bare { reading.children_by(at, &[Dep::Nsubj]).collect() } else { found }
        }
        // `insists that Chad leave`, not `insists that Chad left`
        "wish" => {
            let wished = |verb: u32| {
                let aux = reading.children_by(verb, &[Dep::Aux]).find(|&aux| reading.tag(aux) == Tag::Md);
                match aux {
                    Some(aux) => reading.is(aux, &["must", "should"]),
                    None => !reading.is_infinitive(verb) && base_form(reading, verb),
                }
            };
            verbs(&[Dep::Ccomp], false).into_iter().filter(|&verb| wished(verb)).collect()
        }
        "thing" => reading.objects(at).into_iter().filter(|&head| sides_free(reading, head)).collect(),
        // `denied the accusation`, not `denied any part in it`
        "claim" => {
            reading.objects(at).into_iter().filter(|&head| reading.is(head, &stances::CLAIM)).collect()
        }
        "poss" => reading.children_by(at, &[Dep::Poss]).collect(),
        "inf" => {
            // `agreed on a system to avoid clashes`: the purpose of what stands before it.
            let purpose = |verb: u32| {
                reading.dep(verb) == Dep::Advcl
                    && reading.children_by(at, &[Dep::Dobj, Dep::Prep]).any(|it| at < it && it < verb)
                    && reading.is(at, &stances::AGREEING)
            };
            let found = verbs(&[Dep::Xcomp, Dep::Ccomp, Dep::Acl, Dep::Advcl], true);
            found.into_iter().filter(|&verb| !purpose(verb)).collect()
        }
        "clause" => verbs(&[Dep::Ccomp, Dep::Xcomp], false),
        // `hopes that Chad will sign`: what somebody else is to do.
        "that" => {
            let others = |verb: u32| reading.own_subject(verb).is_some_and(|it| reading.pos(it) != Pos::Pron);
            verbs(&[Dep::Ccomp], false).into_iter().filter(|&verb| others(verb)).collect()
        }
        // `opposes lifting the sanctions`
        "gerund" => {
            let found = verbs(&[Dep::Ccomp, Dep::Xcomp], false);
            // `suggested that Chad was working on it` tells a fact.
            let alone = |verb: u32| reading.children_by(verb, &[Dep::Aux, Dep::Mark]).next().is_none();
            found.into_iter().filter(|&verb| reading.tag(verb) == Tag::Vbg && alone(verb)).collect()
        }
        "out_of" => {
            let out = reading.children_by(at, &[Dep::Prep]).filter(|&prep| reading.is(prep, &["out"]));
            out.flat_map(|out| reading.after(out, &["of"])).collect()
        }
        preposition => {
            let mut found = Vec::new();
            for prep in reading.children_by(at, &[Dep::Prep, Dep::Dative]) {
                if reading.is(prep, &[preposition]) {
                    // `agree on whether Chad should leave`: a question.
                    let open = |it: &u32| {
                        reading.children_by(*it, &[Dep::Mark]).any(|m| reading.is(m, &["whether"]))
                    };
                    let below = reading.children_by(prep, &[Dep::Pobj, Dep::Pcomp]);
                    found.extend(below.filter(|it| !open(it)));
                }
            }
            found
        }
    }
}

/// Returns the `of` of `out of`, if the preposition `prep` begins one: `pull the troops out of Mali`.
pub(super) fn out_of(reading: &Reading<'_>, prep: u32) -> Option<u32> {
    let mut inner = reading.children_by(prep, &[Dep::Prep]);
    inner.find(|&of| reading.is(prep, &["out"]) && reading.is(of, &["of"]))
}

/// Returns the preposition behind the verb `at` that belongs to the name of its act, and the object of it.
pub(super) fn complement_of(reading: &Reading<'_>, at: u32) -> (Option<u32>, Option<u32>) {
    let within = |prep: u32| reading.child(out_of(reading, prep).unwrap_or(prep), Dep::Pobj);
    let prep = reading.children_by(at, &[Dep::Prep]).find(|&prep| {
        prep > at
            && reading.is(prep, &["from", "with", "on", "against", "to", "in", "into", "for", "out", "of"])
            && within(prep).is_some_and(|object| {
                !is_time(reading, object) && !reading.is(object, &conditions::NO_COMPLEMENT)
            })
    });
    (prep, prep.and_then(within))
}

/// Whether `at` is a time: `on Friday`.
fn is_time(reading: &Reading<'_>, at: u32) -> bool {
    reading.entity_at(at).is_some_and(|entity| matches!(entity.label, EntityLabel::Date | EntityLabel::Time))
}

/// Whether the clause of the verb `at` has its verb in the base form: `that Chad leave`, `that it be left`.
fn base_form(reading: &Reading<'_>, at: u32) -> bool {
    let mut verbs = reading.children_by(at, &[Dep::Auxpass, Dep::Aux]).peekable();
    match verbs.peek() {
        Some(&aux) => reading.word(aux).eq_ignore_ascii_case("be"),
        None => matches!(reading.tag(at), Tag::Vb | Tag::Vbp) && !reading.is(at, &["be"]),
    }
}
