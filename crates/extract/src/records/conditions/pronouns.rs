//! Pronouns of conditions: which party of the one side a pronoun of the other takes up.

use readout_record::{ActorId, Mode, Statement};
use readout_syntax::{Dep, Pos, Tag};

use super::parts::Parts;
use super::powers::is_power;
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::words::conditions as words;

/// Whether the subject of the verb `later` is a pronoun for the subject of the verb `earlier`, which stands before it.
pub(super) fn takes_up(reading: &Reading<'_>, earlier: u32, later: u32) -> bool {
    if earlier > later || !reading.is_verb(earlier) || !reading.is_verb(later) {
        return false;
    }
    let (first, second) = (reading.subjects(earlier), reading.subjects(later));
    let ([first], [second]) = (first.as_slice(), second.as_slice()) else { return false };
    let pronoun = reading.pos(*second) == Pos::Pron && reading.is(*second, &["it", "they"]);
    let noun = reading.pos(*first) != Pos::Pron && reading.is_noun(*first) && first < second;
    let several = matches!(reading.tag(*first), Tag::Nns | Tag::Nnps);
    let power = reading.named(*first).iter().any(|actor| is_power(reading, actor));
    let fits = if reading.is(*second, &["they"]) { several || power } else { power && !several };
    // `if Chad leaves, it will be a disaster`: that is of no side.
    pronoun
        && noun
        && fits
        && !(reading.is(*second, &["it"]) && reading.is(later, &["be", "mean", "take", "make"]))
}

/// Returns the actors who suffer the consequence, where the premise's subject is a pronoun that takes them up: `threatened to
/// arrest the envoy if he stayed`, `a policy of denying visas to partners if they are not married`.
///
/// Who threatens with an act makes it hang on what the one does whom it hits. Elsewhere such a pronoun may be of either.
pub(super) fn of_victim(
    reading: &Reading<'_>,
    parts: &Parts,
    voice: Option<u32>,
    by: &[ActorId],
) -> Vec<ActorId> {
    let (premise, consequence) = (parts.premise_head, parts.consequence_head);
    let threatened = voice.is_none_or(|verb| reading.is(verb, &words::THREATENING))
        || reading.is(consequence, &words::HARM);
    let open = reading.is_verb(consequence) && reading.own_subject(consequence).is_none();
    if !open || !reading.is_verb(premise) || premise < consequence {
        return Vec::new();
    }
    let subjects = reading.subjects(premise);
    let [pronoun] = subjects.as_slice() else { return Vec::new() };
    // `both pledged to grant Chad more control if it stays`: two are no `it`.
    let one = reading.is(*pronoun, &["it", "he", "she"]) && by.len() > 1;
    if reading.pos(*pronoun) != Pos::Pron || !threatened && !one {
        return Vec::new();
    }
    let fits = |object: u32| {
        let several = matches!(reading.tag(object), Tag::Nns | Tag::Nnps);
        let power = reading.named(object).iter().any(|actor| is_power(reading, actor));
        if reading.is(*pronoun, &["he", "she"]) {
            !several && !power && reading.is_person(object)
        } else {
            reading.is(*pronoun, &["they"]) && several || reading.is(*pronoun, &["it"]) && power && !several
        }
    };
    let objects = reading
        .children_by(consequence, &[Dep::Dobj])
        .chain(reading.after(consequence, &["to", "against", "on"]));
    objects
        .filter(|&object| object < premise && fits(object))
        .find_map(|object| {
            let found = sides::actors(reading, object);
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
}

/// Whether the subject of the consequence is a pronoun that `statement` reports and no chain resolves: it stands for the speaker, as in
/// `the leadership said that they will leave if`.
pub(super) fn is_speaker(reading: &Reading<'_>, head: u32, statement: Option<&Statement>) -> bool {
    let indirect = statement.is_some_and(|it| it.mode == Mode::Indirect);
    let subjects = if reading.is_verb(head) { reading.subjects(head) } else { Vec::new() };
    let [subject] = subjects.as_slice() else { return false };
    indirect
        && !reading.is_passive(head)
        && reading.pos(*subject) == Pos::Pron
        && reading.is(*subject, &["they", "he", "she", "it"])
        && reading.named(*subject).is_empty()
}
