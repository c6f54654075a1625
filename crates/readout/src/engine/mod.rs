//! The steps of the flow without a file, for engines that keep the rows themselves: documents out of files, records out of
//! one document, links between all.
//!
//! Each step is a pure function of its input and the knowledge. What a file gives after reading and linking, [`link`]
//! gives of the same documents and records. With the feature `parquet`, `annotate` and `link_batches` are these steps on
//! batches of Arrow.

#[cfg(feature = "parquet")]
mod batches;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use readout_knowledge::Knowledge;
use readout_link::Links;
use readout_record::{Document, DocumentId, DocumentRecords, Note, Record, RecordId};
use readout_sources::{Captured, Options, sources};
use readout_views::{Contents, Renames};

#[cfg(feature = "parquet")]
pub use batches::{DOCUMENTS_A_BATCH, annotate, document_batches, document_schema, link_batches};

use crate::origins::Naming;
use crate::reading::{Desk, Parser};

/// Reads the documents of files and folders, under the paths that a record of them would have; with `under`, a folder in which
/// all `paths` are, under those that a record of that folder would have.
///
/// A document that stands in two places comes twice.
pub fn documents<'o>(
    paths: &'o [PathBuf],
    under: Option<&'o Path>,
    options: &'o Options,
) -> impl Iterator<Item = Captured> + 'o {
    paths.iter().flat_map(move |path| {
        let naming = Naming::of(under.unwrap_or(path));
        sources(std::slice::from_ref(path), options).flat_map(move |found| {
            let mut troubles = Vec::new();
            let document = match found {
                Ok(source) => source
                    .document(options, &mut troubles)
                    .map(|document| Document { path: naming.origin(&source.path).path, ..document }),
                Err(trouble) => {
                    troubles.push(trouble);
                    None
                }
            };
            let troubles = troubles.into_iter().map(Captured::Trouble);
            troubles.chain(document.map(|it| Captured::Document(Box::new(it)))).collect::<Vec<_>>()
        })
    })
}

/// A reader of documents on one thread.
pub struct Reader<'r> {
    desk: Desk<'r>,
    knowledge: &'r Knowledge,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl<'r> Reader<'r> {
    /// Returns a reader with buffers of its own.
    pub fn new(parser: &'r impl Parser, knowledge: &'r Knowledge) -> Self {
        Self { desk: Desk::new(parser), knowledge }
    }

    /// Returns the records of `document`, and notes on what was left out.
    ///
    /// A fault of Readout's own in the reading of one document gives no records and a note, so that the others are read.
    pub fn records(&mut self, document: &Document) -> (DocumentRecords, Vec<Note>) {
        let read = catch_unwind(AssertUnwindSafe(|| self.desk.records(document, self.knowledge)));
        read.unwrap_or_else(|_| {
            let about = document.path.clone().unwrap_or_else(|| document.id.to_string());
            (DocumentRecords::default(), vec![Note::new(about, crate::reading::OWN_FAULT)])
        })
    }
}

/// Links `reports`, each with the records that [`Reader::records`] gave, and returns all of it joined: what a file of these
/// reports gives out. The order of the reports does not matter, and one that comes twice counts once.
pub fn link(mut reports: Vec<(Document, DocumentRecords)>, knowledge: &Knowledge) -> Contents {
    reports.sort_by(|a, b| (&a.0.id, &a.0.path).cmp(&(&b.0.id, &b.0.path)));
    reports.dedup_by(|later, first| later.0.id == first.0.id);
    let pairs: Vec<(&Document, &DocumentRecords)> =
        reports.iter().map(|(document, records)| (document, records)).collect();
    let links = readout_link::link(&pairs, knowledge);
    for ((document, _), copies) in reports.iter_mut().zip(&links.copies) {
        document.copies_of.clone_from(copies);
    }
    let (documents, records) = reports.into_iter().unzip();
    let mut contents = Contents { documents, records, ..Contents::default() };
    let renames = Renames::new(new_ids(&links));
    linked(links).for_each(|record| contents.push_link(record));
    contents.join(&renames);
    contents
}

/// Returns the ids of single reports that linking replaces. The key is the document (empty for any) and the id there.
pub(crate) fn new_ids(links: &Links) -> BTreeMap<(DocumentId, RecordId), RecordId> {
    let actors = links.actor_ids.iter();
    let mut names: BTreeMap<(DocumentId, RecordId), RecordId> =
        actors.map(|((document, local), linked)| ((document.clone(), local.into()), linked.into())).collect();
    let agreements = links.agreement_ids.iter();
    names.extend(agreements.map(|(local, linked)| ((DocumentId::new(), local.clone()), linked.clone())));
    names
}

/// Returns the records that documents share.
pub(crate) fn linked(links: Links) -> impl Iterator<Item = Record> {
    (links.actors.into_iter().map(Record::Actor))
        .chain(links.quotes.into_iter().map(Record::Quote))
        .chain(links.happenings.into_iter().map(Record::Happening))
        .chain(links.agreements.into_iter().map(Record::Agreement))
        .chain(links.positions.into_iter().map(Record::Position))
        .chain(links.stories.into_iter().map(Record::Story))
}
