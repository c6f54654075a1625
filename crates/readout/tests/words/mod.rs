//! A parser that knows words only, and what the tests that use it share.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use readout::syntax::{Dep, Pos, Row, Syntax, Tag};
use readout::text::ByteSpan;
use readout::{Corpus, ExportFormat, Parser, ReadOptions, Reading};

/// Every word a token, every line a sentence.
pub(crate) struct Words;

impl Parser for Words {
    fn worker(&self) -> Box<dyn FnMut(&str) -> Syntax + '_> {
        Box::new(|text| {
            let mut rows = Vec::new();
            let mut start = true;
            let mut head = 0;
            for (at, word) in
                text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
            {
                let line_starts = text[..at].trim_end_matches(' ').ends_with('\n');
                start |= line_starts;
                if start {
                    head = rows.len() as u32;
                }
                rows.push(Row {
                    span: ByteSpan::new(at as u32, (at + word.len()) as u32),
                    tag: Tag::None,
                    pos: Pos::None,
                    lemma: word,
                    head,
                    dep: Dep::None,
                    sentence_start: start,
                    entity: None,
                });
                start = false;
            }
            Syntax::from_rows(text, rows)
        })
    }
}

pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports")
}

pub(crate) fn read(corpus: &mut Corpus, paths: &[PathBuf], threads: usize) -> Reading {
    let options = ReadOptions { threads: NonZeroUsize::new(threads).unwrap(), ..ReadOptions::default() };
    corpus.read(paths, &Words, &options, &mut |_| {}).unwrap()
}

pub(crate) fn export(corpus: &Corpus, format: ExportFormat) -> String {
    let mut out = Vec::new();
    corpus.export(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
