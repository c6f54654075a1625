use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::ids::{ActorId, RecordId};
use crate::time::Time;
use crate::values::{Factuality, MeetingFormat, Tone};

/// Who did what to whom, coded by PLOVER 2.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// PLOVER type, as `CONSULT`.
    pub code: String,
    /// PLOVER mode, as `visit`.
    pub mode: Option<String>,
    /// PLOVER contexts, as `military`.
    pub context: Vec<String>,
    /// CAMEO code where one maps.
    pub cameo: Option<String>,
    /// Who did it.
    pub actor: Vec<ActorId>,
    /// To whom it was done.
    pub recipient: Vec<ActorId>,
    /// The words for who did it, in code points.
    pub actor_spans: Vec<CharSpan>,
    /// The words for those to whom it was done, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// When.
    pub time: Option<Time>,
    /// Where, as the report names it.
    pub place: Option<String>,
    /// Done, planned, demanded, denied …
    pub factuality: Factuality,
    /// The statement that says so; `None`: the outlet itself.
    pub reported_by: Option<RecordId>,
    /// The cross-document happening; set on export.
    pub happening: Option<RecordId>,
}

/// An event of code CONSULT: people met, or spoke with each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meeting {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Always `CONSULT`.
    pub code: String,
    /// PLOVER mode, as `visit`.
    pub mode: Option<String>,
    /// Who met.
    pub participants: Vec<ActorId>,
    /// The words for them, in code points.
    pub participant_spans: Vec<CharSpan>,
    /// Of a visit, who is the host; of a mediation, between whom.
    pub recipient: Vec<ActorId>,
    /// The words for them, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// What sort of meeting.
    pub format: Option<MeetingFormat>,
    /// At what larger gathering, `G20 summit`.
    pub occasion: Option<String>,
    /// How long, in minutes: at least, at most; `None` is open.
    pub minutes: Option<(Option<u32>, Option<u32>)>,
    /// What it was about.
    pub topics: Vec<String>,
    /// When.
    pub time: Option<Time>,
    /// Where, as the report names it.
    pub place: Option<String>,
    /// Held, planned, asked for …
    pub factuality: Factuality,
    /// The statement that says so; `None`: the outlet itself.
    pub reported_by: Option<RecordId>,
    /// The cross-document happening; set on export.
    pub happening: Option<RecordId>,
}

/// An event of violence or disaster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incident {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// PLOVER type, mostly `ASSAULT`; empty for a disaster.
    pub code: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who did it, where the report itself says so.
    pub actor: Vec<ActorId>,
    /// To whom.
    pub recipient: Vec<ActorId>,
    /// The words for who did it, in code points.
    pub actor_spans: Vec<CharSpan>,
    /// The words for those to whom it was done, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// Dead: at least, at most; `None` is open.
    pub killed: Option<(Option<u32>, Option<u32>)>,
    /// Hurt.
    pub injured: Option<(Option<u32>, Option<u32>)>,
    /// Who claims it.
    pub claimed_by: Vec<ActorId>,
    /// The statements that say so.
    pub claimed_in: Vec<RecordId>,
    /// Who is blamed.
    pub blamed_on: Vec<ActorId>,
    /// The statements that say so.
    pub blamed_in: Vec<RecordId>,
    /// Who denies it.
    pub denied_by: Vec<ActorId>,
    /// Weapon or means.
    pub means: Option<String>,
    /// When.
    pub time: Option<Time>,
    /// Where.
    pub place: Option<String>,
    /// Done, feared, denied …
    pub factuality: Factuality,
    /// The statement that says so; `None`: the outlet itself.
    pub reported_by: Option<RecordId>,
    /// The cross-document happening; set on export.
    pub happening: Option<RecordId>,
}

/// If this, then that.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// What has to be.
    #[serde(rename = "if")]
    pub premise: Part,
    /// What follows.
    #[serde(rename = "then")]
    pub consequence: Part,
    /// Who sets the condition.
    pub by: Vec<ActorId>,
    /// Whom it is put to.
    pub to: Vec<ActorId>,
    /// A promise, a threat …
    pub tone: Tone,
    /// The statement it stands in.
    pub statement: Option<RecordId>,
}

/// One side of a condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// Where, in code points.
    pub span: CharSpan,
    /// Its words.
    pub text: String,
    /// Who is to act.
    pub actor: Vec<ActorId>,
    /// The event it names.
    pub event: Option<RecordId>,
}

/// Somebody is to do something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commitment {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Who is to act.
    pub debtor: Vec<ActorId>,
    /// For whom.
    pub creditor: Vec<ActorId>,
    /// The words for the act.
    pub action: CharSpan,
    /// By when.
    pub deadline: Option<Deadline>,
    /// The agreement whose term it is.
    pub agreement: Option<RecordId>,
    /// The statement that makes it.
    pub statement: Option<RecordId>,
}

/// By when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deadline {
    /// The words, with the unit filled in where it is understood: `within 18 [months]`.
    pub text: String,
    /// The last day, ISO 8601, if it can be computed.
    pub due: Option<String>,
    /// The day it was computed from, ISO 8601.
    pub from: Option<String>,
}
