//! One report as all kinds of linking see it: its records, its day, its states, and the ids of its actors over all
//! documents.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Knowledge, Sense};
use readout_record::{ActorId, Document, DocumentId, DocumentRecords, RecordId, Time};

use crate::alignment::Words;

/// One document with its records.
#[derive(Debug)]
pub struct Report {
    pub(crate) document: Document,
    pub(crate) records: DocumentRecords,
    /// Day of publication, counted from 1 January 1970.
    pub(crate) day: Option<i32>,
    /// A hash of the document's id.
    pub(crate) rank: i64,
    /// States of the actors and places named in it, by actor id (over all documents) and by name in lower case.
    states: BTreeMap<String, String>,
    actor_ids: BTreeMap<ActorId, ActorId>,
    /// Its text in words, once they are asked for.
    words: OnceCell<Words>,
}

impl Report {
    /// A document with its records; `actor_ids` has for the ids of its actors those over all documents, where they
    /// differ.
    pub fn new(document: Document, records: DocumentRecords, actor_ids: BTreeMap<ActorId, ActorId>) -> Self {
        let day = document.published.as_deref().and_then(day);
        let rank = rank(&document.id);
        let mut report =
            Self { document, records, day, rank, states: BTreeMap::new(), actor_ids, words: OnceCell::new() };
        for mention in &report.records.mentions {
            if let Some(state) = &mention.state {
                let actor = report.actor_ids.get(&mention.actor).unwrap_or(&mention.actor).clone();
                report.states.insert(actor, state.clone());
                if mention.named {
                    report.states.insert(mention.text.to_lowercase(), state.clone());
                }
            }
        }
        report
    }

    /// Returns the words of the report's text.
    pub(crate) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(&self.document.text))
    }

    /// Returns the sort key of a report: the day of publication (the undated last), then the id.
    pub(crate) fn order(&self) -> (i32, &DocumentId) {
        (self.day.unwrap_or(i32::MAX), &self.document.id)
    }

    /// Returns the state, ISO 3166-1 alpha-3, that `actor` (an id over all documents) is, acts for or belongs to.
    pub(crate) fn state<'a>(&'a self, actor: &str, knowledge: &'a Knowledge) -> Option<&'a str> {
        let own = self.states.get(actor).map(String::as_str);
        own.or_else(|| knowledge.entry(actor)?.state.as_deref())
    }

    /// Returns the state in which `place`, as the report names it, lies.
    pub(crate) fn state_of_place<'a>(&'a self, place: &str, knowledge: &'a Knowledge) -> Option<&'a str> {
        if let Some(state) = self.states.get(&place.to_lowercase()) {
            return Some(state);
        }
        // `Velm, Norway`: the larger place comes last.
        let name = place.rsplit(',').next().unwrap_or(place).trim();
        let readings = knowledge.named(name).into_iter().filter(|(_, sense)| *sense == Sense::Itself);
        let states: BTreeSet<&'a str> = readings.filter_map(|(entry, _)| entry.state.as_deref()).collect();
        if states.len() == 1 { states.first().copied() } else { None }
    }

    /// Returns the ids over all documents of this document's `actors`, each once, sorted.
    pub(crate) fn actors(&self, actors: &[ActorId]) -> BTreeSet<ActorId> {
        actors.iter().map(|actor| self.actor(actor)).collect()
    }

    /// Returns the id over all documents of this document's `actor`.
    pub(crate) fn actor(&self, actor: &ActorId) -> ActorId {
        self.actor_ids.get(actor).unwrap_or(actor).clone()
    }
}

/// Returns the FNV-1a hash (Fowler, Noll, Vo) of `id`, 64 bits.
pub(crate) fn rank(id: &str) -> i64 {
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash as i64
}

/// Whether the id is of somebody whom the report does not name.
pub(crate) fn is_unnamed(actor: &str) -> bool {
    actor.starts_with("unnamed:")
}

/// Returns the number of the day that the ISO 8601 date (or date-time) `text` starts with, counted from 1 January 1970;
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

/// Returns the first and last day of `time`, both inclusive; `None` if it is not known.
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

/// Returns the record ids of `statement` and of all statements around it, innermost first.
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
}
