use std::collections::BTreeMap;

use readout_record::Factuality;
use readout_record::calendar::iso_day;

use super::svg::{Svg, fit, number};
use crate::TimelineRow;
use crate::days::ticks;
use crate::when::{Spelling, When};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 16.0;
const RADIUS: f64 = 5.5;
/// The greatest number of marks on top of each other; further ones are counted instead.
const DEEPEST: usize = 6;
const LETTERS: f64 = 12.0;
/// The least number of days that the axis shows before and after the reports.
const AROUND: i64 = 7;

/// A line of the timeline with the days that it spans.
#[derive(Clone, Copy)]
struct Dated<'r> {
    first: i64,
    last: i64,
    when: When,
    row: &'r TimelineRow,
}

impl Dated<'_> {
    fn is_day(&self) -> bool {
        self.when.day().is_some()
    }
}

/// The lines of a lane: bars in levels from the base, and above them marks by their place on the axis.
#[derive(Default)]
struct Lane<'r> {
    bars: Vec<Vec<Dated<'r>>>,
    /// The number of bars for which there is no level.
    more: usize,
    marks: BTreeMap<i64, Vec<Dated<'r>>>,
}

impl<'r> Lane<'r> {
    /// Adds a bar to the lowest level that has room for it. Two bars of a level are at least `gap` days apart.
    fn lay(&mut self, bar: Dated<'r>, gap: i64) {
        let free = |level: &Vec<Dated<'_>>| level.iter().all(|it| it.last + gap < bar.first);
        match self.bars.iter().position(free) {
            Some(level) => self.bars[level].push(bar),
            None if self.bars.len() < DEEPEST => self.bars.push(vec![bar]),
            None => self.more += 1,
        }
    }

    /// Returns the height of the lane in marks, including a number for further ones.
    fn deep(&self) -> usize {
        let marks = self.marks.values().map(|it| it.len().min(DEEPEST + 1)).max().unwrap_or(0);
        (self.bars.len() + usize::from(self.more > 0) + marks).max(1)
    }
}

/// The kinds of row that have a lane of their own, with the lane's name.
const LANES: [(&str, &str); 5] = [
    ("meeting", "Met"),
    ("agreement", "Agreed"),
    ("event", "Done"),
    ("incident", "Violence"),
    ("commitment", "Due"),
];

