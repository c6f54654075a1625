//! Any text with any tags, labels and arcs, which no model would give: annotations and records are made, every span slices,
//! and every verb can be explained.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use readout_annotate::annotate;
use readout_extract::{explain, extract};
use readout_knowledge::Knowledge;
use readout_record::Document;
use readout_syntax::{Dep, EntityLabel, Pos, Row, Syntax, Tag};
use readout_text::{ByteSpan, CharSpan, Offsets};

static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();

fuzz_target!(|input: (&str, Vec<[u8; 5]>, bool)| {
    let (text, marks, dated) = input;
    let mut rows = Vec::new();
    let mut start = 0;
    for (number, part) in text.split_inclusive(|letter: char| !letter.is_alphanumeric()).enumerate() {
        let end = start + part.len();
        let span = ByteSpan::new(start as u32, end as u32);
        start = end;
        let word = part.trim();
        let span = if word.is_empty() { span } else { span.trim(text) };
        let [tag, pos, dep, head, entity] =
            if marks.is_empty() { [1; 5] } else { marks[number % marks.len()] };
        let pick = |labels: usize, value: u8| usize::from(value) % labels;
        rows.push((word.to_lowercase(), Row {
            span,
            tag: Tag::ALL[pick(Tag::ALL.len(), tag)],
            pos: Pos::ALL[pick(Pos::ALL.len(), pos)],
            lemma: "",
            head: (number as u32).saturating_add(u32::from(head)).saturating_sub(128),
            dep: Dep::ALL[pick(Dep::ALL.len(), dep)],
            sentence_start: tag == 0,
            entity: (entity > 99)
                .then(|| (entity % 2 == 0, EntityLabel::ALL[pick(EntityLabel::ALL.len(), entity)])),
        }));
    }
    let syntax = Syntax::from_rows(text, rows.iter().map(|(lemma, row)| Row { lemma, ..row.clone() }));
    let document = Document {
        id: "doc:0".into(),
        text: text.to_owned(),
        published: dated.then(|| "2014-05-12".to_owned()),
        ..Document::default()
    };
    let knowledge = KNOWLEDGE.get_or_init(Knowledge::shipped);
    let annotations = annotate(&document, syntax, knowledge);
    let records = extract(&document, &annotations, knowledge);
    let offsets = Offsets::new(text);
    let slice = |span: CharSpan| offsets.to_bytes(span).expect("a span of the text").slice(text);
    for mention in &records.mentions {
        assert_eq!(slice(mention.span), mention.text);
    }
    for explanation in explain(&document, &annotations, knowledge, &records.statements) {
        slice(explanation.word);
        slice(explanation.clause);
    }
    let evidence = (records.statements.iter().map(|it| &it.evidence))
        .chain(records.events.iter().map(|it| &it.evidence))
        .chain(records.meetings.iter().map(|it| &it.evidence))
        .chain(records.incidents.iter().map(|it| &it.evidence))
        .chain(records.conditions.iter().map(|it| &it.evidence))
        .chain(records.commitments.iter().map(|it| &it.evidence));
    for it in evidence {
        let parts: Vec<&str> = it.spans.iter().map(|span| slice(*span)).collect();
        assert_eq!(parts.join(" … "), it.text);
    }
});
