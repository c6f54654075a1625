//! Several programs at one file, files that older versions made, and files that were tampered with.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;

use readout::record::{ActorKind, Change, Document, DocumentRecords, Evidence, Mention, Statement, ids};
use readout::store::{Operation, Origin, Store, StoreError};
use readout::text::{ByteSpan, Offsets};
use readout::{Corpus, Error, ExportFormat};
use rusqlite::Connection;

use words::{export, read, samples};

/// Reports of which some are alike, and more than one step of linking takes.
fn reports(folder: &Path, count: usize) -> PathBuf {
    const STATES: [&str; 7] = ["Norway", "Sweden", "Finland", "Denmark", "Iceland", "Estonia", "Latvia"];
    let reports = folder.join("reports");
    fs::create_dir(&reports).unwrap();
    for number in 0..count {
        let (one, other) = (STATES[number % 7], STATES[number / 7 % 7]);
        let text = format!(
            "{one} and {other} talk of ferry {number}\n\n{one} sent envoys to {other} over the ferry line {}.\n\n\
             “{one} will keep line {} open through the winter of {},” an envoy of {other} said on Monday.\n",
            number % 11,
            number % 13,
            2000 + number / 9
        );
        fs::write(reports.join(format!("{number}.txt")), text).unwrap();
    }
    reports
}

/// Does `work` in as many threads as there are at the same time.
fn at_once<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    let start = Barrier::new(threads);
    thread::scope(|scope| {
        let all: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    work()
                })
            })
            .collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

#[test]
fn programs_that_link_or_read_at_once_end_with_the_bytes_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let sources = [samples(), reports(folder.path(), 620)];
    let one = folder.path().join("one.readout");
    let mut corpus = Corpus::create(&one).unwrap();
    read(&mut corpus, &sources, 2);
    let unlinked = folder.path().join("unlinked.readout");
    drop(corpus);
    fs::copy(&one, &unlinked).unwrap();
    let mut corpus = Corpus::open(&one).unwrap();
    corpus.link().unwrap();
    let alone = export(&corpus, ExportFormat::JsonLines);
    assert!(alone.contains("\"kind\":\"actor\"") && alone.contains("\"kind\":\"story\""));
    for threads in [2, 4] {
        let path = folder.path().join(format!("link{threads}.readout"));
        fs::copy(&unlinked, &path).unwrap();
        at_once(threads, || Corpus::open(&path).unwrap().link().unwrap());
        let corpus = Corpus::open(&path).unwrap();
        assert!(!corpus.needs_link().unwrap());
        assert!(export(&corpus, ExportFormat::JsonLines) == alone, "{threads} linked at once");
        assert_eq!(corpus.verify_deep().unwrap().problems, [""; 0]);
        let path = folder.path().join(format!("read{threads}.readout"));
        let added: u64 = at_once(threads, || {
            let mut corpus = Corpus::create(&path).unwrap();
            let reading = read(&mut corpus, &sources, 1);
            corpus.link().unwrap();
            reading.added
        })
        .into_iter()
        .sum();
        let corpus = Corpus::open(&path).unwrap();
        assert_eq!(added as usize, corpus.store().count().unwrap());
        assert!(export(&corpus, ExportFormat::JsonLines) == alone, "{threads} read at once");
    }
}

#[test]
fn a_correction_is_undone_and_a_record_rejected_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut corpus = Corpus::create(&path).unwrap();
    let change = Change::NameIssue { issue: "the quota".to_owned(), name: "the cod quota".to_owned() };
    let number = corpus.correct(&change).unwrap();
    for _ in 0..5 {
        let undone = at_once(6, || Corpus::open(&path).unwrap().undo(number).ok());
        let entries: Vec<u64> = undone.into_iter().flatten().collect();
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        corpus.undo(*entry).unwrap();
    }
    assert!(corpus.corrections().unwrap()[0].in_force);
}

/// Adds a report with a statement to the file.
fn said_by_ann_lee(path: &Path) -> Evidence {
    let text = "“The ferry will sail,” said Ann Lee.";
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(text);
    let span = |words: &str| {
        let start = text.find(words).unwrap() as u32;
        ByteSpan::new(start, start + words.len() as u32)
    };
    let evidence = Evidence::new(&id, "statement", "", text, &offsets, &[span(text)]);
    let ann = "person:ann-lee".to_owned();
    let mention = Mention {
        doc: id.clone(),
        span: offsets.to_chars(span("Ann Lee")),
        text: "Ann Lee".to_owned(),
        actor: ann.clone().into(),
        name: "Ann Lee".to_owned(),
        actor_kind: ActorKind::Person,
        named: true,
        ..Mention::default()
    };
    let quoted = "“The ferry will sail,”";
    let statement = Statement {
        evidence: evidence.clone(),
        speaker: vec![ann.into()],
        content: vec![offsets.to_chars(span(quoted))],
        content_text: quoted.to_owned(),
        ..Statement::default()
    };
    let document = Document {
        id,
        text: text.to_owned(),
        text_sha256: ids::sha256(text.as_bytes()),
        ..Document::default()
    };
    let records = DocumentRecords {
        mentions: vec![mention],
        statements: vec![statement],
        ..DocumentRecords::default()
    };
    let origin = Origin { location: "/ann".to_owned(), path: None };
    let mut operation = Operation::new("read", "0", serde_json::json!({}));
    Store::open(path).unwrap().add(&mut operation, &origin, &document, &records).unwrap();
    evidence
}

