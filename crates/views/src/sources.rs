//! The reports.

use std::collections::BTreeMap;

use readout_record::{ActorId, Document, DocumentId, DocumentRecords, RecordId};
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::{Contents, Names};
use crate::filter::Filter;
use crate::selection::Selection;

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceRow {
    /// The report's id.
    pub id: DocumentId,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The file that it came from.
    pub path: Option<String>,
    /// The report's web address.
    pub url: Option<String>,
    /// The date of publication.
    pub published: Option<String>,
    /// The report's story.
    pub story: Option<RecordId>,
    /// Reports it copies, and the share of this report's text that they have, 0 to 1.
    pub copies: Vec<CopyRow>,
    /// Outlets and agencies through which its statements came, most often named first.
    pub origins: Vec<ActorName>,
    /// The number of records of the report that rest on a passage.
    pub records: usize,
}

/// A report that another copies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CopyRow {
    /// The copied report.
    pub doc: DocumentId,
    /// The share of the copying report's text, 0 to 1.
    pub share: f64,
}

/// Returns the reports, sorted by date. The undated come last.
pub fn sources(contents: &Contents, filter: &Filter) -> Vec<SourceRow> {
    let selection = Selection::new(contents, filter);
    let speaks = |records: &DocumentRecords| {
        filter.actor.is_empty()
            || records.mentions.iter().any(|it| selection.acting(&[std::slice::from_ref(&it.actor)]))
    };
    let mut rows = Vec::new();
    for &at in &selection.order {
        let (document, records) = (&contents.documents[at], &contents.records[at]);
        let title = document.title.as_deref().unwrap_or_default();
        let texts = [title, document.text.as_str()];
        if speaks(records)
            && selection.kinds(&["document"])
            && selection.dates(None, &document.id)
            && selection.words(&[], &texts)
        {
            rows.push(source_row(document, Some(records), &selection.names));
        }
    }
    rows
}

/// Returns the row of a report.
pub fn source_row(document: &Document, records: Option<&DocumentRecords>, names: &Names) -> SourceRow {
    let mut via: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for it in records.into_iter().flat_map(|it| &it.statements).flat_map(|it| &it.via) {
        *via.entry(it).or_default() += 1;
    }
    let mut via: Vec<(&ActorId, usize)> = via.into_iter().collect();
    via.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    SourceRow {
        id: document.id.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        authors: document.authors.clone(),
        path: document.path.clone(),
        url: document.url.clone(),
        published: document.published.clone(),
        story: document.story.clone(),
        copies: document
            .copies_of
            .iter()
            .map(|it| CopyRow { doc: it.doc.clone(), share: it.share })
            .collect(),
        origins: via
            .into_iter()
            .map(|(id, _)| ActorName { id: id.clone(), name: names.of(id).to_owned() })
            .collect(),
        records: records.map_or(0, |it| it.passages().count()),
    }
}

impl SourceRow {
    /// Returns the report itself as a passage: the text of its headline, with no span.
    pub fn citation(&self) -> Citation {
        Citation {
            id: RecordId::from(&self.id),
            doc: self.id.clone(),
            text: self.title.clone().unwrap_or_default(),
            paragraph: 1,
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            ..Citation::default()
        }
    }
}
