//! The links of a text while they grow: which candidate has which, and what was seen so far.

use std::collections::BTreeMap;

use readout_knowledge::{Knowledge, WordKind};
use readout_record::{ActorKind, Document};
use readout_syntax::PerToken;

use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;
use crate::mentions::context::Context;
use crate::mentions::link::Link;
use crate::mentions::nominals::{self, Description};
use crate::mentions::offices::{is_of_state, offices_of};
use crate::mentions::sorts::Sort;

/// The most earlier mentions that are looked at for a pronoun or a description.
const REACH: usize = 100;

/// The most sentences back to which `he` and `she` may refer.
pub(super) const SENTENCES: u32 = 8;

/// The state of resolving: candidates, and links as far as they are known.
pub(super) struct Resolver<'a, 'k> {
    pub(super) context: &'a Context<'a>,
    pub(super) document: &'a Document,
    pub(super) knowledge: &'k Knowledge,
    pub(super) candidates: &'a [Candidate<'k>],
    pub(super) sorts: &'a [Sort],
    pub(super) links: Vec<Link<'k>>,
    /// For each candidate its link.
    pub(super) link_of: Vec<Option<usize>>,
    /// For each token the candidate that it heads.
    pub(super) headed: PerToken<Option<usize>>,
    /// Candidates seen so far that have a link, oldest first.
    seen: Vec<usize>,
    /// For each link how many of its mentions were seen, and the last one.
    pub(super) counts: Vec<(u32, usize)>,
    /// Candidates that are things, by noun and by name.
    pub(super) things_by_noun: BTreeMap<String, Vec<usize>>,
    pub(super) thing_by_name: BTreeMap<String, usize>,
    /// The link of the last source of an attribution outside of other content.
    pub(super) speaker: Option<usize>,
    /// The link of the list of those who spoke last, if several did: `Norway and Chad said`.
    pub(super) speakers: Option<usize>,
}

impl<'a, 'k> Resolver<'a, 'k> {
    pub(super) fn new(
        context: &'a Context<'a>,
        document: &'a Document,
        knowledge: &'k Knowledge,
        candidates: &'a [Candidate<'k>],
        sorts: &'a [Sort],
        links: Vec<Link<'k>>,
    ) -> Self {
        let mut link_of = vec![None; candidates.len()];
        for (number, link) in links.iter().enumerate() {
            for &member in &link.members {
                link_of[member] = Some(number);
            }
        }
        let mut headed = PerToken::new(context.syntax.len());
        for (number, candidate) in candidates.iter().enumerate() {
            // Every token of a name leads to it; of other phrases the head alone.
            let words = match sorts[number] {
                Sort::Name => candidate.words.clone(),
                _ => candidate.head..candidate.head + 1,
            };
            for at in words {
                headed[at] = Some(number);
            }
        }
        let counts = vec![(0, 0); links.len()];
        let mut links = links;
        for link in &mut links {
            link.offices = offices_of(&link.roles, knowledge);
            let of_state =
                link.roles.iter().filter(|role| is_of_state(role, knowledge)).cloned().collect::<Vec<_>>();
            link.state_offices = offices_of(&of_state, knowledge);
        }
        Self {
            context,
            document,
            knowledge,
            candidates,
            sorts,
            links,
            link_of,
            headed,
            seen: Vec::new(),
            counts,
            things_by_noun: BTreeMap::new(),
            thing_by_name: BTreeMap::new(),
            speaker: None,
            speakers: None,
        }
    }

    /// Takes note that the candidate `number` was seen, and that it has the link `link`.
    pub(super) fn see(&mut self, number: usize, link: usize) {
        if self.link_of[number] != Some(link) {
            self.link_of[number] = Some(link);
            let candidate = &self.candidates[number];
            self.links[link].members.push(number);
            if candidate.form != MentionForm::Name && !candidate.plural {
                self.links[link].gender = self.links[link].gender.or(candidate.gender);
            }
        }
        self.counts.resize(self.links.len(), (0, 0));
        self.counts[link].0 += 1;
        self.counts[link].1 = number;
        self.seen.push(number);
        let head = self.candidates[number].head;
        if self.context.is_source(head) && self.context.attribution(head).is_none() {
            self.speaker = Some(link);
            self.speakers = None;
        }
        // A list is headed by its `and`, and its first member heads the source.
        let first = self.context.syntax.token(head).head;
        if matches!(self.sorts[number], Sort::List(_))
            && self.context.is_source(first)
            && self.context.attribution(first).is_none()
        {
            self.speakers = Some(link);
        }
    }

    /// Gives all mentions of the link `from` to the link `to`.
    pub(super) fn merge(&mut self, from: usize, to: usize) {
        for member in std::mem::take(&mut self.links[from].members) {
            self.link_of[member] = Some(to);
            self.links[to].members.push(member);
        }
        self.links[to].gender = self.links[to].gender.or(self.links[from].gender);
        self.counts.resize(self.links.len(), (0, 0));
        self.counts[to].0 += std::mem::take(&mut self.counts[from].0);
    }

    pub(super) fn sentence(&self, number: usize) -> u32 {
        self.context.syntax.token(self.candidates[number].head).sentence
    }

    /// The mentions before `number`, nearest first, as far as pronouns reach.
    pub(super) fn before(&self, number: usize, sentences: u32) -> impl Iterator<Item = (usize, usize)> + '_ {
        let here = self.sentence(number);
        self.seen
            .iter()
            .rev()
            .take(REACH)
            .copied()
            .take_while(move |&other| here.saturating_sub(self.sentence(other)) <= sentences)
            .filter_map(|other| Some((other, self.link_of[other]?)))
    }

    /// The link of the owner of what is described.
    pub(super) fn owner(&self, description: &Description) -> Option<usize> {
        description.owner.and_then(|at| self.link_of[self.headed[at]?])
    }

    /// Adds a link of its own for a description, and returns it.
    pub(super) fn new_link(&mut self, number: usize, description: &Description) -> usize {
        let candidate = &self.candidates[number];
        let syntax = self.context.syntax;
        let words =
            syntax.passage(nominals::with_complement(syntax, candidate.words.clone(), candidate.head));
        let mut name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for article in ["the ", "The ", "a ", "A ", "an ", "An "] {
            if let Some(rest) = name.strip_prefix(article) {
                name = rest.to_owned();
                break;
            }
        }
        let mut link = Link {
            name,
            modifiers: description.modifiers.clone(),
            kind: candidate.kind,
            gender: candidate.gender,
            state: candidate.state.clone(),
            sector: candidate.sector,
            place: candidate.place,
            described: Some(description.clone()),
            ..Link::default()
        };
        if matches!(description.word, WordKind::State | WordKind::Place) {
            link.nobody = true;
        } else {
            link.kind = ActorKind::Unnamed;
        }
        self.links.push(link);
        self.links.len() - 1
    }

    /// The link of the phrase headed by the token `head`.
    pub(super) fn link_headed(&self, head: Option<u32>) -> Option<usize> {
        self.link_of[head.and_then(|head| self.headed[head])?]
    }

    /// Whether a link is known to be one human being, or people.
    pub(super) fn is_human(&self, link: usize) -> bool {
        let slot = &self.links[link];
        slot.kind == ActorKind::Person
            || slot.people
            || slot
                .described
                .as_ref()
                .is_some_and(|it| matches!(it.word, WordKind::Person | WordKind::Kin | WordKind::Group))
    }
}
