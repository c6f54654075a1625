//! Columns that several tables have: the passage with its report, how it was read, times, sides, tolls.

use readout_record::{
    Bounds, Commitment, Condition, Confidence, Event, Evidence, Grain, Incident, Meeting, Statement, Time,
};
use readout_views::when::day_of;

use crate::column::{Column, Line, column};
use crate::source::{Place, Source};
use crate::{Cell, CellType};

use CellType::{Date, Integer, List, Number, Text};

/// A record that rests on one passage.
pub(super) trait Passage: 'static {
    fn evidence(&self) -> &Evidence;
}

macro_rules! passages {
    ($($kind:ident)*) => {
        $(impl Passage for $kind {
            fn evidence(&self) -> &Evidence {
                &self.evidence
            }
        })*
    };
}

passages!(Statement Event Meeting Incident Condition Commitment);

/// Returns the lines of records that rest on one passage, those that the source picks.
pub(super) fn lines<'c, R: Passage>(source: &'c Source<'c>, records: Vec<&'c R>) -> Vec<Line<'c, R>> {
    let picked = records.into_iter().filter(|it| source.picked.has(&it.evidence().id));
    picked.map(|record| Line { source, record, part: 0, place: source.place(record.evidence()) }).collect()
}

/// Returns the column of the permanent id.
pub(super) fn id<R: Passage>() -> Column<R> {
    column(
        "id",
        Text,
        "The permanent id of the record; `readout show` and `readout cite` take it",
        "",
        |it| it.record.evidence().id.as_str().into(),
    )
}

/// Adds the columns of the passage and of its report.
pub(super) fn placed<R: 'static>(mut own: Vec<Column<R>>) -> Vec<Column<R>> {
    fn of<R>(line: &Line<'_, R>, cell: impl Fn(&Place<'_>) -> Cell) -> Cell {
        line.place.as_ref().map_or(Cell::Null, cell)
    }
    const NO_REPORT: &str = "the report is not in the file";
    own.extend([
        column(
            "passage",
            Text,
            "The words of the passage that supports the row, its spans joined by ` … `",
            NO_REPORT,
            |it| of(it, |place| place.text.into()),
        ),
        column("document", Text, "The permanent id of the report", NO_REPORT, |it| {
            of(it, |place| place.document.id.as_str().into())
        }),
        column("outlet", Text, "The outlet of the report", "no outlet is known", |it| {
            of(it, |place| place.document.outlet.as_deref().into())
        }),
        column(
            "published",
            Text,
            "The day, or day and time with zone, of publication, ISO 8601",
            "unknown",
            |it| of(it, |place| place.document.published.as_deref().into()),
        ),
        column("published_day", Date, "The day of publication", "unknown", |it| {
            of(it, |place| Cell::day(place.document.published.as_deref()))
        }),
        column(
            "published_hour",
            Integer,
            "The hour of publication, 0 to 23, in the report's own zone",
            "no time of day is known",
            |it| of(it, |place| hour(place.document.published.as_deref())),
        ),
        column("title", Text, "The headline of the report", "no headline is known", |it| {
            of(it, |place| place.document.title.as_deref().into())
        }),
        column("url", Text, "The web address of the report", "unknown", |it| {
            of(it, |place| place.document.url.as_deref().into())
        }),
        column(
            "path",
            Text,
            "The file that the report came from, `#` with its number in a file of many",
            "unknown",
            |it| of(it, |place| place.document.path.as_deref().into()),
        ),
        column("story", Text, "The id of the story of the report", "the report is in no story", |it| {
            of(it, |place| place.document.story.as_deref().into())
        }),
        column("paragraph", Integer, "The paragraph in which the passage starts, from 1", NO_REPORT, |it| {
            of(it, |place| place.paragraph.into())
        }),
        column(
            "start",
            Integer,
            "The first code point of the passage in the report's text, from 0",
            NO_REPORT,
            |it| of(it, |place| place.spans.first().map(|span| span.start).into()),
        ),
        column("end", Integer, "One past the last code point of the passage", NO_REPORT, |it| {
            of(it, |place| place.spans.last().map(|span| span.end).into())
        }),
        column(
            "spans",
            List,
            "All spans of the passage as `start-end`, in code points, half-open",
            NO_REPORT,
            |it| {
                of(it, |place| {
                    let spans = place.spans.iter().map(|span| format!("{}-{}", span.start, span.end));
                    Cell::List(spans.collect())
                })
            },
        ),
    ]);
    own
}

