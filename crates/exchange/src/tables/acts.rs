//! Events, meetings and incidents.

use readout_record::{Event, Incident, Meeting, MeetingFormat};

use super::common::{Passage, bounds, id, lines, read, side, times};
use crate::CellType::{List, Number, Text};
use crate::act::Act;
use crate::column::{Column, Line, column};
use crate::site::Site;
use crate::{Cell, Table};

/// A record that is an act.
trait Acted: Passage {
    fn act(&self) -> Act<'_>;
}

impl Acted for Event {
    fn act(&self) -> Act<'_> {
        Act::Event(self)
    }
}

impl Acted for Meeting {
    fn act(&self) -> Act<'_> {
        Act::Meeting(self)
    }
}

impl Acted for Incident {
    fn act(&self) -> Act<'_> {
        Act::Incident(self)
    }
}

/// Returns the columns of what was done.
fn done<R: Acted>() -> [Column<R>; 2] {
    [
        column("code", Text, "The PLOVER type: `CONSULT`, `ASSAULT` …", "a disaster", |it| {
            it.record.act().code().into()
        }),
        column("mode", Text, "The PLOVER mode", "none is told", |it| it.record.act().mode().into()),
    ]
}

/// Returns the place of the gazetteer that a report names.
fn site<'c, R: Acted>(it: &Line<'c, R>) -> Option<Site<'c>> {
    Site::find(it.source.knowledge?, it.record.act().place()?)
}

/// Returns a part of a place's coordinates, in degrees, to ten thousandths: ten metres.
fn degrees<R: Acted>(it: &Line<'_, R>, part: impl Fn((f32, f32)) -> f32) -> Cell {
    let part = site(it).and_then(Site::position).map(part);
    part.map(|it| (f64::from(it) * 10_000.0).round() / 10_000.0).into()
}

/// Returns the columns of where and how sure it is that it was done.
fn told<R: Acted>() -> [Column<R>; 7] {
    const UNKNOWN: &str = "no place is told, or the gazetteer does not know it or knows several";
    [
        column("place", Text, "The place, as the report names it", "none is told", |it| {
            it.record.act().place().into()
        }),
        column("latitude", Number, "Degrees north of the place in the gazetteer", UNKNOWN, |it| {
            degrees(it, |(north, _)| north)
        }),
        column("longitude", Number, "Degrees east of it", UNKNOWN, |it| degrees(it, |(_, east)| east)),
        column(
            "precision",
            Text,
            "How exactly the place is known: `city`, `place` (the middle of a region, sea or site) or `state`",
            UNKNOWN,
            |it| site(it).map(|it| it.precision().as_str()).into(),
        ),
        column(
            "factuality",
            Text,
            "`happened`, `ongoing`, `planned`, `possible`, `conditional`, `demanded`, `denied`, `cancelled` or `unclear`",
            "",
            |it| it.record.act().factuality().as_str().into(),
        ),
        column(
            "reported_by",
            Text,
            "The id of the statement that tells it",
            "the outlet itself tells it",
            |it| it.record.act().reported_by().map(readout_record::RecordId::as_str).into(),
        ),
        column(
            "happening",
            Text,
            "The id of the happening that several reports tell, as in `happenings`",
            "no other report tells it",
            |it| it.record.act().happening().map(readout_record::RecordId::as_str).into(),
        ),
    ]
}

pub(super) fn events() -> Table {
    let mut columns: Vec<Column<Event>> = vec![id()];
    columns.extend(done());
    columns.extend([
        column("contexts", List, "The PLOVER contexts", "there are none", |it: &Line<'_, Event>| {
            it.record.act().contexts().to_vec().into()
        }),
        column("cameo", Text, "The CAMEO code", "the type maps to none", |it| it.record.act().cameo().into()),
    ]);
    columns.extend(side!(Event, "actor", "Who did it", "nobody is named", it => &it.actor));
    columns.extend(side!(Event, "recipient", "To whom", "nobody is named", it => &it.recipient));
    columns.extend(times!(Event, it => it.time.as_ref()));
    columns.extend(told());
    Table::new("events", "An act of a PLOVER type, as one report tells it", read(columns), |source| {
        lines(source, source.each(|it| &it.events))
    })
}

pub(super) fn meetings() -> Table {
    let mut columns: Vec<Column<Meeting>> = vec![id()];
    columns.extend(done());
    columns.extend(side!(Meeting, "participants", "Who met", "nobody is named", it => &it.participants));
    columns.extend(side!(Meeting, "host", "The host of a visit, or the parties of a mediation", "nobody is named", it => &it.recipient));
    columns.extend([
        column(
            "format",
            Text,
            "`bilateral`, `pull-aside`, `call`, `summit`, `talks` or `press-conference`",
            "none is told",
            |it: &Line<'_, Meeting>| it.record.format.map(MeetingFormat::as_str).into(),
        ),
        column("occasion", Text, "The larger gathering at which they met", "none is told", |it| {
            it.record.occasion.as_deref().into()
        }),
        column("topics", List, "The subjects", "none is told", |it| Cell::List(it.record.topics.clone())),
    ]);
    columns.extend(bounds!(Meeting, "minutes", "How long it took, in minutes", it => it.minutes));
    columns.extend(times!(Meeting, it => it.time.as_ref()));
    columns.extend(told());
    Table::new("meetings", "A meeting, as one report tells it", read(columns), |source| {
        lines(source, source.each(|it| &it.meetings))
    })
}

pub(super) fn incidents() -> Table {
    let mut columns: Vec<Column<Incident>> = vec![id()];
    columns.extend(done());
    columns.extend(side!(Incident, "actor", "Who did it, where the report itself says so", "nobody is named", it => &it.actor));
    columns.extend(side!(Incident, "recipient", "To whom", "nobody is named", it => &it.recipient));
    columns.extend(bounds!(Incident, "killed", "The number of dead", it => it.killed));
    columns.extend(bounds!(Incident, "injured", "The number of injured", it => it.injured));
    columns.extend(side!(Incident, "claimed_by", "Who claims it", "nobody does", it => &it.claimed_by));
    columns.extend(side!(Incident, "blamed_on", "Who is blamed", "nobody is", it => &it.blamed_on));
    columns.extend(side!(Incident, "denied_by", "Who denies it", "nobody does", it => &it.denied_by));
    columns.push(column("means", Text, "The weapon or means", "none is told", |it| {
        it.record.means.as_deref().into()
    }));
    columns.extend(times!(Incident, it => it.time.as_ref()));
    columns.extend(told());
    Table::new(
        "incidents",
        "An event of violence or disaster, as one report tells it",
        read(columns),
        |source| lines(source, source.each(|it| &it.incidents)),
    )
}
