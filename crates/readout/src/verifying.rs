use std::collections::{BTreeMap, BTreeSet};

use readout_knowledge::Knowledge;
use readout_record::{
    CopyOf, Document, DocumentId, DocumentRecords, Evidence, EvidenceSpan, Record, RecordId, RecordRef, ids,
};
use readout_store::{Inspected, Store};
use readout_text::{CharSpan, Offsets};
use readout_views::Renames;

use crate::{Result, engine};

/// The result of [`crate::Corpus::verify`]: the number of things checked, and the problems found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Reports in all their versions.
    pub documents: u64,
    /// Records, mentions and links.
    pub records: u64,
    /// Passages that were compared with their text.
    pub passages: u64,
    /// The problems that were found, a sentence each; empty if all is well.
    pub problems: Vec<String>,
}

/// Checks the file. If there is `knowledge`, also links all reports anew with it in memory, and compares the links.
pub(crate) fn verify(store: &Store, knowledge: Option<&Knowledge>) -> Result<Verification> {
    let mut found = Verification { problems: store.check(), ..Verification::default() };
    let _still = store.snapshot()?;
    let mut problems = Vec::new();
    let links = store.inspect_links(&mut problems);
    let renamed = match store.renamed() {
        Ok(renamed) => renamed,
        Err(error) => {
            problems.push(error.to_string());
            NewIds::new()
        }
    };
    let renames = Renames::new(renamed.clone());
    let mut known: BTreeSet<RecordId> = links.iter().map(|(id, _)| id.clone()).collect();
    let links: Vec<Record> = links.into_iter().filter_map(|(_, link)| link).collect();
    found.records += links.len() as u64;
    let (mut named, mut cited) = told_by_links(&links, &renamed);
    let mut lengths: BTreeMap<DocumentId, u32> = BTreeMap::new();
    let mut copied: Vec<(DocumentId, CopyOf)> = Vec::new();
    let mut reports: Vec<(Document, DocumentRecords)> = Vec::new();
    let mut all_linked = true;
    store.inspect(&mut problems, |report, problems| {
        found.documents += 1;
        let Inspected { id, document, record_ids, mut records, current, linked } = report;
        all_linked &= current == linked;
        known.insert(RecordId::from(&id));
        let Some(document) = document else {
            cited.remove(&id);
            known.extend(record_ids);
            return;
        };
        if ids::sha256(document.text.as_bytes()) != document.text_sha256 {
            problems.push(format!("{id}: its text does not have its hash"));
        }
        let offsets = Offsets::new(&document.text);
        let mut check = Check { offsets, document: &document, found: &mut found };
        check.records(&records, &mut known);
        // What is damaged is there all the same.
        known.extend(record_ids);
        for (link, passage) in cited.remove(&id).unwrap_or_default() {
            check.passage(&link, &passage.spans, &passage.text);
        }
        lengths.insert(id.clone(), document.text.chars().count() as u32);
        if current {
            copied.extend(document.copies_of.iter().map(|copy| (id.clone(), copy.clone())));
        }
        for record in records.iter() {
            record.each_reference(&mut |other| named.push((record.id().into(), other.into())));
        }
        if !linked {
            return;
        }
        if knowledge.is_some() && current {
            reports.push((document, records.clone()));
        }
        renames.apply(&id, &mut records);
        for record in records.passages() {
            record.each_side(&mut |_, actors| {
                named.extend(actors.iter().map(|actor| (record.id().into(), actor.into())));
            });
        }
    });
    for (document, links) in cited {
        named.extend(links.into_iter().map(|(link, _)| (link, RecordId::from(&document))));
    }
    for (id, copy) in copied {
        found.passages += copy.spans.len() as u64;
        check_copy(id, &copy, &lengths, &mut named, &mut problems);
    }
    report_missing(named, &known, &mut problems);
    if let Some(knowledge) = knowledge {
        if all_linked {
            compare(&reports, &links, &renamed, knowledge, &mut problems);
        } else {
            problems.push(
                "reports came or went since it was linked: what they share cannot be compared".to_owned(),
            );
        }
    }
    found.problems.extend(problems);
    // A table that is gone is met at every report.
    let mut told = BTreeSet::new();
    found.problems.retain(|problem| told.insert(problem.clone()));
    Ok(found)
}

