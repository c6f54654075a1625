//! Responsibility for incidents: who claims it, is blamed, or denies it.

use readout_record::{ActorId, Incident};
use readout_syntax::{Dep, Pos};
use readout_text::CharSpan;

use crate::acts::sides;
use crate::clause::reach::PASSAGE_TOKENS;
use crate::clause::reading::Reading;
use crate::once::add_once;
use crate::words::violence;

/// The most sentences back to the deed that an allegation is of.
const SENTENCES_TO_ALLEGATION: u32 = 1;

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
        // `Chad accused Mali of shelling the town`, `Chad alleged that Mali shelled it`: that it was Mali is what Chad says.
        if let Some(statement) = reading.statement_of(*head)
            && !statement.negated
            && incident.claimed_by.is_empty()
            && !incident.actor.is_empty()
            && statement.cue.is_some_and(|cue| is_accusing(reading, cue, *head))
        {
            add_once(&mut incident.blamed_on, incident.actor.clone());
            incident.blamed_in.push(statement.evidence.id.clone());
        }
        // `Mali is believed to have shelled the town`
        if incident.claimed_by.is_empty() && is_suspected(reading, *head) {
            add_once(&mut incident.blamed_on, incident.actor.clone());
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
        let contests = !denies && contests_allegation(reading, at);
        // `careful not to blame Russia`
        let blames = reading.is(at, &violence::BLAMING) && reading.child(at, Dep::Neg).is_none();
        if !(claims || denies || contests || blames) {
            continue;
        }
        let found = match named_deed(reading, at, found) {
            Some(number) => found.get_mut(number).map(|(_, incident)| incident),
            None if contests => last_alleged(reading, at, found),
            None => referred(reading, at, denies_deed(reading, at), found),
        };
        let Some(incident) = found else { continue };
        let statement = reading.reported_by(at);
        let doers: Vec<ActorId> =
            reading.doers(at).iter().flat_map(|&head| sides::actors(reading, head)).collect();
        // `No group has claimed responsibility`
        let nobody = reading.doers(at).iter().any(|&head| {
            reading.is(head, &["nobody", "none"])
                || reading.children_by(head, &[Dep::Det]).any(|det| reading.is(det, &["no"]))
        });
        if nobody {
            continue;
        }
        if claims && reading.child(at, Dep::Neg).is_none() {
            add_once(&mut incident.claimed_by, doers);
            incident.claimed_in.extend(statement);
        } else if denies || contests {
            add_once(&mut incident.denied_by, doers);
        } else if blames {
            let mut whom: Vec<ActorId> = Vec::new();
            let mut heads = reading.after(at, &["on", "to"]);
            if heads.is_empty() {
                // `blamed the attack on rebels`, with the rebels hung on the attack
                let deeds = reading.objects(at).into_iter();
                heads = deeds.flat_map(|deed| reading.after(deed, &["on"])).collect();
            }
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

/// Returns the number of the incident that the clause of the verb `at` itself names: `denied any part in the poisoning`, `attacks that
/// Chad blames on Mali`.
fn named_deed(reading: &Reading<'_>, at: u32, found: &[(u32, Incident)]) -> Option<usize> {
    let number = |head: u32| found.binary_search_by_key(&head, |(told, _)| *told).ok();
    let above = (matches!(reading.dep(at), Dep::Relcl | Dep::Acl)).then(|| reading.head(at)).flatten();
    let clause = reading.syntax.subtree(at);
    // `blamed the Taliban and went to war`: what is joined to the verb is another deed.
    let own = |word: &u32| {
        let last =
            std::iter::once(*word).chain(reading.syntax.ancestors(*word)).take_while(|&up| up != at).last();
        last.is_some_and(|last| reading.dep(last) != Dep::Conj)
    };
    let below = (at + 1..clause.end.min(at + PASSAGE_TOKENS as u32)).filter(own);
    let subjects = reading.objects(at).into_iter().map(|head| reading.substance(head));
    let above = above.map(|noun| reading.substance(noun));
    above.into_iter().chain(subjects).chain(below).find_map(number)
}

/// Whether the clause of the verb `at` rejects what somebody said of others: `called the allegations baseless`.
fn contests_allegation(reading: &Reading<'_>, at: u32) -> bool {
    let alleged = |&head: &u32| reading.is(head, &violence::ALLEGATION);
    let calls = || {
        reading.is(at, &["call", "label", "brand", "describe"])
            && reading
                .syntax
                .tokens_in(reading.clause(at))
                .take(PASSAGE_TOKENS)
                .any(|word| reading.is(word, &violence::UNTRUE))
    };
    (reading.is(at, &["deny", "reject", "dismiss", "refute"]) || calls())
        && reading.child(at, Dep::Neg).is_none()
        && (reading.objects(at).iter().any(alleged)
            || reading
                .children_by(at, &[Dep::Ccomp])
                .any(|clause| reading.subjects(clause).iter().any(alleged)))
}

/// Returns the last incident before the verb `at` that only somebody's words tell: it is the one alleged.
fn last_alleged<'f>(
    reading: &Reading<'_>,
    at: u32,
    found: &'f mut [(u32, Incident)],
) -> Option<&'f mut Incident> {
    let sentence = |at: u32| reading.syntax.token(at).sentence;
    let to = found.partition_point(|(head, _)| *head < at);
    let (head, incident) = found.get_mut(..to)?.last_mut()?;
    (sentence(*head) + SENTENCES_TO_ALLEGATION >= sentence(at) && incident.reported_by.is_some())
        .then_some(incident)
}

/// Whether the clause of the verb `at` only says what people hold to be so: `is believed to have shelled the town`.
fn is_suspected(reading: &Reading<'_>, at: u32) -> bool {
    reading.is_verb(at)
        && reading.dep(at) == Dep::Xcomp
        && reading.head(at).is_some_and(|above| {
            reading.is_passive(above)
                && (reading.is(above, &violence::ACCUSING)
                    || reading.is(above, &["believe", "think", "presume"]))
        })
}

/// Whether the words of saying `cue` govern the deed at `at`, and accuse those who did it: `alleged that Chad shelled the town`.
fn is_accusing(reading: &Reading<'_>, cue: CharSpan, at: u32) -> bool {
    let above = reading.head(at);
    let above = above
        .filter(|&prep| reading.dep(at) == Dep::Pcomp && !reading.is_verb(prep))
        .map_or(above, |prep| reading.head(prep));
    let cue = reading.offsets.to_bytes(cue);
    above.zip(cue).is_some_and(|(verb, cue)| {
        reading.is(verb, &violence::ACCUSING) && reading.syntax.tokens_in(cue).contains(&verb)
    })
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
