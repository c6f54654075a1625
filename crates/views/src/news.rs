//! What some reports brought that those before them did not have.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Agreement, Bounds, DocumentId, Happening, Incident, RecordId, issue_key};
use serde::Serialize;

use crate::agreements::{DueState, commitments};
use crate::cite::{ActorName, Citation};
use crate::contents::Contents;
use crate::events::{Told, event_groups, event_row};
use crate::filter::Filter;
use crate::selection::Selection;
use crate::words::{amount_of, count, plainly};

/// A sort of news, in the order in which news is told: what changed comes before what is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// The number of dead or injured of a known happening.
    Toll,
    /// The state of a known happening: planned, then done; done, then denied.
    Factuality,
    /// The status of a known agreement.
    Status,
    /// An actor's stance that differs from an earlier one.
    Stance,
    /// A field of a known happening on which the new reports differ from earlier ones.
    Difference,
    /// A last day that has passed.
    Overdue,
    /// A story, or reports of a known story.
    Story,
    /// An event, meeting or incident.
    #[default]
    Happening,
    /// An agreement.
    Agreement,
    /// A stance of an actor without a known stance on the issue.
    Position,
}

impl NewsKind {
    /// All sorts.
    pub const ALL: [Self; 10] = [
        Self::Toll,
        Self::Factuality,
        Self::Status,
        Self::Stance,
        Self::Difference,
        Self::Overdue,
        Self::Story,
        Self::Happening,
        Self::Agreement,
        Self::Position,
    ];

    /// Returns the name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Toll => "toll",
            Self::Factuality => "factuality",
            Self::Status => "status",
            Self::Stance => "stance",
            Self::Difference => "difference",
            Self::Overdue => "overdue",
            Self::Story => "story",
            Self::Happening => "happening",
            Self::Agreement => "agreement",
            Self::Position => "position",
        }
    }

    /// Returns the heading that people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Toll => "Changed toll",
            Self::Factuality => "Changed state",
            Self::Status => "Changed status",
            Self::Stance => "Changed stance",
            Self::Difference => "Told otherwise",
            Self::Overdue => "Overdue now",
            Self::Story => "Story",
            Self::Happening => "New",
            Self::Agreement => "New agreement",
            Self::Position => "New position",
        }
    }
}

/// One piece of news.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewsRow {
    /// The passage of a new report that gives it.
    #[serde(flatten)]
    pub citation: Citation,
    /// The sort of news.
    pub news: NewsKind,
    /// The happening, agreement, position, commitment or story that the news is on.
    pub about: RecordId,
    /// The name of that: a title, an issue, the words of an event.
    pub title: String,
    /// The actors who have a part in it.
    pub actor: Vec<ActorName>,
    /// The value that earlier reports gave.
    pub before: Option<String>,
    /// The value now.
    pub after: Option<String>,
    /// The number of independent sources.
    pub sources: usize,
}

/// Returns what the reports `fresh` of `contents` brought. All other reports of `contents` are earlier ones.
///
/// `contents` has the earlier reports that share a happening with a fresh one. `as_of` are two days: deadlines between
/// them have passed.
pub fn news(
    contents: &Contents,
    fresh: &BTreeSet<DocumentId>,
    as_of: (Option<&str>, Option<&str>),
) -> Vec<NewsRow> {
    let filter = Filter { as_of: as_of.1.map(str::to_owned), ..Filter::default() };
    let of_all = Filter::default();
    let selection = Selection::new(contents, &of_all);
    let mut rows = Vec::new();
    let told = Telling { selection: &selection, fresh };
    for group in event_groups(&selection) {
        rows.extend(told.happening(&group));
    }
    let tolls: BTreeSet<RecordId> =
        rows.iter().filter(|it| it.news == NewsKind::Toll).map(|it| it.about.clone()).collect();
    for it in &contents.happenings {
        // A changed toll is told once.
        let of_toll = |field: &str| tolls.contains(&it.id) && ["killed", "injured"].contains(&field);
        rows.extend(told.differences(it, of_toll));
    }
    contents.agreements.iter().for_each(|it| rows.extend(told.agreement(it)));
    rows.extend(told.positions());
    if let (Some(before), Some(now)) = as_of {
        let due = commitments(contents, &filter).into_iter().filter(|it| it.state == DueState::Overdue);
        rows.extend(due.filter(|it| it.due.as_deref().is_some_and(|due| due >= before && due < now)).map(
            |it| NewsRow {
                news: NewsKind::Overdue,
                about: it.citation.id.clone(),
                title: it.action,
                actor: it.debtor,
                after: it.due,
                sources: 1,
                citation: it.citation,
                ..NewsRow::default()
            },
        ));
    }
    rows.extend(told.stories());
    rows.sort_by(|a, b| {
        let key = |it: &NewsRow| (it.news, std::cmp::Reverse(it.sources), it.citation.published.clone());
        key(a).cmp(&key(b)).then_with(|| a.citation.cmp(&b.citation))
    });
    rows
}

