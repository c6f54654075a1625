//! The choice of lines: what a page tells, and what it leaves out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_record::{Actor, ActorId, Confidence, Factuality, Sector, Time};
use readout_text::CharSpan;

use super::maker::Maker;
use super::page::{BriefLine, BriefSection};
use super::telling::{Telling, telling};
use crate::affair::{Told, rarity};
use crate::cite::{ActorName, Citation};
use crate::when::{TimeOrder, When, order};

/// The least weight of a line of a page. Set by hand, after reading briefs line by line.
const LEAST: usize = 24;
/// The least certainty of a record behind a line of a page. Set by hand.
const CERTAIN: f64 = 0.5;
/// The independent origins that are as good as certainty. Set by hand.
const SURE_ORIGINS: usize = 3;
/// The share of its words that a line has in common with another if it tells nothing new. Set by hand.
const REPEATED: f64 = 0.6;
/// The share of what its words say that no line has yet said, below which a line tells nothing new. Set by hand.
const NEW: f64 = 0.3;
/// The weight that a line loses for each that its report has given yet. Set by hand.
const EACH: usize = 3;
/// The weight that a line loses if its paragraph has given one yet. Set by hand.
const ONE_PARAGRAPH: usize = 8;
/// The weight that a stance, a demand or a duty loses for each of the same actor that the page has. Set by hand.
const EACH_BY: usize = 8;
/// The weight that a line loses if all that it tells of the affair's news is told yet. Set by hand.
const OLD: f64 = 30.0;
/// The weightiest candidates of a section, from which its lines are chosen. Set by hand: many times what a page shows.
const COMPARED: usize = 300;
/// The share of the shorter line's words from which one is an echo of another, the weight that each further origin adds, and
/// the most that do. Set by hand.
const ECHOED: f64 = 0.5;
const ECHO: usize = 4;
const MOST_ECHOES: usize = 3;
/// The weight that a line loses by a name in brackets, which may be the wrong one. Set by hand.
const BRACKETED: usize = 8;
/// The weight that a line loses if its report is a column. Set by hand.
const ARGUED: usize = 12;
/// The reports from which a page has more lines of what happened.
const MANY: usize = 10;
/// The least share of origins that name an actor at the head of a report if it is a party. Set by hand.
pub(super) const PARTY: f64 = 0.26;

/// The weight that a passage gains beside others on the same thing, if its sentence begins with it. Set by hand.
const LEADING: f64 = 20.0;
/// The part of the weight of the weightiest act that another act of a page has at least: a quarter. What is lighter stands
/// far down in its report and is no news beside it. Set by hand.
const BESIDE: usize = 4;
/// The step of weight within which lines of what happened are in the order of time. Set by hand.
const BAND: usize = 12;

/// What may become a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// The words before the telling that a full brief has.
    pub(super) head: String,
    /// Whose stance, demand or duty it is, by whom the lines of such a section are sorted; empty in other sections.
    pub(super) by: String,
    pub(super) telling: Telling,
    /// The passage that is told.
    pub(super) citation: Citation,
    /// All passages behind the line.
    pub(super) citations: Vec<Citation>,
    /// What the record has and the sentence may lack.
    pub(super) facts: Vec<String>,
    /// The last day for what is to be done.
    pub(super) due: Option<String>,
    pub(super) weight: usize,
    /// Whether it is fit for a page.
    pub(super) fit: bool,
    /// Whether the passage is the head of its sentence.
    pub(super) main: bool,
    /// Whether it is the making of an agreement, which has a section of its own.
    pub(super) agreed: bool,
    /// Whether it is an act of words, as a condemnation is: it stands with what was said.
    pub(super) in_words: bool,
    /// Whether it belongs behind the other lines of its section.
    pub(super) aside: bool,
    /// The place in the order of time, then of the reports.
    pub(super) order: (TimeOrder, usize, u32),
    /// The lines that belong to this one.
    pub(super) nested: Vec<Candidate>,
}

impl Candidate {
    /// Whether the words begin with what somebody is quoted as saying.
    pub(super) fn is_quoted(&self) -> bool {
        self.telling.text.starts_with(['“', '"', '‘'])
    }
}

