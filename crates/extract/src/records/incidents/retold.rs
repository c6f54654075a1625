//! Retellings: a report tells of one attack in its first sentence, counts its dead in the next and comes back to it by
//! `the attack`. All these are one incident, with a passage for each telling.

use readout_lexicon::WordSet as _;
use readout_record::{ActorId, Bounds, Factuality, Grain, Incident, Time};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};
use readout_text::{ByteSpan, CharSpan};

use super::telling::Telling;
use crate::clause::reading::Reading;
use crate::clause::tolls::is_toll;
use crate::once::add_once;
use crate::words::violence;

/// The most steps up the tree from a verb that counts the dead to the deed that it is the result of.
const STEPS_TO_DEED: usize = 6;
/// The least number of dead that tells one incident from another by itself.
const TELLING_TOLL: u32 = 5;
/// The most incidents of one report among which an earlier telling is looked for.
const BACK: usize = 48;
/// The most sentences back to the incident whose dead are counted.
const SENTENCES_TO_TOLL: u32 = 3;
/// The most sentences back to an incident without a day that a noun with a day may speak of.
const SENTENCES_TO_DAY: u32 = 2;

/// Joins the tellings of one incident, in the order of the text. The first telling keeps its place; of what two say, the
/// first counts.
pub(super) fn join(reading: &Reading<'_>, tellings: Vec<Telling>) -> Vec<Telling> {
    let mut found: Vec<Telling> = Vec::new();
    for telling in tellings {
        let earlier = found
            .iter()
            .enumerate()
            .rev()
            .take(BACK)
            .filter_map(|(number, known)| Some((is_same(reading, known, &telling)?, number)))
            // Among equals the nearest.
            .max();
        match earlier.and_then(|(_, number)| found.get_mut(number)) {
            Some(known) => take_in(reading, known, telling),
            None => found.push(telling),
        }
    }
    found
}

/// What shows that two tellings are of one incident, the weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// `the attack`, of one that was told in so many passages.
    Reference(usize),
    /// The same word: `the bombing` of a bombing.
    Word,
    /// What both say: sides, day and place, number of dead.
    Details,
    /// The same person died.
    Victim,
    /// The words of one sentence.
    Sentence,
}

/// Returns what shows that `later` tells again of the incident of `known`, if anything does.
fn is_same(reading: &Reading<'_>, known: &Telling, later: &Telling) -> Option<Sign> {
    let done = |it: &Incident| matches!(it.factuality, Factuality::Happened | Factuality::Ongoing);
    if done(&known.incident) != done(&later.incident) || differ(reading, &known.incident, &later.incident) {
        return None;
    }
    let result = known.heads.iter().zip(&known.nouns).any(|(&head, &noun)| {
        is_result(reading, head, noun, later) || is_result(reading, later.head(), later.noun(), known)
    });
    if result {
        Some(Sign::Sentence)
    } else if have_same_victim(reading, known, later) {
        Some(Sign::Victim)
    } else if is_same_by_details(reading, known, later) {
        Some(Sign::Details)
    } else {
        referred_by(reading, known, later)
    }
}

/// Whether what the two incidents say cannot be of one: other days, places, numbers, sides.
fn differ(reading: &Reading<'_>, one: &Incident, other: &Incident) -> bool {
    let places = matches!((&one.place, &other.place), (Some(a), Some(b)) if !is_same_place(reading, a, b));
    let days = matches!((&one.time, &other.time), (Some(a), Some(b)) if are_apart(a, b));
    let numbers = |a: Option<Bounds>, b: Option<Bounds>| matches!((a, b), (Some(a), Some(b)) if !a.meets(b));
    places
        || days
        || numbers(one.killed, other.killed)
        || numbers(one.injured, other.injured)
        || (are_others(&one.actor, &other.actor) && other.claimed_by.is_empty())
        || are_others(&one.recipient, &other.recipient)
}

/// Whether both name somebody of the same sort, and nobody in common.
fn are_others(one: &[ActorId], other: &[ActorId]) -> bool {
    let sort = |actor: &ActorId| actor.split(':').next().unwrap_or_default().to_owned();
    let named =
        |list: &[ActorId]| list.iter().filter(|actor| !actor.is_unnamed()).cloned().collect::<Vec<_>>();
    let (one, other) = (named(one), named(other));
    one.iter().any(|a| other.iter().any(|b| sort(a) == sort(b))) && !one.iter().any(|a| other.contains(a))
}

