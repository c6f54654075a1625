//! Phrases of instruments: what the words around the noun tell of parties, names and topic.

use readout_annotate::MentionForm;
use readout_record::{ActorId, ActorKind, EvidenceSpan};
use readout_syntax::{Dep, EntityLabel, Pos, Tag};
use readout_text::ByteSpan;

use super::lexicon::{Lexicon, Modifier};
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::records::positions::phrase;
use crate::words::agreements;

/// The most words of a headline that are looked at.
const HEADLINE_WORDS: usize = 60;
/// The last words of a sentence among which its full stop stands: quotation marks may follow it.
const END: usize = 3;

/// Words of what an instrument is about at most, in its name.
const TOPIC: usize = 9;

/// Returns the noun for an instrument at `at`, in lower case, and its first token: `cease-fire` is three.
pub(super) fn noun(reading: &Reading<'_>, at: u32) -> Option<(String, u32)> {
    if !matches!(reading.pos(at), Pos::Noun | Pos::Propn) {
        return None;
    }
    let lexicon = Lexicon::shipped();
    if reading.is(at, &["fire"]) && at >= 2 && reading.is(at - 2, &["cease"]) {
        return Some(("cease-fire".to_owned(), at - 2));
    }
    let lemma = reading.lemma(at).to_lowercase();
    if lexicon.instrument(&lemma).is_some() {
        return Some((lemma, at));
    }
    // The dictionary form of a name is the name.
    let single = lemma.strip_suffix('s').filter(|_| reading.tag(at).is_proper())?;
    lexicon.instrument(single).map(|_| (single.to_owned(), at))
}

/// Whether the instrument wants `of` with this noun: `of:hostility`.
pub(super) fn wants_of(reading: &Reading<'_>, want: &str, object: u32) -> bool {
    want.strip_prefix("of:").is_some_and(|noun| reading.is(object, &[noun]))
}

/// Whether `at` is the name of a person whom the report names in full.
pub(super) fn is_person(reading: &Reading<'_>, at: u32) -> bool {
    reading.chain(at).is_some_and(|chain| chain.kind == ActorKind::Person && chain.name.contains(' '))
}

/// Returns the parties that the word `at` before an instrument names: `Iran`, `Russian`, `U.S.-Taliban`. A town gives
/// its name to what was agreed there.
pub(super) fn parties_in(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let word = reading.word(at);
    let joined = |mark: &str| matches!(mark, "-" | "–");
    if word.contains(['-', '–']) && word.chars().any(char::is_uppercase) {
        let parts: Vec<ActorId> =
            word.split(['-', '–']).filter_map(|part| actor_called(reading, part)).collect();
        return if parts.len() > 1 { parts } else { Vec::new() };
    }
    if joined(reading.word(at + 1)) || at > 0 && joined(reading.word(at - 1)) {
        return actor_called(reading, word).into_iter().collect();
    }
    let Some(chain) = reading.chain(at) else { return Vec::new() };
    let named = reading
        .mention(at)
        .is_some_and(|mention| matches!(mention.form, MentionForm::Name | MentionForm::Adjective));
    let acts = matches!(chain.kind, ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup);
    // The United Nations is where treaties are made; `the Singapore summit` was held there; `INF` is a name, not a side.
    let host = chain.actors.iter().any(|actor| actor.as_str() == "org:un");
    let summit =
        reading.head(at).is_some_and(|noun| reading.is(noun, &["summit", "conference", "meeting", "round"]));
    let letters = chain.kind == ActorKind::Organisation && chain.sector.is_none();
    if !named || !acts || chain.place || host || summit || letters || sides::is_seat(reading, at) {
        return Vec::new();
    }
    chain.actors.clone()
}

/// Returns the actor whom the report calls `name`: a state, organisation or group, or a person by the surname.
pub(super) fn actor_called(reading: &Reading<'_>, name: &str) -> Option<ActorId> {
    if !name.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    let acts = |id: &str| ["state:", "org:", "group:"].iter().any(|sort| id.starts_with(sort));
    let known = reading.knowledge.named(name);
    if let Some((entry, _)) = known.iter().find(|(entry, _)| acts(&entry.id)) {
        return Some(entry.id.clone());
    }
    let persons = reading.annotations.mentions.chains.iter();
    persons
        .filter(|chain| chain.kind == ActorKind::Person && chain.actors.len() == 1)
        .find(|chain| chain.name.split_whitespace().any(|word| word == name))
        .and_then(|chain| chain.actors.first().cloned())
}

/// Whether `actor` is a state or organisation, or acts for a state.
pub(super) fn is_diplomatic(reading: &Reading<'_>, actor: &ActorId) -> bool {
    actor.starts_with("state:")
        || actor.starts_with("org:")
        || actor.starts_with("group:")
        || reading.chain_of(actor).is_some_and(|chain| {
            matches!(chain.kind, ActorKind::Person | ActorKind::Office) && chain.state.is_some()
        })
}

