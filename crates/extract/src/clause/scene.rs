//! The scene of violence: the place that was struck, or the place of those who were.

use readout_knowledge::Sense;
use readout_record::ActorKind;
use readout_syntax::{Dep, EntityLabel, Tag};

use super::place::{act_place, is_place, place_below, place_name, settlement};
use super::reach::{PASSAGE_TOKENS, STEPS_TO_CLAUSE};
use super::reading::Reading;
use crate::words::violence;

/// The most nouns from a name before a noun to the noun that has it: `the Mosul police headquarters`.
const NOUNS_AROUND: usize = 3;
/// The levels below a target at which its place is looked for: `targets in the city of Mosul`.
const REACH_FROM_TARGET: usize = 3;
/// The most verbs up the tree whose place is that of a verb that shares their subject or completes them.
const VERBS_ABOVE: usize = 3;
/// Prepositions behind which a place is where something is done.
const AT: &[&str] =
    &["in", "at", "near", "outside", "inside", "within", "across", "over", "off", "throughout", "around"];

/// Returns the place of the violence of `at`, which the predicate `told_at` tells and which fell upon those whom the heads
/// `struck` name.
pub(crate) fn place_of_violence(
    reading: &Reading<'_>,
    at: u32,
    told_at: u32,
    struck: &[u32],
) -> Option<String> {
    let mut targets: Vec<u32> = struck.iter().map(|&head| whole_target(reading, at, head)).collect();
    targets.extend(reading.objects(at));
    // `Gale’s murder` has a name for whoever died.
    let of_death = reading.is(at, &violence::DEATH);
    let town = |&head: &u32| {
        let named = names_place(reading, head)
            && !is_state(reading, head)
            && !(of_death && reading.dep(head) == Dep::Poss);
        if named { Some(place_name(reading, head)) } else { settlement(reading, head) }
    };
    // A town that was struck says more than the land around it: `in Syria, rebels shelled the town of Kobani`.
    (targets.iter().find_map(town))
        .or_else(|| reading.children_by(at, &[Dep::Compound, Dep::Nmod]).find_map(|name| town(&name)))
        .or_else(|| act_place(reading, at))
        .or_else(|| act_place(reading, told_at))
        .or_else(|| targets.iter().find_map(|&head| place_below(reading, head, REACH_FROM_TARGET)))
        .or_else(|| place_in_clause(reading, at, told_at))
        .or_else(|| place_of_verb_above(reading, told_at))
        .or_else(|| {
            // A state under its own name: `invaded Mali`, not `attacked the South`.
            let names = targets.iter().filter(|&&head| names_place(reading, head) && is_state(reading, head));
            names
                .map(|&head| place_name(reading, head))
                .find(|name| reading.knowledge.named(name).iter().any(|(_, sense)| *sense == Sense::Itself))
        })
}

/// Returns the head of the whole phrase for the target that the token `head` names: `headquarters` for `Mosul` in `attacked the
/// Mosul police headquarters`. What stands before the deed `at` itself is returned unchanged, as in `the Mosul attack`.
fn whole_target(reading: &Reading<'_>, at: u32, head: u32) -> u32 {
    let mut target = reading.referent(reading.substance(head));
    for _ in 0..NOUNS_AROUND {
        let before = matches!(reading.dep(target), Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Amod);
        match reading.head(target).filter(|&noun| before && noun != at) {
            Some(noun) => target = noun,
            None => break,
        }
    }
    target
}

/// Whether `head` is the name of a place, and not of somebody or a body in it, nor of its people: `Mali`, not `the Malians`.
fn names_place(reading: &Reading<'_>, head: u32) -> bool {
    let label = reading.syntax.entity_at(head).map(|entity| entity.label);
    let chain = reading.chain(head);
    let known = chain.is_some_and(|chain| chain.place);
    let senses = reading.knowledge.named(&place_name(reading, head));
    is_place(reading, head)
        && (known || matches!(label, Some(EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility)))
        && (known || chain.is_none_or(|chain| matches!(chain.kind, ActorKind::State | ActorKind::Unnamed)))
        && !senses.iter().any(|(_, sense)| matches!(sense, Sense::Adjective | Sense::People))
}

/// Whether the name `head` is that of a state, and not of a place in one.
fn is_state(reading: &Reading<'_>, head: u32) -> bool {
    reading.chain(head).is_some_and(|chain| chain.kind == ActorKind::State && !chain.place)
}

/// Returns the place that the clause of `told_at` names deeper than at the deed `at`: `stabbed with a knife near Lyon`. Who only comes
/// from a place need not be there, nor is what another verb tells.
fn place_in_clause(reading: &Reading<'_>, at: u32, told_at: u32) -> Option<String> {
    let mut tokens = reading.syntax.tokens_in(reading.clause(told_at)).take(PASSAGE_TOKENS);
    let is_here = |&prep: &u32| {
        let mut below = prep;
        for above in reading.syntax.ancestors(prep).take(STEPS_TO_CLAUSE) {
            let acts = reading.dep(below) == Dep::Nsubj || reading.dep(below) == Dep::Agent;
            if above == at || above == told_at {
                return !acts;
            }
            // `killed when the jet crashed in Mali`
            let at_that_time = reading.dep(above) == Dep::Advcl
                && reading.children_by(above, &[Dep::Advmod]).any(|word| reading.is(word, &["when"]));
            // `incursions from bases in Mali`
            let left = reading.is(above, &["from"]);
            if reading.is_verb(above) && !at_that_time || left || reading.is_person(above) {
                return false;
            }
            below = above;
        }
        false
    };
    tokens.find_map(|place| {
        let named = if names_place(reading, place) {
            Some(place_name(reading, place))
        } else {
            settlement(reading, place)
        };
        let prep = reading.head(place).filter(|_| reading.dep(place) == Dep::Pobj)?;
        named.filter(|_| reading.is(prep, AT) && is_here(&prep))
    })
}

/// Returns the place that a verb above `at` has, where `at` completes it or shares its subject: `in Mali, rebels stormed a camp and
/// killed nine`.
fn place_of_verb_above(reading: &Reading<'_>, at: u32) -> Option<String> {
    let mut verb = at;
    for _ in 0..VERBS_ABOVE {
        let goes_on = match reading.dep(verb) {
            Dep::Conj => reading.is_verb(verb) && reading.own_subject(verb).is_none(),
            Dep::Xcomp => true,
            Dep::Advcl => reading.tag(verb) == Tag::Vbg,
            _ => false,
        };
        verb = reading.head(verb).filter(|&above| goes_on && reading.is_verb(above))?;
        let found = act_place(reading, verb);
        if found.is_some() {
            return found;
        }
    }
    None
}
