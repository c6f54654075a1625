//! Names: what the entity recognizer found and what is known, each put right by the other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use readout_knowledge::{Knowledge, Sense};
use readout_record::ActorKind;
use readout_syntax::{Dep, Entity, EntityLabel, PerToken, Pos, Syntax, Tag};

use crate::mentions::MentionForm;
use crate::mentions::candidate::{Candidate, head_of, phrase_of};
use crate::mentions::known_names::{follows_title, of_known, of_shortened};
use crate::mentions::missed_names::{
    Written, is_abbreviation, is_bare_subject, says_something, unknown_speaker, with_surname,
};
use crate::mentions::places::{is_locative, speaks};
use crate::mentions::words;

/// The names of the text, in order, none overlapping another.
pub(super) fn find<'k>(syntax: &Syntax, knowledge: &'k Knowledge) -> Vec<Candidate<'k>> {
    let spans: Vec<_> = syntax.tokens().iter().map(|token| token.span).collect();
    let mut found: Vec<Candidate<'k>> = Vec::new();
    let mut taken = PerToken::new(syntax.len());
    let mut shortened = Vec::new();
    let bearers = words_of_persons(syntax);
    let surnames = surnames_of_persons(syntax);
    let is_of_person = |at: u32| {
        let word = syntax.word(at);
        bearers.contains(word)
            || knowledge.gender_of_given_name(word).is_some()
            || knowledge.persons_called(word).next().is_some()
    };
    for mut known in knowledge.names_in(syntax.text(), &spans) {
        let words = known.start..known.end;
        // "Fox said", where the report has a Clara Fox, is no broadcaster.
        if words.len() == 1
            && surnames.contains(syntax.word(words.start))
            && !follows_the(syntax, words.start)
        {
            known
                .readings
                .retain(|(entry, _)| !matches!(entry.kind, ActorKind::Outlet | ActorKind::Organisation));
        }
        // "Jordan's staff", where the report has a Peter Jordan, is of no state.
        if words.len() == 1
            && surnames.contains(syntax.word(words.start))
            && matches!(syntax.token(words.start).dep, Dep::Nsubj | Dep::Poss)
        {
            known.readings.retain(|(entry, sense)| {
                entry.kind != ActorKind::State || !matches!(sense, Sense::Itself | Sense::Short)
            });
        }
        let is_borne = |at: u32| bearers.contains(syntax.word(at)) || follows_title(syntax, at);
        // "A National Emergency" is no newspaper: names of one word with `The` have it before them, or are bodies.
        let body = syntax.entity_at(words.start).is_some_and(|entity| entity.label == EntityLabel::Org);
        if words.len() == 1 && !body && !follows_the(syntax, words.start) {
            known
                .readings
                .retain(|(entry, _)| entry.kind != ActorKind::Outlet || !entry.name.starts_with("The "));
        }
        if let Some(candidate) = of_known(syntax, words.clone(), &known.readings, is_of_person, is_borne) {
            for at in words {
                taken[at] = true;
            }
            found.push(candidate);
        } else if known.readings.iter().any(|(_, sense)| *sense == Sense::Short) {
            shortened.push(known);
        }
    }
    for known in shortened {
        if let Some(candidate) = of_shortened(syntax, &known, &found) {
            for at in known.start..known.end {
                taken[at] = true;
            }
            found.push(candidate);
        }
    }
    let written = Written::of(syntax);
    for entity in syntax.entities() {
        let is_called =
            |word: &str| surnames.contains(word) || knowledge.persons_called(word).next().is_some();
        for words in parts(syntax, entity.start..entity.end, &taken, is_called) {
            let words = with_surname(syntax, knowledge, &written, words, entity.label, &taken);
            if let Some(candidate) = of_entity(syntax, knowledge, words.clone(), entity.label) {
                for at in candidate.words.clone() {
                    taken[at] = true;
                }
                found.push(candidate);
            }
        }
    }
    add_people(syntax, knowledge, &written, &mut taken, &mut found);
    add_repeated(syntax, knowledge, &mut taken, &mut found);
    found.sort_by_key(|candidate| candidate.words.start);
    check_seats(syntax, &mut found);
    found
}

