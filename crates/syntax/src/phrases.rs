//! Questions about nouns, lists and clauses that a tree answers: whose a noun is, what stands behind a preposition, where a
//! clause ends.

use std::ops::Range;

use readout_text::ByteSpan;

use crate::labels::{Dep, EntityLabel, Pos, Tag};
use crate::syntax::Syntax;

/// The most dependents of a word that are looked at.
const DEPENDENTS: usize = 32;
/// The most verbs of saying between a relative pronoun and its noun: `the envoy who Rome says will resign`.
const VERBS_ABOVE: usize = 4;
/// Prepositions before a place where people are.
const PLACED: &[&str] = &["in", "at", "from", "near", "of", "outside", "across"];
/// The most members of a list.
const MEMBERS: usize = 48;
/// The most tokens of a clause on either side of its head: a sentence without end is not a clause as a whole.
const CLAUSE_REACH: u32 = 150;

impl Syntax {
    /// Returns whose the noun `at` is: `Rome's` in `Rome's offer`.
    pub fn possessor(&self, at: u32) -> Option<u32> {
        self.child(at, Dep::Poss)
    }

    /// Returns `head` and the members of its list.
    pub fn list(&self, head: u32) -> Vec<u32> {
        let mut found = Vec::new();
        self.add_list(head, &mut found);
        found
    }

    /// Adds `head` and the members of its list to `found`, each once.
    pub fn add_list(&self, head: u32, found: &mut Vec<u32>) {
        let mut next = Some(head);
        while let Some(at) = next {
            if found.contains(&at) || found.len() >= MEMBERS {
                return;
            }
            found.push(at);
            next = None;
            for child in self.children_by(at, &[Dep::Conj]) {
                if (self.is_noun(child) || self.pos(child) == Pos::Adj) && !self.is_left_out(child) {
                    if next.is_none() {
                        next = Some(child);
                    } else if !found.contains(&child) && found.len() < MEMBERS {
                        found.push(child);
                    }
                }
            }
        }
    }

    /// Whether the member `at` of a list is one that is not meant: `Chad and Mali, not the rebels`.
    fn is_left_out(&self, at: u32) -> bool {
        let first = self.token(at).left_edge;
        let says = |token: u32| self.is(token, &["not"]) && !self.is(token + 1, &["only", "just"]);
        let before = first > 0 && says(first - 1);
        before || says(first) || self.children_by(at, &[Dep::Neg]).any(says)
    }

    /// Returns the objects of the prepositions of `at` that are one of `names`.
    pub fn after(&self, at: u32, names: &[&str]) -> Vec<u32> {
        // `agree upon` is `agree on`.
        let names: &[&str] = if names == ["on"] { &["on", "upon"] } else { names };
        let mut found = Vec::new();
        for prep in self.children_by(at, &[Dep::Prep, Dep::Agent, Dep::Dative, Dep::Advmod, Dep::Prt]) {
            if !matches!(self.dep(prep), Dep::Advmod | Dep::Prt) && self.is(prep, names) {
                for object in self.children_by(prep, &[Dep::Pobj, Dep::Pcomp]) {
                    self.add_list(object, &mut found);
                }
            } else if names.contains(&"between") || names.contains(&"among") {
                continue;
            } else if self.is(prep, &["along", "out", "together", "up", "away", "back", "off", "forth"]) {
                // `along with`, `out of`, `because of`: the second preposition counts.
                for inner in self.children_by(prep, &[Dep::Prep]) {
                    if self.is(inner, names) {
                        for object in self.children_by(inner, &[Dep::Pobj]) {
                            self.add_list(object, &mut found);
                        }
                    }
                }
            }
        }
        found
    }

    /// Returns the nearest objects of one of the prepositions `names` that `fit`, at most `reach` levels below `at`. Other
    /// clauses are left out.
    pub fn below(&self, at: u32, names: &[&str], reach: usize, fits: &dyn Fn(u32) -> bool) -> Vec<u32> {
        if reach == 0 {
            return Vec::new();
        }
        let mut found: Vec<u32> = names.iter().flat_map(|name| self.after(at, &[name])).collect();
        found.retain(|&head| fits(head));
        if !found.is_empty() {
            return found;
        }
        for &child in self.children(at).iter().take(DEPENDENTS) {
            const OUTSIDE: &[&str] =
                &["accord", "according", "without", "before", "after", "since", "despite"];
            if self.is(child, OUTSIDE) {
                continue;
            }
            // `the claim that Norway bombed the port`: a clause of its own.
            let own = self.dep(child) == Dep::Acl
                && self.is_finite_clause(child)
                && self.own_subject(child).is_some();
            if !own
                && matches!(
                    self.dep(child),
                    Dep::Dobj | Dep::Prep | Dep::Pobj | Dep::Xcomp | Dep::Pcomp | Dep::Attr | Dep::Acl
                )
            {
                found = self.below(child, names, reach - 1, fits);
                if !found.is_empty() {
                    break;
                }
            }
        }
        found
    }

