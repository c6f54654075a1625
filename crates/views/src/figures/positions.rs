use std::collections::BTreeMap;

use readout_record::Stance;

use super::svg::{Svg, fit, number};
use crate::{ActorName, IssueRow};

/// The number of issues that the words for the drawing name. All are in the drawing.
const TOLD: usize = 5;

/// The greatest numbers of columns and rows; the rest is in the list.
const ACTORS: usize = 9;
const ISSUES: usize = 16;
const WIDTH: f64 = 960.0;
const LEFT: f64 = 300.0;
const TOP: f64 = 84.0;
const ROW: f64 = 34.0;
const LETTERS: f64 = 13.0;

/// Draws the actors' stances: a line for each issue, a column for each actor, a shape and a colour for each stance.
///
/// Of several stances the newest is drawn. `link` gives the address of a position. Returns an empty text if nobody has
/// a stance.
pub fn positions_figure(issues: &[IssueRow], link: &dyn Fn(&str) -> String) -> String {
    let issues: Vec<&IssueRow> =
        issues.iter().filter(|it| it.cells.iter().any(|it| !it.positions.is_empty())).take(ISSUES).collect();
    let mut counts: BTreeMap<&ActorName, usize> = BTreeMap::new();
    for cell in issues.iter().flat_map(|it| &it.cells).filter(|it| !it.positions.is_empty()) {
        *counts.entry(&cell.actor).or_default() += 1;
    }
    let mut actors: Vec<(&ActorName, usize)> = counts.into_iter().collect();
    actors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    actors.truncate(ACTORS);
    let issues: Vec<&IssueRow> =
        issues.into_iter().filter(|it| it.cells.iter().any(|cell| has(&actors, cell))).collect();
    if issues.is_empty() {
        return String::new();
    }
    let wide = ((WIDTH - LEFT) / actors.len() as f64).min(150.0);
    let height = TOP + issues.len() as f64 * ROW + 36.0;
    let description = description(&issues);
    let mut svg =
        Svg::new("positions", LEFT + wide * actors.len() as f64, height, "Who is for what", &description);
    let center = |column: usize| LEFT + (column as f64 + 0.5) * wide;
    for (column, (actor, _)) in actors.iter().enumerate() {
        // Names lean, so that long ones have room.
        let (x, y) = (center(column) - 6.0, TOP - 10.0);
        let turn = format!("rotate(-28 {} {})", number(x), number(y));
        svg.open("text", &[("x", &number(x)), ("y", &number(y)), ("class", &"name"), ("transform", &turn)]);
        svg.words(&fit(&actor.name, LETTERS, 140.0));
        svg.close("text");
    }
    for (at, issue) in issues.iter().enumerate() {
        let y = TOP + at as f64 * ROW + ROW / 2.0;
        svg.line((0.0, y + ROW / 2.0), (LEFT + wide * actors.len() as f64, y + ROW / 2.0), "grid");
        svg.text(0.0, y + 4.0, "issue", "start", &fit(&issue.issue, LETTERS, LEFT - 16.0));
        for (column, (actor, _)) in actors.iter().enumerate() {
            let Some(cell) = issue.cells.iter().find(|it| it.actor.id == actor.id) else { continue };
            let Some(newest) = cell.positions.last() else { continue };
            let word = newest.stance.in_words();
            svg.open_link(&link(&newest.position), &format!("{}: {word} {}", actor.name, issue.issue));
            mark(&mut svg, newest.stance, center(column), y);
            svg.close("a");
            if cell.positions.len() > 1 {
                svg.text(
                    center(column) + 13.0,
                    y + 4.0,
                    "more",
                    "start",
                    &format!("+{}", cell.positions.len() - 1),
                );
            }
        }
    }
    let mut x = 0.0;
    for stance in [Stance::For, Stance::Against, Stance::Conditional, Stance::Unclear] {
        mark(&mut svg, stance, x + 8.0, height - 14.0);
        svg.text(x + 22.0, height - 9.5, "tick", "start", stance.in_words());
        x += 50.0 + stance.in_words().len() as f64 * 8.0;
    }
    svg.finish()
}

fn has(actors: &[(&ActorName, usize)], cell: &crate::IssueCell) -> bool {
    !cell.positions.is_empty() && actors.iter().any(|(actor, _)| actor.id == cell.actor.id)
}

fn mark(svg: &mut Svg, stance: Stance, x: f64, y: f64) {
    let path = |points: [(f64, f64); 4]| {
        let points = points.map(|(dx, dy)| format!("{},{}", number(x + dx), number(y + dy)));
        points.join(" ")
    };
    let (class, points) = match stance {
        Stance::For => ("stance for", path([(0.0, -8.0), (9.0, 7.0), (-9.0, 7.0), (0.0, -8.0)])),
        Stance::Against => ("stance against", path([(0.0, 8.0), (9.0, -7.0), (-9.0, -7.0), (0.0, 8.0)])),
        Stance::Conditional => {
            ("stance conditional", path([(0.0, -9.0), (9.0, 0.0), (0.0, 9.0), (-9.0, 0.0)]))
        }
        Stance::Unclear => {
            svg.element(
                "circle",
                &[("cx", &number(x)), ("cy", &number(y)), ("r", &"6"), ("class", &"stance unclear")],
            );
            return;
        }
    };
    svg.element("polygon", &[("points", &points), ("class", &class)]);
}

fn description(issues: &[&IssueRow]) -> String {
    let told: Vec<String> = issues
        .iter()
        .take(TOLD)
        .map(|issue| {
            let cells =
                issue.cells.iter().filter_map(|it| Some((&it.actor.name, it.positions.last()?.stance)));
            let cells: Vec<String> =
                cells.map(|(name, stance)| format!("{name} {}", stance.in_words())).collect();
            format!("{}: {}", issue.issue, cells.join(", "))
        })
        .collect();
    format!("{} issues. {}. All of it is told in the list.", issues.len(), told.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IssueCell, PositionRow};

    #[test]
    fn the_newest_stance_is_drawn() {
        let actor = ActorName { id: "state:FRA".into(), name: "France".to_owned() };
        let position =
            |id: &str, stance| PositionRow { position: id.into(), stance, ..PositionRow::default() };
        let cell = IssueCell {
            actor,
            positions: vec![position("position:1", Stance::Against), position("position:2", Stance::For)],
        };
        let issues =
            [IssueRow { issue: "a <safe> zone".to_owned(), cells: vec![cell], ..IssueRow::default() }];
        let drawn = positions_figure(&issues, &|id| format!("/records/{id}"));
        assert!(drawn.contains("href=\"/records/position:2\"") && !drawn.contains("position:1"), "{drawn}");
        assert!(drawn.contains("France: for a &lt;safe&gt; zone") && drawn.contains(">+1<"), "{drawn}");
        assert_eq!(positions_figure(&[], &|_| String::new()), "");
    }
}
