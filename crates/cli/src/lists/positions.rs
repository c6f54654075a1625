//! `readout positions`: who is for and against what, and where two stand apart.

use std::path::Path;

use clap::Args;
use readout::Page;
use readout::exchange::{NetworkAsked, Nodes, Normalization, Qualifier};
use readout::views::{ActorRow, Citation, Filter, IssueCell, IssueRow, ListKind, PositionRow, issues};

use super::{List, cited, list, others, place, unknown, word};
use crate::file::open;
use crate::network::{self, NetworkFormat};
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, ListFormat, column};

#[derive(Args, Debug)]
pub(crate) struct Positions {
    #[command(flatten)]
    pub(crate) list: List,
    /// Where these two stand to each other: gaps, what hangs on something, common ground
    #[arg(long, num_args = 2, value_names = ["ACTOR", "ACTOR"])]
    pub(crate) between: Option<Vec<String>>,
    /// A matrix in CSV: a row for each actor, a column for each issue; above 0 for, below 0 against
    #[arg(long, conflicts_with_all = ["between", "format"])]
    pub(crate) matrix: bool,
    /// With rows of the matrix for actors who have no name
    #[arg(long, requires = "matrix")]
    pub(crate) unnamed: bool,
}

pub(crate) fn run(arguments: &Positions) -> anyhow::Result<Outcome> {
    if arguments.matrix {
        let asked = NetworkAsked {
            nodes: Nodes::Both,
            qualifier: Qualifier::Subtract,
            normalization: Normalization::None,
            unnamed: arguments.unnamed,
        };
        let List { of, filter, .. } = &arguments.list;
        return network::write(asked, NetworkFormat::Csv, (Path::new("-"), false), of, filter);
    }
    match arguments.between.as_deref() {
        Some([a, b]) => between(&arguments.list, a, b),
        _ => {
            let mut columns: Vec<Column<PositionRow>> = vec![
                column("issue", 30, |it| it.issue.clone()),
                column("who", 24, |it| it.actor.name.clone()),
                column("stance", 12, |it| word(it.stance)),
                column("since", 10, |it| it.since.clone().unwrap_or_default()),
                column("words", 56, |it| it.citation.text.clone()),
                column("actor", 0, |it| it.actor.id.to_string()),
                column("position", 0, |it| it.position.to_string()),
            ];
            columns.extend(cited!(PositionRow, it => it.citation));
            columns.push(column("also", 0, |it| others(&it.also)));
            // What is shown and set right is the stance: its id stands where other lists have that of the passage.
            columns.push(column("passage", 22, |it| {
                let citation = Citation { id: it.position.clone(), ..it.citation.clone() };
                place(&citation, it.also.len())
            }));
            list(&arguments.list, &columns)
        }
    }
}

fn between(arguments: &List, a: &str, b: &str) -> anyhow::Result<Outcome> {
    let filter = arguments.filter.for_list(ListKind::Positions)?;
    let corpus = open(&arguments.of)?;
    for asked in [a, b] {
        let of_one = Filter { actor: vec![asked.to_owned()], ..Filter::default() };
        if let Err(name) = corpus.list_of::<ActorRow>(&of_one, &Page::first(1))? {
            return unknown(&name, arguments.shape.format);
        }
    }
    let (contents, filter) = match corpus.reports(&filter)? {
        Ok(found) => found,
        Err(name) => return unknown(&name, arguments.shape.format),
    };
    let rows = issues(&contents, &filter, Some((a, b)));
    if rows.is_empty() {
        tell("nothing found\nhint: readout positions lists all stances");
        return super::empty(arguments.shape.format);
    }
    let mut columns: Vec<Column<IssueRow>> = vec![
        column("issue", 26, |it| it.issue.clone()),
        column("relation", 12, |it| word(it.relation)),
        column("one", 50, |it| it.cells.first().map(cell).unwrap_or_default()),
        column("other", 50, |it| it.cells.get(1).map(cell).unwrap_or_default()),
    ];
    columns.extend([
        column("one's passages", 0, |it: &IssueRow| it.cells.first().map(passages).unwrap_or_default()),
        column("other's passages", 0, |it| it.cells.get(1).map(passages).unwrap_or_default()),
    ]);
    if arguments.shape.format == ListFormat::Table
        && let Some(row) = rows.first()
    {
        let names: Vec<&str> = row.cells.iter().map(|it| it.actor.name.as_str()).collect();
        tell(&format!("one: {}", names.join("; other: ")));
    }
    super::print(&rows, &columns, &arguments.shape)
}

fn cell(it: &IssueCell) -> String {
    let told = it.positions.iter().map(|it| {
        let since = it.since.as_deref().map(|since| format!(" since {since}")).unwrap_or_default();
        format!("{}{since}: {} ({})", word(it.stance), it.citation.text, place(&it.citation, it.also.len()))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn passages(it: &IssueCell) -> String {
    let all = it.positions.iter().flat_map(|it| std::iter::once(&it.citation).chain(&it.also));
    all.map(|it| format!("{} ¶{} {}", it.doc, it.paragraph, it.id)).collect::<Vec<_>>().join("; ")
}