/// The heading of the section on what happened.
pub(super) const HAPPENED: &str = "WHAT HAPPENED";

/// The lines that words have beyond those of other sections: most of what reports tell is said. Set by hand.
const SPOKEN: usize = 3;

/// The most lines that deeds leave free to words. Set by hand.
const SPARE: usize = 4;

/// The heading of the section on what was said.
pub(super) const SAID: &str = "WHAT WAS SAID";

/// What a candidate is made from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'w> {
    pub(super) first: Option<&'w Citation>,
    pub(super) others: &'w [Citation],
    pub(super) actors: &'w [ActorName],
    pub(super) factuality: Factuality,
    pub(super) time: Option<&'w Time>,
    /// The number of independent origins, if more is known than the passages tell.
    pub(super) origins: usize,
}

/// The sentences that lines of the brief have told.
#[derive(Debug, Default)]
pub(super) struct Shown {
    sentences: BTreeSet<(String, usize)>,
    words: Vec<BTreeSet<String>>,
    /// The words of all lines.
    pub(super) told: BTreeSet<String>,
    /// The number of lines that each report has given.
    reports: BTreeMap<String, usize>,
    /// The paragraphs that have given lines.
    paragraphs: BTreeSet<(String, usize)>,
    /// The lines that deeds left free to words.
    spare: usize,
}

impl Shown {
    /// Whether a line has told the sentence, or nearly all of its words, or all lines together have.
    pub(super) fn has(&self, doc: &str, telling: &Telling) -> bool {
        self.has_sentence(doc, telling)
            || self.words.iter().any(|words| overlap(words, &telling.words) >= REPEATED)
            || self.novelty(telling) < NEW
    }

    /// Whether a line has told one of the sentences.
    pub(super) fn has_sentence(&self, doc: &str, telling: &Telling) -> bool {
        telling.sentences.clone().any(|at| self.sentences.contains(&(doc.to_owned(), at)))
    }

    /// Returns the share of what the words of a telling say that no line has said, 0 to 1. Rare words say more.
    fn novelty(&self, telling: &Telling) -> f64 {
        let sum = |words: &mut dyn Iterator<Item = &String>| words.map(|word| rarity(word)).sum::<f64>();
        let all = sum(&mut telling.words.iter());
        let new = sum(&mut telling.words.iter().filter(|word| !self.told.contains(*word)));
        if all > 0.0 { new / all } else { 0.0 }
    }

    pub(super) fn add(&mut self, citation: &Citation, telling: &Telling) {
        let doc = citation.doc.as_str();
        self.paragraphs.insert((doc.to_owned(), citation.paragraph));
        self.sentences.extend(telling.sentences.clone().map(|at| (doc.to_owned(), at)));
        self.told.extend(telling.words.iter().cloned());
        self.words.push(telling.words.clone());
        *self.reports.entry(doc.to_owned()).or_default() += 1;
    }

    fn lines_of(&self, doc: &str) -> usize {
        self.reports.get(doc).copied().unwrap_or(0)
    }
}

/// The sectors of those who act for a state.
const OFFICIAL: [Sector; 6] = [
    Sector::Government,
    Sector::Military,
    Sector::Legislature,
    Sector::Judiciary,
    Sector::Police,
    Sector::Intelligence,
];

fn state(of: &Actor) -> Option<ActorId> {
    of.state.as_deref().map(ActorId::state)
}

/// Returns the share of the shorter list's words that both have.
pub(super) fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    a.intersection(b).count() as f64 / (a.len().min(b.len()) as f64).max(1.0)
}

/// Returns the share of the longer list's words that both have.
fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    a.intersection(b).count() as f64 / (a.len().max(b.len()) as f64).max(1.0)
}

/// Whether `time` begins after the day on which the report that has the passage was published.
fn is_ahead(time: Option<&Time>, citation: &Citation) -> bool {
    let begins = time.and_then(When::of).map(When::begins);
    let published = citation.published.as_deref().and_then(crate::selection::day);
    begins.zip(published).is_some_and(|(begins, published)| begins > published)
}

