//! The commands that list, brief and correct, from end to end on the samples.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

mod program;
mod samples;

use program::{run, stderr, stdout};
use samples::samples;

fn rows(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let mut all = arguments.to_vec();
    all.extend(["--format", "jsonl"]);
    let output = run(folder, &all);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const LISTS: [&str; 14] = [
    "timeline",
    "statements",
    "quotes",
    "events",
    "meetings",
    "conditions",
    "agreements",
    "commitments",
    "positions",
    "issues",
    "compare",
    "actors",
    "stories",
    "sources",
];

#[test]
fn every_list_is_written_in_every_format() {
    let Some(folder) = samples() else { return };
    for list in LISTS {
        let all = if list == "compare" { vec![list, "--all"] } else { vec![list] };
        let lines = rows(&folder, &all);
        assert!(!lines.is_empty(), "{list}");
        let written = |format: &str| {
            let mut arguments = all.clone();
            arguments.extend(["--format", format]);
            stdout(&run(&folder, &arguments))
        };
        let json: Vec<Value> = serde_json::from_str(&written("json")).unwrap();
        assert_eq!(json, lines, "{list}");
        let csv = written("csv");
        assert!(csv.ends_with("\r\n"), "{list}");
        for field in csv.split("\r\n").flat_map(|line| line.split(',')) {
            let start = field.trim_start_matches('"');
            assert!(!start.starts_with(['=', '+', '-', '@']), "{list}: {field}");
        }
        let table = stdout(&run(&folder, &all));
        assert!(!table.contains('\u{1b}'), "styles are for terminals");
        assert_eq!(table.lines().count(), lines.len() + 1, "one line a row for another program: {table}");
        assert!(written("md").lines().nth(1).unwrap().starts_with("| --- |"), "{list}");
        assert_eq!(stdout(&run(&folder, &all)), table, "the same again");
    }
}

/// Every id in `text`: a kind, a colon, and letters, digits and marks of an id.
fn ids_in(text: &str) -> BTreeSet<String> {
    const KINDS: &str = "doc statement event meeting incident condition commitment agreement position quote \
                         happening story state person org group outlet office unnamed place";
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, ':' | '-' | '_'))
        .filter(|word| {
            word.split_once(':')
                .is_some_and(|(kind, rest)| KINDS.split_whitespace().any(|it| it == kind) && rest.len() > 2)
        })
        .map(|word| word.trim_end_matches([':', '-']).to_owned())
        .collect()
}

