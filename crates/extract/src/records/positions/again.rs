//! Nouns and pronouns that take up what was told before: `the strikes`, where the report has told of strikes on Syria.

use readout_record::{ActorKind, PloverCode};
use readout_syntax::{Dep, Pos, Tag};

use super::lexicon::Lexicon;
use crate::acts::lexicon::{Lexicon as Acts, Sense};
use crate::clause::premises;
use crate::clause::reading::Reading;
use crate::words::{conditions, stances};

/// Tokens before a noun among which the noun that it takes up is looked for.
const REACH: u32 = 1_500;
/// Tokens before a noun for a deed among which the deed is looked for.
const NEAR: u32 = 80;

/// Returns the nouns that the definite noun `at` may take up, the nearest first.
pub(super) fn nouns<'r>(reading: &'r Reading<'_>, at: u32) -> impl Iterator<Item = u32> + 'r {
    let lemma = reading.lemma(at).to_lowercase();
    let told =
        Lexicon::shipped().told_before(&lemma).filter(|_| is_definite(reading, at) || is_bare(reading, at));
    let from = if told.is_some() { at.saturating_sub(REACH) } else { at };
    (from..at).rev().filter(move |&noun| {
        let kind = reading.lemma(noun).to_lowercase();
        let like = kind == lemma || told.is_some_and(|told| told.nouns.contains(&kind.as_str()));
        like && reading.is_noun(noun)
    })
}

/// Returns the verbs of the deeds that the definite noun `at` may take up, the nearest first: `it would withdraw its troops
/// … the move`.
pub(super) fn deeds<'r>(reading: &'r Reading<'_>, at: u32) -> impl Iterator<Item = u32> + 'r {
    let told = Lexicon::shipped().told_before(&reading.lemma(at).to_lowercase());
    let deeds = told.is_some_and(|told| told.deeds) && is_definite(reading, at);
    let from = if deeds { at.saturating_sub(NEAR) } else { at };
    (from..at).rev().filter(move |&verb| is_told_deed(reading, verb, at))
}

/// Returns the verbs of violence before the definite noun `at`, which names violence too, the nearest first.
pub(super) fn harms<'r>(reading: &'r Reading<'_>, at: u32) -> impl Iterator<Item = u32> + 'r {
    let fits = reading.is(at, &stances::VIOLENCE) && is_definite(reading, at);
    let from = if fits { at.saturating_sub(NEAR) } else { at };
    let violent = |verb: u32| {
        let lemma = reading.lemma(verb).to_lowercase();
        let key =
            reading.particle(verb).map_or_else(|| lemma.clone(), |particle| format!("{lemma}_{particle}"));
        Acts::shipped().verb(&key).iter().any(|rule| matches!(rule.sense, Sense::Act(PloverCode::Assault)))
    };
    (from..at).rev().filter(move |&verb| is_told_deed(reading, verb, at) && violent(verb))
}

/// Whether the noun `at` is one that the report has told of: `the vote`, `that decision`, not `a vote`.
pub(super) fn is_definite(reading: &Reading<'_>, at: u32) -> bool {
    let points = |word: u32| {
        ["the", "this", "that", "these", "those"].iter().any(|it| reading.word(word).eq_ignore_ascii_case(it))
    };
    reading.is_noun(at)
        && reading.children_by(at, &[Dep::Det]).any(points)
        && !reading.children_by(at, &[Dep::Amod, Dep::Nummod]).any(|it| reading.is(it, &conditions::ANOTHER))
        && reading.children_by(at, &[Dep::Relcl, Dep::Prep, Dep::Poss]).next().is_none()
}

/// Whether nothing says which ones the noun `at` means: `military strikes`.
fn is_bare(reading: &Reading<'_>, at: u32) -> bool {
    let kind = |word: u32| reading.dep(word) == Dep::Amod && reading.is(word, &["military"]);
    let words = reading.children(at);
    reading.tag(at) == Tag::Nns && !words.is_empty() && words.iter().all(|&word| kind(word))
}

/// Whether the verb `at` tells of a deed, done or to be done: no premise, and none in whose clause `noun` stands.
fn is_told_deed(reading: &Reading<'_>, at: u32, noun: u32) -> bool {
    reading.is_verb(at)
        && !premises::is_open(reading, at)
        && !reading.is_within(noun, at)
        && reading.child(at, Dep::Neg).is_none()
}

/// Returns the object that a pronoun behind it takes up: `criticized the vote, calling it illegal`.
pub(super) fn object_before(reading: &Reading<'_>, at: u32) -> Option<u32> {
    if reading.pos(at) != Pos::Pron || !reading.is(at, &["it", "they", "them"]) {
        return None;
    }
    let below = reading.head(at)?;
    let small = matches!(reading.dep(below), Dep::Ccomp | Dep::Xcomp | Dep::Oprd | Dep::Acomp);
    let verb = if small { reading.head(below)? } else { below };
    let joined =
        reading.tag(verb) == Tag::Vbg && matches!(reading.dep(verb), Dep::Advcl | Dep::Xcomp | Dep::Conj);
    let first = reading.head(verb).filter(|&first| joined && first < verb)?;
    reading.objects(first).into_iter().find(|&object| {
        let somebody = reading.chain(object).is_some_and(|chain| chain.kind != ActorKind::Unnamed);
        reading.is_noun(object) && reading.pos(object) != Pos::Pron && !somebody && object < at
    })
}

/// Whether whose it is does not tell what the noun `at` is on: `the army's actions`.
pub(super) fn is_thin(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &conditions::THIN)
}
