//! Stories: reports on the same running affair, and in them episodes of a day or a few.
//!
//! Reports are compared by the words of headline and opening (TF-IDF, cosine) and gathered by average link, twice:
//! first into episodes, where days that lie apart weaken a likeness; then, with a lower bar, episodes into stories,
//! where only what happens within about a week still counts. Average link over the whole pool keeps a chain of
//! look-alikes from growing into one lump, and its result does not depend on the order of arrival: reports are
//! sorted by day and id first.
//!
//! A pool is at most 2,500 reports: time is halved until no half holds more, so that a report that comes changes
//! its own pool and no other, however many there are. No story goes over the border of two pools.
//!
//! Dates gate softly in the first round because crawled dates are often wrong: a report whose words agree well with
//! an episode joins it even if its date does not. A report without a date is judged by its words and by what its
//! records share with those of others: a meeting of the same people at the same place, a quotation, a day named in
//! the text, the sides of an attack. Meetings of the same people at different places speak against.

mod clustering;
mod day;
mod evidence;
mod outlining;
mod pools;
mod title;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use readout_record::{DocumentId, Episode, Kind, Record, RecordId, Story, calendar, ids};

use self::clustering::Links;
use self::day::main_day;
use self::evidence::StoryEvidence;
use self::outlining::outline;
use self::pools::{place, pool, pools};
use self::title::{centre, keywords, title};
use self::vocabulary::{Report, Vocabulary};
use crate::shelf::{Outline, Shelf};

/// Average likeness from which reports are one episode.
const EPISODE: f64 = 0.2;
/// Average likeness from which episodes are one story.
const STORY: f64 = 0.085;

/// A document that is removed, with its place on the line of time.
pub(crate) struct Leaving {
    document: i64,
    id: DocumentId,
    place: i64,
}

/// Returns the documents `removed`, while the shelf still has them as they were.
pub(crate) fn leaving<S: Shelf>(shelf: &mut S, removed: &[i64]) -> Result<Vec<Leaving>, S::Error> {
    let leave = |document: &i64| {
        let report = shelf.report(*document)?;
        let id = report.document.id.clone();
        let day = report.document.published.as_deref().and_then(calendar::day_number);
        Ok(Leaving { document: *document, place: place(day, &id), id })
    };
    removed.iter().map(leave).collect()
}

/// Removes the outlines of `leaving` from the shelf and adds those of `added`. Returns the documents whose story changed.
pub(crate) fn update<S: Shelf>(
    shelf: &mut S,
    leaving: &[Leaving],
    added: &[i64],
) -> Result<BTreeSet<i64>, S::Error> {
    let mut gone: BTreeSet<RecordId> = leaving.iter().map(|it| RecordId::from(&it.id)).collect();
    let mut places: Vec<(i64, i64, Option<Outline>)> =
        leaving.iter().map(|it| (it.document, it.place, None)).collect();
    for &document in added {
        let outline = outline(&*shelf.report(document)?);
        places.push((document, place(outline.day, &outline.id), Some(outline)));
    }
    // For each place the pool before or the pool after, whichever is larger.
    let mut ranges: Vec<Range<i64>> = Vec::new();
    for (_, at, _) in &places {
        if !ranges.iter().any(|range| range.contains(at)) {
            ranges.push(pool(shelf, *at)?);
        }
    }
    for (document, at, outline) in &places {
        shelf.set_outline(*document, *at, outline.as_ref())?;
    }
    // Pools split or grow together as a whole.
    for before in ranges.clone() {
        let now = pool(shelf, before.start)?;
        if now.start < before.start || before.end < now.end {
            ranges.retain(|range| !(now.start <= range.start && range.end <= now.end));
            ranges.push(now);
        }
    }
    let mut changed = BTreeSet::new();
    for range in ranges {
        let mut members: BTreeSet<RecordId> = std::mem::take(&mut gone);
        let mut records = Vec::new();
        let mut before: Vec<(i64, Option<RecordId>)> = Vec::new();
        let mut homes: BTreeMap<DocumentId, RecordId> = BTreeMap::new();
        let mut own: BTreeMap<i64, DocumentId> = BTreeMap::new();
        for range in pools(shelf, range)? {
            let outlines = shelf.outlines(range)?;
            for (document, outline) in &outlines {
                before.push((*document, shelf.story(*document)?));
                own.insert(*document, outline.id.clone());
                members.insert(RecordId::from(&outline.id));
            }
            let outlines: Vec<Rc<Outline>> = outlines.into_iter().map(|(_, outline)| outline).collect();
            for story in find_in_pool(outlines) {
                homes.extend(story.documents.iter().map(|document| (document.clone(), story.id.clone())));
                let documents = story.documents.iter().map(RecordId::from).collect();
                records.push((Record::Story(story), documents));
            }
        }
        for (document, story) in before {
            if own.get(&document).and_then(|id| homes.get(id)) != story.as_ref() {
                changed.insert(document);
            }
        }
        shelf.replace_links(Kind::Story, &members, records)?;
    }
    Ok(changed)
}

