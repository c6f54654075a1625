//! Conditions, agreements and commitments.

use std::collections::BTreeMap;

use readout_record::{AgreementStatus, Commitment, Tone};

use crate::filter::{Filter, Selection};
use crate::when::{day_of, order};
use crate::{AgreementRow, Citation, CommitmentRow, ConditionRow, Contents, DueState, StatusRow};

/// Returns the conditions, in the order of the reports.
pub fn conditions(contents: &Contents, filter: &Filter) -> Vec<ConditionRow> {
    let selection = Selection::new(contents, filter);
    selection
        .each(|it| &it.conditions)
        .filter(|it| {
            let tone = match it.tone {
                Tone::Promise => "promise",
                Tone::Threat => "threat",
                Tone::Demand => "demand",
                Tone::Dependency => "dependency",
            };
            selection.parties(&[&it.by], &[&it.to, &it.premise.actor])
                && selection.kinds(&["condition", tone])
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
            tone: it.tone,
            premise: it.premise.text.clone(),
            consequence: it.consequence.text.clone(),
            statement: it.statement.clone(),
        })
        .collect()
}

/// Returns the agreements with their terms and history, by the time of their first step. The undated come last.
pub fn agreements(contents: &Contents, filter: &Filter) -> Vec<AgreementRow> {
    let selection = Selection::new(contents, filter);
    let commitments: BTreeMap<&str, &Commitment> =
        selection.each(|it| &it.commitments).map(|it| (it.evidence.id.as_str(), it)).collect();
    let as_of = selection.as_of();
    let mut rows: Vec<AgreementRow> = Vec::new();
    for it in &contents.agreements {
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
                time: step.time.clone(),
                day: day_of(step.time.as_ref()),
            })
            .collect();
        let terms: Vec<CommitmentRow> = it
            .terms
            .iter()
            .filter_map(|id| commitments.get(id.as_str()))
            .map(|it| commitment_row(&selection, it, as_of.as_deref()))
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
    let selection = Selection::new(contents, filter);
    let as_of = selection.as_of();
    let mut rows: Vec<CommitmentRow> = selection
        .each(|it| &it.commitments)
        .map(|it| (it, commitment_row(&selection, it, as_of.as_deref())))
        .filter(|(it, row)| {
            let state = match row.state {
                DueState::Open => "open",
                DueState::Due => "due",
                DueState::Overdue => "overdue",
            };
            selection.parties(&[&it.debtor], &[&it.creditor])
                && selection.kinds(&["commitment", state])
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
