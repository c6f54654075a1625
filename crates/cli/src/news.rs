//! `readout new`, and what `readout read` says of the reports that came.

use std::io::{self, BufWriter, Write as _};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use clap::Args;
use readout::views::words::{count, shorten};
use readout::views::{NewsKind, NewsRow};
use readout::{Corpus, Newly, Since};

use crate::file::{OfFile, open};
use crate::lists::shape::Shape;
use crate::lists::{cited, empty, names, place, print, several};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, column};

/// Lines that a reading says of what is new.
const LINES: usize = 12;

/// Letters of the words of a line.
const WORDS: usize = 90;

#[derive(Args, Debug)]
pub(crate) struct New {
    #[command(flatten)]
    of: OfFile,
    /// Since when: a day of reading, or the number of an entry of readout log, as #12 [default: the last reading]
    #[arg(long, value_name = "DAY|NUMBER")]
    since: Option<String>,
    /// Of this sort: toll, factuality, status, stance, difference, overdue, story, happening, agreement, position
    #[arg(long, value_name = "SORT", value_parser = NewsKind::ALL.map(NewsKind::as_str))]
    kind: Vec<String>,
    #[command(flatten)]
    shape: Shape,
}

pub(crate) fn run(arguments: &New) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let Newly { rows, reports, after, is_first, .. } =
        corpus.newly(&Since::parse(arguments.since.as_deref().unwrap_or_default())?)?;
    let wanted =
        |row: &NewsRow| arguments.kind.is_empty() || arguments.kind.iter().any(|it| it == row.news.as_str());
    let rows: Vec<NewsRow> = rows.into_iter().filter(wanted).collect();
    match is_first {
        true => tell(&format!(
            "first reading: {}, all new; what the most sources tell (all: --since 0)",
            count(reports, "report")
        )),
        false => tell(&format!("{} since number {after} of readout log", count(reports, "new report"))),
    }
    if rows.is_empty() {
        tell("nothing new");
        return empty(arguments.shape.format);
    }
    let mut columns: Vec<Column<NewsRow>> = vec![
        column("news", 14, |it| it.news.title().to_owned()),
        column("published", 10, |it| {
            it.citation.published.as_deref().unwrap_or_default().chars().take(10).collect()
        }),
        column("what", 50, |it| it.title.clone()),
        column("who", 24, |it| names(&it.actor)),
        column("before", 18, |it| it.before.clone().unwrap_or_default()),
        column("now", 18, |it| it.after.clone().unwrap_or_default()),
        column("sources", 7, |it| several(it.sources)),
        column("about", 0, |it| it.about.to_string()),
        column("sort", 0, |it| it.news.as_str().to_owned()),
    ];
    columns.extend(cited!(NewsRow, it => it.citation).into_iter().filter(|it| it.name != "published"));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    print(&rows, &columns, &arguments.shape)
}

/// Says what so many reports brought that came `since` a moment, if there were reports before.
pub(crate) fn since(corpus: &Corpus, reports: u64, since: &Since) -> anyhow::Result<()> {
    if corpus.count()? as u64 <= reports {
        return Ok(());
    }
    let found = corpus.newly(since)?;
    let sorts = NewsKind::ALL.into_iter().filter_map(|sort| {
        let many = found.rows.iter().filter(|it| it.news == sort).count();
        (many > 0).then(|| format!("{} {many}", sort.title().to_lowercase()))
    });
    let sorts: Vec<String> = sorts.collect();
    if sorts.is_empty() {
        return Ok(());
    }
    tell(&format!("what is new: {}", sorts.join(" · ")));
    for row in found.rows.iter().take(LINES) {
        tell(&format!("  {}", line(row)));
    }
    let more = found.rows.len().saturating_sub(LINES);
    if more > 0 {
        tell(&format!("  and {more} more: readout new"));
    }
    Ok(())
}

/// Gives what the reports brought that came `since` a moment to a program, one JSON object a line at its standard input.
///
/// # Errors
/// When the program cannot be started, or ends with another status than 0.
pub(crate) fn hand_on(corpus: &Corpus, program: &str, since: &Since) -> anyhow::Result<()> {
    let found = corpus.newly(since)?;
    if found.rows.is_empty() {
        return Ok(());
    }
    let mut words = program.split_whitespace();
    let named = || format!("{program}: cannot be started");
    let name = words.next().with_context(named)?;
    let mut child = Command::new(name).args(words).stdin(Stdio::piped()).spawn().with_context(named)?;
    if let Some(input) = child.stdin.take() {
        let mut input = BufWriter::new(input);
        let mut write = || -> io::Result<()> {
            for row in &found.rows {
                serde_json::to_writer(&mut input, row)?;
                input.write_all(b"\n")?;
            }
            input.flush()
        };
        // A program that has read enough tells by its status whether it is content.
        match write() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
    }
    let status = child.wait()?;
    anyhow::ensure!(status.success(), "{program}: ended with {status}");
    Ok(())
}

/// Returns a piece of news on one line.
fn line(row: &NewsRow) -> String {
    let change = match (&row.before, &row.after) {
        (Some(before), Some(after)) => format!(": {before} → {after}"),
        (None, Some(after)) => format!(": {after}"),
        _ => String::new(),
    };
    let who = names(&row.actor);
    let who = if who.is_empty() { String::new() } else { format!(" ({})", shorten(&who, WORDS / 2)) };
    format!("{}: {}{who}{change}  {}", row.news.title(), shorten(&row.title, WORDS), place(&row.citation, 0))
}
