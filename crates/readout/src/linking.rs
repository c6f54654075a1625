//! Linking on the file: what came or went since the last time is linked, the rest stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use readout_knowledge::Knowledge;
use readout_link::stories::Outline;
use readout_link::{Edge, Entry, Item, Report, Shelf, Totals};
use readout_record::{ActorId, CopyOf, DocumentId, Record, RecordId};
use readout_store::{Linking, LoggedOperation, Operation, Store, StoreError};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::{Result, VERSION, reading};

/// Documents that are linked in one step; a step that was done stays done when the program is killed.
const STEP: usize = 500;
/// The most reports that are kept in memory whole. Others are read again.
const KEPT: usize = 4000;
/// The most reports that are kept in memory with their agreements and positions alone.
const KEPT_BRIEF: usize = 16_000;

/// The pause between two steps in which others may write, in milliseconds: twice as long as they sleep while they wait.
const PAUSE: u64 = 20;

pub(crate) fn link(store: &mut Store, knowledge: &Knowledge) -> Result<()> {
    if !needs_link(store, knowledge)? {
        return Ok(());
    }
    let mut operation = Operation::new("link", VERSION, reading::detail(json!({}), knowledge));
    loop {
        // What is to link is asked where nobody else can link it.
        let linking = store.linking()?;
        let last = linking.store().last_link()?;
        let afresh = last.is_none_or(|last| last.version != VERSION || knows_otherwise(&last, knowledge));
        if afresh {
            if operation.changed() {
                // Another version or other knowledge was at work since the last step: two that take turns never end.
                return Ok(());
            }
            linking.forget()?;
        }
        let (removed, added) = linking.to_link(STEP)?;
        if removed.is_empty() && added.is_empty() {
            if afresh {
                linking.finish(&mut operation, &[], &[])?;
            }
            return Ok(());
        }
        let mut shelf = StoreShelf { linking, reports: BTreeMap::new(), brief: BTreeMap::new() };
        readout_link::update(&mut shelf, knowledge, &removed, &added)?;
        shelf.linking.finish(&mut operation, &removed, &added)?;
        thread::sleep(Duration::from_millis(PAUSE));
    }
}

/// Whether reports came or went since the file was linked, or it was linked by another version or with other knowledge.
pub(crate) fn needs_link(store: &Store, knowledge: &Knowledge) -> Result<bool> {
    Ok(store.links_are_stale(VERSION)?
        || store.last_link()?.is_some_and(|last| knows_otherwise(&last, knowledge)))
}

fn knows_otherwise(link: &LoggedOperation, knowledge: &Knowledge) -> bool {
    knowledge.fingerprint().is_some_and(|own| link.detail["knowledge"] != own)
}

/// The file as a shelf.
struct StoreShelf<'s> {
    linking: Linking<'s>,
    reports: BTreeMap<i64, Rc<Report>>,
    brief: BTreeMap<i64, Rc<Report>>,
}

impl StoreShelf<'_> {
    fn read<T: DeserializeOwned>(&self, id: &str, body: &str) -> std::result::Result<T, StoreError> {
        serde_json::from_str(body).map_err(|error| self.linking.broken(id, &error))
    }

    fn written<T: serde::Serialize>(&self, id: &str, value: &T) -> std::result::Result<String, StoreError> {
        serde_json::to_string(value).map_err(|error| self.linking.broken(id, &error))
    }
}

/// Adds a report to those `kept`, which are dropped first if there are `most` of them.
fn keep(kept: &mut BTreeMap<i64, Rc<Report>>, most: usize, document: i64, report: Report) -> Rc<Report> {
    if kept.len() >= most {
        kept.clear();
    }
    let report = Rc::new(report);
    kept.insert(document, Rc::clone(&report));
    report
}

fn line(entry: Entry) -> (i32, i64, i64, u32) {
    (entry.day, entry.rank, entry.item.document, entry.item.number)
}

fn pair(item: Item) -> (i64, u32) {
    (item.document, item.number)
}

fn item((document, number): (i64, u32)) -> Item {
    Item { document, number }
}

