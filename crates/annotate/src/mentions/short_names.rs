//! Names of one word: `Obama`, `Merkel`; by the full name in the text, else by what is known.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Entry, Knowledge, WordKind};
use readout_lexicon::WordSet as _;
use readout_record::ids::slug;
use readout_record::{ActorKind, Document};
use readout_syntax::{Dep, Syntax, Tag};

use crate::mentions::candidate::Candidate;
use crate::mentions::link::{Link, full_name, is_bare_name, name_words, surname_key};
use crate::mentions::offices::offices_of;
use crate::mentions::roles::genders_fit;
use crate::mentions::words;

/// The fewest letters of a surname that may be misspelt: shorter ones are too often others.
const SHORTEST_MISSPELT: usize = 6;

/// For each word of a person's full name the links of those who bear it, and whether the word is the one by which
/// reports call them: the last word, or the known short name.
type Bearers = BTreeMap<String, Vec<(usize, bool)>>;

/// The places of a link in the text, as far as it is read.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// The first member.
    first: usize,
    /// The last member before the name in turn.
    latest: Option<usize>,
    /// Whether its full name was the subject of a clause, and so what a sentence is about.
    topical: bool,
}

/// The links of a text, and where those were that a short name may refer to.
struct ShortNames<'a, 'k> {
    links: &'a mut Vec<Link<'k>>,
    bearers: Bearers,
    /// For each link its places.
    places: Vec<Places>,
    /// By key the links of short names that no full name of the text explains.
    alone: BTreeMap<String, usize>,
    /// For each bare name the bearer for whom it stood last.
    stood: BTreeMap<String, usize>,
    /// Links of those who lead a state at the time of the report.
    leaders: BTreeSet<usize>,
}

/// Adds names of one word to the links of their bearers.
pub(super) fn add<'k>(
    document: &Document,
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    names: &[Candidate<'k>],
    named: &[usize],
    links: &mut Vec<Link<'k>>,
) {
    let mut link_of: Vec<Option<usize>> = vec![None; names.len()];
    for (number, link) in links.iter().enumerate() {
        for &member in &link.members {
            link_of[member] = Some(number);
        }
    }
    let bearers = bearers(syntax, names, links);
    let mut short = ShortNames::new(document, bearers, links);
    let titled = titled(document, syntax, knowledge, names, named);
    // Bodies and places that turned out to be surnames.
    let mut moved: BTreeSet<usize> = BTreeSet::new();
    for &number in named {
        let name = &names[number];
        if let Some(link) = link_of[number] {
            short.places[link].latest = Some(number);
            short.places[link].topical |= is_topic(syntax, knowledge, name.head);
        }
        // The recognizer often takes a bare surname for an organisation or a place.
        let text = name.text(syntax);
        let one_word = is_bare_name(name, text) && name.entry.is_none();
        let mistaken = one_word && matches!(name.kind, ActorKind::Organisation | ActorKind::Place);
        if !(one_word && (name.kind == ActorKind::Person || mistaken)) {
            continue;
        }
        let key = surname_key(text);
        if let Some(family) = family_of(syntax, name, &short.bearers, short.links) {
            let link = short.family(number, text, &key, &family);
            short.links[link].add(number, name);
            continue;
        }
        // "Clara Paul … Paul": as a surname the word tells no gender, although it is a given name too.
        let given = name.gender.is_some() && knowledge.gender_of_given_name(text) == name.gender;
        let surname = Candidate { gender: name.gender.filter(|_| !given), ..name.clone() };
        let leader = titled.get(&key).filter(|leader| genders_fit(leader.gender, surname.gender));
        let leader = leader.and_then(|&leader| {
            let titled = !name.roles.is_empty() && !offices_of(&name.roles, knowledge).is_empty();
            short.titled(number, text, &key, leader, titled)
        });
        let bearer = leader.or_else(|| short.bearer(&key, &surname, true));
        let by_surname = bearer.is_some();
        let bearer = bearer.or_else(|| if mistaken { None } else { short.bearer(&key, name, false) });
        let link = match bearer {
            Some(link) => link,
            None => match known_person(document, knowledge, name, text)
                .filter(|_| !begins_longer_name(syntax, knowledge, name))
            {
                None if mistaken => continue,
                None => match short.misspelt(&key, name) {
                    Some(link) => link,
                    None => short.own(number, text, &key, None),
                },
                entry => short.own(number, text, &key, entry),
            },
        };
        short.places[link].latest = Some(number);
        short.stood.insert(key, link);
        if mistaken {
            moved.insert(number);
        }
        short.links[link].add(number, if by_surname { &surname } else { name });
    }
    for link in links.iter_mut().filter(|link| link.kind != ActorKind::Person) {
        link.members.retain(|member| !moved.contains(member));
    }
}

