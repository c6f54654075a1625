//! The commands that write for other programs, from end to end on the samples.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

mod program;
mod samples;

use program::{run, stderr, stdout};
use samples::samples;

/// The ids in the first column of a table.
fn ids(table: &str) -> BTreeSet<&str> {
    let first = |line: &'_ str| line.split(',').next().unwrap_or_default().len();
    let rows = table.split("\r\n").skip(1);
    rows.map(|line| &line[..first(line)]).filter(|id| id.starts_with("statement:")).collect()
}

#[test]
fn an_export_has_the_rows_of_the_lists_under_the_same_filter() {
    let Some(folder) = samples() else { return };
    let filters: [&[&str]; 4] =
        [&[], &["--kind", "direct"], &["--text", "sanctions"], &["--actor", "Rouhani", "--kind", "indirect"]];
    for filter in filters {
        let listed = run(&folder, &[&["statements", "--format", "jsonl"], filter].concat());
        let listed: BTreeSet<String> = stdout(&listed)
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
            .collect();
        let table = stdout(&run(
            &folder,
            &[&["export", "--format", "csv", "--table", "statements"], filter].concat(),
        ));
        assert_eq!(ids(&table), listed.iter().map(String::as_str).collect(), "{filter:?}");
        let lines = stdout(&run(&folder, &[&["export"], filter].concat()));
        let of_lines: BTreeSet<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|it| it["kind"] == "statement")
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(of_lines, listed, "{filter:?}");
    }
    let unknown = run(&folder, &["export", "--actor", "Nobody Atall"]);
    assert_eq!(unknown.status.code(), Some(1), "{}", stderr(&unknown));
}

#[test]
fn tables_and_files_for_each_report_go_into_a_new_folder() {
    let Some(folder) = samples() else { return };
    let out = run(&folder, &["export", "--format", "csv"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(stderr(&out).contains("--table"), "{}", stderr(&out));
    for (format, file) in
        [("csv", "statements.csv"), ("tsv", "agreements.tsv"), ("brat", ""), ("webanno", "")]
    {
        let out = run(&folder, &["export", "--format", format, "-o", format]);
        assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
        assert!(fs::read_dir(folder.path().join(format)).unwrap().count() > 5);
        assert!(folder.path().join(format).join(file).exists());
        let again = run(&folder, &["export", "--format", format, "-o", format]);
        assert_eq!(again.status.code(), Some(2));
        assert!(stderr(&again).contains("--force"), "{}", stderr(&again));
    }
    let out = run(&folder, &["export", "--format", "ftm", "--table", "events"]);
    assert_eq!(out.status.code(), Some(2), "{}", stderr(&out));
    let out = run(&folder, &["export", "--format", "xlsx", "-o", "all.xlsx"]);
    assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    assert!(fs::read(folder.path().join("all.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_a_layout_cannot_hold_is_told() {
    let Some(folder) = samples() else { return };
    for format in ["polecat", "icews", "gdelt-events", "gdelt-mentions", "acled", "ucdp"] {
        let out = run(&folder, &["export", "--format", format]);
        assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
        assert!(stderr(&out).contains(" left out"), "{}", stderr(&out));
        assert!(stderr(&out).contains("columns left empty"), "{}", stderr(&out));
        assert!(stdout(&out).lines().count() > 1, "{format}");
    }
}

#[test]
fn a_record_is_cited_and_stances_are_a_network() {
    let Some(folder) = samples() else { return };
    let export = stdout(&run(&folder, &["export"]));
    let records: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for kind in ["statement", "document", "quote", "position", "agreement"] {
        let Some(record) = records.iter().find(|it| it["kind"] == kind) else { continue };
        let id = record["id"].as_str().unwrap();
        for format in ["chicago", "bibtex", "csl-json"] {
            let out = run(&folder, &["cite", id, "--format", format]);
            assert_eq!(out.status.code(), Some(0), "{kind} {format}: {}", stderr(&out));
        }
    }
    let statement = records.iter().find(|it| it["kind"] == "statement").unwrap();
    let id = statement["id"].as_str().unwrap();
    let note = stdout(&run(&folder, &["cite", id]));
    assert!(note.trim_end().ends_with(&format!("[{id}]")), "{note}");
    let csl: Value =
        serde_json::from_str(&stdout(&run(&folder, &["cite", id, "--format", "csl-json"]))).unwrap();
    assert_eq!(csl[0]["id"], id);

    for format in ["graphml", "gexf", "dl", "csv"] {
        let out = run(&folder, &["network", "--format", format, "--qualifier", "ignore"]);
        assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    }
    let two = stdout(&run(&folder, &["network", "--nodes", "both", "--format", "csv"]));
    assert_eq!(stdout(&run(&folder, &["positions", "--matrix"])), two);
    let wrong = run(&folder, &["network", "--nodes", "both", "--normalization", "jaccard"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", stderr(&wrong));
}

#[test]
fn every_word_of_a_tree_stands_at_its_span() {
    let Some(folder) = samples() else { return };
    let out = run(&folder, &["export", "--format", "conllu"]);
    assert_eq!((out.status.code(), stderr(&out).as_str()), (Some(0), ""));
    let export = stdout(&run(&folder, &["export"]));
    let records = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let texts: BTreeMap<String, Vec<char>> = records
        .filter(|it| it["kind"] == "document")
        .map(|it| (it["id"].as_str().unwrap().to_owned(), it["text"].as_str().unwrap().chars().collect()))
        .collect();
    let (mut text, mut documents, mut words): (&[char], _, _) = (&[], 0, 0);
    for line in stdout(&out).lines() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            text = &texts[id];
            documents += 1;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, form, .., more] = cells.as_slice() else { continue };
        let number = |name: &str| -> usize {
            more.split('|').find_map(|it| it.strip_prefix(name)).unwrap().parse().unwrap()
        };
        let there: String = text[number("start_char=")..number("end_char=")].iter().collect();
        assert_eq!(there, *form, "{line}");
        words += 1;
    }
    assert_eq!(documents, texts.len());
    assert!(words > 1000, "{words}");
}