impl Shelf for StoreShelf<'_> {
    type Error = StoreError;

    fn report(&mut self, document: i64) -> std::result::Result<Rc<Report>, StoreError> {
        if let Some(report) = self.reports.get(&document) {
            return Ok(Rc::clone(report));
        }
        let (text, records) = self.linking.report(document)?.unwrap_or_default();
        let report = Report::new(text, records, self.linking.renamed(document)?);
        Ok(keep(&mut self.reports, KEPT, document, report))
    }

    fn brief(&mut self, document: i64) -> std::result::Result<Rc<Report>, StoreError> {
        if let Some(report) = self.reports.get(&document) {
            return Ok(Rc::clone(report));
        }
        if let Some(report) = self.brief.get(&document) {
            return Ok(Rc::clone(report));
        }
        let (head, records) = self.linking.brief(document)?.unwrap_or_default();
        let report = Report::new(head, records, self.linking.renamed(document)?);
        Ok(keep(&mut self.brief, KEPT_BRIEF, document, report))
    }

    fn entries(
        &mut self,
        kind: u8,
        key: u64,
        limit: Option<usize>,
    ) -> std::result::Result<Vec<Entry>, StoreError> {
        let lines = self.linking.keys(kind, key as i64, limit)?;
        Ok(lines
            .into_iter()
            .map(|(day, rank, document, number)| Entry { day, rank, item: Item { document, number } })
            .collect())
    }

    fn insert_entry(&mut self, kind: u8, key: u64, entry: Entry) -> std::result::Result<(), StoreError> {
        self.linking.set_key(kind, key as i64, line(entry), true)
    }

    fn remove_entry(&mut self, kind: u8, key: u64, entry: Entry) -> std::result::Result<(), StoreError> {
        self.linking.set_key(kind, key as i64, line(entry), false)
    }

    fn size(&mut self, kind: u8, of: Item) -> std::result::Result<Option<u32>, StoreError> {
        self.linking.size(kind, pair(of))
    }

    fn set_size(&mut self, kind: u8, of: Item, size: Option<u32>) -> std::result::Result<(), StoreError> {
        self.linking.set_size(kind, pair(of), size)
    }

    fn edges(&mut self, kind: u8, of: Item) -> std::result::Result<Vec<Edge>, StoreError> {
        let lines = self.linking.edges(kind, pair(of))?;
        Ok(lines
            .into_iter()
            .map(|(earlier, later, strength, note)| Edge {
                earlier: item(earlier),
                later: item(later),
                strength,
                note,
            })
            .collect())
    }

    fn insert_edge(&mut self, kind: u8, edge: &Edge) -> std::result::Result<(), StoreError> {
        let line = (pair(edge.earlier), pair(edge.later), edge.strength, edge.note.clone());
        self.linking.insert_edge(kind, &line)
    }

    fn remove_edge(&mut self, kind: u8, edge: &Edge) -> std::result::Result<(), StoreError> {
        self.linking.remove_edge(kind, pair(edge.earlier), pair(edge.later))
    }

    fn replace_links(
        &mut self,
        kind: &'static str,
        members: &BTreeSet<RecordId>,
        records: Vec<(Record, Vec<RecordId>)>,
    ) -> std::result::Result<(), StoreError> {
        self.linking.replace(kind, members, &records)
    }

    fn set_copies(
        &mut self,
        document: i64,
        copies: Vec<CopyOf>,
        origin: &DocumentId,
    ) -> std::result::Result<(), StoreError> {
        self.linking.set_copies(document, &copies, origin)
    }

    fn origin(&mut self, document: i64) -> std::result::Result<Option<DocumentId>, StoreError> {
        self.linking.origin(document)
    }

    fn totals(&mut self, actor: &ActorId) -> std::result::Result<Option<Totals>, StoreError> {
        let body = self.linking.totals(actor)?;
        body.map(|body| self.read(actor, &body)).transpose()
    }

    fn set_totals(
        &mut self,
        actor: &ActorId,
        surname: Option<&str>,
        totals: Option<Totals>,
    ) -> std::result::Result<(), StoreError> {
        let body = totals.map(|totals| self.written(actor, &totals)).transpose()?;
        self.linking.set_totals(actor, surname, body.as_deref())
    }

    fn namesakes(&mut self, surname: &str) -> std::result::Result<BTreeMap<ActorId, Totals>, StoreError> {
        let rows = self.linking.namesakes(surname)?;
        rows.into_iter().map(|(actor, body)| Ok((actor.clone(), self.read(&actor, &body)?))).collect()
    }

    fn documents_naming(&mut self, actor: &ActorId) -> std::result::Result<Vec<i64>, StoreError> {
        self.linking.documents_naming(actor)
    }

    fn set_actors(
        &mut self,
        document: i64,
        mentions: &BTreeMap<ActorId, u32>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> std::result::Result<(), StoreError> {
        self.reports.remove(&document);
        self.brief.remove(&document);
        self.linking.set_actors(document, mentions.keys(), renamed)
    }

    fn set_outline(
        &mut self,
        document: i64,
        place: i64,
        outline: Option<&Outline>,
    ) -> std::result::Result<(), StoreError> {
        let body = outline.map(|outline| self.written("story", outline)).transpose()?;
        self.linking.set_outline(document, place, body.as_deref())
    }

    fn outline_count(&mut self, places: Range<i64>, limit: u64) -> std::result::Result<u64, StoreError> {
        self.linking.outline_count(places, limit)
    }

    fn outlines(&mut self, places: Range<i64>) -> std::result::Result<Vec<(i64, Rc<Outline>)>, StoreError> {
        let rows = self.linking.outlines(places)?;
        rows.into_iter().map(|(document, body)| Ok((document, Rc::new(self.read("story", &body)?)))).collect()
    }

    fn story(&mut self, document: i64) -> std::result::Result<Option<RecordId>, StoreError> {
        self.linking.story(document)
    }
}
