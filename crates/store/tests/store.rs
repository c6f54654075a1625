//! What the store keeps, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use readout_link::Shelf as _;
use readout_record::ids::{document_id, sha256};
use readout_record::{
    Actor, ActorId, CopyOf, Document, DocumentId, DocumentRecords, Evidence, Kind, Mention, Record, RecordId,
    Statement, Story,
};
use readout_store::{Current, Narrow, Operation, Origin, Store, StoreError, Stored};
use readout_text::{ByteSpan, Offsets};
use serde_json::json;

fn report(text: &str) -> (Document, DocumentRecords) {
    let id = document_id(text.as_bytes());
    let offsets = Offsets::new(text);
    let span = ByteSpan::new(0, text.len() as u32);
    let statement = Statement {
        evidence: Evidence::new(&id, "statement", "", text, &offsets, &[span]).by_rule("test", 0.5),
        ..Statement::default()
    };
    let mention = Mention { doc: id.clone(), text: "Rome".to_owned(), ..Mention::default() };
    let document = Document {
        id,
        path: Some("a.txt".to_owned()),
        title: Some("Talks in Rome".to_owned()),
        text: text.to_owned(),
        text_sha256: sha256(text.as_bytes()),
        ..Document::default()
    };
    (document, DocumentRecords { mentions: vec![mention], statements: vec![statement], ..Default::default() })
}

fn origin(name: &str) -> Origin {
    Origin { location: format!("/reports/{name}"), path: Some(name.to_owned()) }
}

fn reading() -> Operation {
    Operation::new("read", "0", json!({}))
}

#[test]
fn what_goes_in_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let (document, records) = report("The café talks will go on, ministers said.");
    {
        let mut store = Store::create(&path).unwrap();
        let mut operation = reading();
        assert_eq!(store.add(&mut operation, &origin("a.txt"), &document, &records).unwrap(), Stored::New);
        assert!(store.links_are_stale("0").unwrap());
        let actor = Record::Actor(Actor { id: "place:rome".into(), ..Actor::default() });
        let copy = CopyOf { doc: document.id.clone(), share: 1.0, spans: Vec::new() };
        // What is not finished has not been.
        let mut linking = store.linking().unwrap();
        linking.set_copies(1, vec![copy.clone()], &document.id).unwrap();
        drop(linking);
        let mut operation = Operation::new("link", "0", json!({}));
        let mut linking = store.linking().unwrap();
        let (gone, came) = linking.to_link(9).unwrap();
        assert_eq!((gone.len(), came.len()), (0, 1));
        let rome = ActorId::from("place:rome");
        let renamed = BTreeMap::from([("place:rom".into(), rome.clone())]);
        linking.set_actors(came[0], &BTreeSet::from([rome.clone()]), &renamed).unwrap();
        linking
            .replace_links(Kind::Actor, &BTreeSet::from([rome.into()]), vec![(actor, Vec::new())])
            .unwrap();
        linking.set_copies(came[0], vec![copy], &document.id).unwrap();
        linking.finish(&mut operation, &gone, &came).unwrap();
        assert!(!store.links_are_stale("0").unwrap());
        assert!(store.links_are_stale("1").unwrap());
    }
    let store = Store::open(&path).unwrap();
    let stored = store.document(&document.id).unwrap().unwrap();
    assert_eq!(stored.copies_of.len(), 1);
    assert_eq!(Document { copies_of: Vec::new(), ..stored }, document);
    assert_eq!(store.records_of(&document.id).unwrap(), records);
    let renamed = BTreeMap::from([((document.id, "place:rom".into()), "place:rome".into())]);
    assert_eq!(store.renamed().unwrap(), renamed);
    assert_eq!(store.links(None).unwrap().len(), 1);
    let id = &records.statements[0].evidence.id;
    assert_eq!(store.record(id).unwrap(), Some(Record::Statement(records.statements[0].clone())));
    let hexadecimal = id.split_once(':').unwrap().1;
    assert_eq!(store.resolve(&hexadecimal[..6], 10).unwrap(), std::slice::from_ref(id));
    assert_eq!(store.find("CAFE talk*", 10).unwrap().len(), 1);
    assert_eq!(store.find("\"talks café\"", 10).unwrap().len(), 0);
    let hits = store.find("CAFE talk*", 10).unwrap().into_iter().map(|it| it.doc).collect::<Vec<_>>();
    assert_eq!(store.documents_with("CAFE talk*", &Narrow::default(), 10).unwrap(), hits);
    assert!(store.documents_with("", &Narrow::default(), 10).unwrap().is_empty());
    assert_eq!(store.operations().unwrap().len(), 2);
    assert_eq!(store.check(), [""; 0]);
}

