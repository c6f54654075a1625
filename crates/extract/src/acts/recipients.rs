//! Recipients of acts: of what operators make of others, and of those whose frame does not name them.

use readout_lexicon::rule;
use readout_record::{ActorId, PloverCode};
use readout_syntax::{Dep, Tag};

use super::act::{Act, add_all};
use super::frame::{at_place, recipients};
use super::judgement::doers_of_harm;
use super::lexicon::{Lexicon, Rule};
use crate::acts::sides;
use crate::clause::reading::Reading;
use crate::words::violence;

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
    // `denied any knowledge of what took place in Chad`: nobody is turned down.
    if reading.is(act.head, &["deny"]) {
        return;
    }
    // `must be handed over to the court`: nobody is named who is to do it.
    if act.rule.begins_with(rule!("must")) && reading.is_passive(act.head) {
        return;
    }
    // `condemned the attack on the embassy`, `supports sanctions against Chad`: nobody who suffered it.
    let judged = (act.code == PloverCode::Accuse && act.mode == Some("disapprove")
        || matches!(act.code, PloverCode::Support | PloverCode::Reject))
        && act.content.is_none();
    // `rejected sanctions against Chad`
    let of_sanctions = act.code == PloverCode::Reject
        && act.content.is_some_and(|(head, code)| code == PloverCode::Sanction && !reading.is_verb(head));
    if of_sanctions {
        return;
    }
    if judged && reading.objects(act.head).iter().any(|&object| doers_of_harm(reading, object).is_some()) {
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
    // `withdrew its troops`, `stepped down from the post of secretary`: what leaves, and what is left, gets nothing.
    let leaves = |head: u32| match act.mode {
        Some("withdraw") => Lexicon::shipped().is_in("troops", reading.lemma(head)),
        Some("resign") => reading.is_person(head),
        _ => false,
    };
    let other = |head: u32| {
        let head = reading.substance(head);
        if leaves(head) {
            return false;
        }
        !act.doers.contains(&head)
            && !is_beside_act(reading, act, head)
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
    // `backs talks to end the war with Chad`: it is not Chad that is backed.
    let by_words = act.content.is_none()
        && matches!(act.code, PloverCode::Accuse | PloverCode::Support | PloverCode::Reject);
    for &anchor in &anchors {
        if found.is_empty() {
            let fits = |head: u32| other(head) && !(by_words && is_of_another_act(reading, anchor, head));
            found = reading.below(anchor, &names, 6, &fits);
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
    if found.is_empty() && act.code == PloverCode::Sanction {
        found = of_what_is_imposed(reading, act.head).into_iter().filter(|&head| other(head)).collect();
    }
    if !found.is_empty() {
        act.recipients = found;
        act.certainty *= 0.95;
    }
}

/// Whether `head`, which stands deeper below `anchor`, is a side of a verb or of a noun of harm between the two: `backs efforts
/// to strike a deal with Chad`, `rejected criticism of the raid on Chad`.
fn is_of_another_act(reading: &Reading<'_>, anchor: u32, head: u32) -> bool {
    reading.syntax.ancestors(head).take_while(|&above| above != anchor).take(DEPENDENTS).any(|above| {
        // `refused to take a call from Chad`, `concern over threats coming from Chad`
        let goes_on = matches!(reading.dep(above), Dep::Xcomp | Dep::Ccomp) || reading.is(above, &["come"]);
        reading.is_verb(above) && !goes_on || doers_of_harm(reading, above).is_some()
    })
}

/// Returns those upon whom the sanctions are that the participle `at` says more of: `is under sanctions imposed by Chad`, `the
/// sanctions on Norway imposed by Chad`.
fn of_what_is_imposed(reading: &Reading<'_>, at: u32) -> Vec<u32> {
    let Some(noun) = reading.head(at).filter(|_| reading.dep(at) == Dep::Acl) else { return Vec::new() };
    let mut found = reading.after(noun, &["on", "against"]);
    if found.is_empty() {
        let under = reading.head(noun).filter(|&prep| reading.is(prep, &["under"]));
        found =
            under.and_then(|prep| reading.head(prep)).map(|verb| reading.subjects(verb)).unwrap_or_default();
    }
    found
}

/// Returns the head tokens of the recipients of what the operator `at` makes of `inner`, and whether the act is mutual.
pub(super) fn composed_recipients(
    reading: &Reading<'_>,
    at: u32,
    operator: &str,
    rule: &Rule,
    inner: Option<&Act>,
    doers: &[u32],
) -> (Vec<u32>, bool) {
    let (mut to, mutual) = recipients(reading, at, at, &rule.recipient, doers);
    to.retain(|&head| !sides::patients(reading, reading.substance(head)).is_empty());
    if let Some(inner) = inner {
        to.retain(|&head| head != inner.head);
        if to.is_empty() {
            let others: Vec<u32> = inner.doers.iter().copied().filter(|head| !doers.contains(head)).collect();
            let other_acts = !others.is_empty()
                && others.iter().any(|&head| {
                    let own: Vec<ActorId> =
                        doers.iter().flat_map(|&doer| sides::actors(reading, doer)).collect();
                    sides::actors(reading, reading.substance(head)).iter().any(|actor| !own.contains(actor))
                });
            to = if matches!(operator, "request" | "refuse") && other_acts {
                others
            } else if operator == "refuse"
                && !reading.is_verb(inner.head)
                && inner.code == PloverCode::Sanction
            {
                // `rejected sanctions against Chad`: it is refused to those who want them.
                Vec::new()
            } else {
                // `demanded that the envoy be freed` puts it to somebody else.
                let freed = if operator == "request" && reading.is_passive(inner.head) {
                    reading.subjects(inner.head)
                } else {
                    Vec::new()
                };
                let others = |head: &u32| !doers.contains(head) && !freed.contains(head);
                inner.recipients.iter().copied().filter(others).collect()
            };
        }
    } else if to.is_empty() && operator == "request" && !clause_subjects(reading, at, doers).is_empty() {
        // Whoever is to do it, the demand is put to them: `demanded that the council step aside`.
        to = clause_subjects(reading, at, doers);
    } else if to.is_empty() && operator == "refuse" {
        for object in reading.objects(at) {
            for place in ["poss", "by", "from", "adj", "of"] {
                if to.is_empty() {
                    to = at_place(reading, object, place);
                    to.retain(|head| !doers.contains(head));
                }
            }
        }
    }
    // `demanded reforms by the cabinet`: of whom the object is to come.
    if operator == "request" {
        let by: Vec<u32> = reading
            .objects(at)
            .into_iter()
            .flat_map(|object| reading.after(object, &["by"]))
            .chain(if reading.is_passive(at) { Vec::new() } else { reading.after(at, &["by"]) })
            .filter(|head| !doers.contains(head) && !sides::patients(reading, *head).is_empty())
            .collect();
        if !by.is_empty() {
            to = by;
        }
    }
    (to, mutual)
}

/// Returns the head tokens of those who are to act in the clause that the verb `at` governs, other than `doers`.
fn clause_subjects(reading: &Reading<'_>, at: u32, doers: &[u32]) -> Vec<u32> {
    // `demanded that the envoy be freed` puts it to nobody who is named.
    let clause = reading.children_by(at, &[Dep::Ccomp, Dep::Xcomp]).next();
    let mut found = clause.map(|clause| reading.doers(clause)).unwrap_or_default();
    found.retain(|head| {
        !doers.contains(head) && !sides::patients(reading, reading.substance(*head)).is_empty()
    });
    found
}

/// Whether the noun `head` only says at whose wish or with whose help something is done, `at the request of Chad`, or for a
/// protest where people gather, `in the streets of Chad`.
fn is_beside_act(reading: &Reading<'_>, act: &Act, head: u32) -> bool {
    let prep = reading.head(head).filter(|_| reading.dep(head) == Dep::Pobj);
    // `with the help of Chad`; not `with Chadian forces`
    let wish = reading.is(head, &violence::NO_OPPONENT)
        && (reading.child(head, Dep::Poss).is_some() || !reading.after(head, &["of"]).is_empty())
        && prep.is_some_and(|prep| reading.is(prep, &["at", "on", "by", "with", "upon"]));
    let of = prep.filter(|&prep| reading.is(prep, &["of"])).and_then(|of| reading.head(of));
    // `marched in solidarity with the miners`
    let for_them = prep.is_some_and(|prep| {
        prep > 0
            && reading.is(prep, &["with"])
            && reading.is(
                prep - 1,
                &["solidarity", "sympathy", "unity", "concert", "coordination", "conjunction", "tandem"],
            )
    });
    // `was closed with police guarding the road`: what goes on beside it
    let meanwhile = prep.is_some_and(|prep| reading.is(prep, &["with"]))
        && reading.children_by(head, &[Dep::Acl]).any(|clause| reading.tag(clause) == Tag::Vbg);
    wish || for_them
        || meanwhile
        || of.is_some_and(|noun| {
            reading.is(noun, &violence::NO_OPPONENT) && reading.dep(noun) == Dep::Pobj
            // `in defiance of the council`
            || act.code == PloverCode::Protest
                && !reading.is(noun, &[
                    "defiance",
                    "opposition",
                    "front",
                    "condemnation",
                    "protest",
                    "removal",
                    "resignation",
                    "ouster",
                    "departure",
                ])
        })
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
        names.extend(if code == PloverCode::Mobilize {
            vec!["into", "in"]
        } else {
            vec!["at", "into", "in", "of"]
        });
    }
    if code == PloverCode::Protest {
        // `in defiance of the council`, `outside the ministry`
        names.extend(["at", "outside", "of"]);
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
            // `demanded that the envoy be freed`: by whom is not said.
            let freed = code == PloverCode::Request && reading.is_passive(complement);
            let mut found = if freed { Vec::new() } else { reading.objects(complement) };
            if complement != anchor && !freed && code != PloverCode::Threaten {
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
