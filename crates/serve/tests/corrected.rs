//! Corrections as they are seen from outside: what a person set, rejected or is still to judge is told alike by the file,
//! the API and the pages.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

mod record;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread;

use readout::record::{AgreementStatus, Change, Field, FieldShape, Kind, Record, Target};
use readout::views::ListKind;
use readout::{Corpus, Shown, Signature};
use readout_serve::{Options, Server};
use serde_json::Value;
use tempfile::TempDir;

use crate::record::{one_report, two_alike, two_reports};

fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn page(address: SocketAddr, path: &str) -> String {
    let (status, body) = get(address, path);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn json(address: SocketAddr, path: &str) -> Value {
    serde_json::from_str(&page(address, path)).unwrap()
}

fn serve(make: impl Fn(&Path)) -> (TempDir, SocketAddr, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    make(&file);
    let corpus = Corpus::open(&file).unwrap();
    let server = Server::bind(Options::new(file)).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    (folder, address, corpus)
}

/// The list that has the records of a kind.
fn list_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Statement => "statements",
        Kind::Meeting => "meetings",
        Kind::Condition => "conditions",
        Kind::Commitment => "commitments",
        Kind::Agreement => "agreements",
        Kind::Position => "positions",
        _ => "events",
    }
}

/// Values of a field, in a person's words. At least one of them is new to the record.
fn values_of(field: &Field) -> Vec<&'static str> {
    match field.shape {
        FieldShape::Actors | FieldShape::Actor => vec!["Bo Berg", "Ann Lee"],
        FieldShape::OneOf(values) => values(),
        FieldShape::Status => AgreementStatus::ALL.map(AgreementStatus::as_str).to_vec(),
        FieldShape::Number => vec!["41"],
        FieldShape::Flag => vec!["yes", "no"],
        FieldShape::Text => vec!["ferry quay"],
        FieldShape::Time | FieldShape::Day | FieldShape::Due => vec!["2021-05-06"],
    }
}

/// The value of a field of a record; of an agreement's status the last step's.
fn value_of(record: &Value, field: &str) -> Value {
    match &record[field] {
        Value::Array(steps) if field == "status" => {
            steps.last().map_or(Value::Null, |it| it["status"].clone())
        }
        value => value.clone(),
    }
}

#[test]
fn every_field_that_can_be_set_is_told_everywhere() {
    let (_folder, address, mut corpus) = serve(one_report);
    let records = corpus.contents().unwrap().into_records();
    let mut many = 0;
    for kind in Kind::ALL.into_iter().filter(|it| !it.fields().is_empty()) {
        let id = records.iter().find(|it| it.kind() == kind).map(|it| it.id().to_owned()).unwrap();
        let list = format!("/api/v1/{}", list_of(kind));
        for field in kind.fields() {
            let what = format!("{kind} {}", field.name);
            let before = json(address, &list);
            let (number, value) = (values_of(field).iter())
                .find_map(|words| {
                    let change = corpus.setting(&id, field.name, words).unwrap();
                    let Change::Set { value, .. } = &change else { panic!("{change:?}") };
                    let value = value.clone();
                    Some((corpus.correct(&change).ok()?, value))
                })
                .unwrap();
            let told = json(address, &format!("/api/v1/records/{id}"));
            assert_eq!(value_of(&told["record"], field.name), value, "{what}: {told}");
            assert_eq!(
                (&told["rejected"], &told["corrections"][0]["operation"]),
                (&false.into(), &number.into())
            );
            let shown = match corpus.show(&id).unwrap() {
                Shown::Record(it, _) | Shown::Link(it) => serde_json::to_value(*it).unwrap(),
                Shown::Document(it) => panic!("{it:?}"),
            };
            assert_eq!(value_of(&shown, field.name), value, "{what}: {shown}");
            let all = corpus.contents().unwrap().into_records();
            let exported =
                all.iter().find(|it| it.id() == id).map(|it| serde_json::to_value(it).unwrap()).unwrap();
            assert_eq!(value_of(&exported, field.name), value, "{what}: {exported}");
            assert!(json(address, &list) != before, "{what}: the list is the same: {before}");
            let body = page(address, &format!("/records/{id}"));
            assert!(body.contains(" set to ") && body.contains("name=\"operation\""), "{what}: {body}");
            corpus.undo(number).unwrap();
            assert_eq!(json(address, &list), before, "{what}");
            many += 1;
        }
    }
    assert_eq!(many, Kind::ALL.iter().map(|it| it.fields().len()).sum::<usize>());
}