/// Whether two names are, or may be, of one place: a town and its state, `Kabul`, `Afghanistan`. A town that nobody knows may be in any
/// state.
fn is_same_place(reading: &Reading<'_>, one: &str, other: &str) -> bool {
    let (a, b) = (one.to_lowercase(), other.to_lowercase());
    let entries = |name: &str| -> Vec<ActorId> {
        reading.knowledge.named(name).iter().map(|(entry, _)| entry.id.clone()).collect()
    };
    let (known, others) = (entries(one), entries(other));
    let state = |list: &[ActorId]| list.iter().any(|actor| actor.state_code().is_some());
    a.contains(&b)
        || b.contains(&a)
        || known.iter().any(|entry| others.contains(entry))
        || known.is_empty() && state(&others)
        || others.is_empty() && state(&known)
}

/// Whether two times have no day in common.
fn are_apart(one: &Time, other: &Time) -> bool {
    let before = |a: &Time, b: &Time| matches!((&a.to, &b.from), (Some(to), Some(from)) if to <= from);
    before(one, other) || before(other, one)
}

/// Whether `later` counts the dead or hurt of the deed at `head`, which `noun` names: `… hit the town, killing nine and
/// wounding ten`, `a strike that killed nine`, `nine were killed in a strike`.
fn is_result(reading: &Reading<'_>, head: u32, noun: u32, later: &Telling) -> bool {
    let verb = later.head();
    if !reading.is_verb(verb)
        || !is_toll(reading, verb)
        || reading.syntax.token(verb).sentence != reading.syntax.token(head).sentence
    {
        return false;
    }
    let by_it = reading.doers(verb).iter().any(|&doer| reading.substance(doer) == noun)
        || reading
            .after(verb, &["in", "during", "by", "from"])
            .iter()
            .any(|&it| reading.substance(it) == noun);
    if by_it && reading.syntax.token(noun).pos == Pos::Noun {
        return true;
    }
    let mut below = verb;
    for above in reading.syntax.ancestors(verb).take(STEPS_TO_DEED) {
        let hung = matches!(reading.dep(below), Dep::Conj | Dep::Advcl | Dep::Xcomp | Dep::Acl)
            && reading.tag(below) == Tag::Vbg;
        let counted = reading.dep(below) == Dep::Conj && is_toll(reading, below) && is_toll(reading, above);
        if !(hung || counted) {
            return false;
        }
        if above == head {
            return true;
        }
        below = above;
    }
    false
}

/// Whether both are the death of one named person: nobody dies twice.
fn have_same_victim(reading: &Reading<'_>, known: &Telling, later: &Telling) -> bool {
    let dead = |telling: &Telling| telling.nouns.iter().any(|&word| reading.is(word, &violence::DEATH));
    let person = |telling: &Telling| match telling.incident.recipient.as_slice() {
        [one] if one.is_person() => Some(one.clone()),
        _ => None,
    };
    dead(known) && dead(later) && person(known).is_some() && person(known) == person(later)
}

