//! Two names joined before a noun: `the Trump-Kim summit`, `U.S.-North Korea talks`.

use readout_annotate::MentionForm;
use readout_knowledge::Sense;
use readout_record::{ActorId, ActorKind};

use crate::clause::reading::Reading;

/// The most words of one of two joined names: `U.S.-Saudi Arabia`.
const WORDS: usize = 3;
/// The most tokens before a noun among which joined names are looked for.
const BEFORE: u32 = 12;

/// Returns the two actors whose names a hyphen joins before the noun `at`.
///
/// Such a compound is of the two who are at it: Quirk et al., *A Comprehensive Grammar* (1985), I.58, copulative compounds.
pub(crate) fn joined_names(reading: &Reading<'_>, at: u32) -> Vec<ActorId> {
    let first = reading.syntax.token(at).left_edge.max(at.saturating_sub(BEFORE));
    if first == at {
        return Vec::new();
    }
    let before = reading.syntax.passage(first..at);
    for (position, mark) in before.match_indices(['-', '–']) {
        let (left, right) = (before.get(..position), before.get(position + mark.len()..));
        let (Some(left), Some(right)) = (left, right) else { continue };
        let open = |part: Option<char>| part.is_none_or(char::is_whitespace);
        if open(left.chars().next_back()) || open(right.chars().next()) {
            continue;
        }
        let (left, right): (Vec<&str>, Vec<&str>) =
            (left.split_whitespace().collect(), right.split_whitespace().collect());
        let one = (left.len().saturating_sub(WORDS)..left.len())
            .find_map(|from| actor_called(reading, &left.get(from..)?.join(" ")));
        let other = (1..=right.len().min(WORDS))
            .rev()
            .find_map(|to| actor_called(reading, &right.get(..to)?.join(" ")));
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            return vec![one, other];
        }
    }
    Vec::new()
}

/// Returns the actor that leads what the noun `at` names: the United States in `U.S.-led air strikes`.
pub(crate) fn leader(reading: &Reading<'_>, at: u32) -> Option<ActorId> {
    let first = reading.syntax.token(at).left_edge.max(at.saturating_sub(BEFORE));
    (first..at).find_map(|word| {
        let whole = reading.syntax.word(word).strip_suffix("-led");
        // The tokenizer parts `Norway-led`, and leaves `U.S.-led` whole.
        let parted = || {
            let name = word.checked_sub(2).filter(|_| reading.syntax.word(word) == "led")?;
            (reading.syntax.word(word - 1) == "-").then(|| reading.syntax.word(name))
        };
        actor_called(reading, whole.or_else(parted)?)
    })
}

/// Returns the state, body or group that every report calls `name`, or the person whom this one calls so.
fn actor_called(reading: &Reading<'_>, name: &str) -> Option<ActorId> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    for (entry, sense) in reading.knowledge.named(name) {
        let acts = matches!(entry.kind, ActorKind::State | ActorKind::Organisation | ActorKind::ArmedGroup);
        if acts && matches!(sense, Sense::Itself | Sense::Adjective) {
            return Some(entry.id.clone());
        }
        if sense == Sense::Seat {
            return entry.state.as_deref().map(ActorId::state);
        }
    }
    let mentions = &reading.annotations.mentions;
    mentions.mentions.iter().filter(|mention| mention.form == MentionForm::Name).find_map(|mention| {
        let words = mention.words.slice(reading.syntax.text());
        let called = words == name || words.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '));
        let chain = mentions.chains.get(mention.chain as usize).filter(|_| called)?;
        match chain.actors.as_slice() {
            [actor] if chain.kind == ActorKind::Person => Some(actor.clone()),
            _ => None,
        }
    })
}
