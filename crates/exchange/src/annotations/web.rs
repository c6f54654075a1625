//! W3C Web Annotation (JSON-LD): each record as an annotation with a position and a quotation of every span.

use std::io::Write;

use readout_record::Document;
use readout_text::CharSpan;
use readout_views::{line, parts};
use serde_json::{Value, json};

use crate::source::Source;
use crate::units::{Positions, Unit};
use crate::{Result, Tally};

/// The letters of a quotation's surroundings on each side, as other tools write them.
const AROUND: u32 = 32;
/// The letters of a record in one line.
const LETTERS: usize = 400;

/// Writes the records of `source` that rest on a passage as one annotation page. Positions count code points of the
/// report's text, whose hash each target tells.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_web_annotations(source: &Source<'_>, out: &mut dyn Write) -> Result<Tally> {
    let mut tally = Tally::default();
    let linked =
        source.contents.agreements.len() + source.contents.positions.len() + source.contents.quotes.len();
    tally.add("agreements, positions and quotes left out: they rest on the records that are written", linked);
    write!(
        out,
        "{{\n\"@context\": [\"http://www.w3.org/ns/anno.jsonld\", {{\"readout\": \"urn:readout:\"}}],\n\"type\": \
         \"AnnotationPage\",\n\"id\": \"urn:readout:annotations\",\n\"items\": ["
    )?;
    let mut first = true;
    for id in source.documents_with_records() {
        let Some(document) = source.document(id) else { continue };
        let positions = Positions::new(&document.text);
        for record in source.records_of(id) {
            let Some(evidence) = record.evidence() else { continue };
            let target: Vec<Value> =
                evidence.spans.iter().map(|span| target(document, &positions, *span)).collect();
            let parts: Vec<Value> = parts(&record.to_record())
                .into_iter()
                .map(|(part, span)| json!({ "part": part, "start": span.start, "end": span.end }))
                .collect();
            let annotation = json!({
                "id": format!("urn:readout:{}", evidence.id),
                "type": "Annotation",
                "motivation": "identifying",
                "generator": { "type": "Software", "name": "Readout" },
                "body": [
                    { "type": "TextualBody", "purpose": "tagging", "value": record.kind() },
                    {
                        "type": "TextualBody", "purpose": "describing", "format": "text/plain",
                        "value": line(record, &source.names, LETTERS),
                    },
                ],
                "target": target,
                "readout:parts": parts,
                "readout:record": record,
            });
            out.write_all(if first { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &annotation)?;
            first = false;
        }
    }
    out.write_all(b"\n]\n}\n")?;
    Ok(tally)
}

fn target(document: &Document, positions: &Positions<'_>, span: CharSpan) -> Value {
    let (start, end) = positions.span(span, Unit::CodePoints);
    let around = |from: u32, to: u32| positions.words(CharSpan::new(from, to));
    let address = document.url.clone().unwrap_or_else(|| format!("urn:readout:{}", document.id));
    json!({
        "source": address,
        "readout:document": document.id,
        "readout:sha256": document.text_sha256,
        "selector": [
            { "type": "TextPositionSelector", "start": start, "end": end },
            {
                "type": "TextQuoteSelector",
                "exact": positions.words(span),
                "prefix": around(start.saturating_sub(AROUND), start),
                "suffix": around(end, end.saturating_add(AROUND).min(positions.length())),
            },
        ],
    })
}
