//! Lists: `Norway and Sweden`, to which a later `they` may refer.

use readout_record::{ActorId, ActorKind};
use readout_syntax::{Dep, Pos, Syntax};

use crate::mentions::MentionForm;
use crate::mentions::candidate::Candidate;
use crate::mentions::link::Link;
use crate::mentions::phrases;
use crate::mentions::resolver::Resolver;

/// The most members of a list that count.
const MEMBERS: usize = 12;

/// The lists of the text, each with the head tokens of its members. A list is headed by its `and`, since its first
/// member is a mention of its own.
pub(super) fn find<'k>(syntax: &Syntax) -> Vec<(Candidate<'k>, Vec<u32>)> {
    let mut found = Vec::new();
    for and in 0..syntax.len() {
        let token = syntax.token(and);
        if token.dep != Dep::Cc || !matches!(syntax.word(and).to_lowercase().as_str(), "and" | "&") {
            continue;
        }
        let is_noun = |at: u32| matches!(syntax.token(at).pos, Pos::Noun | Pos::Propn);
        // The last member hangs on the one before it, and so on up to the first.
        let mut first = token.head;
        let mut members = Vec::new();
        while is_noun(first) && syntax.token(first).dep == Dep::Conj && members.len() < MEMBERS {
            members.push(first);
            first = syntax.token(first).head;
        }
        members.push(first);
        // "President Lee, Mr. Park, Mrs. Chan and Ms. Diaz": the parser hangs the first ones on the last but one.
        let before = first;
        for head in syntax.children_by(before, &[Dep::Nmod]).filter(|&head| head < before) {
            let mut listed = vec![head];
            while let Some(next) =
                listed.last().and_then(|&last| syntax.child(last, Dep::Conj)).filter(|&next| next < before)
            {
                listed.push(next);
            }
            if listed.iter().all(|&at| is_noun(at) && syntax.word(at + 1) == ",") && listed.len() < MEMBERS {
                first = head;
                members.extend(listed.into_iter().rev());
                break;
            }
        }
        members.reverse();
        let edge = syntax.token(token.head).right_edge.min(and + 24);
        let last = (and + 1..=edge)
            .find(|&at| syntax.token(at).dep == Dep::Conj && syntax.token(at).head == token.head)
            .or_else(|| second_subject(syntax, and));
        let Some(last) = last else { continue };
        members.push(last);
        if !members.iter().all(|&at| is_noun(at)) {
            continue;
        }
        let start = match syntax.token(first).dep {
            Dep::Nmod => syntax.token(first).left_edge,
            _ => phrases::whole(syntax, first..first + 1, first).start,
        };
        let end = phrases::whole(syntax, last..last + 1, last).end;
        if start >= and || end <= and || end - start > 60 {
            continue;
        }
        let mut list = Candidate::new(start..end, and, MentionForm::Nominal, ActorKind::Unnamed);
        list.plural = true;
        found.push((list, members));
    }
    found
}

/// The last member of `Tom Lee, 42, and his wife Ann, 36, were …`, where the parser makes both subjects of one verb.
fn second_subject(syntax: &Syntax, and: u32) -> Option<u32> {
    let first = syntax.token(syntax.token(and).head);
    let subject = |dep: Dep| matches!(dep, Dep::Nsubj | Dep::Nsubjpass);
    let verb = first.head;
    (subject(first.dep) && verb > and).then(|| {
        (and + 1..verb.min(and + 12)).find(|&at| {
            let token = syntax.token(at);
            subject(token.dep) && token.head == verb
        })
    })?
}

impl Resolver<'_, '_> {
    /// The link of a list of `members`, by their head tokens.
    pub(super) fn list(&mut self, members: &[u32]) -> usize {
        self.links.push(Link { list: members.to_vec(), nobody: true, ..Link::default() });
        self.links.len() - 1
    }

    /// Whether all members of a list are people, or none is: where the parser joins a person and a body, it mostly
    /// took two clauses for a list.
    pub(super) fn is_of_one_sort(&self, link: usize) -> bool {
        let mut sorts = self.members_of(link).map(|member| self.is_human(member));
        let first = sorts.next();
        sorts.all(|sort| Some(sort) == first)
    }

    /// The links of the members of a list, as far as they have one.
    pub(super) fn members_of(&self, link: usize) -> impl Iterator<Item = usize> + '_ {
        self.links[link]
            .list
            .iter()
            .filter_map(|&head| self.headed[head])
            .filter_map(|member| self.link_of[member])
    }

    /// Gives every list that a pronoun stands for the ids of its members, if all are known.
    pub(super) fn name_lists(&mut self) {
        for link in 0..self.links.len() {
            if self.links[link].list.is_empty() || self.links[link].members.len() < 2 {
                continue;
            }
            let members: Vec<usize> = self.members_of(link).collect();
            let known: Vec<Vec<ActorId>> =
                members.iter().map(|&member| self.links[member].actors()).collect();
            if members.len() != self.links[link].list.len() || known.iter().any(Vec::is_empty) {
                continue;
            }
            let names: Vec<&str> = members.iter().map(|&member| self.links[member].name.as_str()).collect();
            let name = names.join(" and ");
            let kind = self.links[members[0]].kind;
            let slot = &mut self.links[link];
            for actor in known.into_iter().flatten() {
                if !slot.stands_for.contains(&actor) {
                    slot.stands_for.push(actor);
                }
            }
            slot.name = name;
            slot.kind = kind;
            slot.nobody = false;
        }
    }
}