#[test]
fn what_was_rejected_is_told_as_rejected() {
    let (_folder, address, mut corpus) = serve(one_report);
    let records = corpus.contents().unwrap().into_records();
    for kind in [Kind::Position, Kind::Agreement, Kind::Incident] {
        let record: &Record = records.iter().find(|it| it.kind() == kind).unwrap();
        let signature = Signature::default().by(Some("Ann"), Some("nobody says so"));
        let change = Change::Reject { target: Target::of(record) };
        let number = corpus.correct_as(&change, &signature).unwrap();
        let told = json(address, &format!("/api/v1/records/{}", record.id()));
        assert_eq!((&told["rejected"], told["corrections"][0]["by"].as_str()), (&true.into(), Some("Ann")));
        let body = page(address, &format!("/records/{}", record.id()));
        assert!(
            body.contains("Rejected") && body.contains("by Ann") && body.contains("nobody says so"),
            "{body}"
        );
        assert!(!json(address, &format!("/api/v1/{}", list_of(kind))).to_string().contains(record.id()));
        corpus.undo(number).unwrap();
        assert!(json(address, &format!("/api/v1/records/{}", record.id())).get("corrections").is_none());
    }
}

#[test]
fn a_corrected_number_is_what_reports_differ_on() {
    let (_folder, address, mut corpus) = serve(two_alike);
    let contents = corpus.contents().unwrap();
    let joined =
        contents.happenings.iter().find(|it| it.members.len() > 1 && !it.members[0].starts_with("event:"));
    let member = joined.unwrap().members[0].clone();
    let field = if member.starts_with("meeting:") { "minutes" } else { "killed" };
    let differences = || json(address, "/api/v1/differences");
    assert_eq!(differences()["total"], 0, "{}", differences());
    let change = corpus.setting(&member, field, "1").unwrap();
    let number = corpus.correct(&change).unwrap();
    let told = differences();
    assert_eq!((&told["total"], &told["rows"][0]["field"]), (&1.into(), &field.into()), "{told}");
    let values: Vec<&str> =
        told["rows"][0]["values"].as_array().unwrap().iter().filter_map(|it| it["value"].as_str()).collect();
    assert!(values.len() == 2 && values.contains(&"1"), "{told}");
    corpus.undo(number).unwrap();
    assert_eq!(differences()["total"], 0);
}

#[test]
fn the_queue_has_stances_and_refuses_what_it_does_not_have() {
    let (_folder, address, mut corpus) = serve(one_report);
    let found = json(address, "/api/v1/queue?kind=position");
    let id = found["rows"][0]["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("position:") && found["total"] == 1, "{found}");
    let body = page(address, "/queue?kind=position");
    assert!(
        body.contains(&format!("href=\"/records/{id}\"")) && body.contains("/queue?kind=incident"),
        "{body}"
    );
    corpus.correct(&Change::Confirm { target: corpus.target(&id).unwrap() }).unwrap();
    assert_eq!(json(address, "/api/v1/queue?kind=position")["total"], 0);
    let (status, body) = get(address, "/api/v1/queue?kind=agreement");
    assert!((400..500).contains(&status) && body.contains("position"), "{status}: {body}");
}

#[test]
fn every_row_of_every_list_has_words() {
    let (_folder, address, _corpus) = serve(two_reports);
    let mut lists = 0;
    for kind in ListKind::ALL {
        let body = page(address, &format!("/{}", kind.name()));
        let rows: Vec<&str> = body.split("<li class=\"row\">").skip(1).collect();
        for row in &rows {
            let row = row.split("</li>").next().unwrap();
            let words: String = row
                .split('<')
                .filter_map(|it| it.split_once('>').map_or(Some(it), |(_, it)| Some(it)))
                .collect();
            assert!(words.trim().len() > 3, "/{}: a row without words: {row:?}", kind.name());
        }
        let is_table = matches!(kind, ListKind::Actors | ListKind::Stories | ListKind::Sources);
        assert!(!rows.is_empty() || is_table || kind == ListKind::Differences, "/{}", kind.name());
        lists += 1;
    }
    assert_eq!(lists, ListKind::ALL.len());
}
