use std::collections::{BTreeMap, BTreeSet};

use readout_record::{
    Actor, ActorId, ActorKind, Agreement, Correction, Document, DocumentId, DocumentRecords, Evidence,
    Happening, Kind, Position, Quote, Record, RecordId, Story,
};
use rustc_hash::FxHashMap;

/// All current documents of one file, the records of each, and what they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The documents, in the order of their ids.
    pub documents: Vec<Document>,
    /// The records of each document, in the same order.
    pub records: Vec<DocumentRecords>,
    /// The actors, in the order of their ids.
    pub actors: Vec<Actor>,
    /// The quotes: utterances in all their wordings.
    pub quotes: Vec<Quote>,
    /// The happenings: events over several reports.
    pub happenings: Vec<Happening>,
    /// The agreements: instruments over several reports.
    pub agreements: Vec<Agreement>,
    /// The positions: stances over several reports.
    pub positions: Vec<Position>,
    /// The running stories.
    pub stories: Vec<Story>,
    /// The corrections that people made, see [`Contents::correct`].
    pub corrections: Vec<Correction>,
}

impl Contents {
    /// Returns the first and the last day of publication as numbers (1970-01-01 is 0); `None` if no report is dated.
    pub fn days(&self) -> Option<(i64, i64)> {
        let days = || self.documents.iter().filter_map(|it| crate::days::number(it.published.as_deref()?));
        days().min().zip(days().max())
    }

    /// Adds a linked record to its list. Records of other kinds are ignored.
    pub fn push_link(&mut self, record: Record) {
        match record {
            Record::Actor(it) => self.actors.push(it),
            Record::Agreement(it) => self.agreements.push(it),
            Record::Position(it) => self.positions.push(it),
            Record::Quote(it) => self.quotes.push(it),
            Record::Happening(it) => self.happenings.push(it),
            Record::Story(it) => self.stories.push(it),
            // Each kind over reports has its list, which the test below holds against the table of kinds.
            _ => {}
        }
    }

    /// Fills in the links of each record: the ids over all documents, a statement's quote, an event's happening, a
    /// document's story.
    pub fn join(&mut self, renames: &Renames) {
        for (document, records) in self.documents.iter().zip(&mut self.records) {
            renames.apply(&document.id, records);
        }
        let mut quotes: FxHashMap<&str, &RecordId> = FxHashMap::default();
        for quote in &self.quotes {
            quotes.extend(quote.members.iter().map(|member| (member.as_str(), &quote.id)));
        }
        let mut happenings: FxHashMap<&str, &RecordId> = FxHashMap::default();
        for happening in &self.happenings {
            happenings.extend(happening.members.iter().map(|member| (member.as_str(), &happening.id)));
        }
        let mut stories: FxHashMap<&str, &RecordId> = FxHashMap::default();
        for story in &self.stories {
            stories.extend(story.documents.iter().map(|doc| (doc.as_str(), &story.id)));
        }
        let of = |map: &FxHashMap<&str, &RecordId>, id: &str| map.get(id).map(|&id| id.clone());
        for document in &mut self.documents {
            document.story = of(&stories, &document.id);
        }
        for records in &mut self.records {
            for it in &mut records.statements {
                it.quote = of(&quotes, &it.evidence.id);
            }
            for it in &mut records.events {
                it.happening = of(&happenings, &it.evidence.id);
            }
            for it in &mut records.meetings {
                it.happening = of(&happenings, &it.evidence.id);
            }
            for it in &mut records.incidents {
                it.happening = of(&happenings, &it.evidence.id);
            }
        }
    }

    /// Returns all records that leave the program, in the order of the fields.
    ///
    /// Agreements and positions of single reports are left out: they have become part of the linked ones.
    pub fn into_records(self) -> Vec<Record> {
        let mut all: Vec<Record> = Vec::new();
        all.extend(self.documents.into_iter().map(Record::Document));
        all.extend(self.actors.into_iter().map(Record::Actor));
        for it in self.records {
            all.extend(it.into_records().filter(|record| record.kind().is_passage()));
        }
        all.extend(self.agreements.into_iter().map(Record::Agreement));
        all.extend(self.positions.into_iter().map(Record::Position));
        all.extend(self.quotes.into_iter().map(Record::Quote));
        all.extend(self.happenings.into_iter().map(Record::Happening));
        all.extend(self.stories.into_iter().map(Record::Story));
        all.extend(self.corrections.into_iter().map(Record::Correction));
        all
    }

    /// Returns the names of all actors.
    pub fn names(&self) -> Names {
        Names::new(&self.actors, self.records.iter())
    }

