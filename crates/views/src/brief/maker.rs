//! A brief in the making, and what all its sections need.

use std::collections::BTreeMap;

use readout_record::DocumentId;

use super::line::LineWriter;
use super::page::{BriefLength, Reference};
use crate::affair::Affair;
use crate::cite::Citation;
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::{Selection, Sides};

/// A brief in the making: what is told, of which reports, how long.
pub(super) struct Maker<'c> {
    pub(super) contents: &'c Contents,
    pub(super) filter: &'c Filter,
    pub(super) selection: Selection<'c>,
    pub(super) affair: Affair,
    /// The number of each report, from 1.
    pub(super) places: BTreeMap<DocumentId, usize>,
    pub(super) length: BriefLength,
    /// The two that the brief is on, if it is on two.
    pub(super) pair: Option<Sides>,
}

impl Maker<'_> {
    /// Returns an empty line to write into.
    pub(super) fn line(&self) -> LineWriter {
        LineWriter::default()
    }

    /// Whether the brief leaves out nothing.
    pub(super) fn is_full(&self) -> bool {
        self.length == BriefLength::FULL
    }

    /// Returns the verb by which a passage tells of its record.
    pub(super) fn verb_of(&self, citation: &Citation) -> Option<&str> {
        let rule = &self.selection.evidence(&citation.id)?.rule;
        rule.rsplit_once("verb:").map(|(_, verb)| verb)
    }

    /// Returns references to the passages, in the order of the reports, each paragraph once.
    pub(super) fn references<'r>(&self, citations: impl IntoIterator<Item = &'r Citation>) -> Vec<Reference> {
        let mut seen = std::collections::BTreeSet::new();
        let mut found: Vec<Reference> = citations
            .into_iter()
            .filter_map(|it| {
                let source = *self.places.get(&it.doc)?;
                seen.insert((source, it.paragraph)).then(|| Reference {
                    source,
                    paragraph: it.paragraph,
                    id: it.id.clone(),
                    doc: it.doc.clone(),
                })
            })
            .collect();
        found.sort_by_key(|it| (it.source, it.paragraph));
        found
    }
}
