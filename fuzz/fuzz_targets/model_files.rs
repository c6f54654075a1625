//! The files of a tiny model with any bytes changed, or one of them replaced: refused, or a model that works.

#![no_main]

#[path = "../../crates/syntax/tests/model_files/tiny.rs"]
mod tiny;

use libfuzzer_sys::fuzz_target;
use readout_syntax::LanguageModel;

fuzz_target!(|input: (u8, bool, Vec<(u16, u8)>, &[u8])| {
    let (number, replace, changes, bytes) = input;
    let mut files = tiny::files(tiny::Sizes::default());
    let name = LanguageModel::FILES[usize::from(number) % LanguageModel::FILES.len()];
    if let Some(file) = files.get_mut(name) {
        if replace {
            *file = bytes.to_vec();
        }
        for (at, value) in changes {
            let length = file.len().max(1);
            if let Some(byte) = file.get_mut(usize::from(at) % length) {
                *byte = value;
            }
        }
    }
    if let Ok(model) = LanguageModel::from_files(&|name| files.get(name).map(Vec::as_slice)) {
        let syntax = model.worker().parse("“The U.S. ministers (two) met,” he said.\n\nThey left é 2-1.");
        let mut end = 0;
        for token in syntax.tokens() {
            assert!(token.span.start >= end && token.span.end > token.span.start);
            end = token.span.end;
        }
    }
});
