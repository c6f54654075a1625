//! The coder's loop from end to end: fields set, records added and confirmed, two people, the way to another file.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

mod program;

use program::{run, stderr, stdout};

const REPORT: &str = "Coast News\n2 March 2020\nBlast kills 12 in Kerem market\n\n\
    KEREM, Ardania — A car bomb killed 12 people at a market in Kerem on Monday, police said.\n\n\
    “We will not talk while bombs go off in our markets,” President Anna Berg of Ardania said.\n\n\
    Her rival walked out of the hall when the accord came up.\n";

/// Returns a folder with the report, read; `None` without the language model.
fn read() -> Option<TempDir> {
    readout::model::open_for_tests()?;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    let read = run(&folder, &["read", "a.txt"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    Some(folder)
}

fn rows(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let output = run(folder, &[arguments, &["--format", "jsonl"]].concat());
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn done(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stderr(&output)
}

#[test]
fn every_field_can_be_set_and_each_entry_taken_back() {
    let Some(folder) = read() else { return };
    let export = || stdout(&run(&folder, &["export"]));
    let before = export();
    let incident = rows(&folder, &["events", "--kind", "incident", "--text", "people"]).remove(0);
    let id = incident["id"].as_str().unwrap();
    let set = |field: &str, value: &str| done(&folder, &["correct", "set", id, field, value, "--by", "Ann"]);
    let told = set("killed", "14+");
    let set_so = format!("({id}) is at least 14; to take that back");
    assert!(
        told.starts_with("killed of “Blast kills 12 in Kerem market") && told.contains(&set_so),
        "{told}"
    );
    set("place", "Old Kerem");
    set("time", "2020-03-01");
    set("blamed_on", "Anna Berg");
    set("factuality", "denied");
    let now = rows(&folder, &["events", "--kind", "incident", "--text", "people"]).remove(0);
    assert_eq!(now["killed"], serde_json::json!([14, null]));
    assert_eq!((&now["place"], &now["day"]), (&"Old Kerem".into(), &"2020-03-01".into()));
    assert_eq!((&now["blamed_on"][0]["name"], &now["factuality"]), (&"Anna Berg".into(), &"denied".into()));
    assert!(export().contains("\"rule\":\"correction\""));
    for (field, value, told) in [
        ("killed", "many", "12-14"),
        ("speaker", "Anna Berg", "it has killed, injured, actor"),
        ("factuality", "done", "one of happened"),
        ("blamed_on", "Zebedee Zzyzx", "no actor is called"),
        ("place", "Old Kerem", "is that already"),
    ] {
        let wrong = run(&folder, &["correct", "set", id, field, value, "--by", "Ann"]);
        assert!(
            wrong.status.code() == Some(2) && stderr(&wrong).contains(told),
            "{field}: {}",
            stderr(&wrong)
        );
    }
    let entries = rows(&folder, &["corrections"]);
    assert!(
        entries.len() == 5 && entries.iter().all(|it| it["by"] == "Ann" && it["at"].is_string()),
        "{entries:?}"
    );
    for it in entries.iter().rev() {
        done(&folder, &["correct", "undo", &it["operation"].to_string()]);
    }
    assert_eq!(export(), before);
}

#[test]
fn a_record_is_added_at_words_and_stays_with_a_new_version() {
    let Some(folder) = read() else { return };
    let report = rows(&folder, &["sources"])[0]["id"].as_str().unwrap().to_owned();
    let words = "Her rival walked out of the hall when the accord came up";
    let add = |more: &[&str]| {
        run(&folder, &[&["correct", "add", "position", &report[4..10], words], more].concat())
    };
    let added = add(&["actor=Anna Berg", "issue=the accord", "stance=against", "--by", "Ann"]);
    assert_eq!(added.status.code(), Some(0), "{}", stderr(&added));
    let of = || rows(&folder, &["positions", "--issue", "accord", "--actor", "Anna Berg"]);
    let position = of().remove(0);
    assert_eq!((&position["stance"], &position["text"]), (&"against".into(), &words.into()));
    let statement = position["id"].as_str().unwrap().to_owned();
    assert!(stdout(&run(&folder, &["show", &statement])).contains("walked out of the hall"));
    done(&folder, &["correct", "set", &statement, "addressee", "Ardania"]);
    for (words, told) in [("Her rival ran", "does not have these words"), ("Kerem", "several times")] {
        let wrong = run(&folder, &["correct", "add", "event", &report, words]);
        assert!(wrong.status.code() == Some(2) && stderr(&wrong).contains(told), "{}", stderr(&wrong));
    }
    assert!(
        stderr(&add(&["actor=Anna Berg", "issue=the accord", "stance=for"]))
            .contains("at this passage already")
    );
    // The report grows: the words stand elsewhere now.
    fs::write(
        folder.path().join("a.txt"),
        REPORT.replace("KEREM, Ardania", "KEREM, in the south of Ardania"),
    )
    .unwrap();
    run(&folder, &["read", "a.txt"]);
    let now = of();
    assert_eq!((now.len(), &now[0]["text"]), (1, &words.into()), "{now:?}");
    assert_ne!(now[0]["spans"], position["spans"]);
    assert_eq!(run(&folder, &["verify"]).status.code(), Some(0));
}

#[test]
fn two_coders_are_compared_and_one_applies_what_the_other_wrote() {
    let Some(folder) = read() else { return };
    let all = rows(&folder, &["queue"]);
    let certain: Vec<f64> = all.iter().map(|it| it["certainty"].as_f64().unwrap()).collect();
    assert!(all.len() >= 2 && certain.iter().all(|it| (0.0..=1.0).contains(it)), "{all:?}");
    let (first, second) = (all[0]["id"].as_str().unwrap(), all[1]["id"].as_str().unwrap());
    fs::copy(folder.path().join("readout.readout"), folder.path().join("bo.readout")).unwrap();
    done(&folder, &["correct", "confirm", first, "--by", "Ann"]);
    done(&folder, &["correct", "confirm", second, "--by", "Ann"]);
    assert_eq!(run(&folder, &["correct", "confirm", first, "--by", "Ann"]).status.code(), Some(2), "twice");
    done(
        &folder,
        &["correct", "reject", first, "--by", "Bo", "--reason", "a misreading", "--file", "bo.readout"],
    );
    done(&folder, &["correct", "confirm", second, "--by", "Bo", "--file", "bo.readout"]);
    let written = stdout(&run(&folder, &["corrections", "export", "--file", "bo.readout"]));
    assert!(written.lines().count() == 2 && written.contains("a misreading"), "{written}");
    fs::write(folder.path().join("bo.jsonl"), &written).unwrap();
    assert!(done(&folder, &["corrections", "apply", "bo.jsonl"]).starts_with("2 new corrections"));
    assert!(
        done(&folder, &["corrections", "apply", "bo.jsonl"])
            .contains("0 new corrections, 2 in force already")
    );
    let coders = run(&folder, &["corrections", "coders", "--format", "jsonl"]);
    assert!(
        stderr(&coders).contains("1 of 2 records alike") || stderr(&coders).contains("alike, alpha"),
        "{}",
        stderr(&coders)
    );
    let dispute: Value = serde_json::from_str(stdout(&coders).lines().next().unwrap()).unwrap();
    assert_eq!(
        (&dispute["verdicts"]["Ann"], &dispute["verdicts"]["Bo"]),
        (&"right".into(), &"rejected".into())
    );
    let scores = rows(&folder, &["score"]);
    let sum = |name: &str| scores.iter().map(|it| it[name].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("right"), sum("rejected")), (1, 1), "{scores:?}");
    assert!(rows(&folder, &["queue"]).iter().all(|it| it["id"] != first && it["id"] != second));
    fs::write(folder.path().join("bad.jsonl"), "{\"change\":\"paint\"}\n").unwrap();
    let wrong = run(&folder, &["corrections", "apply", "bad.jsonl"]);
    assert!(
        wrong.status.code() == Some(2) && stderr(&wrong).contains("bad.jsonl, line 1"),
        "{}",
        stderr(&wrong)
    );
}