    /// Returns the noun that the relative clause of the verb `at` describes, even from deeper in it: `the envoy who Rome
    /// says will resign`.
    pub fn antecedent(&self, at: u32) -> Option<u32> {
        let mut verb = at;
        for _ in 0..VERBS_ABOVE {
            match self.dep(verb) {
                Dep::Relcl => return self.head(verb).map(|noun| self.people_of(verb, noun)),
                Dep::Conj | Dep::Ccomp | Dep::Xcomp => verb = self.head(verb)?,
                _ => return None,
            }
        }
        None
    }

    /// Returns the people for whom `who` below the verb `relative` stands, where the parser hangs the clause on the place `noun` behind
    /// them: `rebels in Chad, who swore to march`. Any other `noun` is returned unchanged.
    fn people_of(&self, relative: u32, noun: u32) -> u32 {
        let who = self.children(relative).iter().any(|&word| word < relative && self.is(word, &["who"]));
        let place = self.dep(noun) == Dep::Pobj
            && self.entity_at(noun).is_some_and(|it| matches!(it.label, EntityLabel::Gpe));
        let people = || {
            let prep = self.head(noun).filter(|&prep| self.is(prep, PLACED))?;
            self.head(prep).filter(|&people| matches!(self.tag(people), Tag::Nn | Tag::Nns))
        };
        if who && place { people().unwrap_or(noun) } else { noun }
    }

    /// Whether `at` is a relative pronoun.
    pub fn is_relative(&self, at: u32) -> bool {
        matches!(self.tag(at), Tag::Wdt | Tag::Wp)
    }

    /// Returns the noun that `at` refers to if it is a relative pronoun below a verb; else `at`.
    pub fn referent(&self, at: u32) -> u32 {
        let described = || self.antecedent(self.head(at)?);
        Some(at).filter(|&at| self.is_relative(at)).and_then(|_| described()).unwrap_or(at)
    }

    /// Returns the bytes of the clause of `at`: its own words and phrases, without clauses joined to it.
    pub fn clause(&self, at: u32) -> ByteSpan {
        let joined = |child: u32| match self.dep(child) {
            Dep::Conj | Dep::Parataxis | Dep::Cc => true,
            Dep::Ccomp | Dep::Advcl => child < at,
            _ => false,
        };
        let sentence = self.sentence_of(at);
        let (mut first, mut last) = (at, at);
        for &child in self.children(at).iter().rev().filter(|&&child| child < at) {
            if joined(child) {
                break;
            }
            if !matches!(self.dep(child), Dep::Punct | Dep::Mark) {
                first = first.min(self.token(child).left_edge);
            }
        }
        for &child in self.children(at).iter().filter(|&&child| child > at) {
            if joined(child) {
                break;
            }
            if self.dep(child) != Dep::Punct {
                last = last.max(self.token(child).right_edge);
            }
        }
        let (first, last) = (first.max(sentence.start), last.min(sentence.end.saturating_sub(1)));
        let first = first.max(at.saturating_sub(CLAUSE_REACH));
        self.trimmed(first..last.min(at.saturating_add(CLAUSE_REACH)) + 1)
    }

    /// Returns the bytes of `tokens` without white space and marks at the ends; brackets stay.
    pub fn trimmed(&self, tokens: Range<u32>) -> ByteSpan {
        let (mut start, mut end) = (tokens.start, tokens.end.min(self.len()));
        let loose = |at: u32| {
            matches!(self.pos(at), Pos::Space | Pos::Punct)
                && !matches!(self.tag(at), Tag::LeftBracket | Tag::RightBracket)
        };
        while start < end && loose(start) {
            start += 1;
        }
        while end > start && loose(end - 1) {
            end -= 1;
        }
        self.span(start..end)
    }
}
