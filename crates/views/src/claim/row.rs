//! A sentence with its bearing on a claim.

use serde::Serialize;

use crate::cite::{ActorName, Citation};

/// The relation of a sentence to a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearing {
    /// The sentence says it.
    Supporting,
    /// The sentence says it is not so, or gives another number.
    Contrary,
    /// The sentence is on the same matter and does not say it.
    #[default]
    Near,
}

/// A sentence that bears on a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The sentence.
    #[serde(flatten)]
    pub citation: Citation,
    /// The relation to the claim.
    pub bearing: Bearing,
    /// The share of the claim's words that the sentence has, by weight, 0 to 1.
    pub share: f64,
    /// The words of the claim that the sentence does not have.
    pub missing: Vec<String>,
    /// The reason why it is contrary, or only near; `None` if the words alone say so.
    pub why: Option<String>,
    /// The actors whom the records of the sentence name.
    pub actor: Vec<ActorName>,
}
