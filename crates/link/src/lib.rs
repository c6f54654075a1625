//! Records of many documents in, what they share out: copies, actors, quotes, happenings, agreements, stories.
//!
//! Linking never changes a record of one document and does not depend on the order of its input. What it knows it keeps
//! on a [`Shelf`], so that a report that comes or goes costs what it touches ([`update`]).

mod actors;
mod agreements;
mod alignment;
mod blocks;
mod clusters;
mod copies;
mod disagreements;
mod gatherings;
pub mod given;
mod happenings;
mod memory;
mod occurrences;
mod outline;
mod positions;
mod quotes;
mod report;
mod shelf;
pub mod stories;
mod story_day;
mod story_evidence;
mod story_links;

use std::collections::{BTreeMap, BTreeSet};

use blocks::{Blocks, Component};
use readout_knowledge::Knowledge;
use readout_record::{
    Actor, ActorId, Agreement, CopyOf, Document, DocumentId, DocumentRecords, Happening, Position, Quote,
    Record, RecordId, Story,
};

pub use crate::actors::Totals;
pub use crate::blocks::{Edge, Entry, Item};
pub use crate::report::Report;
pub use crate::shelf::Shelf;

/// The links between the documents of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// The actors of all documents, by id.
    pub actors: Vec<Actor>,
    /// For an actor's id in the records of one document, the id over all documents, which replaces it on export. An
    /// actor that is not listed keeps its id.
    pub actor_ids: BTreeMap<(DocumentId, ActorId), ActorId>,
    /// For each input document in turn, the documents that it copies.
    pub copies: Vec<Vec<CopyOf>>,
    /// For each input document in turn, the first document of its group of copies: documents with the same origin
    /// count as one source.
    pub origins: Vec<DocumentId>,
    /// Utterances in all their wordings.
    pub quotes: Vec<Quote>,
    /// Events over outlets.
    pub happenings: Vec<Happening>,
    /// Instruments over reports.
    pub agreements: Vec<Agreement>,
    /// For the id of each agreement of one report, the id of the merged agreement, which replaces a commitment's
    /// `agreement`.
    pub agreement_ids: BTreeMap<RecordId, RecordId>,
    /// Stances over reports.
    pub positions: Vec<Position>,
    /// Running stories.
    pub stories: Vec<Story>,
}

/// The copies among documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// For each document in turn, the documents that it copies, largest share first.
    pub of: Vec<Vec<CopyOf>>,
    /// For each document in turn, the first document of its group.
    pub origin: Vec<DocumentId>,
}

/// Links `documents`, each with its records. The result is the same in whatever order they come, but for
/// [`Links::copies`] and [`Links::origins`], which follow that order.
pub fn link(documents: &[(&Document, &DocumentRecords)], knowledge: &Knowledge) -> Links {
    memory::link(documents, knowledge)
}

/// Finds the copies among `documents`. Their order decides only the order of the result.
pub fn copies(documents: &[&Document]) -> Copies {
    memory::copies(documents)
}

/// Takes the documents `removed` off the shelf, puts `added` on it, and links what this changes.
///
/// The result is as if all documents of the shelf had been added at once. The shelf must still return `removed` as they
/// were.
///
/// # Errors
/// When the shelf fails. Half of the changes may be on it then.
pub fn update<S: Shelf>(
    shelf: &mut S,
    knowledge: &Knowledge,
    removed: &[i64],
    added: &[i64],
) -> Result<(), S::Error> {
    let happenings = happenings::Happenings(knowledge);
    let plan = actors::plan(shelf, knowledge, removed, added)?;
    // A document in which an actor gets another id is taken off and put on again.
    let off: Vec<i64> = removed.iter().chain(&plan.affected).copied().collect();
    let on: Vec<i64> = added.iter().chain(&plan.affected).copied().collect();
    let mut gone = Gone::default();
    for &document in &off {
        gone.note(&shelf.report(document)?.records);
    }
    let mut of_quotes = Blocks::new(shelf, &quotes::Quotes).remove(&off)?;
    let mut of_happenings = Blocks::new(shelf, &happenings).remove(&off)?;
    let mut of_agreements = Blocks::new(shelf, &agreements::Agreements).remove(&off)?;
    let mut of_positions = Blocks::new(shelf, &positions::Positions).remove(&off)?;
    let mut moved = update_copies(shelf, removed, added)?;
    let leaving = stories::leaving(shelf, removed)?;
    actors::apply(shelf, knowledge, &plan, removed, &on)?;
    moved.extend(stories::update(shelf, &leaving, &on)?);
    moved.retain(|document| !removed.contains(document));

    let mut blocks = Blocks::new(shelf, &quotes::Quotes);
    of_quotes.extend(blocks.add(&on)?);
    let components = blocks.components(&of_quotes)?;
    let mut members = gone.statements;
    let mut records = Vec::new();
    for component in &components {
        members.extend(component.records.iter().map(|it| it.statement().evidence.id.clone()));
        for quote in quotes::decide(component) {
            let ids = quote.members.clone();
            records.push((Record::Quote(quote), ids));
        }
    }
    shelf.replace_links("quote", &members, records)?;

    let mut blocks = Blocks::new(shelf, &happenings);
    of_happenings.extend(blocks.add(&on)?);
    // The records of a document whose story or origin changed are decided again, with the records at the other ends of
    // their edges: undated records of different stories are no one happening, and all copies count as one source.
    let moved = blocks.items(&moved)?;
    of_happenings.extend(blocks.beside(&moved)?);
    of_happenings.extend(moved);
    let mut stories: BTreeMap<i64, RecordId> = BTreeMap::new();
    let mut homeless: BTreeSet<i64> = BTreeSet::new();
    let components = blocks.components_by(&of_happenings, |shelf, edge| {
        for document in [edge.earlier.document, edge.later.document] {
            if !stories.contains_key(&document) && !homeless.contains(&document) {
                match shelf.story(document)? {
                    Some(story) => {
                        stories.insert(document, story);
                    }
                    None => {
                        homeless.insert(document);
                    }
                }
            }
        }
        let ends = stories.get(&edge.earlier.document).zip(stories.get(&edge.later.document));
        Ok(happenings::reach(&edge.note, ends.is_some_and(|(earlier, later)| earlier != later)))
    })?;
    let mut origins = BTreeMap::new();
    for document in components.iter().flat_map(documents).collect::<BTreeSet<i64>>() {
        origins.extend(shelf.origin(document)?.map(|origin| (document, origin)));
    }
    let around = happenings::Around { stories: &stories, origins: &origins };
    let mut members = gone.events;
    let mut records = Vec::new();
    for component in &components {
        for it in component.records.iter().filter(|it| !it.guest) {
            members.insert(it.evidence.id.clone());
            members.extend(it.twins.iter().cloned());
        }
        for happening in happenings::decide(component, &around) {
            let ids = happening.members.clone();
            records.push((Record::Happening(happening), ids));
        }
    }
    shelf.replace_links("happening", &members, records)?;

    let mut blocks = Blocks::new(shelf, &agreements::Agreements);
    of_agreements.extend(blocks.add(&on)?);
    let components = blocks.components(&of_agreements)?;
    let mut members = gone.agreements;
    let mut records = Vec::new();
    for component in &components {
        members.extend(component.records.iter().map(|it| it.agreement.id.clone()));
        for (agreement, ids) in agreements::decide(component) {
            records.push((Record::Agreement(agreement), ids));
        }
    }
    shelf.replace_links("agreement", &members, records)?;

    let mut blocks = Blocks::new(shelf, &positions::Positions);
    of_positions.extend(blocks.add(&on)?);
    let components = blocks.components(&of_positions)?;
    let mut members = gone.positions;
    let mut records = Vec::new();
    for component in &components {
        let ids: Vec<RecordId> = component.records.iter().map(|it| it.local_id()).collect();
        members.extend(ids.iter().cloned());
        records.extend(positions::decide(component).map(|position| (Record::Position(position), ids)));
    }
    shelf.replace_links("position", &members, records)
}

