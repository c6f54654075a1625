//! The work of coders: corrections as a file, what they agree on, how often the machine was right, what to look at next.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Args;
use readout::record::Change;
use readout::views::words::count;
use readout::{Dispute, Page, QueueRow, Score, Signature};
use serde::{Deserialize, Serialize};

use crate::file::{OfFile, open};
use crate::lists::shape::Shape;
use crate::lists::{Filters, cited, empty, place, print, unknown};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, column};

/// Rows of the queue, if nothing else is asked for.
const QUEUE: usize = 30;

/// The kinds of filter that a queue takes.
const TAKES: [&str; 6] = ["actor", "since", "until", "story", "outlet", "kind"];

/// A correction as a line of a file.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    change: Change,
    #[serde(flatten)]
    signature: Signature,
}

#[derive(Args, Debug)]
pub(crate) struct OfScore {
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    shape: Shape,
}

#[derive(Args, Debug)]
pub(crate) struct Queue {
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    filter: Filters,
    #[command(flatten)]
    shape: Shape,
}

pub(crate) fn export(of: &OfFile) -> anyhow::Result<Outcome> {
    let corpus = open(of)?;
    let mut out = io::stdout().lock();
    let mut many = 0;
    for it in corpus.corrections()?.into_iter().filter(|it| it.in_force) {
        serde_json::to_writer(&mut out, &Line { change: it.change, signature: it.signature })?;
        writeln!(out)?;
        many += 1;
    }
    out.flush()?;
    tell(&count(many, "correction"));
    Ok(if many == 0 { Outcome::Nothing } else { Outcome::Done })
}

pub(crate) fn apply(from: &Path, of: &OfFile) -> anyhow::Result<Outcome> {
    let name = from.display();
    let text =
        if from == Path::new("-") { io::read_to_string(io::stdin()) } else { fs::read_to_string(from) };
    let text = text.with_context(|| format!("{name}: cannot be read"))?;
    let mut changes = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Line>(line) {
            Ok(it) => changes.push((it.change, it.signature)),
            Err(error) => bail!("{name}, line {number}: no correction: {error}"),
        }
    }
    let found = open(of)?.apply(changes.into_iter())?;
    for it in &found.unfit {
        tell(&format!("passed over: {it}"));
    }
    let (known, unfit) = (found.known, found.unfit.len());
    tell(&format!(
        "{}, {known} in force already, {unfit} passed over",
        count(found.applied, "new correction")
    ));
    Ok(if unfit > 0 { Outcome::Partly } else { Outcome::Done })
}

pub(crate) fn coders(of: &OfFile, shape: &Shape) -> anyhow::Result<Outcome> {
    let found = open(of)?.coders()?;
    if found.agreeing.is_empty() {
        tell("no record was judged by two people\nhint: --by NAME, or READOUT_CODER, says who judges");
        return empty(shape.format);
    }
    for it in found.agreeing.iter().chain(&found.values) {
        let alpha = it.alpha.map_or_else(|| "not defined".to_owned(), |it| format!("{it:.3}"));
        let kind = if it.kind.is_empty() { "all" } else { &it.kind };
        tell(&format!("{kind}: {} of {} alike, alpha {alpha}", it.alike, count(it.records, "record")));
    }
    let columns: [Column<Dispute>; 4] = [
        column("kind", 12, |it| it.kind.clone()),
        column("verdicts", 60, |it| {
            it.verdicts.iter().map(|(by, told)| format!("{by}: {told}")).collect::<Vec<_>>().join(" | ")
        }),
        column("what", 50, |it| it.told.clone()),
        column("id", 24, |it| it.id.to_string()),
    ];
    if found.disputes.is_empty() {
        tell("nobody differs");
        return empty(shape.format);
    }
    print(&found.disputes, &columns, shape)
}

pub(crate) fn score(arguments: &OfScore) -> anyhow::Result<Outcome> {
    let rows = open(&arguments.of)?.score()?;
    if rows.is_empty() {
        tell(
            "nothing was judged yet\nhint: readout queue lists what to look at; readout correct confirm, set, reject, add",
        );
        return empty(arguments.shape.format);
    }
    let columns: [Column<Score>; 8] = [
        column("kind", 12, |it| it.kind.clone()),
        column("right", 6, |it| it.right.to_string()),
        column("mended", 6, |it| it.mended.to_string()),
        column("rejected", 8, |it| it.rejected.to_string()),
        column("added", 6, |it| it.added.to_string()),
        column("precision", 9, |it| it.precision.map(|it| format!("{it:.2}")).unwrap_or_default()),
        column("found", 6, |it| it.found.map(|it| format!("{it:.2}")).unwrap_or_default()),
        column("fields", 40, |it| {
            it.fields.iter().map(|(name, many)| format!("{name} {many}")).collect::<Vec<_>>().join(", ")
        }),
    ];
    print(&rows, &columns, &arguments.shape)
}

pub(crate) fn queue(arguments: &Queue) -> anyhow::Result<Outcome> {
    arguments.filter.checked("queue", &TAKES)?;
    let corpus = open(&arguments.of)?;
    let page = Page::first(arguments.shape.limit.unwrap_or(QUEUE));
    let found = match corpus.queue(&arguments.filter.filter(), &page)? {
        Ok(found) => found,
        Err(name) => return unknown(&name, arguments.shape.format),
    };
    if found.rows.is_empty() {
        tell("nothing is left to look at");
        return empty(arguments.shape.format);
    }
    let mut columns: Vec<Column<QueueRow>> = vec![
        column("kind", 10, |it| it.kind.clone()),
        column("certainty", 9, |it| format!("{:.2}", it.certainty)),
        column("uses", 4, |it| it.uses.to_string()),
        column("what", 70, |it| it.told.clone()),
    ];
    columns.extend(cited!(QueueRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    let shown = print(&found.rows, &columns, &arguments.shape);
    tell(&format!("{} of {} that nobody judged", found.rows.len(), found.total));
    shown
}
