//! Positions over reports: who stands where on what, since when, by which records. A changed stance is a position of
//! its own, so that the change shows.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Position, RecordId, Stance, ids};

use crate::alignment::Words;
use crate::collection::{Collection, day};
use crate::quotes::stem;

#[derive(Default)]
struct Gathered<'a> {
    /// How often each wording of the issue is used.
    issues: BTreeMap<&'a str, usize>,
    since: Option<(i32, String)>,
    evidence: BTreeSet<&'a RecordId>,
}

/// Joins the positions of all reports by actor, issue and stance.
pub(crate) fn find(collection: &Collection<'_>) -> Vec<Position> {
    let mut gathered: BTreeMap<(ActorId, Vec<String>, Stance), Gathered<'_>> = BTreeMap::new();
    for report in &collection.reports {
        for position in &report.records.positions {
            let key = (report.actor(&position.actor), issue(&position.issue), position.stance);
            let entry = gathered.entry(key).or_default();
            *entry.issues.entry(&position.issue).or_default() += 1;
            entry.evidence.extend(&position.evidence);
            // Where the report dates the stance by nothing else, its own day is when it shows it.
            let since = position.since.as_deref().or(report.document.published.as_deref());
            let since = since.and_then(|text| Some((day(text)?, text.get(..10)?.to_owned())));
            if let Some(since) = since
                && entry.since.as_ref().is_none_or(|known| since < *known)
            {
                entry.since = Some(since);
            }
        }
    }
    let mut positions: Vec<Position> = gathered
        .into_iter()
        .map(|((actor, words, stance), gathered)| {
            let evidence: Vec<RecordId> = gathered.evidence.into_iter().cloned().collect();
            let words = words.join(" ");
            let parts = [actor.as_str(), words.as_str(), stance_name(stance)];
            Position {
                id: ids::linked_id("position", parts.into_iter().chain(evidence.iter().map(String::as_str))),
                issue: gathered
                    .issues
                    .into_iter()
                    .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
                    .map(|(name, _)| name.to_owned())
                    .unwrap_or_default(),
                actor,
                stance,
                since: gathered.since.map(|(_, text)| text),
                evidence,
            }
        })
        .collect();
    positions.sort_by(|a, b| a.id.cmp(&b.id));
    positions
}

/// The stems of the issue's content words, sorted: `sanctions on Russia` and `Russia’s sanctions` are one issue.
fn issue(text: &str) -> Vec<String> {
    let words = Words::new(text);
    let mut stems: Vec<String> = words
        .spans
        .iter()
        .zip(&words.content)
        .filter(|(_, content)| **content)
        .map(|(span, _)| stem(&span.slice(text).to_lowercase()).to_owned())
        .collect();
    if stems.is_empty() {
        stems.push(text.to_lowercase());
    }
    stems.sort();
    stems.dedup();
    stems
}

fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "for",
        Stance::Against => "against",
        Stance::Conditional => "conditional",
        Stance::Unclear => "unclear",
    }
}

#[cfg(test)]
mod tests {
    use readout_knowledge::Knowledge;
    use readout_record::{Document, DocumentRecords};

    use super::*;
    use crate::collection::ActorIds;

    #[test]
    fn a_change_of_mind_shows() {
        let rows = [
            ("2020-05-03", "sanctions on Velm", Stance::For, "statement:1"),
            ("2020-05-01", "sanctions against Velm", Stance::For, "statement:2"),
            ("2020-06-01", "the Velm sanctions", Stance::Against, "statement:3"),
            ("2020-06-01", "aid to Velm", Stance::For, "statement:4"),
        ];
        let reports: Vec<(Document, DocumentRecords)> = rows
            .iter()
            .map(|(published, issue, stance, record)| {
                let position = Position {
                    actor: "state:NOR".to_owned(),
                    issue: (*issue).to_owned(),
                    stance: *stance,
                    evidence: vec![(*record).to_owned()],
                    ..Position::default()
                };
                let published = Some((*published).to_owned());
                (
                    Document { id: (*record).to_owned(), published, ..Document::default() },
                    DocumentRecords { positions: vec![position], ..DocumentRecords::default() },
                )
            })
            .collect();
        let refs: Vec<(&Document, &DocumentRecords)> = reports.iter().map(|(a, b)| (a, b)).collect();
        let origins: Vec<String> = refs.iter().map(|(document, _)| document.id.clone()).collect();
        let actor_ids = ActorIds::new();
        let mut found = find(&Collection::new(&refs, &origins, &actor_ids, &Knowledge::default()));
        found.sort_by(|a, b| a.since.cmp(&b.since).then(a.evidence.cmp(&b.evidence)));
        let rows: Vec<_> =
            found.iter().map(|it| (it.since.as_deref().unwrap(), it.stance, it.evidence.len())).collect();
        assert_eq!(
            rows,
            [
                ("2020-05-01", Stance::For, 2),
                ("2020-06-01", Stance::Against, 1),
                ("2020-06-01", Stance::For, 1)
            ]
        );
    }
}
