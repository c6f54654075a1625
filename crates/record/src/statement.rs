use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::ids::{ActorId, RecordId};
use crate::time::Time;
use crate::values::Mode;

/// Who said (or thinks, wants, believes) what. The passage runs from the source to the content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Who said it; empty if nobody can be named.
    pub speaker: Vec<ActorId>,
    /// The words for the speaker.
    pub source: Option<CharSpan>,
    /// The words of saying; `None` for a quotation that stands alone.
    pub cue: Option<CharSpan>,
    /// The speech act of the cue, as `say`, `deny`, `demand`.
    pub act: Option<String>,
    /// What was said.
    pub content: Vec<CharSpan>,
    /// The content's text alone, its spans joined by ` … `.
    pub content_text: String,
    /// Quoted, retold, or both.
    pub mode: Mode,
    /// To whom.
    pub addressee: Vec<ActorId>,
    /// Through whom it reached this outlet, outermost first.
    pub via: Vec<ActorId>,
    /// The statement in whose content this one stands.
    pub parent: Option<RecordId>,
    /// The meeting, news conference or summit where it was said.
    pub occasion: Option<RecordId>,
    /// When it was said.
    pub time: Option<Time>,
    /// Whether the report says that it was not said (`did not say that …`).
    pub negated: bool,
    /// The cross-document quote; set on export.
    pub quote: Option<RecordId>,
}
