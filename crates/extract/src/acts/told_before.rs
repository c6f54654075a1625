//! Nouns that point back: `the strikes`, of which an earlier sentence says by whom and on whom.
//!
//! A definite noun of a deed without its sides is of the deed told before: Hawkins, *Definiteness and Indefiniteness* (1978).

use readout_record::{ActorId, ActorKind, Factuality, PloverCode};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};

use super::act::Act;
use super::joined::leader;
use super::lexicon::{Lexicon, Sense};
use crate::acts::sides;
use crate::clause::presupposition::is_definite;
use crate::clause::reading::Reading;
use crate::clause::time::act_time;
use crate::once::add_once;
use crate::words::violence;

/// The most acts back to the one that a noun points at.
const ACTS_BACK: usize = 64;
/// The most sentences back to the deed that a noun points at, where the report tells of deeds of several doers.
const SENTENCES_BACK: u32 = 3;
/// The most tokens behind a noun among which its date is looked for.
const DATE_REACH: u32 = 8;
/// The letters that a verb and its noun have in common at least: `annex`, `annexation`; `seize`, `seizure`.
const STEM: usize = 4;

/// Adds to `acts`, in the order of the text, the sides that a noun of theirs leaves to an earlier sentence.
pub(super) fn add_sides(reading: &Reading<'_>, acts: &mut [Act]) {
    for number in 0..acts.len() {
        let (before, later) = acts.split_at_mut(number);
        let Some(act) = later.first_mut() else { return };
        if matches!(act.code, PloverCode::Accuse | PloverCode::Support | PloverCode::Reject) {
            add_condemned(reading, act, before);
        } else if is_violence(act) && act.actors(reading).is_empty() {
            add_doers_told_before(reading, act, before);
        } else if is_violence(act) && act.recipient_actors(reading).is_empty() {
            add_recipients_told_before(reading, act, before);
        } else if is_counted(reading, act) {
            add_counted(reading, act, before);
        }
    }
    for name in ["sanction", "embargo", "blockade"] {
        add_sanctioned(reading, acts, name);
    }
}

/// Adds to acts of imposing, easing or lifting sanctions, as `name` calls them, upon whom these are, where the report tells of
/// such upon one side alone.
fn add_sanctioned(reading: &Reading<'_>, acts: &mut [Act], name: &str) {
    let of_sanctions = |act: &Act| {
        let word = act.content.map_or(act.head, |(word, _)| word);
        matches!(act.code, PloverCode::Sanction | PloverCode::Retreat) && reading.is(word, &[name])
    };
    let mut upon: Vec<ActorId> = Vec::new();
    for act in acts.iter().filter(|act| of_sanctions(act)) {
        add_once(&mut upon, act.recipient_actors(reading).into_iter().filter(|actor| !actor.is_unnamed()));
    }
    let [alone] = upon.as_slice() else { return };
    for act in acts.iter_mut().filter(|act| of_sanctions(act)) {
        if act.recipient_actors(reading).is_empty() && !act.actors(reading).contains(alone) {
            act.told_recipients.push(alone.clone());
            act.certainty *= 0.9;
        }
    }
}

/// Adds to `act`, a word about a deed, those who did it: `condemned the strikes` condemns those who flew them; so does who
/// draws criticism for them.
fn add_condemned(reading: &Reading<'_>, act: &mut Act, before: &[Act]) {
    let drawn = matches!(act.operator, Some("receive" | "suffer"));
    if !act.recipient_actors(reading).is_empty() || !drawn && act.content.is_some() {
        return;
    }
    let own = act.actors(reading);
    let nouns = if drawn { act.recipients.clone() } else { reading.objects(act.head) };
    let told = nouns
        .into_iter()
        .find_map(|object| earlier_deed(reading, before, object, true))
        .map(|deed| deed.actors(reading));
    if let Some(doers) = told.filter(|doers| !doers.iter().any(|doer| own.contains(doer))) {
        act.told_recipients = doers;
        act.certainty *= 0.9;
    }
}

/// Adds to the deed `act` those who did it, where an earlier sentence says so: `the strikes killed nine`, `carried out the
/// strikes`.
fn add_doers_told_before(reading: &Reading<'_>, act: &mut Act, before: &[Act]) {
    let word = act.content.map_or(act.head, |(word, _)| word);
    let nouns: Vec<u32> = std::iter::once(word).chain(act.doers.iter().copied()).collect();
    if let Some(leader) = nouns.iter().find_map(|&noun| leader(reading, noun)) {
        // `U.S.-led strikes hit the port`
        act.speakers.push(leader);
    } else if let Some(deed) = nouns
        .iter()
        .find_map(|&noun| earlier_deed(reading, before, noun, false))
        .filter(|deed| is_violence(deed))
    {
        add_sides_of(reading, act, deed);
    }
}

