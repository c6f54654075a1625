//! The candidates for what was said.

use std::collections::BTreeMap;

use readout_lexicon::WordSet;
use readout_record::{Factuality, Mode};

use super::candidates::{Candidate, Wanted};
use super::events::names_one;
use super::line::names;
use super::maker::Maker;
use crate::events::known_time;
use crate::judged::{COURTESIES, UTTERANCES};
use crate::statements::{quote_row, shown, utterances};
use crate::{Citation, QuoteRow};

impl Maker<'_> {
    /// Returns one candidate for each utterance. An utterance within another has none of its own.
    ///
    /// On a page the affair's parties speak, by name, and each further line of one speaker weighs less.
    pub(super) fn statements(&self) -> Vec<Candidate> {
        let mut found: Vec<(QuoteRow, Candidate)> = Vec::new();
        for group in utterances(&self.selection) {
            let asked = group.iter().any(|it| shown(&self.selection, it));
            let alone = group.iter().all(|it| it.parent.is_none());
            if !asked || !alone {
                continue;
            }
            let time = known_time(group.iter().map(|it| it.time.as_ref()));
            let Some(row) = quote_row(&self.selection, &group) else { continue };
            let others: Vec<Citation> = row.wordings.iter().map(|it| it.citation.clone()).collect();
            let candidate = self.candidate(Wanted {
                first: Some(&row.best.citation),
                others: &others,
                actors: &row.best.speaker,
                factuality: Factuality::Happened,
                time: time.as_ref(),
                ..Wanted::default()
            });
            found.extend(candidate.map(|it| (row, it)));
        }
        for (row, candidate) in &mut found {
            candidate.weight += bonus(row);
            let courtesy = if is_courtesy(&candidate.telling.text) { COURTESY } else { 0 };
            candidate.weight = candidate.weight.saturating_sub(courtesy);
            // “Norland’s officials” have no names and speak for a state.
            let known = row.best.named || row.best.speaker.iter().any(|it| self.acts_for(it).is_some());
            candidate.fit &= known
                && !row.best.negated
                && row.best.cue.is_some()
                && candidate.main
                // What a column says in its own words of somebody is what its author makes of it.
                && (row.best.mode == Mode::Direct || !self.affair.is_column(&candidate.citation.doc))
                && speaks(row)
                && self.has_party(&row.best.speaker)
                && names_one(&candidate.telling.text, &row.best.speaker);
            candidate.head = head(row);
        }
        let mut best: Vec<usize> = (0..found.len()).collect();
        best.sort_by_key(|&at| std::cmp::Reverse(found[at].1.weight));
        let mut heard: BTreeMap<String, usize> = BTreeMap::new();
        for at in best {
            let (row, candidate) = &mut found[at];
            if !candidate.fit {
                continue;
            }
            let speaker = row.best.speaker.first().map_or_else(String::new, |it| it.id.to_string());
            let heard = heard.entry(speaker).or_default();
            candidate.weight = candidate.weight.saturating_sub(EACH_FURTHER * *heard);
            *heard += 1;
        }
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

/// The weight that each further line of a speaker loses. Set by hand: both sides are to be heard.
const EACH_FURTHER: usize = 8;

/// Whether words were used: what somebody wants, plans or thinks is no utterance.
fn speaks(row: &QuoteRow) -> bool {
    match row.best.act.as_deref() {
        // What is denied has a section of its own.
        Some(act) => act != "deny" && UTTERANCES.has(act),
        None => row.best.mode == Mode::Direct,
    }
}

/// Returns the weight that an utterance has beside what it tells: the speaker's own words, and an act of weight.
fn bonus(row: &QuoteRow) -> usize {
    let quoted = match row.best.mode {
        Mode::Direct | Mode::Mixed => 6,
        Mode::Indirect => 0,
    };
    let act = row.best.act.as_deref().unwrap_or_default();
    let weighty =
        matches!(act, "agree" | "deny" | "demand" | "threaten" | "promise" | "accuse" | "reject" | "warn");
    quoted + 4 * usize::from(weighty)
}

/// The weight that words of courtesy lose: thanks, condolences. Set by hand.
const COURTESY: usize = 12;

/// Whether a sentence is one of courtesy.
fn is_courtesy(text: &str) -> bool {
    text.split(|it: char| !it.is_alphabetic()).any(|word| COURTESIES.has(word))
}

/// Returns the speaker, the addressee and the words of saying.
fn head(row: &QuoteRow) -> String {
    let best = &row.best;
    let mut head = match (best.named, best.source.as_str()) {
        (true, _) => names(&best.speaker),
        (false, "") => "Somebody not named".to_owned(),
        // The report's own words stand for somebody.
        (false, words) => format!("“{words}”"),
    };
    if !best.addressee.is_empty() {
        head.push_str(&format!(" to {}", names(&best.addressee)));
    }
    match (best.negated, best.cue.as_deref().unwrap_or_default()) {
        (true, cue) => head.push_str(&format!(" (not: {cue})")),
        (false, "") => {}
        (false, cue) => head.push_str(&format!(" ({cue})")),
    }
    if !best.via.is_empty() {
        let via: Vec<&str> = best.via.iter().map(|it| it.name.as_str()).collect();
        head.push_str(&format!(", by way of {}", via.join(" ← ")));
    }
    head
}
