//! Who stands where on the issues that several actors have a stance on: a grid for a page.

use std::collections::BTreeMap;

use readout_record::{RecordId, Stance};
use serde::Serialize;

use crate::cite::ActorName;
use crate::positions::{IssueCell, IssueRow, Relation};

/// The most columns and rows of a grid; all is in the list.
const ACTORS: usize = 7;
const ISSUES: usize = 14;

/// A grid of stances: a row an issue, a column an actor.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Grid {
    /// The actors, those with a stance on the most issues first.
    pub actors: Vec<ActorName>,
    /// The issues: those on which actors stand apart first, then those on which they agree; the most actors first.
    pub rows: Vec<GridRow>,
    /// The number of issues of two actors or more that are left out.
    pub more: usize,
}

/// An issue of a grid.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct GridRow {
    /// The issue.
    pub issue: String,
    /// The relation of the stances.
    pub relation: Relation,
    /// One cell for each actor of the grid; `None` for one without a clear stance.
    pub cells: Vec<Option<GridCell>>,
}

/// An actor's newest clear stance on an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GridCell {
    /// The stance.
    pub stance: Stance,
    /// The number of passages that show a stance of the actor on the issue.
    pub passages: usize,
    /// The position.
    pub position: RecordId,
    /// True if an older stance was another one.
    pub changed: bool,
}

/// Returns the grid of the issues on which two actors or more have a clear stance.
pub fn grid(issues: &[IssueRow]) -> Grid {
    let shared: Vec<(&IssueRow, Vec<(&ActorName, GridCell)>)> = issues
        .iter()
        .map(|issue| (issue, issue.cells.iter().filter_map(|it| Some((&it.actor, clear(it)?))).collect()))
        .filter(|(_, cells): &(&IssueRow, Vec<(&ActorName, GridCell)>)| cells.len() > 1)
        .collect();
    let mut counts: BTreeMap<&ActorName, usize> = BTreeMap::new();
    for (actor, _) in shared.iter().flat_map(|(_, cells)| cells) {
        *counts.entry(actor).or_default() += 1;
    }
    let mut actors: Vec<(&ActorName, usize)> = counts.into_iter().collect();
    actors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    actors.truncate(ACTORS);
    let mut rows: Vec<(usize, GridRow)> = Vec::new();
    for (issue, cells) in &shared {
        let row = |(actor, _): &(&ActorName, usize)| {
            cells.iter().find(|(of, _)| of.id == actor.id).map(|(_, cell)| cell.clone())
        };
        let row: Vec<Option<GridCell>> = actors.iter().map(row).collect();
        let many = row.iter().flatten().count();
        if many > 1 {
            rows.push((many, GridRow { issue: issue.issue.clone(), relation: issue.relation, cells: row }));
        }
    }
    rows.sort_by(|(a, one), (b, other)| {
        (one.relation, b, &one.issue).cmp(&(other.relation, a, &other.issue))
    });
    let more = shared.len() - rows.len().min(ISSUES);
    let rows: Vec<GridRow> = rows.into_iter().take(ISSUES).map(|(_, row)| row).collect();
    // A column that the rows left out emptied says nothing.
    let kept: Vec<usize> = (0..actors.len())
        .filter(|&at| rows.iter().any(|row| row.cells.get(at).is_some_and(Option::is_some)))
        .collect();
    Grid {
        actors: kept.iter().filter_map(|&at| actors.get(at).map(|(actor, _)| (*actor).clone())).collect(),
        rows: rows
            .into_iter()
            .map(|row| GridRow {
                cells: kept.iter().map(|&at| row.cells.get(at).cloned().flatten()).collect(),
                ..row
            })
            .collect(),
        more,
    }
}

/// Returns the newest clear stance of a cell.
fn clear(cell: &IssueCell) -> Option<GridCell> {
    let clear = || cell.positions.iter().filter(|it| it.stance != Stance::Unclear);
    let newest = clear().next_back()?;
    Some(GridCell {
        stance: newest.stance,
        passages: clear().map(|it| 1 + it.also.len()).sum(),
        position: newest.position.clone(),
        changed: clear().any(|it| it.stance != newest.stance),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::PositionRow;

    fn cell(name: &str, stances: &[Stance]) -> IssueCell {
        let actor = ActorName { id: name.into(), name: name.to_owned() };
        let position = |stance: &Stance| PositionRow {
            position: format!("position:{name}").as_str().into(),
            actor: actor.clone(),
            stance: *stance,
            ..PositionRow::default()
        };
        IssueCell { positions: stances.iter().map(position).collect(), actor }
    }

    #[test]
    fn only_what_two_have_a_clear_stance_on_is_in_the_grid() {
        let issue = |issue: &str, relation, cells| IssueRow { issue: issue.to_owned(), relation, cells };
        let rows = [
            issue("dredging", Relation::Common, vec![cell("a", &[Stance::For]), cell("b", &[Stance::For])]),
            issue("lights", Relation::Open, vec![cell("a", &[Stance::For]), cell("b", &[Stance::Unclear])]),
            issue(
                "the toll",
                Relation::Gap,
                vec![cell("a", &[Stance::Against, Stance::For]), cell("c", &[Stance::Against])],
            ),
        ];
        let found = grid(&rows);
        let issues: Vec<&str> = found.rows.iter().map(|it| it.issue.as_str()).collect();
        assert_eq!(issues, ["the toll", "dredging"]);
        let names: Vec<&str> = found.actors.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let toll = &found.rows[0].cells;
        assert!(
            toll[0].as_ref().is_some_and(|it| it.stance == Stance::For && it.changed && it.passages == 2)
        );
        assert!(toll[1].is_none() && toll[2].as_ref().is_some_and(|it| !it.changed));
        assert_eq!(grid(&rows[1..2]), Grid::default());
    }
}
