//! Linking without a file: all that it keeps, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use readout_knowledge::Knowledge;
use readout_record::{ActorId, CopyOf, Document, DocumentId, DocumentRecords, Record, RecordId, Story};
use rustc_hash::FxHashMap;

use crate::actors::Totals;
use crate::blocks::{Edge, Entry, Item};
use crate::outline::Outline;
use crate::report::Report;
use crate::shelf::Shelf;
use crate::{Copies, Links};

/// The number of mentions of each actor in a document, and the ids of the document that become other ids.
type Named = (BTreeMap<ActorId, u32>, BTreeMap<ActorId, ActorId>);

/// A shelf of documents that are given at the start, and numbered in their order.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    documents: Vec<(Document, DocumentRecords)>,
    reports: BTreeMap<i64, Rc<Report>>,
    lists: FxHashMap<(u8, u64), BTreeSet<Entry>>,
    sizes: FxHashMap<(u8, Item), u32>,
    edges: FxHashMap<(u8, Item), BTreeMap<(Item, Item), Edge>>,
    links: BTreeMap<(&'static str, RecordId), (Record, Vec<RecordId>)>,
    members: BTreeMap<(&'static str, RecordId), BTreeSet<RecordId>>,
    copies: BTreeMap<i64, (Vec<CopyOf>, DocumentId)>,
    totals: BTreeMap<ActorId, (Option<String>, Totals)>,
    actors: BTreeMap<i64, Named>,
    outlines: BTreeMap<(i64, i64), Rc<Outline>>,
}

impl Memory {
    pub(crate) fn new(documents: &[(&Document, &DocumentRecords)]) -> Self {
        let documents =
            documents.iter().map(|(document, records)| ((*document).clone(), (*records).clone())).collect();
        Self { documents, ..Self::default() }
    }

    /// Returns all links. `order` is the order of the documents in the lists that follow the input.
    pub(crate) fn found(&self, order: &[i64]) -> Links {
        let mut links = Links::default();
        for ((_, id), (record, members)) in &self.links {
            match record.clone() {
                Record::Actor(it) => links.actors.push(it),
                Record::Quote(it) => links.quotes.push(it),
                Record::Happening(it) => links.happenings.push(it),
                Record::Agreement(it) => {
                    let ids = members.iter().map(|member| (member.clone(), id.clone()));
                    links.agreement_ids.extend(ids);
                    links.agreements.push(it);
                }
                Record::Position(it) => links.positions.push(it),
                Record::Story(it) => links.stories.push(it),
                _ => {}
            }
        }
        links.stories.sort_by(|a, b| {
            a.from.is_none().cmp(&b.from.is_none()).then_with(|| (&a.from, &a.id).cmp(&(&b.from, &b.id)))
        });
        for document in order {
            let (copies, origin) = self.copies.get(document).cloned().unwrap_or_default();
            links.copies.push(copies);
            links.origins.push(origin);
            let id = &self.documents[*document as usize].0.id;
            if let Some((_, renamed)) = self.actors.get(document) {
                let renamed =
                    renamed.iter().map(|(local, linked)| ((id.clone(), local.clone()), linked.clone()));
                links.actor_ids.extend(renamed);
            }
        }
        links
    }
}

/// Returns all kinds of links of `documents`.
pub(crate) fn link(documents: &[(&Document, &DocumentRecords)], knowledge: &Knowledge) -> Links {
    let mut memory = Memory::new(documents);
    let all: Vec<i64> = (0..documents.len() as i64).collect();
    let Ok(()) = crate::update(&mut memory, knowledge, &[], &all);
    memory.found(&all)
}

/// Returns the copies among `documents` alone.
pub(crate) fn copies(documents: &[&Document]) -> Copies {
    let none = DocumentRecords::default();
    let pairs: Vec<(&Document, &DocumentRecords)> =
        documents.iter().map(|document| (*document, &none)).collect();
    let mut memory = Memory::new(&pairs);
    let all: Vec<i64> = (0..documents.len() as i64).collect();
    let Ok(_) = crate::update_copies(&mut memory, &[], &all);
    let links = memory.found(&all);
    Copies { of: links.copies, origin: links.origins }
}

/// Returns the stories of `documents` alone.
pub(crate) fn stories(documents: &[(&Document, &DocumentRecords)]) -> Vec<Story> {
    let mut memory = Memory::new(documents);
    let all: Vec<i64> = (0..documents.len() as i64).collect();
    let Ok(_) = crate::stories::update(&mut memory, &[], &all);
    memory.found(&all).stories
}

impl Shelf for Memory {
    type Error = Infallible;

    fn report(&mut self, document: i64) -> Result<Rc<Report>, Infallible> {
        if let Some(report) = self.reports.get(&document) {
            return Ok(Rc::clone(report));
        }
        let (text, records) = self.documents[document as usize].clone();
        let renamed = self.actors.get(&document).map(|(_, renamed)| renamed.clone()).unwrap_or_default();
        let report = Rc::new(Report::new(text, records, renamed));
        self.reports.insert(document, Rc::clone(&report));
        Ok(report)
    }

    fn entries(&mut self, kind: u8, key: u64, limit: Option<usize>) -> Result<Vec<Entry>, Infallible> {
        let list = self.lists.get(&(kind, key)).into_iter().flatten().copied();
        Ok(list.take(limit.unwrap_or(usize::MAX)).collect())
    }

    fn insert_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Infallible> {
        self.lists.entry((kind, key)).or_default().insert(entry);
        Ok(())
    }

    fn remove_entry(&mut self, kind: u8, key: u64, entry: Entry) -> Result<(), Infallible> {
        if let Some(list) = self.lists.get_mut(&(kind, key)) {
            list.remove(&entry);
        }
        Ok(())
    }

    fn size(&mut self, kind: u8, item: Item) -> Result<Option<u32>, Infallible> {
        Ok(self.sizes.get(&(kind, item)).copied())
    }

    fn set_size(&mut self, kind: u8, item: Item, size: Option<u32>) -> Result<(), Infallible> {
        match size {
            Some(size) => self.sizes.insert((kind, item), size),
            None => self.sizes.remove(&(kind, item)),
        };
        Ok(())
    }

    fn edges(&mut self, kind: u8, item: Item) -> Result<Vec<Edge>, Infallible> {
        Ok(self.edges.get(&(kind, item)).map(|edges| edges.values().cloned().collect()).unwrap_or_default())
    }

    fn insert_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Infallible> {
        for item in [edge.earlier, edge.later] {
            let edges = self.edges.entry((kind, item)).or_default();
            edges.insert((edge.earlier, edge.later), edge.clone());
        }
        Ok(())
    }

    fn remove_edge(&mut self, kind: u8, edge: &Edge) -> Result<(), Infallible> {
        for item in [edge.earlier, edge.later] {
            if let Some(edges) = self.edges.get_mut(&(kind, item)) {
                edges.remove(&(edge.earlier, edge.later));
            }
        }
        Ok(())
    }

    fn replace_links(
        &mut self,
        kind: &'static str,
        members: &BTreeSet<RecordId>,
        records: Vec<(Record, Vec<RecordId>)>,
    ) -> Result<(), Infallible> {
        let mut gone: BTreeSet<RecordId> = BTreeSet::new();
        for member in members {
            gone.extend(self.members.get(&(kind, member.clone())).into_iter().flatten().cloned());
        }
        for id in gone {
            let Some((_, members)) = self.links.remove(&(kind, id.clone())) else { continue };
            for member in members {
                if let Some(links) = self.members.get_mut(&(kind, member)) {
                    links.remove(&id);
                }
            }
        }
        for (record, members) in records {
            let id = record.id().to_owned();
            for member in &members {
                self.members.entry((kind, member.clone())).or_default().insert(id.clone());
            }
            self.links.insert((kind, id), (record, members));
        }
        Ok(())
    }

    fn set_copies(
        &mut self,
        document: i64,
        copies: Vec<CopyOf>,
        origin: &DocumentId,
    ) -> Result<(), Infallible> {
        self.copies.insert(document, (copies, origin.clone()));
        Ok(())
    }

    fn origin(&mut self, document: i64) -> Result<Option<DocumentId>, Infallible> {
        Ok(self.copies.get(&document).map(|(_, origin)| origin.clone()))
    }

    fn totals(&mut self, actor: &ActorId) -> Result<Option<Totals>, Infallible> {
        Ok(self.totals.get(actor).map(|(_, totals)| totals.clone()))
    }

    fn set_totals(
        &mut self,
        actor: &ActorId,
        surname: Option<&str>,
        totals: Option<Totals>,
    ) -> Result<(), Infallible> {
        match totals {
            Some(totals) => self.totals.insert(actor.clone(), (surname.map(str::to_owned), totals)),
            None => self.totals.remove(actor),
        };
        Ok(())
    }

    fn namesakes(&mut self, surname: &str) -> Result<BTreeMap<ActorId, Totals>, Infallible> {
        let own = self.totals.iter().filter(|(_, (other, _))| other.as_deref() == Some(surname));
        Ok(own.map(|(actor, (_, totals))| (actor.clone(), totals.clone())).collect())
    }

    fn documents_naming(&mut self, actor: &ActorId) -> Result<Vec<i64>, Infallible> {
        let own = self.actors.iter().filter(|(_, (mentions, _))| mentions.contains_key(actor));
        Ok(own.map(|(document, _)| *document).collect())
    }

    fn set_actors(
        &mut self,
        document: i64,
        mentions: &BTreeMap<ActorId, u32>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<(), Infallible> {
        self.reports.remove(&document);
        self.actors.insert(document, (mentions.clone(), renamed.clone()));
        Ok(())
    }

    fn set_outline(
        &mut self,
        document: i64,
        place: i64,
        outline: Option<&Outline>,
    ) -> Result<(), Infallible> {
        match outline {
            Some(outline) => self.outlines.insert((place, document), Rc::new(outline.clone())),
            None => self.outlines.remove(&(place, document)),
        };
        Ok(())
    }

    fn outline_count(&mut self, places: Range<i64>, limit: u64) -> Result<u64, Infallible> {
        let range = self.outlines.range((places.start, i64::MIN)..(places.end, i64::MIN));
        Ok(range.take(limit as usize).count() as u64)
    }

    fn outlines(&mut self, places: Range<i64>) -> Result<Vec<(i64, Rc<Outline>)>, Infallible> {
        let range = self.outlines.range((places.start, i64::MIN)..(places.end, i64::MIN));
        Ok(range.map(|((_, document), outline)| (*document, Rc::clone(outline))).collect())
    }

    fn story(&mut self, document: i64) -> Result<Option<RecordId>, Infallible> {
        let id = &self.documents[document as usize].0.id;
        Ok(self.members.get(&("story", id.clone())).and_then(|links| links.first().cloned()))
    }
}
