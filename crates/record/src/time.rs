use serde::{Deserialize, Serialize};

use crate::values::Grain;

/// The months in English, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A time: an interval of days or minutes with the words that name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Time {
    /// The words of the report, such as `over the weekend`.
    pub text: String,
    /// The first day or minute, ISO 8601; `None` if it cannot be known.
    pub from: Option<String>,
    /// The end: one past the last day or minute, ISO 8601.
    pub to: Option<String>,
    /// The unit that the words name.
    pub grain: Option<Grain>,
    /// The date against which a relative expression was resolved.
    pub anchor: Anchor,
}

/// The date against which a relative time expression was resolved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// The report's date of publication.
    Published,
    /// Another date in the report.
    Narrative,
    /// Another report of the same happening.
    Linked,
    /// Nothing: the words name the date in full, or it is unknown.
    #[default]
    None,
}
