//! Mentions that are one, while it is not known yet who that is.

use std::collections::BTreeSet;

use readout_knowledge::{Entry, Gender};
use readout_record::ids::slug;
use readout_record::{ActorId, ActorKind, Sector};

use crate::mentions::candidate::Candidate;
use crate::mentions::nominals::Description;

/// Mentions that are one, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Link<'k> {
    /// Numbers of the candidates.
    pub(super) members: Vec<usize>,
    /// The fullest name.
    pub(super) name: String,
    pub(super) kind: ActorKind,
    pub(super) entry: Option<&'k Entry>,
    pub(super) gender: Option<Gender>,
    pub(super) people: bool,
    pub(super) place: bool,
    pub(super) state: Option<String>,
    pub(super) sector: Option<Sector>,
    pub(super) roles: Vec<String>,
    /// The body or state whose spokesman the person is.
    pub(super) speaks_for: Option<(ActorId, ActorKind)>,
    /// Keys of the offices that these name.
    pub(super) offices: Vec<String>,
    /// Keys of those that are offices of a state: `Finnish President`, and not `president of a bank`.
    pub(super) state_offices: Vec<String>,
    /// Nouns that described a named person beside the name, as `child`, each with the link of the owner.
    pub(super) relations: Vec<(String, Option<usize>)>,
    /// The first description, where no name is known.
    pub(super) described: Option<Description>,
    /// Ids of the actors that it refers to, where these are not the link itself.
    pub(super) stands_for: Vec<ActorId>,
    /// Whether it never acts.
    pub(super) nobody: bool,
    /// The link of `we` in what this one says.
    pub(super) we: Option<usize>,
    /// Whether it is no actor at all: a ship, a plan.
    pub(super) thing: bool,
    /// Head tokens of its members, if it is a list.
    pub(super) list: Vec<u32>,
    /// Lemmas that distinguish it from others of its sort, where it is a description.
    pub(super) modifiers: BTreeSet<String>,
}

impl<'k> Link<'k> {
    /// Returns the actor ids. There are none for a place, a people or nobody who acts, nor if the chain would get a
    /// numbered `unnamed:` id.
    pub(super) fn actors(&self) -> Vec<ActorId> {
        if self.place || self.nobody {
            return Vec::new();
        }
        if !self.stands_for.is_empty() {
            return self.stands_for.clone();
        }
        if let Some(entry) = self.entry {
            // A people is nobody in particular, and no state.
            return if entry.people { Vec::new() } else { vec![entry.id.clone()] };
        }
        match self.kind {
            _ if self.described.is_some() => Vec::new(),
            ActorKind::Person => vec![format!("person:{}", slug(&self.name)).into()],
            ActorKind::Organisation => vec![format!("org:{}", slug(&self.name)).into()],
            ActorKind::ArmedGroup => vec![format!("group:{}", slug(&self.name)).into()],
            ActorKind::Outlet => vec![format!("outlet:{}", slug(&self.name)).into()],
            _ => Vec::new(),
        }
    }

    /// Adds the candidate `number` to the members, and what its words tell.
    pub(super) fn add(&mut self, number: usize, candidate: &Candidate<'k>) {
        self.members.push(number);
        self.gender = self.gender.or(candidate.gender);
        if self.state.is_none() {
            self.state.clone_from(&candidate.state);
        }
        if self.sector.is_none() {
            self.sector = candidate.sector;
        }
        if self.speaks_for.is_none() {
            self.speaks_for.clone_from(&candidate.speaks_for);
        }
        for role in &candidate.roles {
            if !self.roles.contains(role) {
                self.roles.push(role.clone());
            }
        }
    }
}

/// A name in one line, without doubled blanks.
pub(super) fn full_name(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the key of one word of a person's name, without the Arabic article: `al-Nimr` is `nimr`.
pub(super) fn surname_key(word: &str) -> String {
    let key = slug(word);
    let bare = ["al-", "el-"].iter().find_map(|article| key.strip_prefix(article));
    bare.filter(|bare| bare.len() > 2).map(str::to_owned).unwrap_or(key)
}

/// Whether the name of a person is one word, with or without the Arabic article: `Obama`, `al-Nimr`.
pub(super) fn is_bare_name(candidate: &Candidate<'_>, text: &str) -> bool {
    candidate.words.len() == 1 || !text.contains(char::is_whitespace) && surname_key(text) != slug(text)
}

/// The words of a person's name by which two names are compared, without `Jr.` and the like.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> =
        name.split_whitespace().map(surname_key).filter(|word| !word.is_empty()).collect();
    while words.len() > 1
        && words.last().is_some_and(|word| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
    {
        words.pop();
    }
    words
}
