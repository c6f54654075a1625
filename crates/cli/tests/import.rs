//! Records that go out of one file and come into another, from end to end on the samples.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;

mod program;
mod samples;

use program::{run, stderr, stdout};
use samples::samples;

#[test]
fn a_file_is_made_again_from_its_reports() {
    let Some(folder) = samples() else { return };
    let all = stdout(&run(&folder, &["export"]));
    let position = all.lines().find_map(|it| it.strip_prefix("{\"kind\":\"position\",\"id\":\"")).unwrap();
    let position = &position[..position.find('"').unwrap()];
    let set = run(&folder, &["correct", "set", position, "issue", "a matter", "--by", "Ann"]);
    assert_eq!(set.status.code(), Some(0), "{}", stderr(&set));
    let whole = stdout(&run(&folder, &["export"]));
    assert_ne!(whole, all);
    for (form, file) in [("reports", "all.jsonl"), ("reports-parquet", "all.parquet")] {
        let out = run(&folder, &["export", "--format", form, "-o", file]);
        assert_eq!((out.status.code(), stderr(&out).as_str()), (Some(0), ""));
        let other = format!("{form}.readout");
        let into = run(&folder, &["import", file, "--file", &other]);
        assert_eq!(into.status.code(), Some(0), "{}", stderr(&into));
        assert!(
            stderr(&into).contains("10 new reports, 0 known already, 1 new correction"),
            "{}",
            stderr(&into)
        );
        assert!(stdout(&run(&folder, &["export", "--file", &other])) == whole, "{form}");
        let verified = run(&folder, &["verify", "--deep", "--file", &other]);
        assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
        let again = run(&folder, &["import", file, "--file", &other]);
        assert!(stderr(&again).contains("0 new reports, 10 known already"), "{}", stderr(&again));
    }
    // A part of it, in a folder of parts.
    fs::create_dir(folder.path().join("parts")).unwrap();
    let part = run(&folder, &["export", "--format", "reports", "--actor", "Rouhani", "-o", "parts/1.jsonl"]);
    assert_eq!(part.status.code(), Some(0), "{}", stderr(&part));
    let into = run(&folder, &["import", "parts", "--file", "part.readout"]);
    assert_eq!(into.status.code(), Some(0), "{}", stderr(&into));
}

#[test]
fn what_is_no_report_is_refused_with_its_line() {
    let Some(folder) = samples() else { return };
    run(&folder, &["export", "--format", "reports", "-o", "all.jsonl"]);
    let lines = fs::read_to_string(folder.path().join("all.jsonl")).unwrap();
    let first = lines.lines().next().unwrap();
    let spoiled = first.replacen("\"spans\":[[0,", "\"spans\":[[1,", 1);
    assert_ne!(spoiled, first);
    let plain = stdout(&run(&folder, &["export"]));
    for (lines, told) in [
        (format!("\n{spoiled}\n"), "is not in its report"),
        (first.replacen("\"text\":\"", "\"text\":\"x", 1), "does not have its hash"),
        (plain, "as readout export --format reports writes it"),
    ] {
        fs::write(folder.path().join("bad.jsonl"), lines).unwrap();
        let wrong = run(&folder, &["import", "bad.jsonl", "--file", "bad.readout"]);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(stderr(&wrong).contains("bad.jsonl, line "), "{}", stderr(&wrong));
        assert!(stderr(&wrong).contains(told), "{told}: {}", stderr(&wrong));
    }
}

#[test]
fn stances_go_to_discourse_network_analyzer_and_back() {
    let Some(folder) = samples() else { return };
    let out = run(&folder, &["export", "--format", "dna", "-o", "out.dna"]);
    assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    let nobody = run(&folder, &["import", "out.dna"]);
    assert!(nobody.status.code() == Some(2) && stderr(&nobody).contains("--coder"), "{}", stderr(&nobody));
    let dry = run(&folder, &["import", "out.dna", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{}", stderr(&dry));
    assert!(
        stderr(&dry).contains(" 0 different, 0 of the coder alone, 0 of the machine alone"),
        "{}",
        stderr(&dry)
    );
    assert_eq!(stdout(&run(&folder, &["corrections", "export"])), "");
    let taken = run(&folder, &["import", "out.dna", "--coder", "Ann", "--format", "jsonl"]);
    assert_eq!(taken.status.code(), Some(0), "{}", stderr(&taken));
    assert!(!stderr(&taken).contains("passed over"), "{}", stderr(&taken));
    assert!(stdout(&taken).lines().all(|it| it.contains("\"outcome\":\"untouched\"")));
    run(&folder, &["export", "--format", "dna", "-o", "again.dna"]);
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(read("out.dna") == read("again.dna"));
}