/// People whom the recognizer missed: two to four names in a row that begin with a given name, or end with a surname
/// by which the report calls somebody.
fn add_people<'k>(
    syntax: &Syntax,
    knowledge: &Knowledge,
    written: &Written<'_>,
    taken: &mut PerToken<bool>,
    found: &mut Vec<Candidate<'k>>,
) {
    let surnames: BTreeSet<&str> = found
        .iter()
        .filter(|name| name.kind == ActorKind::Person && name.words.len() == 1)
        .map(|name| syntax.word(name.words.start))
        .collect();
    let mut at = 0;
    while at < syntax.len() {
        let start = at;
        let sentence = syntax.token(start).sentence;
        let is_name = |at: u32| {
            let token = syntax.token(at);
            (token.tag == Tag::Nnp || token.tag == Tag::Nn && is_abbreviation(syntax.word(at)))
                && token.sentence == sentence
                && !taken[at]
                // `“…,” Pravit said`, where the recognizer sees a work
                && syntax.entity_at(at).is_none_or(|entity| {
                    entity.label != EntityLabel::Date && is_no_name(syntax, entity) && says_something(syntax, at)
                })
                && syntax.word(at).starts_with(char::is_uppercase)
        };
        while at < syntax.len() && is_name(at) {
            at += 1;
        }
        let words = start..at;
        at += 1;
        if !(1..=4).contains(&words.len()) {
            continue;
        }
        let words = without_titles(syntax, knowledge, words);
        if let Some(speaker) = unknown_speaker(syntax, knowledge, written, words.clone()) {
            taken[words.start] = true;
            found.push(speaker);
            continue;
        }
        let given = knowledge.gender_of_given_name(syntax.word(words.start));
        let head = head_of(syntax, words.clone());
        let modifies = matches!(syntax.token(head).dep, Dep::Compound | Dep::Nmod | Dep::Amod);
        let known = given.is_some()
            || surnames.contains(syntax.word(words.end - 1))
            || says_something(syntax, head) && written.are_of_person(syntax, words.clone());
        if words.len() < 2 || modifies || !known {
            continue;
        }
        let mut person = Candidate::new(words.clone(), head, MentionForm::Name, ActorKind::Person);
        person.gender = given;
        person.phrase = phrase_of(syntax, words.clone(), head);
        for at in words {
            taken[at] = true;
        }
        found.push(person);
    }
}

/// The most words of a name that is looked for again.
const LONGEST_NAME: usize = 6;

