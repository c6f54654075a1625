//! Dates, times, durations and sets (TIMEX3), resolved where they can be.

use readout_record::Time;
use readout_text::ByteSpan;

use crate::syntax::Syntax;

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where, in bytes.
    pub span: ByteSpan,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value, as `2015-10-31`, `P6M`, `PRESENT_REF`.
    pub value: String,
    /// The interval, its grain and what it was resolved against; bounds are `None` where they cannot be known.
    pub time: Time,
    /// Length in minutes, at least and at most, of a duration.
    pub minutes: Option<(Option<u32>, Option<u32>)>,
    /// The rule that fired.
    pub rule: &'static str,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// The time expressions of a text published on `published` (ISO 8601 date or date-time), in order.
pub fn find(_syntax: &Syntax, _published: Option<&str>) -> Vec<TimeExpression> {
    Vec::new()
}
