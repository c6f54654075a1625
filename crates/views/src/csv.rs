//! One table of all records, for spreadsheets (RFC 4180; UTF-8; actors by name, lists joined by `; `).

use std::collections::BTreeMap;
use std::io::{self, Write};

use readout_record::{
    ActorId, Bounds, Document, Factuality, Grain, MeetingFormat, PloverCode, Record, RecordId, RecordRef,
    Side, Time,
};
use readout_text::CharSpan;

use crate::contents::{Contents, Names};
use crate::corrections::change_in_words;
use crate::when::{Spelling, told};

/// The columns.
const COLUMNS: [&str; 33] = [
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
    "reported_by",
    "happening",
    "claimed_by",
    "blamed_on",
    "denied_by",
    "if_by",
    "then_by",
    "killed",
    "injured",
    "minutes",
    "means",
];

/// Writes `contents`: a header, then one row a record in the order of the JSON Lines export.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(contents: &Contents, out: &mut impl Write) -> io::Result<()> {
    let names = contents.names();
    let documents: BTreeMap<&str, &Document> =
        contents.documents.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut records = contents.clone().into_records();
    records.sort_by(|a, b| a.kind().cmp(&b.kind()).then_with(|| a.id().cmp(b.id())));
    row(out, COLUMNS.iter().map(|column| (*column).to_owned()))?;
    for record in &records {
        let document = match record {
            Record::Document(it) => Some(it),
            _ => record.evidence().and_then(|evidence| documents.get(evidence.doc.as_str()).copied()),
        };
        row(out, Cells::of(record.as_ref(), document, &names).in_order())?;
    }
    Ok(())
}

/// The cells of a row by their column. A cell that is not set is empty.
struct Cells<'n> {
    names: &'n Names,
    cells: BTreeMap<&'static str, String>,
}

impl<'n> Cells<'n> {
    fn of(record: RecordRef<'_>, document: Option<&Document>, names: &'n Names) -> Self {
        let mut row = Self { names, cells: BTreeMap::new() };
        row.set("kind", record.kind().to_string());
        row.set("id", record.id());
        if let Some(it) = document {
            row.set("document", it.id.as_str());
            row.set_some("path", it.path.as_ref());
            row.set_some("outlet", it.outlet.as_ref());
            row.set_some("published", it.published.as_ref());
            row.set_some("title", it.title.as_ref());
        }
        if let Some(it) = record.evidence() {
            let bound = |span: Option<&CharSpan>, of: fn(&CharSpan) -> u32| {
                span.map_or(String::new(), |it| of(it).to_string())
            };
            row.set("start", bound(it.spans.first(), |span| span.start));
            row.set("end", bound(it.spans.last(), |span| span.end));
            row.set("text", it.text.as_str());
            row.set("certainty", it.certainty.to_string());
        }
        record.each_side(&mut |side, actors| row.side(side, actors));
        row.record(record);
        row
    }

    /// Returns the cells in the order of the columns.
    fn in_order(mut self) -> impl Iterator<Item = String> {
        COLUMNS.into_iter().map(move |column| self.cells.remove(column).unwrap_or_default())
    }

    fn set(&mut self, column: &'static str, value: impl Into<String>) {
        self.cells.insert(column, value.into());
    }

    fn set_some(&mut self, column: &'static str, value: Option<impl ToString>) {
        self.set(column, value.map(|value| value.to_string()).unwrap_or_default());
    }

    fn actors(&mut self, column: &'static str, ids: &[ActorId]) {
        let names = self.names;
        self.set(column, ids.iter().map(|id| names.of(id)).collect::<Vec<_>>().join("; "));
    }

    /// Sets the column of one side of a record.
    fn side(&mut self, side: Side, ids: &[ActorId]) {
        let column = match side {
            Side::Speaker
            | Side::Actor
            | Side::Participant
            | Side::Setter
            | Side::Debtor
            | Side::Party
            | Side::Holder => "who",
            Side::Addressee | Side::Recipient | Side::Host | Side::Target | Side::Creditor => "to",
            Side::Via => "via",
            Side::Claimant => "claimed_by",
            Side::Blamed => "blamed_on",
            Side::Denier => "denied_by",
            Side::PremiseActor => "if_by",
            Side::ConsequenceActor => "then_by",
            Side::Broker | Side::Guarantor | Side::StepActor => return,
        };
        self.actors(column, ids);
    }

    fn time(&mut self, time: Option<&Time>) {
        let Some(time) = time else { return };
        self.set("when", told(time, Spelling::Digits));
        self.set_some("from", time.from.as_ref());
        self.set_some("until", time.to.as_ref());
        self.set("grain", time.grain.map(Grain::as_str).unwrap_or_default());
    }

    /// Sets what events, meetings and incidents have in common.
    fn happened(
        &mut self,
        (time, place): (Option<&Time>, Option<&String>),
        factuality: Factuality,
        by: Option<&RecordId>,
        happening: Option<&RecordId>,
    ) {
        self.time(time);
        self.set_some("where", place);
        self.set("factuality", factuality.as_str());
        self.set_some("reported_by", by);
        self.set_some("happening", happening);
    }

