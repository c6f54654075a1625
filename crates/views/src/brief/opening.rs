//! The opening of a brief: the sentences that tell the affair's news.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::is_function_word;

use super::candidates::{Candidate, Shown};
use super::maker::Maker;
use super::page::BriefSection;
use super::telling::telling;
use crate::affair::says;
use crate::selection::day;
use crate::when::order;

/// The heading of an opening.
pub(super) const HEADING: &str = "THE NEWS";
/// The fewest and the most sentences that an opening may have; between them it has one for each report.
const SENTENCES: (usize, usize) = (4, 8);
/// The paragraphs of prose at the head of a report that an opening is taken from.
const HEAD: usize = 3;
/// The share of words that two sentences of an opening may have in common. Set by hand.
const COMMON: f64 = 0.55;
/// The least value of a sentence beside the best one, of 100. Set by hand.
const BESIDE: usize = 15;
/// The weight from which a record that has no line of its own says that its sentence tells news, and that of one in the first
/// sentence of a report, which is there to tell it. Set by hand.
const WEIGHTY: usize = 60;
const WEIGHTY_FIRST: usize = 30;
/// The least part of the news, of what the sentence tells that tells most, that a further sentence tells and none before it.
/// Set by hand.
const NEW: f64 = 0.12;
/// The value that a sentence loses if its origin has another one here. Set by hand.
const AGAIN: usize = 10;

