//! Happenings: one meeting, attack or signing as several reports tell of it.
//!
//! Two records are of one happening if they are of one code, name compatible sides, and agree on what fixes an event in
//! the world: day, place, occasion, numbers. What contradicts (other days, another country, another weekday) keeps
//! them apart, whatever else agrees. Likeness that does not suffice stays a weak link (`possibly`) with its reason.
//! Within one story less is needed: the same sides, and the same thing in whatever words (`within_story`).
//!
//! A happening has at least two members, of several reports or of one that comes back to it; an event of a single record
//! needs no happening. Records of events that are demanded, only possible or conditional are left out.

mod disagreements;
mod frame;
mod keys;
mod likeness;
mod merged;
mod occurrence;
mod sides;
mod within_story;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use readout_knowledge::Knowledge;
use readout_record::{DocumentId, Happening, RecordId};

use self::keys::keys;
use self::likeness::{COUNTRIES, Verdict, compare, contradiction, is_loose, meet_on_one_day, other_story};
use self::merged::happening;
pub(crate) use self::occurrence::Occurrence;
use self::occurrence::occurrences;
use self::within_story::sort_differs;
use crate::around::Around;
use crate::blocks::{Component, LinkKind, Reach};
use crate::clusters::Clusters;
use crate::report::Report;

/// Largest number of weak links that a happening keeps.
const MAX_POSSIBLY: usize = 8;
/// Largest number of members of each of two sets that are compared before the sets are joined.
const COMPARED: usize = 24;

/// Events, meetings and incidents as a kind of records to be linked.
pub(crate) struct Happenings<'k>(pub(crate) &'k Knowledge);

impl LinkKind for Happenings<'_> {
    const NUMBER: u8 = 2;
    const VOTES: u32 = 1;
    const BY_STORY: bool = true;
    type Record = Occurrence;

    fn records(&self, report: &Rc<Report>, _: &BTreeSet<u64>) -> Vec<Occurrence> {
        occurrences(report, self.0)
    }

    fn keys(&self, it: &Occurrence) -> Vec<(u64, u32)> {
        keys(it).into_iter().map(|key| (key, 1)).collect()
    }

    fn compare(&self, earlier: &Occurrence, later: &Occurrence) -> Option<(f64, String)> {
        let (points, reason) = match compare(earlier, later) {
            Verdict::Same(points) => (points, String::new()),
            Verdict::InStory(points) => return Some((points, IN_STORY.to_owned())),
            Verdict::Possibly(points, reason) => (points, reason),
            Verdict::Different => return None,
        };
        let loose = is_loose(earlier, later);
        Some((points, if loose { format!("{UNDATED}{reason}") } else { reason }))
    }

    /// A sure edge puts both records into one component; an unsure one only lets one happening name the other record.
    /// Between different stories an edge with an undated record does nothing: events of one kind between one pair of
    /// sides follow one another for years, and only those that may be one event are decided together.
    fn reach(note: &str, one_story: Option<bool>) -> Reach {
        let apart = match note {
            IN_STORY => one_story != Some(true),
            _ => one_story == Some(false) && note.starts_with(UNDATED),
        };
        if apart {
            Reach::Nowhere
        } else if note == IN_STORY || reason(note).is_empty() {
            Reach::Together
        } else {
            Reach::Beside
        }
    }
}

/// The first character of an edge's note if one of the two records has no day of its own.
const UNDATED: char = '~';

/// The note of an edge that binds only within one story.
const IN_STORY: &str = "^";

/// Returns the reason why an edge with `note` is not sure; empty if the edge is sure.
fn reason(note: &str) -> &str {
    note.trim_start_matches(UNDATED)
}

/// Returns the happenings of a component. A pair of records of different stories joins only if both have a day; others of their
/// stories come with them.
pub(crate) fn decide(component: &Component<Occurrence>, around: &Around) -> Vec<Happening> {
    let occurrences: Vec<&Occurrence> = component.records.iter().map(|member| &**member).collect();
    let story = |document: i64| around.stories.get(&document)?.as_ref();
    let stories: Vec<Option<&RecordId>> =
        component.records.iter().map(|member| story(member.item.document)).collect();
    let origins: Vec<&DocumentId> = component
        .records
        .iter()
        .map(|member| around.origins.get(&member.item.document).unwrap_or(&member.report.document.id))
        .collect();
    let apart = |a: usize, b: usize| other_story(occurrences[a], stories[a], occurrences[b], stories[b]);
    let mut sure: Vec<(bool, f64, usize, usize)> = Vec::new();
    let mut weak: Vec<(f64, usize, usize, String)> = Vec::new();
    for (a, b, points, note) in &component.edges {
        if apart(*a, *b).is_some() {
            continue;
        }
        let in_story = note == IN_STORY;
        if in_story || reason(note).is_empty() {
            sure.push((in_story, *points, *a, *b));
        } else {
            weak.push((*points, *a, *b, reason(note).to_owned()));
        }
    }
    // What only the story makes one comes last.
    sure.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let mut clusters = Clusters::new(occurrences.len());
    for (in_story, points, a, b) in sure {
        let (left, right) = (clusters.root(a), clusters.root(b));
        if left == right {
            continue;
        }
        // Of the same two on the same day one report takes the place wrongly: all its places are not held against the rest.
        let one_day = meet_on_one_day(occurrences[a], occurrences[b]);
        let contradiction = clusters.members(left).iter().take(COMPARED).find_map(|&x| {
            clusters.members(right).iter().take(COMPARED).find_map(|&y| {
                let (left, right) = (occurrences[x], occurrences[y]);
                let sorts = in_story && sort_differs(left, right);
                let sorts = sorts.then_some("the sort or the sides differ");
                contradiction(left, right).filter(|it| !one_day || *it != COUNTRIES).or(sorts)
            })
        });
        match contradiction {
            None => clusters.join(left, right),
            Some(reason) => weak.push((points, a, b, reason.to_owned())),
        }
    }
    weak.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut possibly: BTreeMap<usize, BTreeMap<&RecordId, String>> = BTreeMap::new();
    for (_, a, b, reason) in weak {
        let (left, right) = (clusters.root(a), clusters.root(b));
        if left == right {
            continue;
        }
        for (root, other) in [(left, b), (right, a)] {
            let list = possibly.entry(root).or_default();
            if list.len() < MAX_POSSIBLY {
                list.entry(&occurrences[other].evidence.id).or_insert_with(|| reason.clone());
            }
        }
    }
    clusters
        .sets()
        .map(|members| {
            let weak = members.first().and_then(|first| possibly.remove(first)).unwrap_or_default();
            let mut happening = happening(&occurrences, &origins, &members);
            happening.possibly = weak.into_iter().map(|(id, reason)| (id.clone(), reason)).collect();
            happening
        })
        .collect()
}
