//! Spans that a person marked in an annotation program, held against the passages that were read, and taken in as that
//! person's corrections.

use std::collections::{BTreeMap, BTreeSet};

use readout_exchange::{MENTION, MarkedFile, MarkedReport, MarkedSpan, Tally};
use readout_record::{ActorKind, Change, Document, Kind, ids};
use readout_text::{CharSpan, Offsets};
use readout_views::{Citation, Contents, locate};
use serde::Serialize;

use crate::coded::{SAME_PASSAGE, shared};
use crate::coding::{BY_HAND, LONGEST, made};
use crate::judging::Agreeing;
use crate::{Corpus, Result};

/// A passage that a person marked, that was read, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MarkedRow {
    /// The passage. Its id is that of the record that was read, or of the report.
    #[serde(flatten)]
    pub citation: Citation,
    /// `alike`, `coder` (the person alone has it) or `machine` (the person does not have it).
    pub outcome: &'static str,
    /// The kind of record, or `mention`.
    pub label: String,
    /// The reason why the person's span is not taken in, if it is not.
    pub left_out: Option<String>,
}

/// Marked spans held against the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedComparison {
    /// Every span of the person, and every passage of the same kinds and reports that the person does not have.
    pub rows: Vec<MarkedRow>,
    /// How many passages of each kind both have, of those that either has.
    pub agreeing: Vec<Agreeing>,
    /// Reports of the file that are here.
    pub reports: usize,
    /// The names of reports that are not.
    pub missing: Vec<String>,
    /// The person's judgements, to be made with [`Corpus::apply`].
    pub changes: Vec<Change>,
    /// What could not be taken over, counted.
    pub tally: Tally,
}

/// A passage that was read.
struct Passage {
    spans: Vec<CharSpan>,
    id: String,
    /// True if the person should have marked it too: mentions by pronouns and descriptions need not be.
    is_due: bool,
}

impl Corpus {
    /// Holds the spans of `file` against the passages as they were read, without what people said of them since. Reports are
    /// found by their permanent id, address or text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn compare_marked(&self, file: &MarkedFile) -> Result<MarkedComparison> {
        let contents = self.contents_as_read()?;
        let mut found = MarkedComparison { tally: file.tally.clone(), ..MarkedComparison::default() };
        let spans = file.reports.iter().flat_map(|it| &it.spans);
        let labels: BTreeSet<&str> = spans.filter_map(|it| label_of(&it.label)).collect();
        let mut units: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for report in &file.reports {
            let Some(at) = find_report(&contents, report) else {
                found.tally.add("spans left out, since their report is not in this file", report.spans.len());
                found.missing.push(report.name.clone());
                continue;
            };
            found.reports += 1;
            let Some(document) = contents.documents.get(at) else { continue };
            let offsets = Offsets::new(&document.text);
            let mut marked: BTreeMap<&str, Vec<CharSpan>> = BTreeMap::new();
            for span in &report.spans {
                let Some(label) = label_of(&span.label) else {
                    found.tally.add("spans left out, since their label is no kind of record", 1);
                    continue;
                };
                match place(document, &offsets, span) {
                    Some(place) => marked.entry(label).or_default().push(place),
                    None => found.tally.add("spans left out, since the report does not have their words", 1),
                }
            }
            for label in &labels {
                let spans = marked.remove(label).unwrap_or_default();
                let passages = read(&contents, at, label);
                let (alike, all) = compare(document, &offsets, (*label, &spans), &passages, &mut found);
                let unit = units.entry(label).or_default();
                *unit = (unit.0 + alike, unit.1 + all);
            }
        }
        let row = |(label, (alike, records)): (&str, (usize, usize))| Agreeing {
            kind: label.to_owned(),
            records,
            alike,
            alpha: None,
        };
        found.agreeing = units.into_iter().map(row).collect();
        Ok(found)
    }
}

/// Returns the label as it is compared: a kind of record that rests on a passage, or `mention` for a name and any sort of actor.
fn label_of(label: &str) -> Option<&'static str> {
    let folded = label.trim().to_lowercase();
    if folded == MENTION || ActorKind::from_name(&folded).is_some() {
        return Some(MENTION);
    }
    Kind::from_name(&folded).filter(|it| it.is_passage()).map(Kind::as_str)
}

/// Returns the place of the report among the documents.
fn find_report(contents: &Contents, report: &MarkedReport) -> Option<usize> {
    let hash = (!report.text.is_empty()).then(|| ids::sha256(report.text.as_bytes()));
    let all = &contents.documents;
    let named = |it: &Document| it.id.as_str() == report.name || it.url.as_deref() == Some(&report.name);
    all.iter()
        .position(named)
        .or_else(|| all.iter().position(|it| hash.as_ref().is_some_and(|hash| it.text_sha256 == *hash)))
}

