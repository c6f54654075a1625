//! Parquet and Arrow IPC: the same tables, column by column, with their types.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::source::Source;
use crate::{Cell, CellType, ExchangeError, Result, Table};

/// Rows of one batch.
const BATCH: usize = 8192;

/// Rows of one batch that hold a report each.
const BODIES: usize = 256;

/// Writes `table` as a Parquet file, compressed with Snappy. The fields carry their meaning as metadata.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_parquet(table: &Table, source: &Source<'_>, out: &mut dyn Write) -> Result<()> {
    let refused = |error: ParquetError| ExchangeError::Form { form: "Parquet", reason: error.to_string() };
    let schema = schema(table);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties)).map_err(refused)?;
    batches(table, source, &schema, &mut |batch| writer.write(&batch).map_err(refused))?;
    writer.close().map_err(refused)?;
    Ok(out.write_all(&bytes)?)
}

/// Writes `table` as an Arrow IPC file (Feather 2). The fields carry their meaning as metadata.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_arrow(table: &Table, source: &Source<'_>, out: &mut dyn Write) -> Result<()> {
    let schema = schema(table);
    let mut writer = FileWriter::try_new(out, &schema).map_err(refused)?;
    batches(table, source, &schema, &mut |batch| writer.write(&batch).map_err(refused))?;
    writer.finish().map_err(refused)
}

/// Returns `table` as batches of Arrow, with their schema, whose fields carry their meaning as metadata.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn record_batches(table: &Table, source: &Source<'_>) -> Result<(SchemaRef, Vec<RecordBatch>)> {
    let schema = schema(table);
    let mut all = Vec::new();
    batches(table, source, &schema, &mut |batch| {
        all.push(batch);
        Ok(())
    })?;
    Ok((schema, all))
}

/// A line of another form as a row: what it is found by, and the line itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The sort of line.
    pub kind: &'static str,
    /// The permanent id of the report; empty for what is none.
    pub id: String,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// The day, or day and time, of publication, ISO 8601.
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The line.
    pub body: String,
}

/// The name of the column that has the line.
const BODY: &str = "body";

