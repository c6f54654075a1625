//! The timeline: events, steps of agreements and deadlines in order of time.

use readout_record::{Factuality, RecordId, Time};
use serde::Serialize;

use crate::agreements::{agreement_rows, commitment_rows};
use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::days::number;
use crate::events::{event_groups, event_row, known_time};
use crate::filter::Filter;
use crate::selection::Selection;
use crate::statements::{quote_row, shown, utterances};
use crate::when::{When, day_of, order};

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

/// The most days that the reports of one affair lie apart. Reports of more are opened at their newest.
const AFFAIR: i64 = 366;
/// The least number of days before an affair, and before the newest report of many years, with which a timeline opens.
const BEFORE: i64 = 7;
const NEWEST: i64 = 30;
/// The least number of dated rows with which the timeline of many years opens.
const SOME: usize = 20;

/// Returns the number of the row, counted from 0, at which a timeline is opened: the first that begins in the days of its
/// reports, or shortly before them. What reports tell of earlier years comes before it.
///
/// `rows` are in order of time, as [`timeline`] returns them. An affair is opened as long before its first report as it lasts;
/// where reports lie more than a year apart, the newest month is what is new.
pub fn opening(rows: &[TimelineRow]) -> usize {
    let days = || rows.iter().filter_map(|it| number(it.citation.published.as_deref()?));
    let Some((first, last)) = days().min().zip(days().max()) else { return 0 };
    let is_long = last - first > AFFAIR;
    let from = if is_long { last - NEWEST } else { first - (last - first).max(BEFORE) };
    let begins = |row: &TimelineRow| {
        let when = row.time.as_ref().and_then(When::of);
        when.or_else(|| When::of_day(row.day.as_deref()?)).map(|it| it.days().0)
    };
    let at = rows.iter().position(|row| begins(row).is_none_or(|day| day >= from)).unwrap_or(0);
    // In a month of which little is dated, what was before is nearer than what has no day.
    let dated = rows.iter().take_while(|row| begins(row).is_some()).count();
    if is_long { at.min(dated.saturating_sub(SOME)) } else { at }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: Option<&str>, published: &str) -> TimelineRow {
        TimelineRow {
            citation: Citation { published: Some(published.to_owned()), ..Citation::default() },
            day: day.map(str::to_owned),
            ..TimelineRow::default()
        }
    }

    #[test]
    fn a_timeline_opens_with_its_affair() {
        let rows = [
            row(Some("1979-11-04"), "2015-09-28"),
            row(Some("2015-09-01"), "2015-09-28"),
            row(Some("2015-09-22"), "2015-09-28"),
            row(Some("2015-09-28"), "2015-10-02"),
            row(None, "2015-10-02"),
        ];
        assert_eq!(opening(&rows), 2);
        assert_eq!(opening(&rows[..2]), 0, "all of it is past");
        assert_eq!(opening(&[rows[0].clone(), rows[4].clone()]), 1, "what has no day is not past");
        assert_eq!(opening(&[]), 0);
    }

    #[test]
    fn a_timeline_of_years_opens_with_the_newest_month() {
        let mut rows = vec![row(Some("1953-07-27"), "2013-05-01"), row(Some("2013-04-30"), "2013-05-01")];
        rows.extend((1..=28).map(|day| row(Some(&format!("2019-05-{day:02}")), "2019-06-02")));
        rows.push(row(None, "2013-05-01"));
        assert_eq!(opening(&rows), 4, "the third of May");
        rows.drain(10..30);
        assert_eq!(opening(&rows), 0, "there are few");
    }
}
