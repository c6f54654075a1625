//! Corrections applied to the records that were read and linked.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{
    Actor, ActorId, Change, Confidence, Correction, Document, DocumentId, DocumentRecords, Evidence,
    PublishedFrom, Record, RecordId, Target, issue_key,
};
use readout_text::{ByteSpan, CharSpan, Offsets};
use serde_json::Value;

use crate::{Contents, Renames};

/// The share that two passages must have in common to be taken for one passage after a new reading.
const SAME_PASSAGE: f64 = 0.5;

impl Contents {
    /// Applies `corrections` to the contents, in their order. To be called after [`Contents::join`].
    ///
    /// A correction of something that these contents do not have is skipped.
    ///
    /// A record is found by its id. If reading or linking has since given it another id, it is found by its kind and
    /// passage (the same words where the report has a new version), or by most of its members.
    pub fn correct(&mut self, corrections: &[Correction]) {
        for it in corrections {
            match &it.change {
                Change::Merge { actor, into } => self.merge(actor, into),
                Change::Split { actor, into, name, documents } => self.split(actor, into, name, documents),
                Change::Speaker { target, speaker } => self.set_speaker(target, speaker),
                Change::Reject { target } => self.reject(target),
                Change::Set { target, field, value } => self.set(target, field, value),
                Change::Confirm { .. } => {}
                Change::Add { records } => self.add(records),
                Change::Document { document, published, outlet, title } => {
                    if let Some(it) = self.documents.iter_mut().find(|it| it.id == *document) {
                        if published.is_some() {
                            it.published.clone_from(published);
                            it.published_from = Some(PublishedFrom::Metadata);
                        }
                        for (right, slot) in [(outlet, &mut it.outlet), (title, &mut it.title)] {
                            if right.is_some() {
                                slot.clone_from(right);
                            }
                        }
                    }
                }
                Change::NameIssue { issue, name } => {
                    for it in &mut self.positions {
                        if issue_key(&it.issue) == issue_key(issue) {
                            it.issue.clone_from(name);
                        }
                    }
                }
            }
        }
        self.corrections = corrections.to_vec();
    }

    fn merge(&mut self, actor: &ActorId, into: &ActorId) {
        let key = (DocumentId::new(), RecordId::from(actor));
        let renames = Renames::new([(key, RecordId::from(into))]);
        for (document, records) in self.documents.iter().zip(&mut self.records) {
            renames.apply(&document.id, records);
        }
        for it in &mut self.happenings {
            renames.ids("", &mut it.participants);
        }
        for it in &mut self.agreements {
            for actors in [&mut it.parties, &mut it.brokers, &mut it.guarantors] {
                renames.ids("", actors);
            }
            for step in &mut it.status {
                renames.ids("", &mut step.by);
                renames.ids("", &mut step.claimed_by);
            }
        }
        for it in &mut self.positions {
            renames.id("", it.actor.as_mut());
        }
        let Some(at) = self.actors.iter().position(|it| it.id == *actor) else { return };
        let merged = self.actors.remove(at);
        match self.actors.iter_mut().find(|it| it.id == *into) {
            Some(actor) => join_actors(actor, merged),
            None => {
                self.actors.push(Actor { id: into.clone(), ..merged });
                self.actors.sort_by(|a, b| a.id.cmp(&b.id));
            }
        }
    }

    fn split(&mut self, actor: &ActorId, into: &ActorId, name: &str, documents: &[DocumentId]) {
        let keys = documents.iter().map(|doc| ((doc.clone(), RecordId::from(actor)), RecordId::from(into)));
        let renames = Renames::new(keys);
        let mut moved = 0;
        for (document, records) in self.documents.iter().zip(&mut self.records) {
            if !documents.contains(&document.id) {
                continue;
            }
            for mention in records.mentions.iter_mut().filter(|it| it.actor == *actor) {
                name.clone_into(&mut mention.name);
                moved += 1;
            }
            renames.apply(&document.id, records);
        }
        if moved == 0 {
            return;
        }
        // A link goes with the actor where all of it stands in these reports.
        let doc_of: BTreeMap<RecordId, DocumentId> = (0..self.documents.len())
            .flat_map(|at| self.evidence(at))
            .map(|(_, it)| (it.id.clone(), it.doc.clone()))
            .collect();
        let moves = |members: &[RecordId]| {
            let docs: Vec<Option<&DocumentId>> = members.iter().map(|id| doc_of.get(id)).collect();
            !docs.is_empty() && docs.iter().all(|doc| doc.is_some_and(|doc| documents.contains(doc)))
        };
        let rename = |id: &mut ActorId| {
            if id == actor {
                id.clone_from(into);
            }
        };
        for it in &mut self.happenings {
            if moves(&it.members) {
                it.participants.iter_mut().for_each(rename);
            }
        }
        for it in &mut self.positions {
            if moves(&it.evidence) {
                rename(&mut it.actor);
            }
        }
        for it in &mut self.agreements {
            if it.evidence.iter().all(|passage| documents.contains(&passage.doc)) {
                let sides = [&mut it.parties, &mut it.brokers, &mut it.guarantors].into_iter();
                let steps = it.status.iter_mut().flat_map(|step| [&mut step.by, &mut step.claimed_by]);
                sides.chain(steps).flatten().for_each(rename);
            }
        }
        let mut kind = None;
        if let Some(it) = self.actors.iter_mut().find(|it| it.id == *actor) {
            it.mentions = it.mentions.saturating_sub(moved);
            kind = Some(it.actor_kind);
        }
        match self.actors.iter_mut().find(|it| it.id == *into) {
            Some(it) => it.mentions += moved,
            None => {
                self.actors.push(Actor {
                    id: into.clone(),
                    name: name.to_owned(),
                    actor_kind: kind.unwrap_or_default(),
                    mentions: moved,
                    ..Actor::default()
                });
                self.actors.sort_by(|a, b| a.id.cmp(&b.id));
            }
        }
    }