/// The fresh reports among all that are shown.
struct Telling<'t, 'c> {
    selection: &'t Selection<'c>,
    fresh: &'t BTreeSet<DocumentId>,
}

impl Telling<'_, '_> {
    /// Returns the news on one happening: that it is new, or what of it changed.
    fn happening(&self, group: &[Told<'_>]) -> Vec<NewsRow> {
        let is_fresh = |it: &&Told<'_>| self.fresh.contains(&it.evidence().doc);
        let fresh: Vec<Told<'_>> = group.iter().filter(is_fresh).copied().collect();
        let earlier: Vec<Told<'_>> = group.iter().filter(|it| !is_fresh(it)).copied().collect();
        let Some(row) = event_row(self.selection, &fresh) else { return Vec::new() };
        let about = row.happening.clone().unwrap_or_else(|| row.citation.id.clone());
        let happening = row.happening.as_deref().and_then(|id| self.selection.happening(id));
        let title = happening.map(|it| it.title.clone()).filter(|it| !it.is_empty());
        let base = NewsRow {
            about,
            title: title.unwrap_or_else(|| row.citation.text.clone()),
            actor: row.actor.into_iter().chain(row.recipient).collect(),
            sources: row.sources,
            citation: row.citation,
            ..NewsRow::default()
        };
        if earlier.is_empty() {
            let state = row.factuality.as_str();
            let after = [toll(&fresh), (state != "happened").then(|| plainly(state))];
            let after: Vec<String> = after.into_iter().flatten().collect();
            return vec![NewsRow { after: (!after.is_empty()).then(|| after.join("; ")), ..base }];
        }
        let changes = [
            (NewsKind::Toll, toll(&earlier), toll(group)),
            (NewsKind::Factuality, state(&earlier), state(group)),
        ];
        let changed = changes.into_iter().filter(|(_, before, after)| before != after && after.is_some());
        changed.map(|(news, before, after)| NewsRow { news, before, after, ..base.clone() }).collect()
    }

    /// Returns the fields of a happening on which a fresh report differs from earlier ones, without those that were `told`.
    fn differences(&self, happening: &Happening, told: impl Fn(&str) -> bool) -> Vec<NewsRow> {
        let docs = |id: &RecordId| self.selection.evidence(id).map(|it| it.doc.clone());
        let is_fresh = |id: &RecordId| docs(id).is_some_and(|doc| self.fresh.contains(&doc));
        let mut rows = Vec::new();
        for it in happening.disagreements.iter().filter(|it| !told(&it.field)) {
            let (new, old): (Vec<_>, Vec<_>) = it
                .values
                .iter()
                .partition(|side| !side.members.is_empty() && side.members.iter().all(is_fresh));
            let first = new.iter().flat_map(|side| self.selection.citations(&side.members)).next();
            let (Some(citation), false) = (first, old.is_empty()) else { continue };
            let values = |sides: &[&readout_record::DisagreementValue]| {
                let values: Vec<&str> = sides.iter().map(|side| side.value.as_str()).collect();
                Some(format!("{}: {}", it.field, values.join(" / ")))
            };
            rows.push(NewsRow {
                news: NewsKind::Difference,
                about: happening.id.clone(),
                title: happening.title.clone(),
                actor: self.selection.actors(&happening.participants),
                before: values(&old),
                after: values(&new),
                sources: happening.sources as usize,
                citation,
            });
        }
        rows
    }

    /// Returns that an agreement is new, or the status that it reached.
    fn agreement(&self, agreement: &Agreement) -> Option<NewsRow> {
        let is_fresh = |doc: &DocumentId| self.fresh.contains(doc);
        let cite = |it: &readout_record::EvidenceSpan| {
            self.selection.citation_at(&agreement.id, &it.doc, &it.spans, &it.text)
        };
        let steps = || agreement.status.iter();
        let base = |citation: Citation, actors: &[ActorId]| NewsRow {
            news: NewsKind::Agreement,
            about: agreement.id.clone(),
            title: agreement.name.clone(),
            actor: self.selection.actors(actors),
            before: None,
            after: steps().next_back().map(|it| plainly(it.status.as_str())),
            sources: 1,
            citation,
        };
        let all = agreement.evidence.iter().chain(steps().map(|it| &it.evidence));
        if all.clone().all(|it| is_fresh(&it.doc)) {
            return Some(base(cite(all.clone().next()?), &agreement.parties));
        }
        let earlier: Vec<_> = steps().filter(|it| !is_fresh(&it.evidence.doc)).collect();
        let step = steps().rfind(|it| {
            is_fresh(&it.evidence.doc) && earlier.iter().all(|before| before.status != it.status)
        })?;
        let actors = if step.by.is_empty() { &agreement.parties } else { &step.by };
        Some(NewsRow {
            news: NewsKind::Status,
            before: earlier.last().map(|it| plainly(it.status.as_str())),
            after: Some(plainly(step.status.as_str())),
            ..base(cite(&step.evidence), actors)
        })
    }

    /// Returns the stances that fresh reports alone show.
    fn positions(&self) -> Vec<NewsRow> {
        let all = &self.selection.contents.positions;
        let of_fresh =
            |id: &RecordId| self.selection.evidence(id).is_some_and(|it| self.fresh.contains(&it.doc));
        let mut known: BTreeMap<(&ActorId, String), Vec<&readout_record::Position>> = BTreeMap::new();
        for it in all.iter().filter(|it| !it.evidence.iter().all(of_fresh)) {
            known.entry((&it.actor, issue_key(&it.issue))).or_default().push(it);
        }
        let mut rows = Vec::new();
        for it in all.iter().filter(|it| it.evidence.iter().all(of_fresh)) {
            let Some(citation) = self.selection.citations(&it.evidence).into_iter().next() else { continue };
            let before = known.get(&(&it.actor, issue_key(&it.issue)));
            let before = before.and_then(|before| before.iter().max_by_key(|it| it.since.clone()));
            if before.is_some_and(|before| before.stance == it.stance) {
                continue;
            }
            rows.push(NewsRow {
                news: if before.is_some() { NewsKind::Stance } else { NewsKind::Position },
                about: it.id.clone(),
                title: it.issue.clone(),
                actor: self.selection.actors(std::slice::from_ref(&it.actor)),
                before: before.map(|before| before.stance.as_str().to_owned()),
                after: Some(it.stance.as_str().to_owned()),
                sources: 1,
                citation,
            });
        }
        rows
    }

    /// Returns the stories that have fresh reports, each with their number.
    fn stories(&self) -> Vec<NewsRow> {
        let mut rows = Vec::new();
        for it in &self.selection.contents.stories {
            let fresh: Vec<&DocumentId> = it.documents.iter().filter(|id| self.fresh.contains(*id)).collect();
            let Some(document) = fresh.iter().find_map(|id| self.selection.document(id)) else { continue };
            let whole = fresh.len() == it.documents.len();
            let many = fresh.len();
            rows.push(NewsRow {
                news: NewsKind::Story,
                about: it.id.clone(),
                title: it.title.clone(),
                before: (!whole).then(|| count(it.documents.len() - fresh.len(), "report")),
                after: Some(if whole { count(many, "report") } else { format!("{many} more") }),
                sources: fresh.len(),
                citation: Citation {
                    id: it.id.clone(),
                    doc: document.id.clone(),
                    text: document.title.clone().unwrap_or_default(),
                    paragraph: 1,
                    outlet: document.outlet.clone(),
                    published: document.published.clone(),
                    ..Citation::default()
                },
                ..NewsRow::default()
            });
        }
        rows
    }
}

/// Returns the state in which a happening is told at its surest, in words.
fn state(group: &[Told<'_>]) -> Option<String> {
    let state = group.iter().map(|it| it.factuality()).min()?;
    Some(plainly(state.as_str()))
}

/// Returns the dead and injured of a happening over all its incidents: `12 to 14 dead, 30 hurt`.
fn toll(group: &[Told<'_>]) -> Option<String> {
    let incidents = || group.iter().filter_map(|it| it.incident());
    let bounds = |of: fn(&Incident) -> Option<Bounds>| incidents().filter_map(of).reduce(around);
    let told = [(bounds(|it| it.killed), "dead"), (bounds(|it| it.injured), "hurt")];
    let told = told.into_iter().filter_map(|(bounds, noun)| amount_of(bounds?, noun, noun));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// Returns the narrowest bounds around both; an open bound stays open.
fn around(a: Bounds, b: Bounds) -> Bounds {
    Bounds {
        least: a.least.zip(b.least).map(|(a, b)| a.min(b)),
        most: a.most.zip(b.most).map(|(a, b)| a.max(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_around_both() {
        let told = |a, b| around(a, b).in_words();
        assert_eq!(told(Bounds::exactly(12), Bounds::exactly(14)).as_deref(), Some("12 to 14"));
        assert_eq!(told(Bounds::at_least(12), Bounds::exactly(9)).as_deref(), Some("at least 9"));
    }
}