/// Returns the sign that `later` is told by a noun that speaks of the incident of `known` as told before: `the attack`,
/// `Friday’s bombing`.
fn referred_by(reading: &Reading<'_>, known: &Telling, later: &Telling) -> Option<Sign> {
    if is_toll_of(reading, known, later) {
        return Some(Sign::Reference(known.heads.len()));
    }
    let noun = later.noun();
    // `the strikes` of strikes told before, not of one strike, nor of `300 strikes` of months; not `the 9/11 attacks`.
    let counted = |at: u32| {
        reading
            .children_by(at, &[Dep::Nummod, Dep::Compound])
            .any(|word| reading.word(word).contains(|mark: char| mark.is_ascii_digit()))
    };
    let several = |at: u32| reading.tag(at) == Tag::Nns && !counted(at);
    let as_many = reading.tag(noun) != Tag::Nns
        || several(noun)
            && known.nouns.iter().any(|&other| several(other) && are_one_word(reading, other, noun));
    if reading.syntax.token(noun).pos != Pos::Noun || !as_many || !is_definite(reading, noun) {
        return None;
    }
    let sentence = |telling: &Telling| reading.syntax.token(telling.last()).sentence;
    // Whoever the noun names must have been named: `the Embassy attack` is no other attack.
    let named: Vec<&ActorId> = (later.incident.actor.iter())
        .chain(&later.incident.recipient)
        .filter(|actor| !actor.is_unnamed())
        .collect();
    let told = |actor: &&ActorId| {
        known.incident.actor.contains(*actor)
            || known.incident.recipient.contains(*actor)
            || later.incident.claimed_by.contains(*actor)
    };
    let same_place = later.incident.place.is_some() && known.incident.place.is_some();
    if !named.is_empty() && !named.iter().any(told) && !same_place {
        return None;
    }
    let new_day = later.incident.time.is_some() && known.incident.time.is_none();
    if new_day && sentence(known) + SENTENCES_TO_DAY < sentence(later) {
        return None;
    }
    let word = reading.lemma(noun).to_lowercase();
    if known.nouns.iter().any(|&other| are_one_word(reading, other, noun)) {
        return Some(Sign::Word);
    }
    let mode = known.incident.mode.as_deref().unwrap_or_default();
    let death = |at: &u32| reading.is(*at, &violence::DEATH);
    // A noun for the death of somebody tells of him, not of an attack: `the slaying of the leader in 1995`.
    let of_death = known.nouns.iter().all(|at| death(at) && reading.syntax.token(*at).pos == Pos::Noun);
    let fits = match word.as_str() {
        "bombing" | "blast" | "explosion" => matches!(mode, "explosives" | "suicide-attack"),
        "shooting" => mode == "firearms",
        _ if violence::DEATH.has(&word) => known.nouns.iter().any(death),
        "attack" | "assault" | "raid" | "strike" | "violence" | "incident" => !of_death,
        _ => false,
    };
    fits.then_some(Sign::Reference(known.heads.len()))
}

/// Whether two nouns are the same word, or both are words for a strike from the air: `strike`, `airstrike`.
fn are_one_word(reading: &Reading<'_>, one: u32, other: u32) -> bool {
    let strike = |at: u32| reading.is(at, &["strike", "airstrike", "air_strike"]);
    reading.lemma(one).eq_ignore_ascii_case(reading.lemma(other)) || strike(one) && strike(other)
}

/// Whether `later` only counts the dead or hurt of the incident just told: `Nine people were killed, the ministry said.`
fn is_toll_of(reading: &Reading<'_>, known: &Telling, later: &Telling) -> bool {
    let (verb, it) = (later.head(), &later.incident);
    let sentence = |at: u32| reading.syntax.token(at).sentence;
    reading.is_verb(verb)
        && is_toll(reading, verb)
        && reading.is_passive(verb)
        && it.actor.is_empty()
        && it.place.is_none()
        && it.time.is_none()
        && it.recipient.iter().all(ActorId::is_unnamed)
        // What a war has cost so far is the toll of no attack.
        && !known.nouns.iter().any(|&word| reading.is(word, &violence::WAR))
        && reading.children_by(verb, &[Dep::Advcl, Dep::Xcomp]).next().is_none()
        && sentence(known.last()) < sentence(verb)
        && sentence(known.last()) + SENTENCES_TO_TOLL >= sentence(verb)
}

/// Whether the noun `at` speaks of something known: `the attack`, `this attack`, `Friday’s attack`.
///
/// A clause behind the noun says which one is meant, so that it need not be known: `the raid that killed the leader`
/// (Hawkins, *Definiteness and Indefiniteness*, 1978).
fn is_definite(reading: &Reading<'_>, at: u32) -> bool {
    // Behind a comma it adds something: `the raid, which killed the leader`.
    let sets_apart = |clause: u32| {
        let first = reading.token(clause).left_edge;
        first == 0 || !reading.is(first - 1, &[","])
    };
    if reading.children_by(at, &[Dep::Relcl, Dep::Acl]).any(sets_apart) {
        return false;
    }
    reading.children_by(at, &[Dep::Det]).any(|det| reading.is(det, &["the", "this", "that"]))
        && !reading.children_by(at, &[Dep::Amod]).any(|word| {
            matches!(reading.tag(word), Tag::Jjs)
                || reading.is(word, &["first", "last", "previous", "latest", "recent"])
        })
        || reading
            .children_by(at, &[Dep::Poss, Dep::Compound, Dep::Nmod])
            .any(|day| reading.syntax.entity_at(day).is_some_and(|entity| entity.label == EntityLabel::Date))
}