/// Whether the instrument is written as a name: with a capital, and a word of a name before it, in a sentence that is no
/// headline.
pub(super) fn is_written_as_name(reading: &Reading<'_>, at: u32, first: u32, kept: &[u32]) -> bool {
    let capital = |at: u32| reading.word(at).chars().next().is_some_and(char::is_uppercase);
    if !capital(at) {
        return false;
    }
    let before = kept.iter().any(|&token| token < first && capital(token));
    let of = reading.children_by(at, &[Dep::Prep]).any(|prep| {
        prep == at + 1 && reading.child(prep, Dep::Pobj).is_some_and(|object| reading.tag(object).is_proper())
    });
    !is_headline(reading, at) && (before || of)
}

/// Whether the sentence of `at` is a headline: most of its words have a capital.
pub(super) fn is_headline(reading: &Reading<'_>, at: u32) -> bool {
    let (mut small, mut large) = (0, 0);
    for token in reading.sentence_of(at).take(HEADLINE_WORDS) {
        let word = reading.word(token);
        if word.chars().count() > 3 && word.chars().all(char::is_alphabetic) {
            if word.starts_with(char::is_uppercase) { large += 1 } else { small += 1 }
        }
    }
    let stop =
        reading.sentence_of(at).rev().take(END).any(|token| matches!(reading.word(token), "." | "!" | "?"));
    large > small && !stop
}

/// Returns what the instrument `at` is on, over or for, or what it is to do, with the word before.
pub(super) fn topic(reading: &Reading<'_>, at: u32) -> Option<String> {
    for prep in reading.children_by(at, &[Dep::Prep]).filter(|&prep| prep > at) {
        if !reading.is(prep, &["on", "over", "about", "for", "to", "against"]) {
            continue;
        }
        let Some(object) = reading.child(prep, Dep::Pobj) else { continue };
        // `a deal on Friday`, `a deal on a framework`
        let is_time = reading
            .entity_at(object)
            .is_some_and(|entity| matches!(entity.label, EntityLabel::Date | EntityLabel::Time));
        let is_part = Lexicon::shipped().is(&reading.lemma(object).to_lowercase(), Modifier::Part);
        let idiom = reading.is(object, &agreements::NO_TOPIC);
        if is_time || is_part || idiom || noun(reading, object).is_some() || reading.pos(object) == Pos::Pron
        {
            continue;
        }
        let words = phrase(reading, object);
        if (1..=TOPIC).contains(&words.split(' ').count()) && !words.is_empty() {
            return Some(format!("{} {words}", reading.word(prep).to_lowercase()));
        }
    }
    // `struck a deal to free the hostages`: the parser may hang what it is for on the verb.
    let end = reading.subtree(at).end;
    let purpose = reading.head(at).filter(|_| reading.dep(at) == Dep::Dobj).and_then(|verb| {
        let mut purposes = reading.children_by(verb, &[Dep::Advcl, Dep::Xcomp]);
        purposes.find(|&act| reading.is_infinitive(act) && reading.tag(end) == Tag::To && act == end + 1)
    });
    // `the deal that freed nine hostages`
    let freed = reading.children_by(at, &[Dep::Relcl]).find(|&act| {
        reading.tag(act) == Tag::Vbd && reading.own_subject(act).is_some_and(|word| reading.is_relative(word))
    });
    if let Some((act, object)) = freed.and_then(|act| Some((act, reading.child(act, Dep::Dobj)?))) {
        let words = format!("that {} {}", reading.word(act), phrase(reading, object));
        let fits = (3..=TOPIC).contains(&words.split(' ').count());
        return (fits && reading.pos(object) != Pos::Pron).then_some(words);
    }
    // `a plan to end the war`
    let act = reading
        .children_by(at, &[Dep::Acl, Dep::Relcl])
        .find(|&act| act > at && reading.is_infinitive(act) && reading.tag(act) == Tag::Vb)
        .or(purpose)?;
    let object = reading.objects(act).into_iter().find(|&object| object > act && object < act + 12)?;
    let from = reading.children(act).iter().copied().find(|&child| reading.tag(child) == Tag::To)?;
    if act > from + 2 || reading.pos(object) == Pos::Pron {
        return None;
    }
    let particle = reading.particle(act).map(|particle| format!(" {particle}")).unwrap_or_default();
    let words = format!("to {}{particle} {}", reading.word(act), phrase(reading, object));
    (words.split(' ').count() <= TOPIC).then_some(words)
}

/// Returns the words of `tokens`, set as in the text where they stand together.
pub(super) fn joined(reading: &Reading<'_>, tokens: &[u32]) -> String {
    let mut text = String::new();
    let mut end = None;
    for &at in tokens {
        let token = reading.token(at);
        if !text.is_empty() && end != Some(token.span.start) {
            text.push(' ');
        }
        end = Some(token.span.end);
        text.push_str(reading.word(at));
    }
    text
}

/// Returns the passage `span`.
pub(super) fn passage(reading: &Reading<'_>, span: ByteSpan) -> EvidenceSpan {
    EvidenceSpan {
        doc: reading.document.id.clone(),
        spans: vec![reading.offsets.to_chars(span)],
        text: span.slice(reading.syntax.text()).to_owned(),
    }
}
