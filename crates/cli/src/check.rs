//! `readout check`: what reports say of a claim.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};
use readout::Checked;
use readout::views::words::count;
use readout::views::{Bearing, ClaimRow};

use crate::file::{OfFile, open};
use crate::outcome::Outcome;
use crate::page::{self, BOLD, DIM, PLAIN, Page, print};

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The claim: one sentence
    #[arg(required = true)]
    claim: Vec<String>,
    #[command(flatten)]
    of: OfFile,
    /// How it is written
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For a terminal
    Text,
    /// JSON
    Json,
}

pub(crate) fn run(arguments: &Check) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let found = corpus.check_claim(&arguments.claim.join(" "))?;
    match arguments.format {
        CheckFormat::Text => print(&text(&found, page::width()))?,
        CheckFormat::Json => {
            let mut out = io::stdout().lock();
            serde_json::to_writer_pretty(&mut out, &found)?;
            writeln!(out)?;
        }
    }
    Ok(if found.supporting > 0 { Outcome::Done } else { Outcome::Nothing })
}

fn text(found: &Checked, width: usize) -> String {
    let mut page = Page::new(width);
    let looked = format!("  {} looked through, {}", count(found.looked_through, "report"), found.compared());
    page.paragraph("", &[(BOLD, found.answer()), (DIM, &looked)]);
    for (bearing, heading) in [
        (Bearing::Supporting, "say so"),
        (Bearing::Contrary, "say the contrary"),
        (Bearing::Near, "nearest of the others"),
    ] {
        let rows: Vec<&ClaimRow> = found.rows.iter().filter(|it| it.bearing == bearing).collect();
        if rows.is_empty() {
            continue;
        }
        page.blank();
        page.paragraph("", &[(BOLD, heading)]);
        for it in rows {
            row(&mut page, it);
        }
    }
    page.into_text()
}

fn row(page: &mut Page, it: &ClaimRow) {
    let outlet = it.citation.outlet.as_deref().unwrap_or("(no outlet)");
    let published = it.citation.published.as_deref().unwrap_or("undated");
    let place = format!("  {outlet}, {published} · {}:¶{}", it.citation.doc, it.citation.paragraph);
    page.paragraph("  ", &[(PLAIN, &it.citation.text), (DIM, &place)]);
    if let Some(why) = &it.why {
        page.paragraph("    ", &[(DIM, why)]);
    }
    if it.bearing == Bearing::Near && !it.missing.is_empty() {
        let missing = format!("does not have: {}", it.missing.join(", "));
        page.paragraph("    ", &[(DIM, &missing)]);
    }
}