#[test]
fn a_link_that_grows_or_shrinks_holds_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("t.readout")).unwrap();
    let ids: Vec<DocumentId> = ["One ferry sank.", "Two ferries sank.", "Three ferries sank."]
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let (document, records) = report(text);
            store.add(&mut reading(), &origin(&format!("{number}.txt")), &document, &records).unwrap();
            document.id
        })
        .collect();
    let mut operation = Operation::new("link", "0", json!({}));
    let mut linking = store.linking().unwrap();
    let (_, came) = linking.to_link(9).unwrap();
    let mut replace = |stories: &[(&str, &[usize])]| {
        let records: Vec<(Record, Vec<RecordId>)> = stories
            .iter()
            .map(|(id, members)| {
                let documents: Vec<DocumentId> = members.iter().map(|&at| ids[at].clone()).collect();
                let parts = documents.iter().map(RecordId::from).collect();
                let story = Story { id: (*id).into(), documents, ..Story::default() };
                (Record::Story(story), parts)
            })
            .collect();
        linking.replace_links(Kind::Story, &ids.iter().map(RecordId::from).collect(), records).unwrap();
        let mut of: Vec<Option<RecordId>> =
            came.iter().map(|document| linking.story(*document).unwrap()).collect();
        of.sort();
        of
    };
    let some = |id: &str| Some(RecordId::from(id));
    assert_eq!(replace(&[("story:a", &[0])]), [None, None, some("story:a")]);
    // Under another id, since its members are others.
    assert_eq!(replace(&[("story:b", &[0, 1])]), [None, some("story:b"), some("story:b")]);
    assert_eq!(
        replace(&[("story:a", &[0]), ("story:b", &[1, 2])]),
        [some("story:a"), some("story:b"), some("story:b")]
    );
    // Two become one, and one of three leaves.
    assert_eq!(replace(&[("story:c", &[0, 1, 2])]), [some("story:c"), some("story:c"), some("story:c")]);
    assert_eq!(replace(&[("story:c", &[0, 2])]), [None, some("story:c"), some("story:c")]);
    assert_eq!(replace(&[]), [None, None, None]);
    linking.finish(&mut operation, &[], &came).unwrap();
    assert_eq!(store.links(None).unwrap().len(), 0);
    assert_eq!(store.check(), [""; 0]);
}

