//! A happening made of its members.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use readout_record::{ActorId, Anchor, DocumentId, Happening, RecordId, Time, ids};

use super::disagreements::disagreements;
use super::occurrence::Occurrence;
use crate::clusters::Clusters;
use crate::copies;

/// Largest number of words of a happening's title.
const TITLE_WORDS: usize = 20;

/// Returns the happening of `members`, which are numbers of `occurrences`. `origins` has, for each occurrence, the
/// first report of its group of copies.
pub(super) fn happening(
    occurrences: &[&Occurrence],
    origins: &[&DocumentId],
    members: &[usize],
) -> Happening {
    let group: Vec<&Occurrence> = members.iter().map(|&at| occurrences[at]).collect();
    let ids: Vec<RecordId> =
        group.iter().flat_map(|it| std::iter::once(&it.evidence.id).chain(&it.twins)).cloned().collect();
    let best = group
        .iter()
        .max_by_key(|it| {
            let known = usize::from(it.days.is_some())
                + usize::from(it.place.is_some())
                + usize::from(!it.occasion.is_empty())
                + usize::from(it.minutes.is_some() || it.killed.is_some())
                + (it.actors.len() + it.recipients.len()).min(3);
            (known, Reverse(it.evidence.text.chars().count()), Reverse(&it.evidence.id))
        })
        .copied();
    let origins: Vec<&DocumentId> = members.iter().map(|&at| origins[at]).collect();
    Happening {
        id: ids::linked_id("happening", ids.iter().map(RecordId::as_str)),
        code: group.first().and_then(|it| it.code),
        title: best.map(|it| title(&it.evidence.text)).unwrap_or_default(),
        participants: participants(&group),
        time: time(&group),
        place: agreed_place(&group),
        disagreements: disagreements(&group),
        sources: sources(&group, &origins),
        possibly: Vec::new(),
        members: ids,
    }
}

/// Returns the number of independent sources of a happening. `origins` has, for each member, the first report of its
/// group of copies.
///
/// Copies of one report are one source. So are all reports of one outlet, and reports that tell of the happening in the
/// same sentence, as of an agency or under a picture.
fn sources(group: &[&Occurrence], origins: &[&DocumentId]) -> u32 {
    /// A feature that makes all members with it one source.
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    enum Of<'o> {
        Copy(&'o DocumentId),
        Outlet(String),
        Sentence(u64),
    }
    let mut clusters = Clusters::new(group.len());
    let mut first: BTreeMap<Of<'_>, usize> = BTreeMap::new();
    for (at, (it, origin)) in group.iter().zip(origins).enumerate() {
        let outlet = copies::outlet(&it.report.document).map(Of::Outlet);
        let sentences = it.sentences.iter().map(|hash| Of::Sentence(*hash));
        for of in std::iter::once(Of::Copy(origin)).chain(outlet).chain(sentences) {
            let other = *first.entry(of).or_insert(at);
            let (left, right) = (clusters.root(at), clusters.root(other));
            clusters.join(left, right);
        }
    }
    let roots: BTreeSet<usize> = (0..group.len()).map(|at| clusters.root(at)).collect();
    roots.len() as u32
}

/// Returns the first [`TITLE_WORDS`] words of `text`.
fn title(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut title = words.iter().take(TITLE_WORDS).copied().collect::<Vec<_>>().join(" ");
    if words.len() > TITLE_WORDS {
        title.push_str(" …");
    }
    title
}

/// Returns the participants that every member with participants names.
fn participants(group: &[&Occurrence]) -> Vec<ActorId> {
    let mut sets = group
        .iter()
        .map(|it| it.actors.union(&it.recipients).cloned().collect::<BTreeSet<ActorId>>())
        .filter(|set| !set.is_empty());
    let Some(first) = sets.next() else { return Vec::new() };
    sets.fold(first, |common, set| common.intersection(&set).cloned().collect()).into_iter().collect()
}

/// Returns the shortest interval that a member gives. Its anchor is *linked* if another member has no date.
fn time(group: &[&Occurrence]) -> Option<Time> {
    let best = group
        .iter()
        .filter_map(|it| Some((it.days?, it.time.as_ref()?)))
        .min_by_key(|((from, to), time)| (to - from, *from, time.text.len(), time.text.clone()));
    let Some((_, time)) = best else {
        // No date is known: the words, if all that say anything say the same weekday.
        let mut told = group.iter().filter_map(|it| Some((it.weekday?, it.time.as_ref()?)));
        let (day, time) = told.next()?;
        return told.all(|(other, _)| other == day).then(|| time.clone());
    };
    let mut time = time.clone();
    if group.iter().any(|it| it.days.is_none()) {
        time.anchor = Anchor::Linked;
    }
    Some(time)
}

/// Returns the place that most members name, unless the members name several countries.
fn agreed_place(group: &[&Occurrence]) -> Option<String> {
    let states: BTreeSet<&str> = group.iter().filter_map(|it| it.place_state.as_deref()).collect();
    if states.len() > 1 {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in group.iter().filter_map(|it| it.place.as_deref()) {
        *counts.entry(place).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(place, count)| (*count, Reverse(*place)))
        .map(|(place, _)| place.to_owned())
}
