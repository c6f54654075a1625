//! Positions over reports: the stances of actors on issues, each with its first day and its records. A changed stance is
//! a position of its own, so that the change shows.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_record::calendar::{date_of, day_number};
use readout_record::{ActorId, Position, RecordId, ids, issue_key};

use crate::blocks::{Component, LinkKind};
use crate::hash::{id_hash, mix};
use crate::report::Report;

/// A stance as one report gives it.
pub(crate) struct Standing {
    pub(crate) position: Position,
    /// The actor's id over all documents.
    actor: ActorId,
    /// The first day: its number and its date, ISO 8601.
    since: Option<(i32, String)>,
}

/// Positions of single reports as a kind of records to be linked.
pub(crate) struct Positions;

impl LinkKind for Positions {
    const NUMBER: u8 = 4;
    const VOTES: u32 = 1;
    // All with one key are one position.
    const HEAD: usize = 1;
    const BRIEF: bool = true;
    type Record = Standing;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Standing> {
        let standing = |position: &Position| {
            let since = position
                .since
                .as_deref()
                .and_then(|text| Some((day_number(text)?, date_of(text)?.to_owned())));
            Standing { actor: report.actor(&position.actor), position: position.clone(), since }
        };
        report.records.positions.iter().map(standing).collect()
    }

    fn keys(&self, standing: &Standing) -> Vec<(u64, u32)> {
        let issue = issue_key(&standing.position.issue);
        let parts = [standing.actor.as_str(), standing.position.stance.as_str(), &issue];
        vec![(parts.iter().fold(0, |hash, part| mix(hash ^ id_hash(part))), 1)]
    }

    fn compare(&self, _: &Standing, _: &Standing) -> Option<(f64, String)> {
        Some((1.0, String::new()))
    }
}

/// Returns the position of a component. All records of a component have one key, so one actor, issue and stance.
pub(crate) fn decide(component: &Component<Standing>) -> Option<Position> {
    let standings: Vec<&Standing> = component.records.iter().map(|member| &**member).collect();
    let first = standings.first()?;
    let mut issues: BTreeMap<&str, usize> = BTreeMap::new();
    for standing in &standings {
        *issues.entry(&standing.position.issue).or_default() += 1;
    }
    let evidence: BTreeSet<&RecordId> = standings.iter().flat_map(|it| &it.position.evidence).collect();
    let evidence: Vec<RecordId> = evidence.into_iter().cloned().collect();
    let (actor, stance) = (first.actor.clone(), first.position.stance);
    let issue = issue_key(&first.position.issue);
    let parts = [actor.as_str(), issue.as_str(), stance.as_str()];
    Some(Position {
        id: ids::linked_id("position", parts.into_iter().chain(evidence.iter().map(RecordId::as_str))),
        issue: issues
            .into_iter()
            .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
            .map(|(name, _)| name.to_owned())
            .unwrap_or_default(),
        actor,
        stance,
        since: standings.iter().filter_map(|it| it.since.as_ref()).min().map(|(_, text)| text.clone()),
        evidence,
    })
}