#[test]
fn every_id_that_is_printed_opens() {
    let Some(folder) = samples() else { return };
    let mut printed = stdout(&run(&folder, &["export"]));
    for list in LISTS {
        let all = if list == "compare" { vec![list, "--all"] } else { vec![list] };
        for format in ["jsonl", "csv"] {
            let mut arguments = all.clone();
            arguments.extend(["--format", format]);
            printed.push_str(&stdout(&run(&folder, &arguments)));
        }
    }
    printed.push_str(&stdout(&run(&folder, &["brief", "--format", "md"])));
    let corpus = readout::Corpus::open(&folder.path().join("readout.readout")).unwrap();
    let (mut opened, mut reports, mut unnamed) = (0, 0, 0);
    for id in ids_in(&printed) {
        assert!(corpus.show(&id).is_ok(), "{id} does not open");
        opened += 1;
        unnamed += usize::from(id.starts_with("unnamed:"));
        let Some(digits) = id.strip_prefix("doc:") else { continue };
        // What `sources` and the passages of lists have.
        let short = &digits[..6];
        assert_eq!(corpus.id(short, readout::Wanted::Anything).unwrap(), id.as_str());
        reports += 1;
    }
    assert!(opened > 100 && reports > 5 && unnamed > 0, "{opened}, {reports}, {unnamed}");

    let short = rows(&folder, &["sources"])[0]["id"].as_str().unwrap()[4..10].to_owned();
    for arguments in [
        vec!["show", &short],
        vec!["why-not", &format!("{short}:¶1")],
        vec!["why-not", &format!("{short} ¶1")],
        vec!["find", &short],
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    }
    let story = rows(&folder, &["stories"])[0]["id"].as_str().unwrap()[6..10].to_owned();
    assert_eq!(run(&folder, &["bundle", &story, "-o", "story.zip"]).status.code(), Some(0));
    let quotes = run(&folder, &["bundle", &story, "--quotes-only", "-o", "quotes.zip"]);
    assert_eq!(quotes.status.code(), Some(0), "{}", stderr(&quotes));
    // Both are opened by another Readout, with the same statements; without full texts the passages still fit.
    let of = |file: &str| -> BTreeSet<String> {
        let rows = rows(&folder, &["statements", "--file", file]);
        rows.iter().map(|it| format!("{} {}", it["id"], it["text"])).collect()
    };
    let texts = |file: &str| {
        let records = stdout(&run(&folder, &["export", "--file", file]));
        let records = records.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let documents: Vec<Value> = records.filter(|it| it["kind"] == "document").collect();
        documents.iter().map(|it| it["text"].as_str().unwrap().replace(['…', ' '], "").len()).sum::<usize>()
    };
    for (bundle, file) in [("story.zip", "whole.readout"), ("quotes.zip", "quotes.readout")] {
        let merged = run(&folder, &["merge", bundle, "--file", file]);
        assert_eq!(merged.status.code(), Some(0), "{}", stderr(&merged));
        assert_eq!(run(&folder, &["verify", "--file", file]).status.code(), Some(0), "{file}");
    }
    assert_eq!(of("quotes.readout"), of("whole.readout"));
    assert!(!of("quotes.readout").is_empty() && texts("quotes.readout") < texts("whole.readout"));
    let unclear = run(&folder, &["show", "statement:"]);
    assert_eq!(unclear.status.code(), Some(1));
    let told = stderr(&unclear);
    assert!(
        told.starts_with("several ids start with statement:") && told.contains("  statement: "),
        "{told}"
    );
    assert!(told.ends_with("  and more: type more of the id\n"), "{told}");
}

#[test]
fn filters_narrow_lists_and_nothing_found_is_told() {
    let Some(folder) = samples() else { return };
    let all = rows(&folder, &["statements"]);
    let first = &all.iter().find(|it| it["speaker"][0]["id"].is_string()).unwrap()["speaker"][0];
    let (id, name) = (first["id"].as_str().unwrap(), first["name"].as_str().unwrap());
    let its = rows(&folder, &["statements", "--actor", id]);
    assert!(!its.is_empty() && its.len() < all.len());
    assert!(its.iter().all(|it| it["speaker"].as_array().unwrap().iter().any(|it| it["id"] == id)));
    assert_eq!(rows(&folder, &["statements", "--actor", name]), its);
    let outlet = all.iter().find_map(|it| it["outlet"].as_str()).unwrap();
    assert!(rows(&folder, &["statements", "--outlet", outlet]).iter().all(|it| it["outlet"] == outlet));
    // Half-open: the halves before and from a day make the whole of what is dated.
    let dated = rows(&folder, &["statements", "--since", "1900"]).len();
    let before = run(&folder, &["statements", "--until", "2015-01-01", "--format", "jsonl"]);
    let after = run(&folder, &["statements", "--since", "2015-01-01", "--format", "jsonl"]);
    assert_eq!(stdout(&before).lines().count() + stdout(&after).lines().count(), dated);

    let nobody = run(&folder, &["statements", "--actor", "Zebedee Zzyzx"]);
    assert_eq!((nobody.status.code(), stdout(&nobody).as_str()), (Some(1), ""));
    assert!(stderr(&nobody).contains("hint: nobody is called Zebedee Zzyzx"), "{}", stderr(&nobody));
    let none = run(&folder, &["meetings", "--since", "2999", "--format", "json"]);
    assert_eq!((none.status.code(), stdout(&none).as_str()), (Some(1), "[]\n"));
    assert_eq!(run(&folder, &["meetings", "--since", "yesterday"]).status.code(), Some(2));
    let kind = run(&folder, &["events", "--kind", "CONSLUT"]);
    assert_eq!(kind.status.code(), Some(2));
    assert!(stderr(&kind).contains("CONSULT") && stderr(&kind).contains("not CONSLUT"), "{}", stderr(&kind));
    assert_eq!(run(&folder, &["brief", "nosuch"]).status.code(), Some(1));
    let positions = run(&folder, &["positions", "--between", "Zebedee Zzyzx", name]);
    assert_eq!(positions.status.code(), Some(1));
}

