//! The pages in a real browser. Needs Chromium, Node.js, and `npm install` in `tests/browser`; says that it was skipped where
//! one of them, or the language model, is not there.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, thread};

use readout::{Corpus, ReadOptions};
use readout_serve::{Options, Server};

/// The first of these programs that there is.
fn program(names: &[&str]) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let all = names.iter().flat_map(|name| env::split_paths(&folders).map(move |folder| folder.join(name)));
    all.into_iter().find(|path| path.is_file())
}

#[test]
fn the_pages_work_in_a_browser() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let skip = |why: &str| println!("skipped: {why}");
    let Some(browser) = program(&["chromium", "chromium-browser", "google-chrome"]) else {
        return skip("no Chromium");
    };
    let Some(node) = program(&["node"]) else { return skip("no Node.js") };
    if !scripts.join("node_modules").exists() {
        return skip("run npm install in crates/serve/tests/browser");
    }
    let Some(model) = readout::model::open_for_tests() else { return skip("no language model") };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("samples.readout");
    let mut corpus = Corpus::create(&file).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports");
    corpus.read(&[samples], &model, &ReadOptions::default(), &mut |_| {}).unwrap();
    corpus.link().unwrap();
    drop(corpus);
    let server = Server::bind(Options::new(file)).unwrap();
    let base = format!("http://{}", server.address());
    thread::spawn(move || server.run());
    // A folder for screenshots, if they are wanted.
    let shots = env::var_os("READOUT_SCREENSHOTS").unwrap_or_default();
    let done =
        Command::new(node).arg(scripts.join("pages.mjs")).arg(base).arg(browser).arg(shots).output().unwrap();
    let (told, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{told}{wrong}");
    println!("{told}");
}
