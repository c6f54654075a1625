//! Any text with any tags, and any date: time expressions and quotation marks lie in the text, in order, and an interval
//! ends after it starts.

#![no_main]

use libfuzzer_sys::fuzz_target;
use readout_annotate::{quotations, times};
use readout_syntax::{Dep, EntityLabel, Pos, Row, Syntax, Tag};
use readout_text::ByteSpan;

fuzz_target!(|input: (&str, u32, Vec<[u8; 5]>)| {
    let (text, day, marks) = input;
    let mut rows = Vec::new();
    let mut start = 0;
    for (number, word) in text.split_inclusive(|letter: char| !letter.is_alphanumeric()).enumerate() {
        let end = start + word.len();
        let [tag, pos, dep, head, entity] =
            if marks.is_empty() { [0; 5] } else { marks[number % marks.len()] };
        let pick = |labels: usize, value: u8| usize::from(value) % labels;
        rows.push(Row {
            span: ByteSpan::new(start as u32, end as u32),
            tag: Tag::ALL[pick(Tag::ALL.len(), tag)],
            pos: Pos::ALL[pick(Pos::ALL.len(), pos)],
            lemma: word.trim(),
            head: (number as u32).saturating_add(u32::from(head)).saturating_sub(128),
            dep: Dep::ALL[pick(Dep::ALL.len(), dep)],
            sentence_start: tag == 0,
            entity: (entity > 99)
                .then(|| (entity % 2 == 0, EntityLabel::ALL[pick(EntityLabel::ALL.len(), entity)])),
        });
        start = end;
    }
    let syntax = Syntax::from_rows(text, rows);
    let published = format!("{:04}-{:02}-{:02}", day % 10_000, day / 10_000 % 13, day / 130_000 % 32);
    let mut end = 0;
    for published in [None, Some(published.as_str())] {
        for time in times::find(&syntax, published) {
            assert_eq!(time.span.slice(text), time.time.text);
            if let (Some(from), Some(to)) = (&time.time.from, &time.time.to) {
                assert!(from < to, "{from} {to} {}", time.time.text);
            }
        }
    }
    for quotation in quotations::find(text) {
        assert!(quotation.span.start >= end && quotation.inner.start >= quotation.span.start);
        assert!(quotation.inner.end <= quotation.span.end && quotation.span.end as usize <= text.len());
        assert!(!quotation.span.slice(text).is_empty());
        end = quotation.span.start;
    }
});
