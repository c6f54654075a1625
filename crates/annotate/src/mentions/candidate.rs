//! Candidates for mentions, before it is known which ones are the same.

use std::ops::Range;

use readout_knowledge::{Entry, Gender};
use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, Pos, Syntax, Tag};

use crate::mentions::MentionForm;

/// Words that may speak of somebody.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'k> {
    /// The words themselves: a name without titles, a noun phrase up to its head noun, a pronoun.
    pub(super) words: Range<u32>,
    /// The whole phrase: with titles and determiner.
    pub(super) phrase: Range<u32>,
    /// The head token.
    pub(super) head: u32,
    pub(super) form: MentionForm,
    pub(super) kind: ActorKind,
    /// Whether it refers to a spot on the map.
    pub(super) place: bool,
    /// Whether it is a place that may stand for a government (`Moscow`).
    pub(super) seat: bool,
    /// The entry of the knowledge that it names, if there is one.
    pub(super) entry: Option<&'k Entry>,
    /// Whether it is a plural of people of a state (`Russians`).
    pub(super) people: bool,
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// ISO 3166-1 alpha-3 of the state that words beside it give.
    pub(super) state: Option<String>,
    pub(super) sector: Option<Sector>,
    /// Offices and titles beside a name.
    pub(super) roles: Vec<String>,
    /// The body or state whose spokesman a named person is.
    pub(super) speaks_for: Option<(ActorId, ActorKind)>,
}

impl<'k> Candidate<'k> {
    pub(super) fn new(words: Range<u32>, head: u32, form: MentionForm, kind: ActorKind) -> Self {
        Self {
            phrase: words.clone(),
            words,
            head,
            form,
            kind,
            place: false,
            seat: false,
            entry: None,
            people: false,
            gender: None,
            plural: false,
            state: None,
            sector: None,
            roles: Vec::new(),
            speaks_for: None,
        }
    }

    /// Takes over what is known of `entry`.
    pub(super) fn with_entry(mut self, entry: &'k Entry) -> Self {
        self.kind = entry.kind;
        self.place = entry.kind == ActorKind::Place;
        self.gender = entry.gender;
        self.state.clone_from(&entry.state);
        self.sector = entry.sector;
        self.entry = Some(entry);
        self
    }

    /// The words as the text has them.
    pub(super) fn text<'s>(&self, syntax: &'s Syntax) -> &'s str {
        syntax.passage(self.words.clone())
    }
}

/// Returns the token of `words` whose head is outside of them, or the last token if none is.
pub(super) fn head_of(syntax: &Syntax, words: Range<u32>) -> u32 {
    words
        .clone()
        .find(|&at| syntax.head(at).is_none_or(|head| !words.contains(&head)))
        .unwrap_or(words.end.saturating_sub(1))
}

/// The most tokens before a name that count as its phrase.
const LONGEST_PHRASE: u32 = 16;

/// Returns the name with the words before it in its noun phrase: `the French foreign minister Laurent Fabius`.
pub(super) fn phrase_of(syntax: &Syntax, words: Range<u32>, head: u32) -> Range<u32> {
    let modifies = matches!(syntax.token(head).dep, Dep::Compound | Dep::Amod | Dep::Nmod)
        && syntax.token(head).head >= words.end;
    if modifies {
        return words;
    }
    let mut start = words.start;
    while start > 0 && words.start - start < LONGEST_PHRASE {
        let before = start - 1;
        let token = syntax.token(before);
        let inside = token.sentence == syntax.token(head).sentence
            && token.pos != Pos::Space
            && (token.pos != Pos::Punct || token.tag == Tag::Hyph)
            && syntax.is_within(before, head)
            && !matches!(
                token.dep,
                Dep::Relcl | Dep::Acl | Dep::Advmod | Dep::Preconj | Dep::Cc | Dep::Predet
            );
        if !inside {
            break;
        }
        start = before;
    }
    start..words.end
}
