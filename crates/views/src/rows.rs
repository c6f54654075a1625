//! The lines of the views as plain data. Their names and fields are those of the API and of `--format jsonl`.

use readout_record::{
    ActorId, ActorKind, AgreementStatus, DocumentId, Episode, Factuality, MeetingFormat, Mode, RecordId,
    Role, Stance, Time, Tone,
};
use readout_text::CharSpan;
use serde::Serialize;

/// A passage that supports a row, with its place. The fields of a row's first passage are the row's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// The record's id. For a row on a linked record whose passage is no record of its own, the linked record's id.
    pub id: RecordId,
    /// The report.
    pub doc: DocumentId,
    /// The spans of the passage in the report's text, in code points.
    pub spans: Vec<CharSpan>,
    /// The text of the passage.
    pub text: String,
    /// The number of the paragraph in which the passage starts, from 1.
    pub paragraph: usize,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// The date of the report's publication.
    pub published: Option<String>,
}

/// An actor: the id with the name that people read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorName {
    /// The id.
    pub id: ActorId,
    /// The fullest name, or a substitute for it.
    pub name: String,
}

/// A row of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimelineRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// `event`, `meeting`, `incident`, `agreement`, `commitment` or `statement`.
    pub kind: &'static str,
    /// The day, if the reports give one, ISO 8601.
    pub day: Option<String>,
    /// The time, with the report's words.
    pub time: Option<Time>,
    /// The actors who take part.
    pub who: Vec<ActorName>,
    /// One line of text on the row.
    pub what: String,
    /// The place.
    pub place: Option<String>,
    /// The factuality: done, planned …
    pub factuality: Factuality,
    /// The happening, agreement or quote to which the row belongs.
    pub linked: Option<RecordId>,
    /// The number of independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// A statement of one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StatementRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The speakers, as far as they can be named.
    pub speaker: Vec<ActorName>,
    /// The report's words for the speaker; empty if there are none.
    pub source: String,
    /// True if the speaker has a name.
    pub named: bool,
    /// The words of saying.
    pub cue: Option<String>,
    /// The speech act, such as `say`, `deny`, `demand`.
    pub act: Option<String>,
    /// The actors to whom it was said.
    pub addressee: Vec<ActorName>,
    /// The actors through whom the statement reached the outlet, outermost first.
    pub via: Vec<ActorName>,
    /// The form of the content: quoted, retold, or both.
    pub mode: Mode,
    /// True if the report says that it was not said.
    pub negated: bool,
    /// The words that are given to the speaker.
    pub content: String,
    /// The time of saying.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The statement that contains this one.
    pub parent: Option<RecordId>,
    /// The quote to which the statement belongs, if other reports give the utterance too.
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
    /// The number of outlets that give the utterance. A report that is mostly a copy counts with the report that it
    /// copies.
    pub outlets: usize,
}

/// One more wording of an utterance.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Wording {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The content, in this report's words.
    pub content: String,
    /// The words of the fullest wording that this one lacks.
    pub missing: String,
    /// The words of this wording that the fullest one lacks.
    pub added: String,
}

