//! `readout compare`: outlets side by side.

use clap::Args;
use readout::Page;
use readout::views::words::shorten;
use readout::views::{CompareRow, ListKind, OutletCell};

use super::{List, short, unknown, write};
use crate::file::open;
use crate::outcome::Outcome;
use crate::page::tell;
use crate::table::{Column, column};

#[derive(Args, Debug)]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) list: List,
    /// Also what one outlet alone has
    #[arg(long)]
    pub(crate) all: bool,
}

pub(crate) fn run(arguments: &Compare) -> anyhow::Result<Outcome> {
    let columns: Vec<Column<CompareRow>> = vec![
        column("kind", 9, |it| it.kind.to_owned()),
        column("what", 44, |it| it.title.clone()),
        column("have it", 34, having),
        column("lack it", 26, |it| {
            let mut lack: Vec<String> = it.lack.iter().map(|it| shorten(it, 32)).collect();
            if it.lacking > lack.len() {
                lack.push(format!("and {} more", it.lacking - lack.len()));
            }
            lack.join("; ")
        }),
        column("have it differently", 44, differing),
        column("id", 0, |it| it.id.to_string()),
        column("passages", 0, |it| {
            let all = it.cells.iter().flat_map(|it| &it.citations);
            all.map(|it| format!("{} ¶{} {}", it.doc, it.paragraph, it.id)).collect::<Vec<_>>().join("; ")
        }),
        column("at", 14, |it| short(&it.id)),
    ];
    let filter = arguments.list.filter.for_list(ListKind::Compare)?;
    let corpus = open(&arguments.list.of)?;
    let rows: Vec<CompareRow> = match corpus.list_of(&filter, &Page::all())? {
        Ok(listed) => listed.rows,
        Err(name) => return unknown(&name, arguments.list.shape.format),
    };
    let have = |it: &CompareRow| it.cells.iter().filter(|it| !it.citations.is_empty()).count();
    let total = rows.len();
    let shown: Vec<CompareRow> = rows.into_iter().filter(|it| arguments.all || have(it) > 1).collect();
    if shown.len() < total {
        let alone = total - shown.len();
        tell(&format!("{alone} more that one outlet alone has: readout compare --all"));
    }
    write(&shown, &filter, &columns, &arguments.list.shape)
}

fn having(it: &CompareRow) -> String {
    let cell = |it: &OutletCell| match it.citations.first() {
        Some(first) => format!("{} ¶{}", shorten(&it.outlet, 32), first.paragraph),
        None => String::new(),
    };
    it.cells.iter().map(cell).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
}

fn differing(it: &CompareRow) -> String {
    let mut told = Vec::new();
    for difference in &it.differences {
        // The first of several wordings is the line itself.
        let skipped = usize::from(difference.field == "wording");
        for side in difference.values.iter().skip(skipped) {
            let mut outlets: Vec<String> =
                side.citations.iter().map(|it| it.outlet.clone().unwrap_or_else(|| short(&it.doc))).collect();
            outlets.dedup();
            told.push(format!("{} {} ({})", difference.field, side.value, outlets.join(", ")));
        }
    }
    told.join("; ")
}