impl Maker<'_> {
    /// Returns the sentences that tell the news: from the heads of reports, one of each, those that tell most of it
    /// which no other has told, and the newest. Each carries a record of `candidates`.
    pub(super) fn opening<'o>(
        &self,
        candidates: impl Iterator<Item = &'o Candidate>,
        shown: &mut Shown,
    ) -> BriefSection {
        // Of one sentence the record that would be told elsewhere, or that has the greatest weight.
        let newest = self
            .selection
            .order
            .iter()
            .filter_map(|&at| self.contents.documents[at].published.as_deref().and_then(day))
            .max();
        let opens = |it: &Candidate| {
            // What a report says is to come is overtaken by those of later days.
            let overtaken = it.telling.text.split(' ').any(|word| word == "will")
                && it.citation.published.as_deref().and_then(day) < newest;
            self.opens_report(&it.citation.doc, it.telling.sentences.start)
                && !overtaken
                && !begins_bare(&it.telling.text)
        };
        let is_weighty = |it: &Candidate| it.fit || it.weight >= WEIGHTY;
        let mut weighty: Vec<&Candidate> =
            candidates.filter(|it| is_weighty(it) || it.weight >= WEIGHTY_FIRST && opens(it)).collect();
        weighty.sort_by_key(|it| (Reverse((is_weighty(it), it.fit, it.weight)), &it.citation.id));
        let mut found: BTreeMap<(String, usize), Candidate> = BTreeMap::new();
        let mut heads: BTreeSet<String> = BTreeSet::new();
        for of in weighty {
            // The first sentence of a report stands in for one that tells more of its news.
            if !is_weighty(of) && heads.contains(of.citation.doc.as_str()) {
                continue;
            }
            let citations =
                if is_weighty(of) { of.citations.as_slice() } else { std::slice::from_ref(&of.citation) };
            for it in citations.iter().filter_map(|it| self.lead(it)) {
                let doc = it.citation.doc.to_string();
                heads.insert(doc.clone());
                found.entry((doc, it.telling.sentences.start)).or_insert(it);
            }
        }
        let mut found: Vec<Candidate> = found.into_values().collect();
        let mut kept: Vec<Candidate> = Vec::new();
        let (fewest, most) = SENTENCES;
        let most = self.selection.order.len().clamp(fewest, most).min(self.length.lines);
        let alone = self.selection.order.len() < 2;
        let mut best = 0;
        let mut heard: BTreeSet<String> = BTreeSet::new();
        while kept.len() < most {
            let value = |it: &Candidate| {
                let again = heard.contains(&self.selection.origin(&it.citation.doc));
                let news = NEWS * self.affair.untold(&it.telling.words, &shown.told);
                (it.weight + news as usize).saturating_sub(if again { AGAIN } else { 0 })
            };
            let next = (0..found.len()).max_by_key(|&at| (value(&found[at]), Reverse(&found[at].order)));
            let Some(next) = next.filter(|&at| value(&found[at]) * 100 >= best * BESIDE) else { break };
            best = best.max(value(&found[next]));
            let it = found.swap_remove(next);
            shown.add(&it.citation, &it.telling);
            heard.insert(self.selection.origin(&it.citation.doc));
            found.retain(|of| {
                (alone || of.citation.doc != it.citation.doc)
                    && self.affair.untold(&of.telling.words, &shown.told) >= NEW
                    && self.affair.likeness(&of.telling.words, &it.telling.words) < COMMON
            });
            kept.push(it);
        }
        // The sentence that tells most of the news comes first, then the others in the order of the reports.
        if let Some((_, others)) = kept.split_first_mut() {
            others.sort_by(|a, b| a.order.cmp(&b.order));
        }
        let lines = kept.iter().map(|it| self.told_line(it, false)).collect();
        BriefSection { heading: HEADING, lines, more: 0, view: "timeline", command: String::new() }
    }

    /// Whether sentence number `at` of the report `doc` is the first of its first paragraph of prose.
    fn opens_report(&self, doc: &str, at: usize) -> bool {
        let paragraph = |at: usize| Some(self.affair.report(doc)?.sentences.get(at)?.paragraph);
        let is_first = at.checked_sub(1).is_none_or(|before| paragraph(before) != paragraph(at));
        is_first && self.affair.depth(doc, at) == 0
    }

    /// Returns the sentence around a passage at the head of its report, with the weight that its place has for an opening.
    fn lead(&self, citation: &crate::Citation) -> Option<Candidate> {
        let told =
            telling(&self.selection, &self.affair, &citation.doc, &citation.spans, self.length.passage)?;
        let depth = self.affair.depth(&citation.doc, told.sentences.start);
        if depth >= HEAD
            || !told.stands
            || !told.open.is_empty()
            || self.affair.is_column(&citation.doc)
            || self.affair.is_stale(None, &told.text, true)
        {
            return None;
        }
        let place = self.selection.place(&citation.doc) as f64 / self.selection.order.len().max(1) as f64;
        let lead = if depth == 0 { 20.0 } else { 0.0 };
        // What is quoted is what somebody makes of the news.
        let quoted = if told.text.starts_with(['“', '"']) { 15.0 } else { 0.0 };
        let supposed = if told.text.starts_with("If ") { 15.0 } else { 0.0 };
        let start = citation.spans.first().map_or(0, |span| span.start);
        Some(Candidate {
            order: (order(None, None), self.selection.place(&citation.doc), start),
            telling: told,
            citation: citation.clone(),
            citations: vec![citation.clone()],
            weight: (8.0 * place + lead - quoted - supposed).max(0.0) as usize,
            ..Candidate::default()
        })
    }
}

/// Whether `text` begins with a bare noun, as a report does whose head is cut off: `The president declined`.
fn begins_bare(text: &str) -> bool {
    let mut words = text.split(' ');
    let (the, noun, next) =
        (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    the == Some("The")
        && noun.starts_with(char::is_lowercase)
        && (is_function_word(next) && next != "of" || says(next) || next.ends_with("ed"))
}

/// The value of a sentence that tells all of the affair's news. Set by hand.
const NEWS: f64 = 70.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_noun_begins_no_report() {
        assert!(begins_bare("The president declined to say who pays."));
        assert!(!begins_bare("The president of Norland left."));
        assert!(!begins_bare("The harbour office shut the road."));
        assert!(!begins_bare("Norland shut the road."));
    }
}
