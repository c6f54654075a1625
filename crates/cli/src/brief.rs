//! `readout brief`: the brief as one page for a terminal, or as Markdown or HTML.

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use readout::Briefing;
use readout::views::{Brief, BriefLength, BriefLine, Emphasis, Filter};

use crate::file::{OfFile, open};
use crate::lists::{Filters, date, nothing, short, tell_unknown};
use crate::outcome::Outcome;
use crate::page::{self, print, tell};
use crate::page::{BOLD, DIM, PLAIN, Page, colored};

const LINK: Style = colored(AnsiColor::Yellow);

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The story, by its id, the first digits of it, or words of its headline; see readout stories [default: all reports]
    #[arg(id = "of_story", value_name = "STORY")]
    story: Vec<String>,
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    filter: Filters,
    /// Deadlines before this day are overdue [default: the day of the newest report]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<String>,
    /// How the page is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write everything, nothing shortened
    #[arg(long)]
    full: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// One HTML page
    Html,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    if corpus.count()? == 0 {
        tell(&format!("{}: holds no report yet", arguments.of.file.display()));
        return Ok(Outcome::Nothing);
    }
    let mut filter = Filter { as_of: arguments.as_of.clone(), ..arguments.filter.filter() };
    if !arguments.story.is_empty() {
        filter.story = Some(arguments.story.join(" "));
    }
    let length = if arguments.full { BriefLength::FULL } else { BriefLength::PAGE };
    let found = match corpus.brief(&filter, length)? {
        Ok(Briefing { brief, newest_story }) => {
            if newest_story {
                tell("many reports: this is the newest story; readout stories lists the others");
            }
            brief
        }
        Err(name) => {
            tell_unknown(&name);
            return Ok(Outcome::Nothing);
        }
    };
    if found.sources.is_empty() {
        nothing(&filter);
        return Ok(Outcome::Nothing);
    }
    match arguments.format {
        Format::Text => print(&text(&found, page::width()))?,
        Format::Md => print(&found.to_markdown())?,
        Format::Html => print(&found.to_html())?,
    }
    Ok(Outcome::Done)
}

/// The brief on a page of `width` columns.
fn text(brief: &Brief, width: usize) -> String {
    let mut page = Page::new(width);
    if !brief.title.is_empty() {
        page.paragraph("", &[(BOLD, &brief.title)]);
    }
    page.paragraph("", &[(DIM, &brief.summary)]);
    for section in &brief.sections {
        page.heading(section.heading);
        for line in &section.lines {
            write_line(&mut page, if line.nested { "    · " } else { "  " }, line);
        }
        if section.more > 0 {
            let more = format!("and {} more: {}, readout brief --full", section.more, section.command);
            page.paragraph("  ", &[(DIM, &more)]);
        }
    }
    page.heading("SOURCES");
    for (number, (line, source)) in brief.source_lines.iter().zip(&brief.sources).enumerate() {
        let mut parts = parts(line);
        let path = source.path.as_deref().or(source.url.as_deref()).unwrap_or_default();
        let origin = format!(" · {path} · {}", short(&source.id));
        parts.push((DIM, &origin));
        page.paragraph(&format!("  {:>2}  ", number + 1), &parts);
    }
    page.blank();
    page.paragraph(
        "",
        &[(DIM, "[3 ¶2 1a2b3c] is report 3, paragraph 2; see the passage with: readout show 1a2b3c")],
    );
    page.into_text()
}

fn parts(line: &BriefLine) -> Vec<(Style, &str)> {
    line.parts
        .iter()
        .map(|it| {
            let style = match it.emphasis {
                Emphasis::Plain => PLAIN,
                Emphasis::Strong => BOLD,
                Emphasis::Faint => DIM,
            };
            (style, it.text.as_str())
        })
        .collect()
}

/// A line with its passages at the end.
fn write_line(page: &mut Page, margin: &str, line: &BriefLine) {
    const CITED: usize = 4;
    let cited: Vec<String> = line
        .references
        .iter()
        .take(CITED)
        .map(|it| format!("[{}\u{a0}¶{}\u{a0}{}]", it.source, it.paragraph, short(&it.id)))
        .collect();
    let mut cited = format!("  {}", cited.join(" "));
    let more = line.references.len().saturating_sub(CITED);
    if more > 0 {
        cited.push_str(&format!(" and {more} more"));
    }
    let mut all = parts(line);
    all.push((LINK, &cited));
    page.paragraph(margin, &all);
}
