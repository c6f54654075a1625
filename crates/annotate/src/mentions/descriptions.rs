//! Descriptions: the actors that `the U.S. president`, `the spokesman`, `the group` refer to.

use readout_knowledge::WordKind;
use readout_lexicon::WordSet as _;
use readout_record::{ActorKind, Sector};
use readout_syntax::Dep;

use crate::mentions::link::Link;
use crate::mentions::nominals::{Article, Description};
use crate::mentions::resolver::Resolver;
use crate::mentions::roles::genders_fit;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

impl<'k> Resolver<'_, 'k> {
    /// Returns the link that a description refers to: somebody whom the report names, or its own.
    pub(super) fn described(&mut self, number: usize, description: &Description) -> usize {
        let leaders = description.article == Article::Definite
            && self.candidates[number].plural
            && self.candidates[number].state.is_none()
            && words::LEADING_PAIR.has(&description.lemma)
            && (self.candidates[number].words.len() == 2 && words::BARE_PAIR.has(&description.lemma)
                || self.candidates[number].words.len() == 3 && description.count().is_some())
            && self.candidates[number].phrase.end == self.candidates[number].words.end;
        if let Some(named) = self.named_beside(number, description) {
            // "his father", told of before without the name.
            if let Some(unnamed) = self.same_noun(number, description).filter(|&link| link != named) {
                self.merge(unnamed, named);
            }
            let relation = (description.lemma.clone(), self.owner(description));
            let state = self.candidates[number].state.clone();
            let slot = &mut self.links[named];
            slot.relations.push(relation);
            // "Norway's foreign minister, Ann Lee": what is told beside the name is told of the person.
            slot.state = slot.state.take().or(state);
            slot.offices.extend(description.office.clone());
            // "the president of a bank" holds no office of the state.
            if description.office.is_some() && slot.state.is_some() && description.modifiers.len() < 3 {
                slot.state_offices.extend(description.office.clone());
            }
            return named;
        }
        let found = match description.article {
            _ if leaders => return self.pair(number, description),
            Article::Pair => return self.pair(number, description),
            Article::Definite if self.bracketed(number).is_some() => self.bracketed(number),
            Article::Indefinite => None,
            Article::Bare if self.candidates[number].plural => None,
            _ if description.lemma == "counterpart" => self.counterpart(number, description),
            _ => self
                .office_holder(number, description)
                .or_else(|| self.role_bearer(number, description))
                .or_else(|| self.same_noun(number, description))
                .or_else(|| self.relation(number, description))
                .or_else(|| self.body(number, description)),
        };
        let found = found.or_else(|| self.state_described(number, description));
        found.unwrap_or_else(|| self.new_link(number, description))
    }

    /// Returns the person whose name is beside the description: `his father Tom Lee`, `the spokeswoman, Ann Park,`.
    pub(super) fn named_beside(&self, number: usize, description: &Description) -> Option<usize> {
        let (syntax, candidate) = (self.context.syntax, &self.candidates[number]);
        if candidate.plural || !matches!(description.word, WordKind::Person | WordKind::Kin) {
            return None;
        }
        let named = |at: u32| {
            let number = self.headed[at]?;
            let name = &self.candidates[number];
            (matches!(self.sorts[number], Sort::Name) && name.kind == ActorKind::Person).then_some(number)
        };
        let end = candidate.words.end;
        let next = [end, end + 1].into_iter().find_map(|at| {
            let apart = at > end && syntax.word(end) != ",";
            named(at).filter(|&name| {
                let token = syntax.token(self.candidates[name].head);
                !apart && token.dep == Dep::Appos && token.head == candidate.head
            })
        });
        // "the foreign minister of Norway, Ann Lee, said": the name stands between commas after a phrase with `of` or
        // `for`.
        let name = next.or_else(|| {
            let comma = (end..end + 9).find(|&at| syntax.word(at) == ",")?;
            let leads = matches!(syntax.word(end), "of" | "for" | "in" | "at" | "to");
            let inside =
                leads && (end..comma).all(|at| syntax.token(at).sentence == syntax.token(end).sentence);
            let name = named(comma + 1).filter(|_| inside)?;
            let name_of = &self.candidates[name];
            let token = syntax.token(name_of.head);
            let closed =
                name_of.words.start == comma + 1 && matches!(syntax.word(name_of.words.end), "," | "." | ";");
            let hangs = token.dep == Dep::Appos && (end - 1..comma).contains(&token.head);
            (closed && hangs).then_some(name)
        })?;
        let link = self.link_of[name]?;
        (self.links[link].kind == ActorKind::Person && genders_fit(self.links[link].gender, candidate.gender))
            .then_some(link)
    }

    /// `the child`, `their child` after `their child, Mara`: the person whom the report called so, and nobody else.
    fn relation(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if candidate.plural || !description.modifiers.is_empty() {
            return None;
        }
        let owner = self.owner(description);
        let mut found = None;
        for (_, link) in self.before(number, 30) {
            let called = self.links[link].relations.iter().any(|(lemma, other)| {
                *lemma == description.lemma && (owner.is_none() || other.is_none() || owner == *other)
            });
            if called && found.is_some_and(|other| other != link) {
                return None;
            }
            found = found.or(called.then_some(link));
        }
        found.filter(|&link| genders_fit(self.links[link].gender, candidate.gender))
    }

    /// `the U.S. president`, `the Turkish leader`, `the president`: the holder whom the report names.
    fn office_holder(&self, number: usize, description: &Description) -> Option<usize> {
        let office = description.office.as_deref()?;
        let candidate = &self.candidates[number];
        if candidate.plural {
            return None;
        }
        let fits =
            |held: &str| if office == "leader" { words::LEADS_STATE.has(held) } else { held == office };
        let holds = |link: &Link<'k>| {
            if link.kind != ActorKind::Person || !genders_fit(link.gender, candidate.gender) {
                return false;
            }
            if let Some(state) = &candidate.state
                && link.state.as_ref() != Some(state)
            {
                return false;
            }
            let told = link.offices.iter().any(|office| fits(office));
            told || link.entry.is_some_and(|entry| match self.document.published.as_deref() {
                Some(date) => entry.terms.iter().any(|term| term.covers(date) && fits(&term.office)),
                None => entry.terms.last().is_some_and(|term| fits(&term.office)),
            })
        };
        let near = self.before(number, 30).find(|&(_, link)| holds(&self.links[link])).map(|(_, link)| link);
        near.or_else(|| {
            // A headline or lead may describe first and name later: only with the state is it sure.
            candidate.state.as_ref()?;
            let mut holders = (0..self.links.len()).filter(|&link| holds(&self.links[link]));
            let first = holders.next()?;
            holders.next().is_none().then_some(first)
        })
    }

    /// Returns the person of the state in `his Russian counterpart` who holds the office of the owner, if the report
    /// names one.
    fn counterpart(&self, number: usize, description: &Description) -> Option<usize> {
        let state = self.candidates[number].state.as_deref()?;
        let offices = self.offices_at_date(&self.links[self.owner(description)?]);
        let mut holders = (0..self.links.len()).filter(|&link| {
            let slot = &self.links[link];
            slot.kind == ActorKind::Person
                && slot.state.as_deref() == Some(state)
                && self.offices_at_date(slot).iter().any(|office| offices.contains(office))
        });
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// Returns the keys of the offices that a person holds: those that the report tells, and the known one of its day.
    fn offices_at_date(&self, link: &Link<'k>) -> Vec<String> {
        let known = link.entry.and_then(|entry| match self.document.published.as_deref() {
            Some(date) => entry.term_on(date),
            None => entry.terms.last(),
        });
        link.offices.iter().cloned().chain(known.map(|term| term.office.clone())).collect()
    }

    /// `the spokesman`, `the senator`: the person beside whose name the word stood.
    fn role_bearer(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if candidate.plural || description.article == Article::Owned || description.word != WordKind::Person {
            return None;
        }
        self.before(number, 30)
            .find(|&(_, link)| {
                let link = &self.links[link];
                link.kind == ActorKind::Person
                    && genders_fit(link.gender, candidate.gender)
                    && (candidate.state.is_none() || link.state.is_none() || candidate.state == link.state)
                    && link.roles.iter().any(|role| {
                        role.to_lowercase().split([' ', '-', ',']).any(|word| word == description.lemma)
                    })
            })
            .map(|(_, link)| link)
    }

    /// `the official` after `a senior U.S. official`.
    fn same_noun(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        self.before(number, 12)
            .find(|&(other, link)| {
                let (link, other) = (&self.links[link], &self.candidates[other]);
                let Some(earlier) = &link.described else { return false };
                let states = candidate.state.is_none() || candidate.state == link.state;
                let owners = match (description.owner, earlier.owner) {
                    (Some(one), Some(two)) => {
                        let same = |at: u32| self.headed[at].and_then(|owner| self.link_of[owner]);
                        same(one).is_some() && same(one) == same(two)
                    }
                    (None, _) => true,
                    _ => false,
                };
                earlier.lemma == description.lemma
                    && description.modifiers.is_subset(&link.modifiers)
                    && other.plural == candidate.plural
                    && states
                    && owners
                    && genders_fit(link.gender, candidate.gender)
            })
            .map(|(_, link)| link)
    }

    /// `the group`, `the agency`, `the bloc`: the last body of that sort.
    fn body(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if candidate.plural || description.article != Article::Definite || candidate.state.is_some() {
            return None;
        }
        // "the terrorist group" is one in arms.
        let armed =
            self.candidates[number].words.clone().any(|at| self.context.syntax.is_written(at, &words::ARMED));
        let fits = |link: &Link<'k>| -> bool {
            let sector = link.sector;
            let is = |wanted: Sector| sector == Some(wanted);
            let body = link.kind == ActorKind::Organisation;
            match description.lemma.as_str() {
                noun if words::GROUP.has(noun) => {
                    link.kind == ActorKind::ArmedGroup
                        || link.kind == ActorKind::Organisation
                            && !armed
                            && matches!(
                                sector,
                                None | Some(
                                    Sector::NonGovernmental
                                        | Sector::Society
                                        | Sector::Opposition
                                        | Sector::Business
                                        | Sector::Party
                                )
                            )
                }
                noun if words::ARMED_GROUP.has(noun) => link.kind == ActorKind::ArmedGroup,
                "agency" => {
                    link.kind == ActorKind::Outlet
                        || body
                            && matches!(
                                sector,
                                Some(Sector::BodyOfStates | Sector::Intelligence | Sector::Government)
                            )
                }
                noun if words::OUTLET.has(noun) => link.kind == ActorKind::Outlet,
                noun if words::BLOC.has(noun) => is(Sector::BodyOfStates),
                noun if words::COMPANY.has(noun) => {
                    link.kind == ActorKind::Organisation && (sector.is_none() || is(Sector::Business))
                }
                "party" => is(Sector::Party),
                "ministry" => link.name.to_lowercase().contains("ministry"),
                noun if words::COURT.has(noun) => is(Sector::Judiciary) || link.name.contains("Court"),
                noun if words::SCHOOL.has(noun) => is(Sector::Education) || link.name.contains("University"),
                noun if words::NAMED_BY_NOUN.has(noun) => {
                    link.name.to_lowercase().split(' ').any(|word| word == noun)
                }
                _ => false,
            }
        };
        self.before(number, 3)
            .find(|&(_, link)| self.links[link].described.is_none() && fits(&self.links[link]))
            .map(|(_, link)| link)
    }

    /// `the terrorist group (ISIS)`: the name in brackets after the description.
    fn bracketed(&self, number: usize) -> Option<usize> {
        let syntax = self.context.syntax;
        let end = self.candidates[number].words.end;
        let bracket = end + 1 < syntax.len() && syntax.word(end) == "(";
        let name = bracket.then(|| self.headed[end + 1]).flatten()?;
        let closed = syntax
            .tokens()
            .get(self.candidates[name].words.end as usize)
            .map(|token| token.span.slice(syntax.text()));
        self.link_of[name].filter(|_| closed == Some(")"))
    }
}
