//! Parties that a word beside an instrument shows: who makes it, with whom, and who is bound by it.

use readout_record::{ActorId, AgreementStatus};
use readout_syntax::{Dep, Pos};

use super::lexicon::{By, Effect, Part, Sort, StatusRule};
use super::mentioned::Mention;
use super::phrase::is_headline;
use super::sides::{self, diplomatic};
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::records::commitments::actors;
use crate::words::agreements;

/// The most steps up the tree from a word to the noun of a list.
const STEPS_TO_LIST: usize = 2;

/// Returns those who do what `word` says.
pub(super) fn takers(reading: &Reading<'_>, word: u32, rule: &StatusRule, mention: &Mention) -> Vec<ActorId> {
    let mut doers = match rule.part {
        // `Chad hailed the signing of the accord`: others signed it.
        Part::Noun if reading.head(word).is_some_and(|verb| reading.is(verb, &agreements::HEARING_OF)) => {
            reading.children_by(word, &[Dep::Poss]).chain(reading.after(word, &["by"])).collect()
        }
        Part::Noun => reading.doers_of_noun(word),
        Part::Verb if reading.dep(word) == Dep::Amod => {
            reading.children_by(word, &[Dep::Npadvmod, Dep::Compound, Dep::Amod, Dep::Nmod]).collect()
        }
        Part::Verb => reading.doers(word),
        Part::Adjective => reading
            .head(word)
            .filter(|&verb| reading.is_verb(verb))
            .map_or_else(Vec::new, |verb| reading.subjects(verb)),
    };
    doers.retain(|&doer| doer != mention.at);
    let mut who = actors(reading, &doers);
    if rule.by == By::Parties {
        // `but not the rebels — signed`
        doers.retain(|&doer| {
            let first = reading.token(doer).left_edge;
            !(first.saturating_sub(1)..doer).any(|word| reading.is(word, &["not"]))
        });
        who = torn_off(reading, &doers);
        add_once(&mut who, sides::of_heads(reading, &doers));
    }
    who.retain(|actor| !actor.starts_with("outlet:"));
    who
}

/// Returns the powers before the subjects `doers` that an `and`, or a comma in a headline, joins to them, where the parser hangs these on
/// another word: `after Chad and the group signed`, `Chad, Mali Sign Deal`.
fn torn_off(reading: &Reading<'_>, doers: &[u32]) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    for &doer in doers {
        let first = reading.token(doer).left_edge;
        let joins =
            |word: u32| reading.is(word, &["and"]) || reading.is(word, &[","]) && is_headline(reading, word);
        let and = first.checked_sub(1).filter(|&word| word > 0 && joins(word));
        let Some(last) = and.map(|and| and - 1) else { continue };
        let heads = std::iter::once(last).chain(reading.ancestors(last).take(STEPS_TO_LIST));
        let head = heads.into_iter().find(|&head| {
            reading.is_noun(head)
                && reading.head(doer) != Some(head)
                && head <= last
                && !reading.named(head).is_empty()
        });
        let powers = head.into_iter().flat_map(|head| reading.named(head).to_vec());
        add_once(&mut found, powers.filter(|actor| sides::acts_for_power(reading, actor)));
    }
    found
}

/// Returns the parties of the instrument that the word shows, of which `who` does what it says.
pub(super) fn parties_shown(
    reading: &Reading<'_>,
    word: u32,
    rule: &StatusRule,
    effect: Effect,
    who: &[ActorId],
    mention: &Mention,
) -> Vec<ActorId> {
    let mut parties = Vec::new();
    let makes = matches!(
        effect,
        Effect::Status(
            AgreementStatus::AgreedInPrinciple
                | AgreementStatus::Agreed
                | AgreementStatus::Signed
                | AgreementStatus::UnderNegotiation
                | AgreementStatus::Failed
        )
    );
    if makes && (rule.by == By::Parties || rule.part == Part::Noun) && reading.pos(word) != Pos::Adj {
        if rule.by == By::Parties {
            parties = who.to_vec();
        }
        add_once(&mut parties, sides::of_heads(reading, &reading.after(word, &["with", "between", "among"])));
    }
    // `announced a truce with the rebels`
    if makes && rule.by == By::Nobody {
        let with = sides::of_heads(reading, &reading.after(word, &["with", "between"]));
        // `Chad and Mali announced a truce`
        let both = !with.is_empty() || diplomatic(reading, who) > 1;
        parties.extend(both.then(|| who.to_vec()).into_iter().flatten());
        add_once(&mut parties, with);
    }
    parties.retain(|actor| !actor.starts_with("outlet:"));
    // Two who prolong or suspend an agreement are bound by it.
    let keeps = matches!(
        effect,
        Effect::Status(AgreementStatus::Extended | AgreementStatus::Reaffirmed | AgreementStatus::Suspended)
    );
    if keeps && who.len() > 1 {
        parties = who.to_vec();
    }
    // Who breaks an agreement or leaves it was bound by it. Of a treaty of many he is one.
    let few = mention.known.is_none() && mention.sort != Sort::Treaty;
    if few && matches!(effect, Effect::Status(AgreementStatus::Violated | AgreementStatus::Withdrawn)) {
        parties = who.to_vec();
        parties.retain(|actor| sides::acts_for_power(reading, actor));
    }
    parties
}