/// An event, a meeting or an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EventRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// `event`, `meeting` or `incident`.
    pub kind: &'static str,
    /// The PLOVER type; empty for a disaster.
    pub code: String,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// The PLOVER contexts.
    pub context: Vec<String>,
    /// The CAMEO code, where the type maps to one.
    pub cameo: Option<String>,
    /// The actors who did it; for a meeting, the participants.
    pub actor: Vec<ActorName>,
    /// The actors to whom it was done.
    pub recipient: Vec<ActorName>,
    /// The time.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The factuality: done, planned …
    pub factuality: Factuality,
    /// The number of dead: at least, at most.
    pub killed: Option<(Option<u32>, Option<u32>)>,
    /// The number of injured: at least, at most.
    pub injured: Option<(Option<u32>, Option<u32>)>,
    /// The actors who claim responsibility.
    pub claimed_by: Vec<ActorName>,
    /// The actors who are blamed.
    pub blamed_on: Vec<ActorName>,
    /// The actors who deny it.
    pub denied_by: Vec<ActorName>,
    /// The weapon or means.
    pub means: Option<String>,
    /// The statement that reports it; `None` if the outlet itself does.
    pub reported_by: Option<RecordId>,
    /// The speakers of the reporting statement.
    pub reporter: Vec<ActorName>,
    /// The happening to which the row belongs.
    pub happening: Option<RecordId>,
    /// The number of independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MeetingRow {
    /// The first passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The actors who met.
    pub participants: Vec<ActorName>,
    /// The sort of meeting.
    pub format: Option<MeetingFormat>,
    /// The larger gathering at which they met.
    pub occasion: Option<String>,
    /// The duration in minutes: at least, at most.
    pub minutes: Option<(Option<u32>, Option<u32>)>,
    /// The subjects of the meeting.
    pub topics: Vec<String>,
    /// The time.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The factuality: held, planned …
    pub factuality: Factuality,
    /// The statement that reports it; `None` if the outlet itself does.
    pub reported_by: Option<RecordId>,
    /// The speakers of the reporting statement.
    pub reporter: Vec<ActorName>,
    /// The happening to which the row belongs.
    pub happening: Option<RecordId>,
    /// The number of independent sources; copies count once.
    pub sources: usize,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// A condition: a consequence that depends on a premise.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConditionRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The actors who set the condition.
    pub by: Vec<ActorName>,
    /// The actors to whom the condition is put.
    pub to: Vec<ActorName>,
    /// The tone: a promise, a threat …
    pub tone: Tone,
    /// The premise.
    #[serde(rename = "if")]
    pub premise: String,
    /// The consequence.
    #[serde(rename = "then")]
    pub consequence: String,
    /// The statement that contains the condition.
    pub statement: Option<RecordId>,
}

/// An instrument with its terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AgreementRow {
    /// The first passage; its id is the agreement's.
    #[serde(flatten)]
    pub citation: Citation,
    /// The agreement's name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The actors who are bound by it.
    pub parties: Vec<ActorName>,
    /// The steps that the agreement went through, in order of time.
    pub history: Vec<StatusRow>,
    /// The present status: that of the last step of `history`.
    pub status: Option<AgreementStatus>,
    /// The agreement's terms.
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
    /// The time.
    pub time: Option<Time>,
    /// The day of `time`; `None` if its words name something longer, or nothing that is known.
    pub day: Option<String>,
}

/// A commitment: somebody is to do something.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CommitmentRow {
    /// The passage.
    #[serde(flatten)]
    pub citation: Citation,
    /// The actors who are to act.
    pub debtor: Vec<ActorName>,
    /// The actors for whom they are to act.
    pub creditor: Vec<ActorName>,
    /// The words for the act.
    pub action: String,
    /// The deadline, in the report's words.
    pub deadline: Option<String>,
    /// The last day, ISO 8601, if it can be computed.
    pub due: Option<String>,
    /// The state on the day that was asked for.
    pub state: DueState,
    /// The agreement that has the commitment as a term.
    pub agreement: Option<RecordId>,
    /// The statement that makes the commitment.
    pub statement: Option<RecordId>,
}

/// The state of a commitment on a day. Readout does not know whether the commitment was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueState {
    /// No day is known.
    #[default]
    Open,
    /// The last day is still to come, or is the day that was asked for.
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
    /// The actor who has the stance.
    pub actor: ActorName,
    /// The issue.
    pub issue: String,
    /// The stance: for, against …
    pub stance: Stance,
    /// The first day on which the reports show the stance, ISO 8601.
    pub since: Option<String>,
    /// The other passages.
    pub also: Vec<Citation>,
}

/// The stances of several actors on one issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// The relation of the stances: common ground, a gap …
    pub relation: Relation,
    /// The stances, one cell an actor, in the order asked for; an actor without one has an empty cell.
    pub cells: Vec<IssueCell>,
}

