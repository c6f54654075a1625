//! What is written: the contents of a file under a filter, with the indexes that all forms use.

use std::collections::BTreeMap;

use readout_knowledge::Knowledge;
use readout_record::{ActorId, Document, DocumentRecords, Evidence, RecordRef};
use readout_text::{CharSpan, Offsets, paragraphs};
use readout_views::{Contents, Names, Picked};

/// The contents of a file, and which of its records are to be written.
#[derive(Debug)]
pub struct Source<'c> {
    /// All that the file has; a record may name one that is not written.
    pub contents: &'c Contents,
    /// The records that are written.
    pub picked: &'c Picked,
    /// The names of all actors.
    pub names: Names,
    /// The gazetteer that knows where places are; without one they have no coordinates.
    pub knowledge: Option<&'c Knowledge>,
    /// The numbers of the documents, by day of publication (the undated last), then path and id.
    order: Vec<usize>,
    documents: BTreeMap<&'c str, usize>,
    records: BTreeMap<&'c str, RecordRef<'c>>,
    /// The first code point after each paragraph, for every document.
    paragraphs: Vec<Vec<u32>>,
}

/// A passage of a report.
#[derive(Clone, Copy, Debug)]
pub struct Place<'c> {
    /// The report.
    pub document: &'c Document,
    /// The spans of the passage, in code points; empty for the whole report.
    pub spans: &'c [CharSpan],
    /// The text of the passage.
    pub text: &'c str,
    /// The number of the paragraph in which the passage starts, from 1.
    pub paragraph: usize,
}

impl<'c> Source<'c> {
    /// Returns what is to be written of `contents`.
    pub fn new(contents: &'c Contents, picked: &'c Picked) -> Self {
        let mut order: Vec<usize> = (0..contents.documents.len()).collect();
        order.sort_by_key(|&at| {
            let it = &contents.documents[at];
            (it.published.is_none(), &it.published, &it.path, &it.id)
        });
        let documents = contents.documents.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        let all = contents.records.iter().flat_map(DocumentRecords::iter);
        let records = all.filter(|it| it.kind().is_passage()).map(|it| (it.id(), it)).collect();
        let ends = |it: &Document| {
            let offsets = Offsets::new(&it.text);
            paragraphs(&it.text).into_iter().map(|span| offsets.to_chars(span).end).collect()
        };
        let paragraphs = contents.documents.iter().map(ends).collect();
        let (names, knowledge) = (contents.names(), None);
        Self { contents, picked, names, knowledge, order, documents, records, paragraphs }
    }

    /// Gives the source a gazetteer.
    #[must_use]
    pub fn with(self, knowledge: &'c Knowledge) -> Self {
        Self { knowledge: Some(knowledge), ..self }
    }

    /// Returns the documents that are written, by day of publication.
    pub fn documents(&self) -> impl Iterator<Item = &'c Document> {
        let contents = self.contents;
        self.order
            .iter()
            .filter_map(move |&at| contents.documents.get(at))
            .filter(|it| self.picked.has(&it.id))
    }

    /// Returns the ids of all documents whose records may be written, in the order of [`Source::documents`].
    pub fn documents_with_records(&self) -> impl Iterator<Item = &'c str> {
        let contents = self.contents;
        self.order.iter().filter_map(move |&at| contents.documents.get(at)).map(|it| it.id.as_str())
    }

    /// Returns the records of one list of [`DocumentRecords`], in the order of [`Source::documents`], then of the text.
    pub fn each<T: 'c>(&self, of: impl Fn(&'c DocumentRecords) -> &'c [T]) -> Vec<&'c T> {
        let contents = self.contents;
        self.order.iter().filter_map(|&at| contents.records.get(at)).flat_map(of).collect()
    }

    /// Returns the records of one report that rest on a passage and are written, in the order of their kinds.
    pub fn records_of(&self, document: &str) -> impl Iterator<Item = RecordRef<'c>> {
        let records = self.documents.get(document).and_then(|&at| self.contents.records.get(at));
        let all = records.into_iter().flat_map(DocumentRecords::iter);
        all.filter(|it| it.kind().is_passage() && self.picked.has(it.id()))
    }

    /// Returns all that was read out of the report `document`.
    pub fn all_of(&self, document: &str) -> Option<&'c DocumentRecords> {
        self.documents.get(document).and_then(|&at| self.contents.records.get(at))
    }

    /// Returns the document `id`.
    pub fn document(&self, id: &str) -> Option<&'c Document> {
        self.documents.get(id).and_then(|&at| self.contents.documents.get(at))
    }

    /// Returns the record `id` of one report.
    pub fn record(&self, id: &str) -> Option<RecordRef<'c>> {
        self.records.get(id).copied()
    }

    /// Returns the passage of `evidence`.
    pub fn place(&self, evidence: &'c Evidence) -> Option<Place<'c>> {
        self.place_at(&evidence.doc, &evidence.spans, &evidence.text)
    }

    /// Returns the passage at `spans` (code points) of the report `doc`.
    pub fn place_at(&self, doc: &str, spans: &'c [CharSpan], text: &'c str) -> Option<Place<'c>> {
        let &at = self.documents.get(doc)?;
        let start = spans.first().map_or(0, |span| span.start);
        let ends = self.paragraphs.get(at).map(Vec::as_slice).unwrap_or_default();
        let paragraph = (ends.partition_point(|&end| end <= start) + 1).min(ends.len().max(1));
        Some(Place { document: self.contents.documents.get(at)?, spans, text, paragraph })
    }

    /// Returns the names of `ids`, in their order.
    pub fn names_of(&self, ids: &[ActorId]) -> Vec<String> {
        ids.iter().map(|id| self.names.of(id).to_owned()).collect()
    }
}