/// Adds the columns of the passage, and those of how it was read.
pub(super) fn read<R: Passage>(own: Vec<Column<R>>) -> Vec<Column<R>> {
    let mut all = placed(own);
    all.extend([
        column("certainty", Number, "The certainty of the reading, 0 to 1", "", |it: &Line<'_, R>| {
            it.record.evidence().certainty.into()
        }),
        column(
            "confidence",
            Text,
            "`agreed` if two readers found it, `single` if one of two",
            "one reader read the report",
            |it| it.record.evidence().confidence.map(Confidence::as_str).into(),
        ),
        column("rule", Text, "The rule that found the record", "", |it| {
            it.record.evidence().rule.as_str().into()
        }),
    ]);
    all
}

/// Returns the hour of an ISO 8601 date-time. Midnight to the minute stands for a date without a time of day.
pub(super) fn hour(published: Option<&str>) -> Cell {
    let time = published.and_then(|it| it.get(11..16)).filter(|it| *it != "00:00");
    let hour = time.and_then(|it| it.get(..2)?.parse::<u32>().ok()).filter(|hour| *hour < 24);
    hour.into()
}

pub(super) fn time_text(time: Option<&Time>) -> Cell {
    time.map(|it| it.text.as_str()).into()
}

pub(super) fn time_day(time: Option<&Time>) -> Cell {
    Cell::day(day_of(time).as_deref())
}

pub(super) fn time_from(time: Option<&Time>) -> Cell {
    time.and_then(|it| it.from.as_deref()).into()
}

pub(super) fn time_to(time: Option<&Time>) -> Cell {
    time.and_then(|it| it.to.as_deref()).into()
}

pub(super) fn time_grain(time: Option<&Time>) -> Cell {
    time.and_then(|it| it.grain).map(Grain::as_str).into()
}

/// Returns the columns of a time.
macro_rules! times {
    ($type:ty, $it:ident => $time:expr) => {{
        use $crate::CellType::{Date, Text};
        use $crate::column::{Line, column};
        use $crate::tables::common::{time_day, time_from, time_grain, time_text, time_to};
        [
            column(
                "time_text",
                Text,
                "The report's words for the time",
                "no time is told",
                |line: &Line<'_, $type>| {
                    let $it = line.record;
                    time_text($time)
                },
            ),
            column(
                "day",
                Date,
                "The day, if the words name one day",
                "the words name something longer, or nothing that is known",
                |line| {
                    let $it = line.record;
                    time_day($time)
                },
            ),
            column("time_from", Text, "The first day or minute of the time, ISO 8601", "unknown", |line| {
                let $it = line.record;
                time_from($time)
            }),
            column("time_to", Text, "One past the last day or minute, ISO 8601", "unknown", |line| {
                let $it = line.record;
                time_to($time)
            }),
            column(
                "time_grain",
                Text,
                "The unit that the words name: day, month, season …",
                "no time is told",
                |line| {
                    let $it = line.record;
                    time_grain($time)
                },
            ),
        ]
    }};
}
pub(super) use times;

/// Returns the two columns of a list of actors: their ids and their names.
macro_rules! side {
    ($type:ty, $name:literal, $who:literal, $none:literal, $it:ident => $ids:expr) => {{
        use $crate::column::{Line, column};
        [
            column(
                $name,
                $crate::CellType::List,
                concat!($who, ": permanent ids"),
                $none,
                |line: &Line<'_, $type>| {
                    let $it = line.record;
                    $crate::Cell::List($ids.iter().map(ToString::to_string).collect())
                },
            ),
            column(
                concat!($name, "_name"),
                $crate::CellType::List,
                concat!($who, ": names"),
                $none,
                |line| {
                    let $it = line.record;
                    $crate::Cell::List(line.source.names_of($ids))
                },
            ),
        ]
    }};
}
pub(super) use side;

/// Returns the two columns of a number with bounds.
macro_rules! bounds {
    ($type:ty, $name:literal, $what:literal, $it:ident => $bounds:expr) => {{
        use $crate::column::{Line, column};
        [
            column(
                concat!($name, "_min"),
                $crate::CellType::Integer,
                concat!($what, ", at least"),
                "no number is told, or the least is open",
                |line: &Line<'_, $type>| {
                    let $it = line.record;
                    $crate::tables::common::least($bounds)
                },
            ),
            column(
                concat!($name, "_max"),
                $crate::CellType::Integer,
                concat!($what, ", at most"),
                "no number is told, or the most is open",
                |line| {
                    let $it = line.record;
                    $crate::tables::common::most($bounds)
                },
            ),
        ]
    }};
}
pub(super) use bounds;

pub(super) fn least(bounds: Option<Bounds>) -> Cell {
    bounds.and_then(|it| it.least).into()
}

pub(super) fn most(bounds: Option<Bounds>) -> Cell {
    bounds.and_then(|it| it.most).into()
}
