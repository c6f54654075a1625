//! Any bytes in a file of any format: read or refused, no text lost its hash, and the reports of a file are the same twice.

#![no_main]

use libfuzzer_sys::fuzz_target;
use readout::sources::{Captured, FORMATS, Options, read};

fuzz_target!(|input: (u8, &[u8])| {
    let (pick, bytes) = input;
    let endings: Vec<&str> = FORMATS.iter().flat_map(|format| format.endings).copied().collect();
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join(format!("file.{}", endings[usize::from(pick) % endings.len()]));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let read = || -> Vec<Captured> { read(std::slice::from_ref(&path), &Options::default()).collect() };
    let first = read();
    for captured in &first {
        if let Captured::Document(document) = captured {
            assert!(!document.text.is_empty());
            assert_eq!(document.text_sha256, readout_record::ids::sha256(document.text.as_bytes()));
        }
    }
    assert_eq!(first, read());
});
