//! Phrases that name a public instrument.

use std::collections::BTreeSet;

use readout_record::ActorId;
use readout_syntax::{Dep, Pos, Tag};

use super::known::{Alias, Known, all, parts};
use super::lexicon::Sort;
use super::mentioned::{Form, Mention};
use super::phrase::is_headline;
use super::sides::state_or_self;
use crate::clause::reading::Reading;

/// Tokens before the noun and behind it that may belong to its name.
const BEFORE: u32 = 14;
const BEHIND: u32 = 9;

/// Returns the public instrument that `mention` names.
pub(super) fn named(reading: &Reading<'_>, mention: &Mention) -> Option<&'static Known> {
    if mention.form == Form::Negative {
        return None;
    }
    let words = phrase_words(reading, mention.at);
    let states: BTreeSet<ActorId> =
        mention.parties.iter().chain(&mention.owners).map(|it| state_or_self(reading, it)).collect();
    let written =
        reading.word(mention.at).starts_with(char::is_uppercase) && !is_headline(reading, mention.at);
    let told: BTreeSet<String> =
        mention.names.iter().chain(&mention.matter).flat_map(|word| parts(word)).collect();
    let fits = |known: &&Known| {
        let year = known.made.and_then(|made| made.get(..4));
        let years = mention.years.is_empty() || year.is_some_and(|year| mention.years.contains(year));
        let sides = known.parties.is_empty()
            || states.iter().all(|state| known.parties.contains(state) || !state.starts_with("state:"));
        years && sides && known.is_spoken_of(reading) && told.is_subset(&known.vocabulary)
    };
    // Of a new deal nothing is known yet.
    let pointed_at = mention.form == Form::Definite || written || !mention.years.is_empty();
    let length = |known: &Known| {
        let all = known.aliases.iter().filter(|alias| {
            (pointed_at || alias.brought_in)
                && alias.words.is_subset(&words)
                && is_beside(reading, mention.at, alias)
                && alias.present.iter().all(|word| has_word(reading, word))
                && !alias.absent.iter().any(|word| has_word(reading, word))
        });
        all.map(|alias| alias.words.len()).max()
    };
    let found = all().iter().filter(fits).filter_map(|known| Some((length(known)?, known)));
    // The fullest name; of two the later instrument.
    found.max_by_key(|(length, known)| (*length, known.made)).map(|(_, known)| known)
}

/// Returns a mention of the public instrument that is named at `at` without a noun for an instrument: `NAFTA`, `the
/// Trans-Pacific Partnership`.
pub(super) fn bare(reading: &Reading<'_>, at: u32) -> Option<Mention> {
    let word = reading.word(at);
    let part = matches!(reading.dep(at), Dep::Compound | Dep::Nmod | Dep::Amod);
    if part || !reading.tag(at).is_proper() || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let last = parts(word);
    let may = |alias: &Alias| {
        alias.letters == Some(word)
            || alias.letters.is_none() && alias.last.is_some() && alias.last.as_ref() == last.last()
    };
    let mut candidates = all().iter().filter(|known| known.aliases.iter().any(may)).peekable();
    candidates.peek()?;
    let words = phrase_words(reading, at);
    let known = candidates.find(|known| {
        let named = |alias: &Alias| may(alias) && alias.words.is_subset(&words);
        known.is_spoken_of(reading) && known.aliases.iter().any(named)
    })?;
    Some(Mention {
        names: BTreeSet::from([known.name.to_lowercase()]),
        words: known.name.to_owned(),
        form: Form::Definite,
        known: Some(known),
        ..Mention::of(at, Sort::Treaty)
    })
}

/// Returns the words of the phrase of the noun `at`, up to a verb or a mark behind it.
fn phrase_words(reading: &Reading<'_>, at: u32) -> BTreeSet<String> {
    let phrase = reading.subtree(at);
    let before = phrase.start.max(at.saturating_sub(BEFORE))..at + 1;
    let behind = (at + 1..phrase.end.min(at + BEHIND)).take_while(|&token| {
        !matches!(reading.pos(token), Pos::Punct | Pos::Verb | Pos::Aux | Pos::Space)
            && !matches!(reading.tag(token), Tag::Wdt | Tag::Wp | Tag::Wrb)
    });
    before.chain(behind).flat_map(|token| parts(reading.word(token))).collect()
}

/// Whether the one word of a short name is the noun `at`, or stands right before it or behind `of`: `the armistice`, `the Paris
/// agreement`, `the Treaty of Rome`. A deal with Paris and a nice deal are none of them.
fn is_beside(reading: &Reading<'_>, at: u32, alias: &Alias) -> bool {
    let mut own = alias.words.iter().filter(|word| *word != "*");
    let (Some(word), None) = (own.next(), own.next()) else { return true };
    if parts(reading.word(at)).contains(word) {
        return true;
    }
    let is_name = |token: u32| {
        let named = reading.word(token).starts_with(char::is_uppercase) && reading.tag(token).is_proper();
        (named || !alias.present.is_empty()) && parts(reading.word(token)).contains(word)
    };
    let before = at.checked_sub(1).is_some_and(is_name);
    let of = at + 2 < reading.syntax.len() && reading.word(at + 1) == "of" && is_name(at + 2);
    before || of
}

/// The bytes at the head of a report in which a word that tells its matter is looked for.
const HEAD: usize = 50_000;

/// Whether the head of the report has the word `word`, as it is written.
fn has_word(reading: &Reading<'_>, word: &str) -> bool {
    let text = reading.document.text.as_str();
    let end = (0..=HEAD.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).is_some_and(|head| head.contains(word))
}
