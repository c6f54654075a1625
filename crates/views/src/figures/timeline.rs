use std::collections::BTreeMap;

use readout_record::Factuality;

use super::days::{civil, number as day_number, ticks};
use super::svg::{Svg, fit, number};
use crate::TimelineRow;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 16.0;
const RADIUS: f64 = 5.5;
/// Marks on top of each other before they are counted instead.
const DEEPEST: usize = 6;
const LETTERS: f64 = 12.0;

/// The lines of a lane by their place on the axis, each with its day.
type Lane<'r> = BTreeMap<i64, Vec<(i64, &'r TimelineRow)>>;

/// What is drawn in a row of its own, and what the row is called.
const LANES: [(&str, &str); 5] = [
    ("meeting", "Met"),
    ("agreement", "Agreed"),
    ("event", "Done"),
    ("incident", "Violence"),
    ("commitment", "Due"),
];

/// The lines of a timeline over an axis of days; hollow marks did not, or did not yet, take place. `link` gives the
/// address of a line's record. Empty where fewer than three lines have a day.
///
/// A few days far off all others stand as numbers at the ends, so that the rest can be told apart.
pub fn timeline_figure(rows: &[TimelineRow], link: &dyn Fn(&TimelineRow) -> String) -> String {
    let mut dated: Vec<(i64, &TimelineRow)> =
        rows.iter().filter_map(|row| Some((day_number(row.day.as_deref()?)?, row))).collect();
    dated.retain(|(_, row)| LANES.iter().any(|(kind, _)| *kind == row.kind));
    dated.sort_by(|a, b| (a.0, &a.1.citation).cmp(&(b.0, &b.1.citation)));
    // Two days are told quicker than drawn.
    let Some((from, to)) = window(&dated).filter(|_| dated.len() > 2) else { return String::new() };
    let scale = |day: i64| {
        LEFT + 10.0 + (day - from) as f64 / (to - from).max(1) as f64 * (WIDTH - LEFT - RIGHT - 20.0)
    };

    // Marks that would cover each other stand on each other.
    let step = RADIUS * 2.0 + 2.0;
    let mut lanes: BTreeMap<usize, Lane<'_>> = BTreeMap::new();
    let (mut earlier, mut later) = (0, 0);
    for &(day, row) in &dated {
        if day < from {
            earlier += 1;
        } else if day > to {
            later += 1;
        } else if let Some(lane) = LANES.iter().position(|(kind, _)| *kind == row.kind) {
            let place = ((scale(day) - LEFT) / step) as i64;
            lanes.entry(lane).or_default().entry(place).or_default().push((day, row));
        }
    }
    let deep = |lane: &Lane<'_>| lane.values().map(|it| it.len().min(DEEPEST + 1)).max().unwrap_or(1);
    let heights: BTreeMap<usize, f64> =
        lanes.iter().map(|(at, lane)| (*at, (deep(lane) as f64 * step + 14.0).max(34.0))).collect();
    let height = 12.0 + heights.values().sum::<f64>() + 30.0;

    let mut svg = Svg::new("timeline", WIDTH, height, "What happened when", &description(&dated, from, to));
    let bottom = height - 28.0;
    for (day, name) in ticks(from, to) {
        let x = scale(day);
        svg.line((x, 8.0), (x, bottom), "grid");
        svg.text(x, height - 10.0, "tick", if x > WIDTH - 40.0 { "end" } else { "middle" }, &name);
    }
    let mut top = 8.0;
    for (at, lane) in &lanes {
        let (kind, name) = LANES[*at];
        let tall = heights.get(at).copied().unwrap_or(34.0);
        let base = top + tall - 10.0;
        svg.text(0.0, base + 1.0, "lane", "start", name);
        svg.line((LEFT - 6.0, base + RADIUS + 3.0), (WIDTH - RIGHT, base + RADIUS + 3.0), "base");
        for marks in lane.values() {
            let x = marks.iter().map(|(day, _)| scale(*day)).sum::<f64>() / marks.len() as f64;
            for (level, (_, row)) in marks.iter().take(DEEPEST).enumerate() {
                let done = matches!(row.factuality, Factuality::Happened | Factuality::Ongoing);
                let class = format!("mark {kind}{}", if done { "" } else { " open" });
                let label =
                    format!("{}: {}", row.day.as_deref().unwrap_or_default(), fit(&row.what, 1.0, 70.0));
                svg.open_link(&link(row), &label);
                let radius = if row.sources > 1 { RADIUS + 1.2 } else { RADIUS };
                let y = base - level as f64 * step;
                svg.element(
                    "circle",
                    &[("cx", &number(x)), ("cy", &number(y)), ("r", &number(radius)), ("class", &class)],
                );
                svg.close("a");
            }
            if marks.len() > DEEPEST {
                let y = base - DEEPEST as f64 * step + 4.0;
                svg.text(x, y, "more", "middle", &format!("+{}", marks.len() - DEEPEST));
            }
        }
        top += tall;
    }
    if earlier > 0 {
        svg.text(LEFT - 6.0, height - 10.0, "more", "end", &format!("← {earlier} earlier"));
    }
    if later > 0 {
        svg.text(WIDTH, 10.0 + LETTERS / 2.0, "more", "end", &format!("{later} later →"));
    }
    svg.finish()
}

