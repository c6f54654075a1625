//! WebAnno TSV 3.3, the way into INCEpTION: a file for each report, with tokens, mentions and records. Positions count
//! UTF-16 units.

use std::fmt::Write as _;

use readout_text::{ByteSpan, CharSpan, Offsets, paragraphs};

use super::{NamedFile, file_name};
use crate::Tally;
use crate::source::Source;
use crate::units::{Positions, Unit};

/// The layers: named entities are built in; records want a span layer with these two features in the project.
const HEAD: &str = "#FORMAT=WebAnno TSV 3.3\n\
                    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
                    #T_SP=webanno.custom.Record|kind|record\n";

/// An annotation of one layer.
struct Layered {
    /// In code points.
    span: CharSpan,
    features: [String; 2],
}

/// Returns a file for each report with records.
pub fn write_webanno(source: &Source<'_>) -> (Vec<NamedFile>, Tally) {
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for id in source.documents_with_records() {
        let Some(document) = source.document(id) else { continue };
        let mut records = Vec::new();
        for record in source.records_of(id) {
            let Some(evidence) = record.evidence() else { continue };
            tally.add(
                "spans written as annotations of their own: the form has one span to an annotation",
                evidence.spans.len().saturating_sub(1),
            );
            records.extend(evidence.spans.iter().map(|span| Layered {
                span: *span,
                features: [record.kind().to_string(), evidence.id.to_string()],
            }));
        }
        if records.is_empty() && !source.picked.has(id) {
            continue;
        }
        let mentions = source.all_of(id).map(|it| it.mentions.as_slice()).unwrap_or_default();
        let named = mentions.iter().filter(|it| it.named).map(|it| Layered {
            span: it.span,
            features: [it.actor.to_string(), it.actor_kind.as_str().to_owned()],
        });
        let layers = [named.collect(), records];
        files.push(NamedFile { name: file_name(id, "tsv"), content: page(&document.text, &layers) });
    }
    (files, tally)
}

fn page(text: &str, layers: &[Vec<Layered>; 2]) -> String {
    let positions = Positions::new(text);
    let offsets = Offsets::new(text);
    let mut page = HEAD.to_owned();
    for (sentence, span) in (1..).zip(paragraphs(text)) {
        let _ = write!(page, "\n\n#Text={}\n", escaped(span.slice(text)));
        for (number, token) in (1..).zip(tokens(text, span)) {
            let chars = offsets.to_chars(token);
            let (start, end) = positions.span(chars, Unit::Utf16);
            let _ = write!(page, "{sentence}-{number}\t{start}-{end}\t{}\t", escaped(token.slice(text)));
            for layer in layers {
                let here: Vec<(usize, &Layered)> =
                    (1..).zip(layer).filter(|(_, it)| it.span.overlaps(chars)).collect();
                for feature in 0..2 {
                    let values: Vec<String> = here
                        .iter()
                        .map(|(at, it)| format!("{}[{at}]", escaped(&it.features[feature])))
                        .collect();
                    let _ = write!(
                        page,
                        "{}\t",
                        if values.is_empty() { "_".to_owned() } else { values.join("|") }
                    );
                }
            }
            page.push('\n');
        }
    }
    page
}

/// Returns the tokens of a paragraph: runs of letters and digits, and every other sign that is no white space.
fn tokens(text: &str, within: ByteSpan) -> Vec<ByteSpan> {
    let mut found: Vec<ByteSpan> = Vec::new();
    let mut word = false;
    for (at, letter) in within.slice(text).char_indices() {
        let start = within.start + at as u32;
        let end = start + letter.len_utf8() as u32;
        let in_word = letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '\u{301}');
        match found.last_mut() {
            Some(last) if word && in_word => last.end = end,
            _ if letter.is_whitespace() => {}
            _ => found.push(ByteSpan::new(start, end)),
        }
        word = in_word;
    }
    found
}

/// Returns words with the signs that have a meaning in the form after a backslash.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => escaped.extend(['\\', letter]),
            '\n' | '\r' | '\t' => escaped.push(' '),
            _ if letter == '>' => escaped.push_str("\\>"),
            it => escaped.push(it),
        }
    }
    escaped
}
