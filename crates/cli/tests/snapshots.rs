//! What is shown of the samples, word for word: the brief, the export, records, and pages. `READOUT_UPDATE=1` writes the
//! files of `tests/snapshots` anew; a change of them is then seen in the diff.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use readout::record::Kind;
use readout_serve::{Options, Server};
use serde_json::Value;

/// The stored snapshots, and those that differ from what is shown now.
#[derive(Default)]
struct Snapshots {
    differ: Vec<String>,
}

impl Snapshots {
    /// Compares `shown` with the snapshot `name`, or writes it.
    fn check(&mut self, name: &str, shown: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
        if env::var_os("READOUT_UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, shown).unwrap();
        }
        let stored = fs::read_to_string(&path).unwrap_or_default();
        if stored == shown {
            return;
        }
        let (mut old, mut new) = (stored.lines(), shown.lines());
        let mut number = 0;
        loop {
            number += 1;
            let lines = (old.next(), new.next());
            if lines.0 != lines.1 || lines.0.is_none() {
                let (was, is) = (lines.0.unwrap_or("(the end)"), lines.1.unwrap_or("(the end)"));
                self.differ.push(format!("{name}, line {number}:\n  was {was}\n  is  {is}"));
                return;
            }
        }
    }
}

fn run(file: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("readout"));
    for name in ["READOUT_FILE", "READOUT_MODEL", "READOUT_KNOWLEDGE"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).arg("--file").arg(file).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the part of a page that is not on every page, without the seal of this run.
fn page(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {body}");
    let start = body.find("<main").unwrap();
    let mut rest = &body[start..body.find("</main>").unwrap()];
    let mut steady = String::new();
    let seal = "name=\"seal\" value=\"";
    while let Some(at) = rest.find(seal) {
        steady.push_str(&rest[..at + seal.len()]);
        rest = rest[at + seal.len()..].trim_start_matches(|letter: char| letter.is_ascii_hexdigit());
    }
    steady + rest
}

fn samples(folder: &Path) -> Option<PathBuf> {
    readout::model::open_for_tests()?;
    let file = folder.join("samples.readout");
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    let reports = fs::canonicalize(reports).unwrap();
    let read = Command::new(assert_cmd::cargo::cargo_bin!("readout"))
        .arg("read")
        .arg(reports)
        .arg("--into")
        .arg(&file)
        .output()
        .unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    Some(file)
}

/// Returns, of each kind, the record whose line has the most but for its passage: the one with the most to tell.
fn chosen(export: &str) -> Vec<(Kind, String)> {
    let records: Vec<(&str, Value)> =
        export.lines().map(|line| (line, serde_json::from_str(line).unwrap())).collect();
    let of = |kind: Kind| {
        let all = records.iter().filter(|(_, it)| it["kind"] == kind.as_str());
        let fullest = all.max_by_key(|(line, it)| line.len() - it["text"].as_str().map_or(0, str::len));
        Some((kind, fullest?.1["id"].as_str()?.to_owned()))
    };
    Kind::ALL.into_iter().filter_map(of).collect()
}

#[test]
fn the_samples_are_shown_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = samples(folder.path()) else { return };
    let mut snapshots = Snapshots::default();
    let export = run(&file, &["export"]);
    snapshots.check("export.jsonl", &export);
    for table in ["statements", "incidents", "positions", "commitments"] {
        let csv = run(&file, &["export", "--format", "csv", "--table", table]).replace("\r\n", "\n");
        snapshots.check(&format!("{table}.csv"), &csv);
    }
    snapshots.check("polecat.tsv", &run(&file, &["export", "--format", "polecat"]));
    snapshots.check("brief.txt", &run(&file, &["brief"]));
    snapshots.check("brief.md", &run(&file, &["brief", "--format", "md"]));
    snapshots.check("brief.html", &run(&file, &["brief", "--format", "html"]));

    let server = Server::bind(Options::new(file.clone())).unwrap();
    let address = server.address();
    thread::spawn(move || server.run());
    let mut shown = String::new();
    for (kind, id) in chosen(&export) {
        let arguments = if kind.is_passage() { vec!["show", "--why", &id] } else { vec!["show", &id] };
        shown.push_str(&format!("$ readout {}\n{}\n", arguments.join(" "), run(&file, &arguments)));
        let folder = match kind {
            Kind::Document => "documents",
            Kind::Actor => "actors",
            Kind::Quote => "quotes",
            Kind::Happening => "happenings",
            Kind::Story => "stories",
            _ => "records",
        };
        snapshots.check(&format!("pages/{kind}.html"), &page(address, &format!("/{folder}/{id}")));
    }
    snapshots.check("show.txt", &shown);
    snapshots.check("pages/front.html", &page(address, "/"));
    for list in ["timeline", "meetings", "commitments", "conditions"] {
        snapshots.check(&format!("pages/list-{list}.html"), &page(address, &format!("/{list}")));
    }
    assert!(
        snapshots.differ.is_empty(),
        "shown otherwise than before (READOUT_UPDATE=1 writes the snapshots anew):\n{}",
        snapshots.differ.join("\n")
    );
}