/// Draws the lines of a timeline over an axis of days.
///
/// A mark is a day. A bar is as long as the month, season or year that the report's words name. Hollow ones did not, or
/// did not yet, take place. `link` gives the address of a line's record. Returns an empty text if fewer than three
/// lines have a time.
///
/// `reports` are the first and the last day of publication, as numbers. The axis goes beyond them by as long as they are
/// apart, and a week at least; what is before and after is counted at the ends, as are the few lines far from all others.
pub fn timeline_figure(
    rows: &[TimelineRow],
    reports: Option<(i64, i64)>,
    link: &dyn Fn(&TimelineRow) -> String,
) -> String {
    let mut dated: Vec<Dated<'_>> = rows.iter().filter_map(dated).collect();
    dated.retain(|it| LANES.iter().any(|(kind, _)| *kind == it.row.kind));
    dated.sort_by(|a, b| (a.first, a.last, &a.row.citation).cmp(&(b.first, b.last, &b.row.citation)));
    // Two days are told quicker than drawn.
    let Some((from, to)) = window(&dated, reports).filter(|_| dated.len() > 2) else { return String::new() };
    let scale = |day: i64| {
        LEFT + 10.0 + (day - from) as f64 / (to - from).max(1) as f64 * (WIDTH - LEFT - RIGHT - 20.0)
    };

    // Marks that would cover each other stand on each other.
    let step = RADIUS * 2.0 + 2.0;
    let gap = (step / (scale(to) - scale(from)).max(1.0) * (to - from) as f64).ceil() as i64;
    let (lanes, earlier, later) =
        lay_out(&dated, (from, to), gap, &|day| ((scale(day) - LEFT) / step) as i64);
    let heights: BTreeMap<usize, f64> =
        lanes.iter().map(|(at, lane)| (*at, (lane.deep() as f64 * step + 14.0).max(34.0))).collect();
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
        let open = |svg: &mut Svg, it: &Dated<'_>| -> String {
            let done = matches!(it.row.factuality, Factuality::Happened | Factuality::Ongoing);
            let label = format!("{}: {}", it.when.told(Spelling::Digits), fit(&it.row.what, 1.0, 70.0));
            svg.open_link(&link(it.row), &label);
            format!("mark {kind}{}", if done { "" } else { " open" })
        };
        for (level, bars) in lane.bars.iter().enumerate() {
            for it in bars {
                let class = format!("bar {}", open(&mut svg, it));
                // What goes on beyond the axis is cut at its ends; a bar is never narrower than a mark.
                let (start, end) = (scale(it.first.max(from)), scale((it.last + 1).min(to)));
                let wide = (end - start).max(RADIUS * 2.0);
                let y = base - level as f64 * step - RADIUS + 1.0;
                svg.element(
                    "rect",
                    &[
                        ("x", &number(start)),
                        ("y", &number(y)),
                        ("width", &number(wide)),
                        ("height", &number(RADIUS * 2.0 - 2.0)),
                        ("rx", &"3"),
                        ("class", &class),
                    ],
                );
                svg.close("a");
            }
        }
        let mut under = lane.bars.len();
        if lane.more > 0 {
            let y = base - under as f64 * step + 4.0;
            svg.text(LEFT, y, "more", "start", &format!("+{} that last longer", lane.more));
            under += 1;
        }
        for marks in lane.marks.values() {
            let x = marks.iter().map(|it| scale(it.first)).sum::<f64>() / marks.len() as f64;
            for (level, it) in marks.iter().take(DEEPEST).enumerate() {
                let class = open(&mut svg, it);
                let radius = if it.row.sources > 1 { RADIUS + 1.2 } else { RADIUS };
                let y = base - (under + level) as f64 * step;
                svg.element(
                    "circle",
                    &[("cx", &number(x)), ("cy", &number(y)), ("r", &number(radius)), ("class", &class)],
                );
                svg.close("a");
            }
            if marks.len() > DEEPEST {
                let y = base - (under + DEEPEST) as f64 * step + 4.0;
                svg.text(x, y, "more", "middle", &format!("+{}", marks.len() - DEEPEST));
            }
        }
        top += tall;
    }
    if earlier > 0 {
        svg.text(0.0, height - 10.0, "more", "start", &format!("← {earlier} earlier"));
    }
    if later > 0 {
        svg.text(WIDTH, 10.0 + LETTERS / 2.0, "more", "end", &format!("{later} later →"));
    }
    svg.finish()
}

/// Returns the lanes with what is to be drawn, by the places of `column`, and how many are before and after the axis.
fn lay_out<'r>(
    dated: &[Dated<'r>],
    (from, to): (i64, i64),
    gap: i64,
    column: &dyn Fn(i64) -> i64,
) -> (BTreeMap<usize, Lane<'r>>, usize, usize) {
    let mut lanes: BTreeMap<usize, Lane<'r>> = BTreeMap::new();
    let (mut earlier, mut later) = (0, 0);
    for &it in dated {
        if it.last < from {
            earlier += 1;
        } else if it.first > to {
            later += 1;
        } else if let Some(lane) = LANES.iter().position(|(kind, _)| *kind == it.row.kind) {
            let lane = lanes.entry(lane).or_default();
            if it.is_day() {
                lane.marks.entry(column(it.first)).or_default().push(it);
            } else {
                lane.lay(it, gap);
            }
        }
    }
    (lanes, earlier, later)
}

fn dated(row: &TimelineRow) -> Option<Dated<'_>> {
    let when = row.time.as_ref().and_then(When::of).or_else(|| When::of_day(row.day.as_deref()?))?;
    let (first, last) = when.days();
    Some(Dated { first, last, when, row })
}

