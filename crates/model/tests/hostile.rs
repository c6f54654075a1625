//! Texts that nobody writes: nothing panics, and the time grows no faster than the text.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "these tests are about time, and tell it"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use readout_syntax::{Syntax, Worker};

/// A plain surname in the place of every tenth token, and of one past the end: all paragraphs are read once more.
fn stand_ins(syntax: &Syntax) -> BTreeMap<u32, String> {
    (0..=syntax.len()).step_by(10).chain([u32::MAX]).map(|at| (at, "Obama".to_owned())).collect()
}

/// Parses `text` and checks what must hold of any result.
fn check(worker: &mut Worker, what: &str, text: &str) -> Duration {
    let start = Instant::now();
    let syntax = worker.parse_with(text, &stand_ins);
    let time = start.elapsed();
    println!("{what}: {} bytes, {} tokens, {time:?}", text.len(), syntax.len());
    check_syntax(&syntax, text);
    time
}

fn check_syntax(syntax: &Syntax, text: &str) {
    assert_eq!(syntax.text(), text);
    let mut end = 0;
    for token in syntax.tokens() {
        assert!(token.span.start >= end && token.span.end > token.span.start);
        assert!(
            text.get(end as usize..token.span.start as usize).is_some_and(|gap| gap.is_empty() || gap == " ")
        );
        assert!(text.is_char_boundary(token.span.end as usize));
        assert!(token.head < syntax.len());
        end = token.span.end;
    }
    assert!(text[end as usize..].is_empty() || &text[end as usize..] == " ");
    assert_eq!(syntax.sentences().first().map_or(0, |sentence| sentence.start), 0);
    assert_eq!(syntax.sentences().last().map_or(0, |sentence| sentence.end), syntax.len());
}

/// `size` says how many repetitions each text has.
fn all_texts(size: usize, mut each: impl FnMut(&str, &str)) {
    let repeated = [
        ("straight quotes", "\""),
        ("curly quotes", "“”"),
        ("apostrophes", "'"),
        ("combining marks", "e\u{301}\u{302}"),
        ("combining marks alone", "\u{301}"),
        ("emoji", "👩‍👩‍👧"),
        ("right to left", "\u{202e}שלום العربية "),
        ("zero bytes", "\0"),
        ("zero bytes and words", "a\0b "),
        ("letters", "x"),
        ("dots", "."),
        ("dots and letters", ".x.."),
        ("hyphens", "a-"),
        ("colons", "a:"),
        ("at signs", "a:b@"),
        ("addresses", "a.b."),
        ("slashes", "http://a/"),
        ("brackets", "(["),
        ("digits", "1"),
        ("numbers", "1,"),
        ("blanks", " "),
        ("line breaks", "\r\n"),
        ("one word a line", "Rome\n"),
        ("conjunctions", "and "),
        ("names", "Anna Kovacs, "),
        ("abbreviations", "a.m.p.m."),
        ("file separators", "\u{1c}x"),
    ];
    for (what, unit) in repeated {
        each(what, &unit.repeat(size));
    }
    each("nothing", "");
    let scalar = |n: usize| char::from_u32((n * 7919 % 0x11_0000) as u32).unwrap_or(' ');
    each("all sorts of characters", &(0..size).map(scalar).collect::<String>());
    each("different words", &(0..size).map(|n| format!("{:x} ", n * 7919)).collect::<String>());
}

#[test]
fn nothing_panics() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    for size in [1, 2, 3, 70, 1000] {
        all_texts(size, |what, text| {
            let time = check(&mut worker, what, text);
            assert!(time < Duration::from_secs(60), "{what}");
        });
    }
}

/// Figures for hostile texts of full size: `cargo test --release -p readout-model -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn large_texts_take_their_time() {
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    all_texts(100_000, |what, text| {
        check(&mut worker, what, text);
    });
    let line = "The minister said on Tuesday that talks would go on. ".repeat(100_000);
    check(&mut worker, "a line of 5 MB", &line);
    check(&mut worker, "a word of 5 MB", &"x".repeat(5_000_000));
}
