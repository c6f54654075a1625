//! Conditions, agreements and commitments.

use std::collections::BTreeMap;

use readout_record::{AgreementStatus, Commitment, RecordId, Time, Tone};
use serde::Serialize;

use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::filter::Filter;
use crate::selection::Selection;
use crate::when::{day_of, order};

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
    /// The actors who act in the premise and in the consequence, by whom its weight is told.
    #[serde(skip)]
    pub sides: Vec<ActorName>,
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
    /// The actors who brought the parties together.
    pub brokers: Vec<ActorName>,
    /// The actors who vouch for it.
    pub guarantors: Vec<ActorName>,
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
    /// The actors who took the step.
    pub by: Vec<ActorName>,
    /// The actors whose claim the step is.
    pub claimed_by: Vec<ActorName>,
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

impl DueState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Due, Self::Overdue];

    /// Returns the state's name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }
}

/// Returns the conditions, in the order of the reports.
pub fn conditions(contents: &Contents, filter: &Filter) -> Vec<ConditionRow> {
    let selection = Selection::new(contents, filter);
    selection
        .each(|it| &it.conditions)
        .filter(|it| {
            selection.parties(&[&it.by], &[&it.to, &it.premise.actor])
                && selection.kinds(&["condition", it.tone.as_str()])
                && selection.dates(None, &it.evidence.doc)
                && selection.words(
                    &[&it.evidence.id, it.statement.as_deref().unwrap_or_default()],
                    &[&it.evidence.text],
                )
        })
        .map(|it| ConditionRow {
            citation: selection.citation(&it.evidence),
            by: selection.actors(&it.by),
            to: selection.actors(&it.to),
            sides: selection.actors(&[it.premise.actor.clone(), it.consequence.actor.clone()].concat()),
            tone: it.tone,
            premise: it.premise.text.clone(),
            consequence: it.consequence.text.clone(),
            statement: it.statement.clone(),
        })
        .collect()
}

/// Returns the agreements with their terms and history, by the time of their first step. The undated come last.
pub fn agreements(contents: &Contents, filter: &Filter) -> Vec<AgreementRow> {
    agreement_rows(&Selection::new(contents, filter))
}

/// Returns the rows of [`agreements`].
pub(crate) fn agreement_rows(selection: &Selection<'_>) -> Vec<AgreementRow> {
    let commitments: BTreeMap<&str, &Commitment> =
        selection.each(|it| &it.commitments).map(|it| (it.evidence.id.as_str(), it)).collect();
    let as_of = selection.as_of();
    let mut rows: Vec<AgreementRow> = Vec::new();
    for it in &selection.contents.agreements {
        let mut citations: Vec<(usize, Citation)> = it
            .evidence
            .iter()
            .filter(|passage| selection.has(&passage.doc))
            .map(|passage| {
                let citation = selection.citation_at(&it.id, &passage.doc, &passage.spans, &passage.text);
                (selection.place(&passage.doc), citation)
            })
            .collect();
        citations.sort_by_key(|(place, it)| (*place, it.spans.first().map_or(0, |span| span.start)));
        citations.dedup();
        let mut citations = citations.into_iter().map(|(_, citation)| citation);
        let Some(citation) = citations.next() else { continue };
        let history: Vec<StatusRow> = it
            .status
            .iter()
            .filter(|step| selection.has(&step.evidence.doc))
            .map(|step| StatusRow {
                citation: selection.citation_at(
                    &it.id,
                    &step.evidence.doc,
                    &step.evidence.spans,
                    &step.evidence.text,
                ),
                status: step.status,
                by: selection.actors(&step.by),
                claimed_by: selection.actors(&step.claimed_by),
                time: step.time.clone(),
                day: day_of(step.time.as_ref()),
            })
            .collect();
        let terms: Vec<CommitmentRow> = it
            .terms
            .iter()
            .filter_map(|id| commitments.get(id.as_str()))
            .map(|it| commitment_row(selection, it, as_of.as_deref()))
            .collect();
        let status = history.last().map(|step| step.status);
        let texts: Vec<&str> = std::iter::once(it.name.as_str())
            .chain(it.aliases.iter().map(String::as_str))
            .chain(it.evidence.iter().map(|passage| passage.text.as_str()))
            .collect();
        let dated = history.is_empty() && selection.dates(None, &citation.doc)
            || history.iter().any(|step| selection.times(step.time.as_ref(), &step.citation.doc));
        let kinds: Vec<&str> =
            std::iter::once("agreement").chain(status.map(AgreementStatus::as_str)).collect();
        if selection.together(&it.parties)
            && dated
            && selection.kinds(&kinds)
            && selection.words(&[&it.id], &texts)
        {
            rows.push(AgreementRow {
                citation,
                name: it.name.clone(),
                aliases: it.aliases.clone(),
                parties: selection.actors(&it.parties),
                brokers: selection.actors(&it.brokers),
                guarantors: selection.actors(&it.guarantors),
                history,
                status,
                terms,
                also: citations.collect(),
            });
        }
    }
    rows.sort_by_cached_key(|it| {
        let first =
            it.history.iter().map(|step| order(step.time.as_ref(), None)).find(|(unknown, ..)| !unknown);
        let start = it.citation.spans.first().map_or(0, |span| span.start);
        let place = selection.place(&it.citation.doc);
        (first.unwrap_or_else(|| order(None, None)), place, start, it.citation.id.clone())
    });
    rows
}

/// Returns the commitments, terms of agreements among them.
///
/// They are sorted by the last day if it is known, then in the order of the reports.
pub fn commitments(contents: &Contents, filter: &Filter) -> Vec<CommitmentRow> {
    commitment_rows(&Selection::new(contents, filter))
}

/// Returns the rows of [`commitments`].
pub(crate) fn commitment_rows(selection: &Selection<'_>) -> Vec<CommitmentRow> {
    let as_of = selection.as_of();
    let mut rows: Vec<CommitmentRow> = selection
        .each(|it| &it.commitments)
        .map(|it| (it, commitment_row(selection, it, as_of.as_deref())))
        .filter(|(it, row)| {
            selection.parties(&[&it.debtor], &[&it.creditor])
                && selection.kinds(&["commitment", row.state.as_str()])
                && selection.dates(row.due.as_deref(), &it.evidence.doc)
                && selection.words(
                    &[&it.evidence.id, it.statement.as_deref().unwrap_or_default()],
                    &[&it.evidence.text],
                )
        })
        .map(|(_, row)| row)
        .collect();
    rows.sort_by_key(|it| (it.due.is_none(), it.due.clone()));
    rows
}

pub(crate) fn commitment_row(
    selection: &Selection<'_>,
    it: &Commitment,
    as_of: Option<&str>,
) -> CommitmentRow {
    let action = selection.words_at(&it.evidence.doc, it.action);
    let due = it.deadline.as_ref().and_then(|it| it.due.clone());
    let state = match (&due, as_of) {
        (Some(due), Some(as_of)) if due.as_str() < as_of => DueState::Overdue,
        (Some(_), _) => DueState::Due,
        (None, _) => DueState::Open,
    };
    CommitmentRow {
        citation: selection.citation(&it.evidence),
        debtor: selection.actors(&it.debtor),
        creditor: selection.actors(&it.creditor),
        action: if action.is_empty() { it.evidence.text.clone() } else { action },
        deadline: it.deadline.as_ref().map(|it| it.text.clone()),
        due,
        state,
        agreement: it.agreement.clone(),
        statement: it.statement.clone(),
    }
}
