//! Parquet tables.

use crate::content::Content;
use crate::fault::Fault;
use crate::options::Options;
use crate::source::{Files, Format, Holds, Recognised, holds_files};

pub(crate) static FORMAT: Format = Format {
    name: "Parquet table",
    endings: &["parquet"],
    told_by: "its first bytes, `PAR1`",
    reads: "as a CSV table; lists and records in a cell are passed over",
    recognise: |start| if start.starts_with(b"PAR1") { Recognised::Surely } else { Recognised::No },
    holds: Holds::Files(open),
    read: holds_files,
};

#[cfg(not(feature = "parquet"))]
fn open(_: &str, _: &Content, _: &Options) -> Result<Box<dyn Files>, Fault> {
    Err(Fault::unsupported("a Parquet table, which this build of Readout does not read")
        .with_hint("save it as CSV"))
}

#[cfg(feature = "parquet")]
fn open(path: &str, content: &Content, options: &Options) -> Result<Box<dyn Files>, Fault> {
    super::open(path, options, &|| rows::rows(content, options))
}

#[cfg(feature = "parquet")]
mod rows {
    use std::fs::File;
    use std::io::Read as _;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use jiff::Timestamp;
    use jiff::civil::Date;
    use jiff::tz::TimeZone;
    use parquet::basic::{LogicalType, TimeUnit};
    use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
    use parquet::record::reader::RowIter;
    use parquet::record::{Field, Row};

    use super::super::Rows;
    use crate::content::Content;
    use crate::fault::Fault;
    use crate::options::Options;

    /// Returns the rows of a table, with its head.
    pub(super) fn rows(content: &Content, options: &Options) -> Result<Rows, Fault> {
        let damaged = |error| Fault::damaged("damaged or cut off").because(error);
        let length = content.length()?;
        let opened = content.open(options)?;
        let file: Box<dyn FileReader> = match content {
            // Its parts are read where they lie.
            Content::File(path) if !opened.packed => reader(File::open(path)?)?,
            _ => {
                let (mut bytes, limit) = (Vec::new(), options.max_file_bytes);
                opened.content().take(limit + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > limit {
                    let what =
                        format!("larger than {} MB, the limit for a table in another file", limit >> 20);
                    return Err(Fault::too_large(what));
                }
                reader(bytes::Bytes::from(bytes))?
            }
        };
        let metadata = file.metadata();
        let most = options.max_file_bytes.saturating_add(length.saturating_mul(options.max_unpacking));
        let mut unpacked = 0_u64;
        for group in metadata.row_groups() {
            unpacked = unpacked.saturating_add(u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX));
        }
        let count = metadata.file_metadata().num_rows();
        // A report has a byte at least.
        if unpacked > most || u64::try_from(count).is_ok_and(|count| count > length.max(1 << 10)) {
            return Err(Fault::too_large("it unpacks to far more than any report is packed to"));
        }
        let columns: Vec<(String, bool)> = metadata
            .file_metadata()
            .schema_descr()
            .root_schema()
            .get_fields()
            .iter()
            .map(|field| {
                let logical =
                    if field.is_primitive() { field.get_basic_info().logical_type_ref() } else { None };
                let in_nanoseconds =
                    matches!(logical, Some(LogicalType::Timestamp(it)) if it.unit == TimeUnit::NANOS);
                (field.name().to_owned(), in_nanoseconds)
            })
            .collect();
        if columns.is_empty() {
            return Err(Fault::empty("a table without columns"));
        }
        let head: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let mut rows = guarded(|| Ok(RowIter::from_file_into(file)))?;
        let limit = options.max_row_bytes;
        let mut ended = false;
        let rows = std::iter::from_fn(move || {
            if ended {
                return None;
            }
            let row = guarded(|| rows.next().transpose().map_err(damaged)).transpose()?;
            ended = row.is_err();
            Some(row.and_then(|row| cells(&row, &columns, limit)))
        });
        Ok(Box::new(std::iter::once(Ok(head)).chain(rows)))
    }

    fn reader(file: impl ChunkReader + 'static) -> Result<Box<dyn FileReader>, Fault> {
        guarded(|| {
            let reader = SerializedFileReader::new(file);
            let reader = reader.map_err(|error| Fault::damaged("damaged or cut off").because(error))?;
            Ok(Box::new(reader) as Box<dyn FileReader>)
        })
    }

    /// Runs a step of the reader of Parquet, which breaks down on some damaged files.
    fn guarded<T>(step: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| Err(Fault::damaged("damaged")))
    }

    /// Returns the cells of a row as text; those that hold several values are empty.
    fn cells(row: &Row, columns: &[(String, bool)], limit: u64) -> Result<Vec<String>, Fault> {
        let mut bytes = 0;
        let mut cells = Vec::new();
        for ((_, field), (_, in_nanoseconds)) in row.get_column_iter().zip(columns) {
            let cell = match field {
                Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => {
                    String::new()
                }
                Field::Str(text) => text.clone(),
                Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
                Field::Date(days) => day(*days).unwrap_or_default(),
                Field::TimestampMillis(at) => instant(Timestamp::from_millisecond(*at)),
                Field::TimestampMicros(at) => instant(Timestamp::from_microsecond(*at)),
                Field::Long(at) if *in_nanoseconds => instant(Timestamp::from_nanosecond(i128::from(*at))),
                other => other.to_string(),
            };
            bytes += cell.len() as u64;
            if bytes > limit {
                return Err(Fault::too_large(format!("row larger than {} MB", limit >> 20)));
            }
            cells.push(cell);
        }
        Ok(cells)
    }

    /// Returns a day as ISO 8601, from the number of days since 1970.
    fn day(days: i32) -> Option<String> {
        let first = Date::constant(1970, 1, 1);
        first.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(|day| day.to_string())
    }

    /// Returns an instant as ISO 8601. Midnight of UTC is a day: tables keep days so.
    fn instant(at: Result<Timestamp, jiff::Error>) -> String {
        at.map_or_else(
            |_| String::new(),
            |at| match at.as_second() % 86_400 {
                0 if at.subsec_nanosecond() == 0 => TimeZone::UTC.to_datetime(at).date().to_string(),
                _ => at.to_string(),
            },
        )
    }
}