    fn record(&mut self, record: RecordRef<'_>) {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        match record {
            RecordRef::Document(it) => {
                self.set("text", it.text.as_str());
                self.set("who", it.authors.join("; "));
            }
            RecordRef::Actor(it) => {
                self.set("who", it.name.as_str());
                self.set("what", it.aliases.join("; "));
                self.set("how", it.actor_kind.as_str());
                self.set_some("where", it.state.as_ref());
            }
            RecordRef::Statement(it) => {
                self.set("what", it.content_text.as_str());
                self.set("how", join([optional(&it.act), it.mode.as_str().to_owned()]));
                self.time(it.time.as_ref());
                self.set("factuality", if it.negated { "denied" } else { "" });
            }
            RecordRef::Event(it) => {
                self.set(
                    "what",
                    join([type_of(it.code).to_owned(), optional(&it.mode), it.context.join("; ")]),
                );
                let (by, happening) = (it.reported_by.as_ref(), it.happening.as_ref());
                self.happened((it.time.as_ref(), it.place.as_ref()), it.factuality, by, happening);
            }
            RecordRef::Meeting(it) => {
                self.set("what", join([it.topics.join("; "), optional(&it.occasion)]));
                self.set("how", it.format.map(MeetingFormat::as_str).unwrap_or_default());
                self.set("minutes", it.minutes.and_then(Bounds::in_words).unwrap_or_default());
                let (by, happening) = (it.reported_by.as_ref(), it.happening.as_ref());
                self.happened((it.time.as_ref(), it.place.as_ref()), it.factuality, by, happening);
            }
            RecordRef::Incident(it) => {
                self.set("what", join([type_of(it.code).to_owned(), optional(&it.mode)]));
                self.set("killed", it.killed.and_then(Bounds::in_words).unwrap_or_default());
                self.set("injured", it.injured.and_then(Bounds::in_words).unwrap_or_default());
                self.set_some("means", it.means.as_ref());
                let (by, happening) = (it.reported_by.as_ref(), it.happening.as_ref());
                self.happened((it.time.as_ref(), it.place.as_ref()), it.factuality, by, happening);
            }
            RecordRef::Condition(it) => {
                self.set("what", format!("if: {}; then: {}", it.premise.text, it.consequence.text));
                self.set("how", it.tone.as_str());
                self.set_some("reported_by", it.statement.as_ref());
            }
            RecordRef::Commitment(it) => {
                self.set("what", it.evidence.text.as_str());
                if let Some(deadline) = &it.deadline {
                    self.set("when", join([deadline.text.clone(), optional(&deadline.due)]));
                }
                self.set_some("reported_by", it.statement.as_ref());
            }
            RecordRef::Agreement(it) => {
                self.set("text", it.evidence.first().map(|it| it.text.clone()).unwrap_or_default());
                self.set("what", it.name.as_str());
                self.set("how", it.status.last().map(|step| step.status.as_str()).unwrap_or_default());
            }
            RecordRef::Position(it) => {
                self.set("what", it.issue.as_str());
                self.set("how", it.stance.as_str());
                self.set_some("when", it.since.as_ref());
            }
            RecordRef::Quote(it) => {
                self.set("text", it.best.as_str());
                self.set("what", it.members.join("; "));
            }
            RecordRef::Happening(it) => {
                self.set("text", it.title.as_str());
                self.set("what", type_of(it.code));
                self.time(it.time.as_ref());
                self.set_some("where", it.place.as_ref());
            }
            RecordRef::Correction(it) => {
                self.set("text", it.change.target().map(|target| target.text.clone()).unwrap_or_default());
                self.set("what", change_in_words(&it.change));
            }
            RecordRef::Story(it) => {
                self.set("text", it.title.as_str());
                self.set("what", it.keywords.join("; "));
                let days: Vec<&str> = [&it.from, &it.to].into_iter().flatten().map(String::as_str).collect();
                self.set("when", days.join("/"));
            }
        }
    }
}

/// Returns the PLOVER type as the export writes it; empty for none.
fn type_of(code: Option<PloverCode>) -> &'static str {
    code.map_or("", PloverCode::as_str)
}

fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
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
    use readout_record::{Event, Incident, Meeting};

    use super::*;

    fn cells(record: &Record) -> impl Fn(&str) -> String + use<> {
        let cells: Vec<String> = Cells::of(record.as_ref(), None, &Names::default()).in_order().collect();
        move |name| cells[COLUMNS.iter().position(|it| *it == name).unwrap()].clone()
    }

    #[test]
    fn every_side_has_its_column() {
        let host = vec!["person:b".into()];
        let meeting = Record::Meeting(Meeting {
            recipient: host,
            minutes: Some(Bounds::at_least(30)),
            ..Meeting::default()
        });
        let cell = cells(&meeting);
        assert_eq!((cell("to"), cell("minutes")), ("b".to_owned(), "at least 30".to_owned()));
        let incident = Incident {
            claimed_by: vec!["group:c".into()],
            blamed_on: vec!["state:D".into()],
            denied_by: vec!["state:E".into()],
            ..Incident::default()
        };
        let cell = cells(&Record::Incident(incident));
        assert_eq!(["claimed_by", "blamed_on", "denied_by"].map(cell), ["c", "D", "E"]);
    }

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
            let cell = cells(&Record::Event(Event { time, ..Event::default() }));
            ["when", "from", "until", "grain"].map(cell)
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
