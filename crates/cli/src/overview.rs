//! `readout overview`: the file as a whole. `readout readouts`: reports of one meeting side by side.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};
use readout::views::words::{count, shorten};
use readout::views::{ActorName, Agreement, Filter, LedStory, Overview, ReadoutRow, Readouts};
use serde::Serialize;

use crate::file::{OfFile, open};
use crate::lists::{date, nothing, short, tell_unknown};
use crate::outcome::Outcome;
use crate::page::{self, BOLD, DIM, PLAIN, Page, print};

/// The widest bar of a month, in columns.
const BAR: usize = 40;

#[derive(Args, Debug)]
pub(crate) struct OverviewOf {
    #[command(flatten)]
    of: OfFile,
    /// Only reports that speak of this actor; may be given several times
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    /// Only reports by this outlet; may be given several times
    #[arg(long, value_name = "OUTLET")]
    outlet: Vec<String>,
    /// Only reports of this day or later: 2015-11-16, 2015-11 or 2015
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
    /// Only reports from before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = WholeFormat::Text)]
    format: WholeFormat,
}

#[derive(Args, Debug)]
pub(crate) struct ReadoutsOf {
    /// Ids of two to six reports, or of a happening or quote for all its reports
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    of: OfFile,
    /// How it is written
    #[arg(long, value_enum, default_value_t = WholeFormat::Text)]
    format: WholeFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WholeFormat {
    /// For a terminal
    Text,
    /// JSON
    Json,
}

pub(crate) fn run(arguments: &OverviewOf) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let filter = Filter {
        actor: arguments.actor.clone(),
        outlet: arguments.outlet.clone(),
        since: arguments.since.clone(),
        until: arguments.until.clone(),
        ..Filter::default()
    };
    let found = match corpus.overview(&filter)? {
        Ok(found) => found,
        Err(name) => {
            tell_unknown(&name);
            return Ok(Outcome::Nothing);
        }
    };
    match arguments.format {
        WholeFormat::Json => json(&found)?,
        WholeFormat::Text if found.reports == 0 => {
            nothing(&filter);
            return Ok(Outcome::Nothing);
        }
        WholeFormat::Text => print(&text(&found, page::width()))?,
    }
    Ok(Outcome::Done)
}

pub(crate) fn readouts(arguments: &ReadoutsOf) -> anyhow::Result<Outcome> {
    let found = open(&arguments.of)?.readouts(&arguments.ids)?;
    match arguments.format {
        WholeFormat::Json => json(&found)?,
        WholeFormat::Text => print(&side_by_side(&found, page::width()))?,
    }
    Ok(Outcome::Done)
}

fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