/// Whether the details that both give are of one incident: the same deed by and to the same, on the same day at the same
/// place, or with the same number of dead.
fn is_same_by_details(reading: &Reading<'_>, known: &Telling, later: &Telling) -> bool {
    let (one, other) = (&known.incident, &later.incident);
    let word = |at: u32| reading.lemma(at).to_lowercase();
    let named_alike = known.nouns.iter().any(|&at| word(at) == word(later.noun()));
    let sides = |it: &Incident| !it.actor.is_empty() && !it.recipient.is_empty();
    let same_sides = sides(one) && one.actor == other.actor && one.recipient == other.recipient;
    // `The gunmen opened fire` of gunmen told before.
    let same_doers = one.actor == other.actor
        && !one.actor.is_empty()
        && one.actor.iter().all(ActorId::is_unnamed)
        && (other.recipient.is_empty() || one.recipient.is_empty());
    let same_day = day(one).is_some() && day(one) == day(other);
    let same_place = one.place.is_some() && other.place.is_some();
    // An attack in Kabul and the gunmen who opened fire in Afghanistan, both on Friday.
    let attack = |telling: &Telling| reading.is(telling.noun(), &["attack", "assault", "incident"]);
    let same_state =
        one.recipient.iter().any(|actor| actor.state_code().is_some() && other.recipient.contains(actor));
    let same_scene = same_day
        && (named_alike && same_place
            || same_state && (attack(known) || attack(later))
            || are_alike(reading, &one.actor_spans, &other.actor_spans));
    let least =
        |it: &Incident| it.killed.and_then(|killed| killed.least).filter(|dead| *dead >= TELLING_TOLL);
    let same_toll = least(one).is_some() && least(one) == least(other);
    named_alike && one.factuality == other.factuality && (same_sides || same_doers) || same_scene || same_toll
}

/// Returns the day of the incident, ISO 8601, if the report gives one.
fn day(it: &Incident) -> Option<&str> {
    let time = it.time.as_ref()?;
    let long =
        matches!(time.grain, Some(Grain::Week | Grain::Month | Grain::Quarter | Grain::Season | Grain::Year));
    time.from.as_deref().filter(|_| !long).map(|from| from.get(..10).unwrap_or(from))
}

/// Whether the words for those who act end alike: `Gunmen`, `three masked gunmen`.
fn are_alike(reading: &Reading<'_>, one: &[CharSpan], other: &[CharSpan]) -> bool {
    let last = |spans: &[CharSpan]| -> Option<String> {
        let span = reading.offsets.to_bytes(*spans.first()?)?;
        let words = span.slice(reading.syntax.text()).to_lowercase();
        words.split_whitespace().next_back().map(str::to_owned)
    };
    last(one).is_some() && last(one) == last(other)
}

/// Adds what `later` tells to `known`.
fn take_in(reading: &Reading<'_>, known: &mut Telling, later: Telling) {
    let it = &mut known.incident;
    let Telling { heads, nouns, incident: other } = later;
    it.killed = it.killed.or(other.killed);
    it.injured = it.injured.or(other.injured);
    it.place = it.place.take().or(other.place);
    it.time = it.time.take().or(other.time);
    it.means = it.means.take().or(other.means);
    it.mode = it.mode.take().or(other.mode);
    it.code = it.code.or(other.code);
    let said_by_others = other.reported_by.is_some() && other.reported_by != it.reported_by;
    let named = other.actor.iter().any(|actor| !actor.is_unnamed());
    if !other.claimed_by.is_empty() {
        add_once(&mut it.claimed_by, other.claimed_by);
        add_once(&mut it.claimed_in, other.claimed_in);
    } else if said_by_others && named && !it.actor.iter().any(|actor| other.actor.contains(actor)) {
        // Who somebody says did it is blamed by him.
        add_once(&mut it.blamed_on, other.actor);
        add_once(&mut it.blamed_in, other.reported_by);
    } else {
        add_once(&mut it.actor, other.actor);
        add_once(&mut it.actor_spans, other.actor_spans);
    }
    add_once(&mut it.recipient, other.recipient);
    add_once(&mut it.recipient_spans, other.recipient_spans);
    add_once(&mut it.blamed_on, other.blamed_on);
    add_once(&mut it.blamed_in, other.blamed_in);
    add_once(&mut it.denied_by, other.denied_by);
    it.evidence.certainty = it.evidence.certainty.max(other.evidence.certainty);
    let passages: Vec<ByteSpan> =
        other.evidence.spans.iter().filter_map(|span| reading.offsets.to_bytes(*span)).collect();
    it.evidence = reading.told_also("incident", &passages, &it.evidence);
    known.heads.extend(heads);
    known.nouns.extend(nouns);
}
