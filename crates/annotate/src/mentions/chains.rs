//! Which mentions are the same: sieves from sure to bold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Entry, Gender, Knowledge};
use readout_record::ids::slug;
use readout_record::{ActorId, ActorKind, Document};
use readout_syntax::{PerToken, Syntax};

use crate::mentions::candidate::Candidate;
use crate::mentions::nominals::Description;
use crate::mentions::phrases;
use crate::mentions::roles::genders_fit;
use crate::mentions::{Chain, Mention, MentionForm, Mentions};

/// Mentions that are one, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Link<'k> {
    /// Numbers of the candidates.
    pub(super) members: Vec<usize>,
    /// The fullest name.
    pub(super) name: String,
    pub(super) kind: ActorKind,
    pub(super) entry: Option<&'k Entry>,
    pub(super) gender: Option<Gender>,
    pub(super) people: bool,
    pub(super) place: bool,
    pub(super) state: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) roles: Vec<String>,
    /// The body or state whose spokesman the person is.
    pub(super) speaks_for: Option<(ActorId, ActorKind)>,
    /// Keys of the offices that these name.
    pub(super) offices: Vec<String>,
    /// Keys of those that are offices of a state: `Finnish President`, and not `president of a bank`.
    pub(super) state_offices: Vec<String>,
    /// Nouns that described a named person beside the name, as `child`, each with the link of the owner.
    pub(super) relations: Vec<(String, Option<usize>)>,
    /// The first description, where no name is known.
    pub(super) described: Option<Description>,
    /// Ids of the actors that it refers to, where these are not the link itself.
    pub(super) stands_for: Vec<ActorId>,
    /// Whether it never acts.
    pub(super) nobody: bool,
    /// The link of `we` in what this one says.
    pub(super) we: Option<usize>,
    /// Whether it is no actor at all: a ship, a plan.
    pub(super) thing: bool,
    /// Head tokens of its members, if it is a list.
    pub(super) list: Vec<u32>,
    /// Lemmas that distinguish it from others of its sort, where it is a description.
    pub(super) modifiers: BTreeSet<String>,
}

impl<'k> Link<'k> {
    /// Returns the actor ids. There are none for a place, a people or nobody who acts, nor if the chain would get a
    /// numbered `unnamed:` id.
    pub(super) fn actors(&self) -> Vec<ActorId> {
        if self.place || self.nobody {
            return Vec::new();
        }
        if !self.stands_for.is_empty() {
            return self.stands_for.clone();
        }
        if let Some(entry) = self.entry {
            // A people is nobody in particular, and no state.
            return if entry.people { Vec::new() } else { vec![entry.id.clone()] };
        }
        match self.kind {
            _ if self.described.is_some() => Vec::new(),
            ActorKind::Person => vec![format!("person:{}", slug(&self.name))],
            ActorKind::Organisation => vec![format!("org:{}", slug(&self.name))],
            ActorKind::ArmedGroup => vec![format!("group:{}", slug(&self.name))],
            ActorKind::Outlet => vec![format!("outlet:{}", slug(&self.name))],
            _ => Vec::new(),
        }
    }

    pub(super) fn add(&mut self, number: usize, candidate: &Candidate<'k>) {
        self.members.push(number);
        self.gender = self.gender.or(candidate.gender);
        if self.state.is_none() {
            self.state.clone_from(&candidate.state);
        }
        if self.sector.is_none() {
            self.sector.clone_from(&candidate.sector);
        }
        if self.speaks_for.is_none() {
            self.speaks_for.clone_from(&candidate.speaks_for);
        }
        for role in &candidate.roles {
            if !self.roles.contains(role) {
                self.roles.push(role.clone());
            }
        }
    }
}

