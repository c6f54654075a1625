//! brat standoff: a text file and an annotation file for each report. Positions count code points.

use std::fmt::Write as _;

use readout_record::RecordRef;
use readout_text::CharSpan;
use readout_views::{line, parts};

use super::{NamedFile, file_name};
use crate::Tally;
use crate::act::Act;
use crate::source::Source;
use crate::units::Positions;

/// The letters of a record in one line.
const LETTERS: usize = 400;

/// Returns two files for each report with records: `.txt` with its text, and `.ann` with the mentions of actors, the
/// records and their parts.
pub fn write_brat(source: &Source<'_>) -> (Vec<NamedFile>, Tally) {
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for id in source.documents_with_records() {
        let Some(document) = source.document(id) else { continue };
        let records: Vec<RecordRef<'_>> = source.records_of(id).collect();
        if records.is_empty() && !source.picked.has(id) {
            continue;
        }
        let mut writer =
            Standoff { positions: Positions::new(&document.text), text: String::new(), number: 0, notes: 0 };
        for mention in source.all_of(id).map(|it| it.mentions.as_slice()).unwrap_or_default() {
            if let Some(number) = writer.entity(mention.actor_kind.as_str(), &[mention.span]) {
                writer.note(number, &mention.actor);
            }
        }
        for record in records {
            writer.record(record, source, &mut tally);
        }
        files.push(NamedFile { name: file_name(id, "txt"), content: document.text.clone() });
        files.push(NamedFile { name: file_name(id, "ann"), content: writer.text });
    }
    (files, tally)
}

struct Standoff<'t> {
    positions: Positions<'t>,
    text: String,
    number: usize,
    notes: usize,
}

impl Standoff<'_> {
    fn record(&mut self, record: RecordRef<'_>, source: &Source<'_>, tally: &mut Tally) {
        let Some(evidence) = record.evidence() else { return };
        let Some(whole) = self.entity(record.kind().as_str(), &evidence.spans) else {
            tally.add("records left out, since their spans hold no letters", 1);
            return;
        };
        self.note(whole, &format!("{} {}", evidence.id, line(record, &source.names, LETTERS)));
        let mut attribute = |name: &str, value: &str| {
            self.notes += 1;
            let _ = writeln!(self.text, "A{}\t{name} T{whole} {value}", self.notes);
        };
        if let Some(act) = Act::of(record) {
            attribute("Factuality", act.factuality().as_str());
            if !act.code().is_empty() {
                attribute("Code", act.code());
            }
        }
        if let RecordRef::Statement(it) = record {
            attribute("Mode", it.mode.as_str());
        }
        for (part, span) in parts(&record.to_record()) {
            if evidence.spans.contains(&span) && part.name() == "passage" {
                continue;
            }
            if let Some(number) = self.entity(part.name(), &[span]) {
                self.notes += 1;
                let _ =
                    writeln!(self.text, "R{}\thas-{} Arg1:T{whole} Arg2:T{number}", self.notes, part.name());
            }
        }
    }

    /// Writes a text-bound annotation. A span that reaches over a line break becomes several, as brat wants it.
    fn entity(&mut self, label: &str, spans: &[CharSpan]) -> Option<usize> {
        let mut pieces: Vec<(u32, u32, &str)> = Vec::new();
        for span in spans {
            let mut start = span.start;
            for piece in self.positions.words(*span).split('\n') {
                let length = piece.chars().count() as u32;
                if !piece.trim().is_empty() {
                    pieces.push((start, start + length, piece));
                }
                start += length + 1;
            }
        }
        if pieces.is_empty() {
            return None;
        }
        self.number += 1;
        let at: Vec<String> = pieces.iter().map(|(start, end, _)| format!("{start} {end}")).collect();
        let words: Vec<&str> = pieces.iter().map(|(_, _, words)| *words).collect();
        let _ = writeln!(self.text, "T{}\t{label} {}\t{}", self.number, at.join(";"), words.join(" "));
        Some(self.number)
    }

    fn note(&mut self, number: usize, words: &str) {
        self.notes += 1;
        let words = words.replace(['\t', '\n', '\r'], " ");
        let _ = writeln!(self.text, "#{}\tAnnotatorNotes T{number}\t{words}", self.notes);
    }
}
