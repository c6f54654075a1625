//! The page of limits in the docs tells the limits that are in force.
//!
//! `READOUT_UPDATE=1 cargo test -p readout-sources --test limits` writes the table anew.

#![allow(clippy::unwrap_used)] // A test that cannot go on says where.

use std::fs;
use std::path::Path;

use readout_sources::Options;

/// The lines between which the table stands.
const MARKS: [&str; 2] = ["<!-- reading: from here", "<!-- reading: to here -->"];

fn megabytes(bytes: u64) -> String {
    assert_eq!(bytes % (1 << 20), 0);
    format!("{} MB", bytes >> 20)
}

fn kilobytes(bytes: usize) -> String {
    assert_eq!(bytes % (1 << 10), 0);
    format!("{} KB", bytes >> 10)
}

/// A number with a comma before every three digits.
fn count(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", count(number / 1000), number % 1000),
    }
}

fn table() -> String {
    // Every field is named, so that a new one cannot be forgotten here.
    let Options {
        max_file_bytes,
        max_row_bytes,
        max_text_bytes,
        max_blank_bytes,
        max_folder_depth,
        max_archive_depth,
        max_archive_files,
        max_unpacking,
        max_nesting,
        max_elements,
        max_attributes,
        max_tag_attributes,
        max_attribute_bytes,
        max_tag_bytes,
        max_page_steps,
        max_pages,
        max_stream_bytes,
        page_stack_bytes,
        told: _,
    } = Options::default();
    let text_alone = "the page is read by its text alone, with a note";
    let rows = [
        (
            "a file that is one report, on disk and unpacked",
            megabytes(max_file_bytes),
            "not read, with a note",
        ),
        (
            "a row of a JSON Lines file (the file may be of any size)",
            megabytes(max_row_bytes),
            "not read, with a note",
        ),
        ("the text of one report", megabytes(max_text_bytes as u64), "not read, with a note"),
        (
            "blank lines between two rows",
            megabytes(max_blank_bytes),
            "the rest of the file is not read, with a note",
        ),
        (
            "rows that are looked through for the order of day and month",
            megabytes(max_file_bytes),
            "those behind do not count",
        ),
        ("folders within folders", count(max_folder_depth as u64), "not read, with a note"),
        (
            "files within each other, as a page in a WARC file in a ZIP archive",
            count(max_archive_depth as u64),
            "not read, with a note",
        ),
        ("files of one archive", count(max_archive_files as u64), "not read, with a note"),
        (
            "times its size that a packed file of rows or files unpacks to, beyond the limit for a file",
            count(max_unpacking),
            "the rest is not read, with a note",
        ),
        ("elements of a page", count(max_elements as u64), text_alone),
        ("elements of a page within each other", count(max_nesting as u64), text_alone),
        ("attributes of a page", count(max_attributes as u64), text_alone),
        (
            "attributes of one tag",
            count(max_tag_attributes as u64),
            "the others are passed over, with a note",
        ),
        ("one attribute", kilobytes(max_attribute_bytes), "it is passed over"),
        ("one tag or comment of a page", kilobytes(max_tag_bytes), text_alone),
        (
            "steps from every byte of text, and 64 times from every element, to the root of a page",
            count(max_page_steps),
            text_alone,
        ),
        ("pages of a PDF file", count(max_pages as u64), "not read, with a note"),
        (
            "one part of a PDF file, unpacked (the content of a page, a font)",
            megabytes(max_stream_bytes as u64),
            "not read, with a note",
        ),
        (
            "stack of the thread that parses a page or a PDF file",
            megabytes(page_stack_bytes as u64),
            "cannot be reached within the nesting above",
        ),
    ];
    let mut table = "| what | limit | beyond it |\n|---|---|---|\n".to_owned();
    for (what, limit, beyond) in rows {
        table += &format!("| {what} | {limit} | {beyond} |\n");
    }
    table
}

#[test]
fn the_page_of_limits_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/limits.md");
    let page = fs::read_to_string(&path).unwrap();
    let from = page.find(MARKS[0]).unwrap();
    let from = from + page[from..].find('\n').unwrap() + 1;
    let to = page.find(MARKS[1]).unwrap();
    if std::env::var_os("READOUT_UPDATE").is_some() {
        fs::write(&path, format!("{}\n{}\n{}", &page[..from], table(), &page[to..])).unwrap();
    } else {
        assert_eq!(page[from..to].trim(), table().trim(), "run with READOUT_UPDATE=1 to write it anew");
    }
}
