//! What the model says of an own-written sample, against what spaCy 3.8 said of it with the same weights.
//!
//! `plain.jsonl` is spaCy by itself, `paragraphs.jsonl` spaCy with sentence starts preset after line breaks; how such
//! files are made is told in `docs/spacy-agreement.md`.

#![expect(clippy::unwrap_used, reason = "a broken sample fails the test")]

use readout_syntax::{StoredTree, Syntax};
use serde_json::Value;

fn compare(stored: &str, mut parse: impl FnMut(&str) -> Syntax) {
    let mut tokens = 0;
    for line in stored.lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        let syntax = parse(document["text"].as_str().unwrap());
        let found: Value = serde_json::from_str(&StoredTree { id: String::new(), syntax }.line()).unwrap();
        let found = found["tokens"].as_array().unwrap();
        let expected = document["tokens"].as_array().unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found, expected, "in {}", document["id"]);
        }
        assert_eq!(found.len(), expected.len(), "in {}", document["id"]);
        tokens += found.len();
    }
    assert_eq!(tokens, 964);
}

#[test]
fn nothing_differs_from_spacy() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    compare(include_str!("data/plain.jsonl"), |text| worker.parse_plain(text));
    // Once more, with all caches warm.
    compare(include_str!("data/plain.jsonl"), |text| worker.parse_plain(text));
}

#[test]
fn nothing_differs_from_spacy_with_paragraphs() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    compare(include_str!("data/paragraphs.jsonl"), |text| worker.parse(text));
}