fn names(actors: &[ActorName]) -> String {
    actors.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn text(found: &Overview, width: usize) -> String {
    let mut page = Page::new(width);
    let counts = found.counts.iter().filter(|it| it.count != Some(0));
    let counts: Vec<String> = counts.filter_map(|it| it.count.map(|number| count(number, it.one))).collect();
    page.paragraph("", &[(BOLD, &counts.join(" · "))]);
    if let Some((first, last)) = &found.days {
        page.paragraph("", &[(DIM, &format!("{first} to {last} · {}", count(found.outlets, "outlet")))]);
    }
    if found.months.len() > 1 {
        page.heading("REPORTS BY MONTH");
        let most = found.months.iter().map(|it| it.reports).max().unwrap_or(1).max(1);
        for it in found.months.iter().filter(|it| it.reports > 0) {
            let bar = "█".repeat((it.reports * BAR).div_ceil(most));
            page.raw(&format!("  {}  {bar} {}", it.month, it.reports));
        }
    }
    stories(&mut page, "THE LARGEST STORIES", &found.largest);
    // Where all are shown already, the newest are among them.
    if found.stories > found.largest.len() {
        stories(&mut page, "THE NEWEST STORIES", &found.newest);
    }
    if !found.due.is_empty() {
        page.heading("DUE AND OVERDUE");
        for it in &found.due {
            let head = format!("{} {} ", it.due.as_deref().unwrap_or_default(), it.state.as_str());
            let debtor = names(&it.debtor);
            let id = format!("  {}", short(&it.citation.id));
            page.paragraph(
                "  ",
                &[(BOLD, &head), (PLAIN, &debtor), (PLAIN, ": "), (PLAIN, &it.action), (DIM, &id)],
            );
        }
    }
    if !found.differ.is_empty() {
        page.heading("WHERE REPORTS DIFFER");
        for it in &found.differ {
            let values = format!(" {}: {}", it.field, it.values.join(" / "));
            let id = format!("  {}", short(&it.id));
            page.paragraph("  ", &[(BOLD, &it.title), (PLAIN, &values), (DIM, &id)]);
        }
    }
    if !found.quoted.is_empty() {
        page.heading("MOST QUOTED");
        for it in &found.quoted {
            let who = if it.speaker.is_empty() { it.source.clone() } else { names(&it.speaker) };
            let told = format!("  {} {}", count(it.reports, "report"), short(&it.id));
            page.paragraph(
                "  ",
                &[(BOLD, &who), (PLAIN, ": "), (PLAIN, &shorten(&it.content, 200)), (DIM, &told)],
            );
        }
    }
    if !found.at_odds.is_empty() {
        page.heading("MOST AT ODDS");
        for it in &found.at_odds {
            let sides = format!(" for: {} · against: {}", names(&it.favour), names(&it.against));
            page.paragraph("  ", &[(BOLD, &it.issue), (PLAIN, &sides)]);
        }
    }
    if found.alone_total > 0 {
        page.heading("REPORTS IN NO STORY");
        for it in &found.alone {
            let about = format!("  {} {}", it.outlet.as_deref().unwrap_or_default(), short(&it.id));
            page.paragraph("  ", &[(PLAIN, it.title.as_deref().unwrap_or("(no headline)")), (DIM, &about)]);
        }
        let more = found.alone_total.saturating_sub(found.alone.len());
        if more > 0 {
            page.paragraph("  ", &[(DIM, &format!("and {more} more: readout sources --story none"))]);
        }
    }
    page.into_text()
}

fn stories(page: &mut Page, heading: &str, found: &[LedStory]) {
    if found.is_empty() {
        return;
    }
    page.heading(heading);
    for it in found {
        let about = format!("  {} {}", count(it.story.documents.len(), "report"), short(&it.story.id));
        page.paragraph("  ", &[(BOLD, &it.story.title), (DIM, &about)]);
        if let Some(lead) = &it.lead {
            page.paragraph("      ", &[(PLAIN, &shorten(&lead.text, 240))]);
        }
    }
}

fn side_by_side(found: &Readouts, width: usize) -> String {
    let mut page = Page::new(width);
    for (number, it) in found.reports.iter().enumerate() {
        let alone = format!("  {} of {} sentences alone", it.alone, it.sentences);
        let title = it.title.as_deref().or(it.outlet.as_deref()).unwrap_or(&it.id);
        page.paragraph(&format!("{}  ", number + 1), &[(BOLD, title), (DIM, &alone)]);
    }
    let kinds = [
        (Agreement::Both, "SAID IN THE SAME WORDS"),
        (Agreement::OtherWords, "IN OTHER WORDS"),
        (Agreement::OneOnly, "SAID BY ONE ONLY"),
    ];
    for (kind, heading) in kinds {
        let rows: Vec<&ReadoutRow> = found.rows.iter().filter(|it| it.agreement == kind).collect();
        if rows.is_empty() {
            continue;
        }
        page.heading(heading);
        for row in rows {
            for (number, cell) in row.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let at = format!("  ¶{}", cell.citation.paragraph);
                page.paragraph(&format!("  {}  ", number + 1), &[(PLAIN, &cell.citation.text), (DIM, &at)]);
            }
            page.blank();
        }
    }
    page.into_text()
}
