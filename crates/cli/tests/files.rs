//! What the command writes and where: the record is never lost, and several programs at work end as one.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

mod program;

use program::{readout, run, stderr, stdout};

/// Rows of reports that share stories and actors.
fn rows(folder: &TempDir, count: usize) {
    const STATES: [&str; 5] = ["Norway", "Sweden", "Finland", "Denmark", "Iceland"];
    let mut file = fs::File::create(folder.path().join("rows.jsonl")).unwrap();
    for number in 0..count {
        let (one, other) = (STATES[number % 5], STATES[number / 5 % 5]);
        let row = serde_json::json!({
            "title": format!("{one} and {other} talk of ferry {number}"),
            "outlet": format!("Paper {}", number % 4),
            "date": format!("2019-03-{:02}", 1 + number / 5 % 28),
            "text": format!(
                "{one} met {other} in Oslo on Monday for talks on ferry line {}.\n\n“{one} will keep line {number} open,” \
                 the envoy of {other} said. {one} warned {other} of tolls on the line.",
                number % 9
            ),
        });
        writeln!(file, "{row}").unwrap();
    }
}

/// A folder with rows and the record of them; `None` without the language model.
fn record(count: usize) -> Option<TempDir> {
    readout::model::open_for_tests()?;
    let folder = tempfile::tempdir().unwrap();
    rows(&folder, count);
    let read = run(&folder, &["read", "rows.jsonl"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    Some(folder)
}

#[test]
fn no_output_goes_over_the_record_or_unasked_over_another_file() {
    let Some(folder) = record(6) else { return };
    let at = |name: &str| folder.path().join(name);
    let before = fs::read(at("readout.readout")).unwrap();
    let export = stdout(&run(&folder, &["export"]));
    let stories = stdout(&run(&folder, &["stories", "--format", "jsonl"]));
    let story = serde_json::from_str::<serde_json::Value>(stories.lines().next().unwrap()).unwrap();
    let story = story["id"].as_str().unwrap();
    fs::create_dir(at("sub")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../readout.readout", at("sub/link")).unwrap();
        std::os::unix::fs::symlink("nothing", at("sub/dangling")).unwrap();
        fs::hard_link(at("readout.readout"), at("sub/hard")).unwrap();
        std::os::unix::fs::symlink(".", at("again")).unwrap();
    }
    fs::copy(at("readout.readout"), at("other.readout")).unwrap();
    fs::write(at("notes.txt"), "kept").unwrap();
    let whole = at("readout.readout").display().to_string();
    let record = [
        "readout.readout",
        "./readout.readout",
        "sub/../readout.readout",
        &whole,
        "readout.readout-wal",
        "readout.readout-shm",
        "./readout.readout-journal",
        "READOUT.readout",
        "other.readout",
        #[cfg(unix)]
        "sub/link",
        #[cfg(unix)]
        "sub/hard",
        #[cfg(unix)]
        "again/readout.readout-wal",
    ];
    for out in record {
        for command in [["export"].as_slice(), &["bundle", story]] {
            for force in [[].as_slice(), &["--force"]] {
                let done = run(&folder, &[command, &["-o", out], force].concat());
                assert_eq!(done.status.code(), Some(2), "{command:?} {out} {force:?}");
                assert!(stderr(&done).contains("hint: name another file"), "{}", stderr(&done));
            }
        }
    }
    for command in [["export"].as_slice(), &["bundle", story]] {
        for out in ["notes.txt", "sub", "none/x.jsonl", "sub/dangling"] {
            let done = run(&folder, &[command, &["-o", out]].concat());
            assert_eq!(done.status.code(), Some(2), "{out}: {}", stderr(&done));
        }
    }
    assert_eq!(fs::read_to_string(at("notes.txt")).unwrap(), "kept");
    assert!(
        fs::read(at("readout.readout")).unwrap() == before
            && fs::read(at("other.readout")).unwrap() == before
    );
    // Where it may be written all of it is, and nothing is left over.
    for (out, force) in [("new.jsonl", None), ("notes.txt", Some("--force")), ("-", None)] {
        let arguments: Vec<&str> = ["export", "-o", out].into_iter().chain(force).collect();
        let done = run(&folder, &arguments);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        let written = if out == "-" { stdout(&done) } else { fs::read_to_string(at(out)).unwrap() };
        assert!(written == export, "{out}");
    }
    let zip = run(&folder, &["bundle", story, "-o", "-"]).stdout;
    assert_eq!(run(&folder, &["bundle", story, "-o", "story.zip"]).status.code(), Some(0));
    assert!(zip.starts_with(b"PK") && fs::read(at("story.zip")).unwrap() == zip);
    assert!(!at("-").exists() && !at("readout.readout-journal").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(left.iter().all(|it| !it.to_string_lossy().starts_with(".readout")), "{left:?}");
    #[cfg(unix)]
    assert_eq!(run(&folder, &["export", "-o", "/dev/null"]).status.code(), Some(0));
}

#[test]
fn what_is_read_does_not_become_the_record() {
    if readout::model::open_for_tests().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("a.txt", "Talks end\n\nNorway met Sweden.\n"), ("empty.readout", ""), ("new.txt", "")]
    {
        if name != "new.txt" {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let done = run(&folder, &["read", name, "--into", &format!("./{name}")]);
        assert_eq!(done.status.code(), Some(2), "{name}: {}", stderr(&done));
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap_or_default(), text);
    }
    let done = run(&folder, &["read", ".", "--into", "a.txt"]);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "Talks end\n\nNorway met Sweden.\n");
}

fn spawn(folder: &TempDir, arguments: &[&str]) -> std::process::Child {
    readout(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn export_of(folder: &TempDir, file: &str) -> String {
    stdout(&run(folder, &["export", "--file", file]))
}

#[test]
fn reads_and_lists_at_once_end_with_the_bytes_of_one() {
    let Some(folder) = record(60) else { return };
    let alone = export_of(&folder, "readout.readout");
    for count in [2, 4] {
        let file = format!("{count}.readout");
        let reads: Vec<_> =
            (0..count).map(|_| spawn(&folder, &["read", "rows.jsonl", "--into", &file, "-j", "1"])).collect();
        for read in reads {
            let done = read.wait_with_output().unwrap();
            assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        }
        assert!(export_of(&folder, &file) == alone, "{count} reads");
    }
    // Lists link what a read that was killed left unlinked.
    let path = folder.path().join("cut.readout");
    let mut read = spawn(&folder, &["read", "rows.jsonl", "--into", "cut.readout"]);
    while !path.exists() || rows_in(&path) < 60 {
        thread::sleep(Duration::from_millis(5));
    }
    read.kill().unwrap();
    read.wait().unwrap();
    let lists = [
        ["actors", "--file", "cut.readout"],
        ["stories", "--file", "cut.readout"],
        ["quotes", "--file", "cut.readout"],
    ];
    for list in lists.map(|list| spawn(&folder, &list)) {
        let done = list.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    }
    assert!(export_of(&folder, "cut.readout") == alone, "lists at once");
    let verify = run(&folder, &["verify", "--deep", "--file", "cut.readout"]);
    assert_eq!(verify.status.code(), Some(0), "{}", stderr(&verify));
}

/// The reports that are stored so far.
fn rows_in(path: &Path) -> usize {
    readout::store::Store::reader(path).and_then(|store| store.count()).unwrap_or(0)
}
