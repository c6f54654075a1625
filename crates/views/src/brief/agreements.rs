//! The candidates for agreements, commitments and conditions.

use std::collections::BTreeSet;

use readout_lexicon::WordSet;
use readout_record::{ActorId, AgreementStatus, Factuality, RecordId};

use super::candidates::{Candidate, Wanted};
use super::events::names_one;
use super::line::{names, when};
use super::maker::Maker;
use crate::affair::content_words;
use crate::judged::{INSTRUMENTS, SUBORDINATORS, WISHING};
use crate::{
    ActorName, AgreementRow, Citation, CommitmentRow, ConditionRow, DueState, agreements, commitments,
    conditions,
};

impl Maker<'_> {
    /// Returns the candidates for the agreements: the passage that tells most of it, then the steps and the terms.
    pub(super) fn agreements(&self) -> Vec<Candidate> {
        let rows = agreements(self.contents, self.filter);
        let mut found: Vec<(&AgreementRow, Candidate)> =
            rows.iter().filter_map(|it| Some((it, self.agreement(it)?))).collect();
        // One deal has many names: on a page the weightiest telling of those that may be one will do.
        let mut order: Vec<usize> = (0..found.len()).filter(|&at| found[at].1.fit).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(found[at].1.weight));
        let words: Vec<BTreeSet<String>> = found.iter().map(|(row, _)| own_words(row)).collect();
        let mut kept: Vec<usize> = Vec::new();
        for at in order {
            let one = |&of: &usize| may_be_one((found[of].0, &words[of]), (found[at].0, &words[at]));
            match kept.len() >= DEALS || kept.iter().any(one) {
                true => found[at].1.fit = false,
                false => kept.push(at),
            }
        }
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }

    fn agreement(&self, it: &AgreementRow) -> Option<Candidate> {
        let done = |status| {
            use AgreementStatus::{Proposed, UnderNegotiation};
            if matches!(status, Proposed | UnderNegotiation) {
                Factuality::Planned
            } else {
                Factuality::Happened
            }
        };
        let told = |citation: &Citation, others: &[Citation], step: Option<&crate::StatusRow>| {
            self.candidate(Wanted {
                first: Some(citation),
                others,
                actors: &it.parties,
                factuality: step.map_or(Factuality::Planned, |step| done(step.status)),
                time: step.and_then(|step| step.time.as_ref()),
                ..Wanted::default()
            })
        };
        let mut steps: Vec<Candidate> = Vec::new();
        for step in &it.history {
            if let Some(mut candidate) = told(&step.citation, &[], Some(step)) {
                candidate.head = step_words(step);
                candidate.facts = step.time.as_ref().map(when).into_iter().collect();
                steps.push(candidate);
            }
        }
        let terms = it.terms.iter().filter_map(|term| self.commitment(term));
        let terms: Vec<Candidate> = terms.map(|it| Candidate { by: String::new(), ..it }).collect();
        // The step with the greatest weight tells of the agreement; without one, the passage that has.
        // A line that names who agreed tells more than one that speaks of the deal.
        let named = |text: &str| {
            let parties = it.parties.iter().filter(|party| names_one(text, std::slice::from_ref(*party)));
            parties.count().min(2)
        };
        let best = (0..steps.len()).max_by_key(|&at| {
            let step = &steps[at];
            (step.fit, named(&step.telling.text), step.weight, std::cmp::Reverse(at))
        });
        let mut first = match best.filter(|_| !self.is_full()) {
            Some(at) => steps.remove(at),
            None => told(&it.citation, &it.also, it.history.last())?,
        };
        let parties: Vec<ActorId> = it.parties.iter().map(|it| it.id.clone()).collect();
        let known = parties.len() < 2 || self.affair.second_party(&parties) > 0.0;
        first.fit &= tells_something(it) && known && first.main && !first.is_quoted();
        first.fit &= !wishes(&first.telling.text);
        // What is only proposed stands behind what was agreed.
        first.weight = first.weight.saturating_sub(if has_come(it) { 0 } else { PROPOSED });
        first.head = match it.parties.as_slice() {
            [] => it.name.clone(),
            parties => format!("{} — {}", it.name, names(parties)),
        };
        if !it.brokers.is_empty() {
            first.head.push_str(&format!(", brokered by {}", names(&it.brokers)));
        }
        if !it.guarantors.is_empty() {
            first.head.push_str(&format!(", guaranteed by {}", names(&it.guarantors)));
        }
        if self.is_full() {
            first.citations = std::iter::once(&it.citation).chain(&it.also).cloned().collect();
        }
        first.nested = steps.into_iter().chain(terms).collect();
        if !self.is_full() {
            first
                .nested
                .retain(|it| it.fit && !it.is_quoted() && it.telling.sentences != first.telling.sentences);
            first.nested.retain(|it| !wishes(&it.telling.text));
            first.nested.sort_by_key(|it| std::cmp::Reverse(it.weight));
            first.nested.truncate(NESTED);
        }
        Some(first)
    }

    /// Returns the candidates for the commitments that are no term of an agreement.
    pub(super) fn commitments(&self) -> Vec<Candidate> {
        let shown: BTreeSet<RecordId> = agreements(self.contents, self.filter)
            .iter()
            .flat_map(|it| it.terms.iter().map(|term| term.citation.id.clone()))
            .collect();
        let rows = commitments(self.contents, self.filter);
        let rows = rows.iter().filter(|it| !shown.contains(&it.citation.id));
        rows.filter_map(|it| {
            let mut candidate = self.commitment(it)?;
            candidate.fit &= self.has_party(&it.debtor) && names_one(&candidate.telling.text, &it.debtor);
            // A promise that is only named, as one that somebody breaks, is not made here.
            let rule = self.selection.evidence(&it.citation.id).map(|it| it.rule.as_str());
            candidate.fit &= rule != Some(NAMED) && is_made_now(&candidate.telling.text, &it.citation.text);
            Some(candidate)
        })
        .collect()
    }

    fn commitment(&self, it: &CommitmentRow) -> Option<Candidate> {
        let due = it.due.as_ref().map(|due| readout_record::Time {
            text: due.clone(),
            from: Some(due.clone()),
            ..readout_record::Time::default()
        });
        let mut candidate = self.candidate(Wanted {
            first: Some(&it.citation),
            actors: &it.debtor,
            factuality: Factuality::Planned,
            time: due.as_ref(),
            ..Wanted::default()
        })?;
        candidate.fit &= !it.debtor.is_empty();
        candidate.head = match it.creditor.as_slice() {
            [] => names(&it.debtor),
            creditor => format!("{} for {}", names(&it.debtor), names(creditor)),
        };
        candidate.by = names(&it.debtor);
        let state = if it.state == DueState::Overdue { ", overdue" } else { "" };
        candidate.due = it.due.as_ref().map(|due| format!("due {due}{state}"));
        if candidate.due.is_some() {
            candidate.weight += DUE;
        }
        Some(candidate)
    }

    /// Returns the candidates for the conditions: on a page those that a party of the affair sets.
    pub(super) fn conditions(&self) -> Vec<Candidate> {
        conditions(self.contents, self.filter).iter().filter_map(|it| self.condition(it)).collect()
    }

    fn condition(&self, it: &ConditionRow) -> Option<Candidate> {
        let parties: Vec<ActorName> = it.by.iter().chain(&it.to).chain(&it.sides).cloned().collect();
        let mut candidate = self.candidate(Wanted {
            first: Some(&it.citation),
            actors: &parties,
            factuality: Factuality::Conditional,
            ..Wanted::default()
        })?;
        candidate.fit &= self.has_party(&it.by) && names_one(&candidate.telling.text, &it.by);
        let to = match it.to.as_slice() {
            [] => String::new(),
            to => format!(" to {}", names(to)),
        };
        let by = if it.by.is_empty() { String::new() } else { format!("{} — ", names(&it.by)) };
        candidate.by = names(&it.by);
        candidate.head = format!("{by}{}{to}", it.tone.in_words());
        Some(candidate)
    }
}

