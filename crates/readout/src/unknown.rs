//! Names in a filter that stand for nothing in the file, and names like them.

use std::collections::BTreeMap;
use std::fmt;

use readout_record::{ActorKind, Record};
use readout_store::{Narrow, Page};
use readout_views::words::folded;
use serde::Serialize;

use crate::{Corpus, Result, UnclearId};

/// The most words like those that were asked for whose actors are looked up.
const LIKE_WORDS: usize = 12;

/// The number of similar names that an answer suggests at most.
const MOST_NEAR: usize = 5;

/// The sort of thing that a name in a filter should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOf {
    /// An actor: an id, a name, words of a name.
    Actor,
    /// A story: its id, the first digits of one, or words of its headline.
    Story,
    /// An outlet.
    Outlet,
}

/// A name in a filter that means nothing in the file, with names like it. A list returns it in place of no rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// The sort of thing that the name should name.
    pub what: NameOf,
    /// The name as it was asked for.
    pub asked: String,
    /// Names like it, the likest first.
    pub near: Vec<Near>,
}

/// A name like the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Near {
    /// The value to ask for: an id, or an outlet's name.
    pub id: String,
    /// The name as people read it.
    pub name: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = &self.asked;
        match self.what {
            NameOf::Actor => write!(out, "nobody is called {asked}")?,
            NameOf::Story => {
                write!(out, "no one story has the id {asked}, or all of these words in its headline")?;
            }
            NameOf::Outlet => write!(out, "no report is by {asked}")?,
        }
        for (number, it) in self.near.iter().enumerate() {
            out.write_str(if number == 0 { "; near: " } else { ", " })?;
            match it.id == it.name {
                true => out.write_str(&it.name)?,
                false => write!(out, "{} ({})", it.name, it.id)?,
            }
        }
        Ok(())
    }
}

impl Corpus {
    /// Returns that nobody is called `asked`, with the actors whose names are most like it; `None` if somebody is, or if
    /// no name is like it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nobody_called(&self, asked: &str) -> Result<Option<Unknown>> {
        if self.actors_called(asked, 1)?.total > 0 {
            return Ok(None);
        }
        Ok(Some(self.unknown_actor(asked)?).filter(|it| !it.near.is_empty()))
    }

    /// Returns that nobody is called `asked`, with the actors whose names are most like it.
    pub(crate) fn unknown_actor(&self, asked: &str) -> Result<Unknown> {
        let wanted = folded(asked);
        let all = self.store().name_words("")?;
        // Each word of a name that is like one that was asked for, with how far it is from that.
        let mut like: BTreeMap<&str, usize> = BTreeMap::new();
        for word in &wanted {
            let letters = word.chars().count();
            let most = if letters >= 6 { 2 } else { usize::from(letters >= 4) };
            for known in &all {
                let far = match known.starts_with(word.as_str()) && letters >= 3 {
                    true => usize::from(known != word),
                    false => distance(word, known, most),
                };
                if far <= most {
                    let least = like.entry(known).or_insert(far);
                    *least = far.min(*least);
                }
            }
        }
        let mut words: Vec<(usize, &str)> = like.iter().map(|(word, far)| (*far, *word)).collect();
        words.sort_unstable();
        words.truncate(LIKE_WORDS);
        let mut found: BTreeMap<String, (usize, usize, std::cmp::Reverse<u32>, String)> = BTreeMap::new();
        for (_, word) in words {
            for record in self.store().actors_with(&[word.to_owned()])? {
                let Record::Actor(it) = record else { continue };
                if matches!(it.actor_kind, ActorKind::Unnamed | ActorKind::Place) {
                    continue;
                }
                let own: Vec<String> =
                    std::iter::once(&it.name).chain(&it.aliases).flat_map(|name| folded(name)).collect();
                let nearest = |word: &String| {
                    let near = own.iter().filter(|own| like.contains_key(own.as_str()));
                    near.map(|own| distance(word, own, 2)).min().filter(|far| *far <= 2)
                };
                let far: Vec<Option<usize>> = wanted.iter().map(nearest).collect();
                let missing = far.iter().filter(|it| it.is_none()).count();
                let sum = far.into_iter().flatten().sum();
                found.insert(it.id.into_string(), (missing, sum, std::cmp::Reverse(it.mentions), it.name));
            }
        }
        let mut found: Vec<_> = found.into_iter().map(|(id, rank)| (rank, id)).collect();
        found.sort();
        let near = found.into_iter().take(MOST_NEAR).map(|(rank, id)| Near { id, name: rank.3 }).collect();
        Ok(Unknown { what: NameOf::Actor, asked: asked.to_owned(), near })
    }

    /// Returns that no one story has the id that was typed, with the candidates, or else the newest stories.
    pub(crate) fn unknown_story(&self, unclear: &UnclearId) -> Result<Unknown> {
        let candidates = unclear.candidates.iter().take(MOST_NEAR);
        let mut near: Vec<Near> =
            candidates.map(|it| Near { id: it.id.to_string(), name: it.words.clone() }).collect();
        if near.is_empty() {
            let newest = self.store().list_stories(&Page::first(MOST_NEAR), &Narrow::default(), None)?;
            near.extend(newest.rows.into_iter().map(|it| Near { id: it.id.into_string(), name: it.title }));
        }
        Ok(Unknown { what: NameOf::Story, asked: unclear.typed.clone(), near })
    }

    /// Returns that no report is by the outlet `asked`, with the outlets whose names are most like it.
    pub(crate) fn unknown_outlet(&self, asked: &str) -> Result<Unknown> {
        let lower = asked.trim().to_lowercase();
        let mut found: Vec<(usize, String)> = Vec::new();
        for outlet in self.store().outlets()? {
            let own = outlet.to_lowercase();
            let shares = folded(&own).iter().any(|word| folded(&lower).contains(word));
            let far = distance(&lower, &own, 3);
            if far <= 3 || shares || own.contains(&lower) {
                found.push((far, outlet));
            }
        }
        found.sort();
        let near = found.into_iter().take(MOST_NEAR).map(|(_, it)| Near { id: it.clone(), name: it });
        Ok(Unknown { what: NameOf::Outlet, asked: asked.to_owned(), near: near.collect() })
    }
}

/// Returns the number of letters that must be changed, put in or left out to make `b` of `a` (Levenshtein 1966). More
/// than `most` are given as `most + 1`.
fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.iter().enumerate() {
        let mut corner = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (other, above) in b.iter().zip(row.iter().skip(1)) {
            left = (corner + usize::from(letter != other)).min(above + 1).min(left + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0).min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_by_letters() {
        assert_eq!(distance("gaddafi", "qaddafi", 2), 1);
        assert_eq!(distance("rohani", "rouhani", 2), 1);
        assert_eq!(distance("kitten", "sitting", 3), 3);
        assert_eq!(distance("berg", "harbour", 2), 3, "more than was asked for");
        assert_eq!(distance("", "", 0), 0);
    }
}
