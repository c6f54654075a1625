//! The timeline: events, steps of agreements and deadlines in order of time.

use readout_record::{Factuality, RecordId, Time};
use serde::Serialize;

use crate::agreements::{agreement_rows, commitment_rows};
use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::events::{event_groups, event_row, known_time};
use crate::filter::Filter;
use crate::selection::Selection;
use crate::statements::{quote_row, shown, utterances};
use crate::when::{day_of, order};

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

/// Returns meetings, incidents and other events, steps of agreements and deadlines, in order of time.
///
/// Rows without a known time come last, in the order of the reports. Statements are among the rows if `filter.kind`
/// asks for them.
pub fn timeline(contents: &Contents, filter: &Filter) -> Vec<TimelineRow> {
    let selection = Selection::new(contents, filter);
    let mut rows: Vec<TimelineRow> = Vec::new();
    for group in event_groups(&selection) {
        if !group.iter().any(|it| it.shown(&selection)) {
            continue;
        }
        let Some(row) = event_row(&selection, &group) else { continue };
        let mut who = row.actor;
        let recipients = row.recipient.into_iter().filter(|it| !who.contains(it)).collect::<Vec<_>>();
        who.extend(recipients);
        let title = row.happening.as_deref().and_then(|id| selection.happening(id)).map(|it| &it.title);
        rows.push(TimelineRow {
            what: title.filter(|it| !it.is_empty()).unwrap_or(&row.citation.text).clone(),
            citation: row.citation,
            kind: row.kind,
            day: row.day,
            time: row.time,
            who,
            place: row.place,
            factuality: row.factuality,
            linked: row.happening,
            sources: row.sources,
            also: row.also,
        });
    }
    // The views below look at `filter.kind` in their own sense.
    let any_kind = Filter { kind: Vec::new(), ..filter.clone() };
    let of_any_kind = (!filter.kind.is_empty()).then(|| Selection::new(contents, &any_kind));
    let of_any_kind = of_any_kind.as_ref().unwrap_or(&selection);
    if selection.kinds(&["agreement"]) {
        for agreement in agreement_rows(of_any_kind) {
            for step in agreement.history {
                if !selection.times(step.time.as_ref(), &step.citation.doc) {
                    continue;
                }
                let status = step.status.in_words();
                rows.push(TimelineRow {
                    kind: "agreement",
                    what: format!("{}: {status}", agreement.name),
                    day: step.day,
                    time: step.time,
                    who: agreement.parties.clone(),
                    place: None,
                    factuality: Factuality::Happened,
                    linked: Some(step.citation.id.clone()),
                    sources: 1,
                    also: Vec::new(),
                    citation: step.citation,
                });
            }
        }
    }
    if selection.kinds(&["commitment"]) {
        for it in commitment_rows(of_any_kind).into_iter().filter(|it| it.due.is_some()) {
            rows.push(TimelineRow {
                kind: "commitment",
                what: format!("due: {}", it.action),
                day: it.due,
                time: None,
                who: it.debtor,
                place: None,
                factuality: Factuality::Planned,
                linked: it.agreement,
                sources: 1,
                also: Vec::new(),
                citation: it.citation,
            });
        }
    }
    if !filter.kind.is_empty() && selection.kinds(&["statement"]) {
        rows.extend(statements(&selection));
    }
    rows.sort_by_cached_key(|row| {
        let start = row.citation.spans.first().map_or(0, |span| span.start);
        let when = order(row.time.as_ref(), row.day.as_deref());
        (when, selection.place(&row.citation.doc), start, row.kind)
    });
    rows
}

fn statements(selection: &Selection<'_>) -> Vec<TimelineRow> {
    let groups = utterances(selection);
    let groups = groups.iter().filter(|group| group.iter().any(|it| shown(selection, it)));
    groups
        .filter_map(|group| {
            let quote = quote_row(selection, group)?;
            let row = quote.best;
            let time = known_time(group.iter().map(|it| it.time.as_ref()));
            let linked: Option<RecordId> = row.quote.clone();
            Some(TimelineRow {
                kind: "statement",
                day: day_of(time.as_ref()),
                time,
                who: row.speaker,
                what: row.content,
                place: None,
                factuality: if row.negated { Factuality::Denied } else { Factuality::Happened },
                linked,
                sources: quote.outlets,
                also: quote.wordings.into_iter().map(|it| it.citation).collect(),
                citation: row.citation,
            })
        })
        .collect()
}
