//! Linking without a file: all that it keeps, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use readout_knowledge::Knowledge;
use readout_record::{ActorId, CopyOf, Document, DocumentId, DocumentRecords, Kind, Record, RecordId, Story};
use rustc_hash::FxHashMap;

use crate::links::{Copies, Links};
use crate::report::Report;
use crate::shelf::{Edge, Entry, Item, Outline, Shelf, Totals};
use crate::update::{update, update_copies};

/// The actors of a document, and the ids of the document that become other ids.
type Named = (BTreeSet<ActorId>, BTreeMap<ActorId, ActorId>);

/// A shelf of documents that are given at the start, and numbered in their order.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    documents: Vec<(Document, DocumentRecords)>,
    reports: BTreeMap<i64, Rc<Report>>,
    lists: FxHashMap<(u8, u64), BTreeSet<Entry>>,
    sizes: FxHashMap<(u8, Item), u32>,
    edges: FxHashMap<(u8, Item), BTreeMap<(Item, Item), Edge>>,
    links: BTreeMap<(Kind, RecordId), (Record, Vec<RecordId>)>,
    members: BTreeMap<(Kind, RecordId), BTreeSet<RecordId>>,
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

/// Links `documents`, each with its records. The result is the same in whatever order they come, but for
/// [`Links::copies`] and [`Links::origins`], which follow that order.
pub fn link(documents: &[(&Document, &DocumentRecords)], knowledge: &Knowledge) -> Links {
    let mut memory = Memory::new(documents);
    let all: Vec<i64> = (0..documents.len() as i64).collect();
    let Ok(()) = update(&mut memory, knowledge, &[], &all);
    memory.found(&all)
}

/// Finds the copies among `documents`. Their order decides only the order of the result.
pub fn copies(documents: &[&Document]) -> Copies {
    let none = DocumentRecords::default();
    let pairs: Vec<(&Document, &DocumentRecords)> =
        documents.iter().map(|document| (*document, &none)).collect();
    let mut memory = Memory::new(&pairs);
    let all: Vec<i64> = (0..documents.len() as i64).collect();
    let Ok(_) = update_copies(&mut memory, &[], &all);
    let links = memory.found(&all);
    Copies { of: links.copies, origin: links.origins }
}