    /// Returns the evidence of every record of document number `at`, in the order of the text.
    pub fn evidence(&self, at: usize) -> Vec<(Kind, &Evidence)> {
        let Some(records) = self.records.get(at) else { return Vec::new() };
        let mut found: Vec<(Kind, &Evidence)> =
            records.iter().filter_map(|record| Some((record.kind(), record.evidence()?))).collect();
        found.sort_by_key(|(_, evidence)| evidence.spans.first().copied().unwrap_or_default());
        found
    }
}

/// The ids over all documents that replace ids in the records of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    /// The new ids, by the document (empty for any) and the id there.
    by_document: FxHashMap<DocumentId, FxHashMap<RecordId, RecordId>>,
}

impl Renames {
    /// Makes renames of new ids. The key of each is the document (empty for any) and the id there.
    pub fn new(renamed: impl IntoIterator<Item = ((DocumentId, RecordId), RecordId)>) -> Self {
        let mut renames = Self::default();
        for ((document, local), linked) in renamed {
            renames.by_document.entry(document).or_default().insert(local, linked);
        }
        renames
    }

    pub(crate) fn id(&self, doc: &str, id: &mut String) {
        let within = |document: &str| self.by_document.get(document)?.get(id.as_str());
        if let Some(linked) = within(doc).or_else(|| within("")) {
            linked.as_str().clone_into(id);
        }
    }

    /// Replaces the ids of a list. Each new id is kept once, at its first place.
    pub(crate) fn ids(&self, doc: &str, ids: &mut Vec<ActorId>) {
        let mut seen = BTreeSet::new();
        ids.iter_mut().for_each(|id| self.id(doc, id.as_mut()));
        ids.retain(|id| seen.insert(id.clone()));
    }

    /// Replaces ids in the records of the document `doc`.
    pub fn apply(&self, doc: &str, records: &mut DocumentRecords) {
        if self.by_document.is_empty() {
            return;
        }
        for it in &mut records.mentions {
            self.id(doc, it.actor.as_mut());
        }
        records.each_side_mut(&mut |_, ids| self.ids(doc, ids));
        records.each_reference_mut(&mut |id| self.id(doc, id));
    }

    /// Replaces ids in one record of a document.
    pub fn apply_to(&self, record: &mut Record) {
        let Some(doc) = record.evidence().map(|it| it.doc.clone()) else { return };
        record.each_side_mut(&mut |_, ids| self.ids(&doc, ids));
        record.each_reference_mut(&mut |id| self.id(&doc, id));
    }
}

/// Names for the ids of actors.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<ActorId, (String, ActorKind)>);

impl Names {
    /// Returns the names of linked `actors`, and of actors that only mentions in `records` name.
    pub fn new<'r>(actors: &[Actor], records: impl IntoIterator<Item = &'r DocumentRecords>) -> Self {
        let linked = actors.iter().map(|actor| (actor.id.clone(), (actor.name.clone(), actor.actor_kind)));
        let mut names: BTreeMap<ActorId, (String, ActorKind)> = linked.collect();
        for mention in records.into_iter().flat_map(|it| &it.mentions) {
            if !names.contains_key(&mention.actor) {
                names.insert(mention.actor.clone(), (mention.name.clone(), mention.actor_kind));
            }
        }
        names.retain(|_, (name, _)| !name.trim().is_empty());
        Self(names)
    }

    /// Returns the name of `id`; if none is known, the id without its kind.
    pub fn of<'n>(&'n self, id: &'n str) -> &'n str {
        match self.0.get(id) {
            Some((name, _)) => name,
            None if id.starts_with("unnamed:") => "somebody unnamed",
            None => id.split_once(':').map_or(id, |(_, rest)| rest),
        }
    }

    /// Returns all ids that have a name, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &ActorId> {
        self.0.keys()
    }

    /// Returns the kind of `id`, if it is known.
    pub fn kind(&self, id: &str) -> Option<ActorKind> {
        self.0.get(id).map(|(_, kind)| *kind)
    }

    /// Returns the names of `ids`, as `a, b and c`; empty for none.
    pub fn list(&self, ids: &[ActorId]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.of(id)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use readout_record::wire;

    use super::*;

    #[test]
    fn every_kind_over_reports_has_its_list() {
        let apart = [Kind::Document, Kind::Correction];
        for kind in Kind::ALL.into_iter().filter(|kind| !kind.is_passage() && !apart.contains(kind)) {
            let mut contents = Contents::default();
            contents.push_link(wire::from_line(&format!(r#"{{"kind":"{kind}"}}"#)).unwrap());
            let kinds: Vec<Kind> = contents.into_records().iter().map(Record::kind).collect();
            assert_eq!(kinds, [kind]);
        }
    }
}
