//! Descriptions: the actors that `the U.S. president`, `the spokesman`, `the group` refer to.

use std::cmp::Reverse;

use readout_knowledge::WordKind;
use readout_lexicon::WordSet as _;
use readout_record::{ActorKind, Sector};
use readout_syntax::Dep;

use crate::mentions::MentionForm;
use crate::mentions::link::Link;
use crate::mentions::nominals::{Article, Description};
use crate::mentions::resolver::Resolver;
use crate::mentions::roles::genders_fit;
use crate::mentions::words;

/// The weight of a body that the own sentence names: more than all others together.
const OWN_SENTENCE: i32 = 10_000;
/// The most mentions of the holder of an office that count for being whom the report means by it.
const MOST_MENTIONS: usize = 12;
/// The weight that the holder of an office loses with each sentence since the last mention.
const FADING: i32 = 3;
/// The most sentences for which the holder of an office loses weight.
const MOST_APART: u32 = 6;
/// The most sentences back to the speaker whom `the Maryland Democrat` refers to.
const NEAR_SPEAKER: u32 = 2;
/// The most sentences back to a body that `the group` refers to, and to one in arms that `the terrorist group` does.
const NEAR_BODY: u32 = 3;
const NEAR_ARMED: u32 = 6;

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
            let unnamed = self.same_noun(number, description).map(|(_, link)| link);
            if let Some(unnamed) = unnamed.filter(|&link| link != named) {
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
        if let Some(named) = self.body_beside(number, description) {
            self.links[named].relations.push((description.lemma.clone(), None));
            return named;
        }
        let found = match description.article {
            Article::Definite if self.rivals(number, description).is_some() => {
                return self.pair(number, description);
            }
            _ if leaders => return self.pair(number, description),
            Article::Pair => return self.pair(number, description),
            Article::Definite if self.bracketed(number).is_some() => self.bracketed(number),
            Article::Indefinite => None,
            Article::Bare if self.candidates[number].plural => None,
            _ if description.lemma == "counterpart" => self.counterpart(number, description),
            _ => self
                .office_holder(number, description)
                .or_else(|| self.elect(number, description))
                .or_else(|| self.kin_told(number, description))
                .or_else(|| self.last_called_so(number, description))
                .or_else(|| self.relation(number, description))
                .or_else(|| self.member_of_party(number, description)),
        };
        let found = found.or_else(|| self.state_described(number, description));
        found.unwrap_or_else(|| self.new_link(number, description))
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
                // "his party" is none of which the report said only that it is a party.
                let known = other.is_none() && self.links[link].kind == ActorKind::Person;
                *lemma == description.lemma && (owner.is_none() || known || owner == *other)
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
        let former = description.modifiers.contains("former");
        let held_before = |link: &Link<'k>| {
            let told = link.roles.iter().any(|role| {
                let role = role.to_lowercase();
                let mut titles = role.split([' ', '-', ',']);
                titles.clone().any(|word| word == "former" || word == "ex")
                    && titles.any(|word| word == description.lemma)
            });
            told || link.entry.zip(self.document.published.as_deref()).is_some_and(|(entry, date)| {
                let mut held = entry.terms.iter().filter(|term| fits(&term.office)).peekable();
                held.peek().is_some() && held.all(|term| term.from.as_str() < date && !term.covers(date))
            })
        };
        let holds = |link: &Link<'k>| {
            if link.kind != ActorKind::Person || !genders_fit(link.gender, candidate.gender) {
                return false;
            }
            if former {
                return held_before(link)
                    && (candidate.state.is_none() || link.state.is_none() || candidate.state == link.state);
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
        let near = self.holder_in_mind(number, holds);
        near.or_else(|| {
            // A headline or lead may describe first and name later: only with the state is it sure, or where the report
            // has no other holder.
            let bare = description.modifiers.is_empty() && description.article == Article::Definite;
            let quoted = self.context.quotation(candidate.head).is_some();
            if candidate.state.is_none() && (quoted || !bare) {
                return None;
            }
            let mut holders = (0..self.links.len()).filter(|&link| holds(&self.links[link]));
            let first = holders.next()?;
            holders.next().is_none().then_some(first)
        })
    }

    /// Returns the one of several holders of an office whom the report means by it: the one in office rather than a
    /// former one, and without a state the one of whom the report speaks most, unless another was named just before.
    fn holder_in_mind(&self, number: usize, holds: impl Fn(&Link<'k>) -> bool) -> Option<usize> {
        let mut holders: Vec<(usize, u32)> = Vec::new();
        let own = self.sentence(number);
        for (other, link) in self.before(number, 30) {
            let new = !holders.iter().any(|&(known, _)| known == link);
            let apart = !self.is_its_own_doer(number, link) && !self.is_inside_of(number, other);
            if new && apart && holds(&self.links[link]) {
                holders.push((link, own - self.sentence(other)));
            }
        }
        let left = |link: usize| {
            let date = self.document.published.as_deref();
            date.is_some_and(|date| {
                self.links[link].entry.is_some_and(|entry| {
                    !entry.terms.is_empty() && !entry.terms.iter().any(|term| term.covers(date))
                })
            })
        };
        if holders.iter().any(|&(link, _)| !left(link)) {
            holders.retain(|&(link, _)| !left(link));
        }
        let nearest = holders.first().filter(|&&(_, apart)| apart == 0);
        if self.candidates[number].state.is_some() || nearest.is_some() {
            return holders.first().map(|&(link, _)| link);
        }
        let weight = |link: usize, apart: u32| {
            let told = self.links[link].members.len().min(MOST_MENTIONS) as i32;
            2 * told - FADING * apart.min(MOST_APART) as i32
        };
        // The nearest comes first, and stays where two weigh the same.
        let mut best: Option<(i32, usize)> = None;
        for &(link, apart) in &holders {
            let weight = weight(link, apart);
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, link));
            }
        }
        best.map(|(_, link)| link)
    }

    /// Returns the person meant by `the president-elect`: the one who takes office within the next months.
    fn elect(&self, number: usize, description: &Description) -> Option<usize> {
        let date = self.document.published.as_deref()?;
        if !description.lemma.ends_with("elect") || self.candidates[number].plural {
            return None;
        }
        let (this, next) = (date.get(..4)?, date.get(..4)?.parse::<u32>().ok()? + 1);
        let follows = |link: &Link<'k>| {
            link.kind == ActorKind::Person
                && link.entry.is_some_and(|entry| {
                    entry.terms.iter().any(|term| {
                        let year = term.from.get(..4);
                        let soon = year == Some(this) || year == Some(next.to_string().as_str());
                        soon && term.from.as_str() > date && words::LEADS_STATE.has(&term.office)
                    })
                })
        };
        self.before(number, 30).find(|&(_, link)| follows(&self.links[link])).map(|(_, link)| link)
    }

    /// Returns whoever was called so last: the person beside whose name the word stood, somebody without a name, or a
    /// body that the word fits.
    fn last_called_so(&self, number: usize, description: &Description) -> Option<usize> {
        let called = [
            self.role_bearer(number, description),
            self.same_noun(number, description),
            self.body(number, description),
        ];
        // Of two the later one; a person beside whose name the word stood goes before the others.
        called.into_iter().flatten().rev().max_by_key(|&(other, _)| other).map(|(_, link)| link)
    }

    /// Returns the speaker before whom `the Maryland Democrat said` stands: reports call a lawmaker so after his words.
    fn member_of_party(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        let one = !candidate.plural && description.article == Article::Definite;
        let party = candidate.sector == Some(Sector::Party);
        let syntax = self.context.syntax;
        // "the top Democrat and Republican", "the Democrat on the committee" are others.
        let alone = candidate.phrase.end == candidate.words.end
            && syntax.children_by(candidate.head, &[Dep::Conj, Dep::Prep]).next().is_none();
        if !(one && party && alone && self.context.is_source(candidate.head)) {
            return None;
        }
        let link = self.speaker?;
        let slot = &self.links[link];
        let apart = self.sentence(number).saturating_sub(self.sentence(self.counts[link].1));
        let lawmaker = slot
            .roles
            .iter()
            .any(|role| role.to_lowercase().split([' ', '-', ',']).any(|word| words::LAWMAKER.has(word)));
        let person = slot.kind == ActorKind::Person && slot.stands_for.is_empty() && lawmaker;
        (person && apart <= NEAR_SPEAKER).then_some(link)
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
    pub(super) fn offices_at_date(&self, link: &Link<'k>) -> Vec<String> {
        let known = link.entry.and_then(|entry| match self.document.published.as_deref() {
            Some(date) => entry.term_on(date),
            None => entry.terms.last(),
        });
        link.offices.iter().cloned().chain(known.map(|term| term.office.clone())).collect()
    }

    /// `the spokesman`, `the senator`: the person beside whose name the word stood.
    fn role_bearer(&self, number: usize, description: &Description) -> Option<(usize, usize)> {
        let candidate = &self.candidates[number];
        if candidate.plural || description.article == Article::Owned || description.word != WordKind::Person {
            return None;
        }
        let apart = |&(other, link): &(usize, usize)| {
            !self.is_its_own_doer(number, link) && !self.is_inside_of(number, other)
        };
        self.before(number, 30).filter(apart).find(|&(_, link)| {
            let link = &self.links[link];
            link.kind == ActorKind::Person
                && genders_fit(link.gender, candidate.gender)
                && (candidate.state.is_none() || link.state.is_none() || candidate.state == link.state)
                && link.roles.iter().any(|role| {
                    role.to_lowercase().split([' ', '-', ',']).any(|word| word == description.lemma)
                })
        })
    }

    /// `the official` after `a senior U.S. official`.
    fn same_noun(&self, number: usize, description: &Description) -> Option<(usize, usize)> {
        let candidate = &self.candidates[number];
        self.before(number, 12).find(|&(other, link)| {
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
    }

    /// `the group`, `the agency`, `the bloc`: the last body of that sort.
    fn body(&self, number: usize, description: &Description) -> Option<(usize, usize)> {
        let candidate = &self.candidates[number];
        let other = description.modifiers.iter().any(|word| words::OTHER_STATE.has(word))
            && description.lemma != "ministry";
        let definite = description.article == Article::Definite && !other;
        if candidate.plural || !definite || candidate.state.is_some() {
            return None;
        }
        // "the terrorist group" is one in arms.
        let armed =
            self.candidates[number].words.clone().any(|at| self.context.syntax.is_written(at, &words::ARMED));
        let syntax = self.context.syntax;
        let is_named = (candidate.words.start..candidate.head).any(|at| syntax.token(at).tag.is_proper());
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
                // "the militant network" is no broadcaster.
                noun if words::OUTLET.has(noun) => {
                    link.kind == ActorKind::Outlet
                        && (!words::NETWORK.has(noun)
                            || description.modifiers.iter().all(|word| words::OF_OUTLET.has(word)))
                }
                // "the Norway-Chad alliance", "the coalition" after "the United Nations"
                noun if words::BLOC.has(noun) => {
                    is(Sector::BodyOfStates)
                        && !is_named
                        && (noun == "bloc"
                            || !words::NO_ALLIANCE.words().any(|word| link.name.contains(word)))
                }
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
                // "the Norwegian army … the army"
                noun => {
                    let body = matches!(description.word, WordKind::Organisation | WordKind::Armed);
                    let own = body && description.modifiers.is_empty() && !words::NO_ARTICLE.has(noun);
                    own && self.is_named_so(link, noun)
                }
            }
        };
        let reach = if armed { NEAR_ARMED } else { NEAR_BODY };
        // "The Front, once with the League, … the group": the one of which the sentences speak most. The own sentence
        // comes first, and outlets are each spoken of but once.
        let mut bodies: Vec<(i32, usize, usize)> = Vec::new();
        for (other, link) in self.before(number, reach) {
            if self.links[link].described.is_none() && fits(&self.links[link]) {
                let near = self.links[link].kind == ActorKind::Outlet
                    || self.sentence(other) == self.sentence(number);
                let weight = if near { OWN_SENTENCE } else { self.weight(number, other, false) };
                match bodies.iter_mut().find(|body| body.2 == link) {
                    Some(body) => body.0 += if near { 0 } else { weight },
                    None => bodies.push((weight, other, link)),
                }
            }
        }
        bodies.sort_by_key(|&(weight, other, _)| Reverse((weight, other)));
        bodies.first().map(|&(_, other, link)| (other, link))
    }

    /// Whether the report has named the body by words that end with the noun: `the U.N. nuclear watchdog`.
    fn is_named_so(&self, link: &Link<'k>, noun: &str) -> bool {
        let acts = matches!(link.kind, ActorKind::Organisation | ActorKind::ArmedGroup);
        acts && link.members.iter().any(|&member| {
            let name = &self.candidates[member];
            let ends = name.text(self.context.syntax).to_lowercase().ends_with(&format!(" {noun}"));
            name.form == MentionForm::Name && ends
        })
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
