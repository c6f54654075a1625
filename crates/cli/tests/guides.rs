//! The guides as they are read: every command of `docs/guides` is run on the samples, and what the guide shows of its
//! output must be in it.
//!
//! A block ` ```console ` has commands after `$ `. The lines below a command stand in what it prints, in their order; `…` is
//! anything between. A command without such lines has only to end without an error.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Returns the words of a command; quotation marks hold words together.
fn words(command: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, part) in command.split('"').enumerate() {
        match number % 2 {
            0 => found.extend(part.split_whitespace().map(str::to_owned)),
            _ => found.push(part.to_owned()),
        }
    }
    found
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the commands of a guide, each with the lines that it shows.
fn commands(guide: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for block in guide.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) => found.push((command.to_owned(), Vec::new())),
                None => found.last_mut().unwrap().1.push(line.to_owned()),
            }
        }
    }
    found
}

#[test]
fn every_guide_does_what_it_says() {
    if readout::model::open_for_tests().is_none() {
        return;
    }
    let root = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    let mut guides: Vec<_> =
        fs::read_dir(root.join("docs/guides")).unwrap().map(|it| it.unwrap().path()).collect();
    guides.sort();
    assert!(guides.len() >= 4);
    for guide in guides {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("reports")).unwrap();
        for sample in fs::read_dir(root.join("samples/reports")).unwrap() {
            let sample = sample.unwrap();
            fs::copy(sample.path(), folder.path().join("reports").join(sample.file_name())).unwrap();
        }
        let commands = commands(&fs::read_to_string(&guide).unwrap());
        assert!(commands.len() > 3, "{}", guide.display());
        for (command, lines) in commands {
            let words = words(&command);
            assert_eq!(words[0], "readout", "{command}");
            let mut run = Command::new(assert_cmd::cargo::cargo_bin!("readout"));
            for name in ["READOUT_FILE", "READOUT_KNOWLEDGE"] {
                run.env_remove(name);
            }
            let done = run.args(&words[1..]).current_dir(folder.path()).output().unwrap();
            let told = plain(&String::from_utf8_lossy(&done.stdout));
            let wrong = String::from_utf8_lossy(&done.stderr);
            // 1 says that nothing was found.
            assert!(matches!(done.status.code(), Some(0 | 1)), "{}: {command}: {wrong}", guide.display());
            assert!(lines.is_empty() || done.status.success(), "{}: {command}: {wrong}", guide.display());
            let mut from = 0;
            for piece in lines.iter().flat_map(|line| line.split('…')).map(plain) {
                let at = told[from..].find(&piece);
                let at = at.unwrap_or_else(|| {
                    panic!(
                        "{}: {command}: does not show {piece:?} after the lines before it:\n{told}",
                        guide.display()
                    )
                });
                from += at + piece.len();
            }
        }
    }
}
