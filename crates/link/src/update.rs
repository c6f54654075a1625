//! What reports share is brought up to date when reports come and go.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use readout_knowledge::Knowledge;
use readout_record::{DocumentRecords, Kind, Record, RecordId};

use crate::agreements::{self, Agreements, Instrument};
use crate::around::Around;
use crate::blocks::{Blocks, Component, LinkKind};
use crate::copies;
use crate::happenings::{self, Happenings, Occurrence};
use crate::positions::{self, Positions, Standing};
use crate::quotes::{self, Quotes, Wording};
use crate::shelf::{Item, Shelf};
use crate::{actors, stories};

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
    let happenings = Happenings(knowledge);
    let plan = actors::plan(shelf, knowledge, removed, added)?;
    // A document in which an actor gets another id is taken off and put on again.
    let off: Vec<i64> = removed.iter().chain(&plan.affected).copied().collect();
    let on: Vec<i64> = added.iter().chain(&plan.affected).copied().collect();
    let quotes = take_off(shelf, &Quotes, &off)?;
    let of_happenings = take_off(shelf, &happenings, &off)?;
    let agreements = Agreements(knowledge);
    let of_agreements = take_off(shelf, &agreements, &off)?;
    let positions = take_off(shelf, &Positions, &off)?;
    let mut moved = update_copies(shelf, removed, added)?;
    let leaving = stories::leaving(shelf, removed)?;
    actors::apply(shelf, knowledge, &plan, removed, &on)?;
    moved.extend(stories::update(shelf, &leaving, &on)?);
    moved.retain(|document| !removed.contains(document));
    relink(shelf, &Quotes, quotes, &on, &moved)?;
    relink(shelf, &happenings, of_happenings, &on, &moved)?;
    relink(shelf, &agreements, of_agreements, &on, &moved)?;
    relink(shelf, &Positions, positions, &on, &moved)
}

