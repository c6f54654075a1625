//! Conditions, commitments and agreements.

use readout_record::{ActorId, Agreement, Commitment, Condition, EvidenceSpan, StatusStep};

use super::common::{id, lines, placed, read, side, time_day, time_from, time_grain, time_text, time_to};
use crate::CellType::{Date, List, Text};
use crate::column::{Column, Line, column};
use crate::{Cell, Table};

pub(super) fn conditions() -> Table {
    let mut columns: Vec<Column<Condition>> = vec![id()];
    columns.extend([
        column(
            "tone",
            Text,
            "`promise`, `threat`, `demand` or `dependency`",
            "",
            |it: &Line<'_, Condition>| it.record.tone.as_str().into(),
        ),
        column("if", Text, "The words of the premise", "", |it| it.record.premise.text.as_str().into()),
        column("then", Text, "The words of the consequence", "", |it| {
            it.record.consequence.text.as_str().into()
        }),
    ]);
    columns.extend(side!(Condition, "by", "Who sets the condition", "nobody is named", it => &it.by));
    columns.extend(side!(Condition, "to", "To whom it is put", "nobody is named", it => &it.to));
    columns.extend(
        side!(Condition, "if_actor", "Who is to act first", "nobody is named", it => &it.premise.actor),
    );
    columns.extend(
        side!(Condition, "then_actor", "Who acts then", "nobody is named", it => &it.consequence.actor),
    );
    columns.push(column(
        "statement",
        Text,
        "The id of the statement that contains it",
        "the outlet itself tells it",
        |it| it.record.statement.as_deref().into(),
    ));
    Table::new("conditions", "If one thing, then another, as one report tells it", read(columns), |source| {
        lines(source, source.each(|it| &it.conditions))
    })
}

pub(super) fn commitments() -> Table {
    let mut columns: Vec<Column<Commitment>> = vec![id()];
    columns.extend(side!(Commitment, "debtor", "Who is to act", "nobody is named", it => &it.debtor));
    columns.extend(side!(Commitment, "creditor", "For whom", "nobody is named", it => &it.creditor));
    columns.extend([
        column(
            "deadline_text",
            Text,
            "The report's words for the deadline",
            "none is told",
            |it: &Line<'_, Commitment>| it.record.deadline.as_ref().map(|it| it.text.as_str()).into(),
        ),
        column("due", Date, "The last day", "no deadline is told, or its day cannot be computed", |it| {
            Cell::day(it.record.deadline.as_ref().and_then(|it| it.due.as_deref()))
        }),
        column("due_from", Date, "The day from which `due` is counted", "it is not counted", |it| {
            Cell::day(it.record.deadline.as_ref().and_then(|it| it.from.as_deref()))
        }),
        column(
            "agreement",
            Text,
            "The id of the agreement that has it as a term, as in `agreements`",
            "it is no term",
            |it| it.record.agreement.as_deref().into(),
        ),
        column(
            "statement",
            Text,
            "The id of the statement that makes it",
            "the outlet itself tells it",
            |it| it.record.statement.as_deref().into(),
        ),
    ]);
    Table::new(
        "commitments",
        "Somebody is to do something, as one report tells it",
        read(columns),
        |source| lines(source, source.each(|it| &it.commitments)),
    )
}

/// Returns the step for which the line stands; `None` for a passage that only names the agreement.
fn step<'c>(line: &Line<'c, Agreement>) -> Option<&'c StatusStep> {
    line.record.status.get(line.part)
}

/// Returns the passages of an agreement: those of its steps in order of time, then those that only name it.
fn passages(it: &Agreement) -> impl Iterator<Item = &EvidenceSpan> {
    let named = it.evidence.iter().filter(|passage| it.status.iter().all(|step| step.evidence != **passage));
    it.status.iter().map(|step| &step.evidence).chain(named)
}

/// Returns ids as a list; of nobody, an empty one.
fn ids_of(actors: Option<&Vec<ActorId>>) -> Cell {
    Cell::List(actors.into_iter().flatten().map(ToString::to_string).collect())
}

pub(super) fn agreements() -> Table {
    let mut columns: Vec<Column<Agreement>> = vec![
        column("id", Text, "The permanent id of the agreement", "", |it| it.record.id.as_str().into()),
        column("name", Text, "The name, or the words that describe it", "", |it| {
            it.record.name.as_str().into()
        }),
        column("aliases", List, "Other names", "there are none", |it| it.record.aliases.clone().into()),
    ];
    columns.extend(side!(Agreement, "parties", "Who is bound by it", "nobody is named", it => &it.parties));
    columns.extend(side!(Agreement, "brokers", "Who brokered it", "nobody is named", it => &it.brokers));
    columns.extend(
        side!(Agreement, "guarantors", "Who stands in for it", "nobody is named", it => &it.guarantors),
    );
    columns.extend([
        column(
            "status",
            Text,
            "The status that the passage tells: `proposed`, `agreed`, `violated` …",
            "the passage only names the agreement",
            |it: &Line<'_, Agreement>| step(it).map(|it| it.status.as_str()).into(),
        ),
        column("by", List, "Who took the step: permanent ids", "nobody alone", |it| {
            ids_of(step(it).map(|it| &it.by))
        }),
        column("by_name", List, "Who took the step: names", "nobody alone", |it| {
            Cell::List(step(it).map(|step| it.source.names_of(&step.by)).unwrap_or_default())
        }),
        column("claimed_by", List, "Who says so of the step: permanent ids", "the outlet itself", |it| {
            ids_of(step(it).map(|it| &it.claimed_by))
        }),
        column("claimed_by_name", List, "Who says so of the step: names", "the outlet itself", |it| {
            Cell::List(step(it).map(|step| it.source.names_of(&step.claimed_by)).unwrap_or_default())
        }),
        column("terms", List, "The ids of its terms, as in `commitments`", "there are none", |it| {
            Cell::List(it.record.terms.iter().map(ToString::to_string).collect())
        }),
        column("time_text", Text, "The report's words for the time of the step", "no time is told", |it| {
            time_text(step(it).and_then(|it| it.time.as_ref()))
        }),
        column(
            "day",
            Date,
            "The day of the step, if the words name one day",
            "the words name something longer, or nothing that is known",
            |it| time_day(step(it).and_then(|it| it.time.as_ref())),
        ),
        column("time_from", Text, "The first day or minute of the step, ISO 8601", "unknown", |it| {
            time_from(step(it).and_then(|it| it.time.as_ref()))
        }),
        column("time_to", Text, "One past the last day or minute, ISO 8601", "unknown", |it| {
            time_to(step(it).and_then(|it| it.time.as_ref()))
        }),
        column("time_grain", Text, "The unit that the words name", "no time is told", |it| {
            time_grain(step(it).and_then(|it| it.time.as_ref()))
        }),
    ]);
    let row = "A passage that tells a step of an agreement or names it; an agreement has as many rows as it has passages";
    Table::new("agreements", row, placed(columns), |source| {
        let picked = source.contents.agreements.iter().filter(|it| source.picked.has(&it.id));
        picked
            .flat_map(|record| {
                passages(record).enumerate().map(move |(part, it)| Line {
                    source,
                    record,
                    part,
                    place: source.place_at(&it.doc, &it.spans, &it.text),
                })
            })
            .collect()
    })
}