/// An actor's stances on an issue.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssueCell {
    /// The actor.
    pub actor: ActorName,
    /// Each stance with its passages, oldest first.
    pub positions: Vec<PositionRow>,
}

/// The relation of the actors' stances on an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// One actor is for it, another against it.
    Gap,
    /// There is no gap, but an actor's stance depends on a condition.
    Conditional,
    /// All actors who show a stance show the same one.
    Common,
    /// Fewer than two actors show a clear stance.
    #[default]
    Open,
}

/// One fact as the outlets give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CompareRow {
    /// The happening, quote or agreement.
    pub id: RecordId,
    /// `happening`, `quote` or `agreement`.
    pub kind: &'static str,
    /// One line of text on the fact.
    pub title: String,
    /// One cell for each outlet that has the fact, in the order of the outlets' names.
    pub cells: Vec<OutletCell>,
    /// The first outlets that lack the fact, in the order of their names.
    pub lack: Vec<String>,
    /// The number of outlets that lack the fact.
    pub lacking: usize,
    /// The fields that outlets give differently.
    pub differences: Vec<DifferenceRow>,
}

/// The passages in which one outlet gives a fact.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OutletCell {
    /// The outlet.
    pub outlet: String,
    /// The outlet's passages.
    pub citations: Vec<Citation>,
}

/// A field on which reports of one fact differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceRow {
    /// The happening or quote.
    pub id: RecordId,
    /// One line of text on the happening or quote.
    pub title: String,
    /// The name of the field.
    pub field: String,
    /// Each value with the passages that give it.
    pub values: Vec<DifferenceValue>,
}

/// One side of a difference.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DifferenceValue {
    /// The value as people write it.
    pub value: String,
    /// The passages that give the value.
    pub citations: Vec<Citation>,
}

/// An actor with counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ActorRow {
    /// The id.
    pub id: ActorId,
    /// The fullest name.
    pub name: String,
    /// The sort of actor.
    #[serde(rename = "type")]
    pub actor_kind: ActorKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// The actor's state, ISO 3166-1 alpha-3.
    pub state: Option<String>,
    /// The PLOVER sector.
    pub sector: Option<String>,
    /// The offices and titles.
    pub roles: Vec<Role>,
    /// The number of mentions.
    pub mentions: u32,
    /// The number of reports that mention the actor.
    pub reports: usize,
    /// The number of statements with the actor as a speaker; `None` if they were not counted.
    pub statements: Option<usize>,
    /// The first passage that names the actor; its id is the actor's. `None` if it was not looked up.
    pub first: Option<Citation>,
}

/// A story: reports on one running affair.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StoryRow {
    /// The id.
    pub id: RecordId,
    /// A headline for the story.
    pub title: String,
    /// The words that mark the story.
    pub keywords: Vec<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The day that the story is about.
    pub day: Option<String>,
    /// The story's reports.
    pub documents: Vec<DocumentId>,
    /// The outlets of its reports, sorted.
    pub outlets: Vec<String>,
    /// The episodes: reports that belong together in time.
    pub episodes: Vec<Episode>,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceRow {
    /// The report's id.
    pub id: DocumentId,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The file that it came from.
    pub path: Option<String>,
    /// The report's web address.
    pub url: Option<String>,
    /// The date of publication.
    pub published: Option<String>,
    /// The report's story.
    pub story: Option<RecordId>,
    /// Reports it copies, and the share of this report's text that they have, 0 to 1.
    pub copies: Vec<CopyRow>,
    /// Outlets and agencies through which its statements came, most often named first.
    pub origins: Vec<ActorName>,
    /// The number of records of the report that rest on a passage.
    pub records: usize,
}

/// A report that another copies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CopyRow {
    /// The copied report.
    pub doc: DocumentId,
    /// The share of the copying report's text, 0 to 1.
    pub share: f64,
}
