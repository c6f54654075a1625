//! Positions, and the actors' stances compared by issue.

use std::collections::BTreeMap;

use readout_record::{ActorId, RecordId, Stance, issue_key};
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::{Selection, matching_actors};

/// An actor's stance on an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PositionRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The position's id.
    pub position: RecordId,
    /// The actor who has the stance.
    pub actor: ActorName,
    /// The issue.
    pub issue: String,
    /// The stance: for, against …
    pub stance: Stance,
    /// The first day on which the reports show the stance, ISO 8601.
    pub since: Option<String>,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// The stances of several actors on one issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// The relation of the stances: common ground, a gap …
    pub relation: Relation,
    /// The stances, one cell an actor, in the order asked for; an actor without one has an empty cell.
    pub cells: Vec<IssueCell>,
}

/// An actor's stances on an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueCell {
    /// The actor.
    pub actor: ActorName,
    /// Each stance with its passages, oldest first.
    pub positions: Vec<PositionRow>,
}

/// The relation of the actors' stances on an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// One actor is for it, another against it.
    Gap,
    /// There is no gap, but an actor's stance depends on a condition.
    Conditional,
    /// The newest stances are the same, but an actor also shows the opposite one.
    Mixed,
    /// All actors who show a stance show the same one, and no other.
    Common,
    /// Fewer than two actors show a clear stance.
    #[default]
    Open,
}

/// Returns the stances by issue, then actor, then day. `filter.to` is not used: a stance has no addressee.
pub fn positions(contents: &Contents, filter: &Filter) -> Vec<PositionRow> {
    let selection = Selection::new(contents, filter);
    let mut rows: Vec<PositionRow> = Vec::new();
    for it in &contents.positions {
        let mut citations = selection.citations(&it.evidence).into_iter();
        let Some(citation) = citations.next() else { continue };
        let also: Vec<Citation> = citations.collect();
        let texts: Vec<&str> = [it.issue.as_str(), &citation.text]
            .into_iter()
            .chain(also.iter().map(|it| it.text.as_str()))
            .collect();
        let actor = [it.actor.clone()];
        if selection.acting(&[&actor])
            && selection.is_issue(&it.issue)
            && selection.kinds(&["position", it.stance.as_str()])
            && selection.dates(it.since.as_deref(), &citation.doc)
            && selection.words(&[it.id.as_str(), &citation.id], &texts)
        {
            rows.push(PositionRow {
                citation,
                position: it.id.clone(),
                actor: ActorName { id: it.actor.clone(), name: selection.names.of(&it.actor).to_owned() },
                issue: it.issue.clone(),
                stance: it.stance,
                since: it.since.clone(),
                also,
            });
        }
    }
    rows.sort_by(|a, b| {
        let key = |it: &PositionRow| {
            (issue_key(&it.issue), it.actor.name.clone(), it.since.is_none(), it.since.clone())
        };
        key(a).cmp(&key(b)).then_with(|| a.position.cmp(&b.position))
    });
    rows
}

/// Returns the actors' stances by issue: gaps first, then conditional and mixed stances, then common ground,
/// then the rest.
///
/// With `between`, only these two actors (by id or name) are shown, and only issues on which one of them shows a
/// stance.
pub fn issues(contents: &Contents, filter: &Filter, between: Option<(&str, &str)>) -> Vec<IssueRow> {
    let rows = positions(contents, filter);
    let names = contents.names();
    let mut groups: Vec<Option<ActorName>> = Vec::new();
    let mut column_of: BTreeMap<ActorId, usize> = BTreeMap::new();
    if let Some((a, b)) = between {
        for asked in [a, b] {
            let ids = matching_actors(contents, &names, asked);
            let column = groups.len();
            groups.push(ids.first().map(|id| ActorName { id: id.clone(), name: names.of(id).to_owned() }));
            for id in ids {
                column_of.entry(id).or_insert(column);
            }
        }
    } else {
        for row in &rows {
            column_of.entry(row.actor.id.clone()).or_insert_with(|| {
                groups.push(Some(row.actor.clone()));
                groups.len() - 1
            });
        }
    }
    let mut by_issue: BTreeMap<String, IssueRow> = BTreeMap::new();
    for row in rows {
        let Some(&column) = column_of.get(&row.actor.id) else { continue };
        let issue = by_issue.entry(issue_key(&row.issue)).or_insert_with(|| IssueRow {
            issue: row.issue.clone(),
            relation: Relation::Open,
            cells: groups
                .iter()
                .map(|actor| IssueCell { actor: actor.clone().unwrap_or_default(), positions: Vec::new() })
                .collect(),
        });
        issue.cells[column].positions.push(row);
    }
    let mut found: Vec<IssueRow> = by_issue.into_values().collect();
    for issue in &mut found {
        if between.is_none() {
            issue.cells.retain(|cell| !cell.positions.is_empty());
        }
        issue.relation = relation(&issue.cells);
    }
    found.sort_by_key(|it| it.relation);
    found
}

/// Returns the relation of the actors' newest clear stances.
fn relation(cells: &[IssueCell]) -> Relation {
    let newest: Vec<Stance> = cells
        .iter()
        .filter_map(|cell| cell.positions.iter().rfind(|it| it.stance != Stance::Unclear))
        .map(|it| it.stance)
        .collect();
    let has = |stance| newest.contains(&stance);
    let shows = |cell: &IssueCell, stance| cell.positions.iter().any(|it| it.stance == stance);
    let is_mixed = cells.iter().any(|it| shows(it, Stance::For) && shows(it, Stance::Against));
    match newest.len() {
        _ if has(Stance::For) && has(Stance::Against) => Relation::Gap,
        _ if has(Stance::Conditional) => Relation::Conditional,
        0 | 1 => Relation::Open,
        _ if is_mixed => Relation::Mixed,
        _ => Relation::Common,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_ground_has_one_sign() {
        let cell = |stances: &[Stance]| IssueCell {
            positions: stances
                .iter()
                .map(|&stance| PositionRow { stance, ..PositionRow::default() })
                .collect(),
            ..IssueCell::default()
        };
        let of = |one: &[Stance], other: &[Stance]| relation(&[cell(one), cell(other)]);
        let (pro, contra) = (Stance::For, Stance::Against);
        assert_eq!(of(&[pro], &[pro]), Relation::Common);
        assert_eq!(of(&[pro, contra], &[contra]), Relation::Mixed);
        assert_eq!(of(&[contra, pro], &[contra]), Relation::Gap);
        assert_eq!(of(&[pro, contra], &[]), Relation::Open);
    }
}
