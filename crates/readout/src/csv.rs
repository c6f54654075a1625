//! One table of all records, for spreadsheets (RFC 4180; UTF-8; actors by name, lists joined by `; `).

use std::io::{self, Write};

use readout_record::{ActorId, Change, Document, Evidence, Record, Time};
use readout_text::CharSpan;
use readout_views::when::{Spelling, told};
use readout_views::{Contents, Names};
use serde_json::Value;

/// The columns.
const COLUMNS: [&str; 22] = [
    "kind",
    "id",
    "document",
    "path",
    "outlet",
    "published",
    "title",
    "start",
    "end",
    "text",
    "who",
    "to",
    "via",
    "what",
    "how",
    "when",
    "from",
    "until",
    "grain",
    "where",
    "factuality",
    "certainty",
];

/// Writes `contents`: a header, then one row a record in the order of the JSON Lines export.
pub(crate) fn write(contents: &Contents, out: &mut impl Write) -> io::Result<()> {
    let names = contents.names();
    let documents: std::collections::BTreeMap<&str, &Document> =
        contents.documents.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut records = contents.clone().into_records();
    records.sort_by(|a, b| a.kind().cmp(&b.kind()).then_with(|| a.id().cmp(b.id())));
    row(out, COLUMNS.iter().map(|column| (*column).to_owned()))?;
    for record in &records {
        let document = match record {
            Record::Document(it) => Some(it),
            _ => record.evidence().and_then(|evidence| documents.get(evidence.doc.as_str()).copied()),
        };
        row(out, cells(record, document, &names))?;
    }
    Ok(())
}

/// The cells of a row from the column `text` to the column `factuality`.
#[derive(Default)]
struct Columns {
    text: String,
    who: String,
    to: String,
    via: String,
    what: String,
    how: String,
    when: String,
    /// The first day or minute, one past the last, and how exact the words are.
    bounds: [String; 3],
    place: String,
    factuality: String,
}

fn cells(record: &Record, document: Option<&Document>, names: &Names) -> impl Iterator<Item = String> {
    let of = |field: fn(&Document) -> Option<&String>| document.and_then(field).cloned().unwrap_or_default();
    let (mut start, mut end, mut certainty) = (String::new(), String::new(), String::new());
    if let Some(Evidence { spans, certainty: sure, .. }) = record.evidence() {
        let bound = |span: Option<&CharSpan>, of: fn(&CharSpan) -> u32| {
            span.map_or(String::new(), |it| of(it).to_string())
        };
        start = bound(spans.first(), |span| span.start);
        end = bound(spans.last(), |span| span.end);
        certainty = sure.to_string();
    }
    let it = columns(record, names);
    let [from, until, grain] = it.bounds;
    [
        record.kind().to_string(),
        record.id().to_owned(),
        document.map(|it| it.id.clone()).unwrap_or_default(),
        of(|it| it.path.as_ref()),
        of(|it| it.outlet.as_ref()),
        of(|it| it.published.as_ref()),
        of(|it| it.title.as_ref()),
        start,
        end,
        it.text,
        it.who,
        it.to,
        it.via,
        it.what,
        it.how,
        it.when,
        from,
        until,
        grain,
        it.place,
        it.factuality,
        certainty,
    ]
    .into_iter()
}