/// Returns the problems that verify finds after the SQL `change` was run on a copy of a file.
fn found_after(linked: &Path, change: &str, deep: bool) -> Vec<String> {
    let path = linked.with_extension("changed");
    let _ = fs::remove_file(&path);
    fs::copy(linked, &path).unwrap();
    Connection::open(&path).unwrap().execute_batch(change).unwrap();
    let corpus = Corpus::open(&path).unwrap();
    let found = if deep { corpus.verify_deep() } else { corpus.verify() }.unwrap();
    assert!(deep || found.documents > 3, "it goes on");
    found.problems
}

#[test]
fn verify_names_what_was_tampered_with_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut corpus = Corpus::create(&path).unwrap();
    read(&mut corpus, &[samples(), reports(folder.path(), 8)], 2);
    drop(corpus);
    let statement = said_by_ann_lee(&path);
    let mut corpus = Corpus::open(&path).unwrap();
    corpus.link().unwrap();
    assert_eq!(corpus.verify_deep().unwrap().problems, [""; 0]);
    drop(corpus);
    let found = |change: &str| found_after(&path, change, false);
    let has = |problems: &[String], parts: &[&str]| {
        let fits = problems.iter().any(|it| parts.iter().all(|part| it.contains(part)));
        assert!(fits, "{parts:?} in {problems:?}");
    };
    let of = format!("WHERE id = '{}'", statement.id);
    let id = statement.id.as_str();
    let doc = statement.doc.as_str();
    // Not text, not JSON, a table that is gone: each is named, and whatever else is wrong as well.
    let other = "UPDATE documents SET text_sha256 = 'x' WHERE number = (SELECT min(number) FROM documents);";
    for (change, parts) in [
        (format!("UPDATE records SET body = CAST(X'7BFF' AS TEXT) {of};"), vec!["damaged", id]),
        (format!("UPDATE records SET body = '{{' {of};"), vec!["damaged", id]),
        (format!("UPDATE documents SET mentions = '[' WHERE id = '{doc}';"), vec!["damaged", doc]),
        (
            format!("UPDATE documents SET body = CAST(X'FF' AS TEXT) WHERE id = '{doc}';"),
            vec!["damaged", doc],
        ),
        (
            "UPDATE links SET body = '{' WHERE id = 'person:ann-lee';".to_owned(),
            vec!["damaged", "person:ann-lee"],
        ),
        (
            "DROP TABLE link_parts; DROP TABLE name_words; DROP TABLE link_members; DROP TABLE links;"
                .to_owned(),
            vec!["links"],
        ),
    ] {
        let problems = found(&format!("{change} {other}"));
        has(&problems, &parts);
        has(&problems, &["does not have its hash"]);
    }
    let somebody = format!(
        "UPDATE records SET body = json_set(body, '$.speaker', json('[\"person:nobody-at-all\"]')) {of};"
    );
    let problems = found(&somebody);
    has(&problems, &[id, "person:nobody-at-all"]);
    has(&problems, &[doc, "not those that were read"]);
    // Nobody, where somebody was read.
    let swapped = somebody.replace("[\"person:nobody-at-all\"]", "[]");
    has(&found(&swapped), &[doc, "not those that were read"]);
    // A count of links is only found by counting again.
    let counted = "UPDATE links SET body = json_set(body, '$.mentions', 4711) WHERE id = 'person:ann-lee'";
    assert_eq!(found(counted), [""; 0]);
    has(&found_after(&path, counted, true), &["person:ann-lee", "otherwise"]);
    let unlisted =
        "DELETE FROM link_members WHERE link = (SELECT number FROM links WHERE id = 'person:ann-lee')";
    has(&found(unlisted), &["person:ann-lee", "another number of reports"]);
    // What lists meet is told as damage.
    let gone = path.with_extension("gone");
    fs::copy(&path, &gone).unwrap();
    Connection::open(&gone).unwrap().execute_batch("DROP TABLE copies").unwrap();
    let error = Corpus::open(&gone).unwrap().contents().unwrap_err();
    assert!(matches!(error, Error::Store(StoreError::Damaged { .. })), "{error:?}");
}