/// The days to show: those of nine tenths of the lines, with half as much again on both sides if there is something.
fn window(dated: &[(i64, &TimelineRow)]) -> Option<(i64, i64)> {
    let (first, last) = (dated.first()?.0, dated.last()?.0);
    let rank = |share: usize| dated[(dated.len() - 1) * share / 100].0;
    let (low, high) = (rank(5), rank(95));
    let room = ((high - low) / 2).max(7);
    Some((first.max(low - room), last.min(high + room)))
}

fn description(dated: &[(i64, &TimelineRow)], from: i64, to: i64) -> String {
    let date = |day| {
        let (year, month, day) = civil(day);
        format!("{year}-{month:02}-{day:02}")
    };
    let counts: Vec<String> = LANES
        .iter()
        .filter_map(|(kind, name)| {
            let count = dated.iter().filter(|(_, row)| row.kind == *kind).count();
            (count > 0).then(|| format!("{}: {count}", name.to_lowercase()))
        })
        .collect();
    format!("From {} to {}. {}. The same is told in the list.", date(from), date(to), counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Citation;

    fn row(kind: &'static str, day: &str, id: &str) -> TimelineRow {
        TimelineRow {
            citation: Citation { id: id.to_owned(), ..Citation::default() },
            kind,
            day: Some(day.to_owned()),
            what: format!("<{id}>"),
            ..TimelineRow::default()
        }
    }

    #[test]
    fn every_line_with_a_day_is_drawn_or_counted() {
        let mut rows: Vec<TimelineRow> = (1..=28)
            .map(|day| row("meeting", &format!("2015-09-{day:02}"), &format!("meeting:{day}")))
            .collect();
        rows.push(row("event", "1979-11-04", "event:old"));
        rows.push(row("incident", "2015-09-09", "incident:1"));
        rows.push(TimelineRow { day: None, ..row("event", "", "event:undated") });
        let drawn = timeline_figure(&rows, &|row| format!("/records/{}", row.citation.id));
        assert_eq!(drawn.matches("<circle").count(), 29, "{drawn}");
        assert!(drawn.contains("← 1 earlier") && drawn.contains("href=\"/records/incident:1\""), "{drawn}");
        assert!(drawn.contains("&lt;meeting:3&gt;") && !drawn.contains("event:undated"));
        rows.reverse();
        assert_eq!(drawn, timeline_figure(&rows, &|row| format!("/records/{}", row.citation.id)));
        assert_eq!(timeline_figure(&[], &|_| String::new()), "");
    }

    #[test]
    fn a_crowd_on_one_day_is_counted() {
        let rows: Vec<TimelineRow> =
            (0..20).map(|at| row("event", "2015-09-28", &format!("event:{at:02}"))).collect();
        let drawn = timeline_figure(&rows, &|_| String::new());
        assert_eq!(drawn.matches("<circle").count(), DEEPEST);
        assert!(drawn.contains(">+14<"), "{drawn}");
    }
}