/// Links the copies among the documents when `removed` go and `added` come. Returns the documents whose origin changed.
fn update_copies<S: Shelf>(shelf: &mut S, removed: &[i64], added: &[i64]) -> Result<BTreeSet<i64>, S::Error> {
    let mut blocks = Blocks::new(shelf, &copies::Copies);
    let mut touched = blocks.remove(removed)?;
    touched.extend(blocks.add(added)?);
    let components = blocks.components(&touched)?;
    let mut moved = BTreeSet::new();
    for component in &components {
        for (it, (copies, origin)) in component.records.iter().zip(copies::decide(component)) {
            let document = it.item.document;
            if shelf.origin(document)?.as_ref() != Some(&origin) {
                moved.insert(document);
            }
            shelf.set_copies(document, copies, &origin)?;
        }
    }
    Ok(moved)
}

/// Returns the documents of a component.
fn documents<R>(component: &Component<R>) -> impl Iterator<Item = i64> {
    component.records.iter().map(|it| it.item.document)
}

/// The records of documents that are taken off.
#[derive(Default)]
struct Gone {
    statements: BTreeSet<RecordId>,
    events: BTreeSet<RecordId>,
    agreements: BTreeSet<RecordId>,
    positions: BTreeSet<RecordId>,
}

impl Gone {
    fn note(&mut self, records: &DocumentRecords) {
        self.statements.extend(records.statements.iter().map(|it| it.evidence.id.clone()));
        self.events.extend(records.events.iter().map(|it| it.evidence.id.clone()));
        self.events.extend(records.meetings.iter().map(|it| it.evidence.id.clone()));
        self.events.extend(records.incidents.iter().map(|it| it.evidence.id.clone()));
        self.agreements.extend(records.agreements.iter().map(|it| it.id.clone()));
        self.positions.extend(records.positions.iter().map(|it| it.id.clone()));
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Agreement, Evidence, Meeting, Mode, Statement};
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
                evidence: Evidence { id: format!("statement:{number:02}"), ..Evidence::default() },
                speaker: vec![format!("person:{}", number % 3)],
                content: vec![CharSpan::new(0, 40)],
                content_text: words[number % 2].to_owned(),
                mode: Mode::Direct,
                ..Statement::default()
            }],
            meetings: vec![Meeting {
                evidence: Evidence {
                    id: format!("meeting:{number:02}"),
                    text: format!("the two met in {place} over grain"),
                    spans: vec![CharSpan::new(50, 80)],
                    ..Evidence::default()
                },
                participants: vec!["person:1".to_owned(), "person:2".to_owned()],
                occasion: Some("grain summit".to_owned()),
                minutes: Some((Some(10 * number as u32), None)),
                place: Some(place),
                ..Meeting::default()
            }],
            agreements: vec![Agreement {
                id: format!("agreement:{number:02}"),
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
                id,
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
        *state = blocks::mix(*state);
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
                actor: format!("person:{}", readout_record::ids::slug(name)),
                name: name.to_owned(),
                text: name.to_owned(),
                named: true,
                role: Some("envoy".to_owned()),
                ..readout_record::Mention::default()
            });
            let speaker = records.mentions[0].actor.clone();
            records.statements[0].speaker.push(speaker.clone());
            records.positions.push(readout_record::Position {
                id: format!("position:{number:02}"),
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
        let mut from_scratch = memory::Memory::new(&refs);
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
            let mut memory = memory::Memory::new(&refs);
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
