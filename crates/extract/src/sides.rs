//! Who stands behind a phrase: the mention at its head, or else whose it is.

use readout_annotate::{Chain, Dep, Mention};
use readout_knowledge::Sense;
use readout_record::{ActorId, ActorKind};

use crate::reading::Reading;

/// What stands before a noun and says whose it is.
const BEFORE: &[Dep] = &[Dep::Poss, Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Npadvmod, Dep::Appos];

impl<'a> Reading<'a> {
    /// The outermost mention whose head is `head`.
    pub(crate) fn mention(&self, head: u32) -> Option<&'a Mention> {
        let number = self.mention_at.get(head as usize)?.checked_sub(1)?;
        self.annotations.mentions.mentions.get(number as usize)
    }

    /// The chain of the mention whose head is `head`.
    pub(crate) fn chain(&self, head: u32) -> Option<&'a Chain> {
        self.annotations.mentions.chains.get(self.mention(head)?.chain as usize)
    }

    /// The actors that the phrase headed by `head` itself names.
    pub(crate) fn named(&self, head: u32) -> &'a [ActorId] {
        self.chain(head).map_or(&[], |chain| &chain.actors)
    }

    /// Whether `head` names people (not a state or body).
    pub(crate) fn is_person(&self, head: u32) -> bool {
        self.chain(head).is_some_and(|chain| {
            matches!(chain.kind, ActorKind::Person | ActorKind::Office)
                || (chain.kind == ActorKind::Unnamed && !chain.actors.is_empty())
        })
    }

    /// The actors behind the phrase headed by `head`: itself, or else whose it is (`Russian airliner`: Russia).
    pub(crate) fn actors(&self, head: u32) -> Vec<ActorId> {
        let mut found = Vec::new();
        self.add_actors(head, &mut found, 3, false);
        found
    }

    /// As [`Self::actors`], but a seat of government that acts stands for its state: `Washington demanded`.
    pub(crate) fn agents(&self, head: u32) -> Vec<ActorId> {
        let found = self.actors(head);
        match self.chain(head).and_then(|chain| chain.state.as_ref()) {
            Some(state) if found.is_empty() && self.is_seat(head) => vec![format!("state:{state}")],
            _ => found,
        }
    }

    /// Whether the phrase of `head` names a seat of government, as `Washington`, `the Kremlin`.
    pub(crate) fn is_seat(&self, head: u32) -> bool {
        self.mention(head).is_some_and(|mention| {
            let readings = self.knowledge.named(mention.words.slice(self.syntax.text()));
            readings.iter().any(|(_, sense)| *sense == Sense::Seat)
        })
    }

    /// As [`Self::actors`], but what is done to a town is done to its state.
    pub(crate) fn patients(&self, head: u32) -> Vec<ActorId> {
        let mut found = Vec::new();
        self.add_actors(head, &mut found, 3, true);
        found
    }

    fn add_actors(&self, head: u32, found: &mut Vec<ActorId>, reach: usize, towns: bool) {
        let own = self.named(head);
        if !own.is_empty() {
            for actor in own {
                if !found.contains(actor) {
                    found.push(actor.clone());
                }
            }
            return;
        }
        // What is done to a town is done to its state.
        if let Some(state) =
            self.chain(head).filter(|chain| towns && chain.place).and_then(|chain| chain.state.as_ref())
        {
            let state = format!("state:{state}");
            if !found.contains(&state) {
                found.push(state);
            }
            return;
        }
        if reach == 0 {
            return;
        }
        let before = found.len();
        for modifier in self.children_by(head, BEFORE) {
            self.add_actors(modifier, found, reach - 1, towns && self.dep(modifier) == Dep::Appos);
        }
        if found.len() == before {
            for object in self.after(head, &["of", "in", "from", "on", "for"]) {
                self.add_actors(object, found, reach - 1, towns);
            }
        }
    }

    /// Those whom the phrases below `at` name after one of the prepositions `names`, nearest first; other clauses are
    /// left out.
    pub(crate) fn below(&self, at: u32, names: &[&str], reach: usize) -> Vec<u32> {
        if reach == 0 {
            return Vec::new();
        }
        let mut found: Vec<u32> = Vec::new();
        for name in names {
            found.extend(self.after(at, &[name]));
        }
        found.retain(|&head| !self.patients(head).is_empty());
        if !found.is_empty() {
            return found;
        }
        for &child in self.children(at).iter().take(32) {
            if self.is(child, &["accord", "according"]) {
                continue;
            }
            if matches!(
                self.dep(child),
                Dep::Dobj | Dep::Prep | Dep::Pobj | Dep::Xcomp | Dep::Pcomp | Dep::Attr
            ) || (self.dep(child) == Dep::Conj && !self.is_verb(child))
            {
                found = self.below(child, names, reach - 1);
                if !found.is_empty() {
                    break;
                }
            }
        }
        found
    }

    /// The chain of `actor` alone.
    pub(crate) fn chain_of(&self, actor: &str) -> Option<&'a Chain> {
        self.annotations.mentions.chains.get(*self.chain_of.get(actor)? as usize)
    }
}
