//! Every layout of an export has a look-alike of it below `tests/layouts`, and what is read of that stands beside it.
//!
//! `READOUT_UPDATE=1 cargo test -p readout-sources --test layouts` writes it anew.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::{Path, PathBuf};

use readout_record::Document;
use readout_sources::{Captured, Options, Trouble, read};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts")
}

/// The look-alikes by name.
fn examples() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().unwrap() != "json").collect();
    files.sort();
    files
}

fn captured(path: &Path) -> (Vec<Document>, Vec<Trouble>) {
    let (mut documents, mut troubles) = (Vec::new(), Vec::new());
    for captured in read(&[path.to_owned()], &Options::default()) {
        match captured {
            Captured::Document(document) => documents.push(*document),
            Captured::Trouble(trouble) => troubles.push(trouble),
        }
    }
    (documents, troubles)
}

#[test]
fn every_look_alike_is_read_as_it_should() {
    for path in examples() {
        let (documents, troubles) = captured(&path);
        let documents = documents.into_iter().map(|document| serde_json::to_value(document).unwrap());
        let troubles =
            troubles.iter().map(|trouble| json!({ "trouble": trouble.note, "unread": trouble.is_unread() }));
        let all: Vec<Value> = documents.chain(troubles).collect();
        let told = format!("{}\n", serde_json::to_string_pretty(&all).unwrap())
            .replace(&format!("{}/", folder().display()), "");
        let wanted = path.with_extension(format!("{}.json", path.extension().unwrap().display()));
        if std::env::var_os("READOUT_UPDATE").is_some() {
            fs::write(&wanted, told).unwrap();
        } else {
            assert_eq!(told, fs::read_to_string(&wanted).unwrap(), "{}", path.display());
        }
    }
}

#[test]
fn every_layout_has_a_look_alike() {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/layouts");
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let known: Vec<String> = examples().iter().map(|path| stem(path)).collect();
    for table in fs::read_dir(tables).unwrap().map(|file| file.unwrap().path()) {
        let is_layout = fs::read_to_string(&table).unwrap().lines().any(|line| line.starts_with("carrier\t"));
        assert!(!is_layout || known.contains(&stem(&table)), "{} has none", table.display());
    }
    for path in examples().iter().filter(|path| stem(path) != "unknown") {
        let (documents, _) = captured(path);
        assert!(!documents.is_empty(), "{}", path.display());
        for document in documents {
            assert_eq!(document.other["layout"], stem(path));
            assert!(document.title.is_some() && document.outlet.is_some(), "{document:#?}");
            assert!(document.published.is_some(), "{document:#?}");
        }
    }
}

#[test]
fn a_layout_that_is_not_known_is_refused_with_its_line() {
    let (documents, troubles) = captured(&folder().join("unknown.txt"));
    assert_eq!(documents, []);
    assert!(troubles.len() == 1 && troubles[0].is_unread(), "{troubles:?}");
    assert!(troubles[0].note.about.ends_with("unknown.txt"), "{troubles:?}");
    assert!(troubles[0].note.message.contains("(line 13)"), "{troubles:?}");
}