/// Writes rows as a Parquet file, compressed with Snappy, as `push` takes them from `work`.
///
/// # Errors
/// When `out` cannot be written, and the errors of `work`.
pub fn write_bodies<E: From<ExchangeError>>(
    out: &mut dyn Write,
    work: impl FnOnce(&mut dyn FnMut(Body) -> Result<()>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let refused = |error: ParquetError| ExchangeError::Form { form: "Parquet", reason: error.to_string() };
    let names = ["kind", "id", "outlet", "published", "title", BODY];
    let fields: Vec<Field> = names.iter().map(|it| Field::new(*it, DataType::Utf8, true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties)).map_err(refused)?;
    let mut columns: Vec<StringBuilder> = names.iter().map(|_| StringBuilder::new()).collect();
    let mut flush = |columns: &mut Vec<StringBuilder>| -> Result<()> {
        let arrays = columns.iter_mut().map(ArrayBuilder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(self::refused)?;
        writer.write(&batch).map_err(refused)
    };
    let mut rows = 0;
    work(&mut |it: Body| {
        let cells = [Some(it.kind.to_owned()), Some(it.id), it.outlet, it.published, it.title, Some(it.body)];
        for (column, cell) in columns.iter_mut().zip(cells) {
            column.append_option(cell);
        }
        rows += 1;
        if rows % BODIES == 0 { flush(&mut columns) } else { Ok(()) }
    })?;
    flush(&mut columns)?;
    writer.close().map_err(refused)?;
    out.write_all(&bytes).map_err(ExchangeError::from)?;
    Ok(())
}

/// Returns the lines that the rows of the Parquet file at `path` have in their column `body`, one after the other.
///
/// # Errors
/// When the file cannot be read, is no Parquet, or has no such column.
pub fn read_bodies(path: &Path) -> Result<impl Iterator<Item = Result<String>> + use<>> {
    let file = File::open(path);
    let path = path.to_owned();
    let unread = move |reason: String| ExchangeError::Unread { path: path.clone(), form: "Parquet", reason };
    let file = file.map_err(|error| unread(error.to_string()))?;
    let refused = |error: ParquetError| unread(error.to_string());
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(refused)?;
    let Some(at) = builder.schema().fields().iter().position(|it| it.name() == BODY) else {
        return Err(unread("it has no column called body".to_owned()));
    };
    let mask = ProjectionMask::roots(builder.parquet_schema(), [at]);
    let reader = builder.with_projection(mask).with_batch_size(BODIES).build().map_err(refused)?;
    Ok(reader.flat_map(move |batch| -> Vec<Result<String>> {
        let column = match batch.as_ref().map(|it| it.column(0)) {
            Ok(column) => column,
            Err(error) => return vec![Err(unread(error.to_string()))],
        };
        let words: Vec<Option<&str>> = match column.data_type() {
            DataType::Utf8 => column.as_string::<i32>().iter().collect(),
            DataType::LargeUtf8 => column.as_string::<i64>().iter().collect(),
            DataType::Utf8View => column.as_string_view().iter().collect(),
            other => return vec![Err(unread(format!("its column body has no words but {other}")))],
        };
        words.into_iter().flatten().map(|it| Ok(it.to_owned())).collect()
    }))
}

#[allow(clippy::needless_pass_by_value, reason = "the form of map_err")]
pub(crate) fn refused(error: ArrowError) -> ExchangeError {
    ExchangeError::Form { form: "Arrow", reason: error.to_string() }
}

fn item() -> Arc<Field> {
    Arc::new(Field::new_list_field(DataType::Utf8, true))
}

fn schema(table: &Table) -> SchemaRef {
    let fields: Vec<Field> = table
        .columns
        .iter()
        .map(|it| {
            let data_type = match it.cell_type {
                CellType::Text => DataType::Utf8,
                CellType::Integer => DataType::Int64,
                CellType::Number => DataType::Float64,
                CellType::Boolean => DataType::Boolean,
                CellType::Date => DataType::Date32,
                CellType::List => DataType::List(item()),
            };
            let mut metadata = BTreeMap::from([("meaning".to_owned(), it.meaning.to_owned())]);
            if !it.null.is_empty() {
                metadata.insert("null".to_owned(), it.null.to_owned());
            }
            Field::new(it.name, data_type, true).with_metadata(metadata)
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// Calls `each` with the rows of `table` in batches.
fn batches(
    table: &Table,
    source: &Source<'_>,
    schema: &SchemaRef,
    each: &mut dyn FnMut(RecordBatch) -> Result<()>,
) -> Result<()> {
    let mut columns: Vec<Builder> = table.columns.iter().map(|it| Builder::new(it.cell_type)).collect();
    let mut rows = 0;
    let mut flush = |columns: &mut Vec<Builder>| {
        let arrays = columns.iter_mut().map(Builder::finish).collect();
        each(RecordBatch::try_new(Arc::clone(schema), arrays).map_err(refused)?)
    };
    table.rows(source, &mut |cells| {
        for (column, cell) in columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        rows += 1;
        if rows % BATCH == 0 { flush(&mut columns) } else { Ok(()) }
    })?;
    if rows % BATCH > 0 || rows == 0 { flush(&mut columns) } else { Ok(()) }
}

/// The values of one column of a batch.
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Date(Date32Builder),
    List(ListBuilder<StringBuilder>),
}

impl Builder {
    fn new(cell_type: CellType) -> Self {
        match cell_type {
            CellType::Text => Self::Text(StringBuilder::new()),
            CellType::Integer => Self::Integer(Int64Builder::new()),
            CellType::Number => Self::Number(Float64Builder::new()),
            CellType::Boolean => Self::Boolean(BooleanBuilder::new()),
            CellType::Date => Self::Date(Date32Builder::new()),
            CellType::List => Self::List(ListBuilder::new(StringBuilder::new()).with_field(item())),
        }
    }

    /// Adds one value. A value of another type, which no table has, becomes null.
    fn push(&mut self, cell: &Cell) {
        match (self, cell) {
            (Self::Text(it), Cell::Text(words)) => it.append_value(words),
            (Self::Text(it), _) => it.append_null(),
            (Self::Integer(it), Cell::Whole(number)) => it.append_value(*number),
            (Self::Integer(it), _) => it.append_null(),
            (Self::Number(it), Cell::Number(number)) => it.append_value(*number),
            (Self::Number(it), _) => it.append_null(),
            (Self::Boolean(it), Cell::Flag(yes)) => it.append_value(*yes),
            (Self::Boolean(it), _) => it.append_null(),
            (Self::Date(it), Cell::Day(day)) => it.append_value(*day),
            (Self::Date(it), _) => it.append_null(),
            (Self::List(it), Cell::List(items)) => it.append_value(items.iter().map(Some)),
            (Self::List(it), _) => it.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(it) => ArrayBuilder::finish(it),
            Self::Integer(it) => ArrayBuilder::finish(it),
            Self::Number(it) => ArrayBuilder::finish(it),
            Self::Boolean(it) => ArrayBuilder::finish(it),
            Self::Date(it) => ArrayBuilder::finish(it),
            Self::List(it) => ArrayBuilder::finish(it),
        }
    }
}
