//! Parquet and Arrow IPC: the same tables, column by column, with their types.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::source::Source;
use crate::{Cell, CellType, ExchangeError, Result, Table};

/// Rows of one batch.
const BATCH: usize = 8192;

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
