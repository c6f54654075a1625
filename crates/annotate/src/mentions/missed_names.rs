//! Names that the recognizer left out or misread, found by what they do in their sentence: they speak, or act without an
//! article.

use std::collections::BTreeSet;
use std::ops::Range;

use readout_knowledge::Knowledge;
use readout_record::ActorKind;
use readout_syntax::{Dep, EntityLabel, PerToken, Syntax, Tag};

use crate::attribution::lexicon::{Frames, Kind, LEXICON, sense};
use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;

/// The most letters of an abbreviation that may be a body's name.
const LONGEST_ABBREVIATION: usize = 6;

/// Returns the one word of `words` as a name, if nobody knows it and it says something: a surname (`Tarvanis said`), or an
/// abbreviation of a body (`QORB said`).
pub(super) fn unknown_speaker<'k>(
    syntax: &Syntax,
    knowledge: &Knowledge,
    written: &Written<'_>,
    words: Range<u32>,
) -> Option<Candidate<'k>> {
    let (at, word) = (words.start, syntax.word(words.start));
    if words.len() != 1 || !says_something(syntax, at) {
        return None;
    }
    let alone = syntax.token(at).left_edge == at
        && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '’' | '\'' | '-'));
    // "Police said": a word that begins a sentence.
    let common = knowledge.person_word(&word.to_lowercase()).is_some()
        || knowledge.title(word).is_some()
        || knowledge.office(word).is_some()
        || syntax.sentence_of(at).start == at
            && !is_abbreviation(word)
            && !written.are_of_person(syntax, words.clone());
    if !alone || common {
        return None;
    }
    let kind = match () {
        () if written.are_of_person(syntax, words.clone()) => ActorKind::Person,
        // "REPORT SAYS": a headline.
        () if is_abbreviation(word) && syntax.word(syntax.token(at).head).starts_with(char::is_lowercase) => {
            ActorKind::Organisation
        }
        () => return None,
    };
    Some(Candidate::new(words, at, MentionForm::Name, kind))
}

/// Whether the word is of two to six letters, all capitals.
pub(super) fn is_abbreviation(word: &str) -> bool {
    (2..=LONGEST_ABBREVIATION).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// The words of a text as they are written, by which a name is told from a word that the text has in small letters too.
pub(super) struct Written<'s>(BTreeSet<&'s str>);

impl<'s> Written<'s> {
    /// Returns the words of the text.
    pub(super) fn of(syntax: &'s Syntax) -> Self {
        Self(syntax.tokens().iter().map(|token| token.span.slice(syntax.text())).collect())
    }

    /// Whether each of `words` has one capital and the text has none of them in small letters.
    pub(super) fn are_of_person(&self, syntax: &Syntax, mut words: Range<u32>) -> bool {
        words.all(|at| {
            let word = syntax.word(at);
            word.chars().count() > 2
                && word.chars().skip(1).any(char::is_lowercase)
                && !self.0.contains(word.to_lowercase().as_str())
        })
    }
}

/// Whether the phrase headed by `head` is the subject of a verb by which people are quoted.
pub(super) fn says_something(syntax: &Syntax, head: u32) -> bool {
    let token = syntax.token(head);
    token.dep == Dep::Nsubj
        && matches!(syntax.token(token.head).tag, Tag::Vbd | Tag::Vbz)
        && sense(&LEXICON.verbs, syntax.lemma(token.head), Frames::QUOTE)
            .is_some_and(|sense| sense.kind == Kind::Speech)
}

/// Whether the first word of a sentence is a noun in the singular that speaks or owns without an article, as a name does:
/// `Case said`, and not `The case`.
pub(super) fn is_bare_subject(syntax: &Syntax, words: Range<u32>) -> bool {
    let token = syntax.token(words.start);
    words.len() == 1
        && token.tag == Tag::Nn
        && (token.dep == Dep::Poss || says_something(syntax, words.start))
        && syntax.word(words.start).starts_with(char::is_uppercase)
        && token.left_edge == words.start
        && syntax.sentence_of(words.start).start == words.start
        && syntax.word(words.end).starts_with(|letter: char| !letter.is_uppercase())
}

/// Returns the given name `words` of a person with the surname right behind it that the recognizer left out: `Ila Orr`.
pub(super) fn with_surname(
    syntax: &Syntax,
    knowledge: &Knowledge,
    written: &Written<'_>,
    words: Range<u32>,
    label: EntityLabel,
    taken: &PerToken<bool>,
) -> Range<u32> {
    let next = words.end;
    let given = label == EntityLabel::Person
        && words.len() == 1
        && knowledge.gender_of_given_name(syntax.word(words.start)).is_some();
    let surname = given
        && next < syntax.len()
        && !taken[next]
        && syntax.token(next).tag == Tag::Nnp
        && syntax.entity_at(next).is_none()
        && syntax.token(next).sentence == syntax.token(words.start).sentence
        && written.are_of_person(syntax, next..next + 1)
        && knowledge.person_word(&syntax.word(next).to_lowercase()).is_none()
        && !syntax.token(next + 1).tag.is_proper();
    if surname { words.start..next + 1 } else { words }
}