/// Joins the names of the text, the candidates `named`; one link a bearer.
pub(super) fn of_names<'k>(
    document: &Document,
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    names: &[Candidate<'k>],
    named: &[usize],
) -> Vec<Link<'k>> {
    let mut links: Vec<Link<'k>> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    // Full names of persons first: short ones lead to them, even from a headline above.
    let mut persons: Vec<(usize, usize)> = Vec::new();
    for &number in named {
        let name = &names[number];
        let text = name.text(syntax);
        if name.kind == ActorKind::Person && name.entry.is_none() && name.words.len() == 1 {
            continue;
        }
        let key = match name.entry {
            Some(entry) => format!("{} {} {}", entry.id, name.people, name.place),
            None => format!("{:?} {}", name.kind, slug(text)),
        };
        let link = *by_key.entry(key).or_insert_with(|| {
            links.push(Link {
                name: name.entry.map_or_else(|| full_name(text), |entry| entry.name.clone()),
                kind: name.kind,
                entry: name.entry,
                people: name.people,
                place: name.place,
                ..Link::default()
            });
            if (name.place || name.people)
                && let Some(link) = links.last_mut()
            {
                link.name = full_name(text);
            }
            links.len() - 1
        });
        if let Some(link) = links.get_mut(link) {
            link.add(number, name);
        }
        if name.kind == ActorKind::Person {
            persons.push((number, link));
        }
    }
    join_same_persons(&mut links, &persons, knowledge, document);
    add_short_names(document, syntax, knowledge, names, named, &mut links);
    links.retain(|link| !link.members.is_empty());
    for link in &mut links {
        link.members.sort_unstable();
    }
    links.sort_by_key(|link| link.members.first().copied());
    links
}

