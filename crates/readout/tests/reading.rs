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

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it does not expect")]

#[path = "reading/across.rs"]
mod across;
#[path = "reading/check.rs"]
mod check;
#[path = "reading/page.rs"]
mod page;

use std::path::{Path, PathBuf};

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

#[test]
fn passages_give_the_records_they_must() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reading");
    let Some(model) = readout_model::open_for_tests() else { return };
    let mut worker = model.worker();
    let knowledge = readout_knowledge::Knowledge::shipped();
    let (mut cases, mut failures) = (0, Vec::new());
    for path in pages(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        for case in page::cases(&text).unwrap_or_else(|error| panic!("{name}: {error}")) {
            cases += 1;
            let reading = check::read(&case, &mut worker, &knowledge);
            let missed = check::missed(&case, &reading);
            if !missed.is_empty() {
                failures.push(format!("{name}:{} {}\n{}", case.line, case.heading, missed.join("\n")));
            }
        }
    }
    assert!(cases > 0, "no case was found below {}", root.display());
    assert!(failures.is_empty(), "{} of {cases} cases fail\n\n{}", failures.len(), failures.join("\n\n"));
}
