//! The sections on agreements, commitments and conditions.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{AgreementStatus, RecordId};

use super::line::{names, when};
use super::{BriefLine, BriefSection, Maker};
use crate::words::folded;
use crate::{AgreementRow, CommitmentRow, ConditionRow, DueState, agreements, commitments, conditions};

impl Maker<'_> {
    /// Returns the section on the agreements with their terms.
    pub(super) fn agreements(&self) -> BriefSection {
        let mut lines = Vec::new();
        // Copies of a report tell of one agreement under one name.
        let mut merged: Vec<AgreementRow> = Vec::new();
        for it in agreements(self.contents, self.filter).into_iter().filter(tells_something) {
            let same = |of: &&mut AgreementRow| {
                of.name.eq_ignore_ascii_case(&it.name) && of.parties == it.parties && !it.parties.is_empty()
            };
            match merged.iter_mut().find(same) {
                Some(of) => {
                    of.also.push(it.citation);
                    of.also.extend(it.also);
                }
                None => merged.push(it),
            }
        }
        for it in &merged {
            let agreed = it.history.iter().any(|step| step.status == AgreementStatus::Agreed);
            let weight = 4 * it.terms.len().min(3)
                + 3 * it.parties.len().min(2)
                + 3 * usize::from(agreed)
                + it.also.len().min(3);
            let mut parts = vec![(weight, self.agreement_line(it))];
            // A term that is the agreement's name again says nothing more, unless it has a day.
            let said = |term: &&CommitmentRow| term.due.is_some() || !same(&term.action, &it.name);
            parts.extend(it.terms.iter().filter(said).map(|term| (weight, self.term_line(term))));
            lines.extend(parts);
        }
        self.section("WHAT WAS AGREED", "agreements", lines)
    }

    fn agreement_line(&self, it: &AgreementRow) -> BriefLine {
        let mut steps: Vec<String> = Vec::new();
        for step in &it.history {
            let time = step.time.as_ref().map(|time| format!(" {}", when(time))).unwrap_or_default();
            // That it stands as before is no step.
            let status = step.status.in_words();
            if steps.last().is_none_or(|last| !last.starts_with(status)) {
                steps.push(format!("{status}{time}"));
            }
        }
        let mut line = self.line().strong(&super::line::shorten(&it.name, self.length.passage));
        if !it.parties.is_empty() {
            line = line.plain(" — ").plain(&names(&it.parties));
        }
        if !steps.is_empty() {
            line = line.plain(": ").plain(&steps.join(" → "));
        }
        line.cite(self.references(std::iter::once(&it.citation).chain(&it.also)))
    }

    fn term_line(&self, it: &CommitmentRow) -> BriefLine {
        self.commitment_words(it).nested().cite(self.references([&it.citation]))
    }

    fn commitment_words(&self, it: &CommitmentRow) -> super::line::LineWriter {
        let mut who = names(&it.debtor);
        if !it.creditor.is_empty() {
            who.push_str(&format!(" for {}", names(&it.creditor)));
        }
        let mut line = self.line();
        if !who.is_empty() {
            line = line.strong(&who).plain(": ");
        }
        line = line.passage(&it.action);
        let state = match it.state {
            DueState::Overdue => ", overdue",
            DueState::Due | DueState::Open => "",
        };
        match (&it.deadline, &it.due) {
            (Some(words), Some(due)) => line.plain(&format!(" — {words}: due {due}{state}")),
            (Some(words), None) if !it.action.contains(words.as_str()) => line.plain(&format!(" — {words}")),
            _ => line,
        }
    }

    /// Returns the section on the commitments that are no term of a shown agreement. One of nobody is left out: no reader
    /// could say who is to do it.
    pub(super) fn commitments(&self) -> BriefSection {
        let shown: BTreeSet<RecordId> = agreements(self.contents, self.filter)
            .iter()
            .filter(|it| tells_something(it))
            .flat_map(|it| it.terms.iter().map(|term| term.citation.id.clone()))
            .collect();
        let rows = commitments(self.contents, self.filter);
        let lines = rows
            .iter()
            .filter(|it| !shown.contains(&it.citation.id) && !it.debtor.is_empty())
            .map(|it| {
                let weight = 2 * usize::from(it.due.is_some()) + usize::from(it.deadline.is_some());
                (weight, self.commitment_words(it).cite(self.references([&it.citation])))
            })
            .collect();
        self.section("WHAT IS TO BE DONE", "agreements", lines)
    }

    /// Returns the section on the conditions, in the reports' own words.
    pub(super) fn conditions(&self) -> BriefSection {
        let rows = conditions(self.contents, self.filter);
        // Several reports in the same words: one line.
        let mut by_words: BTreeMap<Vec<String>, Vec<&ConditionRow>> = BTreeMap::new();
        for it in &rows {
            by_words.entry(folded(&it.citation.text)).or_default().push(it);
        }
        let first = |it: &&ConditionRow| {
            by_words
                .get(&folded(&it.citation.text))
                .and_then(|all| all.first())
                .is_some_and(|of| of.citation == it.citation)
        };
        let lines = rows
            .iter()
            .filter(first)
            .map(|it| {
                let all = by_words.get(&folded(&it.citation.text)).map(Vec::as_slice).unwrap_or_default();
                let references = self.references(all.iter().map(|it| &it.citation));
                let mut line = self.line();
                if !it.by.is_empty() {
                    line = line.strong(&names(&it.by)).plain(" — ");
                }
                line = line.plain(it.tone.in_words());
                if !it.to.is_empty() {
                    line = line.plain(" to ").plain(&names(&it.to));
                }
                let weight = 2 * usize::from(!it.by.is_empty()) + usize::from(!it.to.is_empty());
                // The passage starts with what has to be, after the word that makes it a condition.
                let starts =
                    it.citation.spans.first().copied().filter(|_| it.citation.text.starts_with(&it.premise));
                let word = starts
                    .map(|span| self.selection.words_before(&it.citation.doc, span))
                    .unwrap_or_default();
                let line = line.plain(": ");
                // Where nobody sets it, the sentence says of what it is a condition.
                let line = match it.by.is_empty() {
                    true => line.passage(&self.selection.sentence(&it.citation)),
                    false if word.is_empty() => line.passage(&it.citation.text),
                    false => line.plain(&word).plain(" ").passage(&it.citation.text),
                };
                (weight, line.cite(references))
            })
            .collect();
        self.section("CONDITIONS", "conditions", lines)
    }
}

/// Whether an agreement is worth a line: it has a name of its own, terms, two parties, or a status beyond proposed or
/// under negotiation.
fn tells_something(it: &AgreementRow) -> bool {
    let named =
        it.name.split_whitespace().count() > 1 || it.name.chars().next().is_some_and(char::is_uppercase);
    let came = it
        .history
        .iter()
        .any(|step| !matches!(step.status, AgreementStatus::Proposed | AgreementStatus::UnderNegotiation));
    named || came || !it.terms.is_empty() || it.parties.len() > 1
}

/// Whether one of the two texts contains the words of the other.
fn same(a: &str, b: &str) -> bool {
    let fold = |text: &str| folded(text).join(" ");
    let (a, b) = (fold(a), fold(b));
    a.contains(&b) || b.contains(&a)
}
