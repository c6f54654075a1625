//! Statements, and the stances that records show.

use readout_record::{Position, Statement};
use readout_text::CharSpan;

use super::common::{id, lines, placed, read, side, times};
use crate::CellType::{Boolean, Date, List, Text};
use crate::column::{Column, Line, column};
use crate::{Cell, Table};

/// Returns the words at `span` (code points) of the line's report.
fn words_at<R>(line: &Line<'_, R>, span: Option<CharSpan>) -> Cell {
    let (Some(place), Some(span)) = (&line.place, span) else { return Cell::Null };
    let length = span.end.saturating_sub(span.start) as usize;
    let words: String = place.document.text.chars().skip(span.start as usize).take(length).collect();
    words.into()
}

pub(super) fn statements() -> Table {
    let mut columns: Vec<Column<Statement>> = vec![id()];
    columns.extend(side!(Statement, "speaker", "Who said it", "nobody can be named", it => &it.speaker));
    columns.extend([
        column(
            "source",
            Text,
            "The report's words for who said it",
            "there are none",
            |it: &Line<'_, Statement>| words_at(it, it.record.source),
        ),
        column("cue", Text, "The words of saying", "there are none", |it| words_at(it, it.record.cue)),
        column("act", Text, "The speech act: `say`, `deny`, `demand` …", "there is no cue", |it| {
            it.record.act.as_deref().into()
        }),
        column(
            "content",
            Text,
            "The words that are given to the speaker, their spans joined by ` … `",
            "",
            |it| it.record.content_text.as_str().into(),
        ),
        column(
            "content_spans",
            List,
            "The spans of the content as `start-end`, in code points, half-open",
            "",
            |it| Cell::List(it.record.content.iter().map(|it| format!("{}-{}", it.start, it.end)).collect()),
        ),
        column("mode", Text, "`direct`, `indirect` or `mixed`", "", |it| it.record.mode.as_str().into()),
        column("negated", Boolean, "True if the report says that it was not said", "", |it| {
            it.record.negated.into()
        }),
    ]);
    columns.extend(side!(Statement, "addressee", "To whom", "nobody is named", it => &it.addressee));
    columns.extend(side!(Statement, "via", "Through whom it reached the outlet, outermost first", "nobody is named", it => &it.via));
    columns.extend([
        column("parent", Text, "The statement that contains it", "none does", |it: &Line<'_, Statement>| {
            it.record.parent.as_deref().into()
        }),
        column(
            "occasion",
            Text,
            "The record of the meeting or news conference where it was said",
            "none is told",
            |it| it.record.occasion.as_deref().into(),
        ),
        column(
            "quote",
            Text,
            "The id of the utterance that other reports give too, as in `quotes`",
            "no other report gives it",
            |it| it.record.quote.as_deref().into(),
        ),
    ]);
    columns.extend(times!(Statement, it => it.time.as_ref()));
    Table::new("statements", "A statement of one report", read(columns), |source| {
        lines(source, source.each(|it| &it.statements))
    })
}

pub(super) fn positions() -> Table {
    let columns: Vec<Column<Position>> = vec![
        column("id", Text, "The permanent id of the position", "", |it| it.record.id.as_str().into()),
        column("actor", Text, "Whose stance it is: permanent id", "", |it| it.record.actor.as_str().into()),
        column("actor_name", Text, "Whose stance it is: name", "", |it| {
            it.source.names.of(&it.record.actor).into()
        }),
        column("issue", Text, "The issue", "", |it| it.record.issue.as_str().into()),
        column("stance", Text, "`for`, `against`, `conditional` or `unclear`", "", |it| {
            it.record.stance.as_str().into()
        }),
        column("since", Date, "The first day on which reports show the stance", "unknown", |it| {
            Cell::day(it.record.since.as_deref())
        }),
        column("record", Text, "The permanent id of the record that shows the stance", "", |it| {
            it.record.evidence.get(it.part).map(readout_record::RecordId::as_str).into()
        }),
    ];
    let row = "A record that shows a stance; a position has as many rows as it has records";
    Table::new("positions", row, placed(columns), |source| {
        let picked = source.contents.positions.iter().filter(|it| source.picked.has(&it.id));
        picked
            .flat_map(|record| {
                record.evidence.iter().enumerate().map(move |(part, id)| {
                    let evidence = source.record(id).and_then(readout_record::RecordRef::evidence);
                    Line { source, record, part, place: evidence.and_then(|it| source.place(it)) }
                })
            })
            .collect()
    })
}
