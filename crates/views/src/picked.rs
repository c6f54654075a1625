//! The records that the lists show under a filter, for exports: one question gives the same records everywhere.

use std::collections::BTreeSet;

use readout_record::{ActorId, Kind, RecordId, RecordRef};

use crate::contents::Contents;
use crate::events::Told;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::statements::shown;
use crate::{agreements, commitments, conditions, positions, sources};

/// The records that a filter lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked(Option<BTreeSet<RecordId>>);

impl Picked {
    /// Returns the records of `contents` that the lists show under `filter`, and what goes with them: their reports, the
    /// actors who take part, the quotes and happenings that they belong to, the stories of their reports.
    pub fn of(contents: &Contents, filter: &Filter) -> Self {
        if *filter == Filter::default() {
            return Self(None);
        }
        let mut ids: BTreeSet<RecordId> = BTreeSet::new();
        let selection = Selection::new(contents, filter);
        ids.extend(
            selection
                .each(|it| &it.statements)
                .filter(|it| shown(&selection, it))
                .map(|it| it.evidence.id.clone()),
        );
        let told = (selection.each(|it| &it.events).map(Told::Event))
            .chain(selection.each(|it| &it.meetings).map(Told::Meeting))
            .chain(selection.each(|it| &it.incidents).map(Told::Incident));
        ids.extend(told.filter(|it| it.shown(&selection)).map(|it| it.evidence().id.clone()));
        ids.extend(conditions(contents, filter).into_iter().map(|it| it.citation.id));
        ids.extend(commitments(contents, filter).into_iter().map(|it| it.citation.id));
        ids.extend(agreements(contents, filter).into_iter().map(|it| it.citation.id));
        ids.extend(positions(contents, filter).into_iter().map(|it| it.position));
        let reports: Vec<RecordId> = sources(contents, filter).into_iter().map(|it| it.id.into()).collect();
        let along = along(contents, &ids);
        ids.extend(reports);
        ids.extend(along);
        let stories =
            contents.stories.iter().filter(|it| it.documents.iter().any(|id| ids.contains(id.as_str())));
        let stories: Vec<RecordId> = stories.map(|it| it.id.clone()).collect();
        ids.extend(stories);
        Self(Some(ids))
    }

    /// Whether the filter lets the record `id` through.
    pub fn has(&self, id: &str) -> bool {
        self.0.as_ref().is_none_or(|ids| ids.contains(id))
    }

    /// Whether the filter lets everything through.
    pub const fn is_all(&self) -> bool {
        self.0.is_none()
    }
}

/// Returns what goes with the records `ids`: reports, actors, quotes and happenings.
fn along(contents: &Contents, ids: &BTreeSet<RecordId>) -> Vec<RecordId> {
    let mut found: Vec<RecordId> = Vec::new();
    let mut actors = |record: RecordRef<'_>| {
        record.each_side(&mut |_, of_side: &[ActorId]| found.extend(of_side.iter().map(RecordId::from)));
    };
    for records in &contents.records {
        for record in records.iter().filter(|it| it.kind().is_passage() && ids.contains(it.id())) {
            actors(record);
        }
    }
    let linked = (contents.agreements.iter().map(RecordRef::Agreement))
        .chain(contents.positions.iter().map(RecordRef::Position))
        .filter(|it| ids.contains(it.id()));
    let mut reports: BTreeSet<&str> = BTreeSet::new();
    let mut resting: BTreeSet<&str> = BTreeSet::new();
    for record in linked {
        actors(record);
        match record {
            RecordRef::Agreement(it) => {
                reports.extend(it.evidence.iter().map(|passage| passage.doc.as_str()));
            }
            RecordRef::Position(it) => resting.extend(it.evidence.iter().map(RecordId::as_str)),
            _ => {}
        }
    }
    for record in contents.records.iter().flat_map(|it| it.iter()) {
        let Some(evidence) = record.evidence() else { continue };
        if ids.contains(record.id()) || resting.contains(record.id()) {
            reports.insert(&evidence.doc);
        }
    }
    found.extend(reports.into_iter().map(RecordId::from));
    let quotes = contents.quotes.iter().filter(|it| it.members.iter().any(|id| ids.contains(id)));
    found.extend(quotes.map(|it| it.id.clone()));
    let happenings = contents.happenings.iter().filter(|it| it.members.iter().any(|id| ids.contains(id)));
    found.extend(happenings.map(|it| it.id.clone()));
    found
}

impl Contents {
    /// Returns the records that leave the program and that `picked` has, see [`Contents::into_records`]. Corrections
    /// leave it only where nothing is left out.
    pub fn into_picked(self, picked: &Picked) -> Vec<readout_record::Record> {
        let mut records = self.into_records();
        records.retain(|it| match it.kind() {
            Kind::Correction => picked.is_all(),
            _ => picked.has(it.id()),
        });
        records
    }
}

#[cfg(test)]
mod tests {
    use readout_record::{Document, DocumentRecords, Evidence, Quote, Statement};

    use super::*;

    #[test]
    fn a_filter_picks_records_and_what_goes_with_them() {
        let statement = |id: &str, doc: &str, speaker: &str| Statement {
            evidence: Evidence { id: id.into(), doc: doc.into(), ..Evidence::default() },
            speaker: vec![speaker.into()],
            ..Statement::default()
        };
        let document = |id: &str, day: &str| Document {
            id: id.into(),
            published: Some(day.to_owned()),
            ..Document::default()
        };
        let of = |statements: Vec<Statement>| DocumentRecords { statements, ..DocumentRecords::default() };
        let contents = Contents {
            documents: vec![document("doc:1", "2020-01-01"), document("doc:2", "2020-02-01")],
            records: vec![
                of(vec![statement("statement:1", "doc:1", "person:a")]),
                of(vec![statement("statement:2", "doc:2", "person:b")]),
            ],
            quotes: vec![Quote {
                id: "quote:1".into(),
                members: vec!["statement:1".into(), "statement:2".into()],
                ..Quote::default()
            }],
            ..Contents::default()
        };
        assert!(Picked::of(&contents, &Filter::default()).is_all());
        let filter = Filter { since: Some("2020-01-15".to_owned()), ..Filter::default() };
        let picked = Picked::of(&contents, &filter);
        let ids = ["statement:1", "statement:2", "doc:1", "doc:2", "person:a", "person:b", "quote:1"];
        assert_eq!(ids.map(|id| picked.has(id)), [false, true, false, true, false, true, true]);
        let left: Vec<String> = contents.into_picked(&picked).iter().map(|it| it.id().to_owned()).collect();
        assert_eq!(left, ["doc:2", "statement:2", "quote:1"]);
    }
}