impl Maker<'_> {
    /// Returns the candidate that tells a record in the words of the passage with the greatest weight.
    pub(super) fn candidate(&self, wanted: Wanted<'_>) -> Option<Candidate> {
        let actors: Vec<ActorId> = wanted.actors.iter().map(|it| it.id.clone()).collect();
        let mut citations: Vec<Citation> = wanted.first.into_iter().chain(wanted.others).cloned().collect();
        // Of what reports outside the brief tell too, only its own are told and cited.
        citations.retain(|it| self.places.contains_key(&it.doc));
        // What a report wrote ahead of the day does not tell that it took place.
        let ahead = |it: &Citation| wanted.factuality == Factuality::Happened && is_ahead(wanted.time, it);
        if citations.iter().any(|it| !ahead(it)) {
            citations.retain(|it| !ahead(it));
        }
        let origins: BTreeSet<String> = citations.iter().map(|it| self.selection.origin(&it.doc)).collect();
        let mut best: Option<((bool, usize), usize, Telling, &Citation)> = None;
        for citation in &citations {
            let told =
                telling(&self.selection, &self.affair, &citation.doc, &citation.spans, self.length.passage);
            let Some(told) = told else { continue };
            let weight = self.affair.weight(
                &self.selection,
                Told {
                    doc: &citation.doc,
                    spans: &citation.spans,
                    actors: &actors,
                    origins: wanted.origins.max(origins.len()),
                    factuality: wanted.factuality,
                    time: wanted.time,
                },
            );
            let fit = told.stands
                && (self.is_sure(citation) || wanted.origins.max(origins.len()) >= SURE_ORIGINS)
                && !(wanted.factuality == Factuality::Happened && is_ahead(wanted.time, citation))
                && !self.affair.is_stale(wanted.time, &told.text, wanted.factuality == Factuality::Happened);
            let weight = weight.saturating_sub(if told.bracketed { BRACKETED } else { 0 });
            let weight = weight.saturating_sub(if self.affair.is_column(&citation.doc) { ARGUED } else { 0 });
            let lead = LEADING * self.affair.lead(&self.selection, &citation.doc, &citation.spans);
            let value = (fit, weight + lead as usize);
            if best.as_ref().is_none_or(|(most, ..)| value > *most) {
                best = Some((value, weight, told, citation));
            }
        }
        let ((fit, _), weight, telling, citation) = best?;
        let start = citation.spans.first().map_or(0, |span| span.start);
        Some(Candidate {
            order: (order(wanted.time, None), self.selection.place(&citation.doc), start),
            citation: citation.clone(),
            telling,
            weight,
            fit,
            main: self.affair.heads_sentence(&self.selection, &citation.doc, &citation.spans),
            citations: citations.clone(),
            ..Candidate::default()
        })
    }

    /// Whether the record behind a passage is sure: both readers agree on it, or one reader is certain.
    fn is_sure(&self, citation: &Citation) -> bool {
        self.selection
            .evidence(&citation.id)
            .is_none_or(|it| it.confidence != Some(Confidence::Single) && it.certainty >= CERTAIN)
    }

    /// Whether one of `actors` is a party of the affair, or acts for a state that is.
    pub(super) fn has_party(&self, actors: &[ActorName]) -> bool {
        let sides: Vec<ActorId> =
            actors.iter().flat_map(|it| [Some(it.id.clone()), self.acts_for(it)]).flatten().collect();
        self.affair.party(&sides) >= PARTY
    }

    /// Returns the state that an actor acts for, if any.
    pub(super) fn acts_for(&self, it: &ActorName) -> Option<ActorId> {
        self.actor(it).filter(|it| it.sector.is_some_and(|it| OFFICIAL.contains(&it))).and_then(state)
    }

    /// Returns the state that an actor is, acts for or belongs to, if any.
    pub(super) fn state_of(&self, it: &ActorName) -> Option<ActorId> {
        self.actor(it).and_then(state)
    }

    fn actor(&self, it: &ActorName) -> Option<&Actor> {
        let found = self.contents.actors.binary_search_by(|of| of.id.cmp(&it.id)).ok()?;
        self.contents.actors.get(found)
    }

    /// Whether the sentences of a line name one of each of the two that the brief is on, if it is on two.
    pub(super) fn is_of_pair(&self, it: &Candidate) -> bool {
        let doc = &it.citation.doc;
        let of_line = |span: CharSpan| {
            let at = self.affair.sentences_of(&self.selection, doc, &[span]);
            at.is_some_and(|at| it.telling.sentences.contains(&at.start))
        };
        self.pair.as_ref().is_none_or(|pair| pair.are_in(&self.selection, doc, of_line))
    }

    /// Leaves the making of an agreement to the section on agreements, if a line of `agreements` may tell it.
    pub(super) fn leave_agreed(&self, events: &mut [Candidate], agreements: &[Candidate]) {
        let told: BTreeSet<(&str, usize)> = agreements
            .iter()
            .filter(|it| it.fit && it.weight >= LEAST && !self.is_full())
            .flat_map(|it| it.telling.sentences.clone().map(|at| (it.citation.doc.as_str(), at)))
            .collect();
        for it in events.iter_mut().filter(|it| it.agreed) {
            let doc = it.citation.doc.as_str();
            it.fit &= !it.telling.sentences.clone().any(|at| told.contains(&(doc, at)));
        }
    }

    /// Returns the section of the candidates with the greatest weight that tell something new, in the order of time. What
    /// happened begins on a page with the weightiest.
    pub(super) fn section(
        &self,
        heading: &'static str,
        view: &'static str,
        mut candidates: Vec<Candidate>,
        shown: &mut Shown,
    ) -> BriefSection {
        let all = candidates.len();
        if !self.is_full() {
            if heading == HAPPENED {
                let most = candidates.iter().filter(|it| it.fit).map(|it| it.weight).max().unwrap_or(0);
                candidates.retain(|it| it.weight * BESIDE >= most);
            }
            let more = heading == HAPPENED && self.selection.order.len() >= MANY;
            let spare = if heading == SAID { SPOKEN + shown.spare.min(SPARE) } else { 0 };
            let most = self.length.lines + if more { 3 } else { 0 } + spare;
            candidates = self.best(candidates, most, shown);
            if heading == HAPPENED {
                shown.spare = most - candidates.len();
            }
        }
        let weightiest_first = heading == HAPPENED && !self.is_full();
        let band = |it: &Candidate| Reverse(if weightiest_first { it.weight / BAND } else { 0 });
        candidates
            .sort_by(|a, b| (&a.by, a.aside, band(a), &a.order).cmp(&(&b.by, b.aside, band(b), &b.order)));
        let more = all - candidates.len();
        let mut lines = Vec::new();
        for it in &candidates {
            lines.push(self.told_line(it, false));
            lines.extend(it.nested.iter().map(|it| self.told_line(it, true)));
        }
        lines.retain(|it| !it.references.is_empty());
        BriefSection { heading, lines, more, view, command: String::new() }
    }

    /// Returns the candidates for a page: fit, of some weight, and each with something new. A report that has told much
    /// has to tell weightier things.
    fn best(&self, mut candidates: Vec<Candidate>, most: usize, shown: &mut Shown) -> Vec<Candidate> {
        candidates.retain(|it| it.fit && it.weight >= LEAST);
        candidates.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.order.cmp(&b.order)));
        candidates.truncate(COMPARED);
        self.add_echoes(&mut candidates);
        let all: Vec<(Telling, Citation)> =
            candidates.iter().map(|it| (it.telling.clone(), it.citation.clone())).collect();
        let mut kept: Vec<Candidate> = Vec::new();
        while kept.len() < most {
            let value = |it: &Candidate| {
                let words = &it.telling.words;
                let old =
                    self.affair.untold(words, &BTreeSet::new()) - self.affair.untold(words, &shown.told);
                let by = kept.iter().filter(|of| !of.by.is_empty() && of.by == it.by).count();
                let paragraph = (it.citation.doc.to_string(), it.citation.paragraph);
                let beside = if shown.paragraphs.contains(&paragraph) { ONE_PARAGRAPH } else { 0 };
                let told =
                    EACH * shown.lines_of(&it.citation.doc) + EACH_BY * by + beside + (OLD * old) as usize;
                it.weight.saturating_sub(told)
            };
            // A thing that the page has told of is known; of another one nobody knows what it is.
            let leaves_open = |it: &Candidate| it.telling.open.iter().any(|noun| !shown.told.contains(noun));
            candidates.retain(|it| !shown.has(&it.citation.doc, &it.telling));
            let closed = |at: &usize| !leaves_open(&candidates[*at]);
            let best = (0..candidates.len()).filter(closed).max_by(|&a, &b| {
                let (a, b) = (&candidates[a], &candidates[b]);
                value(a).cmp(&value(b)).then_with(|| b.order.cmp(&a.order))
            });
            let Some(best) = best else { break };
            let mut it = candidates.swap_remove(best);
            shown.add(&it.citation, &it.telling);
            it.nested.retain(|it| {
                let new = it.fit && !shown.has(&it.citation.doc, &it.telling);
                if new {
                    shown.add(&it.citation, &it.telling);
                }
                new
            });
            // What tells the same is told by this line too.
            for (telling, citation) in &all {
                let same = likeness(&telling.words, &it.telling.words) >= REPEATED;
                if same && it.citations.iter().all(|of| of.id != citation.id) {
                    it.citations.push(citation.clone());
                }
            }
            kept.push(it);
        }
        kept
    }

    /// Adds to the weight of each candidate what it gains by the other origins that tell nearly the same.
    fn add_echoes(&self, candidates: &mut [Candidate]) {
        let origins: Vec<String> =
            candidates.iter().map(|it| self.selection.origin(&it.citation.doc)).collect();
        let echoes: Vec<usize> = (0..candidates.len())
            .map(|at| {
                let words = &candidates[at].telling.words;
                let same = |of: &usize| overlap(words, &candidates[*of].telling.words) >= ECHOED;
                let others = (0..candidates.len()).filter(|&of| origins[of] != origins[at]).filter(same);
                others.map(|of| origins[of].as_str()).collect::<BTreeSet<&str>>().len()
            })
            .collect();
        for (it, echoes) in candidates.iter_mut().zip(echoes) {
            it.weight += ECHO * echoes.min(MOST_ECHOES);
        }
    }

    /// Returns the line: the words, the outlet and the day, and the passages.
    pub(super) fn told_line(&self, it: &Candidate, nested: bool) -> BriefLine {
        let mut line = self.line();
        if self.is_full() && !it.head.is_empty() {
            line = line.strong(&it.head).plain(": ");
        }
        line = line.plain(&it.telling.text);
        if self.is_full() {
            line = line.facts(&it.facts);
        }
        if let Some(due) = &it.due {
            line = line.plain(&format!(" — {due}"));
        }
        line = line.faint(&format!(" — {}", self.reported(&it.citation, &it.citations)));
        let line = if nested { line.nested() } else { line };
        BriefLine { told: Some(it.citation.clone()), ..line.cite(self.references(&it.citations)) }
    }

    /// Returns who reports it and when: the outlet of the passage told with its day, then the other outlets.
    fn reported(&self, of: &Citation, all: &[Citation]) -> String {
        const NAMED: usize = 2;
        let outlet = |it: &Citation| match &it.outlet {
            Some(outlet) => outlet.clone(),
            None => format!("report {}", self.places.get(&it.doc).copied().unwrap_or(0)),
        };
        let first = outlet(of);
        let day = of.published.as_deref().and_then(crate::selection::day);
        let mut told = first.clone();
        if let Some(day) = day {
            told.push_str(&format!(", {day}"));
        }
        let mut others: Vec<String> = all.iter().map(outlet).filter(|it| *it != first).collect();
        others.sort();
        others.dedup();
        let more = others.len().saturating_sub(NAMED);
        others.truncate(NAMED);
        if !others.is_empty() {
            told.push_str(&format!("; also {}", others.join(", ")));
        }
        if more > 0 {
            told.push_str(&format!(" and {more} more"));
        }
        told
    }
}
