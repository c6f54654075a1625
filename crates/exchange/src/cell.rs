//! Values of tables.

use readout_record::calendar::{day_number, iso_day};

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: the column's codebook entry says what that means.
    Null,
    /// Words, an id, a date as exact as it is known.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day: the number of days since 1970-01-01.
    Day(i32),
    /// Several words or ids.
    List(Vec<String>),
}

/// The type of the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellType {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Whole`].
    Integer,
    /// [`Cell::Number`].
    Number,
    /// [`Cell::Flag`].
    Boolean,
    /// [`Cell::Day`].
    Date,
    /// [`Cell::List`].
    List,
}

impl CellType {
    /// Returns the type's name in the codebook.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::List => "list",
        }
    }

    /// Whether `cell` is of this type, or null.
    pub const fn takes(self, cell: &Cell) -> bool {
        matches!(
            (self, cell),
            (_, Cell::Null)
                | (Self::Text, Cell::Text(_))
                | (Self::Integer, Cell::Whole(_))
                | (Self::Number, Cell::Number(_))
                | (Self::Boolean, Cell::Flag(_))
                | (Self::Date, Cell::Day(_))
                | (Self::List, Cell::List(_))
        )
    }
}

impl Cell {
    /// Returns the day at the head of an ISO 8601 date or date-time.
    pub fn day(written: Option<&str>) -> Self {
        written.and_then(day_number).map_or(Self::Null, Self::Day)
    }

    /// Returns the value in words, lists joined by `; `; empty for nothing.
    pub fn words(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(words) => words.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(yes) => yes.to_string(),
            Self::Day(day) => iso_day(*day),
            Self::List(items) => items.join("; "),
        }
    }

    /// Whether the value is in words, which may be anything that a report says.
    pub const fn is_words(&self) -> bool {
        matches!(self, Self::Text(_) | Self::List(_))
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        if words.is_empty() { Self::Null } else { Self::Text(words.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        if words.is_empty() { Self::Null } else { Self::Text(words) }
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Flag(yes)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Null, Self::Whole)
    }
}

impl From<Vec<String>> for Cell {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