/// Returns the stories of `documents`: two reports or more each, by their first day, then id.
pub fn stories(documents: &[(&Document, &DocumentRecords)]) -> Vec<Story> {
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
        kind: Kind,
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
            let id = RecordId::from(record.id());
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
        let own = self.actors.iter().filter(|(_, (actors, _))| actors.contains(actor));
        Ok(own.map(|(document, _)| *document).collect())
    }

    fn set_actors(
        &mut self,
        document: i64,
        actors: &BTreeSet<ActorId>,
        renamed: &BTreeMap<ActorId, ActorId>,
    ) -> Result<(), Infallible> {
        self.reports.remove(&document);
        self.actors.insert(document, (actors.clone(), renamed.clone()));
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
        Ok(self.members.get(&(Kind::Story, RecordId::from(id))).and_then(|links| links.first().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Agreement, Bounds, Evidence, Meeting, Mode, Statement};
    use readout_text::CharSpan;

    use super::*;

    fn report(number: usize) -> (Document, DocumentRecords) {
        let id = format!("doc:{number:02}");
        let day = format!("2020-05-{:02}", 1 + number % 9);
        let words = [
            "the harbour will stay open all winter for grain ships",
            "nobody may close the harbour to grain",
        ];
        let place = ["Brenn", "Velm"][number / 2 % 2].to_owned();
        let records = DocumentRecords {
            statements: vec![Statement {
                evidence: Evidence { id: format!("statement:{number:02}").into(), ..Evidence::default() },
                speaker: vec![format!("person:{}", number % 3).into()],
                content: vec![CharSpan::new(0, 40)],
                content_text: words[number % 2].to_owned(),
                mode: Mode::Direct,
                ..Statement::default()
            }],
            meetings: vec![Meeting {
                evidence: Evidence {
                    id: format!("meeting:{number:02}").into(),
                    text: format!("the two met in {place} over grain"),
                    spans: vec![CharSpan::new(50, 80)],
                    ..Evidence::default()
                },
                participants: vec!["person:1".into(), "person:2".into()],
                occasion: Some("grain summit".to_owned()),
                minutes: Some(Bounds::at_least(10 * number as u32)),
                place: Some(place),
                ..Meeting::default()
            }],
            agreements: vec![Agreement {
                id: format!("agreement:{number:02}").into(),
                name: ["the Brenn accords", "Brenn", "grain deal"][number % 3].to_owned(),
                ..Agreement::default()
            }],
            ..DocumentRecords::default()
        };
        let text = format!(
            "{} The envoys of both towns signed the grain accord in the old customs house. A choir of {number} sang.",
            ["Rain fell on the harbour. ", ""][number % 2].repeat(number / 3)
        );
        (
            Document {
                id: id.into(),
                published: (!number.is_multiple_of(4)).then_some(day),
                text,
                ..Document::default()
            },
            records,
        )
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let reports: Vec<(Document, DocumentRecords)> = (0..20).map(report).collect();
        let linked = |order: &[usize]| {
            let refs: Vec<(&Document, &DocumentRecords)> =
                order.iter().map(|&at| (&reports[at].0, &reports[at].1)).collect();
            let mut links = link(&refs, &Knowledge::shipped());
            let mut rows: Vec<(usize, Vec<CopyOf>, DocumentId)> = order
                .iter()
                .zip(links.copies.drain(..))
                .zip(links.origins.drain(..))
                .map(|((&at, copies), origin)| (at, copies, origin))
                .collect();
            rows.sort_by_key(|row| row.0);
            (rows, links)
        };
        let mut order: Vec<usize> = (0..reports.len()).collect();
        let first = linked(&order);
        assert!(
            !first.1.quotes.is_empty() && !first.1.happenings.is_empty() && !first.1.agreements.is_empty()
        );
        for step in [3, 7, 11, 13, 17] {
            for (number, slot) in order.iter_mut().enumerate() {
                *slot = (number * step + step) % reports.len();
            }
            assert_eq!(linked(&order), first);
        }
    }

    /// Dice without luck.
    fn roll(state: &mut u64, sides: usize) -> usize {
        *state = crate::hash::mix(*state);
        (*state % sides as u64) as usize
    }

    #[test]
    fn what_comes_and_goes_bit_by_bit_is_linked_as_if_all_came_at_once() {
        let mut reports: Vec<(Document, DocumentRecords)> = (0..48).map(report).collect();
        // Surnames alone, full names and namesakes, so that who is who changes on the way.
        for (number, (document, records)) in reports.iter_mut().enumerate() {
            let names = ["Mara Velin", "Velin", "Jon Velin", "Orlo Brandt", "Brandt"];
            let name = names[number % if number < 40 { 2 } else { 5 }];
            records.mentions.push(readout_record::Mention {
                doc: document.id.clone(),
                actor: format!("person:{}", readout_record::ids::slug(name)).into(),
                name: name.to_owned(),
                text: name.to_owned(),
                named: true,
                role: Some("envoy".to_owned()),
                ..readout_record::Mention::default()
            });
            let speaker = records.mentions[0].actor.clone();
            records.statements[0].speaker.push(speaker.clone());
            records.positions.push(readout_record::Position {
                id: format!("position:{number:02}").into(),
                actor: speaker,
                issue: "the harbour".to_owned(),
                evidence: vec![records.statements[0].evidence.id.clone()],
                ..readout_record::Position::default()
            });
            document.outlet = Some(["Harbour Post", "Velm Courier"][number % 2].to_owned());
        }
        let refs: Vec<(&Document, &DocumentRecords)> =
            reports.iter().map(|(document, records)| (document, records)).collect();
        let knowledge = Knowledge::shipped();
        let all: Vec<i64> = (0..reports.len() as i64).collect();
        let mut kept = all.clone();
        kept.retain(|number| number % 7 != 3);
        let mut from_scratch = Memory::new(&refs);
        let Ok(()) = update(&mut from_scratch, &knowledge, &[], &kept);
        let expected = from_scratch.found(&kept);
        assert!(!expected.quotes.is_empty() && !expected.happenings.is_empty());
        assert!(!expected.stories.is_empty() && !expected.positions.is_empty());
        assert!(expected.copies.iter().any(|copies| !copies.is_empty()) && !expected.actor_ids.is_empty());
        for seed in 1..=12u64 {
            let mut state = seed;
            let mut order = all.clone();
            for at in (1..order.len()).rev() {
                order.swap(at, roll(&mut state, at + 1));
            }
            let mut memory = Memory::new(&refs);
            let mut rest = order.as_slice();
            while !rest.is_empty() {
                let (step, after) = rest.split_at(rest.len().min(1 + roll(&mut state, 9)));
                let Ok(()) = update(&mut memory, &knowledge, &[], step);
                rest = after;
            }
            let gone: Vec<i64> = all.iter().copied().filter(|number| !kept.contains(number)).collect();
            for step in gone.chunks(1 + roll(&mut state, 3)) {
                let Ok(()) = update(&mut memory, &knowledge, step, &[]);
            }
            let found = memory.found(&kept);
            assert_eq!(found, expected, "order {seed}");
        }
    }
}