/// Whether the words upon whom `act` is are a bare number: `Canada expelled seven`.
fn is_counted(reading: &Reading<'_>, act: &Act) -> bool {
    !act.recipients.is_empty()
        && !act.doers.is_empty()
        && act.recipients.iter().all(|&head| reading.tag(head) == Tag::Cd)
        && act.recipient_actors(reading).iter().all(ActorId::is_unnamed)
}

/// Adds to `act`, whose object is a bare number, the state of those whom the sentences before count in the same deed: `Norway
/// expelled 23 Chadian envoys. Peru expelled seven.`
fn add_counted(reading: &Reading<'_>, act: &mut Act, before: &[Act]) {
    let sentence = |at: u32| reading.syntax.token(at).sentence;
    let same = |deed: &&Act| {
        deed.code == act.code
            && deed.mode == act.mode
            && reading.lemma(deed.head) == reading.lemma(act.head)
            && sentence(deed.head) + SENTENCES_BACK >= sentence(act.head)
            && !deed.recipient_actors(reading).is_empty()
    };
    let Some(deed) = before.iter().rev().take(ACTS_BACK).find(same) else { return };
    let own = act.actors(reading);
    let state = |actor: ActorId| match actor.state_code() {
        Some(_) => Some(actor),
        None => Some(ActorId::state(reading.chain_of(&actor)?.state.as_deref()?)),
    };
    let upon = deed.recipient_actors(reading).into_iter().filter_map(state);
    add_once(&mut act.told_recipients, upon.filter(|actor| !own.contains(actor)));
    act.certainty *= 0.9;
}

/// Adds to the deed `act` those to whom it was done, where an earlier sentence tells of it with the same doers: `the
/// Norwegian strike last night`.
fn add_recipients_told_before(reading: &Reading<'_>, act: &mut Act, before: &[Act]) {
    // `launched the strike`, `ordered the strike`
    let points_back = |&word: &u32| reading.pos(word) == Pos::Noun && is_definite(reading, word);
    let word = act.content.map_or(act.head, |(word, _)| word);
    let mut nouns = std::iter::once(word).chain(reading.objects(act.head));
    let Some(word) = nouns.find(points_back) else { return };
    let own = act.actors(reading);
    // Whoever orders a strike does so for his state.
    let home = |actor: &ActorId| reading.chain_of(actor)?.state.as_deref().map(ActorId::state);
    let for_whom: Vec<ActorId> = own.iter().cloned().chain(own.iter().filter_map(home)).collect();
    let told = before.iter().rev().take(ACTS_BACK).find(|deed| {
        is_violence(deed)
            && names_alike(reading, deed, word, false)
            && deed.actors(reading).iter().any(|doer| for_whom.contains(doer))
            && deed.recipient_actors(reading).iter().any(|actor| !own.contains(actor))
    });
    if let Some(deed) = told {
        let mut upon = deed.recipient_actors(reading);
        upon.retain(|actor| !own.contains(actor));
        act.told_recipients = upon;
        act.certainty *= 0.9;
    }
}

/// Adds the sides of `deed` to `act`, which speaks of it again, unless both name others upon whom they are.
fn add_sides_of(reading: &Reading<'_>, act: &mut Act, deed: &Act) {
    let (own, told) = (act.recipient_actors(reading), deed.recipient_actors(reading));
    let doers = deed.actors(reading);
    let named = |list: &[ActorId]| list.iter().any(|actor| !actor.is_unnamed());
    let apart = named(&own) && named(&told) && !own.iter().any(|actor| told.contains(actor));
    let day = |it: &Act| act_time(reading, it.head, reading.clause(it.head)).and_then(|time| time.from);
    let other = apart
        || matches!((day(act), day(deed)), (Some(one), Some(other)) if one != other)
        // `the attacks of 9/11` are none of this report.
        || is_dated(reading, act.content.map_or(act.head, |(word, _)| word)) && day(act) != day(deed)
        || day(act).is_none() && is_dated(reading, act.head);
    if other || own.iter().any(|actor| doers.contains(actor)) {
        return;
    }
    act.speakers = doers;
    if own.is_empty() {
        act.told_recipients = told;
    }
    act.certainty *= 0.9;
}

/// Whether the phrase of `at` has a date in figures: `the 2012 attack`, `the attacks of 9/11`.
fn is_dated(reading: &Reading<'_>, at: u32) -> bool {
    let phrase = reading.syntax.subtree(at);
    !reading.is_verb(at)
        && (phrase.start..phrase.end.min(at + DATE_REACH)).any(|word| {
            reading.syntax.entity_at(word).is_some_and(|entity| entity.label == EntityLabel::Date)
                && reading.syntax.word(word).contains(|mark: char| mark.is_ascii_digit())
        })
}