/// The weight that an agreement loses that is only proposed or under negotiation. Set by hand.
const PROPOSED: usize = 12;
/// The most lines that belong to the line of an agreement on a page.
const NESTED: usize = 3;
/// The weight that a known last day adds to a commitment. Set by hand.
const DUE: usize = 10;

/// The most deals that a page chooses from. Set by hand: several times what it shows.
const DEALS: usize = 40;

/// The rule that reads a promise from its noun.
const NAMED: &str = "commitment.noun";

/// Whether a sentence wishes or calls for something, so that nothing is agreed.
fn wishes(sentence: &str) -> bool {
    let words: Vec<&str> =
        sentence.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()).collect();
    let calls = |pair: &[&str]| {
        ["call", "calls", "called", "calling"].contains(&pair[0]) && ["for", "on", "upon"].contains(&pair[1])
    };
    words.iter().any(|word| WISHING.has(word)) || words.windows(2).any(calls)
}

/// Whether the words of a sentence before the `action` that is promised say it in their main clause and not of a time before:
/// no `had agreed`, and nothing after `while` or `which`.
fn is_made_now(sentence: &str, action: &str) -> bool {
    let head: String = action.chars().take(ACTION).collect();
    let before = sentence.find(&head).map_or(sentence, |at| &sentence[..at]);
    let words: Vec<&str> = before.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
    let is_past = words.iter().any(|word| bare(word) == "had");
    // “Orlo, who leads Norland, has vowed”: the clause is closed.
    let opens = |at: usize| {
        let word = bare(words[at]);
        at > 0
            && (SUBORDINATORS.has(&word) || ["which", "who", "whom", "where"].contains(&word.as_str()))
            && !words[at..].iter().any(|it| it.ends_with(','))
    };
    !is_past && !(0..words.len()).any(opens)
}

