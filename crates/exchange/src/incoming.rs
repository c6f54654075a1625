//! Columns of a batch that another program made, of whatever type it keeps such values in.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{DataType, TimeUnit};
use readout_record::calendar::iso_day;
use serde_json::{Map, Value};

use crate::{ExchangeError, Result};

/// The seconds of a day.
const DAY: i64 = 86_400;

/// A column of words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words<'b> {
    Plain(&'b StringArray),
    Large(&'b LargeStringArray),
    View(&'b StringViewArray),
}

impl<'b> Words<'b> {
    /// Returns the column `name` of `batch`.
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Result<Self> {
        let column = batch.column_by_name(name).ok_or_else(|| missing(batch, name))?;
        Self::from_array(column).ok_or_else(|| wrong(name, column.data_type(), "text"))
    }

    fn from_array(array: &'b ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 => Self::Plain(array.as_string_opt()?),
            DataType::LargeUtf8 => Self::Large(array.as_string_opt()?),
            DataType::Utf8View => Self::View(array.as_string_view_opt()?),
            _ => return None,
        })
    }

    /// Returns the words of a row; `None` for null.
    pub(crate) fn get(self, row: usize) -> Option<&'b str> {
        match self {
            Self::Plain(it) => it.is_valid(row).then(|| it.value(row)),
            Self::Large(it) => it.is_valid(row).then(|| it.value(row)),
            Self::View(it) => it.is_valid(row).then(|| it.value(row)),
        }
    }
}

/// A column of whole numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Integers<'b> {
    Short(&'b arrow_array::Int32Array),
    Long(&'b arrow_array::Int64Array),
}

impl<'b> Integers<'b> {
    /// Returns the column `name` of `batch`.
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Result<Self> {
        let column = batch.column_by_name(name).ok_or_else(|| missing(batch, name))?;
        let short = column.as_primitive_opt::<Int32Type>().map(Self::Short);
        short
            .or_else(|| column.as_primitive_opt::<Int64Type>().map(Self::Long))
            .ok_or_else(|| wrong(name, column.data_type(), "32 or 64 bit integer"))
    }

    /// Returns the number of a row; `None` for null, and for what 32 bits cannot hold.
    pub(crate) fn get(self, row: usize) -> Option<i32> {
        match self {
            Self::Short(it) => it.is_valid(row).then(|| it.value(row)),
            Self::Long(it) => it.is_valid(row).then(|| it.value(row)).and_then(|it| it.try_into().ok()),
        }
    }
}

/// Returns the words in the column `name` of a row; `None` where there is no such column or the value is null.
///
/// # Errors
/// When the column is not of text.
pub fn words_at<'b>(batch: &'b RecordBatch, name: &str, row: usize) -> Result<Option<&'b str>> {
    if batch.column_by_name(name).is_none() {
        return Ok(None);
    }
    Ok(Words::of(batch, name)?.get(row))
}

/// Returns a row as a JSON object: the columns that are not null and not among `but`, by their names. Dates and times are
/// words of ISO 8601.
///
/// # Errors
/// When a column is of a type that a row of JSON has no form for here: it is named with its type.
pub fn json_row(batch: &RecordBatch, row: usize, but: &[&str]) -> Result<Map<String, Value>> {
    let mut object = Map::new();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        if column.is_valid(row) && !but.contains(&field.name().as_str()) {
            let value = value(column, row).ok_or_else(|| {
                wrong(
                    field.name(),
                    column.data_type(),
                    "text, number, truth value, date, time or list of these",
                )
            })?;
            object.insert(field.name().clone(), value);
        }
    }
    Ok(object)
}

/// Returns one value as JSON; `None` for a type without a form.
fn value(array: &ArrayRef, row: usize) -> Option<Value> {
    if array.is_null(row) {
        return Some(Value::Null);
    }
    macro_rules! number {
        ($type:ty) => {
            Value::from(array.as_primitive::<$type>().value(row))
        };
    }
    Some(match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            Value::from(Words::from_array(array)?.get(row)?)
        }
        DataType::Boolean => Value::from(array.as_boolean().value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Date32 => Value::from(iso_day(array.as_primitive::<Date32Type>().value(row))),
        DataType::Timestamp(unit, zone) => {
            let (count, a_second) = match unit {
                TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1),
                TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000),
                TimeUnit::Microsecond => {
                    (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    (array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000)
                }
            };
            // A column with a zone counts in universal time.
            Value::from(time(count.div_euclid(a_second), if zone.is_some() { "Z" } else { "" }))
        }
        DataType::List(_) => list(&array.as_list::<i32>().value(row))?,
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row))?,
        _ => return None,
    })
}

