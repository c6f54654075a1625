//! A whole report with every record in its place.

use std::collections::BTreeSet;

use readout_record::{Document, DocumentRecords, Dropped, Kind, RecordId, RecordRef};
use readout_text::{CharSpan, Offsets, paragraphs};
use serde::Serialize;

use crate::cite::{paragraph_at, paragraph_ends};
use crate::passage::{PartOfRecord, parts};

/// The greatest number of records that a piece of text names, the innermost: more could not be distinguished.
const DEEPEST: usize = 6;

/// A report's text in pieces, each with the records that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Marked {
    /// The paragraphs in order.
    pub paragraphs: Vec<MarkedParagraph>,
    /// The records in the order of the text; pieces name them by their place here.
    pub records: Vec<MarkedRecord>,
}

/// A record in its report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkedRecord {
    /// The record.
    pub id: RecordId,
    /// The record's kind.
    pub kind: Kind,
    /// The number, from 1, of the paragraph in which the record begins.
    pub paragraph: usize,
}

/// A paragraph of a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MarkedParagraph {
    /// The paragraph's number in the report, from 1.
    pub number: usize,
    /// The paragraph's text from the first to the last letter.
    pub pieces: Vec<Piece>,
    /// The records that begin here, by their place in [`Marked::records`].
    pub begins: Vec<usize>,
    /// The passages that were taken out of the report before this paragraph.
    pub dropped: Vec<Dropped>,
}

/// A piece of text that belongs to the same records from end to end.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// The records, the outer before the inner, by their place in [`Marked::records`].
    pub records: Vec<usize>,
    /// The part of the chosen record that the piece belongs to; `None` if it belongs to none.
    pub part: Option<PartOfRecord>,
}

