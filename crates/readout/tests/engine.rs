//! The steps of the flow on batches give what a file gives.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use readout::engine::{annotate, document_batches, link_batches};
use readout::exchange::Reports;
use readout::knowledge::Knowledge;
use readout::sources::Options;
use readout::syntax::LanguageModel;
use readout::{Corpus, ExportFormat, ReadOptions};

const ONE: NonZeroUsize = NonZeroUsize::MIN;

fn samples() -> Vec<PathBuf> {
    vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/reports")]
}

fn lines(batch: &RecordBatch) -> Vec<String> {
    let column = batch.column_by_name("record").unwrap().as_string::<i32>();
    (0..batch.num_rows()).map(|row| column.value(row).to_owned()).collect()
}

fn read(batch: &RecordBatch, model: &LanguageModel, threads: NonZeroUsize) -> RecordBatch {
    annotate(batch, model, &Knowledge::shipped(), &Options::default(), threads).unwrap()
}

#[test]
fn batches_give_what_a_file_gives_in_whatever_order_they_come() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::create(&folder.path().join("samples.readout")).unwrap();
    corpus.read(&samples(), &model, &ReadOptions::default(), &mut |_| {}).unwrap();
    corpus.link().unwrap();
    let mut export = Vec::new();
    corpus.export(ExportFormat::JsonLines, &mut export).unwrap();
    let expected: Vec<String> = String::from_utf8(export).unwrap().lines().map(str::to_owned).collect();

    let (paths, options) = (samples(), Options::default());
    let documents: Vec<RecordBatch> =
        document_batches(&paths, None, &options).collect::<Result<_, _>>().unwrap();
    let whole: Vec<RecordBatch> =
        documents.iter().map(|it| read(it, &model, NonZeroUsize::new(2).unwrap())).collect();
    assert_eq!(lines(&link_batches(&whole, &Knowledge::shipped()).unwrap()), expected);

    // Each file by itself, named as in its folder.
    let root = paths[0].as_path();
    let files: Vec<PathBuf> =
        readout::sources::files(root, &options).into_iter().collect::<Result<_, _>>().unwrap();
    assert!(files.len() > 1, "{files:?}");
    let apart: Vec<RecordBatch> =
        document_batches(&files, Some(root), &options).collect::<Result<_, _>>().unwrap();
    assert_eq!(apart, documents);

    // Row by row, the last first, as an engine may shuffle them; and one row comes twice.
    let single: Vec<RecordBatch> = documents
        .iter()
        .flat_map(|batch| (0..batch.num_rows()).map(|row| batch.slice(row, 1)))
        .map(|row| read(&row, &model, ONE))
        .collect();
    let mut shuffled: Vec<RecordBatch> =
        single.iter().flat_map(|batch| (0..batch.num_rows()).rev().map(|row| batch.slice(row, 1))).collect();
    shuffled.reverse();
    shuffled.push(shuffled[0].clone());
    assert_eq!(lines(&link_batches(&shuffled, &Knowledge::shipped()).unwrap()), expected);
}

#[test]
fn a_row_of_any_table_is_a_row_of_json_lines() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"date":"2020-03-02","outlet":"Coast News","text":"“We will talk,” President Anna Berg said on Monday.","title":"Talks"}"#;
    let file = folder.path().join("rows.jsonl");
    std::fs::write(&file, format!("{row}\n")).unwrap();
    let (paths, options) = (vec![file], Options::default());
    let document = document_batches(&paths, None, &options).next().unwrap().unwrap();
    let text = |words: &str| Arc::new(StringArray::from(vec![words.to_owned(), String::new()])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        ("title", text("Talks")),
        ("text", text("“We will talk,” President Anna Berg said on Monday.")),
        ("path", text("rows.jsonl#1")),
        ("outlet", text("Coast News")),
        ("date", text("2020-03-02")),
    ])
    .unwrap();
    let rows = read(&batch, &model, ONE);
    assert_eq!(lines(&rows.slice(0, rows.num_rows() - 1)), lines(&read(&document, &model, ONE)));
    let note = rows.slice(rows.num_rows() - 1, 1);
    assert_eq!(note.column(0).as_string::<i32>().value(0), "note");
    assert!(lines(&note)[0].contains("no text"), "{:?}", lines(&note));
}

#[test]
fn what_does_not_fit_is_refused_with_its_name() {
    let Some(model) = readout::model::open_for_tests() else { return };
    let column = |words: &str| Arc::new(StringArray::from(vec![words])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([("kind", column("statement"))]).unwrap();
    let refused = Reports::default().add(&batch).unwrap_err().to_string();
    assert_eq!(refused, "column doc is missing; there are kind");
    // A text that is no longer the one of its document is not read under the document's id.
    let (paths, options) = (samples(), Options::default());
    let document = document_batches(&paths, None, &options).next().unwrap().unwrap().slice(0, 1);
    let schema = document.schema();
    let changed = schema.fields().iter().zip(document.columns()).map(|(field, values)| {
        let values = if field.name() == "text" { column("Other words.") } else { Arc::clone(values) };
        (field.name().clone(), values)
    });
    let changed = RecordBatch::try_from_iter(changed).unwrap();
    let rows = read(&changed, &model, ONE);
    assert_eq!(rows.num_rows(), 1);
    assert!(lines(&rows)[0].contains("the text is not the one that the report had"), "{:?}", lines(&rows));
}