#[test]
fn the_brief_is_a_page_for_a_terminal_for_markdown_and_for_a_browser() {
    let Some(folder) = samples() else { return };
    let text = stdout(&run(&folder, &["brief"]));
    for heading in ["WHO MET", "WHAT WAS SAID", "WHAT WAS AGREED", "SOURCES"] {
        assert!(text.contains(heading), "{heading}: {text}");
    }
    let full = stdout(&run(&folder, &["brief", "--full"]));
    assert!(full.lines().count() > text.lines().count());
    let markdown = stdout(&run(&folder, &["brief", "--format", "md"]));
    assert!(markdown.starts_with("# ") && markdown.contains("\n## What was said\n"), "{markdown}");
    let html = stdout(&run(&folder, &["brief", "--format", "html"]));
    assert!(html.starts_with("<!DOCTYPE html>") && !html.contains("<script"), "{html}");
    let story = rows(&folder, &["stories"])[0]["id"].as_str().unwrap().to_owned();
    let of_story = run(&folder, &["brief", &story[..12]]);
    assert_eq!(of_story.status.code(), Some(0), "{}", stderr(&of_story));
    // A headline's words name the story too, if no other has them all.
    let title = rows(&folder, &["stories"])[0]["title"].as_str().unwrap().to_owned();
    let words: Vec<&str> = std::iter::once("brief").chain(title.split_whitespace()).collect();
    assert_eq!(stdout(&run(&folder, &words)), stdout(&of_story), "{title}");
}

#[test]
fn who_said_it_first_comes_first() {
    let Some(folder) = samples() else { return };
    let all = rows(&folder, &["statements"]);
    let word = all[0]["content"].as_str().unwrap().split_whitespace().max_by_key(|it| it.len()).unwrap();
    let first = rows(&folder, &["first", word]);
    let days: Vec<&str> = first.iter().filter_map(|it| it["published"].as_str()).collect();
    assert!(!first.is_empty() && days.is_sorted(), "{word}: {days:?}");
    let table = run(&folder, &["first", word, "--columns", "published,in,who"]);
    assert_eq!(table.status.code(), Some(0), "{}", stderr(&table));
    let none = run(&folder, &["first", "zzyzx", "--format", "json"]);
    assert_eq!((none.status.code(), stdout(&none).as_str()), (Some(1), "[]\n"));
}

#[test]
fn corrections_show_everywhere_and_can_be_taken_back() {
    let Some(folder) = samples() else { return };
    let export = || stdout(&run(&folder, &["export"]));
    let before = export();
    let statement = rows(&folder, &["statements"]).remove(0);
    let id = statement["id"].as_str().unwrap();
    let other = rows(&folder, &["actors"]).remove(1)["id"].as_str().unwrap().to_owned();

    let correct = run(&folder, &["correct", "speaker", id, &other]);
    assert_eq!(correct.status.code(), Some(0), "{}", stderr(&correct));
    let told = stderr(&correct);
    let number = told.trim().rsplit(' ').next().unwrap();
    let now = rows(&folder, &["statements"]).into_iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(now["speaker"][0]["id"], other.as_str());
    assert!(stdout(&run(&folder, &["show", id])).contains(&other));
    assert_eq!(rows(&folder, &["corrections"]).len(), 1);
    assert_eq!(run(&folder, &["correct", "undo", number]).status.code(), Some(0));
    assert_eq!(export(), before);
    assert_eq!(run(&folder, &["correct", "undo", number]).status.code(), Some(2));

    assert_eq!(run(&folder, &["correct", "reject", id]).status.code(), Some(0));
    assert!(rows(&folder, &["statements"]).iter().all(|it| it["id"] != id));
    assert_eq!(run(&folder, &["verify"]).status.code(), Some(0));
    let wrong = run(&folder, &["correct", "merge", "Zebedee Zzyzx", &other]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("no actor is called Zebedee Zzyzx"), "{}", stderr(&wrong));
}

