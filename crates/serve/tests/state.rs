//! What is answered is the state of the file: while reports are linked, when it is replaced, when it is gone.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::{fs, thread};

use readout::Corpus;
use readout::record::{ActorKind, Change, Document, DocumentRecords, Mention, ids};
use readout::store::{Operation, Origin, Store};
use readout_serve::{Options, Server};
use serde_json::Value;

struct Answer {
    status: u16,
    tag: String,
    body: String,
}

fn get_with(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap_or_default();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, tag: tag.to_owned(), body: body.to_owned() }
}

fn get(address: SocketAddr, path: &str) -> Answer {
    get_with(address, path, "")
}

/// Returns the number of rows in the answer.
fn rows(address: SocketAddr, path: &str) -> usize {
    let answer = get(address, path);
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str::<Value>(&answer.body).unwrap()["rows"].as_array().unwrap().len()
}

fn serve(options: Options) -> SocketAddr {
    let server = Server::bind(options).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    address
}

/// Adds reports that are linked in three steps.
fn many_reports(file: &Path, count: usize) {
    let mut store = Store::create(file).unwrap();
    let mut operation = Operation::new("read", "0", serde_json::json!({}));
    for number in 0..count {
        let text = format!("Ferry {} sailed to port {} at noon on day {number}.", number % 40, number % 90);
        let id = ids::document_id(text.as_bytes());
        let mention = Mention {
            doc: id.clone(),
            text: "Ferry".to_owned(),
            actor: format!("org:ferry-{}", number % 40).into(),
            name: format!("Ferry {}", number % 40),
            actor_kind: ActorKind::Organisation,
            named: true,
            span: readout::text::CharSpan::new(0, 5),
            ..Mention::default()
        };
        let document = Document {
            id,
            text_sha256: ids::sha256(text.as_bytes()),
            text,
            published: Some(format!("2019-{:02}-{:02}", 1 + number % 12, 1 + number % 28)),
            ..Document::default()
        };
        let place = format!("{number}.txt");
        let origin = Origin { location: place.clone(), path: Some(place) };
        let records = DocumentRecords { mentions: vec![mention], ..DocumentRecords::default() };
        store.add(&mut operation, &origin, &document, &records).unwrap();
    }
}

#[test]
fn a_server_that_is_asked_while_reports_are_linked_answers_like_a_fresh_one() {
    const PATHS: [&str; 3] =
        ["/api/v1/actors?limit=200", "/api/v1/stories?limit=200", "/api/v1/documents?limit=5"];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.readout");
    many_reports(&file, 1_300);
    let address = serve(Options::new(file.clone()));
    let linking = thread::spawn({
        let file = file.clone();
        move || Corpus::open(&file).unwrap().link().unwrap()
    });
    let mut seen: Vec<Vec<Answer>> = PATHS.iter().map(|_| Vec::new()).collect();
    while !linking.is_finished() {
        for (path, seen) in PATHS.iter().zip(&mut seen) {
            seen.push(get(address, path));
        }
    }
    linking.join().unwrap();
    let fresh = serve(Options::new(file));
    let mut states = 0;
    for (path, seen) in PATHS.iter().zip(seen) {
        let expected = get(fresh, path);
        assert!(get(address, path).body == expected.body, "{path} is stale");
        let mut tags: Vec<_> = seen.iter().map(|it| (it.tag.clone(), it.body.clone())).collect();
        tags.dedup();
        states = states.max(tags.len());
        for (tag, body) in tags.iter().filter(|(_, body)| *body != expected.body) {
            let again = get_with(address, path, &format!("If-None-Match: {tag}\r\n"));
            assert_eq!(again.status, 200, "{path}: {body}");
        }
        // One name, one answer.
        for one in &tags {
            assert!(tags.iter().all(|other| other.0 != one.0 || other.1 == one.1), "{path}");
        }
    }
    assert!(states > 2, "it was asked in the middle: {states}");
}

#[test]
fn a_file_that_is_replaced_or_removed_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("t.readout"), folder.path().join("other.readout"));
    many_reports(&file, 2);
    many_reports(&other, 3);
    let address = serve(Options::new(file.clone()));
    let path = "/api/v1/documents";
    let first = get(address, path);
    assert_eq!(rows(address, path), 2);
    // What another program wrote meanwhile, which lies beside the file, is of the old one.
    let named = Change::NameIssue { issue: "the harbour".to_owned(), name: "the port".to_owned() };
    Corpus::open(&file).unwrap().correct(&named).unwrap();
    get(address, path);
    fs::rename(&other, &file).unwrap();
    for _ in 0..8 {
        assert_eq!(rows(address, path), 3);
        let tag = &first.tag;
        assert_eq!(get_with(address, path, &format!("If-None-Match: {tag}\r\n")).status, 200);
    }
    fs::remove_file(&file).unwrap();
    for _ in 0..4 {
        let gone = get(address, path);
        assert_eq!(gone.status, 503, "{}", gone.body);
        assert!(gone.body.contains("there is no such file"), "{}", gone.body);
    }
    many_reports(&file, 2);
    assert_eq!(rows(address, path), 2, "it is there again");
}
