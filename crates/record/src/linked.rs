use readout_text::CharSpan;
use serde::{Deserialize, Serialize};

use crate::ids::{ActorId, DocumentId, RecordId};
use crate::plover::{self, PloverCode, Sector};
use crate::time::Time;
use crate::values::{ActorKind, AgreementStatus, Stance};

/// A mention: one place in one report where an actor is named. Actors are made of mentions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// The report.
    pub doc: DocumentId,
    /// The span of the mention, in code points.
    pub span: CharSpan,
    /// The words of the mention.
    pub text: String,
    /// The actor.
    pub actor: ActorId,
    /// The actor's fullest name in this report.
    pub name: String,
    /// The sort of actor.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// True if the words are a name (not a pronoun or a description).
    pub named: bool,
    /// The state that the actor is, acts for or belongs to, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// The PLOVER sector.
    pub sector: Option<Sector>,
    /// The office or title beside the name, such as `Russian President`.
    pub role: Option<String>,
}

/// An actor, over all reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// The readable id.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// The sort of actor.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Other names and spellings, sorted.
    pub aliases: Vec<String>,
    /// The state of a person, office or organisation, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// The PLOVER sector.
    pub sector: Option<Sector>,
    /// The offices and titles, with the days and passages in which they are given.
    pub roles: Vec<Role>,
    /// The number of mentions.
    pub mentions: u32,
}

/// An office or title of an actor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// The words for the office or title.
    pub text: String,
    /// The first day, ISO 8601.
    pub from: Option<String>,
    /// The last day, ISO 8601.
    pub to: Option<String>,
    /// The passages that give the office or title.
    pub evidence: Vec<EvidenceSpan>,
}

/// A passage of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceSpan {
    /// The report.
    pub doc: DocumentId,
    /// The spans of the passage, in code points.
    pub spans: Vec<CharSpan>,
    /// The text of the passage.
    pub text: String,
}

/// A named or described instrument.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreement {
    /// The id, made from the evidence.
    pub id: RecordId,
    /// The name of the agreement, or the words that describe it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The actors who are bound by it.
    pub parties: Vec<ActorId>,
    /// The actors who brought the parties together.
    pub brokers: Vec<ActorId>,
    /// The actors who vouch for it.
    pub guarantors: Vec<ActorId>,
    /// The agreement's terms: the ids of commitments.
    pub terms: Vec<RecordId>,
    /// The steps that the agreement went through, in order of time.
    pub status: Vec<StatusStep>,
    /// The passages that name or describe the agreement.
    pub evidence: Vec<EvidenceSpan>,
}

/// One step in the life of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusStep {
    /// The status that the agreement reached.
    pub status: AgreementStatus,
    /// The actors who took the step: those who violated, left, rejected or proposed the agreement.
    pub by: Vec<ActorId>,
    /// The actors whose claim the step is; empty if the report tells it in its own words.
    pub claimed_by: Vec<ActorId>,
    /// The time of the step.
    pub time: Option<Time>,
    /// The passage that says so.
    pub evidence: EvidenceSpan,
}

/// An actor's stance on an issue at a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    /// The id, made from the actor, issue and evidence.
    pub id: RecordId,
    /// The actor who has the stance.
    pub actor: ActorId,
    /// The issue.
    pub issue: String,
    /// The stance: for, against …
    pub stance: Stance,
    /// The first day on which the reports show the stance, ISO 8601.
    pub since: Option<String>,
    /// The records that show the stance.
    pub evidence: Vec<RecordId>,
}

/// One utterance as several outlets give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// The id, made from the members.
    pub id: RecordId,
    /// The statements that give the utterance.
    pub members: Vec<RecordId>,
    /// The fullest wording.
    pub best: String,
    /// The statement with the fullest wording.
    pub best_member: RecordId,
    /// The differences between each other member and the best wording.
    pub differences: Vec<WordDifference>,
}

/// The differences between one wording and the fullest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordDifference {
    /// The statement with the differing wording.
    pub member: RecordId,
    /// The words of the best wording that the member lacks, runs joined by ` … `.
    pub missing: String,
    /// The words of the member that the best wording lacks, runs joined by ` … `.
    pub added: String,
}

/// One event as several outlets report it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Happening {
    /// The id, made from the members.
    pub id: RecordId,
    /// The events, meetings or incidents.
    pub members: Vec<RecordId>,
    /// The PLOVER type; `None` for a disaster.
    #[serde(with = "plover::code_or_empty")]
    pub code: Option<PloverCode>,
    /// A title from its best member.
    pub title: String,
    /// The participants that every member with participants names.
    pub participants: Vec<ActorId>,
    /// The time, as far as the members agree.
    pub time: Option<Time>,
    /// The place, as far as the members agree.
    pub place: Option<String>,
    /// The fields in which the members differ.
    pub disagreements: Vec<Disagreement>,
    /// The number of independent sources. Copies count once, one outlet once, and one sentence that several have word
    /// for word once.
    pub sources: u32,
    /// The records that may belong to the happening, each with the reason why it was not joined.
    pub possibly: Vec<(RecordId, String)>,
}

/// A field on which reports of one happening differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Disagreement {
    /// The field's name.
    pub field: String,
    /// Each value with the records that give it.
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

/// A story: reports on one running affair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// The id, made from the first documents.
    pub id: RecordId,
    /// A headline for the story.
    pub title: String,
    /// The words that mark the story.
    pub keywords: Vec<String>,
    /// The story's reports.
    pub documents: Vec<DocumentId>,
    /// The first day, ISO 8601.
    pub from: Option<String>,
    /// The last day, ISO 8601.
    pub to: Option<String>,
    /// The day that the story is about, to which most outlets look back; ISO 8601.
    pub day: Option<String>,
    /// The episodes: reports that belong together in time.
    pub episodes: Vec<Episode>,
}

/// Part of a story that belongs together in time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Episode {
    /// A headline for the episode.
    pub title: String,
    /// The episode's reports.
    pub documents: Vec<DocumentId>,
    /// The first day, ISO 8601.
    pub from: Option<String>,
    /// The last day, ISO 8601.
    pub to: Option<String>,
    /// The day that the episode is about, ISO 8601.
    pub day: Option<String>,
}
