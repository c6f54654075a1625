//! The pipeline: finds the acts of a document, and makes events, meetings, incidents, conditions, commitments, agreements
//! and positions of them.

use std::collections::BTreeMap;

use readout_annotate::Annotations;
use readout_knowledge::Knowledge;
use readout_lexicon::rule;
use readout_record::{ActorId, Document, DocumentRecords, Evidence, Factuality, Mention, RecordId, Sector};

use crate::acts::{candidates, sides};
use crate::clause::reading::Reading;
use crate::clause::time::not_before;
use crate::records::{
    agreements, commitments, conditions, events, incidents, meetings, mention_states, occasions, positions,
};

/// Tokens before and behind a word that shows a stance among which the act is looked for whose passage has the word.
const REACH: u32 = 40;

/// Reads the acts of the document and adds their records to `records`, which have their statements already.
pub(crate) fn read(
    document: &Document,
    annotations: &Annotations,
    knowledge: &Knowledge,
    records: &mut DocumentRecords,
) {
    let mut reading = Reading::new(document, annotations, knowledge, &records.statements);
    records.mentions.extend(sides::name_people_of_descent(&mut reading, &records.mentions));
    let acts = candidates::find(&reading);
    let homes = mention_states::find(&reading, &acts);
    let mut meetings = meetings::find(&reading, &acts);
    let occasions = occasions::find(&reading, &mut meetings);
    let mut incidents = incidents::find(&reading, &acts);
    let mut events = events::find(&reading, &acts);
    for (at, it) in &mut events {
        it.factuality = not_before(&reading, *at, it.time.as_ref(), it.factuality);
    }
    for (at, it) in &mut meetings {
        it.factuality = not_before(&reading, *at, it.time.as_ref(), it.factuality);
    }
    let mut ids: BTreeMap<u32, RecordId> = BTreeMap::new();
    ids.extend(meetings.iter().map(|(at, it)| (*at, it.evidence.id.clone())));
    for it in &incidents {
        ids.extend(it.heads.iter().map(|at| (*at, it.incident.evidence.id.clone())));
    }
    ids.extend(events.iter().map(|(at, it)| (*at, it.evidence.id.clone())));
    let mut conditions =
        conditions::find(&reading, &acts, &|from, to| ids.range(from..to).next().map(|(_, id)| id.clone()));
    let threats = conditions::threats(&reading, &conditions.found, &acts);
    let (mut agreements, mut commitments, instruments) =
        agreements::find(&reading, commitments::find(&reading, &acts));
    commitments::join_agreements(&mut commitments, &mut agreements);
    conditions::add_parties(&reading, &mut conditions.found, &agreements);
    let premises: BTreeMap<&str, &str> = conditions
        .found
        .iter()
        .filter_map(|it| Some((it.condition.statement.as_deref()?, it.condition.premise.text.as_str())))
        .collect();
    let premise_of = |statement: &str| premises.get(statement).map(|premise| (*premise).to_owned());
    let passages: BTreeMap<u32, &Evidence> = (meetings.iter().map(|(at, it)| (*at, &it.evidence)))
        .chain(events.iter().map(|(at, it)| (*at, &it.evidence)))
        .collect();
    // The act of the word itself, or one whose passage has the word: `wants Chad to leave`.
    let shown_at = |at: u32| {
        let word = reading.offsets.to_chars(reading.token(at).span);
        let near = passages.range(at.saturating_sub(REACH)..at + REACH);
        let around = near.map(|(_, evidence)| evidence);
        ids.get(&at).cloned().or_else(|| {
            around
                .filter(|evidence| evidence.spans.iter().any(|span| span.contains(word)))
                .map(|evidence| evidence.id.clone())
                .next()
        })
    };
    let mut positions = positions::find(&reading, &shown_at, &premise_of, &instruments);
    positions.extend(positions::of_threats(&reading, &conditions.found, &instruments));
    for (statement, occasion) in records.statements.iter_mut().zip(occasions) {
        statement.occasion = occasion;
    }
    complete_mentions(&mut records.mentions, &homes, knowledge);
    // What somebody is to do is not done yet.
    let to_do = |evidence: &Evidence| {
        commitments.iter().any(|it| evidence.spans.iter().all(|span| it.action.contains(*span)))
    };
    // What follows from a premise, or is one, has not come about: `if they leave, we will be in talks with them`.
    let supposed = |evidence: &Evidence| {
        conditions.supposed.iter().any(|part| evidence.spans.iter().all(|span| part.contains(*span)))
    };
    // `they must leave or face sanctions`: the demand itself is made by saying so.
    let said = |evidence: &Evidence| {
        [rule!("speech"), rule!("must")].iter().any(|rule| evidence.rule.starts_with(rule.as_str()))
    };
    let put = |factuality: Factuality, evidence: &Evidence| match factuality {
        Factuality::Happened | Factuality::Ongoing if to_do(evidence) => Factuality::Planned,
        Factuality::Happened | Factuality::Ongoing if supposed(evidence) && !said(evidence) => {
            Factuality::Conditional
        }
        _ => factuality,
    };
    for (_, it) in &mut events {
        it.factuality = put(it.factuality, &it.evidence);
    }
    for (_, it) in &mut meetings {
        it.factuality = put(it.factuality, &it.evidence);
    }
    // Violence is no duty that somebody takes on; it can only be supposed.
    for it in incidents.iter_mut().map(|it| &mut it.incident) {
        if matches!(it.factuality, Factuality::Happened | Factuality::Ongoing) && supposed(&it.evidence) {
            it.factuality = Factuality::Conditional;
        }
    }
    records.meetings = meetings.into_iter().map(|(_, it)| it).collect();
    records.incidents = incidents.into_iter().map(|it| it.incident).collect();
    records.events = events.into_iter().map(|(_, it)| it).chain(threats).collect();
    records.conditions = conditions.found.into_iter().map(|it| it.condition).collect();
    (records.agreements, records.commitments, records.positions) = (agreements, commitments, positions);
}

/// Gives mentions the state that the acts around them show, and the sector that their words show.
fn complete_mentions(mentions: &mut [Mention], homes: &BTreeMap<ActorId, String>, knowledge: &Knowledge) {
    for mention in mentions {
        if mention.state.is_none() {
            mention.state = homes.get(&mention.actor).cloned();
        }
        if mention.sector.is_none() && mention.actor.is_unnamed() && mention_states::is_charity(&mention.text)
        {
            mention.sector = Some(Sector::NonGovernmental);
        }
        let society = mention.actor.starts_with("org:")
            && mention.state.is_none()
            && mention_states::is_society(&mention.text);
        if mention.sector.is_none() && society {
            mention.sector = Some(Sector::NonGovernmental);
        }
        // A seat of government stands for the government.
        if mention.sector.is_none()
            && mention.actor.state_code().is_some()
            && sides::names_seat(knowledge, &mention.text)
        {
            mention.sector = Some(Sector::Government);
        }
    }
}