/// Names that the recognizer saw in one place and missed in another: `Okafor` after `Grace Okafor`.
fn add_repeated<'k>(
    syntax: &Syntax,
    knowledge: &Knowledge,
    taken: &mut PerToken<bool>,
    found: &mut Vec<Candidate<'k>>,
) {
    // By the words themselves; whole names go before surnames.
    let mut names: BTreeMap<Vec<&str>, Candidate<'k>> = BTreeMap::new();
    let words_of = |words: Range<u32>| -> Vec<&str> { words.map(|at| syntax.word(at)).collect() };
    let sought = |name: &&Candidate<'k>| {
        name.form == MentionForm::Name && !name.place && !name.people && name.words.len() <= LONGEST_NAME
    };
    for name in found.iter().filter(sought) {
        names.entry(words_of(name.words.clone())).or_insert_with(|| name.clone());
    }
    for name in found.iter().filter(sought).filter(|name| name.kind == ActorKind::Person) {
        if name.words.len() > 1 {
            let mut part = Candidate::new(0..0, 0, MentionForm::Name, ActorKind::Person);
            part.gender = name.gender;
            names.entry(words_of(name.words.end - 1..name.words.end)).or_insert_with(|| part.clone());
            // "Daniel", where the report speaks of people by their given names.
            if knowledge.gender_of_given_name(syntax.word(name.words.start)).is_some() {
                names.entry(words_of(name.words.start..name.words.start + 1)).or_insert(part);
            }
        }
    }
    let mut at = 0;
    while at < syntax.len() {
        // What the recognizer takes for a day, a number or a work is no name of anybody yet.
        let open =
            |at: u32| !taken[at] && syntax.entity_at(at).is_none_or(|entity| is_no_name(syntax, entity));
        let length =
            (1..=LONGEST_NAME as u32).rev().filter(|length| at + length <= syntax.len()).find(|length| {
                let words = at..at + length;
                (syntax.token(words.end - 1).tag.is_proper()
                    || is_written_as_name(syntax, words.clone())
                    || is_bare_subject(syntax, words.clone()))
                    && words.clone().all(open)
                    && names.contains_key(&words_of(words))
            });
        let Some(length) = length else {
            at += 1;
            continue;
        };
        let words = at..at + length;
        // "Park your car" is an order.
        let verb = words.len() == 1
            && matches!(syntax.token(at).dep, Dep::Advcl | Dep::Aux | Dep::Ccomp | Dep::Xcomp | Dep::Relcl);
        // A surname that is also a given name, beside another name, is another person's: "Kim" and "Kim Novak".
        let beside = |at: u32| at < syntax.len() && syntax.token(at).tag.is_proper() && open(at);
        let part = beside(words.end)
            || words.start > 0 && beside(words.start - 1) && {
                let before = syntax.word(words.start - 1);
                knowledge.title(before).is_none()
            };
        if let Some(like) = names.get(&words_of(words.clone())).filter(|_| !part && !verb) {
            let mut name = like.clone();
            name.words = words.clone();
            name.head = head_of(syntax, words.clone());
            name.phrase = phrase_of(syntax, words.clone(), name.head);
            for at in words.clone() {
                taken[at] = true;
            }
            found.push(name);
        }
        at = words.end;
    }
}

/// Whether `entity` is one word whose label names nobody, and which acts: `May said`, where the recognizer sees a
/// month.
fn is_no_name(syntax: &Syntax, entity: &Entity) -> bool {
    let token = syntax.token(entity.start);
    let acts = matches!(token.dep, Dep::Nsubj | Dep::Poss | Dep::Dobj) && token.tag.is_proper();
    entity.end - entity.start == 1
        && acts
        && !(token.dep == Dep::Nsubj && syntax.lemma(token.head) == "be" && entity.label == EntityLabel::Date)
        && matches!(
            entity.label,
            EntityLabel::Date
                | EntityLabel::Cardinal
                | EntityLabel::WorkOfArt
                | EntityLabel::Product
                | EntityLabel::Event
        )
}

/// Whether a noun bears its capital for no other reason than to be a name: "attendees, Waters said", and not the first
/// word of a sentence or a word of a headline.
fn is_written_as_name(syntax: &Syntax, words: Range<u32>) -> bool {
    let (first, last) = (words.start, words.end - 1);
    let is_low = |at: u32| {
        at < syntax.len()
            && !syntax.word(at).starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
    };
    let sentence = syntax.token(first).sentence;
    first == last
        && matches!(syntax.token(last).tag, Tag::Nn | Tag::Nns)
        && syntax.word(first).starts_with(char::is_uppercase)
        && is_low(last + 1)
        && (first.saturating_sub(2)..first).all(|at| is_low(at) && syntax.token(at).sentence == sentence)
        && first >= 2
}