/// Whether `act` is violence itself, no word about it.
fn is_violence(act: &Act) -> bool {
    act.code == PloverCode::Assault && is_deed(act)
}

/// Whether `act` is done with more than words, so that a later noun can name it.
fn is_deed(act: &Act) -> bool {
    let words = matches!(
        act.code,
        PloverCode::Accuse | PloverCode::Support | PloverCode::Reject | PloverCode::Request
    );
    !words && act.content.is_none_or(|(_, code)| code == act.code)
}

/// Returns the act of `before` that the noun `at` points back at: a deed of that name with its doers. Where there are deeds
/// of several doers, the nearest counts.
///
/// With `any_name` nouns made from the verb of the deed count too: `annexed`, `the annexation`.
fn earlier_deed<'a>(reading: &Reading<'_>, before: &'a [Act], at: u32, any_name: bool) -> Option<&'a Act> {
    let points_back = reading.pos(at) == Pos::Noun
        && reading.named(at).is_empty()
        && is_definite(reading, at)
        && reading.child(at, Dep::Poss).is_none()
        && !is_named_by_place(reading, at)
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
                && names_alike(reading, act, at, any_name)
        })
        .map(|act| (act, act.actors(reading)))
        .filter(|(_, doers)| !doers.is_empty())
        .collect();
    let (nearest, doers) = deeds.first()?;
    let sentence = |at: u32| reading.syntax.token(at).sentence;
    // `Chad bombed the port. Strikes by Chad and Mali …`: deeds with a doer in common are one for the report.
    let alone = deeds.iter().all(|(_, others)| others.iter().any(|other| doers.contains(other)));
    (alone || sentence(nearest.head) + SENTENCES_BACK >= sentence(at)).then_some(*nearest)
}

/// Whether a place or a day stands before the noun `at`, which sets it apart from other deeds: `the Lima attacks`, `the 9/11
/// attacks`.
fn is_named_by_place(reading: &Reading<'_>, at: u32) -> bool {
    reading.children_by(at, &[Dep::Compound, Dep::Nmod, Dep::Nummod]).any(|word| {
        // `the 9/11 attacks`
        let numbered = reading.syntax.word(word).contains('/');
        numbered
            || reading.syntax.entity_at(word).is_some_and(|entity| {
                matches!(entity.label, EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility)
            })
    })
}

/// Whether the noun `at` may be a name of the deed of `act`: the same word, one of its kind, or a word for any of them.
fn names_alike(reading: &Reading<'_>, act: &Act, at: u32, any_name: bool) -> bool {
    let word = act.content.map_or(act.head, |(word, _)| word);
    let same_word = reading.lemma(word).eq_ignore_ascii_case(reading.lemma(at));
    let general = any_name && Lexicon::shipped().is_in("deed_again", &reading.lemma(at).to_lowercase());
    // Police who raid a house do not bomb it.
    let by_forces = || {
        act.actors(reading).iter().any(|doer| {
            doer.state_code().is_some()
                || reading.chain_of(doer).is_some_and(|chain| chain.kind == ActorKind::ArmedGroup)
        })
    };
    let alike = same_word
        || general
        || reading.is(word, &violence::FROM_THE_AIR)
            && by_forces()
            && (reading.is(at, &violence::FROM_THE_AIR) || reading.is(at, &violence::OPERATION))
        || any_name && is_noun_of(reading, act, word, at);
    let poison = is_of_poison(reading, word);
    alike && (poison == is_of_poison(reading, at) || poison && same_word)
}

/// Whether the lexicon has the noun `at` for acts of the type of `act`, whose predicate is `word`, and either both are of
/// one mode or the noun is made from the predicate: `abducted` and `kidnapping`, `annexed` and `annexation`.
fn is_noun_of(reading: &Reading<'_>, act: &Act, word: u32, at: u32) -> bool {
    let (noun, word) = (reading.lemma(at).to_lowercase(), reading.lemma(word).to_lowercase());
    let derived = noun.chars().zip(word.chars()).take_while(|(one, other)| one == other).count() >= STEM;
    Lexicon::shipped().noun(&noun).iter().any(|rule| {
        rule.sense == Sense::Act(act.code) && (derived || rule.mode.is_some() && rule.mode == act.mode)
    })
}

/// Whether the words before the noun `at`, or the objects of the verb `at`, say that the deed is done with poison.
fn is_of_poison(reading: &Reading<'_>, at: u32) -> bool {
    let lexicon = Lexicon::shipped();
    let poison = |word: u32| lexicon.is_in("poison_word", reading.lemma(word)) || reading.is(word, &["gas"]);
    reading
        .children_by(at, &[Dep::Amod, Dep::Compound])
        .chain(reading.after(at, &["with", "of"]))
        .any(|word| poison(word) || reading.children_by(word, &[Dep::Amod, Dep::Compound]).any(poison))
}
