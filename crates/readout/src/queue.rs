//! The records to look at next: the least certain first, among them those on which most rests.

use std::collections::BTreeMap;

use readout_record::{Document, Evidence, Kind, RecordRef};
use readout_store::{Listed, Page, Scope};
use readout_views::{Citation, Contents, Filter, line};
use serde::Serialize;

use crate::judging::judged;
use crate::unknown::Unknown;
use crate::{Corpus, Error, Result};

/// Reports whose records are looked through, the newest first.
const REPORTS: usize = 100;

/// The longest line on a record, in code points.
const LINE: usize = 200;

/// The kinds of record in the queue: those of one report, and the stances that rest on them.
pub fn queue_kinds() -> impl Iterator<Item = Kind> {
    Kind::passages().chain([Kind::Position])
}

/// A record that nobody judged yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QueueRow {
    /// The passage, of a stance its first. The id is that of the record to be judged.
    #[serde(flatten)]
    pub citation: Citation,
    /// The kind of record.
    pub kind: String,
    /// The record in words.
    pub told: String,
    /// The certainty of the reading, 0 to 1; of a stance that of its surest passage.
    pub certainty: f64,
    /// The number of records and links that rest on the record, itself included; of a stance that of its passages.
    pub uses: usize,
}

impl Corpus {
    /// Returns a page of the records that nobody judged yet, under `filter`, of which only the kinds of record count as
    /// kinds: first those that are least certain and most used. Of many reports, the newest 100 are looked through.
    ///
    /// # Errors
    /// [`Error::Question`] for a kind that the queue does not have; or the file cannot be read.
    pub fn queue(
        &self,
        filter: &Filter,
        page: &Page,
    ) -> Result<std::result::Result<Listed<QueueRow>, Unknown>> {
        check_kinds(&filter.kind)?;
        let reports = Filter { kind: Vec::new(), text: None, issue: None, ..filter.clone() };
        let found = match self.list(readout_views::ListKind::Sources, &reports, &Page::first(REPORTS))? {
            Ok(found) => found.rows,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let readout_views::Rows::Sources(rows) = found else {
            return Ok(Ok(Listed::of(Vec::new(), 0, page)));
        };
        let ids = rows.into_iter().map(|it| it.id).collect();
        let contents = self.slice(&Scope::Documents(ids))?;
        let judged = judged(&self.corrections()?);
        let names = contents.names();
        let wanted = |kind: Kind| {
            filter.kind.is_empty() || filter.kind.iter().any(|it| it.eq_ignore_ascii_case(kind.as_str()))
        };
        let mut rows = candidates(&contents);
        rows.retain(|(record, _)| wanted(record.kind()) && !judged.contains(record.id()));
        // A record with twice the uses comes before one that is a little less certain.
        let weight = |row: &QueueRow| (1.0 - row.certainty) * f64::from(1 + row.uses.ilog2());
        rows.sort_by(|(_, a), (_, b)| {
            weight(b).total_cmp(&weight(a)).then_with(|| a.citation.id.cmp(&b.citation.id))
        });
        let total = rows.len();
        let shown = rows.into_iter().skip(page.from()).take(page.limit);
        let told =
            |(record, row): (RecordRef<'_>, QueueRow)| QueueRow { told: line(record, &names, LINE), ..row };
        Ok(Ok(Listed::of(shown.map(told).collect(), total, page)))
    }
}

/// Fails at the first kind that the queue does not have.
fn check_kinds(asked: &[String]) -> Result<()> {
    let has = |asked: &String| queue_kinds().any(|kind| asked.eq_ignore_ascii_case(kind.as_str()));
    let Some(wrong) = asked.iter().find(|it| !has(it)) else { return Ok(()) };
    let known = queue_kinds().map(Kind::as_str).collect::<Vec<_>>().join(", ");
    let message = format!("the queue has the kinds {known}, not {wrong}");
    Err(Error::Question { message })
}

/// Returns all records of `contents` that the queue may have, each with its row, in no order that matters.
fn candidates(contents: &Contents) -> Vec<(RecordRef<'_>, QueueRow)> {
    let uses = uses(contents);
    let mut rows = Vec::new();
    let mut here: BTreeMap<&str, (&Evidence, &Document)> = BTreeMap::new();
    for (document, records) in contents.documents.iter().zip(&contents.records) {
        for record in records.passages() {
            let Some(evidence) = record.evidence() else { continue };
            here.insert(evidence.id.as_str(), (evidence, document));
            let row = QueueRow {
                citation: Citation::of(evidence, document),
                kind: record.kind().to_string(),
                told: String::new(),
                certainty: evidence.certainty,
                uses: 1 + uses.get(record.id()).copied().unwrap_or(0),
            };
            rows.push((record, row));
        }
    }
    for position in &contents.positions {
        let passages: Vec<_> = position.evidence.iter().filter_map(|id| here.get(id.as_str())).collect();
        let Some((first, document)) = passages.first() else { continue };
        let certainty = passages.iter().map(|(it, _)| it.certainty).fold(0.0, f64::max);
        let citation = Citation { id: position.id.clone(), ..Citation::of(first, document) };
        let kind = Kind::Position.to_string();
        let uses = position.evidence.len();
        rows.push((
            RecordRef::Position(position),
            QueueRow { citation, kind, told: String::new(), certainty, uses },
        ));
    }
    rows
}

/// Returns how much rests on each record: the links that it is a member of, by their size, and the records that name it.
fn uses(contents: &Contents) -> BTreeMap<&str, usize> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let links = (contents.quotes.iter().map(|it| &it.members))
        .chain(contents.happenings.iter().map(|it| &it.members))
        .chain(contents.positions.iter().map(|it| &it.evidence));
    for members in links {
        for member in members {
            *uses.entry(member).or_default() += members.len().max(1);
        }
    }
    for records in &contents.records {
        for record in records.passages() {
            record.each_reference(&mut |id| *uses.entry(id).or_default() += 1);
        }
    }
    uses
}