/// A name in one line, without doubled blanks.
fn full_name(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a person's name by which two names are compared, without `Jr.` and the like.
fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name.split_whitespace().map(slug).filter(|word| !word.is_empty()).collect();
    while words.len() > 1
        && words.last().is_some_and(|word| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
    {
        words.pop();
    }
    words
}

/// Whether one of two full names is a shorter form of the other: same last word, and the first word of one among the
/// words of the other or its initial.
fn same_person(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() < 2 || short.last() != long.last() {
        return false;
    }
    short.iter().all(|word| {
        long.contains(word) || word.len() == 1 && long.iter().any(|whole| whole.starts_with(word.as_str()))
    }) && short.first().is_some_and(|first| {
        long.first().is_some_and(|whole| whole.starts_with(first.as_str()) || long.contains(first))
    })
}

fn join_same_persons<'k>(
    links: &mut [Link<'k>],
    persons: &[(usize, usize)],
    _knowledge: &'k Knowledge,
    _document: &Document,
) {
    // By last word, so that only namesakes are compared.
    let mut by_last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &(_, link) in persons {
        let Some(last) = name_words(&links[link].name).pop() else { continue };
        let namesakes = by_last.entry(last).or_default();
        if !namesakes.contains(&link) {
            namesakes.push(link);
        }
    }
    for namesakes in by_last.values() {
        for (place, &one) in namesakes.iter().enumerate().take(50) {
            for &other in namesakes.iter().skip(place + 1).take(50) {
                if links[one].members.is_empty() || links[other].members.is_empty() {
                    continue;
                }
                let known = links[one].entry.is_some() && links[other].entry.is_some();
                if known
                    || !same_person(&links[one].name, &links[other].name)
                    || !genders_fit(links[one].gender, links[other].gender)
                {
                    continue;
                }
                let taken = std::mem::take(&mut links[other]);
                let link = &mut links[one];
                if taken.entry.is_some() || link.entry.is_none() && taken.name.len() > link.name.len() {
                    link.name = taken.name;
                    link.entry = taken.entry;
                }
                link.members.extend(taken.members);
                link.gender = link.gender.or(taken.gender);
                link.state = link.state.take().or(taken.state);
                link.sector = link.sector.take().or(taken.sector);
                link.speaks_for = link.speaks_for.take().or(taken.speaks_for);
                for role in taken.roles {
                    if !link.roles.contains(&role) {
                        link.roles.push(role);
                    }
                }
            }
        }
    }
}

/// Names of one word: `Obama`, `Merkel`; by the full name in the text, else by what is known.
fn add_short_names<'k>(
    document: &Document,
    syntax: &Syntax,
    knowledge: &'k Knowledge,
    names: &[Candidate<'k>],
    named: &[usize],
    links: &mut Vec<Link<'k>>,
) {
    // Every word of a person's full name leads to the person; its last word, or its known short name, best of all.
    let mut by_word: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (number, link) in links.iter().enumerate() {
        if link.kind != ActorKind::Person || link.members.is_empty() {
            continue;
        }
        let words = name_words(&link.name);
        let short = link.entry.and_then(|entry| entry.short.as_deref()).map(slug);
        for (place, word) in words.iter().enumerate() {
            let best = short.as_deref().map_or(place + 1 == words.len(), |short| short == word);
            by_word.entry(word.clone()).or_default().push((number, best));
        }
        if let Some(short) = short.filter(|short| !words.contains(short)) {
            by_word.entry(short).or_default().push((number, true));
        }
    }
    let mut link_of: Vec<Option<usize>> = vec![None; names.len()];
    for (number, link) in links.iter().enumerate() {
        for &member in &link.members {
            link_of[member] = Some(number);
        }
    }
    let mut first: Vec<usize> =
        links.iter().map(|link| link.members.first().copied().unwrap_or(usize::MAX)).collect();
    // For each link the last of its members before the name in turn.
    let mut latest: Vec<Option<usize>> = vec![None; links.len()];
    let mut alone: BTreeMap<String, usize> = BTreeMap::new();
    // For each bare name the bearer for whom it stood last.
    let mut stood: BTreeMap<String, usize> = BTreeMap::new();
    // For each link whether its full name was the subject of a clause, and so what a sentence is about.
    let mut topical: Vec<bool> = vec![false; links.len()];
    let mut moved: BTreeSet<usize> = BTreeSet::new();
    for &number in named {
        let name = &names[number];
        if let Some(link) = link_of[number] {
            latest[link] = Some(number);
            topical[link] |= syntax.token(name.head).dep.is_subject();
        }
        // The recognizer often takes a bare surname for an organisation or a place.
        let one_word = name.words.len() == 1 && name.entry.is_none();
        let mistaken = one_word && matches!(name.kind, ActorKind::Organisation | ActorKind::Place);
        if !(one_word && (name.kind == ActorKind::Person || mistaken)) {
            continue;
        }
        let text = name.text(syntax);
        let key = slug(text);
        let bearers = by_word.get(&key).map_or(&[][..], Vec::as_slice);
        // The bearer last named before; else the first one after.
        let nearest = |only_best: bool| {
            let fitting = bearers
                .iter()
                .filter(|(link, best)| (*best || !only_best) && genders_fit(links[*link].gender, name.gender))
                .map(|&(link, _)| link);
            // Whom an apposition or a word of kinship brings in does not take over the name of another: "Kim came with
            // his sister, Kim Yo Jong. Kim …".
            let before = fitting.clone().filter(|&link| latest[link].is_some()).max_by_key(|&link| {
                let keeps = topical[link] || stood.get(&key) == Some(&link);
                (keeps || !only_best, latest[link])
            });
            before.or_else(|| fitting.min_by_key(|&link| first[link]))
        };
        if let Some(family) = family_of(syntax, name, &by_word, links) {
            let ids = family.iter().flat_map(|&link| links[link].actors()).collect();
            let link = *alone.entry(format!("the {key}")).or_insert_with(|| {
                links.push(Link {
                    name: format!("the {}", full_name(text)),
                    kind: ActorKind::Person,
                    stands_for: ids,
                    ..Link::default()
                });
                first.push(number);
                latest.push(Some(number));
                topical.push(false);
                links.len() - 1
            });
            links[link].add(number, name);
            continue;
        }
        let found = nearest(true).or_else(|| if mistaken { None } else { nearest(false) });
        let link = match found {
            Some(link) => link,
            None => {
                let entry = known_person(document, knowledge, name, text);
                if entry.is_none() && mistaken {
                    continue;
                }
                let key = entry.map_or_else(|| key.clone(), |entry| entry.id.clone());
                *alone.entry(key).or_insert_with(|| {
                    links.push(Link {
                        name: entry.map_or_else(|| full_name(text), |entry| entry.name.clone()),
                        kind: ActorKind::Person,
                        entry,
                        gender: entry.and_then(|entry| entry.gender),
                        state: entry.and_then(|entry| entry.state.clone()),
                        sector: entry.and_then(|entry| entry.sector.clone()),
                        ..Link::default()
                    });
                    first.push(number);
                    latest.push(Some(number));
                    topical.push(false);
                    links.len() - 1
                })
            }
        };
        latest[link] = Some(number);
        stood.insert(key, link);
        if mistaken {
            moved.insert(number);
        }
        links[link].add(number, name);
    }
    for link in links.iter_mut().filter(|link| link.kind != ActorKind::Person) {
        link.members.retain(|member| !moved.contains(member));
    }
}

/// Returns the family of a plural surname, as `the Lees`: two or more people whom the report names in full.
fn family_of(
    syntax: &Syntax,
    name: &Candidate<'_>,
    by_word: &BTreeMap<String, Vec<(usize, bool)>>,
    links: &[Link<'_>],
) -> Option<Vec<usize>> {
    let before = name.words.start.checked_sub(1)?;
    let text = name.text(syntax);
    if name.kind != ActorKind::Person || !syntax.word(before).eq_ignore_ascii_case("the") {
        return None;
    }
    let surname = text.strip_suffix('s').filter(|_| !by_word.contains_key(&slug(text)))?;
    [surname.strip_suffix('e'), Some(surname)].into_iter().flatten().find_map(|surname| {
        let bearers = by_word.get(&slug(surname))?.iter();
        let family: Vec<usize> = bearers
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

/// The chains and mentions that `links` of `candidates` make.
pub(super) fn finish(
    document: &Document,
    syntax: &Syntax,
    candidates: &[Candidate<'_>],
    links: &[Link<'_>],
) -> Mentions {
    let mut of: Vec<Option<usize>> = vec![None; candidates.len()];
    for (number, link) in links.iter().enumerate() {
        // Things and lists of which the report speaks but once are nobody's chain.
        if (link.thing || !link.list.is_empty()) && link.members.len() < 2 {
            continue;
        }
        for &member in &link.members {
            of[member] = Some(number);
        }
    }
    let mut person_at = PerToken::<Option<usize>>::new(syntax.len());
    for (number, candidate) in candidates.iter().enumerate() {
        if candidate.form == MentionForm::Name && candidate.kind == ActorKind::Person {
            for at in candidate.words.clone() {
                person_at[at] = Some(number);
            }
        }
    }
    let mut order: Vec<usize> = (0..candidates.len()).filter(|&number| of[number].is_some()).collect();
    order.sort_by_key(|&number| {
        let phrase = &candidates[number].phrase;
        (phrase.start, Reverse(phrase.end), number)
    });
    let mut found = Mentions::default();
    let mut chain_of: Vec<Option<u32>> = vec![None; links.len()];
    let ids = ids(document, candidates, links);
    for number in order {
        let (candidate, Some(link_number)) = (&candidates[number], of[number]) else { continue };
        let link = &links[link_number];
        let chain = *chain_of[link_number].get_or_insert_with(|| {
            found.chains.push(Chain {
                mentions: Vec::new(),
                actors: ids[link_number].clone(),
                name: link.name.clone(),
                kind: link.kind,
                state: link.state.clone(),
                sector: link.sector.clone(),
                roles: link.roles.clone(),
                place: link.place,
            });
            found.chains.len() as u32 - 1
        });
        found.chains[chain as usize].mentions.push(found.mentions.len() as u32);
        let span = match (candidate.form, candidate.kind) {
            (MentionForm::Pronoun, _) => candidate.words.clone(),
            (MentionForm::Nominal, _) if !link.list.is_empty() => candidate.words.clone(),
            (MentionForm::Name, ActorKind::Person) => {
                let is_other = |at: u32| person_at[at].is_some_and(|other| of[other] != Some(link_number));
                phrases::of_person(syntax, candidate.phrase.clone(), candidate.head, is_other)
            }
            _ => phrases::whole(syntax, candidate.phrase.clone(), candidate.head),
        };
        found.mentions.push(Mention {
            span: syntax.span(span),
            words: syntax.span(candidate.words.clone()),
            head: candidate.head,
            form: candidate.form,
            chain,
            role: candidate.roles.first().cloned(),
        });
    }
    found
}

/// The ids of every link. Those without a name are numbered in the order of their first mention.
fn ids(document: &Document, candidates: &[Candidate<'_>], links: &[Link<'_>]) -> Vec<Vec<ActorId>> {
    let mut ids: Vec<Vec<ActorId>> = links.iter().map(Link::actors).collect();
    let first = |link: &Link<'_>| link.members.iter().map(|&at| candidates[at].phrase.start).min();
    let mut unnamed: Vec<usize> = (0..links.len())
        .filter(|&at| {
            let link = &links[at];
            ids[at].is_empty()
                && link.described.is_some()
                && !link.nobody
                && !link.place
                && !link.members.is_empty()
        })
        .collect();
    unnamed.sort_by_key(|&at| (first(&links[at]), at));
    let doc = document.id.trim_start_matches("doc:");
    for (number, at) in unnamed.into_iter().enumerate() {
        ids[at] = vec![format!("unnamed:{doc}:{}", number + 1)];
    }
    ids
}
