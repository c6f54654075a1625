//! The commands that list: one module each, with its columns. What they list is in the views of the library.

pub(crate) mod actors;
pub(crate) mod agreements;
pub(crate) mod commitments;
pub(crate) mod compare;
pub(crate) mod conditions;
pub(crate) mod differences;
pub(crate) mod events;
pub(crate) mod issues;
pub(crate) mod meetings;
pub(crate) mod positions;
pub(crate) mod quotes;
pub(crate) mod shape;
pub(crate) mod sources;
pub(crate) mod statements;
pub(crate) mod stories;
pub(crate) mod timeline;

use std::io::{self, BufWriter, Write as _};

use anyhow::bail;
use clap::Args;
use readout::record::{Bounds, Factuality, Time};
use readout::views::when::{Spelling, told};
use readout::views::{ActorName, Citation, Filter, ListKind, Row, check_date};
use readout::{NameOf, Page, Unknown, asking};
use serde::Serialize;

use self::shape::Shape;
use crate::file::{OfFile, open};
use crate::outcome::Outcome;
use crate::page::{self, tell};
use crate::table::{self, Column, ListFormat};

/// The digits of an id that a table shows. Six tell sixteen million apart, and a longer id may be asked for.
const SHORT_ID: usize = 6;

/// The arguments of every list.
#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) of: OfFile,
    #[command(flatten)]
    pub(crate) filter: Filters,
    #[command(flatten)]
    pub(crate) shape: Shape,
}

/// The filters of a list.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Who acts or speaks: an id, a name, or words of a name; may be given several times
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Vec<String>,
    /// To whom, or with whom
    #[arg(long, value_name = "ACTOR")]
    pub(crate) to: Vec<String>,
    /// Not before this day: 2015-11-16, 2015-11 or 2015
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<String>,
    /// Before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<String>,
    /// Of this story, by its id; see readout stories; none for reports of no story
    #[arg(long, value_name = "STORY")]
    pub(crate) story: Option<String>,
    /// As this outlet has it; may be given several times
    #[arg(long, value_name = "OUTLET")]
    pub(crate) outlet: Vec<String>,
    /// Of this kind: meeting, CONSULT, direct, deny, threat, overdue, person …; may be given several times
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Vec<String>,
    /// On this issue
    #[arg(long, value_name = "WORDS")]
    pub(crate) issue: Option<String>,
    /// With these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
}

impl Filters {
    /// Returns the filter for the list `kind`. What that list would not look at is refused.
    pub(crate) fn for_list(&self, kind: ListKind) -> anyhow::Result<Filter> {
        self.checked(kind.name(), asking::takes(kind))?;
        asking::check_kinds_of(kind, &self.kind)?;
        Ok(self.filter())
    }

    /// Fails if a filter is given that is not among those that `command` `takes`.
    pub(crate) fn checked(&self, command: &str, takes: &[&str]) -> anyhow::Result<()> {
        let given = [
            ("actor", !self.actor.is_empty()),
            ("to", !self.to.is_empty()),
            ("since", self.since.is_some()),
            ("until", self.until.is_some()),
            ("story", self.story.is_some()),
            ("outlet", !self.outlet.is_empty()),
            ("kind", !self.kind.is_empty()),
            ("issue", self.issue.is_some()),
            ("text", self.text.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(name, given)| *given && !takes.contains(name)) {
            let known: Vec<String> = given
                .iter()
                .filter(|(name, _)| takes.contains(name))
                .map(|(name, _)| format!("--{name}"))
                .collect();
            bail!("--{name} means nothing to {command}; it takes {}", known.join(", "));
        }
        Ok(())
    }

    pub(crate) fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            to: self.to.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            story: self.story.clone(),
            outlet: self.outlet.clone(),
            kind: self.kind.clone(),
            issue: self.issue.clone(),
            text: self.text.clone(),
            as_of: None,
        }
    }
}

/// A day, month or year of ISO 8601.
pub(crate) fn date(text: &str) -> Result<String, String> {
    check_date(text).map(|()| text.to_owned())
}

/// Lists the rows that the filters let through.
pub(crate) fn list<R: Row>(arguments: &List, columns: &[Column<R>]) -> anyhow::Result<Outcome> {
    let filter = arguments.filter.for_list(R::KIND)?;
    let corpus = open(&arguments.of)?;
    match corpus.list_of::<R>(&filter, &Page::all())? {
        Ok(listed) => write(&listed.rows, &filter, columns, &arguments.shape),
        Err(name) => unknown(&name, arguments.shape.format),
    }
}

/// Writes rows to standard output, or says why there are none.
pub(crate) fn write<R: Serialize>(
    rows: &[R],
    filter: &Filter,
    columns: &[Column<R>],
    shape: &Shape,
) -> anyhow::Result<Outcome> {
    if rows.is_empty() {
        nothing(filter);
        return empty(shape.format);
    }
    print(rows, columns, shape)
}

/// Says that a name in the filters stands for nothing, and which are like it.
pub(crate) fn unknown(name: &Unknown, format: ListFormat) -> anyhow::Result<Outcome> {
    tell_unknown(name);
    empty(format)
}

pub(crate) fn tell_unknown(name: &Unknown) {
    let list = match name.what {
        NameOf::Actor => "readout actors lists who is",
        NameOf::Story => "readout stories lists the stories with their ids",
        NameOf::Outlet => "readout sources lists outlets",
    };
    tell(&format!("nothing found\nhint: {name}; {list}"));
}

