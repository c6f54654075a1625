//! Any text: tokens come in order and lose nothing, heads and sentences are within the text.

#![no_main]

#[path = "../../crates/syntax/tests/model_files/tiny.rs"]
mod tiny;

use std::cell::RefCell;
use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use readout_syntax::{LanguageModel, Worker};

fn worker() -> Worker {
    let files: BTreeMap<&str, Vec<u8>> = match std::env::var_os("READOUT_FUZZ_MODEL") {
        None => tiny::files(tiny::Sizes::default()),
        Some(folder) => {
            let read = |name| std::fs::read(std::path::Path::new(&folder).join(name)).expect("a model's folder");
            LanguageModel::FILES.into_iter().map(|name| (name, read(name))).collect()
        }
    };
    LanguageModel::from_files(&|name| files.get(name).map(Vec::as_slice)).expect("a model").worker()
}

thread_local! {
    static WORKER: RefCell<Worker> = RefCell::new(worker());
}

fuzz_target!(|text: &str| {
    WORKER.with_borrow_mut(|worker| {
        for syntax in [worker.parse(text), worker.parse_plain(text)] {
            let mut end = 0;
            for token in syntax.tokens() {
                let gap = &text[end as usize..token.span.start as usize];
                assert!(gap.is_empty() || gap == " ");
                assert!(token.span.end > token.span.start && token.head < syntax.len());
                assert!(token.left_edge <= token.right_edge && token.right_edge < syntax.len());
                assert!(text.is_char_boundary(token.span.end as usize));
                end = token.span.end;
            }
            let rest = &text[end as usize..];
            assert!(rest.is_empty() || rest == " ");
            assert_eq!(syntax.sentences().last().map_or(0, |sentence| sentence.end), syntax.len());
        }
    });
});
