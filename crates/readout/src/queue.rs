//! The records to look at next: the least certain first, among them those on which most rests.

use std::collections::BTreeMap;

use readout_record::{Kind, Record};
use readout_store::{Listed, Page, Scope};
use readout_views::{Citation, Filter, line};
use serde::Serialize;

use crate::judging::judged;
use crate::unknown::Unknown;
use crate::{Corpus, Result};

/// Reports whose records are looked through, the newest first.
const REPORTS: usize = 100;

/// The longest line on a record, in code points.
const LINE: usize = 200;

/// A record that nobody judged yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QueueRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The kind of record.
    pub kind: String,
    /// The record in words.
    pub told: String,
    /// The certainty of the reading, 0 to 1.
    pub certainty: f64,
    /// The number of records and links that rest on the record, itself included.
    pub uses: usize,
}

impl Corpus {
    /// Returns a page of the records that nobody judged yet, under `filter`, of which only the kinds of record count as
    /// kinds: first those that are least certain and most used. Of many reports, the newest 100 are looked through.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue(
        &self,
        filter: &Filter,
        page: &Page,
    ) -> Result<std::result::Result<Listed<QueueRow>, Unknown>> {
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
        let wanted = |kind: Kind| {
            filter.kind.is_empty() || filter.kind.iter().any(|it| it.eq_ignore_ascii_case(kind.as_str()))
        };
        let mut rows: Vec<(f64, QueueRow)> = Vec::new();
        for (document, records) in contents.documents.iter().zip(&contents.records) {
            for record in records.passages().filter(|it| wanted(it.kind()) && !judged.contains(it.id())) {
                let Some(evidence) = record.evidence() else { continue };
                let uses = 1 + uses.get(record.id()).copied().unwrap_or(0);
                // A record with twice the uses comes before one that is a little less certain.
                let weight = (1.0 - evidence.certainty) * f64::from(1 + uses.ilog2());
                rows.push((
                    weight,
                    QueueRow {
                        citation: Citation::of(evidence, document),
                        kind: record.kind().to_string(),
                        told: String::new(),
                        certainty: evidence.certainty,
                        uses,
                    },
                ));
            }
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.citation.id.cmp(&b.1.citation.id)));
        let total = rows.len();
        let shown = rows.into_iter().skip(page.from()).take(page.limit).map(|(_, row)| row);
        let told = |mut row: QueueRow| {
            let record =
                contents.records.iter().find_map(|it| it.find(&row.citation.id)).map(|it| it.to_record());
            row.told = record.as_ref().map(|it: &Record| line(it.as_ref(), &names, LINE)).unwrap_or_default();
            row
        };
        Ok(Ok(Listed::of(shown.map(told).collect(), total, page)))
    }
}
