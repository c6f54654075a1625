//! `readout statements`: who said what. `readout first`: who said it first.

use clap::Args;
use readout::views::StatementRow;

use super::shape::Shape;
use super::{List, cited, empty, ids, list, names, place, print, timed, when, word};
use crate::file::{OfFile, open};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, column};

#[derive(Args, Debug)]
pub(crate) struct First {
    /// Words that it has, all of them
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    of: OfFile,
    #[command(flatten)]
    shape: Shape,
}

/// Lists who had words first: statements in the order in which their reports were published.
pub(crate) fn first(arguments: &First) -> anyhow::Result<Outcome> {
    let corpus = open(&arguments.of)?;
    let rows = corpus.who_said_first(&arguments.words.join(" "))?;
    let mut columns: Vec<Column<StatementRow>> = vec![
        column("published", 16, |it| published(it.citation.published.as_deref())),
        column("in", 22, |it| it.citation.outlet.clone().unwrap_or_default()),
        column("who", 24, speaker),
        column("by way of", 16, |it| names(&it.via)),
        column("what", 70, |it| it.content.clone()),
        column("mode", 0, |it| word(it.mode)),
        column("speaker", 0, |it| ids(&it.speaker)),
        column("quote", 0, |it| it.quote.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(cited!(StatementRow, it => it.citation).into_iter().filter(|it| it.name != "published"));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    if rows.is_empty() {
        tell(
            "no statement has all of these words\nhint: fewer words find more; readout find looks in all text",
        );
        return empty(arguments.shape.format);
    }
    print(&rows, &columns, &arguments.shape)
}

/// Returns the day of publication, and the minute and zone where they are known.
fn published(at: Option<&str>) -> String {
    at.unwrap_or("undated").replace('T', " ")
}

pub(crate) fn run(arguments: &List) -> anyhow::Result<Outcome> {
    let mut columns: Vec<Column<StatementRow>> = vec![
        column("when", 12, |it| when(it.time.as_ref())),
        column("who", 24, speaker),
        column("to", 18, |it| names(&it.addressee)),
        column("by way of", 16, |it| names(&it.via)),
        column("how", 12, manner),
        column("what", 70, |it| it.content.clone()),
        column("mode", 0, |it| word(it.mode)),
        column("act", 0, |it| it.act.clone().unwrap_or_default()),
        column("speaker", 0, |it| ids(&it.speaker)),
        column("addressee", 0, |it| ids(&it.addressee)),
        column("parent", 0, |it| it.parent.clone().unwrap_or_default().into_string()),
        column("quote", 0, |it| it.quote.clone().unwrap_or_default().into_string()),
    ];
    columns.extend(timed!(StatementRow, it => it.time));
    columns.extend(cited!(StatementRow, it => it.citation));
    columns.push(column("passage", 22, |it| place(&it.citation, 0)));
    list(arguments, &columns)
}

/// The speaker's name, or the report's words for one without.
pub(crate) fn speaker(it: &StatementRow) -> String {
    match (it.named, it.source.as_str()) {
        (true, _) => names(&it.speaker),
        (false, "") => "not named".to_owned(),
        (false, words) => format!("“{words}”"),
    }
}

/// The words of saying.
pub(super) fn manner(it: &StatementRow) -> String {
    let cue = it.cue.clone().unwrap_or_default();
    if it.negated { format!("not: {cue}") } else { cue }
}
