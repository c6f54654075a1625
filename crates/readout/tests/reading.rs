//! The reading tests: passages with the records they must give, in `tests/reading/**/*.md`.
//!
//! A page is read by people first. Under each heading stand prose, a passage and what must be read out of it:
//!
//! ````markdown
//! ```text outlet="NBC" published=2015-09-28
//! The two presidents spoke for 90 minutes, a White House official said.
//! ```
//! ```records
//! statement s1  speaker=unnamed:1 source="a White House official" cue="said"
//! meeting       minutes=90..90 reported_by=s1
//! none          incident
//! ```
//! ````
//!
//! A line names a kind of record, perhaps a label, and fields. Fields that are not listed are not looked at. A quoted
//! value is words: of a span, of a text, or a plain string. An unquoted one is an id (`unnamed:1` is the first unnamed
//! actor of the passage), a list of ids parted by commas, a number, an interval `low..high`, a label given before, or
//! `none`. `none KIND [fields]` says that no such record may be found, `only KIND` that there are no others than those
//! listed. Besides the kinds of the record there are `mention`, `time`, and `word`: what became of a verb or event noun, with
//! its `lemma` and the `rule` that fired or the reason `because` of which it gave no record.
//!
//! Several passages above one `records` block are reports that are linked. Each has a name (`text a published=…`), and the
//! lines are `actor`, `quote`, `happening`, `agreement`, `position`, `story` and `copy`, each with the `reports` that it is
//! from; a happening has besides what its reports `differ` in, a copy the `report` that it is `of` and its `share`.
//!
//! Each page is one test, named by its path. A word picks pages: `cargo test -p readout --test reading event/`.
//! `READING_UPDATE=1` writes what was read into lines that ask for other values: the fields that a line names get the values
//! of the nearest record of its kind. Lines with `none` and `only`, and kinds of which nothing was read, are left
//! to the person who edits the page.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it does not expect")]

#[path = "reading/across.rs"]
mod across;
#[path = "reading/check.rs"]
mod check;
#[path = "reading/page.rs"]
mod page;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use readout_knowledge::Knowledge;
use readout_syntax::LanguageModel;

/// The language model and the knowledge that all pages are read with.
struct Means {
    model: LanguageModel,
    knowledge: Knowledge,
    update: bool,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reading");
    let arguments = Arguments::from_args();
    let pages = pages(&root);
    assert!(!pages.is_empty(), "no page was found below {}", root.display());
    let Some(model) = readout_model::open_for_tests() else {
        let ignored =
            pages.iter().map(|path| Trial::test(name(&root, path), || Ok(())).with_ignored_flag(true));
        libtest_mimic::run(&arguments, ignored.collect()).exit();
    };
    let update = std::env::var_os("READING_UPDATE").is_some();
    let means = Arc::new(Means { model, knowledge: Knowledge::shipped(), update });
    let trials = pages.into_iter().map(|path| {
        let means = Arc::clone(&means);
        Trial::test(name(&root, &path), move || read(&path, &means))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

/// All pages below `folder`, sorted.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/reading is there")
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            found.extend(pages(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "md") {
            found.push(entry);
        }
    }
    found
}

/// The name of a page's test: its path below the folder of all pages, without the ending.
fn name(root: &Path, page: &Path) -> String {
    page.strip_prefix(root).unwrap_or(page).with_extension("").display().to_string()
}

/// Reads the passages of one page and compares what is found with what the page asks for.
fn read(path: &Path, means: &Means) -> Result<(), Failed> {
    let mut text = std::fs::read_to_string(path)?;
    let mut worker = means.model.worker();
    let cases = page::cases(&text)?;
    if cases.is_empty() {
        return Err("the page has no passage".into());
    }
    let (mut failures, mut changes) = (Vec::new(), Vec::new());
    for case in &cases {
        let reading = check::read(case, &mut worker, &means.knowledge);
        let missed = check::missed(case, &reading);
        if means.update {
            changes.extend(missed.iter().filter_map(|missed| missed.instead.clone()));
        }
        let left = missed.iter().filter(|missed| !means.update || missed.instead.is_none());
        let told: Vec<&str> = left.map(|missed| missed.message.as_str()).collect();
        if !told.is_empty() {
            failures.push(format!("line {}: {}\n{}", case.line, case.heading, told.join("\n")));
        }
    }
    if !changes.is_empty() {
        text = page::with_lines(&text, &changes);
        std::fs::write(path, text)?;
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {} passages\n\n{}", failures.len(), cases.len(), failures.join("\n\n")).into())
    }
}
