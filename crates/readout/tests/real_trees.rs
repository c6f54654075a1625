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

use readout::record::{Confidence, RecordId, wire};
use readout::syntax::{StoredTree, Syntax};
use readout::views::Contents;
use readout::{Corpus, ExportFormat, Parser, ReadOptions, Readers};

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
fn export(parser: &impl Parser, threads: usize, turn: u64, at_once: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    lines(contents(&folder.path().join("t.readout"), parser, threads, turn, at_once))
}

fn lines(contents: Contents) -> String {
    let mut out = Vec::new();
    let knowledge = readout::knowledge::Knowledge::default();
    readout::export(
        contents,
        &readout::views::Picked::default(),
        &knowledge,
        ExportFormat::JsonLines,
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

fn contents(path: &Path, parser: &impl Parser, threads: usize, turn: u64, at_once: bool) -> Contents {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    shuffle(&mut files, turn);
    let mut corpus = Corpus::create(path).unwrap();
    let options = ReadOptions { threads: NonZeroUsize::new(threads).unwrap(), ..ReadOptions::default() };
    let batch = if at_once { files.len() } else { 1 };
    for files in files.chunks(batch) {
        let reading = corpus.read(files, parser, &options, &mut |_| {}).unwrap();
        assert_eq!((reading.unread, reading.notes), (0, Vec::new()));
        corpus.link().unwrap();
    }
    assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
    corpus.contents().unwrap()
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

/// Stored trees, but none of texts with an odd number of bytes.
struct EvenTrees(Trees);

impl Parser for EvenTrees {
    fn worker(&self) -> Box<dyn FnMut(&str) -> Syntax + '_> {
        let mut parse = self.0.worker();
        Box::new(move |text| match text.len().is_multiple_of(2) {
            true => parse(text),
            false => Syntax::from_rows(text, Vec::new()),
        })
    }
}

#[test]
fn a_second_reader_marks_what_both_found_and_changes_nothing_else() {
    let one = export(&Trees::new(), 1, 0, true);
    assert!(!one.contains(r#""confidence""#));

    let alike = export(&Readers { first: Trees::new(), second: Some(Trees::new()) }, 2, 1, false);
    assert!(!alike.contains(r#""confidence":"single""#));
    assert_eq!(alike.replace(r#""confidence":"agreed","#, ""), one);

    let readers = Readers { first: Trees::new(), second: Some(EvenTrees(Trees::new())) };
    let folder = tempfile::tempdir().unwrap();
    let mut contents = contents(&folder.path().join("t.readout"), &readers, 2, 1, true);
    let even: BTreeMap<&str, bool> =
        contents.documents.iter().map(|it| (it.id.as_str(), it.text.len().is_multiple_of(2))).collect();
    let mut single: BTreeSet<RecordId> = BTreeSet::new();
    let mut agreed = 0;
    for record in contents.records.iter().flat_map(|it| it.passages()) {
        let evidence = record.evidence().unwrap();
        let wanted = if even[evidence.doc.as_str()] { Confidence::Agreed } else { Confidence::Single };
        assert_eq!(evidence.confidence, Some(wanted), "{}", evidence.id);
        match wanted {
            Confidence::Agreed => agreed += 1,
            Confidence::Single => _ = single.insert(evidence.id.clone()),
        }
    }
    assert!(agreed > 50 && single.len() > 50, "{agreed} agreed, {} single", single.len());

    contents.keep_agreed();
    let kept = lines(contents);
    let mut left = 0;
    for line in kept.lines() {
        let record = wire::from_line(line).unwrap();
        left += usize::from(record.evidence().is_some());
        assert!(!single.contains(record.id()), "{line}");
        record.as_ref().each_reference(&mut |id| assert!(!single.contains(id), "{id} in {line}"));
    }
    assert_eq!(left, agreed);
}
