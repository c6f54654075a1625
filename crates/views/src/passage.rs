//! One record in its passage: what `show` shows.

use readout_record::{Commitment, Condition, Document, Record, Statement};
use readout_text::{ByteSpan, CharSpan, Offsets, paragraphs};
use serde::Serialize;

/// The paragraphs around a record, with its spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// The paragraphs that the record touches.
    pub paragraphs: Vec<PassageParagraph>,
}

/// A paragraph of the passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PassageParagraph {
    /// The paragraph's number in the report, from 1.
    pub number: usize,
    /// The paragraph's words.
    pub text: String,
    /// The spans that are parts of the record, in order, an inner one after the outer one.
    pub highlights: Vec<Highlight>,
}

/// Part of a record in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// The span in the paragraph, in code points.
    pub span: CharSpan,
    /// The part of the record.
    pub part: PartOfRecord,
}

/// A part of a record that a span can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOfRecord {
    /// The passage of a record that has no finer parts.
    Evidence,
    /// The words of a statement.
    Content,
    /// The words of saying.
    Cue,
    /// The words for who said it.
    Source,
    /// The premise of a condition.
    Premise,
    /// The consequence of a condition.
    Consequence,
    /// The act of a commitment.
    Action,
}

impl PartOfRecord {
    /// Returns the part's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "passage",
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Premise => "if",
            Self::Consequence => "then",
            Self::Action => "action",
        }
    }
}

/// Returns the spans of `record` with their parts. Empty for documents and links.
pub fn parts(record: &Record) -> Vec<(PartOfRecord, CharSpan)> {
    let Some(evidence) = record.evidence() else { return Vec::new() };
    let mut found: Vec<(PartOfRecord, CharSpan)> = Vec::new();
    match record {
        Record::Statement(Statement { source, cue, content, .. }) => {
            found.extend(content.iter().map(|&span| (PartOfRecord::Content, span)));
            found.extend(cue.map(|span| (PartOfRecord::Cue, span)));
            found.extend(source.map(|span| (PartOfRecord::Source, span)));
        }
        Record::Condition(Condition { premise, consequence, .. }) => {
            found.push((PartOfRecord::Premise, premise.span));
            found.push((PartOfRecord::Consequence, consequence.span));
        }
        Record::Commitment(Commitment { action, .. }) => found.push((PartOfRecord::Action, *action)),
        _ => {}
    }
    found.retain(|(_, span)| span.start < span.end);
    if found.is_empty() {
        found.extend(evidence.spans.iter().map(|&span| (PartOfRecord::Evidence, span)));
    }
    found
}

/// Returns the paragraphs of `document` that contain spans of `record`.
pub fn passage(record: &Record, document: &Document) -> Passage {
    let parts = parts(record);
    let mut touched: Vec<CharSpan> = parts.iter().map(|(_, span)| *span).collect();
    touched.extend(record.evidence().into_iter().flat_map(|it| it.spans.iter().copied()));
    let offsets = Offsets::new(&document.text);
    let mut found = Vec::new();
    for (number, bytes) in paragraphs(&document.text).into_iter().enumerate() {
        let bytes: ByteSpan = bytes;
        let chars = offsets.to_chars(bytes);
        if !touched.iter().any(|span| span.overlaps(chars)) {
            continue;
        }
        let mut highlights: Vec<Highlight> = parts
            .iter()
            .filter(|(_, span)| span.overlaps(chars))
            .map(|&(part, span)| Highlight {
                span: CharSpan::new(
                    span.start.max(chars.start) - chars.start,
                    span.end.min(chars.end) - chars.start,
                ),
                part,
            })
            .collect();
        highlights.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end), it.part));
        found.push(PassageParagraph {
            number: number + 1,
            text: bytes.slice(&document.text).to_owned(),
            highlights,
        });
    }
    Passage { paragraphs: found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_record::Evidence;

    #[test]
    fn a_statement_is_seen_in_its_paragraph() {
        let text = "Headline.\n\n“We will talk,” she said.\n\nThe end.";
        let offsets = Offsets::new(text);
        let span = |words: &str| {
            let start = text.find(words).unwrap() as u32;
            ByteSpan::new(start, start + words.len() as u32)
        };
        let whole = span("“We will talk,” she said");
        let record = Record::Statement(Statement {
            evidence: Evidence::new(&"doc:1".into(), "statement", "", text, &offsets, &[whole]),
            content: vec![offsets.to_chars(span("“We will talk,”"))],
            cue: Some(offsets.to_chars(span("said"))),
            source: Some(offsets.to_chars(span("she"))),
            ..Statement::default()
        });
        let document = Document { text: text.to_owned(), ..Document::default() };
        let passage = passage(&record, &document);
        assert_eq!(passage.paragraphs.len(), 1);
        let paragraph = &passage.paragraphs[0];
        assert_eq!((paragraph.number, paragraph.text.as_str()), (2, "“We will talk,” she said."));
        let found: Vec<(&str, CharSpan)> =
            paragraph.highlights.iter().map(|it| (it.part.name(), it.span)).collect();
        let expected = [("content", (0, 15)), ("source", (16, 19)), ("cue", (20, 24))];
        assert_eq!(found, expected.map(|(part, (start, end))| (part, CharSpan::new(start, end))));
    }
}
