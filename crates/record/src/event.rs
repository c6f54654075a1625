use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::evidence::Evidence;
use crate::ids::{ActorId, RecordId};
use crate::plover::{self, PloverCode};
use crate::time::Time;
use crate::values::{Factuality, MeetingFormat, Tone};

/// An event: an act of a PLOVER 2 type between actors, as one report gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The PLOVER type, such as `CONSULT`.
    #[serde(with = "plover::code_or_empty")]
    pub code: Option<PloverCode>,
    /// The PLOVER mode, such as `visit`.
    pub mode: Option<String>,
    /// The PLOVER contexts, such as `military`.
    pub context: Vec<String>,
    /// The CAMEO code, where the type maps to one.
    pub cameo: Option<String>,
    /// The actors who did it.
    pub actor: Vec<ActorId>,
    /// The actors to whom it was done.
    pub recipient: Vec<ActorId>,
    /// The spans of the words for the actors, in code points.
    pub actor_spans: Vec<CharSpan>,
    /// The spans of the words for the recipients, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// The time of the event.
    pub time: Option<Time>,
    /// The place, as the report names it.
    pub place: Option<String>,
    /// The event's factuality: done, planned, demanded, denied …
    pub factuality: Factuality,
    /// The statement that reports the event; `None` if the outlet itself does.
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
    #[serde(with = "plover::code_or_empty")]
    pub code: Option<PloverCode>,
    /// The PLOVER mode, such as `visit`.
    pub mode: Option<String>,
    /// The actors who met.
    pub participants: Vec<ActorId>,
    /// The spans of the words for the participants, in code points.
    pub participant_spans: Vec<CharSpan>,
    /// The host of a visit, or the parties of a mediation.
    pub recipient: Vec<ActorId>,
    /// The spans of the words for the recipients, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// The sort of meeting.
    pub format: Option<MeetingFormat>,
    /// The larger gathering at which they met, such as `G20 summit`.
    pub occasion: Option<String>,
    /// The duration in minutes.
    pub minutes: Option<Bounds>,
    /// The subjects of the meeting.
    pub topics: Vec<String>,
    /// The time of the meeting.
    pub time: Option<Time>,
    /// The place, as the report names it.
    pub place: Option<String>,
    /// The meeting's factuality: held, planned, asked for …
    pub factuality: Factuality,
    /// The statement that reports the meeting; `None` if the outlet itself does.
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
    /// The PLOVER type, mostly `ASSAULT`; `None` for a disaster.
    #[serde(with = "plover::code_or_empty")]
    pub code: Option<PloverCode>,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// The actors who did it, where the report itself says so.
    pub actor: Vec<ActorId>,
    /// The actors to whom it was done.
    pub recipient: Vec<ActorId>,
    /// The spans of the words for the actors, in code points.
    pub actor_spans: Vec<CharSpan>,
    /// The spans of the words for the recipients, in code points.
    pub recipient_spans: Vec<CharSpan>,
    /// The number of dead.
    pub killed: Option<Bounds>,
    /// The number of injured.
    pub injured: Option<Bounds>,
    /// The actors who claim responsibility.
    pub claimed_by: Vec<ActorId>,
    /// The statements that claim responsibility.
    pub claimed_in: Vec<RecordId>,
    /// The actors who are blamed.
    pub blamed_on: Vec<ActorId>,
    /// The statements that blame somebody.
    pub blamed_in: Vec<RecordId>,
    /// The actors who deny it.
    pub denied_by: Vec<ActorId>,
    /// The weapon or means.
    pub means: Option<String>,
    /// The time of the incident.
    pub time: Option<Time>,
    /// The place of the incident.
    pub place: Option<String>,
    /// The incident's factuality: done, feared, denied …
    pub factuality: Factuality,
    /// The statement that reports the incident; `None` if the outlet itself does.
    pub reported_by: Option<RecordId>,
    /// The cross-document happening; set on export.
    pub happening: Option<RecordId>,
}

/// A condition: a consequence that depends on a premise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The premise.
    #[serde(rename = "if")]
    pub premise: Part,
    /// The consequence.
    #[serde(rename = "then")]
    pub consequence: Part,
    /// The actors who set the condition.
    pub by: Vec<ActorId>,
    /// The actors to whom the condition is put.
    pub to: Vec<ActorId>,
    /// The tone of the condition: a promise, a threat …
    pub tone: Tone,
    /// The statement that contains the condition.
    pub statement: Option<RecordId>,
}

/// One side of a condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// The span of the words, in code points.
    pub span: CharSpan,
    /// The words.
    pub text: String,
    /// The actors who are to act.
    pub actor: Vec<ActorId>,
    /// The event that the words name.
    pub event: Option<RecordId>,
}

/// A commitment: somebody is to do something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commitment {
    /// Id, document, passage, certainty, rule.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The actors who are to act.
    pub debtor: Vec<ActorId>,
    /// The actors for whom they are to act.
    pub creditor: Vec<ActorId>,
    /// The span of the words for the act, in code points.
    pub action: CharSpan,
    /// The deadline.
    pub deadline: Option<Deadline>,
    /// The agreement that has the commitment as a term.
    pub agreement: Option<RecordId>,
    /// The statement that makes the commitment.
    pub statement: Option<RecordId>,
}

/// The deadline of a commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deadline {
    /// The words, with the unit filled in where it is understood: `within 18 [months]`.
    pub text: String,
    /// The last day, ISO 8601, if it can be computed.
    pub due: Option<String>,
    /// The day from which `due` was computed, ISO 8601.
    pub from: Option<String>,
}
