//! Stances as statements with person, organization, concept and agreement.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use readout_record::calendar::day_number;
use readout_record::{ActorId, ActorKind, Document, Position, RecordRef, Stance};
use rusqlite::{Connection, Transaction, params};

use super::read::OUR_CODER;
use crate::source::Source;
use crate::units::{Positions, Unit};
use crate::{ExchangeError, Result, Tally};

const SCHEMA: &str = include_str!("dna.sql");

/// The most letters of a title or an entity.
const LETTERS: usize = 190;
/// The digest of the password `readout`, as DNA makes it (Jasypt: SHA-256, 100,000 rounds, a salt of 16 bytes).
const PASSWORD: &str = "mkbT/z45zVuqFfLj8g/F2mMmNTCZJtxUHOW/3sKlliRVCuAq9q106yr3asb1lNQW";
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Writes the positions of `source` that are for or against an issue, one statement for each record that shows one. The
/// coders `Admin` and `Readout` have the password `readout`; the long text `record` has the permanent ids.
///
/// # Errors
/// When `out` cannot be written, or SQLite refuses what it is given.
pub fn write_dna(source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("out.dna");
    let mut file = Connection::open(&path)?;
    let transaction = file.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    for (id, name, red) in [(1, "Admin", 255), (2, OUR_CODER, 51)] {
        transaction.execute(
            "INSERT INTO CODERS(ID, Name, Red, Password) VALUES (?, ?, ?, ?)",
            params![id, name, red, PASSWORD],
        )?;
    }
    transaction.execute_batch("INSERT INTO CODERRELATIONS(Coder, OtherCoder) VALUES (1, 2), (2, 1)")?;
    let mut coded = Coded { source, file: &transaction, entities: BTreeMap::new(), tally: Tally::default() };
    coded.write()?;
    let tally = coded.tally;
    transaction.commit()?;
    file.close().map_err(|(_, error)| error)?;
    out.write_all(&fs::read(&path)?)?;
    Ok(tally)
}

/// A statement on its way out.
struct Coding<'c> {
    position: &'c Position,
    record: RecordRef<'c>,
    /// In UTF-16 units.
    start: u32,
    stop: u32,
}

struct Coded<'s, 'c> {
    source: &'s Source<'c>,
    file: &'s Transaction<'s>,
    /// The number of each entity by its variable and value.
    entities: BTreeMap<(i64, String), i64>,
    tally: Tally,
}