fn list(items: &ArrayRef) -> Option<Value> {
    (0..items.len()).map(|row| value(items, row)).collect::<Option<Vec<Value>>>().map(Value::from)
}

/// Returns seconds since 1970 as a date and time of ISO 8601.
fn time(seconds: i64, zone: &str) -> String {
    let (day, within) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (hour, minute, second) = (within / 3600, within / 60 % 60, within % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}{zone}", iso_day(day))
}

fn missing(batch: &RecordBatch, name: &str) -> ExchangeError {
    let schema = batch.schema();
    let there: Vec<&str> = schema.fields().iter().map(|it| it.name().as_str()).collect();
    ExchangeError::Column {
        name: name.to_owned(),
        reason: format!("is missing; there are {}", there.join(", ")),
    }
}

fn wrong(name: &str, found: &DataType, wanted: &str) -> ExchangeError {
    ExchangeError::Column { name: name.to_owned(), reason: format!("is {found}, and must be {wanted}") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder};
    use arrow_array::{
        BooleanArray, Date32Array, Float64Array, Int64Array, LargeStringArray, StringArray, StringViewArray,
        StructArray, TimestampMicrosecondArray,
    };
    use arrow_schema::{Field, Fields};

    use super::*;

    #[test]
    fn a_row_of_any_program_becomes_json() {
        let mut authors = ListBuilder::new(StringBuilder::new());
        authors.append_value([Some("Ann Berg"), Some("Ole Dahl")]);
        authors.append_null();
        let time = TimestampMicrosecondArray::from(vec![1_583_137_845_000_000, -1]);
        let batch = RecordBatch::try_from_iter([
            ("text", Arc::new(StringArray::from(vec!["Rain.", "Sun."])) as ArrayRef),
            ("title", Arc::new(LargeStringArray::from(vec![Some("Weather"), None]))),
            ("outlet", Arc::new(StringViewArray::from(vec!["Coast News", "Hill Post"]))),
            ("authors", Arc::new(authors.finish())),
            ("date", Arc::new(Date32Array::from(vec![18_323, 0]))),
            ("seen", Arc::new(time.with_timezone("UTC"))),
            ("page", Arc::new(Int64Array::from(vec![3, 4]))),
            ("weight", Arc::new(Float64Array::from(vec![0.5, 1.0]))),
            ("paid", Arc::new(BooleanArray::from(vec![true, false]))),
        ])
        .unwrap();
        assert_eq!(
            Value::from(json_row(&batch, 0, &["weight"]).unwrap()).to_string(),
            r#"{"authors":["Ann Berg","Ole Dahl"],"date":"2020-03-02","outlet":"Coast News","page":3,"paid":true,"seen":"2020-03-02T08:30:45Z","text":"Rain.","title":"Weather"}"#
        );
        let second = Value::from(json_row(&batch, 1, &["weight", "paid", "page"]).unwrap()).to_string();
        assert_eq!(
            second,
            r#"{"date":"1970-01-01","outlet":"Hill Post","seen":"1969-12-31T23:59:59Z","text":"Sun."}"#
        );
    }

    #[test]
    fn a_type_without_a_form_is_named() {
        let field = Arc::new(Field::new("x", DataType::Utf8, true));
        let pairs = StructArray::new(
            Fields::from(vec![field]),
            vec![Arc::new(StringArray::from(vec!["a"])) as ArrayRef],
            None,
        );
        let batch = RecordBatch::try_from_iter([("pairs", Arc::new(pairs) as ArrayRef)]).unwrap();
        let error = json_row(&batch, 0, &[]).unwrap_err().to_string();
        assert!(error.starts_with("column pairs is Struct"), "{error}");
        let error = Words::of(&batch, "text").unwrap_err().to_string();
        assert_eq!(error, "column text is missing; there are pairs");
    }
}