impl<'a, 'k> ShortNames<'a, 'k> {
    fn new(document: &Document, bearers: Bearers, links: &'a mut Vec<Link<'k>>) -> Self {
        let places = links.iter().map(|link| {
            let first = link.members.first().copied().unwrap_or(usize::MAX);
            Places { first, latest: None, topical: false }
        });
        Self {
            places: places.collect(),
            bearers,
            leaders: (0..links.len()).filter(|&link| leads_state(document, &links[link])).collect(),
            links,
            alone: BTreeMap::new(),
            stood: BTreeMap::new(),
        }
    }

    /// Returns the bearer of the name whose full name was read last; else the first one after it. With `only_best` the
    /// name must be the word by which reports call the bearer.
    fn bearer(&self, key: &str, name: &Candidate<'_>, only_best: bool) -> Option<usize> {
        let bearers = self.bearers.get(key).map_or(&[][..], Vec::as_slice);
        let fitting = bearers
            .iter()
            .filter(|(link, best)| {
                (*best || !only_best) && genders_fit(self.links[*link].gender, name.gender)
            })
            .map(|&(link, _)| link);
        // Whom an apposition or a word of kinship brings in does not take over the name of another: "Kim came with
        // his sister, Kim Yo Jong. Kim …". Of two so brought in the one who leads a state is meant.
        let before = fitting.clone().filter(|&link| self.places[link].latest.is_some()).max_by_key(|&link| {
            let keeps = !only_best || self.places[link].topical || self.stood.get(key) == Some(&link);
            (keeps, !keeps && self.leaders.contains(&link), self.places[link].latest)
        });
        before.or_else(|| fitting.min_by_key(|&link| self.places[link].first))
    }

    /// Returns the link of `leader`, whom the report calls by title and surname, for the name `text`: where the name has the
    /// title itself, or where no full name of the report is the leader's.
    fn titled(
        &mut self,
        number: usize,
        text: &str,
        key: &str,
        leader: &'k Entry,
        titled: bool,
    ) -> Option<usize> {
        let named = self.links.iter().position(|link| link.entry.is_some_and(|entry| entry.id == leader.id));
        match named {
            Some(link) => (titled || self.alone.get(leader.id.as_str()) == Some(&link)).then_some(link),
            None => Some(self.own(number, text, key, Some(leader))),
        }
    }

    /// Returns the one bearer whose surname differs from the unknown `key` by a single slip: `Erogdan` is Erdogan.
    fn misspelt(&self, key: &str, name: &Candidate<'_>) -> Option<usize> {
        if key.len() < SHORTEST_MISSPELT {
            return None;
        }
        let mut near = self
            .bearers
            .iter()
            .filter(|(surname, _)| surname.len() >= SHORTEST_MISSPELT && differs_by_slip(key, surname))
            .flat_map(|(_, bearers)| bearers)
            .filter(|(link, best)| *best && genders_fit(self.links[*link].gender, name.gender))
            .map(|&(link, _)| link);
        let first = near.next()?;
        // A report that names somebody but once may well name another.
        (near.all(|link| link == first) && self.links[first].members.len() > 1).then_some(first)
    }

    /// Returns the link of the family that the plural surname `text` stands for.
    fn family(&mut self, number: usize, text: &str, key: &str, family: &[usize]) -> usize {
        let key = format!("the {key}");
        if let Some(&link) = self.alone.get(&key) {
            return link;
        }
        let link = Link {
            name: format!("the {}", full_name(text)),
            kind: ActorKind::Person,
            stands_for: family.iter().flat_map(|&link| self.links[link].actors()).collect(),
            ..Link::default()
        };
        self.push(number, key, link)
    }

