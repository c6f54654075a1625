//! The documents to be linked, in an order of their own, with what all kinds of linking need to know of them.

use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Knowledge, Sense};
use readout_record::{ActorId, Document, DocumentId, DocumentRecords, RecordId, Time};

/// For an actor id of one document, the id over all documents; what is not listed keeps its id.
pub(crate) type ActorIds = BTreeMap<(DocumentId, ActorId), ActorId>;

/// One document with its records.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) document: &'a Document,
    pub(crate) records: &'a DocumentRecords,
    /// The first document of its group of copies.
    pub(crate) origin: &'a str,
    /// Day of publication, counted from 1 January 1970.
    pub(crate) day: Option<i32>,
    /// States of the actors and places named in it, by actor id (over all documents) and by name in lower case.
    states: BTreeMap<String, &'a str>,
    knowledge: &'a Knowledge,
    actor_ids: &'a ActorIds,
}

impl<'a> Report<'a> {
    /// The state, ISO 3166-1 alpha-3, that `actor` (an id over all documents) is, acts for or belongs to.
    pub(crate) fn state(&self, actor: &str) -> Option<&'a str> {
        self.states.get(actor).copied().or_else(|| self.knowledge.entry(actor)?.state.as_deref())
    }

    /// The state in which `place`, as the report names it, lies.
    pub(crate) fn state_of_place(&self, place: &str) -> Option<&'a str> {
        if let Some(state) = self.states.get(&place.to_lowercase()) {
            return Some(state);
        }
        // `Velm, Norway`: the larger place comes last.
        let name = place.rsplit(',').next().unwrap_or(place).trim();
        let readings = self.knowledge.named(name).into_iter().filter(|(_, sense)| *sense == Sense::Itself);
        let states: BTreeSet<&'a str> = readings.filter_map(|(entry, _)| entry.state.as_deref()).collect();
        if states.len() == 1 { states.first().copied() } else { None }
    }

    /// The ids over all documents of this document's `actors`, each once, sorted.
    pub(crate) fn actors(&self, actors: &[ActorId]) -> BTreeSet<ActorId> {
        actors.iter().map(|actor| self.actor(actor)).collect()
    }

    /// The id over all documents of this document's `actor`.
    pub(crate) fn actor(&self, actor: &ActorId) -> ActorId {
        self.actor_ids.get(&(self.document.id.clone(), actor.clone())).unwrap_or(actor).clone()
    }
}

/// All documents, sorted by day of publication (the undated last), then by id.
#[derive(Debug)]
pub(crate) struct Collection<'a> {
    pub(crate) reports: Vec<Report<'a>>,
}

impl<'a> Collection<'a> {
    /// `origins` follows the order of `documents`.
    pub(crate) fn new(
        documents: &[(&'a Document, &'a DocumentRecords)],
        origins: &'a [DocumentId],
        actor_ids: &'a ActorIds,
        knowledge: &'a Knowledge,
    ) -> Self {
        let mut reports: Vec<Report<'a>> = documents
            .iter()
            .zip(origins)
            .map(|(&(document, records), origin)| {
                let mut report = Report {
                    document,
                    records,
                    origin,
                    day: document.published.as_deref().and_then(day),
                    states: BTreeMap::new(),
                    knowledge,
                    actor_ids,
                };
                for mention in &records.mentions {
                    if let Some(state) = mention.state.as_deref() {
                        let actor = report.actor(&mention.actor);
                        report.states.insert(actor, state);
                        if mention.named {
                            report.states.insert(mention.text.to_lowercase(), state);
                        }
                    }
                }
                report
            })
            .collect();
        reports.sort_by(|a, b| {
            (a.day.is_none(), a.day, &a.document.id).cmp(&(b.day.is_none(), b.day, &b.document.id))
        });
        Self { reports }
    }
}

/// Whether the id is of somebody whom the report does not name.
pub(crate) fn is_unnamed(actor: &str) -> bool {
    actor.starts_with("unnamed:")
}

