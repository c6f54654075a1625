//! A sentence with its tree, and the actors whom its words mean.

use readout_record::ActorId;
use readout_syntax::{Dep, Syntax, Tag};
use readout_text::ByteSpan;

use super::words::{FORCES, GOVERNMENT, SORT};

/// A sentence with its tree, and the actors whom its words mean.
pub(super) struct Tree {
    pub(super) syntax: Syntax,
    /// The actors whom each token means, as the head of a name, a pronoun or a description.
    actors: Vec<Vec<ActorId>>,
    /// How those are called who have no name.
    called: Vec<Option<String>>,
}

/// Dependents that say whose a noun is, or from where.
const OWNING: [Dep; 5] = [Dep::Amod, Dep::Compound, Dep::Poss, Dep::Nmod, Dep::Appos];

impl Tree {
    /// Returns the tree with the actors whom `names` mean, each with its bytes in the sentence and its name or description.
    pub(super) fn new<'n>(
        syntax: Syntax,
        names: impl Iterator<Item = (ByteSpan, &'n ActorId, &'n str)>,
    ) -> Self {
        let mut called = vec![None; syntax.len() as usize];
        let mut actors: Vec<Vec<ActorId>> = vec![Vec::new(); syntax.len() as usize];
        for (span, id, name) in names {
            let tokens = syntax.tokens_in(span);
            for at in tokens.clone() {
                let is_head = syntax.head(at).is_none_or(|head| !tokens.contains(&head));
                let is_mark = matches!(syntax.tag(at), Tag::PossessiveEnding | Tag::Comma | Tag::Dt);
                if !is_head || is_mark {
                    continue;
                }
                if id.starts_with("unnamed:") {
                    if let Some(it) = called.get_mut(at as usize) {
                        *it = name.split_whitespace().next_back().map(str::to_owned);
                    }
                } else if let Some(known) = actors.get_mut(at as usize).filter(|it| !it.contains(id)) {
                    known.push(id.clone());
                }
            }
        }
        Self { syntax, actors, called }
    }

    /// Returns the actors whom the noun `at` means.
    pub(super) fn who(&self, at: u32) -> &[ActorId] {
        let own = self.actors.get(at as usize).map(Vec::as_slice).unwrap_or_default();
        if own.is_empty() && self.syntax.is(at, &SORT) {
            // `the Brenn group` is Brenn.
            let named = self.syntax.children_by(at, &[Dep::Compound, Dep::Nmod, Dep::Appos]);
            return named.map(|it| self.who_plainly(it)).find(|it| !it.is_empty()).unwrap_or_default();
        }
        own
    }

    /// Returns the last word by which the one without a name is called whom `at` means.
    pub(super) fn called(&self, at: u32) -> Option<&str> {
        self.called.get(at as usize)?.as_deref()
    }

    fn who_plainly(&self, at: u32) -> &[ActorId] {
        self.actors.get(at as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the actors for whom the noun `at` acts: itself, and those whose government or forces it is.
    pub(super) fn acts_for(&self, at: u32) -> Vec<&ActorId> {
        let mut found: Vec<&ActorId> = self.who(at).iter().collect();
        let is_government = self.syntax.is(at, &GOVERNMENT);
        if is_government || self.syntax.is(at, &FORCES) {
            let owners = self.owners(at).flat_map(|it| self.who_plainly(it));
            found.extend(owners.filter(|it| is_government || !it.starts_with("person:")));
        }
        // `Orlo, the mayor`, `the mayor, Orlo`
        let also = self.syntax.children_by(at, &[Dep::Appos]);
        found.extend(also.flat_map(|it| self.who_plainly(it)));
        found
    }

    /// Returns the words that say whose the noun `at` is.
    pub(super) fn owners(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        self.syntax.children_by(at, &OWNING).chain(self.syntax.after(at, &["of", "from"]))
    }
}