/// A capital stands for its government only where the report speaks of the state otherwise too, or where it speaks or
/// is spoken to ("Oslo warned Ankara"): "Minsk" may be the agreement or the city in a report that never names Belarus.
fn check_seats(syntax: &Syntax, names: &mut [Candidate<'_>]) {
    let certain: BTreeSet<String> = names
        .iter()
        .filter(|name| name.seat && speaks(syntax, name.head))
        .filter_map(|name| name.state.clone())
        .collect();
    let spoken: BTreeSet<String> =
        names.iter().filter(|name| !name.place && !name.seat).filter_map(|name| name.state.clone()).collect();
    for name in names.iter_mut().filter(|name| name.seat && !name.place) {
        if name.state.as_ref().is_some_and(|state| !spoken.contains(state) && !certain.contains(state)) {
            name.kind = ActorKind::Place;
            name.place = true;
        }
    }
}

/// The words of all names of two words and more that the recognizer takes for persons.
fn words_of_persons(syntax: &Syntax) -> BTreeSet<&str> {
    let persons = syntax.entities().iter().filter(|entity| entity.label == EntityLabel::Person);
    persons
        .map(|entity| entity.start..entity.end)
        .filter(|words| words.clone().filter(|&at| syntax.token(at).pos == Pos::Propn).count() > 1)
        .flat_map(|words| words.map(|at| syntax.word(at)))
        .collect()
}

/// The last words of all names of two words and more that the recognizer takes for persons.
fn surnames_of_persons(syntax: &Syntax) -> BTreeSet<&str> {
    let persons = syntax.entities().iter().filter(|entity| entity.label == EntityLabel::Person);
    persons
        .filter(|entity| {
            (entity.start..entity.end).filter(|&at| syntax.token(at).tag.is_proper()).count() > 1
        })
        .filter_map(|entity| {
            let last = (entity.start..entity.end).rev().find(|&at| syntax.token(at).tag.is_proper())?;
            // "King Abdullah of Jordan" is no Jordan.
            (last > entity.start && syntax.word(last - 1) != "of").then_some(last)
        })
        .map(|at| syntax.word(at))
        .collect()
}

/// Whether `the` is right before the token.
fn follows_the(syntax: &Syntax, at: u32) -> bool {
    at > 0 && syntax.word(at - 1).eq_ignore_ascii_case("the")
}

/// The parts of an entity that no known name has taken, without articles, marks and line breaks at their ends.
fn parts(
    syntax: &Syntax,
    entity: Range<u32>,
    taken: &PerToken<bool>,
    is_called: impl Fn(&str) -> bool,
) -> Vec<Range<u32>> {
    if entity.clone().any(|at| taken[at]) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut start = entity.start;
    // "Putin-Obama meeting": two people, where both are called so by themselves.
    if entity.len() == 3 && matches!(syntax.word(start + 1), "-" | "–") {
        let (one, two) = (syntax.word(start), syntax.word(start + 2));
        if is_called(one) && is_called(two) {
            return vec![start..start + 1, start + 2..start + 3];
        }
    }
    for at in entity.clone() {
        if syntax.token(at).pos == Pos::Space && syntax.word(at).contains('\n') {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..entity.end);
    parts.into_iter().filter_map(|part| trimmed(syntax, part)).collect()
}

fn trimmed(syntax: &Syntax, mut words: Range<u32>) -> Option<Range<u32>> {
    let loose = |at: u32| {
        let token = syntax.token(at);
        matches!(token.pos, Pos::Det | Pos::Punct | Pos::Space)
            || token.tag == Tag::PossessiveEnding
            || matches!(syntax.word(at), "The" | "the" | "'s" | "’s" | "’" | "'")
    };
    while !words.is_empty() && loose(words.start) {
        words.start += 1;
    }
    while !words.is_empty() && loose(words.end - 1) {
        words.end -= 1;
    }
    (!words.is_empty()).then_some(words)
}

/// A name that only the entity recognizer saw.
fn of_entity<'k>(
    syntax: &Syntax,
    knowledge: &Knowledge,
    words: Range<u32>,
    label: EntityLabel,
) -> Option<Candidate<'k>> {
    let text = syntax.passage(words.clone());
    if !text.chars().any(char::is_alphabetic) || text.contains(['@', '{', '}']) || text.starts_with("http") {
        return None;
    }
    let capital = words.clone().any(|at| syntax.word(at).chars().next().is_some_and(char::is_uppercase));
    // The recognizer takes many a surname for a place or a body.
    let surname = words.len() == 1
        && knowledge.persons_called(text).next().is_some()
        && knowledge.named(text).is_empty()
        && !is_locative(syntax, words.start);
    let kind = match label {
        EntityLabel::Gpe | EntityLabel::Org | EntityLabel::Location | EntityLabel::Norp if surname => {
            ActorKind::Person
        }
        // A place or people that nobody knows does not speak: "Tarvanis suggested".
        EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Norp
            if words.len() == 1
                && syntax.token(words.start).tag == Tag::Nnp
                && knowledge.named(text).is_empty()
                && says_something(syntax, words.start) =>
        {
            ActorKind::Person
        }
        EntityLabel::Person => ActorKind::Person,
        EntityLabel::Org => ActorKind::Organisation,
        EntityLabel::Gpe | EntityLabel::Location | EntityLabel::Facility => ActorKind::Place,
        EntityLabel::Norp => ActorKind::Unnamed,
        _ => return None,
    };
    if !capital || is_part_of_office(syntax, knowledge, &words) || is_of_two_states(knowledge, text) {
        return None;
    }
    if label == EntityLabel::Org && syntax.is_written(head_of(syntax, words.clone()), &words::NO_BODY) {
        return None;
    }
    let words = if kind == ActorKind::Person { without_titles(syntax, knowledge, words) } else { words };
    let head = head_of(syntax, words.clone());
    let form = if kind == ActorKind::Unnamed && syntax.token(head).pos == Pos::Adj {
        MentionForm::Adjective
    } else {
        MentionForm::Name
    };
    let mut candidate = Candidate::new(words.clone(), head, form, kind);
    candidate.place = kind == ActorKind::Place;
    candidate.people = kind == ActorKind::Unnamed;
    candidate.plural = candidate.people && syntax.token(head).tag == Tag::Nnps;
    if kind == ActorKind::Person {
        candidate.gender = knowledge.gender_of_given_name(syntax.word(words.start));
    }
    candidate.phrase = phrase_of(syntax, words, head);
    Some(candidate)
}