    /// Returns the link of a person whom the text names by one word alone; `entry` is the person if it is known.
    fn own(&mut self, number: usize, text: &str, key: &str, entry: Option<&'k Entry>) -> usize {
        let key = entry.map_or(key, |entry| &entry.id);
        if let Some(&link) = self.alone.get(key) {
            return link;
        }
        let link = Link {
            name: entry.map_or_else(|| full_name(text), |entry| entry.name.clone()),
            kind: ActorKind::Person,
            entry,
            gender: entry.and_then(|entry| entry.gender),
            state: entry.and_then(|entry| entry.state.clone()),
            sector: entry.and_then(|entry| entry.sector),
            ..Link::default()
        };
        self.push(number, key.to_owned(), link)
    }

    /// Adds `link`, whose first member is the candidate `number`, under `key`.
    fn push(&mut self, number: usize, key: String, link: Link<'k>) -> usize {
        let at = self.links.len();
        self.links.push(link);
        self.places.push(Places { first: number, latest: Some(number), topical: false });
        self.alone.insert(key, at);
        at
    }
}

/// Whether one of two words is the other with one letter more, less, changed, or moved by one or two places.
fn differs_by_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let rest = |word: &[char], skip: usize| word.get(same + skip..).map(<[char]>::to_vec).unwrap_or_default();
    let moved = |turn: fn(&mut [char])| {
        [2, 3].into_iter().any(|most| {
            let mut tail = rest(&one, 0);
            tail.get_mut(..most).map(turn);
            tail == rest(&other, 0)
        })
    };
    one != other
        && (rest(&one, 1) == rest(&other, 0)
            || rest(&one, 0) == rest(&other, 1)
            || rest(&one, 1) == rest(&other, 1)
            || moved(|letters| letters.rotate_left(1))
            || moved(|letters| letters.rotate_right(1)))
}

/// Whether the name at `head` is what its sentence is about: a subject, or told beside one, as in `The envoy, Kim Ha-na,
/// left`. `His sister, Ann Lee, left` brings her in as a relative.
fn is_topic(syntax: &Syntax, knowledge: &Knowledge, head: u32) -> bool {
    let token = syntax.token(head);
    let noun = syntax.token(token.head);
    let kin = || {
        let word = knowledge.person_word(&syntax.lemma(token.head).to_lowercase());
        word.is_some_and(|word| word.kind == WordKind::Kin)
    };
    token.dep.is_subject() || token.dep == Dep::Appos && noun.dep.is_subject() && !kin()
}

/// Whether the person of the link leads a state at the time of the report.
fn leads_state(document: &Document, link: &Link<'_>) -> bool {
    link.entry.is_some_and(|entry| {
        let term = match document.published.as_deref() {
            Some(date) => entry.term_on(date),
            None => entry.terms.last(),
        };
        term.is_some_and(|term| words::LEADS_STATE.has(&term.office))
    })
}

/// Returns the known leaders of states whom the report calls by their title and surname, `President Obama`, by surname.
fn titled<'k>(
    document: &Document,
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    names: &[Candidate<'k>],
    named: &[usize],
) -> BTreeMap<String, &'k Entry> {
    let mut found = BTreeMap::new();
    for name in named.iter().filter_map(|&number| names.get(number)) {
        let text = name.text(syntax);
        if name.kind != ActorKind::Person || name.entry.is_some() || !is_bare_name(name, text) {
            continue;
        }
        let offices = offices_of(&name.roles, knowledge);
        let mut holders = knowledge.persons_called(text).filter(|entry| {
            let term = match document.published.as_deref() {
                Some(date) => entry.term_on(date),
                None => entry.terms.last(),
            };
            let leads = term
                .is_some_and(|term| words::LEADS_STATE.has(&term.office) && offices.contains(&term.office));
            leads && (name.state.is_none() || name.state == entry.state)
        });
        if let Some(holder) = holders.next().filter(|_| holders.next().is_none()) {
            found.insert(surname_key(text), holder);
        }
    }
    found
}

/// Whether the name is a given name with the rest of the name right after it, which the recognizer missed.
fn begins_longer_name(syntax: &Syntax, knowledge: &Knowledge, name: &Candidate<'_>) -> bool {
    let next = name.words.end;
    next < syntax.len()
        && syntax.token(next).tag == Tag::Nnp
        && knowledge.gender_of_given_name(name.text(syntax)).is_some()
        && knowledge.person_word(&syntax.word(next).to_lowercase()).is_none()
}