impl<'c> Coded<'_, 'c> {
    fn write(&mut self) -> Result<()> {
        for variable in 1..=3 {
            self.entity(variable, "", "", "")?;
        }
        let mut by_report: BTreeMap<&str, Vec<(&'c Position, RecordRef<'c>)>> = BTreeMap::new();
        for it in self.source.contents.positions.iter().filter(|it| self.source.picked.has(&it.id)) {
            if !matches!(it.stance, Stance::For | Stance::Against) {
                self.tally.add("stances left out: on a condition, or unclear", 1);
                continue;
            }
            let records = it.evidence.iter().filter_map(|id| self.source.record(id));
            for record in records {
                let Some(evidence) = record.evidence() else { continue };
                by_report.entry(evidence.doc.as_str()).or_default().push((it, record));
            }
        }
        let documents: Vec<&'c Document> = self.source.documents().collect();
        for (number, document) in (1..).zip(documents) {
            self.document(number, document)?;
            let positions = Positions::new(&document.text);
            let mut codings: Vec<Coding<'c>> = Vec::new();
            for (position, record) in by_report.remove(document.id.as_str()).unwrap_or_default() {
                let spans = record.evidence().map(|it| it.spans.as_slice()).unwrap_or_default();
                let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
                self.tally.add(
                    "statements of several spans, written as the span around them",
                    usize::from(spans.len() > 1),
                );
                codings.push(Coding {
                    position,
                    record,
                    start: positions.from_code_points(first.start, Unit::Utf16),
                    stop: positions.from_code_points(last.end, Unit::Utf16),
                });
            }
            codings.sort_by(|a, b| (a.start, a.stop, &a.position.id).cmp(&(b.start, b.stop, &b.position.id)));
            for coding in codings.iter().filter(|it| it.start < it.stop) {
                self.statement(number, coding)?;
            }
        }
        let left: usize = by_report.values().map(Vec::len).sum();
        self.tally.add("statements left out, since their report is not picked", left);
        Ok(())
    }

    fn document(&mut self, number: i64, it: &Document) -> Result<()> {
        let date = it.published.as_deref().and_then(seconds);
        self.tally.add("reports without a day, written with 1 January 1970", usize::from(date.is_none()));
        let title = it.title.as_deref().unwrap_or(&it.id);
        let row = params![
            number,
            self.cut(title),
            it.text,
            self.cut(&it.authors.join("; ")),
            self.cut(it.outlet.as_deref().unwrap_or_default()),
            it.id.as_str(),
            date.unwrap_or(0)
        ];
        self.file.execute(
            "INSERT INTO DOCUMENTS(ID, Title, Text, Coder, Author, Source, Notes, Date) VALUES (?, ?, ?, 2, ?, ?, ?, ?)",
            row,
        )?;
        Ok(())
    }

    fn statement(&mut self, document: i64, coding: &Coding<'_>) -> Result<()> {
        let position = coding.position;
        let (person, organization) = self.speaker(&position.actor)?;
        let concept = self.entity(3, &position.issue, "", "")?;
        self.file.execute(
            "INSERT INTO STATEMENTS(StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (1, ?, ?, ?, 2)",
            params![document, coding.start, coding.stop],
        )?;
        let id = self.file.last_insert_rowid();
        for (variable, entity) in [(1, person), (2, organization), (3, concept)] {
            self.file.execute(
                "INSERT INTO DATASHORTTEXT(StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                params![id, variable, entity],
            )?;
        }
        let agreement = i64::from(position.stance == Stance::For);
        self.file.execute(
            "INSERT INTO DATABOOLEAN(StatementId, VariableId, Value) VALUES (?, 4, ?)",
            params![id, agreement],
        )?;
        self.file.execute(
            "INSERT INTO DATALONGTEXT(StatementId, VariableId, Value) VALUES (?, 5, ?)",
            params![id, format!("{} {}", position.id, coding.record.id())],
        )?;
        Ok(())
    }

    /// Returns the entities for who has the stance: a person with the state that the person is of, or a body alone.
    fn speaker(&mut self, id: &ActorId) -> Result<(i64, i64)> {
        let name = self.source.names.of(id).to_owned();
        let kind = self.source.names.kind(id).unwrap_or_default();
        if kind != ActorKind::Person {
            return Ok((self.entity(1, "", "", "")?, self.entity(2, &name, kind.as_str(), id)?));
        }
        let actors = &self.source.contents.actors;
        let state =
            actors.iter().find(|it| it.id == *id).and_then(|it| it.state.as_deref()).map(ActorId::state);
        let body = match state {
            Some(state) => {
                let name = self.source.names.of(&state).to_owned();
                self.entity(2, &name, ActorKind::State.as_str(), &state)?
            }
            None => self.entity(2, "", "", "")?,
        };
        Ok((self.entity(1, &name, kind.as_str(), id)?, body))
    }

    /// Returns the number of the entity `value` of a variable, and makes it first if there is none.
    fn entity(&mut self, variable: i64, value: &str, kind: &str, notes: &str) -> Result<i64> {
        let value = self.cut(value);
        if let Some(number) = self.entities.get(&(variable, value.clone())) {
            return Ok(*number);
        }
        self.file.execute(
            "INSERT INTO ENTITIES(VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)",
            params![variable, value],
        )?;
        let number = self.file.last_insert_rowid();
        for (attribute, written) in [(variable, kind), (variable + 3, ""), (variable + 6, notes)] {
            self.file.execute(
                "INSERT INTO ATTRIBUTEVALUES(EntityId, AttributeVariableId, AttributeValue) VALUES (?, ?, ?)",
                params![number, attribute, written],
            )?;
        }
        self.entities.insert((variable, value), number);
        Ok(number)
    }

    /// Returns as much of `words` as a short text holds.
    fn cut(&mut self, words: &str) -> String {
        let cut: String = words.chars().take(LETTERS).collect();
        self.tally.add("titles and names cut to 190 letters", usize::from(cut.len() < words.len()));
        cut
    }
}

/// Returns the seconds since 1970 of an ISO 8601 date or date-time, in the report's own zone.
fn seconds(published: &str) -> Option<i64> {
    let part = |from: usize, to: usize| published.get(from..to).and_then(|it| it.parse::<i64>().ok());
    let time = part(11, 13).unwrap_or(0) * 3600 + part(14, 16).unwrap_or(0) * 60;
    Some(i64::from(day_number(published)?) * DAY + time)
}

impl From<rusqlite::Error> for ExchangeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Form { form: "DNA", reason: error.to_string() }
    }
}