fn columns(record: &Record, names: &Names) -> Columns {
    let list = |ids: &[ActorId]| ids.iter().map(|id| names.of(id)).collect::<Vec<_>>().join("; ");
    let when = |time: &Option<Time>| time.as_ref().map(|it| told(it, Spelling::Digits)).unwrap_or_default();
    let text = record.evidence().map(|it| it.text.clone()).unwrap_or_default();
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let start = Columns { text, ..Columns::default() };
    match record {
        Record::Document(it) => Columns { text: it.text.clone(), who: it.authors.join("; "), ..start },
        Record::Actor(it) => Columns {
            who: it.name.clone(),
            what: it.aliases.join("; "),
            how: word(it.actor_kind),
            place: optional(&it.state),
            ..start
        },
        Record::Statement(it) => Columns {
            who: list(&it.speaker),
            to: list(&it.addressee),
            via: list(&it.via),
            what: it.content_text.clone(),
            how: join([it.act.clone().unwrap_or_default(), word(it.mode)]),
            when: when(&it.time),
            bounds: bounds(&it.time),
            factuality: if it.negated { "denied".to_owned() } else { String::new() },
            ..start
        },
        Record::Event(it) => Columns {
            who: list(&it.actor),
            to: list(&it.recipient),
            what: join([it.code.clone(), optional(&it.mode), it.context.join("; ")]),
            when: when(&it.time),
            bounds: bounds(&it.time),
            place: optional(&it.place),
            factuality: word(it.factuality),
            ..start
        },
        Record::Meeting(it) => Columns {
            who: list(&it.participants),
            what: join([it.topics.join("; "), optional(&it.occasion)]),
            how: it.format.map(word).unwrap_or_default(),
            when: when(&it.time),
            bounds: bounds(&it.time),
            place: optional(&it.place),
            factuality: word(it.factuality),
            ..start
        },
        Record::Incident(it) => Columns {
            who: list(&it.actor),
            to: list(&it.recipient),
            what: join([it.code.clone(), optional(&it.mode)]),
            how: optional(&it.means),
            when: when(&it.time),
            bounds: bounds(&it.time),
            place: optional(&it.place),
            factuality: word(it.factuality),
            ..start
        },
        Record::Condition(it) => Columns {
            who: list(&it.by),
            to: list(&it.to),
            what: format!("if: {}; then: {}", it.premise.text, it.consequence.text),
            how: word(it.tone),
            ..start
        },
        Record::Commitment(it) => Columns {
            who: list(&it.debtor),
            to: list(&it.creditor),
            what: it.evidence.text.clone(),
            when: it
                .deadline
                .as_ref()
                .map(|deadline| join([deadline.text.clone(), optional(&deadline.due)]))
                .unwrap_or_default(),
            ..start
        },
        Record::Agreement(it) => Columns {
            who: list(&it.parties),
            what: it.name.clone(),
            how: it.status.last().map(|step| word(step.status)).unwrap_or_default(),
            text: it.evidence.first().map(|passage| passage.text.clone()).unwrap_or_default(),
            ..start
        },
        Record::Position(it) => Columns {
            who: names.of(&it.actor).to_owned(),
            what: it.issue.clone(),
            how: word(it.stance),
            when: optional(&it.since),
            ..start
        },
        Record::Quote(it) => Columns { text: it.best.clone(), what: it.members.join("; "), ..start },
        Record::Happening(it) => Columns {
            text: it.title.clone(),
            who: list(&it.participants),
            what: it.code.clone(),
            when: when(&it.time),
            bounds: bounds(&it.time),
            place: optional(&it.place),
            ..start
        },
        Record::Correction(it) => Columns {
            text: it.change.target().map(|target| target.text.clone()).unwrap_or_default(),
            what: correction(&it.change),
            ..start
        },
        Record::Story(it) => Columns {
            text: it.title.clone(),
            what: it.keywords.join("; "),
            when: [&it.from, &it.to].into_iter().flatten().cloned().collect::<Vec<_>>().join("/"),
            ..start
        },
    }
}

fn correction(change: &Change) -> String {
    match change {
        Change::Merge { actor, into } => format!("merge {actor} into {into}"),
        Change::Split { actor, into, documents, .. } => {
            format!("split {into} from {actor} in {}", documents.join("; "))
        }
        Change::Speaker { target, speaker } => format!("speaker of {}: {}", target.id, speaker.join("; ")),
        Change::Reject { target } => format!("reject {}", target.id),
        Change::NameIssue { issue, name } => format!("name issue {issue}: {name}"),
    }
}

/// Returns a fieldless value as the export spells it.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Returns the bounds of a time and its grain, as the record has them.
fn bounds(time: &Option<Time>) -> [String; 3] {
    let Some(time) = time else { return Default::default() };
    [
        time.from.clone().unwrap_or_default(),
        time.to.clone().unwrap_or_default(),
        time.grain.map(word).unwrap_or_default(),
    ]
}

/// Writes one row of a table (RFC 4180). No cell is taken for a formula by a spreadsheet.
///
/// # Errors
/// When `out` cannot be written.
pub fn row(out: &mut impl Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        // A spreadsheet takes a cell that starts like a formula for one; the apostrophe makes it text.
        let formula = cell
            .trim_start_matches([' ', '\u{feff}', '\n'])
            .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        let guard = if formula { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r', '\t']) {
            write!(out, "\"{guard}{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{guard}{cell}")?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use readout_record::Grain;

    use super::*;

    #[test]
    fn a_vague_time_is_no_day() {
        let time = |from: &str, to: &str, grain| {
            Some(Time {
                text: "then".to_owned(),
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
                grain: Some(grain),
                ..Time::default()
            })
        };
        let row = |time| {
            let event = readout_record::Event { time, ..readout_record::Event::default() };
            let cells: Vec<String> = cells(&Record::Event(event), None, &Names::default()).collect();
            let at = |name: &str| cells[COLUMNS.iter().position(|it| *it == name).unwrap()].clone();
            ["when", "from", "until", "grain"].map(at)
        };
        assert_eq!(
            row(time("2012-06-01", "2012-09-01", Grain::Season)),
            ["summer 2012", "2012-06-01", "2012-09-01", "season"]
        );
        assert_eq!(
            row(time("2013-01-01", "2013-02-01", Grain::Month)),
            ["2013-01", "2013-01-01", "2013-02-01", "month"]
        );
        assert_eq!(row(None), [""; 4]);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_formulas() {
        let mut out = Vec::new();
        let cells = ["plain", "a, b", "“x” and \"y\"", "two\nlines", "=1+1", "-"];
        row(&mut out, cells.iter().map(|cell| (*cell).to_owned())).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "plain,\"a, b\",\"“x” and \"\"y\"\"\",\"two\nlines\",'=1+1,'-\r\n");
    }
}
