//! `readout read`: metadata that the arguments give, and `--dry-run`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context as _, bail};
use readout::sources::{Options, STANDARD_INPUT, Source, Told, sources};
use serde::Serialize;

use crate::arguments::Read;
use crate::table::{Column, ListFormat, column, path_column};
use crate::{Outcome, page, print, table, tell};

/// Reads what the arguments tell of reports.
pub(crate) fn told(arguments: &Read) -> anyhow::Result<Told> {
    let mut told = Told::default();
    if let Some(date) = &arguments.date {
        told.set_date(date).context("--date")?;
    }
    if let Some(outlet) = &arguments.outlet {
        told.set_outlet(outlet);
    }
    if let Some(pattern) = &arguments.name_pattern {
        told.set_name_pattern(pattern).context("--name-pattern")?;
    }
    for words in &arguments.columns {
        told.set_column(words).context("--columns")?;
    }
    for path in &arguments.table {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        if let Err(fault) = told.add_table(&bytes) {
            bail!("{}: {fault} ({})", path.display(), fault.hint);
        }
    }
    Ok(told)
}

/// Returns the files and folders to read: those that are named, then those of the lists.
pub(crate) fn paths(arguments: &Read) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = arguments.paths.clone();
    for list in &arguments.list {
        let listed = if list == Path::new(STANDARD_INPUT) {
            io::read_to_string(io::stdin())
        } else {
            fs::read_to_string(list)
        };
        let listed = listed.with_context(|| format!("--list {}", list.display()))?;
        let lines = listed.trim_start_matches('\u{feff}').lines().map(str::trim);
        let named = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let before = paths.len();
        paths.extend(named.map(PathBuf::from));
        if paths.len() == before {
            bail!("--list {}: names no file", list.display());
        }
    }
    Ok(paths)
}

/// The files that tables have rows for and that were not met yet.
pub(crate) struct Waiting<'t> {
    told: &'t Told,
    met: BTreeSet<&'t str>,
}

impl<'t> Waiting<'t> {
    pub(crate) fn new(told: &'t Told) -> Self {
        Self { told, met: BTreeSet::new() }
    }

    /// Notes that the source called `path` was met.
    pub(crate) fn meet(&mut self, path: &str) {
        self.met.extend(self.told.file_of(path));
    }

    /// Says which files of the tables were not met: most often their names are not quite right.
    pub(crate) fn tell(self) {
        for file in self.told.files().filter(|file| !self.met.contains(file)) {
            tell(&format!("{file}: stands in the table, but no such file was read"));
        }
    }
}

/// A report that would be read.
#[derive(Serialize)]
struct Row {
    path: String,
    format: String,
    day: String,
    outlet: String,
    title: String,
    characters: usize,
}

const COLUMNS: [Column<Row>; 6] = [
    path_column("file", 60, |row| row.path.clone()),
    column("format", 20, |row| row.format.clone()),
    column("day", 10, |row| row.day.clone()),
    column("outlet", 24, |row| row.outlet.clone()),
    column("title", 60, |row| row.title.clone()),
    column("characters", 10, |row| row.characters.to_string()),
];

/// Lists what would be read.
pub(crate) fn dry_run(paths: &[PathBuf], options: &Options) -> anyhow::Result<Outcome> {
    let mut rows = Vec::new();
    let mut waiting = Waiting::new(&options.told);
    let mut unread = false;
    for found in sources(paths, options) {
        let mut troubles = Vec::new();
        match found {
            Ok(source) => {
                waiting.meet(&source.path);
                rows.extend(row(&source, options, &mut troubles));
            }
            Err(trouble) => troubles.push(trouble),
        }
        for trouble in troubles {
            unread |= trouble.is_unread();
            tell(&format!("{}: {}", trouble.note.about, trouble.note.message));
        }
    }
    waiting.tell();
    let mut list = Vec::new();
    let shown: Vec<&Row> = rows.iter().collect();
    table::write(&mut list, &shown, &COLUMNS, ListFormat::Table, page::room())?;
    print(&String::from_utf8_lossy(&list))?;
    Ok(match (unread, rows.is_empty()) {
        (true, _) => Outcome::Partly,
        (false, true) => Outcome::Nothing,
        (false, false) => Outcome::Done,
    })
}

fn row(source: &Source, options: &Options, troubles: &mut Vec<readout::sources::Trouble>) -> Option<Row> {
    let document = source.document(options, troubles)?;
    Some(Row {
        path: source.path.clone(),
        format: source.kind(),
        day: document.published.unwrap_or_default().chars().take("2016-09-05".len()).collect(),
        outlet: document.outlet.unwrap_or_default(),
        title: document.title.unwrap_or_default(),
        characters: document.text.chars().count(),
    })
}
