//! The lines of the views as plain data. Their names and fields are those of the API and of `--format jsonl`.

use readout_record::{
    ActorId, ActorKind, AgreementStatus, DocumentId, Episode, Factuality, MeetingFormat, Mode, RecordId,
    Role, Stance, Time, Tone,
};
use readout_text::CharSpan;
use serde::Serialize;

/// A passage that supports a line, and where it stands. The fields of a line's first passage are its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// The record; for a line on a linked record whose passage is no record of its own, the linked one.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
    /// Where in its text, in code points.
    pub spans: Vec<CharSpan>,
    /// The words there.
    pub text: String,
    /// The number of the paragraph in which it starts, from 1.
    pub paragraph: usize,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// When the report was published.
    pub published: Option<String>,
}

/// Who: an id with the name that people read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorName {
    /// The id.
    pub id: ActorId,
    /// The fullest name, or what stands for one.
    pub name: String,
}

/// What happened, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimelineRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// `event`, `meeting`, `incident`, `agreement`, `commitment` or `statement`.
    pub kind: &'static str,
    /// The day, if the reports give one.
    pub day: Option<String>,
    /// When, with the report's words.
    pub time: Option<Time>,
    /// Who takes part.
    pub who: Vec<ActorName>,
    /// One line on it.
    pub what: String,
    /// Where.
    pub place: Option<String>,
    /// Done, planned …
    pub factuality: Factuality,
    /// The happening, agreement or quote that it is part of.
    pub linked: Option<RecordId>,
    /// Independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// Who said what.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StatementRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// Who said it, so far as they can be named.
    pub speaker: Vec<ActorName>,
    /// The report's words for the speaker; empty if there are none.
    pub source: String,
    /// Whether the speaker has a name.
    pub named: bool,
    /// The words of saying.
    pub cue: Option<String>,
    /// The speech act, as `say`, `deny`, `demand`.
    pub act: Option<String>,
    /// To whom.
    pub addressee: Vec<ActorName>,
    /// Through whom it reached the outlet, outermost first.
    pub via: Vec<ActorName>,
    /// Quoted, retold, both.
    pub mode: Mode,
    /// The report says that it was not said.
    pub negated: bool,
    /// What was said.
    pub content: String,
    /// When it was said.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The statement in which it stands.
    pub parent: Option<RecordId>,
    /// The utterance that other reports give too.
    pub quote: Option<RecordId>,
}

/// An utterance with quoted words, in all its wordings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The statement with the fullest wording.
    #[serde(flatten)]
    pub best: StatementRow,
    /// The other wordings.
    pub wordings: Vec<Wording>,
    /// How many outlets give it; a report that is mostly a copy of another counts with that.
    pub outlets: usize,
}

/// One more wording of an utterance.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Wording {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// What was said, in this report's words.
    pub content: String,
    /// Words of the fullest wording that it lacks.
    pub missing: String,
    /// Words that it has beyond the fullest wording.
    pub added: String,
}

/// Who did what to whom: an event, a meeting or an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EventRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// `event`, `meeting` or `incident`.
    pub kind: &'static str,
    /// PLOVER type; empty for a disaster.
    pub code: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// CAMEO code where one maps.
    pub cameo: Option<String>,
    /// Who did it; all who met.
    pub actor: Vec<ActorName>,
    /// To whom.
    pub recipient: Vec<ActorName>,
    /// When.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Done, planned …
    pub factuality: Factuality,
    /// Dead: at least, at most.
    pub killed: Option<(Option<u32>, Option<u32>)>,
    /// Hurt: at least, at most.
    pub injured: Option<(Option<u32>, Option<u32>)>,
    /// Who claims it.
    pub claimed_by: Vec<ActorName>,
    /// Who is blamed.
    pub blamed_on: Vec<ActorName>,
    /// Who denies it.
    pub denied_by: Vec<ActorName>,
    /// Weapon or means.
    pub means: Option<String>,
    /// The statement that says so; `None`: the outlet itself.
    pub reported_by: Option<RecordId>,
    /// Who says so.
    pub reporter: Vec<ActorName>,
    /// The happening over outlets.
    pub happening: Option<RecordId>,
    /// Independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// Who met.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MeetingRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// Who met.
    pub participants: Vec<ActorName>,
    /// What sort.
    pub format: Option<MeetingFormat>,
    /// At what larger gathering.
    pub occasion: Option<String>,
    /// Minutes: at least, at most.
    pub minutes: Option<(Option<u32>, Option<u32>)>,
    /// On what.
    pub topics: Vec<String>,
    /// When.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Held, planned …
    pub factuality: Factuality,
    /// The statement that says so; `None`: the outlet itself.
    pub reported_by: Option<RecordId>,
    /// Who says so.
    pub reporter: Vec<ActorName>,
    /// The happening over outlets.
    pub happening: Option<RecordId>,
    /// Independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// If this, then that.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConditionRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// Who sets it.
    pub by: Vec<ActorName>,
    /// Whom it is put to.
    pub to: Vec<ActorName>,
    /// A promise, a threat …
    pub tone: Tone,
    /// What has to be.
    #[serde(rename = "if")]
    pub premise: String,
    /// What follows.
    #[serde(rename = "then")]
    pub consequence: String,
    /// The statement in which it stands.
    pub statement: Option<RecordId>,
}