    fn set_speaker(&mut self, target: &Target, speaker: &[ActorId]) {
        let Some(id) = self.find(target) else { return };
        for records in &mut self.records {
            for it in records.statements.iter_mut().filter(|it| it.evidence.id == id) {
                it.speaker = speaker.to_vec();
                it.evidence.certainty = 1.0;
                it.evidence.confidence = None;
                "correction".clone_into(&mut it.evidence.rule);
            }
        }
    }

    fn set(&mut self, target: &Target, field: &str, value: &Value) {
        let Some(id) = self.find(target) else { return };
        if target.doc.is_empty() {
            return self.set_link(&id, field, value);
        }
        for records in &mut self.records {
            let set = records.find(&id).and_then(|it| it.to_record().with_field(field, value));
            if set.is_some_and(|it| records.replace(it)) {
                return self.take_sides(&id, field);
            }
        }
    }

    /// Sets a field of the agreement or position `id`. The agreements and positions of single reports stay as they were
    /// read, since nothing gives them out.
    fn set_link(&mut self, id: &RecordId, field: &str, value: &Value) {
        for it in self.agreements.iter_mut().filter(|it| it.id == *id) {
            if let Some(Record::Agreement(set)) = Record::Agreement(it.clone()).with_field(field, value) {
                *it = set;
            }
        }
        for it in self.positions.iter_mut().filter(|it| it.id == *id) {
            if let Some(Record::Position(set)) = Record::Position(it.clone()).with_field(field, value) {
                *it = set;
            }
        }
    }

    /// Adds the records of one passage, if its report is here and has it.
    fn add(&mut self, added: &[Record]) {
        let mut is_here = false;
        for record in added {
            match record.evidence() {
                Some(evidence) => {
                    let Ok(at) = self.documents.binary_search_by(|it| it.id.cmp(&evidence.doc)) else {
                        return;
                    };
                    let records = &mut self.records[at];
                    let known = records.find(&evidence.id).is_some();
                    if let Some(record) = anchored(record, &self.documents[at]).filter(|_| !known) {
                        is_here |= records.push(record).is_none();
                    }
                }
                None => {
                    let has = |doc: &DocumentId| self.documents.binary_search_by(|it| it.id.cmp(doc)).is_ok();
                    let is_here = is_here
                        || matches!(record, Record::Agreement(it) if it.evidence.iter().any(|it| has(&it.doc)));
                    if is_here {
                        self.push_link(record.clone());
                    }
                }
            }
        }
        // Sorting keeps the order of equals: an actor whom reports name stays before one who was added.
        self.actors.sort_by(|a, b| a.id.cmp(&b.id));
        self.actors.dedup_by(|a, b| a.id == b.id);
        self.positions.sort_by(|a, b| a.id.cmp(&b.id));
        self.positions.dedup_by(|a, b| a.id == b.id);
        self.agreements.sort_by(|a, b| a.id.cmp(&b.id));
        self.agreements.dedup_by(|a, b| a.id == b.id);
    }

    fn reject(&mut self, target: &Target) {
        if let Some(id) = self.find(target) {
            self.remove(&BTreeSet::from([id]));
        }
    }

    /// Removes the records that one reader of two alone found. Records of reports with one reader stay.
    pub fn keep_agreed(&mut self) {
        let single = |it: &Evidence| it.confidence == Some(Confidence::Single);
        let all = (0..self.documents.len()).flat_map(|at| self.evidence(at));
        let ids = all.filter(|(_, it)| single(it)).map(|(_, it)| it.id.clone()).collect();
        self.remove(&ids);
    }

