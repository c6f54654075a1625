//! The examples of all formats, spoiled in fixed ways: each is read to its end, and never costs more than itself.
//!
//! `READOUT_SPOILED=5000` spoils each example that often.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::Path;

use readout_sources::{Captured, Options, read_bytes};

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Pieces that mean something in one of the formats.
const PIECES: &[&[u8]] = &[
    b"<item>",
    b"</item>",
    b"<![CDATA[",
    b"]]>",
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"From x Mon Sep  5 14:03:00 2016\n",
    b"\"",
    b"{\"text\":",
    b"[[[[[[[[",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\0",
    b"\xff\xfe",
    b"\x28\xb5\x2f\xfd",
    b"--outer--\r\n",
    b"=?utf-8?Q?",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"<nitf>",
    b"&#x110000;",
    "\u{2029}".as_bytes(),
    b"<div hidden>",
    b"ZZZZ",
    b"-1",
];

fn spoil(example: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = example.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len() + 1);
        let to = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => bytes[at..to].iter_mut().for_each(|byte| *byte ^= 1 << numbers.below(8)),
            3 => {
                let piece = PIECES[numbers.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied()).for_each(drop);
            }
            4 => {
                let from = numbers.below(bytes.len() + 1);
                let piece = bytes[from..(from + 200).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece).for_each(drop);
            }
            _ => bytes[at..to].fill(b'9'),
        }
    }
    bytes
}

#[test]
fn spoiled_examples_are_read_to_their_end() {
    let times = std::env::var("READOUT_SPOILED").map_or(40, |times| times.parse().unwrap());
    let options = Options {
        max_file_bytes: 1 << 20,
        max_row_bytes: 1 << 20,
        max_text_bytes: 1 << 18,
        ..Options::default()
    };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = ["formats", "layouts"].map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut paths: Vec<_> = files.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths
        .iter()
        .filter(|path| !path.to_string_lossy().ends_with(".json") || path.ends_with("report.json"))
    {
        let example = fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut numbers = Numbers(name.bytes().map(u64::from).sum());
        for _ in 0..times {
            for captured in read_bytes(name, spoil(&example, &mut numbers), &options) {
                if let Captured::Document(document) = captured {
                    let length = document.text.chars().count();
                    assert!(length > 0, "{name}");
                    assert!(document.dropped.iter().all(|passage| passage.at as usize <= length), "{name}");
                }
            }
        }
    }
}
