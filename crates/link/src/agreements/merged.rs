//! One instrument made of what single reports say of it.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Agreement, AgreementStatus, EvidenceSpan, RecordId, StatusStep, ids};

use super::instrument::Instrument;
use crate::report::days;

/// A step with its own day and that of its report, in days since 1970.
type Step = (Option<i32>, Option<i32>, StatusStep);

/// Returns how far an instrument with the status has come, from 1; 0 for what may become of one at any time.
fn stage(status: AgreementStatus) -> u8 {
    match status {
        AgreementStatus::Proposed | AgreementStatus::UnderNegotiation => 1,
        AgreementStatus::AgreedInPrinciple => 2,
        AgreementStatus::Agreed => 3,
        AgreementStatus::Signed => 4,
        AgreementStatus::InForce => 5,
        _ => 0,
    }
}

/// Returns the instrument that all of `group` are.
pub(super) fn merge(group: &[&Instrument]) -> Agreement {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for agreement in group.iter().map(|it| &it.agreement) {
        *names.entry(&agreement.name).or_default() += 1;
        for alias in &agreement.aliases {
            names.entry(alias).or_default();
        }
    }
    // The name that most reports use; of those the fullest.
    let name = names
        .iter()
        .max_by_key(|(name, count)| (**count, name.chars().count(), std::cmp::Reverse(**name)))
        .map(|(name, _)| (*name).to_owned())
        .unwrap_or_default();
    let mut status: Vec<Step> = group
        .iter()
        .flat_map(|it| {
            it.agreement
                .status
                .iter()
                .map(|step| (days(step.time.as_ref()).map(|days| days.0), it.report.day, step.clone()))
        })
        .collect();
    // In order of time; what has none by the day of its report; the undated last.
    status.sort_by(|a, b| {
        let key = |it: &Step| {
            let day = it.0.or(it.1);
            (day.is_none(), day, it.2.evidence.clone(), it.2.status)
        };
        key(a).cmp(&key(b))
    });
    status.dedup_by(|a, b| a.2 == b.2);
    let status = in_order(status);
    let ids: Vec<&RecordId> = group.iter().map(|it| &it.agreement.id).collect();
    let evidence: BTreeSet<&EvidenceSpan> = group.iter().flat_map(|it| &it.agreement.evidence).collect();
    let terms: BTreeSet<&RecordId> = group.iter().flat_map(|it| &it.agreement.terms).collect();
    let parties: BTreeSet<ActorId> = group.iter().flat_map(|it| it.parties.iter().cloned()).collect();
    let all = |side: fn(&Agreement) -> &Vec<ActorId>| -> Vec<ActorId> {
        let actors: BTreeSet<&ActorId> = group.iter().flat_map(|it| side(&it.agreement)).collect();
        actors.into_iter().cloned().collect()
    };
    Agreement {
        id: match ids.as_slice() {
            [one] => (*one).clone(),
            _ => ids::linked_id("agreement", ids.iter().map(|id| id.as_str())),
        },
        aliases: names.keys().filter(|other| **other != name).map(|other| (*other).to_owned()).collect(),
        name,
        parties: parties.into_iter().collect(),
        brokers: all(|it| &it.brokers),
        guarantors: all(|it| &it.guarantors),
        terms: terms.into_iter().cloned().collect(),
        status: status.into_iter().map(|(_, _, step)| step).collect(),
        evidence: evidence.into_iter().cloned().collect(),
    }
}

/// Returns the steps `told` with each undated one before those that come after it in the making of an instrument: a later report that
/// tells in passing that a deal was agreed tells of what came before its signing, its end or a breach of it.
fn in_order(told: Vec<Step>) -> Vec<Step> {
    let mut ordered: Vec<Step> = Vec::with_capacity(told.len());
    for step in told {
        let own = stage(step.2.status);
        let mut reached = 0;
        let later = ordered.iter().position(|(_, _, before)| {
            let stage = stage(before.status);
            let is_end = stage == 0 && reached >= own;
            reached = reached.max(stage);
            stage > own || is_end
        });
        match later.filter(|_| step.0.is_none() && own > 0) {
            Some(at) => ordered.insert(at, step),
            None => ordered.push(step),
        }
    }
    ordered
}
