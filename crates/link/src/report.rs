//! One report as all kinds of linking see it: its records, its day, its states, and the ids of its actors over all
//! documents.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::{Knowledge, Sense};
use readout_record::calendar::day_number;
use readout_record::{ActorId, Document, DocumentId, DocumentRecords, Time};

use crate::hash::id_hash;
use crate::words::Words;

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
    /// Returns the report of `document` with its `records`. `actor_ids` lists the ids of its actors that become other
    /// ids over all documents.
    pub fn new(document: Document, records: DocumentRecords, actor_ids: BTreeMap<ActorId, ActorId>) -> Self {
        let day = document.published.as_deref().and_then(day_number);
        let rank = id_hash(&document.id) as i64;
        let mut report =
            Self { document, records, day, rank, states: BTreeMap::new(), actor_ids, words: OnceCell::new() };
        for mention in &report.records.mentions {
            if let Some(state) = &mention.state {
                let actor = report.actor_ids.get(&mention.actor).unwrap_or(&mention.actor).clone();
                report.states.insert(actor.to_string(), state.clone());
                if mention.named {
                    report.states.insert(mention.text.to_lowercase(), state.clone());
                }
            }
        }
        report
    }

    /// Returns the records of the report, with the ids of its own.
    pub fn records(&self) -> &DocumentRecords {
        &self.records
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

/// Returns the first and last day of `time`, both inclusive; `None` if it is not known.
pub(crate) fn days(time: Option<&Time>) -> Option<(i32, i32)> {
    let time = time?;
    let from = day_number(time.from.as_deref()?)?;
    let to = match time.to.as_deref() {
        // One past the last day; one past the last minute where a time of day is given.
        Some(to) if to.len() > 10 => day_number(to)?,
        Some(to) => day_number(to)? - 1,
        None => from,
    };
    Some((from, to.max(from)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
