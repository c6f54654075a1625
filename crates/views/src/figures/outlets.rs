use std::collections::BTreeMap;

use super::svg::{Svg, fit, number};
use crate::CompareRow;

/// The greatest numbers of lines and columns; the rest is in the list.
const ROWS: usize = 18;
const OUTLETS: usize = 12;
const WIDTH: f64 = 960.0;
const LEFT: f64 = 420.0;
const TOP: f64 = 104.0;
/// Room for the name of the last outlet, which is written aslant.
const RIGHT: f64 = 96.0;
const ROW: f64 = 28.0;
const LETTERS: f64 = 13.0;

/// Draws the facts of each outlet: a line for each happening, utterance or agreement, a column for each outlet.
///
/// A full mark is a report, a mark with a gap is a report that differs from others, an empty place is silence. `link`
/// gives the address of a line's record. Returns an empty text for fewer than two outlets.
pub fn outlets_figure(rows: &[CompareRow], link: &dyn Fn(&str) -> String) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        for outlet in &row.lack {
            counts.entry(outlet).or_default();
        }
        row.cells.iter().for_each(|cell| *counts.entry(&cell.outlet).or_default() += 1);
    }
    let mut outlets: Vec<(&str, usize)> = counts.into_iter().collect();
    if outlets.len() < 2 {
        return String::new();
    }
    outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let more = outlets.len().saturating_sub(OUTLETS);
    outlets.truncate(OUTLETS);
    // What several have comes first: there is something to compare.
    let mut shown: Vec<&CompareRow> = rows.iter().filter(|row| row.cells.len() > 1).take(ROWS).collect();
    if shown.is_empty() {
        shown = rows.iter().take(ROWS).collect();
    }
    let wide = ((WIDTH - LEFT - RIGHT) / outlets.len() as f64).min(70.0);
    let height = TOP + shown.len() as f64 * ROW + 34.0;
    let names: Vec<&str> = outlets.iter().map(|(name, _)| *name).collect();
    let description = format!(
        "{} lines over {} outlets: {}{}. All of it is told in the list.",
        shown.len(),
        outlets.len() + more,
        names.join(", "),
        if more > 0 { format!(" and {more} more") } else { String::new() },
    );
    let mut svg = Svg::new("outlets", WIDTH, height, "What each outlet has", &description);
    let center = |column: usize| LEFT + (column as f64 + 0.5) * wide;
    for (column, (outlet, _)) in outlets.iter().enumerate() {
        let (x, y) = (center(column) - 4.0, TOP - 10.0);
        let turn = format!("rotate(-34 {} {})", number(x), number(y));
        svg.open("text", &[("x", &number(x)), ("y", &number(y)), ("class", &"name"), ("transform", &turn)]);
        svg.words(&fit(outlet, LETTERS, 150.0));
        svg.close("text");
    }
    for (at, row) in shown.iter().enumerate() {
        let y = TOP + at as f64 * ROW + ROW / 2.0;
        svg.line((0.0, y + ROW / 2.0), (LEFT + wide * outlets.len() as f64, y + ROW / 2.0), "grid");
        svg.open("a", &[("href", &link(&row.id))]);
        svg.tooltip(&row.title);
        svg.text(0.0, y + 4.0, "issue", "start", &fit(&row.title, LETTERS, LEFT - 20.0));
        svg.close("a");
        for (column, (outlet, _)) in outlets.iter().enumerate() {
            let Some(cell) = row.cells.iter().find(|it| it.outlet == *outlet) else {
                svg.line((center(column) - 3.0, y), (center(column) + 3.0, y), "lacks");
                continue;
            };
            let differs = row.differences.iter().flat_map(|it| it.values.iter().skip(1)).any(|value| {
                value.citations.iter().any(|it| cell.citations.iter().any(|has| has.id == it.id))
            });
            svg.open("g", &[("class", &if differs { "has differs" } else { "has" })]);
            svg.tooltip(&format!(
                "{outlet} {} it",
                if differs { "has a different version of" } else { "has" }
            ));
            svg.element("circle", &[("cx", &number(center(column))), ("cy", &number(y)), ("r", &"7")]);
            if differs {
                svg.line((center(column) - 4.0, y), (center(column) + 4.0, y), "gap");
            }
            svg.close("g");
        }
    }
    let y = height - 14.0;
    svg.open("g", &[("class", &"has")]);
    svg.element("circle", &[("cx", &"8"), ("cy", &number(y)), ("r", &"7")]);
    svg.close("g");
    svg.text(22.0, y + 4.5, "tick", "start", "has it");
    svg.open("g", &[("class", &"has differs")]);
    svg.element("circle", &[("cx", &"98"), ("cy", &number(y)), ("r", &"7")]);
    svg.line((94.0, y), (102.0, y), "gap");
    svg.close("g");
    svg.text(112.0, y + 4.5, "tick", "start", "differs from the first in the list");
    svg.line((363.0, y), (369.0, y), "lacks");
    svg.text(378.0, y + 4.5, "tick", "start", "does not have it");
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Citation, DifferenceRow, DifferenceValue, OutletCell};

    #[test]
    fn has_lacks_and_differs_are_told_apart() {
        let citation = |id: &str| Citation { id: id.into(), ..Citation::default() };
        let cell = |outlet: &str, ids: &[&str]| OutletCell {
            outlet: outlet.to_owned(),
            citations: ids.iter().map(|id| citation(id)).collect(),
        };
        let value = |id: &str| DifferenceValue { value: id.to_owned(), citations: vec![citation(id)] };
        let row = CompareRow {
            id: "happening:1".into(),
            kind: "happening",
            title: "A meeting".to_owned(),
            cells: vec![cell("Alpha", &["meeting:1"]), cell("Beta", &["meeting:2"])],
            lack: vec!["Gamma & Co".to_owned()],
            lacking: 1,
            differences: vec![DifferenceRow {
                values: vec![value("meeting:1"), value("meeting:2")],
                ..DifferenceRow::default()
            }],
        };
        let drawn = outlets_figure(&[row], &|id| format!("/happenings/{id}"));
        assert!(
            drawn.contains("Alpha has it") && drawn.contains("Beta has a different version of it"),
            "{drawn}"
        );
        assert!(drawn.contains("Gamma &amp; Co") && drawn.matches("class=\"lacks\"").count() == 2, "{drawn}");
        assert_eq!(outlets_figure(&[], &|_| String::new()), "");
    }
}
