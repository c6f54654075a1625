//! Hostile model files: a clear error or a model that works, never a panic and no memory beyond their size.

#[path = "model_files/tiny.rs"]
mod tiny;

use std::collections::BTreeMap;

use readout_syntax::{LanguageModel, LanguageModelError};
use tiny::Sizes;

fn load(files: &BTreeMap<&'static str, Vec<u8>>) -> Result<LanguageModel, LanguageModelError> {
    LanguageModel::from_files(&|name| files.get(name).map(Vec::as_slice))
}

/// Loads the files and, if they make a model, has it parse something.
fn try_out(files: &BTreeMap<&'static str, Vec<u8>>) -> Result<u32, LanguageModelError> {
    let model = load(files)?;
    let text = "“The U.S. ministers (two) met,” he said.\n\nThey left 2-1.";
    let syntax = model.worker().parse(text);
    let mut end = 0;
    for token in syntax.tokens() {
        assert!(token.span.start >= end && token.span.end > token.span.start);
        end = token.span.end;
    }
    Ok(syntax.len())
}

#[test]
fn a_tiny_model_is_one() {
    let files = tiny::files(Sizes::default());
    assert_eq!(try_out(&files).unwrap(), 21);
    assert!(LanguageModel::FILES.iter().all(|name| files.contains_key(name)));
}

#[test]
fn what_workers_share_changes_no_tree() {
    let files = tiny::files(Sizes::default());
    let text = "“The U.S. ministers (two) met,” he said.\n\nThey left 2-1.";
    let alone = load(&files).unwrap().worker().parse(text);
    let model = load(&files).unwrap();
    let (mut one, mut other) = (model.worker(), model.worker());
    // More words than are kept: what is kept is replaced while the other worker still has it.
    for first in (0..60_000).step_by(15_000) {
        let words: String = (first..first + 15_000).map(|number| format!("w{number} ")).collect();
        assert_eq!(one.parse(&words).len(), 15_000);
        for worker in [&mut one, &mut other, &mut model.worker()] {
            assert_eq!(worker.parse(text), alone, "after {first} words");
        }
    }
}

#[test]
fn a_missing_or_broken_file_is_named() {
    for name in LanguageModel::FILES {
        let mut files = tiny::files(Sizes::default());
        files.remove(name);
        let told = load(&files).unwrap_err().to_string();
        assert!(told.contains(name), "{name}: {told}");
        for broken in [&b""[..], b"\xff", b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff\x01", &[0x91; 4096]]
        {
            files.insert(name, broken.to_vec());
            if let Err(error) = load(&files) {
                let told = error.to_string();
                // What is wrong with the configuration is told in its own words.
                let folder = name.split_once('/').map_or(name, |(folder, _)| folder);
                assert!(told.contains(folder) || name == "config.cfg", "{name}: {told}");
            }
        }
    }
}

#[test]
fn sizes_that_do_not_fit_are_refused() {
    let fits = Sizes::default();
    for wrong in [
        Sizes { width: 0, ..fits },
        Sizes { width: 8, ..fits },
        Sizes { reduced: 0, ..fits },
        Sizes { hidden: 0, ..fits },
        Sizes { hidden: 8, ..fits },
        Sizes { tags: 0, ..fits },
    ] {
        let told = load(&tiny::files(wrong)).unwrap_err().to_string();
        assert!(told.contains("not supported"), "{told}");
    }
}

/// Every file cut at every length, and with every byte changed: what loads must also work.
#[test]
fn any_byte_may_be_wrong() {
    let whole = tiny::files(Sizes::default());
    for name in LanguageModel::FILES {
        let bytes = &whole[name];
        // Weights are many and alike; what surrounds them is at the start of each array.
        let step = (bytes.len() / 100).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let mut files = whole.clone();
            files.insert(name, bytes[..at].to_vec());
            let _ = try_out(&files);
            for value in [0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x10] {
                let mut changed = bytes.clone();
                changed[at] = value;
                files.insert(name, changed);
                let _ = try_out(&files);
            }
        }
    }
}

#[test]
fn an_expression_that_is_not_anchored_cuts_no_letter_in_two() {
    let mut files = tiny::files(Sizes::default());
    // `^[“` and so on become ` [“`: found anywhere in a word.
    let tokenizer = files.get_mut("tokenizer").unwrap();
    let at = tokenizer.windows(2).position(|pair| pair == b"^[").unwrap();
    tokenizer[at] = b'.';
    let model = load(&files).unwrap();
    assert!(!model.worker().parse("éèàü“é (ß) ”").is_empty());
}