/// Whether the name is a word of an office: `State` in `Secretary of State`, `Defense` in `Defense Secretary`.
fn is_part_of_office(syntax: &Syntax, knowledge: &Knowledge, words: &Range<u32>) -> bool {
    let office = |office: Range<u32>| knowledge.office(syntax.passage(office)).is_some();
    let of = words.start >= 2 && syntax.word(words.start - 1).eq_ignore_ascii_case("of");
    of && office(words.start - 2..words.end) || words.end < syntax.len() && office(words.start..words.end + 1)
}

/// Whether the name joins those of two states, as `Norway-Chad` before `border`: that is no body.
fn is_of_two_states(knowledge: &Knowledge, text: &str) -> bool {
    let state =
        |name: &str| knowledge.named(name.trim()).iter().any(|(entry, _)| entry.kind == ActorKind::State);
    text.split_once(['-', '–']).is_some_and(|(one, two)| state(one) && state(two))
}

/// A person's name without the titles that the recognizer took into it: `Gen. Joseph Dunford`.
fn without_titles(syntax: &Syntax, knowledge: &Knowledge, mut words: Range<u32>) -> Range<u32> {
    // "Sudanese Christian Dr. Amina Idris": the name begins after the title.
    let title = |&at: &u32| {
        let word = syntax.word(at);
        word.ends_with('.') && word.len() > 2 && knowledge.title(word).is_some()
    };
    if let Some(at) = (words.start + 1..words.end.saturating_sub(1)).rev().find(title) {
        words.start = at + 1;
    }
    while words.len() > 1 {
        let word = syntax.word(words.start);
        if knowledge.title(word).is_none() || knowledge.gender_of_given_name(word).is_some() {
            break;
        }
        words.start += 1;
    }
    words
}
