//! The command from end to end, with the language model.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

mod program;

use program::{readout, run, stderr, stdout};

fn samples() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    fs::canonicalize(path).unwrap().display().to_string()
}

/// Without the language model a test that needs it passes, and says why.
fn has_model() -> bool {
    readout::model::open_for_tests().is_some()
}

#[test]
fn the_samples_are_read_shown_found_exported_and_verified() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let read = run(&folder, &["read", &samples(), "--threads", "2"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    assert_eq!(stdout(&read), "");

    let brief = run(&folder, &["brief"]);
    assert_eq!(brief.status.code(), Some(0), "{}", stderr(&brief));
    let page = stdout(&brief);
    assert!(!page.contains('\u{1b}'), "styles are for terminals");
    for heading in ["WHO MET", "WHAT WAS SAID", "SOURCES"] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");

    let verify = run(&folder, &["verify"]);
    assert_eq!(verify.status.code(), Some(0), "{}", stderr(&verify));

    let export = run(&folder, &["export"]);
    let lines: Vec<serde_json::Value> =
        stdout(&export).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 10);
    run(&folder, &["export", "--format", "jsonl", "--out", "out.jsonl"]);
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), stdout(&export));
    let table = stdout(&run(&folder, &["export", "--format", "csv", "--table", "positions"]));
    assert!(table.starts_with("id,actor,actor_name,issue,stance,"), "{table}");

    let statement = lines.iter().find(|it| it["kind"] == "statement").unwrap();
    for (id, part) in [(&statement["id"], "content"), (&statement["doc"], "¶1")] {
        let shown = run(&folder, &["show", id.as_str().unwrap()]);
        assert_eq!(shown.status.code(), Some(0), "{}", stderr(&shown));
        assert!(stdout(&shown).contains(part), "{}", stdout(&shown));
    }
    // The core's view of one paragraph: a tree with one line a token, and what stands below it.
    let seen = stdout(&run(&folder, &["show", statement["id"].as_str().unwrap(), "--spans"]));
    for part in ["nsubj", "ROOT", "names ", "chain ", "said ", "rule "] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    let whole = stdout(&run(&folder, &["show", statement["doc"].as_str().unwrap(), "--spans"]));
    assert!(whole.len() > seen.len() && whole.contains("¶1 "), "{whole}");
    let quoted = lines.iter().find(|it| it["kind"] == "statement" && it["mode"] == "direct").unwrap();
    let seen = stdout(&run(&folder, &["show", quoted["id"].as_str().unwrap(), "--spans"]));
    assert!(seen.contains("quotation 0") || seen.contains("quotation 1"), "{seen}");
    let link = lines.iter().find(|it| it["kind"] == "actor").unwrap();
    let refused = run(&folder, &["show", link["id"].as_str().unwrap(), "--spans"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("no passage of its own"), "{}", stderr(&refused));
    assert_eq!(run(&folder, &["show", "statement:zzz"]).status.code(), Some(1));
    every_rule_is_explained(&folder, &lines);
    assert_eq!(run(&folder, &["find", "Odesa"]).status.code(), Some(0));
    assert_eq!(run(&folder, &["find", "zebra crossing"]).status.code(), Some(1));
    let misspelt = run(&folder, &["find", "Rohani"]);
    assert_eq!(misspelt.status.code(), Some(1));
    assert!(
        stderr(&misspelt).contains("nobody is called Rohani; near: Hassan Rouhani"),
        "{}",
        stderr(&misspelt)
    );

    let again = run(&folder, &["read", &samples()]);
    assert_eq!(again.status.code(), Some(0));
    assert!(stderr(&again).contains("0 new reports"), "{}", stderr(&again));
    assert_eq!(stdout(&run(&folder, &["export"])), stdout(&export));
}

