//! Recipients of acts whose frame does not name them.

use readout_record::PloverCode;
use readout_syntax::Dep;

use super::act::{Act, add_all};
use super::judgement::doers_of_harm;
use crate::acts::sides;
use crate::clause::reading::Reading;

/// The most dependents of a word that are looked at.
const DEPENDENTS: usize = 24;
/// The depth of complements in which a recipient is looked for: `demanded that Syria agree to leave`.
const COMPLEMENTS: usize = 3;

/// Finds a recipient that its frame does not name: after a preposition deeper in the clause, or as what marks the
/// object: `rejected an Australian ultimatum`, `cut electricity to Chad`, `strengthened its forces in Lebanon`.
pub(crate) fn look_for_recipient(reading: &Reading<'_>, act: &mut Act) {
    if act.mutual && act.doers.len() > 1 || matches!(act.operator, Some("speech")) {
        return;
    }
    // `condemned the attack on the embassy`: nobody who suffered it.
    let blamed = act.code == PloverCode::Accuse && act.mode == Some("disapprove") && act.content.is_none();
    if blamed && reading.objects(act.head).iter().any(|&object| doers_of_harm(reading, object).is_some()) {
        return;
    }
    let mut own = act.speakers.clone();
    add_all(reading, &act.doers, &mut own);
    // What force, relief or retreat does in a place of its own state is done there all the same.
    let on_the_ground = matches!(
        act.content.map_or(act.code, |(_, code)| code),
        PloverCode::Mobilize
            | PloverCode::Coerce
            | PloverCode::Assault
            | PloverCode::Aid
            | PloverCode::Retreat
            | PloverCode::Sanction
    );
    let at_home =
        matches!(act.content.map_or(act.code, |(_, code)| code), PloverCode::Coerce | PloverCode::Assault);
    let other = |head: u32| {
        let head = reading.substance(head);
        !act.doers.contains(&head)
            && sides::patients(reading, head).iter().any(|actor| {
                let domestic = at_home
                    && actor.state_code().is_some()
                    && reading.named(head).is_empty()
                    && reading.child(head, Dep::Poss).is_none();
                (domestic || !own.contains(actor)) && !actor.starts_with("outlet:")
            })
    };
    let anchors: Vec<u32> = std::iter::once(act.head).chain(act.content.map(|(head, _)| head)).collect();
    let names = prepositions(act.code, on_the_ground);
    let mut found = Vec::new();
    for &anchor in &anchors {
        if found.is_empty() {
            found = reading.below(anchor, &names, 6, &other);
        }
    }
    if found.is_empty()
        && matches!(
            act.code,
            PloverCode::Reject
                | PloverCode::Request
                | PloverCode::Sanction
                | PloverCode::Accuse
                | PloverCode::Concede
                | PloverCode::Retreat
                | PloverCode::Threaten
        )
    {
        found = in_complements(reading, act.code, &anchors, &other);
    }
    // Whom a threat or refusal is put to may act only in its condition: `unless Chad frees them`.
    if found.is_empty() && matches!(act.code, PloverCode::Threaten | PloverCode::Reject) {
        found = condition_subjects(reading, act.head)
            .into_iter()
            .filter(|&head| {
                other(head)
                    || sides::is_seat(reading, head)
                        && sides::agents(reading, head).iter().any(|it| !own.contains(it))
            })
            .collect();
    }
    if found.is_empty()
        && matches!(
            act.code,
            PloverCode::Threaten | PloverCode::Sanction | PloverCode::Coerce | PloverCode::Concede
        )
    {
        // `lifted the sanctions for Chad`; not `arrested spies working for Chad`
        let near = |&anchor: &u32| {
            let mut near = reading.objects(anchor);
            near.push(anchor);
            near
        };
        found = (anchors.iter().flat_map(near))
            .flat_map(|word| reading.after(word, &["for"]))
            .filter(|&head| other(head))
            .collect();
    }
    if !found.is_empty() {
        act.recipients = found;
        act.certainty *= 0.95;
    }
}

/// Returns the prepositions after which the recipient of an act of type `code` may stand deeper in the clause.
fn prepositions(code: PloverCode, on_the_ground: bool) -> Vec<&'static str> {
    let mut names = vec!["with"];
    if !matches!(code, PloverCode::Consult | PloverCode::Agree | PloverCode::Cooperate) {
        names.extend(["against", "to", "toward", "towards", "on", "from"]);
    } else if code == PloverCode::Agree {
        names.push("to");
    }
    if on_the_ground {
        names.extend(["at", "into", "in", "of"]);
    }
    if code == PloverCode::Protest {
        // `in defiance of the council`, `outside the ministry`
        names.extend(["over", "at", "outside", "of"]);
    }
    names
}

/// Returns those whom the object or the subject of a complement of `anchors` names and who are `other` than those who
/// act: `demanded that Syria withdraw`.
fn in_complements(
    reading: &Reading<'_>,
    code: PloverCode,
    anchors: &[u32],
    other: &dyn Fn(u32) -> bool,
) -> Vec<u32> {
    for &anchor in anchors {
        let mut complement = anchor;
        for _ in 0..COMPLEMENTS {
            let mut found = reading.objects(complement);
            if complement != anchor && code != PloverCode::Threaten {
                found.extend(reading.subjects(complement));
            }
            found.retain(|&head| other(head));
            if !found.is_empty() {
                return found;
            }
            let next = reading.children_by(complement, &[Dep::Ccomp, Dep::Xcomp]).next();
            let Some(next) = next else { break };
            complement = next;
        }
    }
    Vec::new()
}

/// Returns the subjects of the conditions of the act of `head`. A condition may hang deeper: `threatened to stop the talks
/// to cut arms if …`.
fn condition_subjects(reading: &Reading<'_>, head: u32) -> Vec<u32> {
    let mut clauses = Vec::new();
    let mut open = vec![(head, 4)];
    while let Some((at, reach)) = open.pop() {
        for &child in reading.children(at).iter().take(DEPENDENTS) {
            if reading.dep(child) == Dep::Advcl {
                clauses.push(child);
            }
            let below =
                matches!(reading.dep(child), Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Dobj | Dep::Advcl);
            if reach > 0 && below {
                open.push((child, reach - 1));
            }
        }
    }
    clauses
        .into_iter()
        .filter(|&clause| {
            reading.children_by(clause, &[Dep::Mark]).any(|mark| reading.is(mark, &["if", "unless", "until"]))
        })
        .flat_map(|clause| reading.subjects(clause))
        .collect()
}
