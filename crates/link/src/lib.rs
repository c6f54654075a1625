//! Records of many documents in, what they share out: copies, actors, quotes, happenings, agreements, stories.
//!
//! Linking never changes a record of one document and does not depend on the order of its input.

pub mod actors;
mod agreements;
mod alignment;
mod collection;
pub mod copies;
pub mod given;
mod happenings;
mod positions;
mod quotes;
pub mod stories;
mod story_evidence;

use std::collections::BTreeMap;

use collection::Collection;
use readout_knowledge::Knowledge;
use readout_record::{
    Actor, ActorId, Agreement, CopyOf, Document, DocumentId, DocumentRecords, Happening, Position, Quote,
    RecordId, Story,
};

/// What the documents of one file share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Over all documents, by id.
    pub actors: Vec<Actor>,
    /// For an actor's id in the records of one document, the id over all documents: what it becomes on export. What is
    /// not listed keeps its id.
    pub actor_ids: BTreeMap<(DocumentId, ActorId), ActorId>,
    /// For each input document in turn, what it copies.
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
    /// For the id of each agreement of one report, the id of the merged one: what a commitment's `agreement` becomes.
    pub agreement_ids: BTreeMap<RecordId, RecordId>,
    /// Stances over reports.
    pub positions: Vec<Position>,
    /// Running stories.
    pub stories: Vec<Story>,
}

/// Links `documents`, each with its records. The result is the same in whatever order they come, but for
/// [`Links::copies`] and [`Links::origins`], which follow that order.
pub fn link(documents: &[(&Document, &DocumentRecords)], knowledge: &Knowledge) -> Links {
    let texts: Vec<&Document> = documents.iter().map(|(document, _)| *document).collect();
    let copies = copies::find(&texts);
    let actors = actors::find(documents, knowledge);
    let collection = Collection::new(documents, &copies.origin, &actors.ids, knowledge);
    let agreements = agreements::find(&collection);
    let stories = stories::find(documents);
    Links {
        quotes: quotes::find(&collection),
        happenings: happenings::find(&collection, &stories),
        agreements: agreements.agreements,
        agreement_ids: agreements.ids,
        positions: positions::find(&collection),
        copies: copies.of,
        origins: copies.origin,
        stories,
        actors: actors.actors,
        actor_ids: actors.ids,
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
}