/// `show --why` tells of every rule what it reads and, where a lexicon has it, the line; and of known sides the row.
fn every_rule_is_explained(folder: &TempDir, lines: &[serde_json::Value]) {
    let mut seen = std::collections::BTreeSet::new();
    for line in lines.iter().filter(|it| it["rule"].as_str().is_some_and(|rule| !rule.is_empty())) {
        if !seen.insert(line["rule"].as_str().unwrap()) {
            continue;
        }
        let shown = stdout(&run(folder, &["show", "--why", line["id"].as_str().unwrap()]));
        let why = shown.split("\nwhy\n").nth(1).unwrap_or_default();
        assert!(why.contains("  rule ") && why.contains("  certainty "), "{shown}");
        for step in line["rule"].as_str().unwrap().split('>') {
            let told = why.lines().find(|it| it.contains("  rule ") && it.contains(step)).unwrap_or_default();
            assert!(
                told.trim_end().len() > told.find(step).unwrap() + step.len(),
                "{step} is not told: {shown}"
            );
            if step.starts_with("verb:") || step.starts_with("noun:") {
                assert!(why.contains("data/events/"), "{shown}");
            }
        }
        for state in ["state:RUS", "state:UKR"].iter().filter(|it| why.contains(*it)) {
            assert!(why.contains("data/knowledge/states.tsv:"), "{state}: {shown}");
        }
    }
}

