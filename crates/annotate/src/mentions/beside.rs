//! Descriptions that stand beside a name, and so are of whoever bears it: `the spokeswoman, Ann Park,`, `Norsk Watch, a
//! charity`, `the ISNA news agency`, `Lee's sister` where the report calls her so.

use readout_knowledge::WordKind;
use readout_lexicon::WordSet as _;
use readout_record::{ActorKind, Sector};
use readout_syntax::{Dep, Tag};

use crate::mentions::nominals::{Article, Description};
use crate::mentions::resolver::Resolver;
use crate::mentions::roles::genders_fit;
use crate::mentions::sorts::Sort;
use crate::mentions::words;

/// The most words of the phrase between a title and the name after it.
const LONGEST_TITLE: u32 = 9;

impl Resolver<'_, '_> {
    /// Returns the person whose name is beside the description: `his father Tom Lee`, `the spokeswoman, Ann Park,`.
    pub(super) fn named_beside(&self, number: usize, description: &Description) -> Option<usize> {
        let (syntax, candidate) = (self.context.syntax, &self.candidates[number]);
        if candidate.plural || !matches!(description.word, WordKind::Person | WordKind::Kin) {
            return None;
        }
        let named = |at: u32| self.person_at(at);
        let end = candidate.words.end;
        // "the counterpart, ranking member Ann Lee, said": the words of a title may stand before the name.
        let from = |at: u32| {
            let name = (at..at + LONGEST_TITLE).find_map(named)?;
            let of = &self.candidates[name];
            let titled =
                of.phrase.start == at && at > end && syntax.children_by(of.head, &[Dep::Cc]).next().is_none();
            (of.words.start == at || titled).then_some(name)
        };
        let next = [end, end + 1].into_iter().find_map(|at| {
            let apart = at > end && syntax.word(end) != ",";
            from(at).filter(|&name| {
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
            let name = from(comma + 1).filter(|_| inside)?;
            let name_of = &self.candidates[name];
            let token = syntax.token(name_of.head);
            let closed = matches!(syntax.word(name_of.words.end), "," | "." | ";");
            let hangs = token.dep == Dep::Appos && (end - 1..comma).contains(&token.head);
            (closed && hangs).then_some(name)
        });
        let name = name.or_else(|| self.named_after_title(number))?;
        let link = self.link_of[name]?;
        (self.links[link].kind == ActorKind::Person && genders_fit(self.links[link].gender, candidate.gender))
            .then_some(link)
    }

    /// Returns the name of a person right after a title with its phrase: `Deputy Minister for Arab Affairs Adel Haddad`.
    fn named_after_title(&self, number: usize) -> Option<usize> {
        let (syntax, candidate) = (self.context.syntax, &self.candidates[number]);
        let end = candidate.words.end;
        let titled = syntax.token(candidate.head).tag.is_proper()
            && matches!(syntax.word(end), "of" | "for" | "in" | "at" | "to");
        let at = (end + 1..end + LONGEST_TITLE).filter(|_| titled).find(|&at| {
            let capital = syntax.word(at).starts_with(char::is_uppercase);
            !(capital || matches!(syntax.word(at), "the" | "and")) || self.person_at(at).is_some()
        })?;
        let name = self.person_at(at).filter(|_| at > end + 1)?;
        let words = &self.candidates[name].words;
        let owns = syntax.token(words.end).tag == Tag::PossessiveEnding;
        (words.start == at && words.len() > 1 && !owns).then_some(name)
    }

    /// Returns the name of a person that contains the token.
    fn person_at(&self, at: u32) -> Option<usize> {
        let number = self.headed[at]?;
        let name = &self.candidates[number];
        (matches!(self.sorts[number], Sort::Name) && name.kind == ActorKind::Person).then_some(number)
    }

    /// Returns the body, group or state whose name is beside the description: `NetBlocks, an organisation that watches`,
    /// `the official news agency, IRNA`, `the Taliban insurgency`.
    pub(super) fn body_beside(&self, number: usize, description: &Description) -> Option<usize> {
        let (syntax, candidate) = (self.context.syntax, &self.candidates[number]);
        let body = matches!(
            description.word,
            WordKind::Organisation | WordKind::Group | WordKind::Armed | WordKind::State
        );
        if candidate.plural || !body {
            return None;
        }
        let named = |at: u32| {
            let name = self.headed[at].filter(|&name| matches!(self.sorts[name], Sort::Name))?;
            let link = self.link_of[name]?;
            let slot = &self.links[link];
            let sort = match description.word {
                WordKind::State => slot.kind == ActorKind::State,
                _ => matches!(slot.kind, ActorKind::Organisation | ActorKind::Outlet | ActorKind::ArmedGroup),
            };
            (sort && !slot.place && !slot.people).then_some((name, link))
        };
        let token = syntax.token(candidate.head);
        let comma = |at: u32| matches!(syntax.word(at), "," | "(" | "—" | "–" | "-" | "--");
        // "Norsk Watch, a charity"
        let start = candidate.words.start;
        let only = || syntax.children_by(token.head, &[Dep::Appos]).nth(1).is_none();
        if token.dep == Dep::Appos && start > 0 && comma(start - 1) && only() {
            return named(token.head).map(|(_, link)| link);
        }
        // "the official news agency IRNA", "the broadcaster, NHK,"
        let end = candidate.words.end;
        let after = [end, end + 1].into_iter().find_map(|at| {
            let (name, link) = named(at)?;
            let token = syntax.token(self.candidates[name].head);
            let beside = token.dep == Dep::Appos && token.head == candidate.head && (at == end || comma(end));
            beside.then_some(link)
        });
        // "the Taliban insurgency", and not "a Taliban cell"
        let before = || {
            let pointed = matches!(description.article, Article::Definite | Article::Owned);
            let (_, link) = syntax
                .children_by(candidate.head, &[Dep::Compound])
                .filter(|&at| at >= start && at < candidate.head)
                .find_map(named)?;
            let slot = &self.links[link];
            let noun = description.lemma.as_str();
            let fits = match slot.kind {
                ActorKind::Outlet => noun == "agency" || words::OUTLET.has(noun),
                ActorKind::ArmedGroup => words::GROUP.has(noun) || words::OF_GROUP.has(noun),
                _ if slot.sector == Some(Sector::BodyOfStates) => words::BLOC.has(noun),
                _ => false,
            };
            (pointed && fits).then_some(link)
        };
        after.or_else(before)
    }

    /// Returns the person whom the report calls `Lee's sister` beside the name: `Ann Lee, the sister of the president`.
    pub(super) fn kin_told(&self, number: usize, description: &Description) -> Option<usize> {
        let candidate = &self.candidates[number];
        if description.word != WordKind::Kin || candidate.plural {
            return None;
        }
        let owner = self.owner(description)?;
        let of = &self.links[owner];
        let mut found = (0..self.links.len()).filter(|&link| {
            let slot = &self.links[link];
            slot.kind == ActorKind::Person
                && link != owner
                && genders_fit(slot.gender, candidate.gender)
                && slot.roles.iter().any(|role| {
                    let role = role.to_lowercase();
                    let noun = role.split(" of ").next().and_then(|start| start.split(' ').next_back());
                    let names_owner = of.name.split(' ').any(|word| role.contains(&word.to_lowercase()));
                    let of_state = slot.state.is_some() && slot.state == of.state;
                    noun == Some(description.lemma.as_str()) && (names_owner || of_state)
                })
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}
