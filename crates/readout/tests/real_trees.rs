//! Invariant 1 on real trees: the samples give the same bytes in any order, with any number of threads, read at once or
//! one by one.
//!
//! `data/samples.jsonl` has the language model's trees of the samples, which all of attribution, who is who and events
//! work on, so that the test needs no model. Where a sample changes, its tree is made anew: `readout export` has the
//! texts, and `cargo xtask eval syntax --in TEXTS.jsonl --out TREES.jsonl` parses them.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use readout::syntax::{StoredTree, Syntax};
use readout::{Corpus, ExportFormat, Parser, ReadOptions};

/// Stored trees by their text.
struct Trees(BTreeMap<String, Syntax>);

impl Trees {
    fn new() -> Self {
        let trees = include_str!("data/samples.jsonl").lines().map(|line| {
            let syntax = StoredTree::read(line).unwrap().syntax;
            (syntax.text().to_owned(), syntax)
        });
        Self(trees.collect())
    }
}

impl Parser for Trees {
    fn worker(&self) -> Box<dyn FnMut(&str) -> Syntax + '_> {
        Box::new(|text| match self.0.get(text) {
            Some(syntax) => syntax.clone(),
            None => panic!("no tree is stored of the sample {:?} …", text.lines().next()),
        })
    }
}

/// Puts `files` into an order of its own for each `turn`.
fn shuffle(files: &mut [PathBuf], turn: u64) {
    let mut state = turn;
    for last in (1..files.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        files.swap(last, (state >> 33) as usize % (last + 1));
    }
}

/// Returns the export of the samples, read by `threads` in an order of its own for each `turn`; at once, or one by one.
fn export(trees: &Trees, threads: usize, turn: u64, at_once: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    shuffle(&mut files, turn);
    let mut corpus = Corpus::create(&folder.path().join("t.readout")).unwrap();
    let options = ReadOptions { threads: NonZeroUsize::new(threads).unwrap(), ..ReadOptions::default() };
    let batch = if at_once { files.len() } else { 1 };
    for files in files.chunks(batch) {
        let reading = corpus.read(files, trees, &options, &mut |_| {}).unwrap();
        assert_eq!((reading.unread, reading.notes), (0, Vec::new()));
        corpus.link().unwrap();
    }
    assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
    let mut out = Vec::new();
    corpus.export(ExportFormat::JsonLines, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn real_trees_give_the_same_bytes_in_any_order_and_number_of_threads() {
    let trees = Trees::new();
    let first = export(&trees, 1, 0, true);
    let kinds: BTreeSet<&str> =
        first.lines().map(|line| line.split('"').nth(3).unwrap_or_default()).collect();
    for kind in ["statement", "event", "quote", "happening", "agreement", "position", "story"] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
    for (turn, threads) in (1..).zip([1, 2, 4]) {
        for at_once in [true, false] {
            let other = export(&trees, threads, turn, at_once);
            assert!(other == first, "order {turn}, {threads} threads, at once: {at_once}");
        }
    }
}
