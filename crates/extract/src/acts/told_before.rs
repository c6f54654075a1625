//! Nouns that point back: `the strikes`, of which an earlier sentence says by whom and on whom.
//!
//! A definite noun of a deed without its sides is of the deed told before: Hawkins, *Definiteness and Indefiniteness* (1978).

use readout_record::{ActorId, Factuality, PloverCode};
use readout_syntax::{Dep, Pos};

use super::act::Act;
use super::joined::leader;
use super::lexicon::Lexicon;
use crate::acts::sides;
use crate::clause::presupposition::is_definite;
use crate::clause::reading::Reading;
use crate::words::violence;

/// The most acts back to the one that a noun points at.
const ACTS_BACK: usize = 64;
/// The most sentences back to the deed that a noun points at, where the report tells of deeds of several doers.
const SENTENCES_BACK: u32 = 3;

/// Adds to `acts`, in the order of the text, the sides that a noun of theirs leaves to an earlier sentence.
pub(super) fn add_sides(reading: &Reading<'_>, acts: &mut [Act]) {
    for number in 0..acts.len() {
        let (before, later) = acts.split_at_mut(number);
        let Some(act) = later.first_mut() else { return };
        if matches!(act.code, PloverCode::Accuse | PloverCode::Support | PloverCode::Reject) {
            // `condemned the strikes` condemns those who flew them; so does who draws criticism for them.
            let drawn = matches!(act.operator, Some("receive" | "suffer"));
            if act.recipient_actors(reading).is_empty() && (drawn || act.content.is_none()) {
                let own = act.actors(reading);
                let nouns = if drawn { act.recipients.clone() } else { reading.objects(act.head) };
                let told = nouns
                    .into_iter()
                    .find_map(|object| earlier_deed(reading, before, object))
                    .map(|deed| deed.actors(reading));
                if let Some(doers) = told.filter(|doers| !doers.iter().any(|doer| own.contains(doer))) {
                    act.told_recipients = doers;
                    act.certainty *= 0.9;
                }
            }
        } else if is_deed(act) && act.actors(reading).is_empty() {
            // `the strikes killed nine`, `carried out the strikes`
            let word = act.content.map_or(act.head, |(word, _)| word);
            let nouns: Vec<u32> = std::iter::once(word).chain(act.doers.iter().copied()).collect();
            if let Some(leader) = nouns.iter().find_map(|&noun| leader(reading, noun)) {
                // `U.S.-led strikes hit the port`
                act.speakers.push(leader);
            } else if let Some(deed) = nouns.iter().find_map(|&noun| earlier_deed(reading, before, noun)) {
                add_sides_of(reading, act, deed);
            }
        }
    }
}

/// Adds the sides of `deed` to `act`, which speaks of it again, unless both name others upon whom they are.
fn add_sides_of(reading: &Reading<'_>, act: &mut Act, deed: &Act) {
    let (own, told) = (act.recipient_actors(reading), deed.recipient_actors(reading));
    let named = |list: &[ActorId]| list.iter().any(|actor| !actor.is_unnamed());
    let doers = deed.actors(reading);
    let other = named(&own) && named(&told) && !own.iter().any(|actor| told.contains(actor));
    if other || own.iter().any(|actor| doers.contains(actor)) {
        return;
    }
    act.speakers = doers;
    if own.is_empty() {
        act.told_recipients = told;
    }
    act.certainty *= 0.9;
}

/// Whether `act` is a deed itself, no word about one.
fn is_deed(act: &Act) -> bool {
    let code = act.content.map_or(act.code, |(_, code)| code);
    act.code == PloverCode::Assault && code == act.code
}

/// Returns the act of `before` that the noun `at` points back at: a deed of that name with its doers. Where there are deeds
/// of several doers, the nearest counts.
fn earlier_deed<'a>(reading: &Reading<'_>, before: &'a [Act], at: u32) -> Option<&'a Act> {
    let points_back = reading.pos(at) == Pos::Noun
        && reading.named(at).is_empty()
        && is_definite(reading, at)
        && reading.child(at, Dep::Poss).is_none()
        && reading.after(at, &["by"]).is_empty()
        && sides::agents(reading, at).is_empty();
    if !points_back {
        return None;
    }
    let deeds: Vec<(&Act, Vec<ActorId>)> = before
        .iter()
        .rev()
        .take(ACTS_BACK)
        .filter(|act| {
            is_deed(act)
                && matches!(act.factuality, Factuality::Happened | Factuality::Ongoing)
                && names_alike(reading, act, at)
        })
        .map(|act| (act, act.actors(reading)))
        .filter(|(_, doers)| !doers.is_empty())
        .collect();
    let (nearest, doers) = deeds.first()?;
    let sentence = |at: u32| reading.syntax.token(at).sentence;
    let alone = deeds.iter().all(|(_, others)| others == doers);
    (alone || sentence(nearest.head) + SENTENCES_BACK >= sentence(at)).then_some(*nearest)
}

/// Whether the noun `at` may be a name of the deed of `act`: the same word, one of its kind, or a word for any of them.
fn names_alike(reading: &Reading<'_>, act: &Act, at: u32) -> bool {
    let word = act.content.map_or(act.head, |(word, _)| word);
    let alike = reading.lemma(word).eq_ignore_ascii_case(reading.lemma(at))
        || reading.is(word, &violence::FROM_THE_AIR)
            && (reading.is(at, &violence::FROM_THE_AIR) || reading.is(at, &violence::OPERATION));
    alike && is_of_poison(reading, word) == is_of_poison(reading, at)
}

/// Whether the words before the noun `at`, or the objects of the verb `at`, say that the deed is done with poison.
fn is_of_poison(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let poison = |word: u32| lexicon.is_in("poison_word", reading.lemma(word)) || reading.is(word, &["gas"]);
    reading
        .children_by(at, &[Dep::Amod, Dep::Compound])
        .any(|word| poison(word) || reading.children_by(word, &[Dep::Amod, Dep::Compound]).any(poison))
}
