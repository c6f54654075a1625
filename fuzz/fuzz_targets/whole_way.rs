//! Reports from text to brief with the language model: none is lost to a fault, every span slices, and threads and batches
//! make no difference. A form feed parts one report from the next.

#![no_main]

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use readout::model::ModelSource;
use readout::syntax::LanguageModel;
use readout::views::{BriefLength, Filter, brief};
use readout::{Corpus, ExportFormat, ReadOptions};

static MODEL: OnceLock<LanguageModel> = OnceLock::new();

fn model() -> &'static LanguageModel {
    MODEL.get_or_init(|| readout::model::open(&ModelSource::default()).expect("the language model"))
}

fn read(file: &Path, batches: &[PathBuf], threads: usize) -> (Corpus, Vec<u8>) {
    let mut corpus = Corpus::create(file).expect("a new file");
    let threads = NonZeroUsize::new(threads).expect("a thread");
    let options = ReadOptions { threads, ..ReadOptions::default() };
    for batch in batches {
        let reading = corpus.read(std::slice::from_ref(batch), model(), &options, &mut |_| {}).expect("rows");
        assert!(!reading.notes.iter().any(|note| note.message.contains("fault")), "{:?}", reading.notes);
        corpus.link().expect("links");
    }
    assert_eq!(corpus.verify().expect("a whole file").problems, [""; 0]);
    let mut bytes = Vec::new();
    corpus.export(ExportFormat::JsonLines, &mut bytes).expect("an export");
    (corpus, bytes)
}

fuzz_target!(|input: &str| {
    let texts: Vec<&str> = input.split('\u{c}').filter(|text| !text.trim().is_empty()).take(8).collect();
    if texts.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).expect("a folder");
    let parts = [reports.join("a.jsonl"), reports.join("b.jsonl")];
    let (one, two) = texts.split_at(texts.len() / 2);
    for (part, texts) in parts.iter().zip([one, two]) {
        let rows = texts.iter().enumerate().map(|(number, text)| {
            serde_json::json!({ "id": number, "text": text, "published": "2014-05-12" }).to_string() + "\n"
        });
        fs::write(part, rows.collect::<String>()).expect("a file");
    }
    let (corpus, whole) = read(&folder.path().join("1.readout"), std::slice::from_ref(&reports), 1);
    let (_, apart) = read(&folder.path().join("2.readout"), &parts, 2);
    assert!(whole == apart, "threads or batches make a difference");
    let page = brief(&corpus.contents().expect("contents"), &Filter::default(), BriefLength::FULL);
    assert!(!page.to_markdown().is_empty() && !page.to_html().is_empty());
});