/// Returns the bearers of each word of the persons' full names, as the knowledge and as the report has them.
fn bearers(syntax: &Syntax, names: &[Candidate<'_>], links: &[Link<'_>]) -> Bearers {
    let mut found = Bearers::new();
    // Whoever is called as one of them has the surname first too: "Kim Myong Gil" beside "Kim Jong Un".
    let surname_first = |link: &Link<'_>| {
        link.kind == ActorKind::Person
            && link.state.as_deref().is_some_and(|state| words::SURNAME_FIRST.has(state))
    };
    let firsts: BTreeSet<String> = links
        .iter()
        .filter(|link| surname_first(link))
        .filter_map(|link| name_words(&link.name).into_iter().next())
        .collect();
    for (number, link) in links.iter().enumerate() {
        if link.kind != ActorKind::Person || link.members.is_empty() {
            continue;
        }
        let parts = name_words(&link.name);
        let short = link.entry.and_then(|entry| entry.short.as_deref()).map(surname_key);
        let first = parts.first().is_some_and(|word| firsts.contains(word));
        for (place, word) in parts.iter().enumerate() {
            let surname = place + 1 == parts.len() || place == 0 && first;
            let best = short.as_deref().map_or(surname, |short| short == word);
            found.entry(word.clone()).or_default().push((number, best));
        }
        if let Some(short) = short.filter(|short| !parts.contains(short)) {
            found.entry(short).or_default().push((number, true));
        }
        // "Ashraf Ghani Ahmadzai … Ahmadzai"
        let written: BTreeSet<String> = link
            .members
            .iter()
            .filter_map(|&member| names.get(member))
            .flat_map(|name| name_words(&full_name(name.text(syntax))))
            .collect();
        for word in written {
            let bearers = found.entry(word).or_default();
            if !bearers.iter().any(|&(link, _)| link == number) {
                bearers.push((number, false));
            }
        }
    }
    found
}

/// Returns the family of a plural surname, as `the Lees`: two or more people whom the report names in full.
fn family_of(
    syntax: &Syntax,
    name: &Candidate<'_>,
    bearers: &Bearers,
    links: &[Link<'_>],
) -> Option<Vec<usize>> {
    let before = name.words.start.checked_sub(1)?;
    let text = name.text(syntax);
    if name.kind != ActorKind::Person || !syntax.word(before).eq_ignore_ascii_case("the") {
        return None;
    }
    let surname = text.strip_suffix('s').filter(|_| !bearers.contains_key(&slug(text)))?;
    [surname.strip_suffix('e'), Some(surname)].into_iter().flatten().find_map(|surname| {
        let family: Vec<usize> = bearers
            .get(&slug(surname))?
            .iter()
            .filter(|(link, best)| *best && !links[*link].members.is_empty())
            .map(|&(link, _)| link)
            .collect();
        (family.len() > 1).then_some(family)
    })
}

/// Returns the one known person that reports of that time call `text`.
fn known_person<'k>(
    document: &Document,
    knowledge: &'k Knowledge,
    name: &Candidate<'k>,
    text: &str,
) -> Option<&'k Entry> {
    let date = document.published.as_deref();
    let in_time = |entry: &&Entry| {
        date.is_none_or(|date| {
            // Reports speak of people after their time in office too, and before.
            let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok());
            let now = year(date);
            entry.terms.iter().any(|term| {
                let (from, to) = (year(&term.from), year(&term.to));
                now.is_none_or(|now| {
                    from.is_none_or(|from| now >= from - 4) && to.is_none_or(|to| now <= to + 8)
                })
            })
        })
    };
    let all: Vec<&Entry> = knowledge
        .persons_called(text)
        .filter(|entry| genders_fit(entry.gender, name.gender))
        .filter(in_time)
        .collect();
    let of_state: Vec<&Entry> =
        all.iter().copied().filter(|entry| name.state.is_some() && entry.state == name.state).collect();
    match (all.as_slice(), of_state.as_slice()) {
        (_, [one]) => Some(one),
        ([one], _) if name.state.is_none() || one.state.is_none() => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        for (one, other) in [
            ("erogdan", "erdogan"),
            ("sotfloff", "sotloff"),
            ("meyerr", "meyer"),
            ("obmaa", "obama"),
            ("nowek", "nowak"),
        ] {
            assert!(differs_by_slip(one, other) && differs_by_slip(other, one), "{one} {other}");
        }
        for (one, other) in [("nowak", "nowak"), ("nowak", "novac"), ("meyer", "meyners"), ("", "ab")] {
            assert!(!differs_by_slip(one, other), "{one} {other}");
        }
    }
}