/// The code points by which an action is found in its sentence.
const ACTION: usize = 24;

/// Whether two agreements, each with its [`own_words`], may be one: two parties are the same, or the parties of one are not
/// known and the names have a word in common.
fn may_be_one(a: (&AgreementRow, &BTreeSet<String>), b: (&AgreementRow, &BTreeSet<String>)) -> bool {
    let shared = a.0.parties.iter().filter(|it| b.0.parties.contains(it)).count();
    let unknown = a.0.parties.len() < 2 || b.0.parties.len() < 2;
    shared >= 2 || unknown && !a.1.is_disjoint(b.1)
}

/// Returns the stems of the agreement's name without the words for any agreement.
fn own_words(it: &AgreementRow) -> BTreeSet<String> {
    let words = it.name.split(|letter: char| !letter.is_alphanumeric()).filter(|it| !INSTRUMENTS.has(it));
    words.flat_map(content_words).collect()
}

/// Whether an agreement has come further than to be proposed or under negotiation.
fn has_come(it: &AgreementRow) -> bool {
    use AgreementStatus::{Proposed, UnderNegotiation};
    it.history.iter().any(|step| !matches!(step.status, Proposed | UnderNegotiation))
}

/// Whether an agreement is worth a line: it has a name of its own, two parties, or several passages tell of it.
fn tells_something(it: &AgreementRow) -> bool {
    let named = it.name.chars().next().is_some_and(char::is_uppercase);
    named || it.parties.len() > 1 || it.also.len() > 1
}

/// Returns the words of a step of an agreement: its status, who took it, and whose claim it is.
fn step_words(step: &crate::StatusRow) -> String {
    let mut words = step.status.in_words().to_owned();
    if !step.by.is_empty() {
        words.push_str(&format!(" by {}", names(&step.by)));
    }
    if !step.claimed_by.is_empty() {
        words.push_str(&format!(" (says {})", names(&step.claimed_by)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_made_in_the_main_clause() {
        for (sentence, action) in [
            ("Orlo vowed to open the port.", "open the port"),
            ("Orlo, who leads Norland, has promised to open the port.", "open the port"),
        ] {
            assert!(is_made_now(sentence, action), "{sentence}");
        }
        for (sentence, action) in [
            ("Norland had agreed to open the port.", "open the port"),
            ("Lee spoke at a meeting while Orlo said he would open the port.", "open the port"),
            ("Norland left under a pact in which Torvik promised to open the port.", "open the port"),
        ] {
            assert!(!is_made_now(sentence, action), "{sentence}");
        }
    }

    #[test]
    fn who_calls_for_a_step_takes_none() {
        assert!(wishes("The council called on both sides to carry out the accord."));
        assert!(wishes("Orlo hopes to sign the accord."));
        assert!(!wishes("Both sides signed a deal called the accord."));
    }
}
