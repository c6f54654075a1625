//! Spoiled files cost themselves and nothing else: no panic, no endless work.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::{Path, PathBuf};

use readout_sources::{Captured, Options, read};

/// A row of numbers that is the same each time (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

/// Cuts, turns, doubles or overwrites a part of a file.
fn spoil(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut spoiled = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(spoiled.len());
        let end = (at + numbers.below(40)).min(spoiled.len());
        match numbers.below(5) {
            0 => spoiled.truncate(at),
            1 => spoiled[at..end].reverse(),
            2 => {
                let part = spoiled[at..end].to_vec();
                spoiled.splice(at..at, part);
            }
            3 => {
                spoiled.drain(at..end);
            }
            _ => {
                let byte = u8::try_from(numbers.below(256)).unwrap();
                spoiled[at..end].fill(byte);
            }
        }
        if spoiled.is_empty() {
            break;
        }
    }
    spoiled
}

#[test]
fn spoiled_files_are_read_or_refused() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = ["layouts", "formats"].map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut files: Vec<PathBuf> = files.into_iter().flatten().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().unwrap() != "json");
    files.sort();
    let folder = std::env::temp_dir().join(format!("readout-spoiled-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut numbers = Numbers(88_172_645_463_325_252);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let spoiled = folder.join(path.file_name().unwrap());
        for _ in 0..25 {
            fs::write(&spoiled, spoil(&bytes, &mut numbers)).unwrap();
            for captured in read(std::slice::from_ref(&spoiled), &Options::default()) {
                if let Captured::Document(document) = captured {
                    assert!(!document.text.is_empty());
                }
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_of_pictures_alone_is_refused_with_advice() {
    let folder = std::env::temp_dir().join(format!("readout-pictures-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("scan.pdf");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        "<</Length 8>>\nstream\n0 0 m h \nendstream",
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    file += "xref\n0 5\n0000000000 65535 f \n";
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    fs::write(&path, file).unwrap();
    let read: Vec<Captured> = read(&[path], &Options::default()).collect();
    let [Captured::Trouble(trouble)] = read.as_slice() else { panic!("{read:?}") };
    assert!(trouble.unread && trouble.note.message.contains("no text layer"), "{trouble:?}");
    fs::remove_dir_all(&folder).unwrap();
}
