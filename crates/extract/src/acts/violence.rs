//! Acts of violence: what the noun that names the deed says of it, and whom it fell upon.

use readout_knowledge::Entry;
use readout_record::{ActorId, ActorKind, Factuality, PloverCode, Sector};
use readout_syntax::Dep;

use super::act::Act;
use crate::clause::factuality;
use crate::clause::named_deed::{is_only_named, is_only_thought_of};
use crate::clause::place::act_place;
use crate::clause::reading::Reading;
use crate::clause::weapons::mode_of_means;

/// Puts `act`, violence or a meeting told as done, as the noun for it does: `an openness to air strikes`, `planned a foiled attack`, `a
/// proponent of dialogue`.
pub(super) fn put_as_named(reading: &Reading<'_>, act: &mut Act) {
    if act.code == PloverCode::Consult
        && act.factuality == Factuality::Happened
        && is_only_thought_of(reading, act.head)
    {
        act.factuality = Factuality::Possible;
    }
    if act.code != PloverCode::Assault || act.factuality != Factuality::Happened {
        return;
    }
    let deed =
        act.content.filter(|(_, code)| *code == PloverCode::Assault).map_or(act.head, |(deed, _)| deed);
    let open = || factuality::own_of_noun(reading, deed) == Factuality::Possible;
    if !reading.is_verb(deed) && (deed == act.head && is_only_named(reading, deed) || open()) {
        act.factuality = Factuality::Possible;
    }
}

/// Sets right upon whom the violence of `act` fell, and whether it was violence at all. Returns `false` where its words tell of
/// no deed.
pub(super) fn complete_violence(reading: &Reading<'_>, act: &mut Act) -> bool {
    leave_out_scene(reading, act);
    leave_out_blamed(reading, act);
    put_as_words(reading, act);
    !is_name_for_other(reading, act)
}

/// Whether `act` is violence only as a word for something else: `called the inquiry an attack on the country`, `the tax is an assault on the
/// poor`. A weapon or a place shows a deed all the same, and `there was an attack` tells of one.
fn is_name_for_other(reading: &Reading<'_>, act: &Act) -> bool {
    let verb = reading.head(act.head).filter(|_| !reading.is_verb(act.head));
    let names = verb.is_some_and(|verb| match reading.dep(act.head) {
        Dep::Attr => reading.is(verb, &["be", "become"]) && reading.child(verb, Dep::Expl).is_none(),
        Dep::Oprd | Dep::Ccomp => reading.is(verb, &["call", "label", "brand", "term", "deem"]),
        Dep::Pobj => {
            let calls =
                |above: u32| reading.is(above, &["describe", "portray", "denounce", "see", "regard", "view"]);
            reading.is(verb, &["as"]) && reading.head(verb).is_some_and(calls)
        }
        _ => false,
    });
    names
        && act.code == PloverCode::Assault
        && act.mode.is_none()
        && mode_of_means(reading, act.head).is_none()
        && act_place(reading, act.head).is_none()
}

/// Makes of `act`, an attack told of politicians or parties alone, with no place and no weapon, the words that it is: `Republican attacks on the
/// senator`.
fn put_as_words(reading: &Reading<'_>, act: &mut Act) {
    let deed = act.content.map_or(act.head, |(deed, _)| deed);
    if act.code != PloverCode::Assault
        || act.mode.is_some()
        || !reading.is(deed, &["attack", "assault", "target"])
    {
        return;
    }
    let (actors, upon) = (act.actors(reading), act.recipient_actors(reading));
    let is_party = |actor: &ActorId| {
        reading.knowledge.entry(actor).is_some_and(|entry| entry.sector == Some(Sector::Party))
    };
    let speaks = |actor: &ActorId| {
        let known = reading.knowledge.entry(actor);
        let political = |entry: &Entry| {
            entry.kind == ActorKind::Person
                && !entry.terms.is_empty()
                && matches!(
                    entry.sector,
                    None | Some(Sector::Government | Sector::Legislature | Sector::Party)
                )
        };
        is_party(actor) || known.is_some_and(political)
    };
    let with_words = !actors.is_empty()
        && actors.iter().all(speaks)
        && upon.iter().all(speaks)
        && (!upon.is_empty() || actors.iter().all(is_party))
        && mode_of_means(reading, deed).is_none()
        && act_place(reading, deed).is_none();
    if with_words {
        (act.code, act.mode, act.cameo) = (PloverCode::Accuse, Some("disapprove"), Some("111"));
    }
}

/// Leaves out of the recipients of an attack those on whom it is blamed: `blamed the attack on rebels`.
fn leave_out_blamed(reading: &Reading<'_>, act: &mut Act) {
    let blamed = act.code == PloverCode::Assault
        && !reading.is_verb(act.head)
        && matches!(reading.dep(act.head), Dep::Dobj | Dep::Nsubjpass)
        && reading.head(act.head).is_some_and(|verb| reading.is(verb, &["blame", "pin"]));
    if blamed {
        let whom = reading.after(act.head, &["on"]);
        act.recipients.retain(|head| !whom.contains(head));
    }
}

/// Leaves out of the recipients of `act`, an attack from the air named by a noun, the state in which it is, where the report speaks of an
/// armed group: `air strikes in Syria` may well be on the group.
fn leave_out_scene(reading: &Reading<'_>, act: &mut Act) {
    let word = act.content.map_or(act.head, |(word, _)| word);
    // Bombs that go off in a town are meant for it.
    let from_the_air =
        matches!(act.mode, Some("aerial" | "drone")) || reading.is(word, &["strike", "airstrike"]);
    // What has been struck is told with its place.
    let done = matches!(act.factuality, Factuality::Happened | Factuality::Ongoing);
    if act.code != PloverCode::Assault || reading.is_verb(word) || !from_the_air || done {
        return;
    }
    let chains = &reading.annotations.mentions.chains;
    if !chains.iter().any(|chain| chain.kind == ActorKind::ArmedGroup) {
        return;
    }
    let scene = reading.after(word, &["in", "inside", "across"]);
    act.recipients.retain(|&head| {
        !(scene.contains(&head)
            && reading.chain(head).is_some_and(|chain| chain.place || chain.kind == ActorKind::State))
    });
}