#[test]
fn the_same_again_adds_nothing_and_a_change_is_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("t.readout")).unwrap();
    let (first, first_records) = report("The talks will go on.");
    let (second, second_records) = report("The talks have ended.");
    let mut add = |name: &str, document: &Document, records: &DocumentRecords| {
        let mut operation = reading();
        let stored = store.add(&mut operation, &origin(name), document, records).unwrap();
        (stored, operation.changed(), store.documents(Current::Only).unwrap())
    };

    assert_eq!(add("a.txt", &first, &first_records).0, Stored::New);
    let (stored, changed, _) = add("a.txt", &first, &first_records);
    assert_eq!((stored, changed), (Stored::Known, false));

    let (stored, _, current) = add("a.txt", &second, &second_records);
    assert_eq!(stored, Stored::NewVersion(first.id.clone()));
    assert_eq!(current.len(), 1);
    assert_eq!(current[0].replaces, Some(first.id.clone()));

    // The first text comes back: it is current again, and newer than nothing.
    let (stored, _, current) = add("a.txt", &first, &first_records);
    assert_eq!(stored, Stored::KnownElsewhere);
    assert_eq!(current.iter().map(|it| &it.id).collect::<Vec<_>>(), [&first.id]);
    assert_eq!(current[0].replaces, None);

    // A report that moved within a file of many replaces nothing: the other still stands elsewhere.
    add("b.txt", &second, &second_records);
    let (_, _, current) = add("c.txt", &second, &second_records);
    let of = |id: &str| current.iter().find(|it| it.id == id).unwrap();
    assert_eq!(of(&first.id).replaces, None);
    assert_eq!(of(&second.id).path.as_deref(), Some("a.txt"));
    assert_eq!(store.documents(Current::All).unwrap().len(), 2);
}

#[test]
fn files_that_are_not_readouts_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(matches!(Store::open(&at("none")), Err(StoreError::Missing { .. })));
    assert!(!at("none").exists());

    std::fs::write(at("text"), "A report, and no database at all. ".repeat(99)).unwrap();
    for open in [Store::open, Store::create] {
        assert!(matches!(open(&at("text")), Err(StoreError::NotReadout { .. })));
    }
    assert!(std::fs::read_to_string(at("text")).unwrap().starts_with("A report"));

    std::fs::write(at("empty"), "").unwrap();
    assert!(matches!(Store::open(&at("empty")), Err(StoreError::NotReadout { .. })));
    assert!(matches!(Store::open(folder.path()), Err(StoreError::CannotOpen { .. })));

    let other = rusqlite::Connection::open(at("other")).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    drop(other);
    assert!(matches!(Store::create(&at("other")), Err(StoreError::NotReadout { .. })));

    drop(Store::create(&at("newer")).unwrap());
    let newer = rusqlite::Connection::open(at("newer")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let error = Store::open(&at("newer")).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }));
    assert!(error.hint().is_some());
    let older = rusqlite::Connection::open(at("newer")).unwrap();
    older.pragma_update(None, "user_version", 1).unwrap();
    drop(older);
    for open in [Store::create, Store::open, Store::reader] {
        let error = open(&at("newer")).unwrap_err();
        assert!(matches!(error, StoreError::Older { found: 1, .. }), "{error:?}");
        assert!(error.hint().is_some());
    }
    assert!(error.to_string().contains("newer"), "{error}");
}

#[test]
fn a_damaged_index_of_words_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let (document, records) = report("The talks will go on.");
    let mut store = Store::create(&path).unwrap();
    store.add(&mut reading(), &origin("a.txt"), &document, &records).unwrap();
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE documents SET text = 'Nobody came.'").unwrap();
    drop(raw);
    assert_eq!(Store::open(&path).unwrap().check().len(), 1);
}

/// A small file system of its own under `folder`; unmounted when dropped.
struct SmallDisk<'p>(&'p Path);

