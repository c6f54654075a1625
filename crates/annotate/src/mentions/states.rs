//! States without their names: the state that `the Obama administration`, `the regime`, `the country` refer to.

use readout_knowledge::WordKind;
use readout_lexicon::WordSet as _;
use readout_record::{ActorId, ActorKind, Sector};
use readout_syntax::{Dep, Tag};

use crate::mentions::focus::state_of_ids;
use crate::mentions::link::Link;
use crate::mentions::nominals::{Article, Description};
use crate::mentions::places::is_locative;
use crate::mentions::resolver::Resolver;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most titles of one person, and words of one title, that are looked at.
const MOST_ROLES: usize = 20;
const MOST_WORDS: usize = 12;

impl<'k> Resolver<'_, 'k> {
    /// Returns the link of a state or its government that a description refers to.
    pub(super) fn state_described(&mut self, number: usize, description: &Description) -> Option<usize> {
        // "Face the Nation" is the name of something.
        let named = self.context.syntax.token(self.candidates[number].head).tag.is_proper();
        let country = description.word == WordKind::State && words::COUNTRY.has(&description.lemma) && !named;
        let governs = description.word == WordKind::Organisation && words::GOVERNMENT.has(&description.lemma);
        let candidate = &self.candidates[number];
        // "the Turkish authorities", "a Turkish government" act for the state; "countries", "a country" are others.
        let one = !candidate.plural && description.article != Article::Indefinite;
        if !(governs && (one || candidate.state.is_some()) || country && one) {
            return None;
        }
        let state = self.state_told(number, description, country)?;
        let id = ActorId::state(&state);
        if country && let Some(link) = self.link_of_state(&id) {
            return Some(link);
        }
        let name = self.knowledge.state_name(&state)?.to_owned();
        let link = self.new_link(number, description);
        let slot = &mut self.links[link];
        slot.name = name;
        slot.kind = ActorKind::State;
        slot.stands_for = vec![id];
        slot.state = Some(state);
        slot.nobody = false;
        Some(link)
    }

    /// Returns the code of the state that the words of the description give, or else the one that the report speaks of.
    fn state_told(&self, number: usize, description: &Description, country: bool) -> Option<String> {
        let candidate = &self.candidates[number];
        let tells_apart = description.modifiers.iter().any(|word| words::OTHER_STATE.has(word));
        if let Some(owner) = description.owner {
            let link = &self.links[self.link_of[self.headed[owner]?]?];
            return self.state_of_owner(link, country);
        }
        // "the Obama administration"; "the Trump Tower government" is none.
        let before = (candidate.words.start..candidate.head).find_map(|at| {
            let name = self.headed[at].filter(|&name| matches!(self.sorts[name], Sort::Name))?;
            Some(&self.links[self.link_of[name]?]).filter(|link| link.kind == ActorKind::Person)
        });
        if let Some(link) = before {
            return link.state.clone().filter(|_| !country && self.leads_state(link));
        }
        // "the Kiev government"
        let seat = (candidate.words.start..candidate.head).find_map(|at| {
            let name = self.headed[at].filter(|&name| self.candidates[name].seat)?;
            self.candidates[name].state.clone()
        });
        if seat.is_some() && !country {
            return seat;
        }
        if candidate.state.is_some() {
            return candidate.state.clone().filter(|_| !tells_apart);
        }
        let alone = country || words::OWN_GOVERNMENT.has(&description.lemma);
        if tells_apart || description.article != Article::Definite || !alone {
            return None;
        }
        // “We will not hold this country hostage,” Lee said: it is his own.
        if self.context.syntax.word(candidate.words.start).eq_ignore_ascii_case("this")
            && let Some(state) = self.state_of_speaker(candidate.head)
        {
            return Some(state);
        }
        // "the government in Kabul", and not "the country that he left".
        let next = candidate.words.end;
        let since = words::SINCE.has(&self.context.syntax.word(next).to_lowercase());
        let owns = self.context.syntax.token(next).tag == Tag::PossessiveEnding;
        if candidate.phrase.end > next && !since && !owns {
            return (candidate.words.end..candidate.phrase.end).find_map(|at| {
                let name = self.headed[at].filter(|&name| matches!(self.sorts[name], Sort::Name))?;
                let link = &self.links[self.link_of[name]?];
                link.state.clone().filter(|_| {
                    (link.place || link.kind == ActorKind::State) && is_locative(self.context.syntax, at)
                })
            });
        }
        if country && let Some(state) = self.state_addressed(candidate.head) {
            return Some(state);
        }
        if country && let Some(state) = self.state_of_leader_quoted(number) {
            return Some(state);
        }
        // Reports call the government of the United States so, and few others without their leader's name.
        if description.lemma == "administration" {
            let home = "USA";
            let named = self.links.iter().any(|link| link.state.as_deref() == Some(home) && !link.place);
            return named.then(|| home.to_owned());
        }
        let beside = || self.only_state_of_sentence(number, &description.modifiers).filter(|_| country);
        beside().or_else(|| self.state_in_focus(number, &description.modifiers, country))
    }

    /// Returns the state of the person who says the quotation around the token.
    fn state_of_speaker(&self, head: u32) -> Option<String> {
        let speaker = self.link_headed(self.context.quoted_by(head)?.source_head)?;
        let link = &self.links[speaker];
        link.state.clone().filter(|_| link.kind == ActorKind::Person && link.stands_for.is_empty())
    }

    /// Returns the own state of a leader who is quoted saying `the country`, where the sentence names no other state:
    /// `The Norwegian president said that he would “take the country forward”`.
    fn state_of_leader_quoted(&self, number: usize) -> Option<String> {
        let speaker = self.link_headed(self.context.quoted_by(self.candidates[number].head)?.source_head)?;
        let slot = &self.links[speaker];
        let state = slot.state.clone().filter(|_| self.leads_state(slot))?;
        let own = self.before(number, 0).all(|(_, link)| {
            let other = &self.links[link];
            let id = other.state.clone().or_else(|| state_of_ids(&other.actors()));
            (other.kind != ActorKind::State && !other.place && !other.people)
                || id.is_none_or(|id| id == state)
        });
        own.then_some(state)
    }

    /// Returns the state of the one who addresses `the nation`: it is his own.
    fn state_addressed(&self, head: u32) -> Option<String> {
        let syntax = self.context.syntax;
        let mut above = syntax.token(head).head;
        if syntax.word(above) == "to" {
            above = syntax.token(above).head;
        }
        if !syntax.is_written(above, &words::ADDRESSING) {
            return None;
        }
        let leader = |at: u32| {
            let link = &self.links[self.link_of[self.headed[at]?]?];
            link.state.clone().filter(|_| self.leads_state(link))
        };
        // "He addressed the nation", "his address to the nation", "Lee said in a speech to the nation".
        let ours = syntax.children_by(above, &[Dep::Nsubj, Dep::Poss]).find_map(leader);
        let clause = self.context.clause(above);
        ours.or_else(|| syntax.children_by(clause?, &[Dep::Nsubj]).find_map(leader))
    }

    /// Returns the state whose country or government `link` owns: `his regime`, `Syria’s government`, `its government`.
    fn state_of_owner(&self, link: &Link<'k>, country: bool) -> Option<String> {
        let state = link.state.clone().or_else(|| state_of_ids(&link.actors()))?;
        match link.kind {
            ActorKind::Person => (country || self.leads_state(link)).then_some(state),
            ActorKind::State => (!country).then_some(state),
            // "the Iranian people … their government"
            _ if link.people => Some(state),
            _ => link.described.as_ref().filter(|it| words::OF_STATE.has(&it.lemma)).map(|_| state),
        }
    }

    /// Whether `link` is a person who leads a state at the time of the report.
    pub(super) fn leads_state(&self, link: &Link<'k>) -> bool {
        let date = self.document.published.as_deref();
        link.kind == ActorKind::Person
            // "Opposition leader" and "union leader" lead no state: such words count for nothing without the knowledge.
            && (link.state_offices.iter().any(|office| office != "leader" && words::LEADS_STATE.has(office))
                || link.entry.is_some_and(|entry| {
                    entry.terms.iter().any(|term| {
                        words::LEADS_STATE.has(&term.office)
                            && date.is_none_or(|date| term.from.as_str() <= date)
                    })
                }))
    }

    /// Returns the link of the names of the state with the id `id`.
    pub(super) fn link_of_state(&self, id: &str) -> Option<usize> {
        self.links
            .iter()
            .position(|link| link.entry.is_some_and(|entry| entry.id == id) && !link.people && !link.place)
    }

    /// Returns the side for which `link` says `we`: itself, if it is a state or a body, or else the state whose office
    /// or the body whose spokesman the person is; nothing where that is not sure.
    pub(super) fn side_of(&self, link: usize) -> Option<(ActorId, ActorKind)> {
        let slot = &self.links[link];
        let ids = slot.actors();
        if let Some(description) = slot.described.as_ref().filter(|_| slot.kind == ActorKind::Unnamed) {
            // "a South Korean diplomat"; "a senior Taliban commander" is no official of a state.
            let official = description.word == WordKind::Person
                && matches!(slot.sector, Some(Sector::Government | Sector::Military))
                && !description.modifiers.contains("former");
            return slot
                .state
                .as_ref()
                .filter(|_| official)
                .map(|state| (ActorId::state(state), ActorKind::State));
        }
        if slot.kind != ActorKind::Person {
            let acts = matches!(
                slot.kind,
                ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup | ActorKind::Outlet
            );
            return ids.first().filter(|_| acts && ids.len() == 1).map(|id| (id.clone(), slot.kind));
        }
        if slot.speaks_for.is_some() {
            return slot.speaks_for.clone();
        }
        let office = |office: &str| words::SPEAKS_FOR_STATE.has(office);
        let leads = |office_of: &str| office(office_of) || office_of == "leader";
        let date = self.document.published.as_deref();
        let known = slot.entry.and_then(|entry| {
            let term = match date {
                Some(date) => entry.term_on(date),
                None => entry.terms.last(),
            }?;
            let id = match term.of.strip_prefix("org:") {
                Some(_) => words::HEADS_BODY.has(&term.office).then(|| ActorId::from(term.of.as_str())),
                None => leads(&term.office).then(|| ActorId::state(&term.of)),
            }?;
            self.knowledge.kind_of(&id).map(|kind| (id, kind))
        });
        let told = || {
            slot.state
                .clone()
                .filter(|_| slot.state_offices.iter().any(|key| office(key)) || self.serves_state(slot))
        };
        known.or_else(|| told().map(|state| (ActorId::state(&state), ActorKind::State)))
    }
}

impl Resolver<'_, '_> {
    /// Whether the report calls the person an official of the state: `Norwegian trade envoy`, `a White House adviser`, and
    /// neither `former envoy` nor `ambassador to Norway`.
    fn serves_state(&self, link: &Link<'_>) -> bool {
        let of_state = |words: &[&str]| {
            let known = self.knowledge.named(words.join(" ").trim_end_matches("’s").trim_end_matches("'s"));
            known.iter().any(|(entry, _)| entry.state.is_some() && entry.state == link.state)
        };
        let acts = matches!(link.sector, Some(Sector::Government | Sector::Military));
        let left = |role: &String| role.to_lowercase().split([' ', '-']).any(|word| words::NO_SIDE.has(word));
        acts && !link.roles.iter().any(left)
            && link.roles.iter().take(MOST_ROLES).any(|role| {
                let words: Vec<&str> = role.split([' ', ',']).take(MOST_WORDS).collect();
                // What follows "to" and "for" says where somebody is sent, and not by whom.
                let own = words.split(|word| matches!(*word, "to" | "for" | "in")).next().unwrap_or_default();
                own.iter().any(|word| words::SERVING.has(&word.to_lowercase()))
                    && (1..=2).any(|length| own.windows(length).any(of_state))
            })
    }
}