    /// Removes the records `ids`, and from the links what rests on them.
    fn remove(&mut self, ids: &BTreeSet<RecordId>) {
        // What stood in a statement that goes stands in the next one around it that stays.
        let parents: BTreeMap<RecordId, Option<RecordId>> = self
            .records
            .iter()
            .flat_map(|it| &it.statements)
            .filter(|it| ids.contains(&it.evidence.id))
            .map(|it| (it.evidence.id.clone(), it.parent.clone()))
            .collect();
        let instead = |field: &mut Option<RecordId>| {
            // No statement stands in itself, so each step leads out.
            for _ in 0..=parents.len() {
                let Some(id) = field.as_ref().filter(|it| ids.contains(*it)) else { break };
                *field = parents.get(id).cloned().flatten();
            }
        };
        let unlink = |field: &mut Option<RecordId>| {
            if field.as_ref().is_some_and(|it| ids.contains(it)) {
                *field = None;
            }
        };
        for records in &mut self.records {
            records.retain(|it| !it.kind().is_passage() || !ids.contains(it.id()));
            for it in &mut records.statements {
                instead(&mut it.parent);
                unlink(&mut it.occasion);
                unlink(&mut it.quote);
            }
            for it in &mut records.events {
                instead(&mut it.reported_by);
                unlink(&mut it.happening);
            }
            for it in &mut records.meetings {
                instead(&mut it.reported_by);
                unlink(&mut it.happening);
            }
            for it in &mut records.incidents {
                instead(&mut it.reported_by);
                it.claimed_in.retain(|it| !ids.contains(it));
                it.blamed_in.retain(|it| !ids.contains(it));
                unlink(&mut it.happening);
            }
            for it in &mut records.conditions {
                instead(&mut it.statement);
                unlink(&mut it.premise.event);
                unlink(&mut it.consequence.event);
            }
            for it in &mut records.commitments {
                instead(&mut it.statement);
                unlink(&mut it.agreement);
            }
        }
        self.unlink(ids);
    }

    /// Removes the records `ids` from the links. Links that have too few members left are removed too.
    fn unlink(&mut self, ids: &BTreeSet<RecordId>) {
        let mut gone = ids.clone();
        for it in &mut self.quotes {
            let before = it.members.len();
            it.members.retain(|it| !ids.contains(it));
            it.differences.retain(|it| !ids.contains(&it.member));
            // An utterance that one report alone gives is no quote over reports.
            if it.members.len() < 2 && it.members.len() < before {
                gone.insert(it.id.clone());
            } else if ids.contains(&it.best_member) {
                it.best_member = it.members.first().cloned().unwrap_or_default();
                // The differences were those from the wording that is gone.
                it.differences.clear();
                let best = self.records.iter().flat_map(|it| &it.statements);
                let best = best.clone().find(|of| of.evidence.id == it.best_member);
                it.best = best.map(|of| of.content_text.clone()).unwrap_or_default();
            }
        }
        for it in &mut self.happenings {
            let before = it.members.len();
            it.members.retain(|it| !ids.contains(it));
            for disagreement in &mut it.disagreements {
                disagreement.values.iter_mut().for_each(|side| side.members.retain(|it| !ids.contains(it)));
                disagreement.values.retain(|side| !side.members.is_empty());
            }
            it.disagreements.retain(|it| it.values.len() > 1);
            it.possibly.retain(|(it, _)| !ids.contains(it));
            if it.members.is_empty() && before > 0 {
                gone.insert(it.id.clone());
            }
        }
        for it in &mut self.positions {
            let before = it.evidence.len();
            it.evidence.retain(|it| !ids.contains(it));
            if it.evidence.is_empty() && before > 0 {
                gone.insert(it.id.clone());
            }
        }
        for it in &mut self.agreements {
            it.terms.retain(|it| !ids.contains(it));
        }
        self.quotes.retain(|it| !gone.contains(&it.id));
        self.happenings.retain(|it| !gone.contains(&it.id));
        self.positions.retain(|it| !gone.contains(&it.id));
        self.agreements.retain(|it| !gone.contains(&it.id));
        self.stories.retain(|it| !gone.contains(&it.id));
        let unlink = |field: &mut Option<RecordId>| {
            if field.as_ref().is_some_and(|it| gone.contains(it)) {
                *field = None;
            }
        };
        self.documents.iter_mut().for_each(|it| unlink(&mut it.story));
        for records in &mut self.records {
            records.statements.iter_mut().for_each(|it| unlink(&mut it.quote));
            records.events.iter_mut().for_each(|it| unlink(&mut it.happening));
            records.meetings.iter_mut().for_each(|it| unlink(&mut it.happening));
            records.incidents.iter_mut().for_each(|it| unlink(&mut it.happening));
        }
    }