/// The ids that linking gave, by the document (empty for any) and the id there.
type NewIds = BTreeMap<(DocumentId, RecordId), RecordId>;
/// Pairs of a record and another that it names.
type Named = Vec<(RecordId, RecordId)>;
/// The passages that links cite of each report, with the link.
type Cited = BTreeMap<DocumentId, Vec<(RecordId, EvidenceSpan)>>;

/// Returns what the `links` and the new names of records name, and the passages that the links cite.
fn told_by_links(links: &[Record], renamed: &NewIds) -> (Named, Cited) {
    let mut named = Named::new();
    let mut cited = Cited::new();
    for link in links {
        let mut name = |other: &str| named.push((link.id().into(), other.into()));
        link.as_ref().each_reference(&mut name);
        link.as_ref().each_side(&mut |_, actors| actors.iter().for_each(|actor| name(actor)));
        for passage in passages(link) {
            cited.entry(passage.doc.clone()).or_default().push((link.id().into(), passage.clone()));
        }
    }
    // What an agreement of one report becomes on export.
    for ((document, local), linked) in renamed {
        if document.is_empty() {
            named.push((local.clone(), linked.clone()));
        }
    }
    (named, cited)
}

/// Checks that the passages which `id` copies are within both texts, by the `lengths` of these in code points.
fn check_copy(
    id: DocumentId,
    copy: &CopyOf,
    lengths: &BTreeMap<DocumentId, u32>,
    named: &mut Vec<(RecordId, RecordId)>,
    problems: &mut Vec<String>,
) {
    let Some(there) = lengths.get(&copy.doc) else {
        named.push((id.into(), RecordId::from(&copy.doc)));
        return;
    };
    let here = lengths.get(&id).copied().unwrap_or(0);
    if copy.spans.iter().any(|(own, other)| own.end > here || other.end > *there) {
        problems.push(format!("{id}: a passage that it copies from {} is not there", copy.doc));
    }
}

/// Adds a problem for each id in the second place of `named` that is not `known`, with one of those that name it.
fn report_missing(named: Vec<(RecordId, RecordId)>, known: &BTreeSet<RecordId>, problems: &mut Vec<String>) {
    let mut missing: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    for (id, other) in named {
        if !known.contains(&other) {
            missing.entry(other).or_default().insert(id);
        }
    }
    for (other, by) in missing {
        let more = if by.len() > 1 { format!(" ({} more name it)", by.len() - 1) } else { String::new() };
        problems.extend(by.first().map(|id| format!("{id}: names {other}, which is not there{more}")));
    }
}

/// Links `reports` anew, and adds a problem wherever `stored` or `renamed` differ from the result.
fn compare(
    reports: &[(Document, DocumentRecords)],
    stored: &[Record],
    renamed: &NewIds,
    knowledge: &Knowledge,
    problems: &mut Vec<String>,
) {
    let bare: Vec<Document> =
        reports.iter().map(|(document, _)| Document { copies_of: Vec::new(), ..document.clone() }).collect();
    let pairs: Vec<(&Document, &DocumentRecords)> =
        bare.iter().zip(reports.iter().map(|(_, records)| records)).collect();
    let links = readout_link::link(&pairs, knowledge);
    let (names, copies) = (engine::new_ids(&links), links.copies.clone());
    let anew: BTreeMap<RecordId, Record> =
        engine::linked(links).map(|record| (record.id().into(), record)).collect();
    let stored: BTreeMap<&str, &Record> = stored.iter().map(|record| (record.id(), record)).collect();
    for (id, record) in &stored {
        match anew.get(*id) {
            None => problems.push(format!("{id}: stored, but the reports do not give it")),
            Some(other) if other != *record => {
                problems.push(format!("{id}: stored otherwise than the reports give it"));
            }
            Some(_) => {}
        }
    }
    for id in anew.keys().filter(|id| !stored.contains_key(id.as_str())) {
        problems.push(format!("{id}: the reports give it, but it is not stored"));
    }
    let pairs = names.iter().chain(renamed);
    let differ: BTreeSet<&(DocumentId, RecordId)> =
        pairs.map(|(key, _)| key).filter(|key| names.get(*key) != renamed.get(*key)).collect();
    for (document, local) in differ {
        problems.push(format!("{local} of {document}: stands for another than the reports give"));
    }
    for ((document, _), copies) in reports.iter().zip(&copies) {
        if document.copies_of != *copies {
            problems
                .push(format!("{}: what it copies is stored otherwise than its text gives it", document.id));
        }
    }
}