/// An instrument with its terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AgreementRow {
    /// The first passage; its id is the agreement's.
    #[serde(flatten)]
    pub citation: Citation,
    /// What it is called.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Who is bound.
    pub parties: Vec<ActorName>,
    /// What became of it, in order of time.
    pub history: Vec<StatusRow>,
    /// Where it stands: the last of `history`.
    pub status: Option<AgreementStatus>,
    /// Its terms.
    pub terms: Vec<CommitmentRow>,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// A step in the life of an agreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StatusRow {
    /// The passage that says so.
    #[serde(flatten)]
    pub citation: Citation,
    /// The status.
    pub status: AgreementStatus,
    /// When.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
}

/// Somebody is to do something.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CommitmentRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// Who is to act.
    pub debtor: Vec<ActorName>,
    /// For whom.
    pub creditor: Vec<ActorName>,
    /// What.
    pub action: String,
    /// By when, in the report's words.
    pub deadline: Option<String>,
    /// The last day, if it can be computed.
    pub due: Option<String>,
    /// How it stands on the day that was asked for.
    pub state: DueState,
    /// The agreement whose term it is.
    pub agreement: Option<RecordId>,
    /// The statement that makes it.
    pub statement: Option<RecordId>,
}

/// How a commitment stands on a day. Readout does not know whether it was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueState {
    /// No day is known.
    #[default]
    Open,
    /// The last day is still to come, or is the day itself.
    Due,
    /// The last day has passed.
    Overdue,
}

/// An actor's stance on an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PositionRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The position's id.
    pub position: RecordId,
    /// Who.
    pub actor: ActorName,
    /// On what.
    pub issue: String,
    /// For or against.
    pub stance: Stance,
    /// Since when, ISO 8601.
    pub since: Option<String>,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// Where actors stand on one issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// Common ground, a gap …
    pub relation: Relation,
    /// The stances, one cell an actor, in the order asked for; an actor without one has an empty cell.
    pub cells: Vec<IssueCell>,
}

/// An actor's stances on an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueCell {
    /// Who.
    pub actor: ActorName,
    /// Each stance with its passages, oldest first.
    pub positions: Vec<PositionRow>,
}

/// How actors stand to each other on an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// For and against.
    Gap,
    /// Somebody's stance hangs on something.
    Conditional,
    /// All who show a stance show the same.
    Common,
    /// Fewer than two show a clear one.
    #[default]
    Open,
}

/// One fact as the outlets have it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CompareRow {
    /// The happening, quote or agreement.
    pub id: RecordId,
    /// `happening`, `quote` or `agreement`.
    pub kind: &'static str,
    /// One line on it.
    pub title: String,
    /// One cell an outlet that has it, in the order of their names.
    pub cells: Vec<OutletCell>,
    /// The first of the other outlets, in the order of their names.
    pub lack: Vec<String>,
    /// How many outlets lack it.
    pub lacking: usize,
    /// Fields that outlets give differently.
    pub differences: Vec<DifferenceRow>,
}

/// What one outlet has of a fact.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OutletCell {
    /// The outlet.
    pub outlet: String,
    /// Its passages.
    pub citations: Vec<Citation>,
}

/// A field on which reports of one fact differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceRow {
    /// The happening or quote.
    pub id: RecordId,
    /// One line on it.
    pub title: String,
    /// What they differ on.
    pub field: String,
    /// Each value with the passages that give it.
    pub values: Vec<DifferenceValue>,
}

/// One side of a difference.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceValue {
    /// The value as people write it.
    pub value: String,
    /// Who gives it.
    pub citations: Vec<Citation>,
}

/// Who is spoken of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ActorRow {
    /// The id.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// What sort.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3 of its state.
    pub state: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Offices and titles.
    pub roles: Vec<Role>,
    /// How often it is named.
    pub mentions: u32,
    /// In how many reports it is spoken of.
    pub reports: usize,
    /// How many statements are its; `None` where they were not counted.
    pub statements: Option<usize>,
    /// Where it is named first; its id is the actor's. `None` where that was not looked up.
    pub first: Option<Citation>,
}

/// What belongs together over reports and time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StoryRow {
    /// The id.
    pub id: RecordId,
    /// A headline for it.
    pub title: String,
    /// Words that mark it.
    pub keywords: Vec<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// The day it is about.
    pub day: Option<String>,
    /// Its reports.
    pub documents: Vec<DocumentId>,
    /// The outlets of its reports, sorted.
    pub outlets: Vec<String>,
    /// What in it belongs together in time.
    pub episodes: Vec<Episode>,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceRow {
    /// Its id.
    pub id: DocumentId,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it is from.
    pub path: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its story.
    pub story: Option<RecordId>,
    /// Reports it copies, and the share of this report's text that they have, 0 to 1.
    pub copies: Vec<CopyRow>,
    /// Outlets and agencies through which its statements came, most often named first.
    pub origins: Vec<ActorName>,
    /// How many records there are of it.
    pub records: usize,
}

/// A report that another copies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CopyRow {
    /// Which.
    pub doc: DocumentId,
    /// The share of the copying report's text, 0 to 1.
    pub share: f64,
}
