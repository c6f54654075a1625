//! Every layout of an export has a look-alike of it below `tests/layouts`, and what is read of that stands beside it.
//!
//! `READOUT_UPDATE=1 cargo test -p readout-sources --test layouts` writes it anew.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::{Path, PathBuf};

use readout_record::Document;
use readout_sources::{Captured, Options, Trouble, read, read_bytes};
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

#[test]
fn an_export_in_a_letter_gives_its_articles() {
    let (wanted, _) = captured(&folder().join("proquest-2020-html.html"));
    let html = fs::read_to_string(folder().join("proquest-2020-html.html")).unwrap();
    let letter = format!(
        "From: Ann Lee <ann@bay.example>\nTo: Bo Dahl <bo@bay.example>\nSubject: Your research\nDate: Sun, 5 Jul 2026 01:02:03 -0400\nMIME-Version: 1.0\nContent-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{html}"
    );
    let options = Options::default();
    let read = read_bytes("letter.eml", letter, &options).filter_map(|captured| match captured {
        Captured::Document(document) => Some(*document),
        Captured::Trouble(_) => None,
    });
    let read: Vec<Document> = read.collect();
    assert!(!wanted.is_empty());
    assert_eq!(read.len(), wanted.len());
    for (read, wanted) in read.iter().zip(&wanted) {
        assert_eq!((&read.id, &read.text), (&wanted.id, &wanted.text));
        assert_eq!((&read.title, &read.outlet), (&wanted.title, &wanted.outlet));
        assert_eq!(read.published, wanted.published);
        assert_eq!(read.other["from"], "Ann Lee <ann@bay.example>");
    }
}

#[test]
fn the_day_of_a_letter_is_not_that_of_its_articles() {
    let html = fs::read_to_string(folder().join("proquest-2020-html.html")).unwrap();
    let dated =
        html.lines().filter(|line| !line.contains("Publication date") && !line.contains("Publication info"));
    let undated = dated.collect::<Vec<_>>().join("\n");
    let letter = format!(
        "From: Ann Lee <ann@bay.example>\nTo: Bo Dahl <bo@bay.example>\nSubject: Your research\nDate: Sun, 5 Jul 2026 01:02:03 -0400\nMIME-Version: 1.0\nContent-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{undated}"
    );
    let options = Options::default();
    let days: Vec<Option<String>> = read_bytes("letter.eml", letter, &options)
        .filter_map(|captured| match captured {
            Captured::Document(document) => Some(document.published),
            Captured::Trouble(_) => None,
        })
        .collect();
    assert_eq!(days, [None, None]);
}