impl<'p> SmallDisk<'p> {
    fn mount(folder: &'p Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(folder).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_stored() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        println!("skipped: a file system cannot be mounted here");
        return;
    };
    let path = disk.0.join("t.readout");
    let mut store = Store::create(&path).unwrap();
    let mut operation = reading();
    let mut stored = 0;
    let error = loop {
        let (document, records) = report(&format!("{stored} {}", "The talks will go on. ".repeat(400)));
        match store.add(&mut operation, &origin(&format!("{stored}.txt")), &document, &records) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    assert!(error.to_string().contains("t.readout"), "{error}");
    assert!(stored > 3);
    drop(store);
    // It can be read where it is, though not linked.
    for open in [Store::open, Store::reader] {
        let mut store = open(&path).unwrap();
        assert_eq!(store.count().unwrap(), stored);
        let written = store.linking().and_then(|mut linking| {
            let copy = CopyOf { doc: "x".repeat(1 << 20).into(), share: 1.0, spans: Vec::new() };
            linking.set_copies(1, vec![copy], &DocumentId::new())?;
            linking.finish(&mut reading(), &[], &[])
        });
        assert!(matches!(written, Err(StoreError::Full { .. } | StoreError::ReadOnly { .. })), "{written:?}");
    }
    let copy = tempfile::tempdir().unwrap();
    for name in ["t.readout", "t.readout-wal"] {
        if disk.0.join(name).exists() {
            std::fs::copy(disk.0.join(name), copy.path().join(name)).unwrap();
        }
    }
    let store = Store::open(&copy.path().join("t.readout")).unwrap();
    assert_eq!(store.documents(Current::All).unwrap().len(), stored);
    assert_eq!(store.check(), [""; 0]);
}

#[test]
fn programs_that_make_one_file_at_once_all_open_it() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..60 {
        let path = folder.path().join(format!("{round}.readout"));
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..6).map(|_| scope.spawn(|| Store::create(&path).map(drop))).collect();
            for it in all {
                it.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn a_file_of_the_form_before_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let (document, records) = report("The talks will go on.");
    let mut store = Store::create(&path).unwrap();
    store.add(&mut reading(), &origin("a.txt"), &document, &records).unwrap();
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "DROP TABLE replaced; DROP TABLE forgotten; DROP INDEX documents_by_operation; DROP INDEX records_by_due;
         PRAGMA user_version = 8;",
    )
    .unwrap();
    drop(raw);
    assert!(matches!(Store::reader(&path), Err(StoreError::Older { found: 8, .. })));
    let store = Store::open(&path).unwrap();
    assert!(store.forgotten().unwrap().is_empty());
    assert_eq!(store.brought(0, 9).unwrap(), [document.id]);
    assert_eq!(store.check(), [""; 0]);
    drop(store);
    assert_eq!(Store::reader(&path).unwrap().count().unwrap(), 1);
}

#[test]
fn an_id_that_was_given_up_leads_to_the_one_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("t.readout")).unwrap();
    let texts = ["The talks will go on.", "The talks went on.", "The talks are over."];
    let mut ids = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let (document, records) = report(text);
        store.add(&mut reading(), &origin(&number.to_string()), &document, &records).unwrap();
        ids.push(document.id);
    }
    let story = |id: &str, of: &[usize]| {
        let documents: Vec<DocumentId> = of.iter().map(|at| ids[*at].clone()).collect();
        let members: Vec<readout_record::RecordId> = documents.iter().map(Into::into).collect();
        (Record::Story(Story { id: id.into(), documents, ..Story::default() }), members)
    };
    let mut write = |stories: Vec<(Record, Vec<readout_record::RecordId>)>| {
        let all: BTreeSet<readout_record::RecordId> = ids.iter().map(Into::into).collect();
        let mut linking = store.linking().unwrap();
        linking.replace_links(Kind::Story, &all, stories).unwrap();
        linking.finish(&mut reading(), &[], &[]).unwrap();
    };
    write(vec![story("story:a", &[0, 1])]);
    write(vec![story("story:b", &[0, 1, 2])]);
    write(vec![story("story:c", &[0]), story("story:d", &[1, 2])]);
    assert_eq!(store.replacement("story:a").unwrap().as_deref(), Some("story:d"));
    assert_eq!(store.replacement("story:c").unwrap(), None, "it is in force");
    let mut again = store.linking().unwrap();
    let all: BTreeSet<readout_record::RecordId> = ids.iter().map(Into::into).collect();
    again.replace_links(Kind::Story, &all, vec![story("story:a", &[0, 1, 2])]).unwrap();
    again.finish(&mut reading(), &[], &[]).unwrap();
    assert_eq!(store.replacement("story:b").unwrap().as_deref(), Some("story:a"));
}