/// Cuts the text of `document` into pieces by its `records`.
///
/// Pieces in the record `chosen`, or in the spans `also_chosen` of something that has no record here, name their part.
pub fn marked(
    document: &Document,
    records: &DocumentRecords,
    chosen: Option<&str>,
    also_chosen: &[CharSpan],
) -> Marked {
    let offsets = Offsets::new(&document.text);
    let spans = paragraphs(&document.text);
    let ends = paragraph_ends(&document.text, &offsets);

    let mut all: Vec<RecordRef<'_>> = records.passages().collect();
    all.retain(|it| it.evidence().is_some_and(|it| !it.spans.is_empty()));
    let first =
        |it: &RecordRef<'_>| it.evidence().and_then(|it| it.spans.first().copied()).unwrap_or_default();
    // The outer before the inner.
    all.sort_by_cached_key(|it| {
        (first(it).start, std::cmp::Reverse(first(it).end), it.kind(), it.id().to_owned())
    });

    let mut found = Marked::default();
    let mut edges: Vec<(u32, bool, usize)> = Vec::new();
    let mut cuts: BTreeSet<u32> = BTreeSet::new();
    let mut part_spans: Vec<(PartOfRecord, CharSpan)> =
        also_chosen.iter().map(|&span| (PartOfRecord::Evidence, span)).collect();
    for (number, record) in all.iter().enumerate() {
        let Some(evidence) = record.evidence() else { continue };
        for span in evidence.spans.iter().filter(|span| span.start < span.end) {
            edges.push((span.start, true, number));
            edges.push((span.end, false, number));
            cuts.extend([span.start, span.end]);
        }
        if chosen == Some(record.id()) {
            part_spans.extend(parts(&record.to_record()));
        }
        found.records.push(MarkedRecord {
            id: record.id().into(),
            kind: record.kind(),
            paragraph: paragraph_at(&ends, first(record).start),
        });
    }
    cuts.extend(part_spans.iter().flat_map(|(_, span)| [span.start, span.end]));
    // Of the parts the smallest counts.
    part_spans.sort_by_key(|(_, span)| span.end.saturating_sub(span.start));
    // What ends comes before what starts at the same place.
    edges.sort_unstable();

    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut edges = edges.into_iter().peekable();
    let mut cuts = cuts.into_iter().peekable();
    let mut begins = found.records.iter().enumerate().map(|(at, it)| (it.paragraph, at)).peekable();
    let mut dropped = document.dropped.iter().peekable();
    for (number, span) in spans.into_iter().enumerate() {
        let chars = offsets.to_chars(span);
        let mut paragraph = MarkedParagraph { number: number + 1, ..MarkedParagraph::default() };
        while let Some(it) = dropped.next_if(|it| it.at <= chars.start) {
            paragraph.dropped.push(it.clone());
        }
        while let Some((_, at)) = begins.next_if(|(paragraph, _)| *paragraph <= number + 1) {
            paragraph.begins.push(at);
        }
        let mut start = chars.start;
        while start < chars.end {
            while cuts.next_if(|cut| *cut <= start).is_some() {}
            let end = cuts.peek().copied().unwrap_or(u32::MAX).min(chars.end);
            while let Some((_, opens, record)) = edges.next_if(|(at, _, _)| *at <= start) {
                if opens {
                    open.insert(record);
                } else {
                    open.remove(&record);
                }
            }
            let bytes = offsets.to_bytes(CharSpan::new(start, end)).unwrap_or_default();
            let mut inner: Vec<usize> = open.iter().rev().take(DEEPEST).copied().collect();
            inner.reverse();
            let part = part_spans.iter().find(|(_, span)| span.start <= start && end <= span.end);
            paragraph.pieces.push(Piece {
                text: bytes.slice(&document.text).to_owned(),
                records: inner,
                part: part.map(|(part, _)| *part),
            });
            start = end;
        }
        found.paragraphs.push(paragraph);
    }
    if let Some(last) = found.paragraphs.last_mut() {
        last.dropped.extend(dropped.cloned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_record::{Event, Evidence, Statement};
    use readout_text::ByteSpan;

    const TEXT: &str = "Ünited.\n\n“They met in Rome,” she said.\n\nThe end.";

    fn evidence(kind: &str, passage: &str) -> Evidence {
        let start = TEXT.find(passage).unwrap() as u32;
        let span = ByteSpan::new(start, start + passage.len() as u32);
        Evidence::new(&"doc:1".into(), kind, "", TEXT, &Offsets::new(TEXT), &[span])
    }

    #[test]
    fn pieces_make_up_the_text_and_know_their_records() {
        let statement = Statement {
            evidence: evidence("statement", "“They met in Rome,” she said"),
            source: Some(evidence("x", "she").spans[0]),
            ..Statement::default()
        };
        let event = Event { evidence: evidence("event", "They met in Rome"), ..Event::default() };
        let id = statement.evidence.id.clone();
        let records = DocumentRecords {
            statements: vec![statement],
            events: vec![event],
            ..DocumentRecords::default()
        };
        let document = Document { text: TEXT.to_owned(), ..Document::default() };
        let found = marked(&document, &records, Some(&id), &[]);
        assert_eq!(
            found.records.iter().map(|it| it.kind).collect::<Vec<_>>(),
            [Kind::Statement, Kind::Event]
        );
        let second = &found.paragraphs[1];
        assert_eq!(second.begins, [0, 1]);
        let pieces: Vec<(&str, &[usize])> =
            second.pieces.iter().map(|it| (it.text.as_str(), it.records.as_slice())).collect();
        let expected: [(&str, &[usize]); 6] = [
            ("“", &[0]),
            ("They met in Rome", &[0, 1]),
            (",” ", &[0]),
            ("she", &[0]),
            (" said", &[0]),
            (".", &[]),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(second.pieces[3].part, Some(PartOfRecord::Source));
        for (paragraph, text) in found.paragraphs.iter().zip(TEXT.split("\n\n")) {
            assert_eq!(paragraph.pieces.iter().map(|it| it.text.as_str()).collect::<String>(), text);
        }
    }

    #[test]
    fn many_records_on_one_passage_cost_no_more_than_their_number() {
        let event = |part: usize| {
            let mut evidence = evidence("event", "They met in Rome");
            evidence.id = format!("event:{part:05}").into();
            Event { evidence, ..Event::default() }
        };
        let records =
            DocumentRecords { events: (0..20_000).map(event).collect(), ..DocumentRecords::default() };
        let document = Document { text: TEXT.to_owned(), ..Document::default() };
        let found = marked(&document, &records, None, &[CharSpan::new(0, 3), CharSpan::new(900, 7)]);
        assert!(found.paragraphs.iter().flat_map(|it| &it.pieces).all(|it| it.records.len() <= DEEPEST));
        assert_eq!(found.paragraphs[0].pieces[0].part, Some(PartOfRecord::Evidence));
    }
}