/// Returns the stories of one pool.
fn find_in_pool(mut pool: Vec<Rc<Outline>>) -> Vec<Story> {
    // Undated ones last; the order decides nothing but ties.
    pool.sort_by(|a, b| {
        a.day.is_none().cmp(&b.day.is_none()).then(a.day.cmp(&b.day)).then_with(|| a.id.cmp(&b.id))
    });
    let pool: Vec<&Outline> = pool.iter().map(|outline| &**outline).collect();
    let evidence = StoryEvidence::of(&pool);
    let vocabulary = Vocabulary::of(&pool);
    let reports = vocabulary.reports(&pool);
    let mut links = Links::between(&reports, &vocabulary, &evidence);
    links.groups.gather(|link| link.episode, EPISODE);
    let mut episodes = links.groups.members().to_vec();
    episodes.retain(|episode| !episode.is_empty());
    links.groups.gather(|link| link.story, STORY);
    links.attach(&evidence);
    let mut episode_of = vec![0; reports.len()];
    for (at, episode) in episodes.iter().enumerate() {
        episode.iter().for_each(|member| episode_of[*member as usize] = at);
    }
    links
        .groups
        .members()
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| {
            // An episode's reports all stand in the same story.
            let own: BTreeSet<usize> = members.iter().map(|member| episode_of[*member as usize]).collect();
            let episodes: Vec<&[u32]> = own.into_iter().map(|at| episodes[at].as_slice()).collect();
            story(members, &episodes, &reports, &vocabulary)
        })
        .collect()
}

/// Returns the story of `members`, which are numbers of `reports`.
fn story(members: &[u32], episodes: &[&[u32]], reports: &[Report<'_>], vocabulary: &Vocabulary) -> Story {
    let within = |numbers: &[u32]| -> Vec<usize> { numbers.iter().map(|number| *number as usize).collect() };
    let own = within(members);
    let (from, to) = first_and_last(&own, reports);
    let mut parts: Vec<Episode> = episodes
        .iter()
        .map(|episode| {
            let own = within(episode);
            let (from, to) = first_and_last(&own, reports);
            let day = main_day(outlines(&own, reports));
            let centre = centre(&own, reports);
            Episode {
                title: title(&own, &centre, day.as_deref(), reports),
                documents: documents(&own, reports),
                from,
                to,
                day,
            }
        })
        .collect();
    parts.sort_by(|a, b| {
        a.from
            .is_none()
            .cmp(&b.from.is_none())
            .then_with(|| a.from.cmp(&b.from))
            .then_with(|| a.documents.cmp(&b.documents))
    });
    let listed = documents(&own, reports);
    let day = main_day(outlines(&own, reports));
    let centre = centre(&own, reports);
    Story {
        id: ids::linked_id("story", listed.first().map(DocumentId::as_str)),
        title: title(&own, &centre, day.as_deref(), reports),
        keywords: keywords(&own, centre, reports, vocabulary),
        documents: listed,
        from,
        to,
        day,
        episodes: parts,
    }
}

fn outlines<'r>(members: &'r [usize], reports: &'r [Report<'_>]) -> impl Iterator<Item = &'r Outline> {
    members.iter().filter_map(|member| reports.get(*member)).map(|report| report.outline)
}

/// Returns the reports' ids, by day.
fn documents(members: &[usize], reports: &[Report<'_>]) -> Vec<DocumentId> {
    members.iter().filter_map(|member| reports.get(*member)).map(|report| report.outline.id.clone()).collect()
}

fn first_and_last(members: &[usize], reports: &[Report<'_>]) -> (Option<String>, Option<String>) {
    let days = || members.iter().filter_map(|member| reports.get(*member)?.day);
    (days().min().map(calendar::iso_day), days().max().map(calendar::iso_day))
}
