//! The opening of a brief: the sentences that tell the affair's news.

use super::candidates::{Candidate, Shown, overlap};
use super::maker::Maker;
use super::page::BriefSection;
use super::telling::telling;
use crate::when::order;

/// The heading of an opening.
pub(super) const HEADING: &str = "THE NEWS";
/// The most sentences of an opening.
const SENTENCES: usize = 4;
/// The paragraphs at the head of a report that an opening is taken from.
const HEAD: usize = 3;
/// The share of words that two sentences of an opening may have in common. Set by hand.
const COMMON: f64 = 0.55;
/// The least value of a sentence beside the best one, of 100. Set by hand.
const BESIDE: usize = 45;

impl Maker<'_> {
    /// Returns the sentences that tell the news: from the heads of reports of distinct origins, the most central and the
    /// newest. Each carries a record of `candidates`.
    pub(super) fn opening<'o>(
        &self,
        candidates: impl Iterator<Item = &'o Candidate>,
        shown: &mut Shown,
    ) -> BriefSection {
        let mut found: Vec<(usize, Candidate)> = Vec::new();
        for it in candidates.filter(|it| it.fit) {
            for citation in &it.citations {
                found.extend(self.lead(citation));
            }
        }
        // The best first; of one sentence one record.
        found.sort_by(|(a, one), (b, other)| {
            (b, &one.order, &one.citation.id).cmp(&(a, &other.order, &other.citation.id))
        });
        let mut kept: Vec<Candidate> = Vec::new();
        let best = found.first().map_or(0, |(value, _)| *value);
        for (value, it) in found {
            if kept.len() == SENTENCES.min(self.length.lines) || value * 100 < best * BESIDE {
                break;
            }
            let origin = self.selection.origin(&it.citation.doc);
            let alone = self.selection.order.len() < 2;
            let new = kept.iter().all(|of| {
                (alone || self.selection.origin(&of.citation.doc) != origin)
                    && overlap(&of.telling.words, &it.telling.words) < COMMON
            });
            if new {
                kept.push(it);
            }
        }
        kept.sort_by(|a, b| a.order.cmp(&b.order));
        for it in &kept {
            shown.add(&it.citation, &it.telling);
        }
        let lines = kept.iter().map(|it| self.told_line(it, false)).collect();
        BriefSection { heading: HEADING, lines, more: 0, view: "timeline" }
    }

    /// Returns the sentence around a passage at the head of its report with its value for an opening.
    fn lead(&self, citation: &crate::Citation) -> Option<(usize, Candidate)> {
        if citation.paragraph > HEAD {
            return None;
        }
        let told =
            telling(&self.selection, &self.affair, &citation.doc, &citation.spans, self.length.passage)?;
        if !told.stands
            || !told.open.is_empty()
            || self.affair.is_column(&citation.doc)
            || self.affair.is_stale(None, &told.text, true)
        {
            return None;
        }
        let central =
            told.sentences.clone().map(|at| self.affair.central(&citation.doc, at)).fold(0.0, f64::max);
        let place = self.selection.place(&citation.doc) as f64 / self.selection.order.len().max(1) as f64;
        let lead = if citation.paragraph == 1 { 20.0 } else { 0.0 };
        // What is quoted is what somebody makes of the news.
        let quoted = if told.text.starts_with(['“', '"']) { 15.0 } else { 0.0 };
        let supposed = if told.text.starts_with("If ") { 15.0 } else { 0.0 };
        let value = (70.0 * central + 8.0 * place + lead - quoted - supposed).max(0.0) as usize;
        let start = citation.spans.first().map_or(0, |span| span.start);
        let candidate = Candidate {
            order: (order(None, None), self.selection.place(&citation.doc), start),
            telling: told,
            citation: citation.clone(),
            citations: vec![citation.clone()],
            ..Candidate::default()
        };
        Some((value, candidate))
    }
}
