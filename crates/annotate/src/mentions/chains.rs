//! Chains of mentions that are the same: sieves from sure to bold.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use readout_knowledge::Knowledge;
use readout_lexicon::WordSet as _;
use readout_record::ids::slug;
use readout_record::{ActorId, ActorKind, Document};
use readout_syntax::{PerToken, Syntax};

use crate::mentions::candidate::Candidate;
use crate::mentions::link::{Link, full_name, is_bare_name, name_words};
use crate::mentions::phrases;
use crate::mentions::roles::genders_fit;
use crate::mentions::short_names;
use crate::mentions::words;
use crate::mentions::{Chain, Mention, MentionForm, Mentions};

/// The most persons of one surname in a report that are compared. Pairs grow with the square.
const NAMESAKES: usize = 50;

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
        if name.kind == ActorKind::Person && name.entry.is_none() && is_bare_name(name, text) {
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
    join_short_bodies(&mut links);
    short_names::add(document, syntax, knowledge, names, named, &mut links);
    links.retain(|link| !link.members.is_empty());
    for link in &mut links {
        link.members.sort_unstable();
    }
    links.sort_by_key(|link| link.members.first().copied());
    links
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
        for (place, &one) in namesakes.iter().enumerate().take(NAMESAKES) {
            for &other in namesakes.iter().skip(place + 1).take(NAMESAKES) {
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
                link.sector = link.sector.or(taken.sector);
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

/// Joins a body that is named by the last word or the first letters of the only longer name that fits to the body of that
/// name: `the Guard` after `the Coast Guard`, `the TPP` after `the Trans-Pacific Partnership`.
fn join_short_bodies(links: &mut [Link<'_>]) {
    let is_body = |link: &Link<'_>| {
        matches!(link.kind, ActorKind::Organisation | ActorKind::Outlet | ActorKind::ArmedGroup)
            && !link.members.is_empty()
            && !link.people
            && !link.place
    };
    for short in 0..links.len() {
        let link = &links[short];
        // "the Times" of London, where the report also names another one.
        let paper =
            link.entry.is_some_and(|entry| entry.kind == ActorKind::Outlet && entry.name.starts_with("The "));
        let name = link.name.trim_start_matches("The ").to_owned();
        let alone = !name.contains(char::is_whitespace) && !words::BARE_BODY.has(&name);
        if !(is_body(link) && alone && (link.entry.is_none() || paper)) {
            continue;
        }
        let mut longer = (0..links.len()).filter(|&other| {
            let long = &links[other];
            let words: Vec<&str> = long.name.split([' ', '-']).collect();
            let initials =
                || words.iter().filter_map(|word| word.chars().next()).filter(|it| it.is_uppercase());
            let letters = name.chars().count() > 2 && initials().collect::<String>() == name;
            let ends = long.name.contains(' ') && words.last() == Some(&name.as_str());
            other != short && words.len() > 1 && is_body(long) && (letters || ends)
        });
        let Some(first) = longer.next().filter(|_| longer.next().is_none()) else { continue };
        let members = std::mem::take(&mut links[short].members);
        links[first].members.extend(members);
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
                sector: link.sector,
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
        ids[at] = vec![format!("unnamed:{doc}:{}", number + 1).into()];
    }
    ids
}
