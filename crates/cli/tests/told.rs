//! What the arguments of `readout read` tell of reports, and what `--dry-run` lists; no language model is needed.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const STORY: &str = "Ministers agree on harbour\n\nThe ministers of the two islands agreed on Monday to open the harbour in June.\n";

fn dry_run(folder: &TempDir, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("readout"));
    command.current_dir(folder.path()).args(["read", "--dry-run"]).args(arguments);
    for variable in ["READOUT_FILE", "READOUT_MODEL", "READOUT_KNOWLEDGE"] {
        command.env_remove(variable);
    }
    let mut run =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    run.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The cells of the lines below the head, parted where two blanks stand.
fn rows(output: &Output) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        line.split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    text(&output.stdout).lines().skip(1).map(cells).collect()
}

#[test]
fn a_dry_run_lists_what_each_file_was_taken_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/a.txt"), STORY).unwrap();
    fs::write(folder.path().join("in/b.txt"), "<rss><channel><item><title>Quotas end</title><description>They end in June.</description></item></channel></rss>").unwrap();
    fs::write(
        folder.path().join("meta.csv"),
        "file,date,title\na.txt,6 Sept 2016,Harbour to open\nc.txt,,\n",
    )
    .unwrap();
    let listed = dry_run(
        &folder,
        &["in", "--table", "meta.csv", "--date", "2016-09-07", "--outlet", "Island Courier"],
        "",
    );
    assert_eq!(
        rows(&listed),
        [
            ["in/a.txt", "plain text", "2016-09-06", "Island Courier", "Harbour to open", "78"],
            ["in/b.txt#1", "feed", "2016-09-07", "Island Courier", "Quotas end", "17"],
        ]
    );
    assert_eq!(text(&listed.stderr), "c.txt: stands in the table, but no such file was read\n");
    assert_eq!(listed.status.code(), Some(0));
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing was written: {names:?}");
}

#[test]
fn standard_input_is_a_report_or_many() {
    let folder = tempfile::tempdir().unwrap();
    let one = dry_run(&folder, &["-"], STORY);
    assert_eq!(rows(&one)[0][1..3], ["plain text", "Ministers agree on harbour"]);
    let many = dry_run(&folder, &["-"], "{\"text\": \"They met.\"}\n{\"text\": \"They left.\"}\n");
    let files: Vec<String> = rows(&many).into_iter().map(|row| row[0].clone()).collect();
    assert!(files[0].starts_with("standard-input-") && files[0].ends_with("#1"), "{files:?}");
    assert!(files[1].ends_with("#2") && files[0] != rows(&one)[0][0], "{files:?}");
    assert_eq!(dry_run(&folder, &["-"], "").status.code(), Some(2));
}

#[test]
fn what_is_told_must_be_readable() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), STORY).unwrap();
    fs::write(folder.path().join("meta.csv"), "file,date\na.txt,soon\n").unwrap();
    for (arguments, said) in [
        (["a.txt", "--date", "05/09/2016"], "nothing tells whether the day or the month comes first"),
        (["a.txt", "--table", "meta.csv"], "meta.csv: line 2: its date was not read"),
        (["a.txt", "--table", "none.csv"], "none.csv"),
    ] {
        let refused = dry_run(&folder, &arguments, "");
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains(said), "{}", text(&refused.stderr));
    }
}
