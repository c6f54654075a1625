//! Names of one word: `Obama`, `Merkel`; by the full name in the text, else by what is known.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Entry, Knowledge};
use readout_record::ids::slug;
use readout_record::{ActorKind, Document};
use readout_syntax::Syntax;

use crate::mentions::candidate::Candidate;
use crate::mentions::link::{Link, full_name, name_words};
use crate::mentions::roles::genders_fit;

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
    let mut short = ShortNames::new(links);
    // Bodies and places that turned out to be surnames.
    let mut moved: BTreeSet<usize> = BTreeSet::new();
    for &number in named {
        let name = &names[number];
        if let Some(link) = link_of[number] {
            short.places[link].latest = Some(number);
            short.places[link].topical |= syntax.token(name.head).dep.is_subject();
        }
        // The recognizer often takes a bare surname for an organisation or a place.
        let one_word = name.words.len() == 1 && name.entry.is_none();
        let mistaken = one_word && matches!(name.kind, ActorKind::Organisation | ActorKind::Place);
        if !(one_word && (name.kind == ActorKind::Person || mistaken)) {
            continue;
        }
        let text = name.text(syntax);
        let key = slug(text);
        if let Some(family) = family_of(syntax, name, &short.bearers, short.links) {
            let link = short.family(number, text, &key, &family);
            short.links[link].add(number, name);
            continue;
        }
        // "Clara Paul … Paul": as a surname the word tells no gender, although it is a given name too.
        let given = name.gender.is_some() && knowledge.gender_of_given_name(text) == name.gender;
        let surname = Candidate { gender: name.gender.filter(|_| !given), ..name.clone() };
        let bearer = short.bearer(&key, &surname, true);
        let by_surname = bearer.is_some();
        let bearer = bearer.or_else(|| if mistaken { None } else { short.bearer(&key, name, false) });
        let link = match bearer {
            Some(link) => link,
            None => match known_person(document, knowledge, name, text) {
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
    fn new(links: &'a mut Vec<Link<'k>>) -> Self {
        let places = links.iter().map(|link| {
            let first = link.members.first().copied().unwrap_or(usize::MAX);
            Places { first, latest: None, topical: false }
        });
        Self {
            places: places.collect(),
            bearers: bearers(links),
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
        // his sister, Kim Yo Jong. Kim …".
        let before = fitting.clone().filter(|&link| self.places[link].latest.is_some()).max_by_key(|&link| {
            let keeps = self.places[link].topical || self.stood.get(key) == Some(&link);
            (keeps || !only_best, self.places[link].latest)
        });
        before.or_else(|| fitting.min_by_key(|&link| self.places[link].first))
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

/// Returns the bearers of each word of the persons' full names.
fn bearers(links: &[Link<'_>]) -> Bearers {
    let mut found = Bearers::new();
    for (number, link) in links.iter().enumerate() {
        if link.kind != ActorKind::Person || link.members.is_empty() {
            continue;
        }
        let words = name_words(&link.name);
        let short = link.entry.and_then(|entry| entry.short.as_deref()).map(slug);
        for (place, word) in words.iter().enumerate() {
            let best = short.as_deref().map_or(place + 1 == words.len(), |short| short == word);
            found.entry(word.clone()).or_default().push((number, best));
        }
        if let Some(short) = short.filter(|short| !words.contains(short)) {
            found.entry(short).or_default().push((number, true));
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