/// Links the copies among the documents when `removed` go and `added` come. Returns the documents whose origin changed.
pub(crate) fn update_copies<S: Shelf>(
    shelf: &mut S,
    removed: &[i64],
    added: &[i64],
) -> Result<BTreeSet<i64>, S::Error> {
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

/// A kind of link that is kept as records.
trait Kept: LinkKind {
    /// The kind of the records.
    const KIND: Kind;

    /// Returns the ids of all records of a document that can be members.
    fn members(records: &DocumentRecords) -> Vec<&RecordId>;

    /// Returns the ids of the members that one prepared record stands for.
    fn ids(record: &Self::Record) -> Vec<&RecordId>;

    /// Returns the links of a component, each with its members. `around` has the stories and origins of its reports, if
    /// the kind is linked by story.
    fn decide(component: &Component<Self::Record>, around: &Around) -> Vec<(Record, Vec<RecordId>)>;
}

/// The parts of the links that must be decided again.
struct Touched {
    /// Prepared records of documents that stay.
    items: BTreeSet<Item>,
    /// Ids of members of documents that went.
    gone: BTreeSet<RecordId>,
}

/// Takes the records of `documents` off the lists of a kind. Returns what this touches.
fn take_off<S: Shelf, K: Kept>(shelf: &mut S, kind: &K, documents: &[i64]) -> Result<Touched, S::Error> {
    let mut gone = BTreeSet::new();
    for &document in documents {
        gone.extend(K::members(&shelf.report(document)?.records).into_iter().cloned());
    }
    Ok(Touched { items: Blocks::new(shelf, kind).remove(documents)?, gone })
}

/// Puts the records of `documents` on the lists of a kind, and decides the links of all that is touched.
///
/// Of a kind that is linked by story, the records of the documents `moved`, whose story or origin changed, are decided
/// again with the records at the other ends of their edges.
fn relink<S: Shelf, K: Kept>(
    shelf: &mut S,
    kind: &K,
    touched: Touched,
    documents: &[i64],
    moved: &BTreeSet<i64>,
) -> Result<(), S::Error> {
    let Touched { mut items, gone } = touched;
    let mut blocks = Blocks::new(shelf, kind);
    items.extend(blocks.add(documents)?);
    let mut around = Around::default();
    if !K::BY_STORY {
        let components = blocks.components(&items)?;
        return replace::<S, K>(shelf, gone, &components, &around);
    }
    let moved = blocks.items(moved)?;
    items.extend(blocks.beside(&moved)?);
    items.extend(moved);
    let components = blocks.components_by(&items, |shelf, edge| {
        for document in [edge.earlier.document, edge.later.document] {
            if let Entry::Vacant(unknown) = around.stories.entry(document) {
                unknown.insert(shelf.story(document)?);
            }
        }
        let story = |document: i64| around.stories.get(&document).and_then(Option::as_ref);
        let ends = story(edge.earlier.document).zip(story(edge.later.document));
        Ok(K::reach(&edge.note, ends.map(|(earlier, later)| earlier == later)))
    })?;
    let records = components.iter().flat_map(|component| &component.records);
    for document in records.map(|it| it.item.document).collect::<BTreeSet<i64>>() {
        around.origins.extend(shelf.origin(document)?.map(|origin| (document, origin)));
    }
    replace::<S, K>(shelf, gone, &components, &around)
}

/// Replaces the links of all members in `components`, and of those that are `gone`, by what the kind
/// finds.
fn replace<S: Shelf, K: Kept>(
    shelf: &mut S,
    gone: BTreeSet<RecordId>,
    components: &[Component<K::Record>],
    around: &Around,
) -> Result<(), S::Error> {
    let mut members = gone;
    let mut links = Vec::new();
    for component in components {
        for it in component.records.iter().filter(|it| !it.guest) {
            members.extend(K::ids(it).into_iter().cloned());
        }
        links.extend(K::decide(component, around));
    }
    shelf.replace_links(K::KIND, &members, links)
}

impl Kept for Quotes {
    const KIND: Kind = Kind::Quote;

    fn members(records: &DocumentRecords) -> Vec<&RecordId> {
        records.statements.iter().map(|it| &it.evidence.id).collect()
    }

    fn ids(wording: &Wording) -> Vec<&RecordId> {
        vec![&wording.statement().evidence.id]
    }

    fn decide(component: &Component<Wording>, _: &Around) -> Vec<(Record, Vec<RecordId>)> {
        let found = quotes::decide(component).into_iter();
        found.map(|it| (it.members.clone(), it)).map(|(members, it)| (it.into(), members)).collect()
    }
}

impl Kept for Happenings<'_> {
    const KIND: Kind = Kind::Happening;

    fn members(records: &DocumentRecords) -> Vec<&RecordId> {
        let events = records.events.iter().map(|it| &it.evidence.id);
        let meetings = records.meetings.iter().map(|it| &it.evidence.id);
        let incidents = records.incidents.iter().map(|it| &it.evidence.id);
        events.chain(meetings).chain(incidents).collect()
    }

    fn ids(occurrence: &Occurrence) -> Vec<&RecordId> {
        std::iter::once(&occurrence.evidence.id).chain(&occurrence.twins).collect()
    }

    fn decide(component: &Component<Occurrence>, around: &Around) -> Vec<(Record, Vec<RecordId>)> {
        let found = happenings::decide(component, around).into_iter();
        found.map(|it| (it.members.clone(), it)).map(|(members, it)| (it.into(), members)).collect()
    }
}

impl Kept for Agreements<'_> {
    const KIND: Kind = Kind::Agreement;

    fn members(records: &DocumentRecords) -> Vec<&RecordId> {
        records.agreements.iter().map(|it| &it.id).collect()
    }

    fn ids(instrument: &Instrument) -> Vec<&RecordId> {
        vec![&instrument.agreement.id]
    }

    fn decide(component: &Component<Instrument>, _: &Around) -> Vec<(Record, Vec<RecordId>)> {
        agreements::decide(component).into_iter().map(|(it, members)| (it.into(), members)).collect()
    }
}

impl Kept for Positions {
    const KIND: Kind = Kind::Position;

    fn members(records: &DocumentRecords) -> Vec<&RecordId> {
        records.positions.iter().map(|it| &it.id).collect()
    }

    fn ids(standing: &Standing) -> Vec<&RecordId> {
        vec![&standing.position.id]
    }

    fn decide(component: &Component<Standing>, _: &Around) -> Vec<(Record, Vec<RecordId>)> {
        let members = component.records.iter().map(|it| it.position.id.clone()).collect();
        positions::decide(component).map(|it| (it.into(), members)).into_iter().collect()
    }
}
