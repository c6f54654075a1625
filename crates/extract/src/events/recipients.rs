//! To whom an act is done, where its frame does not say it.

use super::acts::{Act, add_all};
use crate::reading::Reading;

/// Finds a recipient that its frame does not name: after a preposition deeper in the clause, or as what marks the
/// object: `rejected an Australian ultimatum`, `cut electricity to Chad`, `strengthened its forces in Lebanon`.
pub(crate) fn look_for_recipient(reading: &Reading<'_>, act: &mut Act) {
    if act.mutual && act.doers.len() > 1 || matches!(act.operator, Some("speech")) {
        return;
    }
    let mut own = Vec::new();
    add_all(reading, &act.doers, &mut own);
    let other = |reading: &Reading<'_>, heads: Vec<u32>| -> Vec<u32> {
        heads
            .into_iter()
            .filter(|head| !act.doers.contains(head))
            .filter(|&head| {
                reading
                    .patients(head)
                    .iter()
                    .any(|actor| !own.contains(actor) && !actor.starts_with("outlet:"))
            })
            .collect()
    };
    let anchors: Vec<u32> = std::iter::once(act.head).chain(act.content.map(|(head, _)| head)).collect();
    let mut found = Vec::new();
    // Where force, relief or retreat takes place is whom it meets.
    let on_the_ground = matches!(
        act.content.map_or(act.code, |(_, code)| code),
        "MOBILIZE" | "COERCE" | "ASSAULT" | "AID" | "RETREAT" | "SANCTION"
    );
    let mut names = vec!["with"];
    if !matches!(act.code, "CONSULT" | "AGREE" | "COOPERATE") {
        names.extend(["against", "to", "toward", "towards", "on", "from"]);
    } else if act.code == "AGREE" {
        names.push("to");
    }
    if on_the_ground {
        names.extend(["at", "into", "in", "of"]);
    }
    for &anchor in &anchors {
        if found.is_empty() {
            found = other(reading, reading.below(anchor, &names, 4));
        }
    }
    if found.is_empty()
        && matches!(act.code, "REJECT" | "REQUEST" | "SANCTION" | "ACCUSE" | "CONCEDE" | "RETREAT")
    {
        for &anchor in &anchors {
            if found.is_empty() {
                found = other(reading, reading.objects(anchor));
            }
        }
    }
    if !found.is_empty() {
        act.recipients = found;
        act.certainty *= 0.95;
    }
}