/// Writes rows to standard output.
pub(crate) fn print<R: Serialize>(
    rows: &[R],
    columns: &[Column<R>],
    shape: &Shape,
) -> anyhow::Result<Outcome> {
    let shown = shape.rows(rows, columns)?;
    let columns = shape.chosen(columns)?;
    if matches!(shape.format, ListFormat::Table | ListFormat::Md) {
        let mut text = Vec::new();
        let without = table::write(&mut text, &shown, &columns, shape.format, page::room())?;
        page::print(&String::from_utf8_lossy(&text))?;
        if !without.is_empty() {
            tell(&format!("no room for {}: --columns, or --format csv", without.join(", ")));
        }
    } else {
        let mut out = BufWriter::new(anstream::stdout().lock());
        table::write(&mut out, &shown, &columns, shape.format, None)?;
        out.flush()?;
    }
    if shown.len() < rows.len() {
        tell(&format!("{} of {} rows", shown.len(), rows.len()));
    }
    Ok(Outcome::Done)
}

/// A program that reads JSON gets JSON all the same.
pub(crate) fn empty(format: ListFormat) -> anyhow::Result<Outcome> {
    if format == ListFormat::Json {
        writeln!(io::stdout(), "[]")?;
    }
    Ok(Outcome::Nothing)
}

/// Says why there may be nothing.
pub(crate) fn nothing(filter: &Filter) {
    tell("nothing found");
    tell(match *filter == Filter::default() {
        true => "hint: readout brief and readout sources show what there is",
        false => "hint: fewer filters show more",
    });
}

/// Names, parted by `; `.
pub(crate) fn names(actors: &[ActorName]) -> String {
    actors.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Ids, parted by `; `.
pub(crate) fn ids(actors: &[ActorName]) -> String {
    actors.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join("; ")
}

/// The time as exactly as its words are: a day, `2013-01`, `spring 2012`; the report's words where it is not known.
pub(crate) fn when(time: Option<&Time>) -> String {
    time.map(|it| told(it, Spelling::Digits)).unwrap_or_default()
}

/// A value as the export spells it; empty for none.
pub(crate) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Empty for what took place.
pub(crate) fn factuality(it: Factuality) -> String {
    if it == Factuality::Happened { String::new() } else { word(it) }
}

/// A number with its bounds; empty where both are open.
pub(crate) fn range(bounds: Option<Bounds>) -> String {
    bounds.and_then(Bounds::in_words).unwrap_or_default()
}

/// Returns the place of a line, for people: outlet, paragraph, what `readout show` takes, and how many passages more.
pub(crate) fn place(citation: &Citation, also: usize) -> String {
    let outlet = citation.outlet.clone().unwrap_or_else(|| short(&citation.doc));
    let more = if also == 0 { String::new() } else { format!(" +{also}") };
    format!("{outlet} ¶{} {}{more}", citation.paragraph, short(&citation.id))
}

/// The first digits of an id: enough for `readout show`.
pub(crate) fn short(id: &str) -> String {
    let Some((kind, rest)) = id.split_once(':') else { return id.to_owned() };
    let digits = rest.bytes().all(|it| it.is_ascii_hexdigit());
    match digits && (rest.len() == 12 || kind == "doc") {
        true => rest.chars().take(SHORT_ID).collect(),
        false => id.to_owned(),
    }
}

/// Returns the number of independent sources, if there are several.
pub(crate) fn several(sources: usize) -> String {
    if sources > 1 { sources.to_string() } else { String::new() }
}

/// Spans as `start-end`, parted by `; `.
pub(crate) fn spans(citation: &Citation) -> String {
    citation.spans.iter().map(|it| format!("{}-{}", it.start, it.end)).collect::<Vec<_>>().join("; ")
}

/// The other passages as `document paragraph record`, parted by `; `.
pub(crate) fn others(also: &[Citation]) -> String {
    also.iter().map(|it| format!("{} ¶{} {}", it.doc, it.paragraph, it.id)).collect::<Vec<_>>().join("; ")
}

/// The columns that every list of times has in CSV alone: the first day or minute, one past the last, and how exact the
/// words are.
macro_rules! timed {
    ($type:ty, $row:ident => $time:expr) => {
        [
            crate::table::column("from", 0, |$row: &$type| {
                $time.as_ref().and_then(|it| it.from.clone()).unwrap_or_default()
            }),
            crate::table::column("until", 0, |$row: &$type| {
                $time.as_ref().and_then(|it| it.to.clone()).unwrap_or_default()
            }),
            crate::table::column("grain", 0, |$row: &$type| {
                $time.as_ref().and_then(|it| it.grain).map(crate::lists::word).unwrap_or_default()
            }),
        ]
    };
}
pub(crate) use timed;

/// The columns that every list of records has in CSV alone: the record, the report, the passage.
macro_rules! cited {
    ($type:ty, $row:ident => $citation:expr) => {
        [
            crate::table::column("id", 0, |$row: &$type| $citation.id.to_string()),
            crate::table::column("document", 0, |$row: &$type| $citation.doc.to_string()),
            crate::table::column("outlet", 0, |$row: &$type| $citation.outlet.clone().unwrap_or_default()),
            crate::table::column("published", 0, |$row: &$type| {
                $citation.published.clone().unwrap_or_default()
            }),
            crate::table::column("paragraph", 0, |$row: &$type| $citation.paragraph.to_string()),
            crate::table::column("spans", 0, |$row: &$type| crate::lists::spans(&$citation)),
            crate::table::column("text", 0, |$row: &$type| $citation.text.clone()),
        ]
    };
}
pub(crate) use cited;
