//! From paragraphs to the body of a document and what was dropped from it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use readout_lexicon::{ShippedTable, shipped_table};
use readout_record::{Document, Dropped, PassageTime};

use crate::block::Block;
use crate::fault::Fault;
use crate::options::Options;
use crate::{cards, front, junk};

/// Returns an error if a report of `bytes` bytes is longer than `options` allow.
pub(crate) fn check_length(bytes: usize, options: &Options) -> Result<(), Fault> {
    if bytes > options.max_text_bytes { Err(too_long(options)) } else { Ok(()) }
}

/// Returns the fault of a report that is too long, with advice.
pub(crate) fn too_long(options: &Options) -> Fault {
    let limit = options.max_text_bytes >> 20;
    Fault::too_large(format!(
        "holds more than {limit} MB of text, the limit for one report (if it holds several, give each a file or a row)"
    ))
}

/// Drops what is no part of the story, lifts out headline, by-line and dateline, and joins the rest.
///
/// `document` contains what is already known of the report. Its gaps are filled, and nothing in it is changed.
pub(crate) fn finish(mut blocks: Vec<Block>, mut document: Document, mend: &mut dyn FnMut(&str)) -> Document {
    junk::drop_junk(&mut blocks);
    junk::drop_links(&mut blocks);
    front::lift(&mut blocks, &mut document, mend);
    junk::drop_repeats(&mut blocks);
    junk::drop_loose_end(&mut blocks);
    cards::drop_cards(&mut blocks);
    junk::drop_within(&mut blocks);
    join(blocks, &mut document);
    if document.language.is_none() {
        document.language = language(&document.text);
    }
    document
}

/// Returns the language of a text as an ISO 639-1 code, or `None` if the language is not certain.
fn language(text: &str) -> Option<String> {
    let start = &text[..text.floor_char_boundary(4000)];
    let found = whatlang::detect(start).filter(whatlang::Info::is_reliable)?;
    ISO_639_1.get(found.lang().code()).map(|code| (*code).to_owned())
}

static LANGUAGES: ShippedTable =
    shipped_table!("data/sources/languages.tsv", ["iso639-3", "iso639-1"], [], ["iso639-3"]);

/// ISO 639-1 codes of the languages that can be recognised, by their ISO 639-3 codes.
static ISO_639_1: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| LANGUAGES.rows().map(|row| (row.get("iso639-3"), row.get("iso639-1"))).collect());

fn join(blocks: Vec<Block>, document: &mut Document) {
    let mut text = String::new();
    let mut chars = 0;
    let mut dropped = Vec::new();
    let mut times: Vec<PassageTime> = Vec::new();
    for block in blocks {
        let start = if text.is_empty() || block.text.is_empty() { chars } else { chars + 2 };
        dropped.extend(block.before.into_iter().map(|(text, reason)| Dropped { text, reason, at: start }));
        if !block.text.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            if let Some(time) = block.time.filter(|time| times.last().is_none_or(|last| last.time != *time)) {
                times.push(PassageTime { at: start, time });
            }
            for (at, text, reason) in block.within {
                let at = start + block.text.get(..at).unwrap_or(&block.text).chars().count() as u32;
                dropped.push(Dropped { text, reason, at });
            }
            chars = start + block.text.chars().count() as u32;
            text.push_str(&block.text);
        }
        dropped.extend(block.after.into_iter().map(|(text, reason)| Dropped { text, reason, at: chars }));
    }
    document.text = text;
    document.dropped = dropped;
    document.set_passage_times(&times);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_is_detected_has_its_code() {
        assert_eq!(LANGUAGES.check(), Ok(()));
        let lacking: Vec<&str> = whatlang::Lang::all()
            .iter()
            .map(|language| language.code())
            .filter(|code| !ISO_639_1.contains_key(code))
            .collect();
        assert!(lacking.is_empty(), "{lacking:?}");
    }
}
