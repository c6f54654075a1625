use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::{ActorId, DocumentId, RecordId};
use crate::time::Time;
use crate::values::{ActorKind, AgreementStatus, Stance};

/// One place in one report where an actor is named; what actors are made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// The report.
    pub doc: DocumentId,
    /// Where, in code points.
    pub span: CharSpan,
    /// The words.
    pub text: String,
    /// Who.
    pub actor: ActorId,
    /// The actor's fullest name in this report.
    pub name: String,
    /// What sort of actor.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Whether the words are a name (not a pronoun or a description).
    pub named: bool,
    /// The state that the actor is, acts for or belongs to, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// The office or title that stands with the name, `Russian President`.
    pub role: Option<String>,
}

/// Who or what is spoken of, over all reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// Readable id.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// What sort.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Other names and spellings, sorted.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3 of a person's, office's or organisation's state.
    pub state: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Offices and titles, with when and where they are given.
    pub roles: Vec<Role>,
    /// How often it is named.
    pub mentions: u32,
}

/// An office or title of an actor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// The words.
    pub text: String,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
    /// Where reports say so.
    pub evidence: Vec<EvidenceSpan>,
}

/// A passage of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceSpan {
    /// The report.
    pub doc: DocumentId,
    /// Where, in code points.
    pub spans: Vec<CharSpan>,
    /// The words.
    pub text: String,
}

/// A named or described instrument.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreement {
    /// From its evidence.
    pub id: RecordId,
    /// Its name, or the words that describe it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Who is bound by it.
    pub parties: Vec<ActorId>,
    /// Its terms: commitments.
    pub terms: Vec<RecordId>,
    /// What became of it, in order of time.
    pub status: Vec<StatusStep>,
    /// Where reports tell of it.
    pub evidence: Vec<EvidenceSpan>,
}

/// One step in the life of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusStep {
    /// The status.
    pub status: AgreementStatus,
    /// When.
    pub time: Option<Time>,
    /// The passage that says so.
    pub evidence: EvidenceSpan,
}

/// An actor's stance on an issue at a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    /// From the actor, issue and evidence.
    pub id: RecordId,
    /// Who.
    pub actor: ActorId,
    /// On what.
    pub issue: String,
    /// For or against.
    pub stance: Stance,
    /// Since when the reports show it, ISO 8601.
    pub since: Option<String>,
    /// The records that show it.
    pub evidence: Vec<RecordId>,
}

/// One utterance as several outlets give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// From its members.
    pub id: RecordId,
    /// The statements that give it.
    pub members: Vec<RecordId>,
    /// The fullest wording.
    pub best: String,
    /// The statement with the fullest wording.
    pub best_member: RecordId,
    /// How each other member differs from the best wording.
    pub differences: Vec<WordDifference>,
}

/// How one wording differs from the fullest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordDifference {
    /// The statement.
    pub member: RecordId,
    /// Words of the best wording that it lacks, runs joined by ` … `.
    pub missing: String,
    /// Words that it has and the best wording lacks, runs joined by ` … `.
    pub added: String,
}

/// One event as several outlets report it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Happening {
    /// From its members.
    pub id: RecordId,
    /// The events, meetings or incidents.
    pub members: Vec<RecordId>,
    /// PLOVER type.
    pub code: String,
    /// A title from its best member.
    pub title: String,
    /// Whom all members name.
    pub participants: Vec<ActorId>,
    /// When, as far as the members agree.
    pub time: Option<Time>,
    /// Where, as far as the members agree.
    pub place: Option<String>,
    /// Where they differ.
    pub disagreements: Vec<Disagreement>,
    /// Independent sources: copies count once, one outlet once, and one sentence that several have word for word.
    pub sources: u32,
    /// Events that may be the same, and why they were not joined.
    pub possibly: Vec<(RecordId, String)>,
}

/// A field on which reports of one happening differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Disagreement {
    /// The field's name.
    pub field: String,
    /// Each value, and who says so.
    pub values: Vec<DisagreementValue>,
}

/// One side of a disagreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DisagreementValue {
    /// The value as people write it.
    pub value: String,
    /// The records that give it.
    pub members: Vec<RecordId>,
}

/// What belongs together over reports and time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// From its first documents.
    pub id: RecordId,
    /// A headline for it.
    pub title: String,
    /// Words that mark it.
    pub keywords: Vec<String>,
    /// Its reports.
    pub documents: Vec<DocumentId>,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
    /// The day it is about, to which most outlets look back; ISO 8601.
    pub day: Option<String>,
    /// What in it belongs together in time.
    pub episodes: Vec<Episode>,
}

/// Part of a story that belongs together in time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Episode {
    /// A headline for it.
    pub title: String,
    /// Its reports.
    pub documents: Vec<DocumentId>,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
    /// The day it is about, ISO 8601.
    pub day: Option<String>,
}
