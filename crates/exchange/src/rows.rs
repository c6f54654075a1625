//! Records as rows of one Arrow schema, for engines that move batches: one row a record, whatever its kind.
//!
//! The columns are `kind`, `id`, `doc` (the report that the record rests on), `number` (its place among that report's rows)
//! and `record` (the line of the export). A report itself is the row of kind `document` with the number 0; the places where
//! it names actors are one row of kind [`MENTIONS`]; what could not be read is a row of kind [`NOTE`].

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use readout_record::{Document, DocumentId, DocumentRecords, Note, Record, wire};

use crate::incoming::{Integers, Words};
use crate::{ExchangeError, Result};

/// The kind of the row with all mentions of a report, as a JSON array.
pub const MENTIONS: &str = "mentions";
/// The kind of a row about something that could not be read.
pub const NOTE: &str = "note";

/// Returns the schema of rows of records.
pub fn record_schema() -> SchemaRef {
    let text = |name: &str, meaning: &str, nullable: bool| {
        let metadata = BTreeMap::from([("meaning".to_owned(), meaning.to_owned())]);
        Field::new(name, DataType::Utf8, nullable).with_metadata(metadata)
    };
    let number = BTreeMap::from([(
        "meaning".to_owned(),
        "The place among the rows of the report; 0 for the report itself".to_owned(),
    )]);
    Arc::new(Schema::new(vec![
        text("kind", "The kind of record, as in the export; mentions; note", false),
        text("id", "The permanent id of the record", false),
        text("doc", "The id of the report that the record rests on; null for what reports share", true),
        Field::new("number", DataType::Int32, true).with_metadata(number),
        text("record", "The record as a line of the export", false),
    ]))
}

/// Rows of records in the making.
#[derive(Debug, Default)]
pub struct RecordRows {
    kind: StringBuilder,
    id: StringBuilder,
    doc: StringBuilder,
    number: Int32Builder,
    record: StringBuilder,
}

impl RecordRows {
    /// Adds a report with its records.
    ///
    /// # Errors
    /// When a number of a record is not finite.
    pub fn push_report(&mut self, document: &Document, records: &DocumentRecords) -> Result<()> {
        let doc = document.id.as_str();
        self.push("document", doc, Some((doc, 0)), &wire::to_line(&Record::Document(document.clone()))?);
        self.push(MENTIONS, doc, Some((doc, 1)), &serde_json::to_string(&records.mentions)?);
        for (number, record) in (2..).zip(records.iter()) {
            let line = serde_json::to_string(&record)?;
            self.push(record.kind().as_str(), record.id(), Some((doc, number)), &line);
        }
        Ok(())
    }

    /// Adds a record as it leaves the program.
    ///
    /// # Errors
    /// When a number of the record is not finite.
    pub fn push_record(&mut self, record: &Record) -> Result<()> {
        self.push(record.kind().as_str(), record.id(), None, &wire::to_line(record)?);
        Ok(())
    }

    /// Adds a note on something that could not be read.
    ///
    /// # Errors
    /// None that is known.
    pub fn push_note(&mut self, note: &Note) -> Result<()> {
        self.push(NOTE, &note.about, None, &serde_json::to_string(note)?);
        Ok(())
    }

    fn push(&mut self, kind: &str, id: &str, place: Option<(&str, i32)>, record: &str) {
        self.kind.append_value(kind);
        self.id.append_value(id);
        self.doc.append_option(place.map(|(doc, _)| doc));
        self.number.append_option(place.map(|(_, number)| number));
        self.record.append_value(record);
    }

    /// Returns the rows as one batch.
    ///
    /// # Errors
    /// When Arrow refuses the columns.
    pub fn finish(mut self) -> Result<RecordBatch> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.doc.finish()),
            Arc::new(self.number.finish()),
            Arc::new(self.record.finish()),
        ];
        RecordBatch::try_new(record_schema(), columns).map_err(crate::columnar::refused)
    }
}

/// Reports with their records, put together from rows that come in any order.
#[derive(Debug, Default)]
pub struct Reports(BTreeMap<DocumentId, BTreeMap<i32, Part>>);

#[derive(Debug)]
enum Part {
    Record(Box<Record>),
    Mentions(Vec<readout_record::Mention>),
}

impl Reports {
    /// Adds the rows of `batch`. A row that came before is ignored, and so are notes.
    ///
    /// # Errors
    /// When a column is missing or of another type, a row is no record, or it has no `doc` or `number`.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<()> {
        let [kinds, docs, records] = ["kind", "doc", "record"].map(|name| Words::of(batch, name));
        let (kinds, docs, records, numbers) = (kinds?, docs?, records?, Integers::of(batch, "number")?);
        for row in 0..batch.num_rows() {
            let kind = kinds.get(row).unwrap_or_default();
            if kind == NOTE {
                continue;
            }
            let (Some(doc), Some(number), Some(record)) = (docs.get(row), numbers.get(row), records.get(row))
            else {
                return Err(ExchangeError::Row {
                    row,
                    reason: format!("a {kind} without doc, number or record cannot be linked"),
                });
            };
            let broken = |error: serde_json::Error| ExchangeError::Row { row, reason: error.to_string() };
            let part = if kind == MENTIONS {
                Part::Mentions(serde_json::from_str(record).map_err(broken)?)
            } else {
                Part::Record(Box::new(wire::from_line(record).map_err(broken)?))
            };
            self.0.entry(doc.into()).or_default().entry(number).or_insert(part);
        }
        Ok(())
    }

    /// Returns the reports, in the order of their ids, each with its records in the order of their numbers.
    ///
    /// # Errors
    /// When the row of a report is missing.
    pub fn finish(self) -> Result<Vec<(Document, DocumentRecords)>> {
        let mut reports = Vec::with_capacity(self.0.len());
        for (doc, parts) in self.0 {
            let mut document = None;
            let mut records = DocumentRecords::default();
            for part in parts.into_values() {
                match part {
                    Part::Mentions(mentions) => records.mentions = mentions,
                    Part::Record(record) => match *record {
                        Record::Document(it) => document = Some(it),
                        record => {
                            records.push(record);
                        }
                    },
                }
            }
            let document = document.ok_or_else(|| ExchangeError::Row {
                row: 0,
                reason: format!("the rows of {doc} lack the one of kind document"),
            })?;
            reports.push((document, records));
        }
        Ok(reports)
    }
}
