//! Responsibility for incidents: who claims it, is blamed, or denies it.

use readout_record::{ActorId, Incident};
use readout_syntax::{Dep, Pos};

use crate::acts::sides;
use crate::clause::reach::PASSAGE_TOKENS;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::violence;

/// Fills in who claims, is blamed for, or denies the incidents: `claimed responsibility for the attack`, `blamed the
/// rebels for the blast`, a group that says that it downed the jet.
pub(super) fn responsibility(reading: &Reading<'_>, found: &mut [(u32, Incident)]) {
    for (head, incident) in found.iter_mut() {
        if let Some(statement) = reading.statement_of(*head)
            && !statement.speaker.is_empty()
            && statement.speaker.iter().any(|speaker| incident.actor.contains(speaker))
            && !statement.negated
        {
            incident.claimed_by.clone_from(&statement.speaker);
            incident.claimed_in.push(statement.evidence.id.clone());
        }
    }
    for at in 0..reading.syntax.len() {
        if !reading.is_verb(at) {
            continue;
        }
        let claims = reading.is(at, &violence::CLAIMING)
            && reading.objects(at).iter().any(|&head| reading.is(head, &["responsibility", "blame"]));
        let denies = reading.is(at, &["deny", "reject"])
            && (reading.objects(at).iter().any(|&head| reading.is(head, &violence::RESPONSIBILITY))
                || denies_deed(reading, at));
        let blames = reading.is(at, &["blame", "accuse"]);
        if !(claims || denies || blames) {
            continue;
        }
        let Some(incident) = referred(reading, at, denies_deed(reading, at), found) else { continue };
        let statement = reading.reported_by(at);
        let doers: Vec<ActorId> =
            reading.doers(at).iter().flat_map(|&head| sides::actors(reading, head)).collect();
        if claims && reading.child(at, Dep::Neg).is_none() {
            add_once(&mut incident.claimed_by, doers);
            incident.claimed_in.extend(statement);
        } else if denies {
            add_once(&mut incident.denied_by, doers);
        } else if blames {
            let mut whom: Vec<ActorId> = Vec::new();
            let mut heads = reading.after(at, &["on"]);
            if heads.is_empty() {
                heads = reading.objects(at);
            }
            for head in heads {
                whom.extend(sides::actors(reading, head));
            }
            add_once(&mut incident.blamed_on, whom);
            incident.blamed_in.extend(statement);
        }
    }
}

/// `denied that it had attacked the port`
fn denies_deed(reading: &Reading<'_>, at: u32) -> bool {
    reading.is(at, &["deny"])
        && reading
            .children_by(at, &[Dep::Ccomp, Dep::Xcomp, Dep::Dobj])
            .any(|clause| reading.is_verb(clause) && reading.is(clause, &violence::DEED))
}

/// The incident that the complement of the verb `at` speaks of: the nearest one told before (or in the sentence).
fn referred<'f>(
    reading: &Reading<'_>,
    at: u32,
    named: bool,
    found: &'f mut [(u32, Incident)],
) -> Option<&'f mut Incident> {
    let clause = reading.syntax.subtree(at);
    let named = named
        || (clause.start..clause.end.min(clause.start + PASSAGE_TOKENS as u32)).any(|token| {
            token > at && reading.syntax.token(token).pos == Pos::Noun && reading.is(token, &violence::AGAIN)
        });
    if !named {
        return None;
    }
    let sentence = reading.syntax.token(at).sentence;
    let to = found.partition_point(|(head, _)| reading.syntax.token(*head).sentence <= sentence);
    // The last one told, at most five sentences ago.
    found
        .iter_mut()
        .take(to)
        .next_back()
        .filter(|(head, _)| reading.syntax.token(*head).sentence + 5 >= sentence)
        .map(|(_, incident)| incident)
}