/// The records of one document against its text.
struct Check<'c> {
    document: &'c Document,
    offsets: Offsets<'c>,
    found: &'c mut Verification,
}

impl Check<'_> {
    fn records(&mut self, records: &DocumentRecords, known: &mut BTreeSet<RecordId>) {
        for it in &records.mentions {
            self.found.records += 1;
            self.passage(&it.actor, &[it.span], &it.text);
        }
        for record in records.passages() {
            let Some(evidence) = record.evidence() else { continue };
            self.evidence(evidence, known);
            let id = &evidence.id;
            match record {
                RecordRef::Statement(it) => {
                    self.passage(id, &it.content, &it.content_text);
                    it.source.iter().chain(&it.cue).for_each(|&span| {
                        self.within(id, span);
                    });
                }
                RecordRef::Condition(it) => {
                    for part in [&it.premise, &it.consequence] {
                        self.passage(id, &[part.span], &part.text);
                    }
                }
                RecordRef::Commitment(it) => {
                    self.within(id, it.action);
                }
                _ => {}
            }
        }
        for it in &records.agreements {
            self.found.records += 1;
            known.insert(it.id.clone());
            for passage in it.evidence.iter().chain(it.status.iter().map(|step| &step.evidence)) {
                if passage.doc == self.document.id {
                    self.passage(&it.id, &passage.spans, &passage.text);
                }
            }
        }
        for it in &records.positions {
            self.found.records += 1;
            known.insert(it.id.clone());
        }
    }

    fn evidence(&mut self, evidence: &Evidence, known: &mut BTreeSet<RecordId>) {
        self.found.records += 1;
        if evidence.doc != self.document.id {
            self.problem(&evidence.id, "stands under another document than it names");
        }
        if evidence.spans.is_empty() {
            self.problem(&evidence.id, "has no passage");
        }
        if !known.insert(evidence.id.clone()) {
            self.problem(&evidence.id, "stands there twice");
        }
        self.passage(&evidence.id, &evidence.spans, &evidence.text);
    }

    /// Adds a problem if `spans` do not slice to `text`.
    fn passage(&mut self, id: &str, spans: &[CharSpan], text: &str) {
        let mut parts = Vec::with_capacity(spans.len());
        for &span in spans {
            match self.within(id, span) {
                Some(part) => parts.push(part),
                None => return,
            }
        }
        if parts.join(" … ") != text {
            self.problem(id, "its passage is not what its text says");
        }
    }

    /// Returns the words at `span`. Adds a problem if it does not lie in the text.
    fn within(&mut self, id: &str, span: CharSpan) -> Option<String> {
        self.found.passages += 1;
        match self.offsets.to_bytes(span) {
            Some(bytes) => Some(bytes.slice(&self.document.text).to_owned()),
            None => {
                self.problem(id, "its passage lies outside of the text");
                None
            }
        }
    }

    fn problem(&mut self, id: &str, what: &str) {
        self.found.problems.push(format!("{id} of {}: {what}", self.document.id));
    }
}

/// Returns the passages that a link names itself.
fn passages(link: &Record) -> Vec<&EvidenceSpan> {
    match link {
        Record::Actor(it) => it.roles.iter().flat_map(|role| &role.evidence).collect(),
        Record::Agreement(it) => {
            it.evidence.iter().chain(it.status.iter().map(|step| &step.evidence)).collect()
        }
        _ => Vec::new(),
    }
}