    /// Returns the id that the record `target` has in these contents; `None` if they do not have it.
    pub fn find(&self, target: &Target) -> Option<RecordId> {
        if target.doc.is_empty() {
            return self.find_link(target);
        }
        let in_report = |at: usize| self.evidence(at).into_iter();
        let of_kind =
            |at: usize| in_report(at).filter(|(kind, _)| kind.as_str() == target.kind).map(|(_, it)| it);
        let reports: Vec<usize> = (0..self.documents.len())
            .filter(|&at| {
                let it = &self.documents[at];
                it.id == target.doc || it.replaces.as_ref() == Some(&target.doc)
            })
            .collect();
        if let Some(at) = reports.iter().find(|&&at| of_kind(at).any(|it| it.id == target.id)) {
            let _ = at;
            return Some(target.id.clone());
        }
        reports.into_iter().find_map(|at| {
            let same = match self.documents[at].id == target.doc && !target.spans.is_empty() {
                true => of_kind(at)
                    .map(|it| (shared(&it.spans, &target.spans), it))
                    .filter(|(share, _)| *share >= SAME_PASSAGE)
                    .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.id.cmp(&a.1.id)))
                    .map(|(_, it)| it),
                false => of_kind(at).find(|it: &&Evidence| it.text == target.text),
            };
            same.map(|it| it.id.clone())
        })
    }

    /// Returns the link with the target's id, else the link with most of its members, if that is at least half of them.
    fn find_link(&self, target: &Target) -> Option<RecordId> {
        let mut candidates: Vec<Target> = Vec::new();
        let of = |record: Record| Target::of(&record);
        match target.kind.as_str() {
            "agreement" => candidates.extend(self.agreements.iter().cloned().map(Record::Agreement).map(of)),
            "position" => candidates.extend(self.positions.iter().cloned().map(Record::Position).map(of)),
            "quote" => candidates.extend(self.quotes.iter().cloned().map(Record::Quote).map(of)),
            "happening" => candidates.extend(self.happenings.iter().cloned().map(Record::Happening).map(of)),
            "story" => candidates.extend(self.stories.iter().cloned().map(Record::Story).map(of)),
            _ => {}
        }
        if candidates.iter().any(|it| it.id == target.id) {
            return Some(target.id.clone());
        }
        let common = |it: &Target| it.members.iter().filter(|id| target.members.contains(id)).count();
        let best = candidates
            .iter()
            .filter(|it| common(it) * 2 >= target.members.len().max(1) && common(it) > 0)
            .max_by(|a, b| common(a).cmp(&common(b)).then_with(|| b.id.cmp(&a.id)))?;
        Some(best.id.clone())
    }
}

/// Returns `record` with its passage where `document` has it now; `None` if it does not have these words.
fn anchored(record: &Record, document: &Document) -> Option<Record> {
    let evidence = record.evidence()?;
    let offsets = Offsets::new(&document.text);
    let words = |span: &CharSpan| offsets.to_bytes(*span).map(|it| it.slice(&document.text));
    let said: Option<Vec<&str>> = evidence.spans.iter().map(words).collect();
    if !evidence.spans.is_empty() && said.is_some_and(|it| it.join(" … ") == evidence.text) {
        return Some(record.clone());
    }
    // A new version of the report has the words elsewhere.
    let start = document.text.find(&evidence.text).filter(|_| !evidence.text.is_empty())?;
    let span = offsets.to_chars(ByteSpan::new(start as u32, (start + evidence.text.len()) as u32));
    let mut records = DocumentRecords::default();
    records.push(record.clone());
    records.each_evidence_mut(&mut |it| it.spans = vec![span]);
    for it in &mut records.statements {
        it.content = vec![span];
    }
    for it in &mut records.commitments {
        it.action = span;
    }
    records.into_records().next()
}

fn join_actors(actor: &mut Actor, merged: Actor) {
    actor.aliases.extend(merged.aliases);
    actor.aliases.push(merged.name);
    actor.aliases.retain(|it| *it != actor.name && !it.is_empty());
    actor.aliases.sort();
    actor.aliases.dedup();
    actor.roles.extend(merged.roles);
    actor.state = actor.state.take().or(merged.state);
    actor.sector = actor.sector.or(merged.sector);
    actor.mentions += merged.mentions;
}

/// Returns the share that two lists of spans have in common, of all that they cover; 0 to 1.
fn shared(a: &[CharSpan], b: &[CharSpan]) -> f64 {
    let length = |spans: &[CharSpan]| -> u32 { spans.iter().map(|it| it.end.saturating_sub(it.start)).sum() };
    let common: u32 =
        a.iter().flat_map(|a| b.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum();
    let together = (length(a) + length(b)).saturating_sub(common);
    if together == 0 { 0.0 } else { f64::from(common) / f64::from(together) }
}
