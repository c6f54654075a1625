//! Who stands behind a phrase: the mention at its head, or else whose it is.

use std::collections::BTreeMap;

use readout_annotate::{Chain, Dep, Mention, MentionForm, Tag};
use readout_record::{ActorId, ActorKind};
use readout_text::ByteSpan;

use crate::reading::Reading;

/// What stands before a noun and says whose it is.
const BEFORE: &[Dep] = &[Dep::Poss, Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Npadvmod, Dep::Appos];

impl<'a> Reading<'a> {
    /// The outermost mention whose head is `head`.
    pub(crate) fn mention(&self, head: u32) -> Option<&'a Mention> {
        let number = self.mention_at[head].checked_sub(1)?;
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
        // `the siege of Aleppo killed hundreds`: who besieged it did, not the town.
        let event = self.named(head).is_empty()
            && crate::events::Lexicon::shipped().names_act(&self.lemma(head).to_lowercase());
        let found = if event {
            let mut whose = self.after(head, &["by"]);
            whose.extend(self.children_by(head, BEFORE));
            let mut found: Vec<ActorId> = Vec::new();
            for actor in whose.into_iter().flat_map(|owner| self.actors(owner)) {
                if !found.contains(&actor) {
                    found.push(actor);
                }
            }
            found
        } else {
            self.actors(head)
        };
        match self.chain(head).and_then(|chain| chain.state.as_ref()) {
            Some(state) if found.is_empty() && self.is_seat(head) => vec![format!("state:{state}")],
            _ => found,
        }
    }

    /// Whether the phrase of `head` names a seat of government, as `Washington`, `the Kremlin`.
    pub(crate) fn is_seat(&self, head: u32) -> bool {
        self.mention(head).is_some_and(|mention| {
            crate::happenings::is_seat(self.knowledge, mention.words.slice(self.syntax.text()))
        })
    }

    /// As [`Self::actors`], but what is done to a town is done to its state.
    pub(crate) fn patients(&self, head: u32) -> Vec<ActorId> {
        let mut found = Vec::new();
        self.add_actors(head, &mut found, 3, true);
        found
    }

    /// The words that name or describe who `head` is: with what stands before it, without phrases and clauses after.
    pub(crate) fn phrase(&self, head: u32) -> ByteSpan {
        let first = self
            .children(head)
            .iter()
            .copied()
            .filter(|&child| child < head && !matches!(self.dep(child), Dep::Preconj | Dep::Punct | Dep::Cc))
            .map(|child| self.syntax.token(child).left_edge)
            .min()
            .unwrap_or(head);
        // `KYIV - Russian missiles`: a dateline is no part of it.
        let first = (first..head)
            .rev()
            .find(|&at| matches!(self.syntax.word(at), "-" | "–" | "—" | ":") && self.tag(at) != Tag::Hyph)
            .map_or(first, |dash| dash + 1);
        // `inspectors of the agency`: whose they are is a part of who they are.
        let of = self
            .children_by(head, &[Dep::Prep])
            .find(|&prep| prep == head + 1 && self.is(prep, &["of"]))
            .and_then(|prep| self.child(prep, Dep::Pobj))
            .filter(|&object| !self.named(object).is_empty() && object < head + 12);
        let phrase = self.trimmed(first..of.unwrap_or(head) + 1);
        self.mention(head).map_or(phrase, |mention| phrase.cover(mention.words))
    }

    /// Whether the phrase headed by `head` is of a people by descent, `ethnic Greeks in Albania`: they stand neither for the
    /// state of their name nor for the one where they live.
    fn is_of_descent(&self, head: u32) -> bool {
        self.children_by(head, &[Dep::Amod]).any(|child| self.is(child, &["ethnic"]))
            && self.chain(head).is_some_and(|chain| chain.kind == ActorKind::State)
    }

    /// Makes people of descent actors of their own, with the state where they live, and gives their mentions; `known` are
    /// the mentions of the document so far.
    pub(crate) fn name_people_of_descent(
        &mut self,
        known: &[readout_record::Mention],
    ) -> Vec<readout_record::Mention> {
        let prefix = format!("unnamed:{}:", self.document.id.trim_start_matches("doc:"));
        let number =
            |mention: &readout_record::Mention| mention.actor.strip_prefix(&prefix)?.parse::<u32>().ok();
        let mut last = known.iter().filter_map(number).max().unwrap_or(0);
        let mut actors: BTreeMap<String, ActorId> = BTreeMap::new();
        let mut mentions = Vec::new();
        for head in 0..self.syntax.len() {
            if self.tag(head) != Tag::Nnps || !self.is_of_descent(head) {
                continue;
            }
            let first = self.children_by(head, &[Dep::Amod]).find(|&word| self.is(word, &["ethnic"]));
            let span = self.trimmed(first.filter(|&first| first < head).unwrap_or(head)..head + 1);
            let words = span.slice(self.syntax.text());
            let actor = actors.entry(words.to_lowercase()).or_insert_with(|| {
                last += 1;
                format!("{prefix}{last}")
            });
            mentions.push(readout_record::Mention {
                doc: self.document.id.clone(),
                span: self.offsets.to_chars(span),
                text: words.to_owned(),
                actor: actor.clone(),
                name: words.to_owned(),
                actor_kind: ActorKind::Unnamed,
                named: false,
                state: self.residence(head),
                sector: None,
                role: None,
            });
            let actor = actor.clone();
            self.of_descent.insert(head, actor);
        }
        mentions
    }

    /// The state whose people live where the report says: `Bosnian Croats`, `Greeks in Albania`.
    pub(crate) fn residence(&self, head: u32) -> Option<String> {
        // `their forces`: as those for whom the pronoun stands.
        let mention = self.mention(head)?;
        if mention.form == MentionForm::Pronoun {
            let mentions = &self.annotations.mentions;
            let chain = mentions.chains.get(mention.chain as usize)?;
            let known = |number: &u32| mentions.mentions.get(*number as usize);
            let before = chain
                .mentions
                .iter()
                .rev()
                .filter_map(known)
                .find(|other| other.form == MentionForm::Name && other.head < head)?;
            return self.residence(before.head);
        }
        let people = self.tag(head) == Tag::Nnps
            && self.mention(head).is_some_and(|mention| {
                mention.form == MentionForm::Name && mention.words.start == self.syntax.token(head).span.start
            })
            && self.chain(head).is_some_and(|chain| chain.kind == ActorKind::State);
        if !people {
            return None;
        }
        let own = self.chain(head).and_then(|chain| chain.state.as_ref());
        let state_of = |at: u32| self.chain(at).and_then(|chain| chain.state.clone());
        let before = self
            .children_by(head, &[Dep::Amod, Dep::Compound, Dep::Nmod])
            .filter(|&child| !self.is(child, &["ethnic"]))
            .find_map(state_of);
        let places = ["in", "of", "from", "across", "throughout"];
        let beside = |at: u32| self.after(at, &places).into_iter().find_map(state_of);
        let ethnic = self.children_by(head, &[Dep::Amod]).any(|child| self.is(child, &["ethnic"]));
        let above = || self.syntax.head(head).filter(|&verb| ethnic && self.is_verb(verb)).and_then(beside);
        before.or_else(|| beside(head)).or_else(above).filter(|state| Some(state) != own)
    }

    /// A body that stands before a word for bodies: `the Polisario movement`, `the UNITA wing`.
    fn body_before(&self, head: u32) -> Option<u32> {
        const BODIES: &[&str] = &[
            "group",
            "network",
            "movement",
            "organization",
            "organisation",
            "party",
            "militia",
            "faction",
            "wing",
            "agency",
            "forum",
            "alliance",
            "front",
            "guerrillas",
            "bloc",
            "insurgency",
        ];
        if !self.is(head, BODIES) {
            return None;
        }
        self.children_by(head, &[Dep::Compound, Dep::Nmod, Dep::Appos]).find(|&child| {
            self.mention(child).is_some_and(|mention| mention.form == MentionForm::Name)
                && self.chain(child).is_some_and(|chain| {
                    matches!(chain.kind, ActorKind::Organisation | ActorKind::ArmedGroup)
                })
        })
    }

    fn add_actors(&self, head: u32, found: &mut Vec<ActorId>, reach: usize, towns: bool) {
        if let Some(people) = self.of_descent.get(&head) {
            if !found.contains(people) {
                found.push(people.clone());
            }
            return;
        }
        if let Some(state) = self.residence(head) {
            let state = format!("state:{state}");
            if !found.contains(&state) {
                found.push(state);
            }
            return;
        }
        let mut own = self.body_before(head).map_or_else(|| self.named(head), |body| self.named(body));
        // `the prime minister, Saad Hariri`: the name says who it is.
        if own.iter().all(|actor| actor.starts_with("unnamed:"))
            && let Some(name) = self.children_by(head, &[Dep::Appos]).find(|&name| {
                self.mention(name).is_some_and(|mention| mention.form == MentionForm::Name)
                    && self.chain(name).is_some_and(|chain| chain.kind == ActorKind::Person)
            })
        {
            own = self.named(name);
        }
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
        // `abuses by the army`: what is done is theirs who do it.
        if towns && found.len() == before {
            for object in self.after(head, &["by"]) {
                self.add_actors(object, found, reach - 1, towns);
            }
        }
    }

    /// Those whom the phrases below `at` name after one of the prepositions `names` and who `fit`, nearest first; other
    /// clauses are left out.
    pub(crate) fn below(&self, at: u32, names: &[&str], reach: usize, fit: &dyn Fn(u32) -> bool) -> Vec<u32> {
        if reach == 0 {
            return Vec::new();
        }
        let mut found: Vec<u32> = Vec::new();
        for name in names {
            found.extend(self.after(at, &[name]));
        }
        found.retain(|&head| fit(head));
        if !found.is_empty() {
            return found;
        }
        for &child in self.children(at).iter().take(32) {
            if self.is(child, &["accord", "according"]) {
                continue;
            }
            if matches!(
                self.dep(child),
                Dep::Dobj | Dep::Prep | Dep::Pobj | Dep::Xcomp | Dep::Pcomp | Dep::Attr | Dep::Acl
            ) {
                found = self.below(child, names, reach - 1, fit);
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
