//! Every format has a file of it below `tests/formats`, and what is read of that stands beside it; the page of formats in
//! the docs tells the formats that are read.
//!
//! `READOUT_UPDATE=1 cargo test -p readout-sources --test formats` writes both anew.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::{Path, PathBuf};

use readout_sources::{Captured, FORMATS, Options, read};
use serde_json::{Value, json};

fn updates() -> bool {
    std::env::var_os("READOUT_UPDATE").is_some()
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// Returns the documents and troubles of a file as JSON, without the folder that it lies in.
fn told(path: &Path) -> String {
    let folder = format!("{}/", path.parent().unwrap().display());
    let options = Options::default();
    let read = read(&[path.to_owned()], &options).map(|captured| match captured {
        Captured::Document(document) => serde_json::to_value(document).unwrap(),
        Captured::Trouble(trouble) => json!({ "trouble": trouble.note, "unread": trouble.is_unread() }),
    });
    let read: Vec<Value> = read.collect();
    format!("{}\n", serde_json::to_string_pretty(&read).unwrap().replace(&folder, ""))
}

#[test]
fn every_format_reads_its_example() {
    for format in FORMATS {
        let has_example = |ending: &&&str| examples().join(format!("report.{ending}")).is_file();
        let endings: Vec<&str> = format.endings.iter().filter(has_example).copied().collect();
        assert_eq!(endings.first(), format.endings.first(), "{format:?} lacks an example");
        for ending in endings {
            let example = examples().join(format!("report.{ending}"));
            let wanted = examples().join(format!("report.{ending}.json"));
            let told = told(&example);
            if updates() {
                fs::write(&wanted, told).unwrap();
            } else {
                assert_eq!(told, fs::read_to_string(&wanted).unwrap(), "{format:?}");
            }
        }
    }
}

#[test]
fn a_format_that_is_told_by_its_content_needs_no_name() {
    let folder = std::env::temp_dir().join(format!("readout-formats-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (ending, bare) in [("rss", "page.txt"), ("atom", "page.html"), ("html", "page.md"), ("jsonl", "page")]
    {
        let path = folder.join(bare);
        fs::copy(examples().join(format!("report.{ending}")), &path).unwrap();
        let as_named = told(&examples().join(format!("report.{ending}")));
        assert_eq!(told(&path), as_named.replace(&format!("report.{ending}"), bare), "{bare}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn no_two_formats_share_an_ending() {
    let mut endings: Vec<&str> = FORMATS.iter().flat_map(|format| format.endings).copied().collect();
    let all = endings.len();
    endings.sort_unstable();
    endings.dedup();
    assert_eq!(endings.len(), all);
}

/// The lines between which the table stands.
const MARKS: [&str; 2] = ["<!-- formats: from here", "<!-- formats: to here -->"];

#[test]
fn the_page_of_formats_is_true() {
    let mut table = "| format | files | told by | what is read |\n|---|---|---|---|\n".to_owned();
    for format in FORMATS {
        let endings: Vec<String> = format.endings.iter().map(|ending| format!("`.{ending}`")).collect();
        let (files, told_by, reads) = (endings.join(" "), format.told_by, format.reads);
        table += &format!("| {} | {files} | {told_by} | {reads} |\n", format.name);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/formats.md");
    let page = fs::read_to_string(&path).unwrap();
    let from = page.find(MARKS[0]).unwrap();
    let from = from + page[from..].find('\n').unwrap() + 1;
    let to = page.find(MARKS[1]).unwrap();
    if updates() {
        fs::write(&path, format!("{}\n{table}\n{}", &page[..from], &page[to..])).unwrap();
    } else {
        assert_eq!(page[from..to].trim(), table.trim(), "run with READOUT_UPDATE=1 to write it anew");
    }
}
