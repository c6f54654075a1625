//! Every table below `data/`: its first line names its columns, and each row keeps to them.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]

use std::path::{Path, PathBuf};

use readout_lexicon::table::{self, Form};

/// Adds the tables below `folder` to `found`.
fn find_tables(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find_tables(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "tsv") {
            found.push(path);
        }
    }
}

/// Whether `name` is the name of a column: small letters, digits and hyphens.
fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[test]
fn every_table_of_the_repository_keeps_to_its_columns() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut paths = Vec::new();
    find_tables(&data, &mut paths);
    assert!(paths.len() > 25, "only {} tables", paths.len());
    for path in paths {
        let name = path.strip_prefix(&data).unwrap().to_string_lossy().replace('\\', "/");
        let content: &'static str = Box::leak(std::fs::read_to_string(&path).unwrap().into_boxed_str());
        let (_, columns) = table::columns(content).unwrap();
        let named = columns.len() > 1 && columns.iter().all(|column| is_name(column));
        assert!(named, "{name}: the first line must name the columns, not {columns:?}");
        let form = Form { needed: &[], other: Box::leak(columns.into_boxed_slice()), key: &[], values: &[] };
        assert_eq!(table::check(content, &form), Ok(()), "{name}");
    }
}
