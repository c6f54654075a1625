//! The tools on the file as a whole and on reports laid side by side.

use readout::asking::Asking;
use readout::views::{CommitmentRow, DifferingLine, LedStory, OddsLine, QuotedLine};
use serde_json::{Map, Value, json};

use super::answer::Told;
use super::arguments::{Arguments, Made, told, wrong};
use super::tools::Tools;
use crate::json::link;

/// The stories of each order that are told.
const STORIES: usize = 4;

/// The reports of a last reading that are told.
const REPORTS: usize = 6;

impl Tools<'_> {
    /// Returns the file as a whole: its size, and lines on where to look first, each with its part.
    pub(super) fn overview(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let Asking { filter, .. } = arguments.asking(&["since", "until", "outlet"])?;
        let found = self.corpus.overview(&filter).map_err(told)?.map_err(told)?;
        let mut rows: Vec<Value> = Vec::new();
        rows.extend(found.largest.iter().take(STORIES).map(|it| story("largest stories", it)));
        rows.extend(found.newest.iter().take(STORIES).map(|it| story("newest stories", it)));
        rows.extend(found.due.iter().map(due));
        rows.extend(found.differ.iter().map(differ));
        rows.extend(found.quoted.iter().map(quoted));
        rows.extend(found.at_odds.iter().map(at_odds));
        let last = found.last_read.iter().flat_map(|it| it.reports.iter().take(REPORTS));
        rows.extend(last.map(|it| part("last read", json!(it))));
        let also = json!({
            "reports": found.reports, "outlets": found.outlets, "days": found.days, "counts": found.counts,
            "reports_without_story": found.alone_total, "undated": found.undated,
            "months": found.months.iter().filter(|it| it.reports > 0).map(|it| json!([it.month, it.reports])).collect::<Vec<_>>(),
        });
        let days = match &found.days {
            Some((from, to)) => format!(", {from} to {to}"),
            None => String::new(),
        };
        let counts = found.counts.iter().filter_map(|it| Some(format!("{} {}", it.count?, it.list)));
        let head = format!(
            "{} reports of {} outlets{days}; {}",
            found.reports,
            found.outlets,
            counts.skip(1).collect::<Vec<_>>().join(", ")
        );
        Ok(self.told(rows, Some(head), also))
    }

    /// Returns the sentences of reports of one meeting, each with whether several say it.
    pub(super) fn readouts(&self, arguments: &Arguments<'_>) -> Made<Told> {
        let asked = arguments.text("reports").ok_or_else(|| wrong("readouts needs reports"))?;
        let ids: Vec<String> =
            asked.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect();
        let found = self.corpus.readouts(&ids).map_err(told)?;
        if found.reports.len() < 2 {
            return Err(wrong("readouts needs two reports or more"));
        }
        let rows = found.rows.iter().filter_map(|row| {
            let mut cells = row.cells.iter().flatten().map(|it| json!(it.citation));
            let first = cells.next()?;
            let mut told = part(row.agreement.in_words(), first);
            told["agreement"] = json!(row.agreement);
            told["others"] = json!(cells.collect::<Vec<_>>());
            Some(told)
        });
        let rows = rows.collect();
        let names = found.reports.iter().map(|it| it.outlet.as_deref().unwrap_or(it.id.as_str()));
        let head = format!("side by side: {}", names.collect::<Vec<_>>().join(", "));
        Ok(self.told(rows, Some(head), json!({ "reports": found.reports })))
    }

    fn told(&self, rows: Vec<Value>, head: Option<String>, also: Value) -> Told {
        let rows: Vec<Value> = rows
            .into_iter()
            .map(|mut row| {
                link(&mut row);
                self.row(row)
            })
            .collect();
        let also = if let Value::Object(also) = also { also } else { Map::new() };
        Told { total: rows.len(), rows, head, also, ..Told::default() }
    }
}

fn part(name: &str, mut row: Value) -> Value {
    row["part"] = json!(name);
    row
}

/// Returns the line of a story: its leading sentence, or its title alone.
fn story(name: &str, it: &LedStory) -> Value {
    let mut row = it.lead.as_ref().map_or_else(|| json!({}), |lead| json!(lead));
    row["id"] = json!(it.story.id);
    row["story"] = json!(it.story.id);
    row["title"] = json!(it.story.title);
    row["reports"] = json!(it.story.documents.len());
    row["from"] = json!(it.story.from);
    row["to"] = json!(it.story.to);
    part(name, row)
}

fn due(it: &CommitmentRow) -> Value {
    part("due", json!(it))
}

fn differ(it: &DifferingLine) -> Value {
    let title = format!("{} ({}: {})", it.title, it.field, it.values.join(" / "));
    part("reports differ", json!({ "id": it.id, "title": title, "reports": it.reports }))
}

fn quoted(it: &QuotedLine) -> Value {
    let mut row = json!(it);
    row["source"] = if it.speaker.is_empty() { json!(it.source) } else { Value::Null };
    part("most quoted", row)
}

fn at_odds(it: &OddsLine) -> Value {
    let names = |of: &[readout::views::ActorName]| {
        of.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let title = format!("{}: for {}; against {}", it.issue, names(&it.favour), names(&it.against));
    part("most at odds", json!({ "title": title, "issue": it.issue }))
}