/// Returns the passage of a span in `document`: its place, if the words stand there, or else where the words stand first.
fn place(document: &Document, offsets: &Offsets<'_>, span: &MarkedSpan) -> Option<CharSpan> {
    let there = span.place.map(|(start, end)| CharSpan::new(start, end)).filter(|it| it.start < it.end);
    let at = there.filter(|it| {
        let words = offsets.to_bytes(*it).map(|it| it.slice(&document.text));
        // The words of several pieces are not all of what stands between the first and the last.
        words.is_some_and(|words| {
            let mut pieces = span.words.split_whitespace();
            pieces.all(|piece| words.contains(piece))
        })
    });
    at.or_else(|| locate(document, &span.words)?.0.spans.first().copied())
}

/// Returns the passages of document number `at` that have a label.
fn read(contents: &Contents, at: usize, label: &str) -> Vec<Passage> {
    let Some(records) = contents.records.get(at) else { return Vec::new() };
    if label == MENTION {
        let one = |it: &readout_record::Mention| Passage {
            spans: vec![it.span],
            id: it.doc.to_string(),
            is_due: it.named,
        };
        return records.mentions.iter().map(one).collect();
    }
    let these = records.iter().filter(|it| it.kind().as_str() == label);
    let mut passages: Vec<Passage> = these
        .filter_map(|it| {
            let evidence = it.evidence()?;
            Some(Passage { spans: evidence.spans.clone(), id: evidence.id.to_string(), is_due: true })
        })
        .collect();
    passages.sort_by(|a, b| (&a.spans, &a.id).cmp(&(&b.spans, &b.id)));
    passages
}

/// Compares the spans of one label in one report. Returns how many passages both have, and how many either has.
fn compare(
    document: &Document,
    offsets: &Offsets<'_>,
    (label, marked): (&str, &[CharSpan]),
    read: &[Passage],
    found: &mut MarkedComparison,
) -> (usize, usize) {
    let mut candidates = Vec::new();
    for (at, span) in marked.iter().enumerate() {
        for (other, passage) in read.iter().enumerate() {
            let share = shared(*span, &passage.spans);
            if share >= SAME_PASSAGE {
                candidates.push(((share * -1000.0) as i64, at, other));
            }
        }
    }
    candidates.sort_unstable();
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, at, other) in candidates {
        if !pairs.contains_key(&at) && taken.insert(other) {
            pairs.insert(at, other);
        }
    }
    let row = |span: CharSpan, outcome: &'static str, id: Option<&str>| {
        let bytes = offsets.to_bytes(span).unwrap_or_default();
        let mut citation = Citation::of_span(document, bytes);
        if let Some(id) = id {
            citation.id = id.into();
        }
        MarkedRow { citation, outcome, label: label.to_owned(), left_out: None }
    };
    for (at, span) in marked.iter().enumerate() {
        match pairs.get(&at).and_then(|other| read.get(*other)) {
            // A span says where something is told, and nothing of who acts or how: it confirms no record.
            Some(passage) => found.rows.push(row(*span, "alike", Some(&passage.id))),
            None => {
                let mut row = row(*span, "coder", None);
                match added(document, label, *span) {
                    Ok(change) => found.changes.push(change),
                    Err(reason) => row.left_out = Some(reason),
                }
                found.rows.push(row);
            }
        }
    }
    let mut alone = 0;
    for (_, passage) in read.iter().enumerate().filter(|(at, it)| it.is_due && !taken.contains(at)) {
        if let Some(span) = passage.spans.first() {
            alone += 1;
            found.rows.push(row(*span, "machine", Some(&passage.id)));
        }
    }
    (pairs.len(), marked.len() + alone)
}

/// Returns the change that adds a record at a span that the person alone has, or why there is none.
fn added(document: &Document, label: &str, span: CharSpan) -> std::result::Result<Change, String> {
    let by_hand = |kind: &Kind| BY_HAND.contains(kind) && *kind != Kind::Position;
    match Kind::from_name(label).filter(by_hand) {
        None => Err(format!("a span alone makes no {label}")),
        Some(_) if (span.end - span.start) as usize > LONGEST => {
            Err(format!("it is longer than {LONGEST} letters"))
        }
        Some(kind) => Ok(Change::Add { records: made(kind, document, span) }),
    }
}
