//! A stance as both sides of a comparison have it.

use serde::Serialize;

/// Who stands how on what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodedStance {
    /// The name of who has the stance.
    pub actor: String,
    /// The issue.
    pub issue: String,
    /// `for`, `against` …
    pub stance: String,
}
