//! Lists of a file of many reports, which come from indexes, are those that are made of the reports of a small file.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use readout::record::{ActorKind, Document, DocumentRecords, Mention, ids};
use readout::store::{Operation, Origin, Store};
use readout::text::{ByteSpan, Offsets};
use readout::views::{ActorRow, Filter};
use readout::{Corpus, Page};
use serde_json::json;
use tempfile::TempDir;

/// A report that names a person and a state.
fn report(number: usize) -> (Document, DocumentRecords) {
    let text = format!("Ann Lee left Norway on day {number} of the talks.");
    let id = ids::document_id(text.as_bytes());
    let offsets = Offsets::new(&text);
    let mention = |name: &str, actor: &str, actor_kind| {
        let start = text.find(name).unwrap();
        Mention {
            doc: id.clone(),
            span: offsets.to_chars(ByteSpan::new(start as u32, (start + name.len()) as u32)),
            text: name.to_owned(),
            actor: actor.into(),
            name: name.to_owned(),
            actor_kind,
            named: true,
            ..Mention::default()
        }
    };
    let mentions = vec![
        mention("Ann Lee", "person:ann-lee", ActorKind::Person),
        mention("Norway", "state:norway", ActorKind::State),
    ];
    let text_sha256 = ids::sha256(text.as_bytes());
    (
        Document { id: id.clone(), text, text_sha256, ..Document::default() },
        DocumentRecords { mentions, ..DocumentRecords::default() },
    )
}

/// A file of `reports` reports, linked.
fn file(reports: usize) -> (TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut store = Store::create(&path).unwrap();
    let mut operation = Operation::new("read", "test", json!({}));
    for (document, records) in (0..reports).map(report) {
        let origin = Origin { location: document.id.to_string(), path: None };
        store.add(&mut operation, &origin, &document, &records).unwrap();
    }
    drop(store);
    let mut corpus = Corpus::open(&path).unwrap();
    corpus.link().unwrap();
    (folder, corpus)
}

#[test]
fn kinds_of_actor_mean_the_same_in_a_file_of_any_size() {
    let (_small, few) = file(3);
    let (_large, many) = file(510);
    for (kinds, wanted) in [
        (&["actor"][..], 2),
        (&["Actor", "person"], 2),
        (&["person"], 1),
        (&["PERSON"], 1),
        (&["state", "person"], 2),
        (&["meeting"], 0),
        (&[], 2),
    ] {
        let filter =
            Filter { kind: kinds.iter().map(|kind| (*kind).to_owned()).collect(), ..Filter::default() };
        for corpus in [&few, &many] {
            let listed = corpus.list_of::<ActorRow>(&filter, &Page::all()).unwrap().unwrap();
            assert_eq!((listed.rows.len(), listed.total), (wanted, wanted), "{kinds:?}");
        }
    }
}
