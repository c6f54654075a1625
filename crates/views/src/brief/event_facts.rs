//! What a record on an event or a meeting has and the sentence that tells it lacks: a full brief says it behind the sentence.

use readout_record::Bounds;

use super::line::{names, when};
use crate::words::amount_of;
use crate::{EventRow, MeetingRow};

/// Returns what a record on an event has and `text` lacks.
pub(super) fn event_facts(it: &EventRow, text: &str) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    let state = it.factuality.unless_happened();
    if !state.is_empty() {
        facts.push(state.to_owned());
    }
    let untold = |range: &Bounds| match (range.least, range.most) {
        (Some(low), Some(high)) if low == high => !text.contains(&low.to_string()),
        _ => true,
    };
    facts.extend(it.killed.filter(untold).and_then(|it| amount_of(it, "killed", "killed")));
    facts.extend(it.injured.filter(untold).and_then(|it| amount_of(it, "hurt", "hurt")));
    for (word, who) in
        [("claimed by", &it.claimed_by), ("blamed on", &it.blamed_on), ("denied by", &it.denied_by)]
    {
        if !who.is_empty() {
            facts.push(format!("{word} {}", names(who)));
        }
    }
    facts.extend(it.place.clone().filter(|place| !text.contains(place.as_str())));
    facts.extend(it.time.as_ref().map(when));
    let reporter = names(&it.reporter);
    if !reporter.is_empty() && it.reporter != it.actor {
        facts.push(format!("according to {reporter}"));
    }
    facts
}

/// Returns what a record on a meeting has and `text` lacks.
pub(super) fn meeting_facts(it: &MeetingRow, text: &str) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    let state = it.factuality.unless_happened();
    if !state.is_empty() {
        facts.push(state.to_owned());
    }
    let untold = |fact: &String| !text.contains(fact.as_str());
    facts.extend(it.format.map(|it| it.in_words().to_owned()));
    facts.extend(it.occasion.clone().filter(untold));
    facts.extend(it.place.clone().filter(untold));
    facts.extend(it.time.as_ref().map(when));
    facts.extend(it.minutes.and_then(|it| amount_of(it, "minute", "minutes")));
    if !it.topics.is_empty() {
        facts.push(format!("on {}", it.topics.join("; ")));
    }
    let reporter = names(&it.reporter);
    if !reporter.is_empty() {
        facts.push(format!("according to {reporter}"));
    }
    facts
}