/// The number of the day that the ISO 8601 date (or date-time) `text` starts with, counted from 1 January 1970;
/// `None` if it names no day. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
pub(crate) fn day(text: &str) -> Option<i32> {
    let date = text.get(..10)?;
    let mut parts = date.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: i32 = parts.next()?.parse().ok()?;
    let day: i32 = parts.next()?.parse().ok()?;
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) || year < 1 {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The first and last day of `time`, both inclusive; `None` if it is not known.
pub(crate) fn days(time: Option<&Time>) -> Option<(i32, i32)> {
    let time = time?;
    let from = day(time.from.as_deref()?)?;
    let to = match time.to.as_deref() {
        // One past the last day; one past the last minute where a time of day is given.
        Some(to) if to.len() > 10 => day(to)?,
        Some(to) => day(to)? - 1,
        None => from,
    };
    Some((from, to.max(from)))
}

/// Sets that grow together, as links are found.
#[derive(Debug)]
pub(crate) struct Clusters {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Clusters {
    /// `count` sets of one.
    pub(crate) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
    }

    /// The number of the set of `at`.
    pub(crate) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// The members of the set with the number `root`.
    pub(crate) fn members(&self, root: usize) -> &[usize] {
        &self.members[root]
    }

    /// Makes one set of two, both given by their numbers.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        if a == b {
            return;
        }
        let (kept, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[gone]);
        self.members[kept].extend(moved);
        self.members[kept].sort_unstable();
        self.parent[gone] = kept;
    }

    /// The sets of two and more, in the order of their first members.
    pub(crate) fn sets(self) -> impl Iterator<Item = Vec<usize>> {
        self.members.into_iter().filter(|members| members.len() > 1)
    }
}

/// Lists of numbers by key, read only at their head and just before the reader, so that a reading costs the same
/// whatever the length of the list.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    lists: rustc_hash::FxHashMap<u64, Vec<u32>>,
}

impl Postings {
    const HEAD: usize = 8;
    const TAIL: usize = 24;

    /// The numbers given so far under `key`, as far as they are read; then adds `number`.
    pub(crate) fn visit(&mut self, key: u64, number: usize, mut visit: impl FnMut(usize)) {
        let list = self.lists.entry(key).or_default();
        let head = list.len().min(Self::HEAD);
        let tail = list.len().saturating_sub(Self::TAIL).max(head);
        for &other in list[..head].iter().chain(&list[tail..]) {
            visit(other as usize);
        }
        list.push(number as u32);
    }
}

/// The record ids of `statement` and of all statements around it, innermost first.
pub(crate) fn chain<'a>(
    statement: &'a RecordId,
    parents: &BTreeMap<&'a RecordId, &'a RecordId>,
) -> Vec<&'a RecordId> {
    let mut out = vec![statement];
    let mut at = statement;
    while let Some(&parent) = parents.get(at) {
        if out.contains(&parent) {
            break;
        }
        out.push(parent);
        at = parent;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-03-01T09:00:00Z"), Some(11_017));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("2015-11"), None);
        assert_eq!(day("yesterday!"), None);
        assert_eq!(day("2015-13-01"), None);
    }

    #[test]
    fn intervals_are_half_open() {
        let time = |from: &str, to: &str| Time {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..Time::default()
        };
        assert_eq!(days(Some(&time("1970-01-02", "1970-01-03"))), Some((1, 1)));
        assert_eq!(days(Some(&time("1970-01-02T10:00", "1970-01-02T10:01"))), Some((1, 1)));
        assert_eq!(days(None), None);
    }

    #[test]
    fn postings_are_read_at_both_ends() {
        let mut postings = Postings::default();
        let mut last = Vec::new();
        for number in 0..100 {
            last.clear();
            postings.visit(7, number, |other| last.push(other));
        }
        assert_eq!(last.len(), Postings::HEAD + Postings::TAIL);
        assert_eq!((last[0], last[31]), (0, 98));
    }
}
