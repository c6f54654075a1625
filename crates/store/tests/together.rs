//! Several programs at one file, media that cannot be written, and files that go away while they are open.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Barrier;
use std::thread;

use readout_record::ids::{document_id, sha256};
use readout_record::{Document, DocumentRecords};
use readout_store::{Current, Operation, Origin, Store, StoreError, Stored};
use serde_json::json;

fn report(text: &str) -> Document {
    Document {
        id: document_id(text.as_bytes()),
        text: text.to_owned(),
        text_sha256: sha256(text.as_bytes()),
        ..Document::default()
    }
}

fn reading() -> Operation {
    Operation::new("read", "0", json!({}))
}

fn add(store: &mut Store, operation: &mut Operation, text: &str) -> Result<Stored, StoreError> {
    let origin = Origin { location: format!("/{text}"), path: Some(text.to_owned()) };
    store.add(operation, &origin, &report(text), &DocumentRecords::default())
}

#[test]
fn programs_that_store_the_same_at_once_store_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    drop(Store::create(&path).unwrap());
    let start = Barrier::new(4);
    let new: usize = thread::scope(|scope| {
        let work = || {
            let mut store = Store::create(&path).unwrap();
            let mut operation = reading();
            start.wait();
            let stored = (0..80).map(|number| add(&mut store, &mut operation, &number.to_string()).unwrap());
            stored.filter(|it| *it == Stored::New).count()
        };
        let programs: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        programs.into_iter().map(|it| it.join().unwrap()).sum()
    });
    let store = Store::open(&path).unwrap();
    assert_eq!((new, store.count().unwrap()), (80, 80));
    assert_eq!(store.check(), [""; 0]);
}

#[test]
fn the_state_is_another_after_each_change_and_an_answer_is_of_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut writer = Store::create(&path).unwrap();
    let mut operation = reading();
    add(&mut writer, &mut operation, "One.").unwrap();
    let reader = Store::reader(&path).unwrap();
    let mut states = vec![reader.state().unwrap()];
    let still = reader.snapshot().unwrap();
    assert_eq!(reader.count().unwrap(), 1);
    // Two changes under one operation: what links in steps makes many.
    add(&mut writer, &mut operation, "Two.").unwrap();
    {
        let _within = reader.snapshot().unwrap();
        assert_eq!((reader.count().unwrap(), reader.state().unwrap()), (1, states[0].clone()));
    }
    assert_eq!(reader.count().unwrap(), 1, "the outer one holds on");
    drop(still);
    assert_eq!(reader.count().unwrap(), 2);
    states.push(reader.state().unwrap());
    add(&mut writer, &mut operation, "Two.").unwrap();
    assert_eq!(reader.state().unwrap(), states[1], "nothing new, nothing changed");
    writer.linking().unwrap().finish(&mut Operation::new("link", "0", json!({})), &[], &[1, 2]).unwrap();
    states.push(reader.state().unwrap());
    states.dedup();
    assert_eq!(states.len(), 3);
}

/// A small file system of its own; unmounted when dropped.
struct Disk<'p>(&'p Path);

impl<'p> Disk<'p> {
    fn mount(folder: &'p Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }

    fn close(&self) -> bool {
        let closed = Command::new("mount").args(["-o", "remount,ro"]).arg(self.0).status();
        closed.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

/// Lets nobody write in `folder`. `false` where that cannot be had, as for one who may do everything.
fn close(folder: &Path, disk: Option<&Disk<'_>>) -> bool {
    if let Some(disk) = disk {
        return disk.close();
    }
    let mut closed = fs::metadata(folder).unwrap().permissions();
    closed.set_readonly(true);
    for entry in fs::read_dir(folder).unwrap() {
        fs::set_permissions(entry.unwrap().path(), closed.clone()).unwrap();
    }
    fs::set_permissions(folder, closed).unwrap();
    fs::File::create(folder.join("probe")).is_err()
}

#[cfg(unix)]
fn reopen(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
}

#[cfg(unix)]
#[test]
fn a_file_on_media_that_cannot_be_written_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::mount(folder.path());
    let path = folder.path().join("t 100%?#.readout");
    let cut_short = folder.path().join("cut.readout");
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &mut reading(), "One.").unwrap();
    for end in ["", "-wal"] {
        fs::copy(format!("{}{end}", path.display()), format!("{}{end}", cut_short.display())).unwrap();
    }
    drop(store);
    assert!(!folder.path().join("t 100%?#.readout-wal").exists());
    if !close(folder.path(), disk.as_ref()) {
        reopen(folder.path());
        println!("skipped: this user may write everywhere, and cannot mount");
        return;
    }
    for open in [Store::open, Store::reader] {
        let mut store = open(&path).unwrap();
        assert_eq!(store.documents(Current::All).unwrap().len(), 1);
        assert!(store.standing().is_current().unwrap());
        let error = add(&mut store, &mut reading(), "Two.").unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
        // Half of the file lies beside it: it must not be taken for all.
        let error = open(&cut_short).unwrap_err();
        assert!(error.to_string().contains("-wal"), "{error}");
    }
    reopen(folder.path());
}

#[test]
fn a_file_that_was_removed_or_replaced_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("t.readout"), folder.path().join("other.readout"));
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &mut reading(), "One.").unwrap();
    assert!(store.standing().is_current().unwrap());
    drop(Store::create(&other).unwrap());
    fs::rename(&other, &path).unwrap();
    assert!(!store.standing().is_current().unwrap());
    let error = add(&mut store, &mut reading(), "Two.").unwrap_err();
    assert!(matches!(error, StoreError::Replaced { .. }), "{error:?}");
    assert!(matches!(store.linking(), Err(StoreError::Replaced { .. })));
    fs::remove_file(&path).unwrap();
    assert!(matches!(store.standing().is_current(), Err(StoreError::Missing { .. })));
    assert!(matches!(add(&mut store, &mut reading(), "Two."), Err(StoreError::Replaced { .. })));
}

#[test]
fn what_was_written_is_in_the_file_itself_though_another_has_it_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.readout");
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &mut reading(), "One.").unwrap();
    let reader = Store::reader(&path).unwrap();
    assert_eq!(reader.count().unwrap(), 1);
    drop(store);
    let copy = folder.path().join("copy.readout");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(Store::open(&copy).unwrap().count().unwrap(), 1);
    assert_eq!(reader.count().unwrap(), 1);
}

#[test]
fn a_record_is_made_of_nothing_that_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("notes.txt"), "").unwrap();
    assert!(matches!(Store::create(&at("notes.txt")), Err(StoreError::NotReadout { .. })));
    assert_eq!(fs::metadata(at("notes.txt")).unwrap().len(), 0);
    for name in ["t.readout-wal", "t.readout-shm", "t.readout-journal"] {
        assert!(matches!(Store::create(&at(name)), Err(StoreError::CannotOpen { .. })), "{name}");
        assert!(!at(name).exists());
    }
    // As a run leaves it that is killed at once.
    fs::write(at("t.readout"), "").unwrap();
    assert_eq!(Store::create(&at("t.readout")).unwrap().count().unwrap(), 0);
}
