//! The export form: JSON Lines, one record a line, sorted by kind and id.

use std::io::{self, Write};

use crate::Record;

/// Returns one record as one line of JSON, without the line break. Fields are in the order of their definition.
///
/// # Errors
/// When a number of the record is not finite.
pub fn to_line(record: &Record) -> serde_json::Result<String> {
    serde_json::to_string(record)
}

/// Reads the record from a line that [`to_line`] wrote.
///
/// # Errors
/// When `line` is not JSON, or not of the form of its kind.
pub fn from_line(line: &str) -> serde_json::Result<Record> {
    serde_json::from_str(line)
}

/// Writes `records` in the order of the export, whatever order they come in.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(records: &mut [Record], out: &mut impl Write) -> io::Result<()> {
    records.sort_by(|a, b| a.kind().cmp(&b.kind()).then_with(|| a.id().cmp(b.id())));
    for record in records {
        writeln!(out, "{}", to_line(record)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Condition, Evidence, Statement};
    use readout_text::{ByteSpan, CharSpan, Offsets};

    #[test]
    fn a_record_survives_the_wire() {
        let text = "“We will talk,” she said.";
        let offsets = Offsets::new(text);
        let evidence =
            Evidence::new(&"doc:1".into(), "statement", "", text, &offsets, &[ByteSpan::new(0, 29)]);
        let statement = Record::Statement(Statement {
            evidence: evidence.by_rule("quote.inverted", 0.9),
            speaker: vec!["person:jane-doe".into()],
            content: vec![CharSpan::new(0, 15)],
            ..Statement::default()
        });
        let line = to_line(&statement).unwrap();
        assert!(line.starts_with(r#"{"kind":"statement","id":"statement:"#), "{line}");
        assert!(line.contains(r#""spans":[[0,25]],"text":"“We will talk,” she said.""#), "{line}");
        assert_eq!(from_line(&line).unwrap(), statement);
    }

    #[test]
    fn kinds_come_in_their_order_then_by_id() {
        let condition = |id: &str| {
            Record::Condition(Condition {
                evidence: Evidence { id: id.into(), ..Evidence::default() },
                ..Condition::default()
            })
        };
        let statement = Record::Statement(Statement::default());
        let mut records = vec![condition("condition:b"), condition("condition:a"), statement];
        let mut out = Vec::new();
        write(&mut records, &mut out).unwrap();
        let ids: Vec<&str> = records.iter().map(Record::id).collect();
        assert_eq!(ids, ["", "condition:a", "condition:b"]);
        assert_eq!(String::from_utf8(out).unwrap().lines().count(), 3);
    }
}
