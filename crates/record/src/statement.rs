use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::ids::{ActorId, RecordId};
use crate::time::Time;
use crate::values::Mode;

/// A statement: words that somebody said, or a thought, wish or belief.
///
/// The passage runs from the source to the content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The speakers; empty if nobody can be named.
    pub speaker: Vec<ActorId>,
    /// The span of the words for the speaker, in code points.
    pub source: Option<CharSpan>,
    /// The span of the words of saying, in code points; `None` for a quotation without them.
    pub cue: Option<CharSpan>,
    /// The speech act of the cue, such as `say`, `deny`, `demand`.
    pub act: Option<String>,
    /// The spans of the words that are given to the speaker, in code points.
    pub content: Vec<CharSpan>,
    /// The content's text alone, its spans joined by ` … `.
    pub content_text: String,
    /// The form of the content: quoted, retold, or both.
    pub mode: Mode,
    /// The actors to whom it was said.
    pub addressee: Vec<ActorId>,
    /// The actors through whom the statement reached this outlet, outermost first.
    pub via: Vec<ActorId>,
    /// The statement whose content contains this one.
    pub parent: Option<RecordId>,
    /// The meeting, news conference or summit where it was said.
    pub occasion: Option<RecordId>,
    /// The time of saying.
    pub time: Option<Time>,
    /// True if the report says that it was not said (`did not say that …`).
    pub negated: bool,
    /// The cross-document quote; set on export.
    pub quote: Option<RecordId>,
}