#[test]
fn a_file_names_issues_once() {
    let Some(folder) = samples() else { return };
    let issues: Vec<String> =
        rows(&folder, &["positions"]).iter().map(|it| it["issue"].as_str().unwrap().to_owned()).collect();
    let issue = issues.first().unwrap();
    fs::write(
        folder.path().join("issues.tsv"),
        format!("# ours\nThe harbour\t{issue}; no issue of theirs\n"),
    )
    .unwrap();
    let name = || run(&folder, &["correct", "name-issues", "issues.tsv"]);
    let told = stderr(&name());
    assert!(
        told.starts_with("1 issue named;") && told.contains("\npassed over: no position is on "),
        "{told}"
    );
    assert!(stderr(&name()).starts_with("0 issues named"));
    let named: Vec<Value> = rows(&folder, &["positions", "--issue", "harbour"]);
    assert!(named.iter().any(|it| it["issue"] == "The harbour"));
    fs::write(folder.path().join("issues.tsv"), "The harbour\n").unwrap();
    let wrong = name();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("issues.tsv, line 1"), "{}", stderr(&wrong));
}

#[test]
fn a_list_is_sorted_cut_and_has_the_columns_that_are_asked_for() {
    let Some(folder) = samples() else { return };
    let written = |arguments: &[&str]| stdout(&run(&folder, arguments));
    let all = rows(&folder, &["actors"]);
    let some = rows(&folder, &["actors", "--limit", "3", "--sort", "-reports"]);
    let most = all.iter().map(|it| it["reports"].as_u64().unwrap()).max();
    assert_eq!((some.len(), some[0]["reports"].as_u64()), (3, most));
    let csv = written(&["statements", "--columns", "id,who", "--format", "csv", "--limit", "2"]);
    assert_eq!((csv.lines().next(), csv.lines().count()), (Some("id,who"), 3), "{csv}");
    // Days and ids can be looked for line by line.
    let table = written(&["statements", "--columns", "id,published"]);
    for it in rows(&folder, &["statements"]) {
        let (id, day) = (it["id"].as_str().unwrap(), it["published"].as_str().unwrap_or_default());
        assert!(table.lines().any(|line| line.contains(id) && line.contains(day)), "{id} {day}");
    }
    let wrong = run(&folder, &["statements", "--sort", "toll"]);
    assert!(
        wrong.status.code() == Some(2) && stderr(&wrong).contains("there are when, who"),
        "{}",
        stderr(&wrong)
    );
    for (arguments, told) in [
        (["positions", "--to", "x"], "--to means nothing to positions; it takes --actor"),
        (["stories", "--kind", "call"], "--kind means nothing to stories"),
        (["find", "--issue", "x"], "--issue means nothing to find"),
        (["statements", "--kind", "call"], "kind is to be one of"),
        (["conditions", "--kind", "deny"], "kind is to be one of condition, demand"),
    ] {
        let mut line = arguments.to_vec();
        if line[0] == "find" {
            line.push("talks");
        }
        let refused = run(&folder, &line);
        assert!(refused.status.code() == Some(2) && stderr(&refused).contains(told), "{}", stderr(&refused));
    }
}

#[test]
fn where_reports_differ_is_a_list() {
    let Some(folder) = samples() else { return };
    let report =
        |outlet: &str, words: &str| format!("---\noutlet: {outlet}\ndate: 2020-03-03\n---\n{words}\n");
    let place = "in the port of Kerem in Norland on Monday";
    let first = format!("A car bomb killed 12 people and wounded 30 {place}, the police said.");
    let second = format!("A car bomb killed 14 people and wounded 30 {place}, the mayor said.");
    fs::write(folder.path().join("post.md"), report("Harbour Post", &first)).unwrap();
    fs::write(folder.path().join("times.md"), report("Torvik Times", &second)).unwrap();
    let read = run(&folder, &["read", "post.md", "times.md", "--into", "toll.readout"]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    let found = rows(&folder, &["differences", "--file", "toll.readout"]);
    let [toll] = found.as_slice() else { panic!("{found:#?}") };
    let values: BTreeSet<&str> =
        toll["values"].as_array().unwrap().iter().map(|it| it["value"].as_str().unwrap()).collect();
    assert_eq!((toll["field"].as_str(), values), (Some("killed"), BTreeSet::from(["12", "14"])));
    let table = stdout(&run(&folder, &["differences", "--file", "toll.readout"]));
    assert!(table.contains("12 (Harbour Post)"), "{table}");
}