/// Returns the first and last day to show: those of nine tenths of the lines, and up to half as much on both sides, within
/// the days around the `reports`.
fn window(dated: &[Dated<'_>], reports: Option<(i64, i64)>) -> Option<(i64, i64)> {
    let around = reports.map(|(first, last)| {
        let room = (last - first).max(AROUND);
        (first - room, last + room)
    });
    let near = |it: &&Dated<'_>| around.is_none_or(|(from, to)| it.last >= from && it.first <= to);
    let cut = |day: i64| around.map_or(day, |(from, to)| day.clamp(from, to));
    let mut ends: Vec<i64> = dated.iter().filter(near).flat_map(|it| [cut(it.first), cut(it.last)]).collect();
    ends.sort_unstable();
    let (first, last) = (*ends.first()?, *ends.last()?);
    let rank = |share: usize| ends[(ends.len() - 1) * share / 100];
    let (low, high) = (rank(5), rank(95));
    let room = ((high - low) / 2).max(7);
    Some((first.max(low - room), last.min(high + room)))
}

fn description(dated: &[Dated<'_>], from: i64, to: i64) -> String {
    let counts: Vec<String> = LANES
        .iter()
        .filter_map(|(kind, name)| {
            let count = dated.iter().filter(|it| it.row.kind == *kind).count();
            (count > 0).then(|| format!("{}: {count}", name.to_lowercase()))
        })
        .collect();
    format!("From {} to {}. {}. The same is told in the list.", iso_day(from), iso_day(to), counts.join(", "))
}

#[cfg(test)]
mod tests {
    use readout_record::{Grain, Time};

    use super::*;
    use crate::Citation;

    fn row(kind: &'static str, day: &str, id: &str) -> TimelineRow {
        TimelineRow {
            citation: Citation { id: id.into(), ..Citation::default() },
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
        let drawn = timeline_figure(&rows, None, &|row| format!("/records/{}", row.citation.id));
        assert_eq!(drawn.matches("<circle").count(), 29, "{drawn}");
        assert!(drawn.contains("← 1 earlier") && drawn.contains("href=\"/records/incident:1\""), "{drawn}");
        assert!(drawn.contains("&lt;meeting:3&gt;") && !drawn.contains("event:undated"));
        rows.reverse();
        assert_eq!(drawn, timeline_figure(&rows, None, &|row| format!("/records/{}", row.citation.id)));
        assert_eq!(timeline_figure(&[], None, &|_| String::new()), "");
    }

    #[test]
    fn a_month_and_a_season_are_bars_of_their_length() {
        let lasting = |id: &str, from: &str, to: &str, grain| TimelineRow {
            day: None,
            time: Some(Time {
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
                grain: Some(grain),
                ..Time::default()
            }),
            ..row("event", "", id)
        };
        let rows = [
            lasting("event:season", "2012-03-01", "2012-06-01", Grain::Season),
            lasting("event:month", "2012-04-01", "2012-05-01", Grain::Month),
            lasting("event:later", "2012-07-01", "2012-08-01", Grain::Month),
            row("event", "2012-03-01", "event:first"),
            row("event", "2012-08-30", "event:last"),
        ];
        let drawn = timeline_figure(&rows, None, &|row| row.citation.id.to_string());
        assert_eq!((drawn.matches("<circle").count(), drawn.matches("<rect").count()), (2, 3), "{drawn}");
        assert!(drawn.contains("aria-label=\"spring 2012: &lt;event:season&gt;\""), "{drawn}");
        let attribute = |id: &str, name: &str| -> f64 {
            let bar = drawn.split("<a ").find(|it| it.contains(&format!("href=\"{id}\""))).unwrap();
            let value = bar.split(&format!(" {name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        let ratio = attribute("event:season", "width") / attribute("event:month", "width");
        assert!((ratio - 92.0 / 30.0).abs() < 0.05, "{ratio}");
        // Bars that meet lie on each other, one that comes later beside the first.
        assert!(attribute("event:month", "y") < attribute("event:season", "y"));
        assert_eq!(attribute("event:later", "y"), attribute("event:season", "y"));
    }

    #[test]
    fn the_axis_keeps_to_the_days_of_the_reports() {
        let mut rows: Vec<TimelineRow> =
            (1..=6).map(|day| row("event", &format!("2013-07-0{day}"), &format!("event:{day}"))).collect();
        rows.extend(
            (1989..=2011).map(|year| row("event", &format!("{year}-05-01"), &format!("event:{year}"))),
        );
        let days = crate::days::number("2013-07-01").zip(crate::days::number("2013-07-08"));
        let drawn = timeline_figure(&rows, days, &|_| String::new());
        assert_eq!(drawn.matches("<circle").count(), 6, "{drawn}");
        assert!(drawn.contains("← 23 earlier") && drawn.contains("Jul<"), "{drawn}");
    }

    #[test]
    fn a_crowd_on_one_day_is_counted() {
        let rows: Vec<TimelineRow> =
            (0..20).map(|at| row("event", "2015-09-28", &format!("event:{at:02}"))).collect();
        let drawn = timeline_figure(&rows, None, &|_| String::new());
        assert_eq!(drawn.matches("<circle").count(), DEEPEST);
        assert!(drawn.contains(">+14<"), "{drawn}");
    }
}