#[test]
fn a_claim_is_held_against_the_reports() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let text = "War\n\nNorway's premier Ann Lee met Bo Berg on Monday. The rebels will launch two rockets at Oslo.\n";
    fs::write(folder.path().join("a.txt"), text).unwrap();
    run(&folder, &["read", "a.txt"]);
    let said = run(&folder, &["check", "Norway's premier Ann Lee conferred with Bo Berg."]);
    assert_eq!(said.status.code(), Some(1), "to confer is less than to meet: {}", stdout(&said));
    let said = run(&folder, &["check", "Ann", "Lee", "met", "Bo", "Berg."]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    assert!(stdout(&said).starts_with("reports say so"), "{}", stdout(&said));
    let planned = run(&folder, &["check", "The rebels fired two rockets at Oslo."]);
    assert_eq!(planned.status.code(), Some(1), "{}", stdout(&planned));
    assert!(stdout(&planned).contains("as what may come"), "{}", stdout(&planned));
    let nobody = run(&folder, &["check", "Zebras fly.", "--format", "json"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(stdout(&nobody).contains("\"supporting\": 0"), "{}", stdout(&nobody));
}

#[test]
fn why_not_tells_of_every_verb() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let told = run(&folder, &["why-not", "Norway attacked Sweden on Monday. The weather was glorping."]);
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    let told = stdout(&told);
    assert!(told.contains("attacked event:") || told.contains("attacked incident:"), "{told}");
    assert!(told.contains("nothing: no rule knows the word"), "{told}");
    assert_eq!(run(&folder, &["why-not", "Nothing."]).status.code(), Some(1));

    fs::write(folder.path().join("a.txt"), "War\n\nNorway attacked Sweden.\n\nSweden waited.\n").unwrap();
    run(&folder, &["read", "a.txt"]);
    let export = stdout(&run(&folder, &["export"]));
    let document: serde_json::Value = serde_json::from_str(export.lines().next().unwrap()).unwrap();
    let id = document["id"].as_str().unwrap();
    let text = document["text"].as_str().unwrap();
    let number = text.split("\n\n").position(|it| it.contains("waited")).unwrap() + 1;
    let told = stdout(&run(&folder, &["why-not", &format!("{id}:¶{number}")]));
    assert!(told.contains("waited") && !told.contains("attacked"), "{told}");
    assert_eq!(run(&folder, &["why-not", &format!("{id}:¶99")]).status.code(), Some(1));
    assert_eq!(run(&folder, &["why-not", "doc:zzz:¶1"]).status.code(), Some(1));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    run(&folder, &["read", &samples()]);
    let mut child =
        readout(&folder).arg("export").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn errors_name_the_file_and_what_may_help() {
    let folder = tempfile::tempdir().unwrap();
    for command in [&["brief"][..], &["verify"], &["export"], &["find", "x"], &["show", "x"]] {
        let output = run(&folder, command);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("readout.readout: there is no such file") && told.contains("hint:"), "{told}");
    }
    fs::write(folder.path().join("note.txt"), "This is no database. ".repeat(100)).unwrap();
    let output = run(&folder, &["verify", "--file", "note.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("note.txt: not a file that Readout wrote"), "{}", stderr(&output));
}

#[test]
fn a_missing_folder_is_named() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &["read", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
}

/// Reports enough for a run of some seconds.
fn many_reports(folder: &TempDir, count: usize) -> PathBuf {
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    for number in 0..count {
        let text = format!(
            "Round {number} ends\n\n{}",
            format!("“We met {number} times,” the minister said in Geneva on Monday. Talks will go on.\n\n")
                .repeat(25)
        );
        fs::write(reports.join(format!("{number:04}.txt")), text).unwrap();
    }
    reports
}

#[test]
fn killed_at_any_moment_the_file_is_whole() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let reports = many_reports(&folder, 150);
    let reports = reports.to_str().unwrap();
    let mut stored = 0;
    for round in 0..12_u64 {
        let mut child = readout(&folder)
            .args(["read", reports])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Spread from the making of the file to the storing of reports.
        thread::sleep(Duration::from_millis(150 + 97 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        if !folder.path().join("readout.readout").exists() {
            continue;
        }
        let verify = run(&folder, &["verify"]);
        let told = stderr(&verify);
        if told.contains("not a file that Readout wrote") {
            // Killed before the first byte was written.
            assert_eq!(
                (round, fs::metadata(folder.path().join("readout.readout")).unwrap().len()),
                (round, 0)
            );
            continue;
        }
        assert_eq!(verify.status.code(), Some(0), "{told}");
        let now: usize = stdout(&verify).split(' ').next().unwrap().parse().unwrap();
        assert!(now >= stored, "{now} reports are left of {stored}");
        stored = now;
    }
    let read = run(&folder, &["read", reports]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    assert!(stdout(&run(&folder, &["verify"])).starts_with("150 reports"));
}

#[test]
fn knowledge_of_ones_own_names_who_acts_and_is_in_the_log() {
    if !has_model() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("own")).unwrap();
    write("own/groups.tsv", "id\tname\tnames\tstate\tsector\nriver-front\tRiver Front\tRF\tTCD\tREB\n");
    write(
        "a.txt",
        "Raid in the east\n\nThe River Front attacked an army post on Monday, the governor said.\n",
    );
    let read = run(&folder, &["read", "a.txt", "--knowledge", "own"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    let export = stdout(&run(&folder, &["export"]));
    assert!(export.contains("group:river-front"), "{export}");
    let document = export.lines().find_map(|line| {
        let it: serde_json::Value = serde_json::from_str(line).unwrap();
        (it["kind"] == "document").then(|| it["id"].as_str().unwrap().to_owned())
    });
    let shown = stdout(&run(&folder, &["show", &document.unwrap()]));
    assert!(shown.contains("knowledge") && shown.contains("one’s own"), "{shown}");

    write("b.txt", "Talks\n\nThe River Front met the governor on Tuesday.\n");
    let other = readout(&folder).args(["read", "b.txt"]).output().unwrap();
    assert!(stderr(&other).contains("1 of its reports were read with other knowledge"), "{}", stderr(&other));

    write("own/groups.tsv", "id\tname\tstate\nriver-front\tRiver Front\tTchad\n");
    let wrong = readout(&folder).args(["brief"]).env("READOUT_KNOWLEDGE", "own").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let told = stderr(&wrong);
    assert!(told.contains("groups.tsv, line 2: no state has the code \"Tchad\""), "{told}");
    assert!(told.contains("hint: use ISO 3166-1 alpha-3"), "{told}");
}
