//! What is new, what is taken out, what another file has: from end to end on reports of our own.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

mod program;

use program::{run, stderr, stdout};

const MONDAY: &str = "Coast News\n2 March 2020\nBlast kills 12 in Kerem market\n\n\
    KEREM, Ardania — A car bomb killed 12 people at a market in Kerem on Monday, police said.\n\n\
    “We will not talk while bombs go off in our markets,” President Anna Berg of Ardania said.\n\n\
    Ardania and Borland signed the Kerem Accord in January.\n";
const TUESDAY: &str = "Harbour Times\n3 March 2020\nMarket blast toll rises to 14\n\n\
    KEREM, Ardania — A car bomb killed 14 people at a market in Kerem on Monday, officials said.\n\n\
    Ardania withdrew from the Kerem Accord on Tuesday, the foreign ministry said.\n";

/// Returns a folder with both reports, of which the first is read; `None` without the language model.
fn one_read() -> Option<TempDir> {
    readout::model::open_for_tests()?;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("monday.txt"), MONDAY).unwrap();
    fs::write(folder.path().join("tuesday.txt"), TUESDAY).unwrap();
    let read = read_monday(&folder, "readout.readout");
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    assert!(
        !stderr(&read).contains("what is new"),
        "the first reading is the file itself: {}",
        stderr(&read)
    );
    Some(folder)
}

fn read_monday(folder: &TempDir, file: &str) -> Output {
    run(folder, &["read", "monday.txt", "--outlet", "Coast News", "--into", file])
}

fn read_tuesday(folder: &TempDir, file: &str) -> Output {
    run(folder, &["read", "tuesday.txt", "--outlet", "Harbour Times", "--into", file])
}

fn rows(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let output = run(folder, &[arguments, &["--format", "jsonl"]].concat());
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_reading_says_what_is_new_and_what_changed() {
    let Some(folder) = one_read() else { return };
    let first = run(&folder, &["new"]);
    assert!(stderr(&first).starts_with("first reading: 1 report, all new"), "{}", stderr(&first));
    let read = read_tuesday(&folder, "readout.readout");
    let told = stderr(&read);
    assert!(told.contains("what is new: changed toll 1"), "{told}");
    assert!(told.contains("12 dead → 12 to 14 dead"), "{told}");
    let news = rows(&folder, &["new"]);
    let of = |sort: &str| news.iter().filter(|it| it["news"] == sort).cloned().collect::<Vec<_>>();
    assert_eq!(of("toll")[0]["before"], "12 dead");
    assert_eq!(of("toll")[0]["outlet"], "Harbour Times", "the passage is of the report that came");
    let status = &of("status")[0];
    assert_eq!((&status["before"], &status["after"]), (&"signed".into(), &"withdrawn".into()), "{status}");
    assert!(of("happening").iter().all(|it| it["outlet"] == "Harbour Times"), "{news:?}");
    // Since the first entry of the log, the same; since the beginning, the file itself; since now, nothing.
    assert_eq!(rows(&folder, &["new", "--since", "#2"]), news);
    assert!(rows(&folder, &["new", "--since", "0"]).len() > news.len());
    let last = rows(&folder, &["log"])[0]["number"].to_string();
    assert_eq!(run(&folder, &["new", "--since", &last]).status.code(), Some(1));
    assert_eq!(rows(&folder, &["new", "--kind", "toll"]).len(), 1);
    let wrong = run(&folder, &["new", "--since", "yesterday"]);
    assert!(wrong.status.code() == Some(2) && stderr(&wrong).contains("2015-11-16"), "{}", stderr(&wrong));
}

#[test]
fn a_report_that_is_forgotten_is_gone_and_stays_out() {
    let Some(folder) = one_read() else { return };
    let alone = stdout(&run(&folder, &["export"]));
    read_tuesday(&folder, "readout.readout");
    let both = stdout(&run(&folder, &["export"]));
    let id = rows(&folder, &["sources", "--outlet", "Harbour Times"])[0]["id"].as_str().unwrap().to_owned();
    let statement =
        rows(&folder, &["statements", "--outlet", "Harbour Times"])[0]["id"].as_str().unwrap().to_owned();
    run(&folder, &["correct", "reject", &statement, "--by", "Ann", "--reason", "a misreading"]);
    let forget = run(&folder, &["forget", &id[4..10], "--reason", "its outlet asked"]);
    assert_eq!(forget.status.code(), Some(0), "{}", stderr(&forget));
    let without = |text: &str| {
        text.lines()
            .filter(|it| !it.contains("\"kind\":\"correction\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(without(&stdout(&run(&folder, &["export"]))), without(&alone));
    assert_eq!(run(&folder, &["verify", "--deep"]).status.code(), Some(0));
    let log = rows(&folder, &["log"]);
    assert!(log[1]["reason"] == "its outlet asked" || log[0]["reason"] == "its outlet asked", "{log:?}");
    assert!(log.iter().any(|it| it["by"] == "Ann"), "{log:?}");
    assert!(!log.iter().any(|it| it.to_string().contains("officials said")));
    let again = read_tuesday(&folder, "readout.readout");
    assert!(stderr(&again).contains("1 forgotten, and left out"), "{}", stderr(&again));
    assert_eq!(run(&folder, &["forget", "--allow", &id]).status.code(), Some(0));
    read_tuesday(&folder, "readout.readout");
    assert_eq!(
        without(&stdout(&run(&folder, &["export"]))).len(),
        without(&both).len() - 1,
        "its rejected statement"
    );
}

#[test]
fn two_files_become_one_as_if_read_together() {
    let Some(folder) = one_read() else { return };
    read_tuesday(&folder, "other.readout");
    read_monday(&folder, "both.readout");
    read_tuesday(&folder, "both.readout");
    let merge = run(&folder, &["merge", "other.readout"]);
    assert_eq!(merge.status.code(), Some(0), "{}", stderr(&merge));
    assert!(stderr(&merge).contains("1 new report, 0 known already"), "{}", stderr(&merge));
    let of = |file: &str| stdout(&run(&folder, &["export", "--file", file]));
    assert_eq!(of("readout.readout"), of("both.readout"));
    let again = run(&folder, &["merge", "other.readout"]);
    assert!(stderr(&again).contains("0 new reports, 1 known already"), "{}", stderr(&again));
    let itself = run(&folder, &["merge", "readout.readout"]);
    assert_eq!(itself.status.code(), Some(2));
}
