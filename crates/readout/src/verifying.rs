use std::collections::{BTreeMap, BTreeSet};

use readout_record::{CopyOf, Document, DocumentRecords, Evidence, EvidenceSpan, Record, ids};
use readout_store::{Scope, Store};
use readout_text::{CharSpan, Offsets};

use crate::Result;

/// What [`crate::Corpus::verify`] looked at and found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Reports in all their versions.
    pub documents: u64,
    /// Records, mentions and links.
    pub records: u64,
    /// Passages that were compared with their text.
    pub passages: u64,
    /// What is wrong, a sentence each; empty if all is well.
    pub problems: Vec<String>,
}

pub(crate) fn verify(store: &Store) -> Result<Verification> {
    let mut found = Verification { problems: store.check()?, ..Verification::default() };
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut named: Vec<(String, String)> = Vec::new();
    // What links and copies say of a report is looked at with it: each report is read once.
    let links = store.links(None)?;
    let mut of_links: BTreeMap<&str, Vec<(&str, &EvidenceSpan)>> = BTreeMap::new();
    for link in &links {
        found.records += 1;
        known.insert(link.id().to_owned());
        let (passages, records) = supports(link);
        named.extend(records.iter().map(|id| (link.id().to_owned(), id.clone())));
        for passage in passages {
            of_links.entry(&passage.doc).or_default().push((link.id(), passage));
        }
    }
    let mut lengths: BTreeMap<String, u32> = BTreeMap::new();
    let mut copied: Vec<(String, CopyOf)> = Vec::new();
    let current: BTreeSet<String> = store.ids_of(&Scope::All)?.into_iter().collect();
    for id in store.ids()? {
        let Some(document) = store.document(&id)? else { continue };
        let records = store.records_of(&id)?;
        found.documents += 1;
        if ids::sha256(document.text.as_bytes()) != document.text_sha256 {
            found.problems.push(format!("{id}: its text does not have its hash"));
        }
        let mut check =
            Check { offsets: Offsets::new(&document.text), document: &document, found: &mut found };
        check.records(&records, &mut known);
        for (link, passage) in of_links.remove(id.as_str()).unwrap_or_default() {
            check.passage(link, &passage.spans, &passage.text);
        }
        lengths.insert(id.clone(), check.offsets.len_chars());
        if current.contains(&id) {
            copied.extend(document.copies_of.into_iter().map(|copy| (id.clone(), copy)));
        }
        known.insert(id);
        references(&records, &mut named);
    }
    for (doc, links) in of_links {
        named.extend(links.into_iter().map(|(link, _)| (link.to_owned(), doc.to_owned())));
    }
    // What an agreement of one report becomes on export.
    for ((document, local), linked) in store.renamed()? {
        if document.is_empty() {
            named.push((local, linked));
        }
    }
    for (id, copy) in copied {
        let (Some(&here), Some(&there)) = (lengths.get(&id), lengths.get(&copy.doc)) else {
            named.push((id, copy.doc));
            continue;
        };
        found.passages += copy.spans.len() as u64;
        let within = |span: CharSpan, length: u32| span.start <= span.end && span.end <= length;
        if !copy.spans.iter().all(|(a, b)| within(*a, here) && within(*b, there)) {
            found.problems.push(format!("{id}: a passage that it copies from {} is not there", copy.doc));
        }
    }
    for (id, other) in named {
        if !known.contains(&other) {
            found.problems.push(format!("{id}: names {other}, which is not there"));
        }
    }
    Ok(found)
}

/// The records of one document against its text.
struct Check<'c> {
    document: &'c Document,
    offsets: Offsets<'c>,
    found: &'c mut Verification,
}

impl Check<'_> {
    fn records(&mut self, records: &DocumentRecords, known: &mut BTreeSet<String>) {
        for it in &records.mentions {
            self.found.records += 1;
            self.passage(&it.actor, &[it.span], &it.text);
        }
        for it in &records.statements {
            self.evidence(&it.evidence, known);
            self.passage(&it.evidence.id, &it.content, &it.content_text);
            let id = &it.evidence.id;
            it.source.iter().chain(&it.cue).for_each(|&span| {
                self.within(id, span);
            });
        }
        for it in &records.events {
            self.evidence(&it.evidence, known);
        }
        for it in &records.meetings {
            self.evidence(&it.evidence, known);
        }
        for it in &records.incidents {
            self.evidence(&it.evidence, known);
        }
        for it in &records.conditions {
            self.evidence(&it.evidence, known);
            for part in [&it.premise, &it.consequence] {
                self.passage(&it.evidence.id, &[part.span], &part.text);
            }
        }
        for it in &records.commitments {
            self.evidence(&it.evidence, known);
            self.within(&it.evidence.id, it.action);
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

    fn evidence(&mut self, evidence: &Evidence, known: &mut BTreeSet<String>) {
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

    /// Whether `spans` slice to `text`.
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

    /// The words at `span`, which must lie in the text.
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

/// Which records the records of one document name.
fn references(records: &DocumentRecords, named: &mut Vec<(String, String)>) {
    let mut name = |id: &str, others: &mut dyn Iterator<Item = &String>| {
        named.extend(others.map(|other| (id.to_owned(), other.clone())));
    };
    for it in &records.statements {
        name(&it.evidence.id, &mut it.parent.iter().chain(&it.occasion));
    }
    for it in &records.events {
        name(&it.evidence.id, &mut it.reported_by.iter());
    }
    for it in &records.meetings {
        name(&it.evidence.id, &mut it.reported_by.iter());
    }
    for it in &records.incidents {
        name(&it.evidence.id, &mut it.reported_by.iter().chain(&it.claimed_in).chain(&it.blamed_in));
    }
    for it in &records.conditions {
        let events = it.premise.event.iter().chain(&it.consequence.event);
        name(&it.evidence.id, &mut it.statement.iter().chain(events));
    }
    for it in &records.commitments {
        name(&it.evidence.id, &mut it.statement.iter().chain(&it.agreement));
    }
}

/// The passages and the records on which a link rests.
fn supports(link: &Record) -> (Vec<&EvidenceSpan>, &[String]) {
    match link {
        Record::Actor(it) => (it.roles.iter().flat_map(|role| &role.evidence).collect(), &[]),
        Record::Agreement(it) => {
            let steps = it.status.iter().map(|step| &step.evidence);
            (it.evidence.iter().chain(steps).collect(), &it.terms)
        }
        Record::Position(it) => (Vec::new(), &it.evidence),
        Record::Quote(it) => (Vec::new(), &it.members),
        Record::Happening(it) => (Vec::new(), &it.members),
        Record::Story(it) => (Vec::new(), &it.documents),
        _ => (Vec::new(), &[]),
    }
}
