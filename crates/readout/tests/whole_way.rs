//! The whole way of a report, from text to brief, on texts that no reporter would write: sentences cut at every word, words
//! deleted, doubled and shuffled, marks and brackets put in, capitals, tables, posts, transcripts. None may be lost to a
//! fault, every span must slice, and the bytes must not depend on threads or batches.
//!
//! The texts are made from `tests/whole_way/sentences.txt`, the passages of `tests/reading` and the samples, by fixed seeds.
//! Lines of one's own, as a stream's headlines, are read the same way from the file that `READOUT_LINES` names.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it does not expect")]

#[path = "whole_way/spoil.rs"]
mod spoil;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use readout::record::Document;
use readout::syntax::LanguageModel;
use readout::text::Offsets;
use readout::views::{BriefLength, Filter, brief};
use readout::{Corpus, ExportFormat, ReadOptions, explain};

/// The number of texts that are read.
const TEXTS: usize = 20_000;
/// Texts that share a file: enough that they are linked with one another, few enough that near copies stay few.
const TOGETHER: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Adds the passages between fences on the pages below `folder` to `found`.
fn passages(folder: &Path, found: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            passages(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "md") {
            let page = fs::read_to_string(&entry).unwrap();
            for part in page.split("\n```text").skip(1) {
                let passage = part.split_once('\n').unwrap().1.split("\n```").next().unwrap();
                found.push(passage.to_owned());
            }
        }
    }
}

/// The texts that others are made from, the plain sentences first.
fn material() -> (Vec<String>, Vec<String>) {
    let lines = fs::read_to_string(root().join("tests/whole_way/sentences.txt")).unwrap();
    let sentences: Vec<String> = lines.lines().map(str::to_owned).collect();
    let mut longer = Vec::new();
    passages(&root().join("tests/reading"), &mut longer);
    let mut samples: Vec<PathBuf> =
        fs::read_dir(root().join("samples/reports")).unwrap().map(|entry| entry.unwrap().path()).collect();
    samples.sort();
    for sample in samples.iter().filter(|path| path.extension().is_some_and(|it| it == "txt")) {
        let text = fs::read_to_string(sample).unwrap();
        longer.extend(text.split("\n\n").map(str::to_owned));
    }
    (sentences, longer)
}

/// Writes `texts` as rows of JSON Lines; every third has another's start for a headline, every other a day.
fn write_rows(path: &Path, texts: &[String], first: usize) {
    let mut rows = String::new();
    let others = texts.iter().cycle().skip(texts.len() / 2);
    for ((number, text), other) in (first..).zip(texts).zip(others) {
        let mut row = serde_json::json!({ "id": number, "text": text });
        if number % 3 == 0 {
            row["title"] = other.split(['\n', ',']).next().into();
        }
        if number % 2 == 0 {
            row["published"] = format!("2015-{:02}-{:02}", number % 12 + 1, number % 28 + 1).into();
        }
        rows.push_str(&row.to_string());
        rows.push('\n');
    }
    fs::write(path, rows).unwrap();
}

/// Reads and links each of `batches` in turn and gives the export. Nothing may be lost, and every span must slice.
fn read(file: &Path, batches: &[PathBuf], model: &LanguageModel, threads: usize) -> (Corpus, Vec<u8>) {
    let mut corpus = Corpus::create(file).unwrap();
    let options = ReadOptions { threads: NonZeroUsize::new(threads).unwrap(), ..ReadOptions::default() };
    for batch in batches {
        let reading = corpus.read(std::slice::from_ref(batch), model, &options, &mut |_| {}).unwrap();
        let lost: Vec<String> = reading
            .notes
            .iter()
            .filter(|note| note.message.contains("left out"))
            .map(|note| row(batch, &note.about))
            .collect();
        assert!(lost.is_empty(), "{} are lost to a fault, the first: {}", lost.len(), lost[0]);
        corpus.link().unwrap();
    }
    assert_eq!(corpus.verify().unwrap().problems, [""; 0]);
    let mut bytes = Vec::new();
    corpus.export(ExportFormat::JsonLines, &mut bytes).unwrap();
    (corpus, bytes)
}

/// The row of `file` that `about` (`…#12`) names.
fn row(file: &Path, about: &str) -> String {
    let number = about.rsplit('#').next().and_then(|number| number.parse::<usize>().ok());
    let rows = fs::read_to_string(file).unwrap();
    number.and_then(|number| rows.lines().nth(number - 1)).unwrap_or(about).to_owned()
}

/// Takes `texts` the whole way, those that share a file on one thread and as many files at once as the machine has processors.
fn take_all_the_whole_way(texts: &[String], model: &LanguageModel) {
    let files = Mutex::new(texts.chunks(TOGETHER).enumerate());
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = files.lock().unwrap().next();
                    let Some((number, together)) = next else { break };
                    take_the_whole_way(together, number * TOGETHER, model);
                }
            });
        }
    });
}

/// Takes `texts` the whole way: in one batch with one thread, and in two with two.
fn take_the_whole_way(texts: &[String], first: usize, model: &LanguageModel) {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    let half = texts.len() / 2;
    let parts = [reports.join("a.jsonl"), reports.join("b.jsonl")];
    write_rows(&parts[0], &texts[..half], first);
    write_rows(&parts[1], &texts[half..], first + half);

    let (corpus, one) = read(&folder.path().join("1.readout"), std::slice::from_ref(&reports), model, 1);
    let (_, two) = read(&folder.path().join("2.readout"), &parts, model, 2);
    // Equal texts are one report, and some are taken for nothing but their headline.
    assert!(
        corpus.store().count().unwrap() * 10 > texts.len() * 8,
        "texts {first} and on: too few were read"
    );
    assert!(one == two, "texts {first} and on: threads or batches make a difference");

    let contents = corpus.contents().unwrap();
    let page = brief(&contents, &Filter::default(), BriefLength::FULL);
    assert!(!page.to_markdown().is_empty() && !page.to_html().is_empty());
}

#[test]
fn no_text_is_lost_on_the_whole_way() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let (sentences, longer) = material();
    let texts = spoil::texts(&sentences, &longer, TEXTS);
    assert_eq!(texts.len(), TEXTS);
    take_all_the_whole_way(&texts, &model);
}

#[test]
fn every_verb_of_a_cut_sentence_can_be_explained() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let knowledge = readout::knowledge::Knowledge::shipped();
    let (sentences, _) = material();
    for text in sentences.iter().flat_map(|sentence| spoil::prefixes(sentence)) {
        let document = Document { text, ..Document::default() };
        let offsets = Offsets::new(&document.text);
        for explanation in explain(&document, &model, &knowledge) {
            let word = offsets.to_bytes(explanation.word).unwrap();
            assert!(!word.slice(&document.text).is_empty(), "{}", document.text);
        }
    }
}

#[test]
fn lines_of_ones_own_are_not_lost() {
    let Some(path) = std::env::var_os("READOUT_LINES") else {
        println!("skipped: READOUT_LINES names no file");
        return;
    };
    let Some(model) = readout::model::open_for_tests() else { return };
    let lines: Vec<String> = fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    take_all_the_whole_way(&lines, &model);
}
