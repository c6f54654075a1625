//! What reports share: quotes, happenings, stories.

use readout_record::{Happening, PloverCode, Quote, RecordId, RecordRef, Story};

use super::common::{placed, times};
use crate::CellType::{Boolean, Integer, List, Text};
use crate::column::{Column, Line, column};
use crate::source::Source;
use crate::{Cell, Table};

/// Returns one line for each of the records `members` of one report.
fn members<'c, R>(
    source: &'c Source<'c>,
    record: &'c R,
    members: &'c [RecordId],
) -> impl Iterator<Item = Line<'c, R>> {
    members.iter().enumerate().map(move |(part, id)| {
        let evidence = source.record(id).and_then(RecordRef::evidence);
        Line { source, record, part, place: evidence.and_then(|it| source.place(it)) }
    })
}

fn member(members: &[RecordId], part: usize) -> Cell {
    members.get(part).map(RecordId::as_str).into()
}

pub(super) fn quotes() -> Table {
    fn difference<'c>(line: &Line<'c, Quote>) -> Option<&'c readout_record::WordDifference> {
        let member = line.record.members.get(line.part)?;
        line.record.differences.iter().find(|it| it.member == *member)
    }
    let columns: Vec<Column<Quote>> = vec![
        column("id", Text, "The id of the utterance", "", |it| it.record.id.as_str().into()),
        column("statement", Text, "The permanent id of the statement that gives this wording", "", |it| {
            member(&it.record.members, it.part)
        }),
        column("is_best", Boolean, "True for the fullest wording", "", |it| {
            it.record.members.get(it.part).is_some_and(|id| *id == it.record.best_member).into()
        }),
        column("best", Text, "The fullest wording", "", |it| it.record.best.as_str().into()),
        column("missing", Text, "Words of the fullest wording that this one lacks", "there are none", |it| {
            difference(it).map(|it| it.missing.as_str()).into()
        }),
        column("added", Text, "Words of this wording that the fullest one lacks", "there are none", |it| {
            difference(it).map(|it| it.added.as_str()).into()
        }),
    ];
    let row = "A wording of an utterance that several reports give";
    Table::new("quotes", row, placed(columns), |source| {
        let picked = source.contents.quotes.iter().filter(|it| source.picked.has(&it.id));
        picked.flat_map(|record| members(source, record, &record.members)).collect()
    })
}

pub(super) fn happenings() -> Table {
    let mut columns: Vec<Column<Happening>> = vec![
        column("id", Text, "The id of the happening", "", |it| it.record.id.as_str().into()),
        column(
            "record",
            Text,
            "The permanent id of the event, meeting or incident that tells it",
            "",
            |it| member(&it.record.members, it.part),
        ),
        column("kind", Text, "The kind of that record: `event`, `meeting` or `incident`", "", |it| {
            it.record.members.get(it.part).and_then(|id| id.split_once(':')).map(|(kind, _)| kind).into()
        }),
        column("code", Text, "The PLOVER type", "a disaster", |it| {
            it.record.code.map(PloverCode::as_str).into()
        }),
        column("happening_title", Text, "A title, from its best member", "", |it| {
            it.record.title.as_str().into()
        }),
        column(
            "participants",
            List,
            "Who every member with participants names: permanent ids",
            "nobody",
            |it| Cell::List(it.record.participants.iter().map(ToString::to_string).collect()),
        ),
        column("sources", Integer, "The number of independent sources; copies count once", "", |it| {
            it.record.sources.into()
        }),
        column(
            "place",
            Text,
            "The place, as far as the members agree",
            "none is told, or they differ",
            |it| it.record.place.as_deref().into(),
        ),
        column("differs_in", List, "The fields in which the members differ", "there are none", |it| {
            Cell::List(it.record.disagreements.iter().map(|it| it.field.clone()).collect())
        }),
    ];
    columns.extend(times!(Happening, it => it.time.as_ref()));
    let row = "A report's record of a happening that several reports tell";
    Table::new("happenings", row, placed(columns), |source| {
        let picked = source.contents.happenings.iter().filter(|it| source.picked.has(&it.id));
        picked.flat_map(|record| members(source, record, &record.members)).collect()
    })
}

pub(super) fn stories() -> Table {
    let columns: Vec<Column<Story>> = vec![
        column("id", Text, "The id of the story", "", |it| it.record.id.as_str().into()),
        column("story_title", Text, "A headline for the story", "", |it| it.record.title.as_str().into()),
        column("keywords", List, "The words that mark the story", "", |it| it.record.keywords.clone().into()),
        column("from", Text, "The first day of the story, ISO 8601", "unknown", |it| {
            it.record.from.as_deref().into()
        }),
        column("to", Text, "The last day of the story, ISO 8601", "unknown", |it| {
            it.record.to.as_deref().into()
        }),
        column("about", Text, "The day that the story is about, ISO 8601", "none stands out", |it| {
            it.record.day.as_deref().into()
        }),
        column(
            "episode",
            Integer,
            "The number of the report's episode in the story, from 1",
            "the story has no episodes",
            |it| {
                let report = it.record.documents.get(it.part);
                let episode = it
                    .record
                    .episodes
                    .iter()
                    .position(|of| report.is_some_and(|id| of.documents.contains(id)));
                episode.map(|at| at + 1).into()
            },
        ),
        column("episode_title", Text, "A headline for the episode", "the story has no episodes", |it| {
            let report = it.record.documents.get(it.part);
            let episode =
                it.record.episodes.iter().find(|of| report.is_some_and(|id| of.documents.contains(id)));
            episode.map(|it| it.title.as_str()).into()
        }),
    ];
    let row = "A report of a story; the columns of the passage tell the report";
    Table::new("stories", row, placed(columns), |source| {
        let picked = source.contents.stories.iter().filter(|it| source.picked.has(&it.id));
        picked
            .flat_map(|record| {
                record.documents.iter().enumerate().map(move |(part, id)| Line {
                    source,
                    record,
                    part,
                    place: source.place_at(id, &[], ""),
                })
            })
            .collect()
    })
}
