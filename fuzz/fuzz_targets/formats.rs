//! Any file of any format: read to its end within limits, with documents or troubles, and every dropped passage within
//! its document.
//!
//! The first byte picks the format by the ending of the file's name; with an ending in `READOUT_FUZZ_ENDING`, all bytes are the file.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use readout_sources::{Captured, FORMATS, Options, read_bytes};

static ONE: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("READOUT_FUZZ_ENDING").ok());

fuzz_target!(|input: &[u8]| {
    let endings: Vec<&str> = FORMATS.iter().filter_map(|format| format.endings.first()).copied().collect();
    let (ending, bytes) = match (&*ONE, input.split_first()) {
        (Some(ending), _) => (ending.as_str(), input),
        (None, Some((first, rest))) => (endings[usize::from(*first) % endings.len()], rest),
        (None, None) => return,
    };
    let options = Options { max_file_bytes: 1 << 20, max_text_bytes: 1 << 18, ..Options::default() };
    for captured in read_bytes(&format!("report.{ending}"), bytes, &options) {
        if let Captured::Document(document) = captured {
            assert_eq!(document.text_sha256, readout_record::ids::sha256(document.text.as_bytes()));
            let length = document.text.chars().count();
            assert!(length > 0);
            assert!(document.dropped.iter().all(|passage| passage.at as usize <= length));
        }
    }
});
