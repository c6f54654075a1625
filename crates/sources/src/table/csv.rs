//! Comma-separated values, with semicolons, tabs or bars too.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::Rows;
use crate::content::Content;
use crate::decode;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Recognised, holds_files};

pub(crate) static FORMAT: Format = Format {
    name: "CSV table",
    endings: &["csv", "tsv", "tab"],
    told_by: "its name",
    reads: "a report for each row; the columns are told by their heads, the text else as the column with the longest cells; \
            `--dry-run` shows them and `--columns` sets them; other columns are kept",
    recognise: |_| Recognised::No,
    holds: Holds::Files(open),
    read: holds_files,
};

fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    super::open(path, options, &|| rows(content, options))
}

/// Returns the rows of a table, with its head.
fn rows(content: &Content, options: &Options) -> Result<Rows, Fault> {
    let opened = content.open(options)?;
    decode::refuse_binary(&opened.start)?;
    let encoding = encoding(&opened.start);
    let wide = decode::utf_16(&opened.start).map(|encoding| encoding.decode(&opened.start).0.into_owned());
    let mark = match &wide {
        Some(text) => mark(text.as_bytes()),
        None => mark(&opened.start),
    };
    let reader = opened.lines()?;
    let since_row = Arc::new(AtomicU64::new(0));
    let limit = options.max_row_bytes;
    let reader = RowLimit { inner: reader, since_row: since_row.clone(), limit };
    let reader =
        csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(reader);
    let mut is_first = true;
    let mut ended = false;
    Ok(Box::new(reader.into_byte_records().map_while(move |record| {
        if ended {
            return None;
        }
        since_row.store(0, Ordering::Relaxed);
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                ended = true;
                return Some(Err(match error.into_kind() {
                    csv::ErrorKind::Io(error) => error.into(),
                    _ => Fault::damaged("a row that cannot be read"),
                }));
            }
        };
        let mut cells: Vec<String> = record.iter().map(|cell| cell_text(cell, encoding)).collect();
        if std::mem::take(&mut is_first)
            && let Some(first) = cells.first_mut()
        {
            *first = first.trim_start_matches('\u{feff}').trim_matches('"').to_owned();
        }
        Some(Ok(cells))
    })))
}

/// Returns the text of a cell: UTF-8, or else what the start of the file appears to be in.
fn cell_text(cell: &[u8], encoding: &'static Encoding) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(cell).0.into_owned(),
    }
}

/// Returns the encoding that bytes which are not UTF-8 appear to be in.
fn encoding(start: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(start).is_ok() {
        // What comes later may still be of another encoding: then of the one that is most common.
        return encoding_rs::WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == UTF_8 { encoding_rs::WINDOWS_1252 } else { guess }
}

/// Returns the mark that parts the cells: that which the head has most of, outside of quotation marks.
fn mark(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                counts.iter_mut().filter(|(mark, _)| mark == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // The first of those with the most.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

/// A reader that ends with an error where one row is too long: a quotation mark may never be closed.
struct RowLimit<R> {
    inner: R,
    /// Bytes read since the last row was given out.
    since_row: Arc<AtomicU64>,
    limit: u64,
}

impl<R: Read> Read for RowLimit<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        if self.since_row.fetch_add(read as u64, Ordering::Relaxed) > self.limit {
            let limit = self.limit >> 20;
            return Err(io::Error::other(format!(
                "a row is larger than {limit} MB; perhaps a quotation mark is not closed"
            )));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_told_by_the_head() {
        assert_eq!(mark(b"\"a;b;c;d\",text,date\n1;2"), b',');
        assert_eq!(mark(b"id;text;date\n1,2,3,4"), b';');
        assert_eq!(mark(b"id\ttext\n"), b'\t');
        assert_eq!(mark(b"text"), b',');
    }
}
