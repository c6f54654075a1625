//! The candidates for where actors stand.

use std::collections::{BTreeMap, BTreeSet};

use readout_lexicon::{WordSet, is_function_word};
use readout_record::{ActorId, RecordId, Stance, issue_key};

use super::candidates::{Candidate, Wanted};
use super::events::names_one;
use super::maker::Maker;
use super::telling::Telling;
use crate::affair::content_words;
use crate::judged::{MODALS, STANDING};
use crate::{PositionRow, positions};

impl Maker<'_> {
    /// Whether the record `id` is the actor's own word or deed, or that of somebody who acts for the actor.
    fn is_own(&self, id: &RecordId, actor: &ActorId) -> bool {
        let acts_for = |of: &ActorId| {
            let found = self.contents.actors.binary_search_by(|it| it.id.as_str().cmp(of.as_str())).ok();
            let state = found.and_then(|at| self.contents.actors[at].state.as_deref());
            of == actor || state.is_some_and(|state| actor.as_str() == format!("state:{state}"))
        };
        match self.selection.statement(id) {
            Some(statement) => statement.parent.is_none() && statement.speaker.iter().any(acts_for),
            None => {
                let mut events = self.selection.each(|it| &it.events);
                events.any(|it| it.evidence.id == *id && it.actor.iter().any(acts_for))
            }
        }
    }

    /// Returns the candidates for stances: on a page those of the affair's parties that are clear, in a sentence that
    /// names the party.
    pub(super) fn positions(&self) -> Vec<Candidate> {
        let rows = positions(self.contents, self.filter);
        // Who takes sides on one thing: that is what the affair is about.
        let mut sides: BTreeMap<String, BTreeSet<&ActorId>> = BTreeMap::new();
        for it in rows.iter().filter(|it| !it.actor.id.is_unnamed()) {
            sides.entry(issue_key(&it.issue)).or_default().insert(&it.actor.id);
        }
        let count = |it: &PositionRow| sides.get(&issue_key(&it.issue)).map_or(0, BTreeSet::len);
        rows.iter().filter_map(|it| self.position(it, count(it))).collect()
    }

    /// Returns the candidate for a stance on an issue on which `sides` actors take one.
    fn position(&self, it: &PositionRow, sides: usize) -> Option<Candidate> {
        let mut candidate = self.candidate(Wanted {
            first: Some(&it.citation),
            others: &it.also,
            actors: std::slice::from_ref(&it.actor),
            ..Wanted::default()
        })?;
        let actor = std::slice::from_ref(&it.actor);
        candidate.fit &= it.stance != Stance::Unclear
            && (self.has_party(actor) || sides >= SIDES)
            && candidate.main
            && is_named_thing(&it.issue)
            && !is_infinitive(&it.issue, &candidate.telling.text)
            && self.is_own(&candidate.citation.id, &it.actor.id)
            && names_one(&candidate.telling.text, actor)
            && takes_a_stance(&candidate.telling, &it.issue, sides >= SIDES);
        if sides >= SIDES {
            candidate.weight += DEBATED * sides.min(MOST_SIDES);
        }
        let stance = match it.stance {
            Stance::For => "for",
            Stance::Against => "against",
            Stance::Conditional => "on a condition",
            Stance::Unclear => "unclear",
        };
        candidate.by.clone_from(&it.actor.name);
        candidate.head = format!("{} on {} — {stance}", it.actor.name, it.issue);
        Some(candidate)
    }
}

/// The actors who take a stance on an issue from which on it is debated. Set by hand.
const SIDES: usize = 3;
/// The actors beyond whom an issue gains no more weight. Set by hand.
const MOST_SIDES: usize = 6;
/// The weight of a stance on a debated issue for each who takes one. Set by hand.
const DEBATED: usize = 4;
/// The most words of an issue that a line of a page gives: a longer one is the sentence again.
const LONG_ISSUE: usize = 7;

/// Whether `issue` is what somebody wants to do in `sentence`, and no name for a thing: `find out` of `to find out`.
fn is_infinitive(issue: &str, sentence: &str) -> bool {
    let first = issue.split_whitespace().next().unwrap_or_default();
    sentence.split(" to ").skip(1).any(|rest| rest.split(' ').next() == Some(first))
}

/// Whether an issue is called by a short name for a thing: no clause, no act of somebody.
fn is_named_thing(issue: &str) -> bool {
    let words: Vec<&str> = issue.split_whitespace().collect();
    let clause = |word: &&str| word.ends_with("n’t") || ["to", "not", "that", "if", "off"].contains(word);
    let pronoun = |word: &&str| is_function_word(word) && !["the", "a", "an", "any", "all"].contains(word);
    words.len() <= LONG_ISSUE
        && !words.first().is_some_and(pronoun)
        && !words.iter().any(|word| clause(word) || MODALS.has_as_written(word))
}

/// Whether a sentence has a word of a stance and half of the words of `issue`, unless it is `debated` and known.
fn takes_a_stance(telling: &Telling, issue: &str, debated: bool) -> bool {
    let issue = content_words(issue);
    let shared = issue.intersection(&telling.words).count();
    let stands = STANDING.words().any(|word| content_words(word).iter().any(|it| telling.words.contains(it)))
        || telling.text.split_whitespace().any(|word| STANDING.has(word));
    stands && (debated || shared * 2 >= issue.len() && shared > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_on_a_page_is_a_thing() {
        assert!(is_named_thing("the harbour treaty") && is_named_thing("sanctions"));
        assert!(!is_named_thing("it wanted to talk") && !is_named_thing("pay no toll if ships wait"));
        assert!(is_infinitive("find out", "Orlo wants to find out."));
        assert!(!is_infinitive("sanctions", "Orlo objects to the sanctions."));
    }
}
